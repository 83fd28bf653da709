"""What an interpreter and a notebook show: short words for large things, pictures and tables for results."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from dxassets import (
    FrameWanted,
    Project,
    Wanted,
    build,
    draw_banner,
    draw_frame,
    draw_qr,
    frame_photos,
    load_campaign,
    plan,
)
from dxassets.api import LettersMade, Preview, Report, SiteReport, preview
from dxassets.api.building import Failure
from dxassets.api.drawing import SHOWN_PX
from dxassets.api.live import make_live
from dxassets.api.showing import run_to_html
from dxassets.errors import InputError, OutputError, PhotoError, Problem
from dxassets.jobs import Skip
from dxassets.presets import Format
from tests.drawing_support import open_picture, qr_job, read_picture, rendered, zxing_reads
from tests.photo_support import put

QUICK = Wanted(days=("10-10",), themes=("light",), presets=("button-120x60",), kinds=("banner",))
MANY = tuple(f"so-noi-vu/banner/{at}.png" for at in range(500))
WRONG = Problem("slogan", "không vừa <ô>", "does not fit & <b>")


def report(*failed: Failure) -> Report:
    folder = Path("output/daknong-2022")
    skips = (Skip("qr", "a.png", "vì", "why"),)
    return Report(
        folder, MANY, MANY, skips, failed, MANY, MANY, 1.0, folder / "index.html", folder / "m.json"
    )


def site_report(*failed: Failure) -> SiteReport:
    folder = Path("output/site")
    return SiteReport(folder, folder / "index.html", 128, 2336, 4216, 10**8, 0, 5, failed, 1.0)


def test_large_things_are_told_in_a_few_words(project: Project, tmp_path: Path) -> None:
    assert repr(project) == "Project('daknong-2022', days=2, themes=4, presets=44, offices=128)"
    planned = plan(project, Wanted(all_agencies=True, kinds=("banner",)))
    large: list[Any] = [
        project.campaign,
        project.brand,
        project.presets,
        planned,
        planned.jobs[0],
        preview(project, Wanted(all_agencies=True), out=tmp_path),
        build(project, QUICK, out=tmp_path),
        report(Failure("a.png", (WRONG,) * 300)),
        site_report(Failure("a.png", (WRONG,) * 300)),
        LettersMade((tmp_path,) * 300, (WRONG,) * 300, (WRONG,) * 300),
        Preview(MANY, MANY, ()),
        draw_qr("https://a.vn/"),
        make_live(project, "qr", {"link": "province"}),
        rendered(qr_job("png")),
        frame_photos(project, [put(tmp_path / "a/a.jpg").parent], out=tmp_path / "b"),
    ]
    for thing in large:
        name = type(thing).__name__
        assert repr(thing).startswith(f"{name}(")
        assert len(repr(thing)) < 200, name
        assert "\n" not in repr(thing)
        assert len(str(thing)) < 200, name


def test_numbers_in_the_words_are_those_of_the_thing() -> None:
    assert repr(report()) == ("Report('output/daknong-2022', made=500, up_to_date=500, skipped=1, failed=0)")
    assert repr(Preview(MANY, (), ())) == "Preview(to_make=500, up_to_date=0, skipped=0)"
    assert repr(load_campaign().campaign) == "Campaign('daknong-2022', days=2, offices=128)"


# --- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["png", "jpg", "webp", "avif", "svg", "pdf"])
def test_a_notebook_shows_a_banner_in_any_format(project: Project, file_format: Format) -> None:
    drawn = draw_banner(project, file_format, day="10-10", theme="digital", preset="share-1200x630")
    shown = open_picture(drawn._repr_png_())
    assert shown.format == "PNG"
    assert max(shown.size) == (1200 if file_format == "png" else SHOWN_PX)
    plain = draw_banner(project, "png", day="10-10", theme="digital", preset="share-1200x630")
    assert (drawn._repr_png_() == drawn.data) == (file_format == "png")
    wanted = open_picture(plain.data).convert("RGB").resize(shown.size)
    far = np.abs(np.asarray(wanted, dtype=int) - np.asarray(shown.convert("RGB"), dtype=int)).mean()
    assert far < 6
    assert project.campaign.days[0].name in drawn.alt


@pytest.mark.parametrize("file_format", ["png", "svg", "pdf"])
def test_a_notebook_shows_a_code_that_is_read(file_format: Any) -> None:
    drawn = draw_qr("https://vi.wikipedia.org/wiki/Đắk_Nông", file_format, label="Đắk Nông")
    shown = read_picture(drawn._repr_png_())[..., :3]
    assert zxing_reads(shown) == ["https://vi.wikipedia.org/wiki/%C4%90%E1%BA%AFk_N%C3%B4ng"]
    assert drawn.alt == "Mã QR: Đắk Nông – vi.wikipedia.org"


def test_a_notebook_shows_a_framed_photo(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "a.jpg")
    wanted = FrameWanted(size=300, focus="center", format="webp")
    drawn = draw_frame(project, photo, wanted=wanted)
    assert open_picture(drawn._repr_png_()).size == (300, 300)
    assert draw_frame(project, photo.read_bytes(), wanted=wanted).data == drawn.data
    with pytest.raises(PhotoError, match=r"my\.jpg: "):
        draw_frame(project, b"no photo", wanted=wanted, shown="my.jpg")
    with pytest.raises(InputError, match="--style"):
        draw_frame(project, photo, wanted=FrameWanted(style="round"))


def test_a_drawn_picture_is_saved_whole(project: Project, tmp_path: Path) -> None:
    drawn = draw_qr("https://a.vn/", project=project)
    file = drawn.save(tmp_path / "a/b.png")
    assert file == tmp_path / "a/b.png"
    assert file.read_bytes() == drawn.data
    with pytest.raises(OutputError):
        drawn.save("/dev/null/a.png")


# --- tables ---------------------------------------------------------------------------------------


class Balanced(HTMLParser):
    """Notes every element that is not closed where it should be."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data + " "


