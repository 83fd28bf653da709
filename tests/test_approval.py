"""The approval sheet: everything on it, grouped, aligned, and told the truth."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pypdfium2
import pytest

from dxassets import InputError, Wanted, build
from dxassets.api import Shown, approval_sheet, make_sheet
from dxassets.api.approval_sheet import sheet_pages
from dxassets.renderers import sheet
from tests.drawing_support import open_picture, project, read_picture, shaper

if TYPE_CHECKING:
    from tests.conftest import Run

PRESETS = ("share-1200x630", "leaderboard-728x90", "skyscraper-160x600", "button-120x60", "leaflet-a5")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small build: five sizes in two themes, and the frames."""
    out = tmp_path_factory.mktemp("built")
    chosen = Wanted(themes=("digital", "light"), days=("10-10",))
    build(project(), replace(chosen, kinds=("banner",), presets=PRESETS), out=out)
    build(project(), replace(chosen, kinds=("frame",), formats=("svg",)), out=out)
    return out


def pages(
    built: Path, by: str = "theme", height: float = 1e5, **shown: tuple[str, ...]
) -> list[sheet.SheetPage]:
    return sheet_pages(project(), built=built, by=by, shown=Shown(**shown), page_height=height)


@pytest.mark.parametrize("by", ["theme", "preset", "day", "agency"])
def test_every_picture_is_on_it_once_however_it_is_grouped(built: Path, by: str) -> None:
    (page,) = pages(built, by)
    assert len(page.pictures) == 2 * len(PRESETS) + 12


def test_pictures_stand_on_the_grid_and_never_touch(built: Path) -> None:
    (page,) = pages(built)
    boxes = [box for _, box in page.pictures]
    columns = {round((box.x - 64) / (sheet._COLUMN + sheet._GUTTER), 6) for box in boxes}
    assert all(column == int(column) for column in columns)
    for at, box in enumerate(boxes):
        assert box.right <= sheet.WIDTH - 64 + 1e-6
        assert box.bottom <= page.height
        assert not any(box.pad(10).overlaps(other) for other in boxes[at + 1 :])


def test_no_picture_is_enlarged_or_squeezed(built: Path) -> None:
    (page,) = pages(built, kinds=("banner",))
    for picture, box in page.pictures:
        assert box.width / box.height == pytest.approx(picture.shape[1] / picture.shape[0], rel=0.02)
    assert min(box.width for _, box in page.pictures) < 121  # the button stays as small as it is


def test_what_is_shown_can_be_chosen(built: Path) -> None:
    (page,) = pages(built, themes=("light",), presets=("share-1200x630", "ribbon-1080"))
    assert len(page.pictures) == 2
    with pytest.raises(InputError, match="no banner or frame matches"):
        pages(built, themes=("brocade",))
    with pytest.raises(InputError, match="there is no 'colour'"):
        pages(built, "colour")


def test_long_sheets_go_on_and_heads_stay_with_their_rows(built: Path) -> None:
    several = pages(built, "preset", height=900)
    assert len(several) > 2
    assert sum(len(page.pictures) for page in several) == 2 * len(PRESETS) + 12
    assert all(page.height <= 900 and page.pictures for page in several)


def test_caption_tells_a_missing_and_a_changed_file(built: Path) -> None:
    (before,) = pages(built, presets=("share-1200x630",))
    assert sheet.BAD not in before.shapes
    assert before.shapes.count(f'r="4" fill="{sheet.GOOD}"') == 2
    folder = next(built.glob("*/*/banner/10-10"))
    light, digital = folder / "light/share-1200x630.png", folder / "digital/share-1200x630.png"
    kept = light.read_bytes(), digital.read_bytes()
    try:
        light.unlink()
        digital.write_bytes(kept[0])
        (page,) = pages(built, presets=("share-1200x630",))
    finally:
        light.write_bytes(kept[0])
        digital.write_bytes(kept[1])
    assert page.shapes.count(f'r="4" fill="{sheet.BAD}"') == 2
    assert len(page.pictures) == 1


def test_png_and_pdf_are_written_and_are_the_same_each_time(built: Path, tmp_path: Path) -> None:
    shown = Shown(presets=("share-1200x630", "leaflet-a5"))
    (png,) = make_sheet(project(), tmp_path / "a.png", built=built, shown=shown)
    (again,) = make_sheet(project(), tmp_path / "b.png", built=built, shown=shown)
    assert png.read_bytes() == again.read_bytes()
    picture = open_picture(png.read_bytes())
    assert picture.width == round(sheet.WIDTH * approval_sheet.PNG_DENSITY)
    (pdf,) = make_sheet(project(), tmp_path / "a.pdf", built=built, by="preset", shown=shown)
    assert (
        pdf.read_bytes()
        == make_sheet(project(), tmp_path / "b.pdf", built=built, by="preset", shown=shown)[0].read_bytes()
    )
    document = pypdfium2.PdfDocument(io.BytesIO(pdf.read_bytes()))
    width, height = document[0].get_size()
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (297, 420)
    document.close()


def test_a_page_keeps_the_pictures_own_colours(built: Path) -> None:
    (page,) = pages(built, presets=("share-1200x630",), themes=("digital",))
    ((_, box),) = page.pictures
    drawn = sheet.page_to_pixels(page, 1.0)
    part = drawn[round(box.y) : round(box.bottom), round(box.x) : round(box.right)]
    source = read_picture(next(built.glob("*/*/banner/10-10/digital/share-1200x630.png")).read_bytes())
    assert np.abs(part.reshape(-1, 3).mean(axis=0) - source.reshape(-1, 3).mean(axis=0)).max() < 4


def test_long_titles_are_wrapped_and_cut() -> None:
    setter = sheet._Setter(shaper())
    lines = setter.wrapped("Ủy ban nhân dân " * 9, 200, size=15, weight=600, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(setter.width(line, 15, 600) <= 200 for line in lines)


def test_command(dxassets: Run, built: Path, tmp_path: Path) -> None:
    told = dxassets(
        "sheet", "--built", built, "--by", "day", "--preset", "button-120x60", "-o", tmp_path / "s.png"
    )
    assert told.code == 0
    assert (tmp_path / "s.png").is_file()
    assert dxassets("sheet", "--built", tmp_path / "none", "-o", tmp_path / "t.png").code == 2
    assert "đuôi tệp" in dxassets("sheet", "--built", built, "--out", tmp_path / "t.gif").err
    manifest = json.loads(next(built.glob("*/manifest.json")).read_text(encoding="utf-8"))
    assert manifest["assets"]  # the sheet is no asset: nothing was added to what was built
    assert not list(built.rglob("s.png"))


def test_out_is_the_file_and_no_longer_the_built_folder(dxassets: Run, built: Path, tmp_path: Path) -> None:
    told = dxassets("sheet", "--out", built, "-o", tmp_path / "s.png")
    assert told.code == 2
    assert "-o/--out/--output được cho hai giá trị" in told.err
    assert (
        "--output is given two values"
        in dxassets("sheet", "-o", "a.png", "--output", "b.png", "--lang", "en").err
    )
    assert not (tmp_path / "s.png").exists()
