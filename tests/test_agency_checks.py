"""`dxassets check` holds level and parent of each agency against its name, and tells the line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dxassets.api import check_project, load_campaign
from dxassets.api.agency_checks import agency_findings
from dxassets.campaign import Campaign
from dxassets.errors import CampaignError
from dxassets.resources import bundled_root

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy

NAM_DONG = "ubnd-xa-nam-dong,Ủy ban nhân dân xã Nam Dong,UBND xã Nam Dong,xa,huyện Cư Jút,ubnd-huyen-cu-jut"


def edited(copy: CampaignCopy, new: str) -> Campaign:
    path = copy.folder / "agencies.csv"
    text = path.read_text(encoding="utf-8")
    assert NAM_DONG in text
    path.write_text(text.replace(NAM_DONG, new), encoding="utf-8")
    return load_campaign(copy.folder).campaign


def told(copy: CampaignCopy) -> tuple[list[str], list[str]]:
    """What the list's own check finds; that `check` tells it all is tried once, in the first test."""
    found = agency_findings(load_campaign(copy.folder))
    return [each.line() for each in found.errors], [each.line() for each in found.warnings]


def line_of_nam_dong(copy: CampaignCopy) -> int:
    lines = (copy.folder / "agencies.csv").read_text(encoding="utf-8").splitlines()
    return next(at for at, line in enumerate(lines, start=1) if "Nam Dong" in line)


def test_check_tells_what_is_found_in_the_list(copy: CampaignCopy) -> None:
    path = copy.folder / "agencies.csv"
    head, first, *rows = path.read_text(encoding="utf-8").splitlines()
    assert first.count(",") == head.count(",")
    path.write_text("\n".join([f"{head},check", f"{first},kiểm tra lại", *rows]) + "\n", encoding="utf-8")
    edited(copy, "ubnd-xa-nam-dong,Ủy ban nhân dân xã Nam Dong,UBND xã Nam Dong,xaa,huyện Cư Jút,")
    listed = told(copy)
    assert [len(each) for each in listed] == [1, 1]
    errors, warnings = check_project(load_campaign(copy.folder))
    of_list = [each.line() for each in warnings if "agencies.csv" in each.where]
    assert ([each.line() for each in errors], of_list) == listed


def test_the_bundled_list_is_silent(copy: CampaignCopy) -> None:
    assert told(copy) == ([], [])


@pytest.mark.parametrize(
    ("level", "parent", "said"),
    [
        ("xaa", "ubnd-huyen-cu-jut", "level: there is no 'xaa'; there are: tinh, huyen, xa"),
        ("Xã", "ubnd-huyen-cu-jut", "Did you mean: xa"),
        ("huyen", "ubnd-huyen-cu-jut", "is not 'huyen' but xa"),
        ("so-nganh", "ubnd-huyen-cu-jut", "is not 'so-nganh' but xa"),
        ("xa", "ubnd-xa-nam-dong", "stands above itself"),
        ("xa", "ubnd-xa-tam-thang", "'Ủy ban nhân dân xã Tâm Thắng' is not above"),
    ],
)
def test_a_level_or_parent_that_cant_be_is_an_error_with_its_line(
    copy: CampaignCopy, level: str, parent: str, said: str
) -> None:
    head = "ubnd-xa-nam-dong,Ủy ban nhân dân xã Nam Dong,UBND xã Nam Dong"
    edited(copy, f"{head},{level},huyện Cư Jút,{parent}")
    errors, _ = told(copy)
    assert len(errors) == 1
    assert f"agencies.csv:{line_of_nam_dong(copy)}: " in errors[0]
    assert said in errors[0]


def test_a_ring_of_parents_is_told_with_its_rows(copy: CampaignCopy) -> None:
    above = "UBND huyện Cư Jút,huyen,huyện Cư Jút,ubnd-tinh-dak-nong"
    path = copy.folder / "agencies.csv"
    text = path.read_text(encoding="utf-8")
    assert above in text
    below = above.replace("ubnd-tinh-dak-nong", "ubnd-xa-nam-dong")
    path.write_text(text.replace(above, below), encoding="utf-8")
    errors, _ = told(copy)
    ring = [line for line in errors if "stands above itself" in line]
    assert any("ubnd-huyen-cu-jut → ubnd-xa-nam-dong → ubnd-huyen-cu-jut" in line for line in ring)


def test_what_is_missing_is_derived_and_nothing_is_told(copy: CampaignCopy) -> None:
    head = "ubnd-xa-nam-dong,Ủy ban nhân dân xã Nam Dong,UBND xã Nam Dong"
    campaign = edited(copy, f"{head},,huyện Cư Jút,")
    office = campaign.office("ubnd-xa-nam-dong")
    assert office is not None
    assert (office.level, office.parent) == ("xa", "ubnd-huyen-cu-jut")
    assert told(copy) == ([], [])


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (",,,", "of which district it is"),
        (",,,ubnd-huyen-cu-jutt", "Did you mean: ubnd-huyen-cu-jut?"),
        (",,,ubnd-huyen-xa-la", "is not on the list"),
    ],
)
def test_a_commune_that_nobody_places_is_a_warning_with_its_line(
    copy: CampaignCopy, rest: str, said: str
) -> None:
    edited(copy, f"ubnd-xa-nam-dong,Ủy ban nhân dân xã Nam Dong,UBND xã Nam Dong{rest}")
    errors, warnings = told(copy)
    assert errors == []
    assert len(warnings) == 1
    assert f"agencies.csv:{line_of_nam_dong(copy)}: " in warnings[0]
    assert said in warnings[0]


def test_a_row_that_is_marked_is_told_until_the_mark_is_gone(copy: CampaignCopy) -> None:
    path = copy.folder / "agencies.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    marked = [f"{lines[0]},check", f"{lines[1]},kiểm tra lại", *lines[2:]]
    path.write_text("\n".join(marked) + "\n", encoding="utf-8")
    errors, warnings = told(copy)
    assert errors == []
    assert [line for line in warnings if "agencies.csv:2: " in line and "still to be checked" in line]
    assert len(warnings) == 1


@pytest.mark.parametrize(
    ("count", "said"),
    [(3, "'Sở Nội vụ tỉnh Đắk Nông' still"), (4, "and 1 more, down to line 5, still")],
)
def test_rows_with_the_same_mark_are_told_in_one_line(copy: CampaignCopy, count: int, said: str) -> None:
    path = copy.folder / "agencies.csv"
    head, *rows = path.read_text(encoding="utf-8").splitlines()
    marked = [f"{row},kiểm tra lại" for row in rows[:count]]
    path.write_text("\n".join([f"{head},check", *marked, *rows[count:]]) + "\n", encoding="utf-8")
    _, warnings = told(copy)
    assert len(warnings) == 1
    assert "agencies.csv:2: " in warnings[0]
    assert said in warnings[0]


def test_a_campaign_calls_its_units_by_a_file_of_its_own(copy: CampaignCopy) -> None:
    text = (bundled_root() / "campaigns/units.toml").read_text(encoding="utf-8")
    own = text.replace('id = "khac"', 'id = "cau-lac-bo"')
    (copy.folder / "units.toml").write_text(own, encoding="utf-8")
    assert load_campaign(copy.folder).campaign.units.level("cau-lac-bo") is not None
    (copy.folder / "units.toml").write_text('levels = "none"', encoding="utf-8")
    with pytest.raises(CampaignError, match=r"units\.toml: levels"):
        load_campaign(copy.folder)