def read(page: str) -> str:
    """The text of a piece of HTML, which must be sound."""
    page_read = Balanced(page)
    assert not page_read.faults
    assert not page_read.open
    ET.fromstring(f"<div>{page.replace('<br>', '<br/>')}</div>")  # noqa: S314  (our own)
    return re.sub(r"\s+", " ", page_read.text)


def test_a_report_is_a_table_with_what_went_wrong() -> None:
    said = read(report(Failure("a<b>.png", (WRONG,)))._repr_html_())
    assert "đã làm made còn nguyên up to date bỏ qua skipped hỏng failed 500 500 1 1" in said
    assert str(Path("output/daknong-2022/index.html")) in said
    assert "a<b>.png : slogan: không vừa <ô> slogan: does not fit & <b>" in said
    assert "không vừa" not in read(report()._repr_html_())
    assert "2336 4216 1" in read(site_report(Failure("a.png", (WRONG,)))._repr_html_())
    assert "500 3 0" in read(Preview(MANY, MANY[:3], ())._repr_html_())


def test_a_report_of_photos_is_one_too(project: Project, tmp_path: Path) -> None:
    folder = put(tmp_path / "a/a.jpg").parent
    (folder / "b.jpg").write_bytes(b"no photo")
    (folder / "c.txt").write_bytes(b"")
    wanted = FrameWanted(size=300, focus="center")
    told = frame_photos(project, [folder], out=tmp_path / "b", wanted=wanted)
    assert repr(told).endswith("made=1, current=0, failed=1, ignored=1)")
    said = read(told._repr_html_())
    assert "1 0 1 1" in said
    assert "b.jpg" in said


@pytest.mark.parametrize(("count", "told", "rest"), [(20, 20, ""), (21, 20, "… +1"), (300, 20, "… +280")])
def test_many_problems_are_told_by_number(count: int, told: int, rest: str) -> None:
    said = read(run_to_html({"failed": count}, [(f"{at}.png", WRONG) for at in range(count)]))
    assert said.count(".png") == told
    assert (rest in said) if rest else "…" not in said
