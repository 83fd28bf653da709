"""`dxassets check` tells what a campaign's own files still say of another province or year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dxassets.api import CampaignWanted, check_project, init_campaign, load_campaign

if TYPE_CHECKING:
    from pathlib import Path

LINK = """
[[links]]
id = "trang-chinh"
label = "Chuyên mục của chiến dịch"
url = "{url}"
checked_on = 2026-01-01
for = ["main"]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init_campaign(tmp_path / "moi", CampaignWanted(province="An Giang", cause="phap-luat", year=2026))
    return tmp_path / "moi"


def told(folder: Path) -> list[str]:
    """The warnings but for open holes and rows to be checked."""
    _, warnings = check_project(load_campaign(folder))
    lines = [problem.line("en") for problem in warnings]
    kept = [line for line in lines if "to be checked" not in line and "filled in" not in line]
    return [line.removeprefix(f"{folder.as_posix()}/") for line in kept]


def change(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8-sig")
    assert old in text
    (folder / name).write_text(text.replace(old, new), encoding="utf-8")


def test_a_title_of_another_province_is_told_with_its_line(folder: Path) -> None:
    assert told(folder) == []
    change(folder, "campaign.toml", '2026 – tỉnh An Giang"', '2026 – tỉnh Gia Lai"')
    (line,) = told(folder)
    assert line.startswith("campaign.toml:7: speaks of 'Gia Lai', but the campaign is of tỉnh An Giang; ")


def test_offices_of_another_province_are_told_once(folder: Path) -> None:
    change(folder, "agencies.csv", " tỉnh An Giang,", " tỉnh Kiên Giang,")
    found = [line for line in told(folder) if "Kiên Giang" in line]
    assert len(found) == 1
    assert found[0].startswith("agencies.csv:2: ")


@pytest.mark.parametrize(
    ("url", "strange"),
    [
        ("https://lamdong.gov.vn/", True),
        ("https://pbgdpl.lamdong.gov.vn/tin", True),
        ("https://daknong.gov.vn/", True),
        ("https://angiang.gov.vn/", False),
        ("https://stp.angiang.gov.vn/", False),
        ("https://moj.gov.vn/", False),
        ("https://lamdong.moj.gov.vn/", False),  # a ministry's own
        ("https://dulich-lamdong.vn/", False),
    ],
)
def test_a_link_to_another_provinces_portal_is_told(folder: Path, url: str, strange: bool) -> None:
    with (folder / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write(LINK.format(url=url))
    assert (
        bool([line for line in told(folder) if line.startswith("campaign.toml: links[0].url: ")]) == strange
    )


def test_a_day_of_another_year_is_told(folder: Path) -> None:
    change(folder, "campaign.toml", "date = 2026-11-09", "date = 2025-11-09")
    assert "campaign.toml: days[0].date: is of 2025, but the campaign of 2026" in told(folder)


def test_what_many_rows_have_in_common_is_one_line(folder: Path) -> None:
    change(folder, "agencies.csv", ",ubnd-tinh-an-giang", ",ubnd-tinh-kien-giang")
    found = [line for line in told(folder) if "ubnd-tinh-kien-giang" in line]
    assert len(found) == 1
    assert "agencies.csv:" in found[0]
    assert found[0].endswith("more lines, down to 117)")
