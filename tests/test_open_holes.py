"""Holes that are left in a letter: told with their lines, allowed in drafts, refused in what goes out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dxassets.api import check_project, load_campaign
from dxassets.dispatch import LetterFill, open_holes, read_letter
from dxassets.resources import bundled_root
from tests.conftest import Run

BUNDLED = bundled_root() / "campaigns/daknong-2022"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(BUNDLED, tmp_path / "c")
    return tmp_path / "c"


def put(folder: Path, name: str, old: str, new: str) -> int:
    """Replace `old` once; the line that it stood in."""
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1


def told(folder: Path) -> list[str]:
    errors, warnings = check_project(load_campaign(folder))
    assert errors == []
    return [f"{each.where} {each.vi.partition(';')[0]}" for each in warnings if "chưa điền" in each.vi]


def test_holes_of_every_part_are_told_with_their_lines(folder: Path) -> None:
    signer = put(folder, "dispatch.md", '"Trần Văn Thương"', '"{nguoi-ky}"')
    addressee = put(folder, "dispatch.md", '"Đoàn TNCS Hồ Chí Minh tỉnh"', '"{noi-nhan}"')
    prose = put(folder, "dispatch.md", "Kế hoạch số 531/KH-UBND", "{can-cu}")
    annex = put(folder, "annex.toml", "Từ ngày 01/10/2022", "Từ ngày {ngay-dau}")
    assert sorted(told(folder)) == sorted(
        [
            f"dispatch.md:{signer} chưa điền {{nguoi-ky}}",
            f"dispatch.md:{addressee} chưa điền {{noi-nhan}}",
            f"dispatch.md:{prose} chưa điền {{can-cu}}",
            f"annex.toml:{annex} chưa điền {{ngay-dau}}",
        ]
    )


def test_a_letter_without_holes_has_none(folder: Path) -> None:
    assert told(folder) == []
    read = read_letter("dispatch.md", lambda name: (folder / name).read_bytes())
    assert open_holes(read, LetterFill()) == ()


def test_who_names_the_signer_closes_that_hole(folder: Path, dxassets: Run, tmp_path: Path) -> None:
    put(folder, "dispatch.md", '"Trần Văn Thương"', '"{nguoi-ky}"')
    refused = dxassets("letter", folder, "-o", tmp_path / "ra")
    assert refused.code == 2
    assert "chưa điền {nguoi-ky}" in refused.err
    assert not (tmp_path / "ra").exists()
    assert dxassets("letter", folder, "--signer", "Nguyễn Văn A", "-o", tmp_path / "ra").code == 0


def test_a_build_goes_on_without_the_letter_and_says_why(folder: Path, dxassets: Run, tmp_path: Path) -> None:
    put(folder, "dispatch.md", "Kế hoạch số 531/KH-UBND", "{can-cu}")
    only = ("--preset", "button-120x60", "--theme", "light", "--day", "10-10")
    built = dxassets("build", folder, *only, "--out", tmp_path / "out")
    assert built.code == 0
    assert "chưa điền {can-cu}" in built.err + built.out
    assert list((tmp_path / "out").rglob("button-120x60.png"))
    assert not list((tmp_path / "out").rglob("cong-van.*"))


def test_a_hole_in_the_subject_reaches_those_who_pass_the_letter_on(
    folder: Path, dxassets: Run, tmp_path: Path
) -> None:
    put(folder, "dispatch.md", 'subject = "tổ chức', 'subject = "{viec-gi} tổ chức')
    chosen = ("--agency", "so-noi-vu")
    refused = dxassets("letter", folder, *chosen, "-o", tmp_path / "ra")
    assert refused.code == 2
    assert "{viec-gi}" in refused.err
    assert dxassets("letter", folder, *chosen, "--draft", "-o", tmp_path / "ra").code == 0


def test_what_forwarding_fills_is_no_hole(folder: Path, dxassets: Run, tmp_path: Path) -> None:
    put(folder, "dispatch.md", "Kế hoạch số 531/KH-UBND", "{can-cu}")
    assert dxassets("letter", folder, "--agency", "so-noi-vu", "-o", tmp_path / "ra").code == 0
