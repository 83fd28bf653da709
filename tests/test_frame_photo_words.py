"""`dxassets frame`: how users write things, and how they are told: names, dashes, languages, escapes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dxassets.api import FrameWanted, Project, frame_photos
from dxassets.api.framing import preview as preview_module
from dxassets.api.framing.wanted import drawn_frame
from dxassets.kinds.frame.preview import draw_preview
from dxassets.planner import office_called, unknown_office
from tests.photo_support import TAIL, names_in, put

if TYPE_CHECKING:
    from tests.conftest import Run

QUICK = ("--size", "256", "--focus", "center")

# --- agencies by name -------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["Sở Nội vụ", "so noi vu", "SỞ NỘI VỤ", "  Sở  Nội vụ ", "so-noi-vu"])
def test_an_agency_is_known_by_its_name(project: Project, name: str) -> None:
    by_id = drawn_frame(project, FrameWanted(size=256, focus="center", agency="so-noi-vu")).kit
    assert drawn_frame(project, FrameWanted(size=256, focus="center", agency=name)).kit.seal == by_id.seal


def test_every_office_is_known_by_its_names(project: Project) -> None:
    campaign = project.campaign
    for office in campaign.offices:
        assert office_called(campaign, office.name) == office
    assert office_called(campaign, "") is None
    assert office_called(campaign, "Sở Phép thuật") is None
    district = office_called(campaign, "Ủy ban nhân dân huyện Cư Jút")
    assert district is not None
    assert district.id == "ubnd-huyen-cu-jut"


@pytest.mark.parametrize("command", ["frame", "build", "letter"])
def test_an_unknown_agency_is_told_with_the_way_to_find_it(
    dxassets: Run, tmp_path: Path, command: str
) -> None:
    photo = [put(tmp_path / "an.jpg")] if command == "frame" else []
    told = dxassets(
        command, *photo, "--out" if command == "build" else "-o", tmp_path / "out", "--agency", "Sở Nội vụu"
    )
    assert told.code == 2
    assert 'Tìm mã: dxassets agencies --find "so noi vuu"' in told.err
    assert "Có phải là: so-noi-vu" in told.err
    assert not (tmp_path / "out").exists()


def test_where_only_ids_count_a_name_is_answered_with_its_id(project: Project) -> None:
    problem = unknown_office("--agency", "Sở Nội vụ", project.campaign)
    assert "Có phải là: so-noi-vu? " in problem.vi
    assert "Did you mean: so-noi-vu? " in problem.en
    assert problem.en.endswith('dxassets agencies --find "so noi vu"')
    assert unknown_office("--agency", "", project.campaign).vi.endswith("Tìm mã: dxassets agencies")


# --- the command line -------------------------------------------------------------------------------


def test_a_name_that_begins_with_a_dash(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "-an.jpg")
    told = dxassets("frame", "-an.jpg", "-o", "khung")
    assert told.code == 2
    assert "Tên bắt đầu bằng dấu gạch phải viết là ./-an.jpg." in told.err
    assert "dấu gạch" not in dxassets("frame", "-binh.jpg", "-o", "khung").err
    for place in (("./-an.jpg",), ("--", "-an.jpg")):
        assert dxassets("frame", "-o", "khung", *QUICK, *place).code == 0
    assert names_in(tmp_path / "khung") == {f"an{TAIL}"}


def test_a_double_dash_with_nothing_behind_it(dxassets: Run, tmp_path: Path) -> None:
    photo = put(tmp_path / "an.jpg")
    assert dxassets("frame", photo, "-o", tmp_path / "khung", *QUICK, "--").code == 0
    assert "còn thiếu" in dxassets("frame", "-o", tmp_path / "khung", "--").err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["-o", ""], "--out: chưa có tên thư mục"),
        (["-o", " "], "--out: chưa có tên thư mục"),
        (["--format", ""], "--format: không có “”"),
        (["--style", ""], "--style: không có “”"),
        (["--ground", ""], "--ground: “” không phải màu"),
        (["--rotate", "1e300"], "--rotate: phải là một số độ từ -360 đến 360"),
        (["--rotate=-361"], "--rotate: phải là một số độ từ -360 đến 360"),
        (["--rotate", "nan"], "--rotate: phải là một số độ"),
    ],
)
def test_empty_and_enormous_values_are_told(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "an.jpg")
    folder = [] if "-o" in arguments else ["-o", "khung"]
    told = dxassets("frame", "an.jpg", *folder, *arguments)
    assert told.code == 2
    assert words in told.err
    assert names_in(tmp_path) == {"an.jpg"}
    assert not (tmp_path / "khung").exists()


def test_a_terminal_obeys_no_name(dxassets: Run, tmp_path: Path) -> None:
    name = "\x1b[31mđỏ\x1b]0;x\x07\u202egpj.\x9b.jpg"
    (tmp_path / name).write_text("không phải ảnh")
    put(tmp_path / "b" / name)
    told = dxassets("frame", tmp_path, "-o", tmp_path / "khung", *QUICK)
    assert told.code == 1
    assert "đỏ" in told.err
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(told.err + told.out)
    machine = dxassets("frame", tmp_path, "-o", tmp_path / "khung", *QUICK, "--json").out
    assert not {"\x1b", "\x9b", "\u202e"} & set(machine)
    assert str(tmp_path / name) in {each["photo"] for each in json.loads(machine)["photos"]}


# --- languages --------------------------------------------------------------------------------------


def test_the_table_is_in_the_language_of_the_run(dxassets: Run, tmp_path: Path) -> None:
    put(tmp_path / "ảnh/an.jpg")
    (tmp_path / "ảnh/xấu.jpg").write_text("không phải ảnh")
    (tmp_path / "ảnh/đọc.txt").write_text("")

    def table(*language: str) -> list[list[str]]:
        dxassets("frame", tmp_path / "ảnh", "-o", tmp_path / "out", *QUICK, *language)
        text = (tmp_path / "out/frames.csv").read_text(encoding="utf-8-sig")
        return list(csv.reader(io.StringIO(text)))

    english = table("--lang", "en")
    assert english[0] == ["Photo", "Result", "Status", "Placed by", "Focus", "Notes", "Faces", "Sure"]
    assert [row[2] for row in english[1:]] == ["made", "failed", "left aside"]
    assert english[1][3] == "the middle"
    assert english[2][5].startswith("not a photo")
    vietnamese = table()
    assert vietnamese[0][0] == "Tệp gốc"
    assert [row[2] for row in vietnamese[1:]] == ["còn nguyên", "hỏng", "bỏ qua"]


@pytest.mark.parametrize(
    ("lang", "size", "title", "subtitle", "note"),
    [
        ("vi", 400, "Xem trước ảnh đại diện", "Đúng cỡ điểm ảnh", "Canh theo: giữa ảnh"),
        ("vi", 300, "Xem trước ảnh đại diện", "ảnh 300 px được phóng lên ở cỡ 320 px", "Canh theo: giữa ảnh"),
        ("en", 400, "Preview of profile pictures", "At their exact size", "Placed by: the middle"),
        ("en", 300, "Preview of profile pictures", "300 px, enlarged where 320 px", "Placed by: the middle"),
    ],
)
def test_the_preview_says_in_the_language_of_the_run_what_it_shows(
    project: Project,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lang: Any,
    size: int,
    title: str,
    subtitle: str,
    note: str,
) -> None:
    told: list[tuple[str, str, str, str]] = []

    def noted(title: str, below: str, shown: Any, **options: Any) -> Any:
        told.append((title, below, shown[0].note, options["lang"]))
        return draw_preview(title, below, shown, **options)

    monkeypatch.setattr(preview_module, "draw_preview", noted)
    wanted = FrameWanted(size=size, focus="center")
    photo = put(tmp_path / "an.jpg")
    frame_photos(project, [photo], out=tmp_path / "o", wanted=wanted, preview=True, lang=lang)
    ((*words, language),) = told
    assert (words[0], words[2], language) == (title, note, lang)
    assert subtitle in words[1]
    assert ("Đúng cỡ" in words[1] or "exact" in words[1]) == (size >= 320)


# --- frames beside each other -----------------------------------------------------------------------


def test_another_theme_or_style_stands_beside_the_first(project: Project, tmp_path: Path) -> None:
    photo = put(tmp_path / "an.jpg")
    usual = project.brand.themes[0].id
    other = project.brand.themes[1].id
    out = tmp_path / "out"

    def name(theme: str | None = None, style: str | None = None, *, folder: bool = False) -> str:
        wanted = FrameWanted(size=256, focus="center", theme=theme, style=style)
        (made,) = frame_photos(project, [tmp_path if folder else photo], out=out, wanted=wanted).photos
        assert made.result is not None
        return made.result.name

    assert name() == name(usual) == "an-khung-10-10.jpg"
    assert name(other) == name(other, folder=True) == f"an-khung-10-10-{other}.jpg"
    assert name(style=project.brand.themes[0].frame) == "an-khung-10-10.jpg"  # its own, said aloud
    assert name(style="square") == "an-khung-10-10-square.jpg"
    assert name(other, "square") == f"an-khung-10-10-{other}-square.jpg"
    assert len({(out / each).read_bytes() for each in names_in(out) if each.endswith(".jpg")}) == 4
