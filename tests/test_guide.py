"""The guide to a new campaign and the README's section, run as they stand."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from dxassets.strangers import places_named, provinces_in
from tests.conftest import Run

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs/chien-dich-moi.md"
HOLE = re.compile(r"\{[a-z-]+\}")


def commands_of(text: str) -> list[list[str]]:
    """The commands in a text's blocks of shell, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("dxassets ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def section(file: str, title: str) -> str:
    text = (ROOT / file).read_text(encoding="utf-8")
    return text[text.index(f"## {title}") :].partition("\n## ")[0]


def run_all(commands: list[list[str]], folder: Path, dxassets: Run) -> None:
    """Run them one after another; a clerk has filled in the letter before it is made."""
    for command in commands:
        letter = folder / "hue-2026/dispatch.md"
        if command[0] == "letter" and "--draft" not in command:
            text = letter.read_text("utf-8")
            letter.write_text(HOLE.sub("nội dung đã điền", text.replace("{nguoi-ky}", "Trần Văn B")), "utf-8")
        told = dxassets(*command)
        assert told.code == 0, (command, told.err)


def test_the_guide_and_both_readmes_hold_commands() -> None:
    assert len(commands_of(GUIDE.read_text("utf-8"))) >= 14
    readme = commands_of(section("README.md", "Another province, another year"))
    vietnamese = commands_of(section("README.vi.md", "Chiến dịch khác, năm khác, tỉnh khác"))
    assert [each[:2] for each in readme] == [each[:2] for each in vietnamese]
    assert [each[0] for each in readme] == ["init", "check", "build", "letter", "site", "init"]


def test_pictures_of_the_guide_are_there() -> None:
    named = re.findall(r"!\[[^\]]+\]\(([^)]+)\)", GUIDE.read_text("utf-8"))
    assert len(named) == 3
    assert all((GUIDE.parent / name).stat().st_size < 150_000 for name in named)


@pytest.mark.slow
def test_the_guide_leads_from_nothing_to_a_site(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run_all(commands_of(GUIDE.read_text("utf-8")), tmp_path, dxassets)
    assert (tmp_path / "trang-web/index.html").is_file()
    assert (tmp_path / "cong-van/cong-van.docx").is_file()
    assert (tmp_path / "hue-2027/XEM-LAI.md").is_file()
    names = provinces_in((ROOT / "campaigns/provinces.txt").read_bytes())
    foreign = [name for name in names if name.text not in {"Huế", "Hồ Chí Minh"}]
    for page in (tmp_path / "trang-web").rglob("*.html"):
        lines = page.read_text("utf-8").splitlines()
        assert [name.text for line in lines for name, kind in places_named(line, foreign) if kind] == []


@pytest.mark.slow
def test_the_readmes_commands_run_in_their_order(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = commands_of(section("README.md", "Another province, another year"))
    few = [[*command, "--agency", "so-noi-vu"] if command[0] == "site" else command for command in commands]
    run_all(few, tmp_path, dxassets)
    assert (tmp_path / "hue-site/index.html").is_file()
