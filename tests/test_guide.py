"""The guide to a new campaign and the README's section, run as they stand."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from dxassets.agencies.headings import HEADINGS
from dxassets.api import CampaignWanted, init_campaign, load_campaign
from dxassets.kinds.letter.forwarding import forward_of
from dxassets.strangers import places_named, provinces_in
from dxassets.units import parse_units
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


def test_the_page_on_offices_names_the_columns_and_levels_that_there_are() -> None:
    text = (ROOT / "docs/co-quan.md").read_text("utf-8")
    columns = re.findall(r"(?m)^\| `([a-z_]+)` \| ([^|]+) \| (?:có|không) \|", text)
    assert dict(columns) == HEADINGS
    levels = re.findall(r"(?m)^\| `([a-z-]+)` \| [^|]+ \|$", text)
    units = parse_units((ROOT / "campaigns/units.toml").read_bytes(), "units.toml")
    assert levels == [level.id for level in units.levels]


def test_the_villages_of_the_page_on_offices_are_what_communes_then_write_to(tmp_path: Path) -> None:
    folder = tmp_path / "moi"
    init_campaign(folder, CampaignWanted(province="Gia Lai", cause="phap-luat", year=2026))
    (more,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/co-quan.md").read_text("utf-8"), re.DOTALL)
    bundled = (ROOT / "campaigns/units.toml").read_text("utf-8")
    (folder / "units.toml").write_text(f"{bundled}\n{more}", "utf-8")
    campaign = load_campaign(folder).campaign
    office = campaign.office("ubnd-xa-ia-pa")
    assert office is not None
    forward = forward_of(office, campaign)
    assert forward is not None
    assert dict(forward.words)["cap-thon"] == ("thôn, làng",)


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
