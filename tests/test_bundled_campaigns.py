"""The campaigns that come with the package: sound, of their own province, and nothing in them made up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dxassets.api import SiteWanted, Wanted, build, build_site, check_project, load_campaign
from dxassets.country import communes_of
from dxassets.resources import bundled_campaigns, bundled_root, example_campaign
from dxassets.server.offers import operations_of
from dxassets.strangers import places_named, provinces_in

NEW = [name for name in bundled_campaigns() if name != example_campaign()]
HOLE = re.compile(r"\{[a-z-]+\}")


def test_there_are_three_of_two_causes() -> None:
    assert bundled_campaigns() == ["daknong-2022", "hue-phap-luat-2025", "lam-dong-2025"]


@pytest.mark.parametrize("name", bundled_campaigns())
def test_each_is_sound(name: str) -> None:
    assert check_project(load_campaign(name))[0] == []


@pytest.mark.parametrize("name", NEW)
def test_nothing_is_invented_and_no_other_province_is_named(name: str) -> None:
    folder = bundled_root() / "campaigns" / name
    campaign = load_campaign(name).campaign
    assert campaign.links == ()
    letter = (folder / "dispatch.md").read_text("utf-8")
    assert {"{can-cu}", "{nguoi-ky}", "{ngay-bao-cao}"} <= set(HOLE.findall(letter))
    places = provinces_in((bundled_root() / "campaigns/provinces.txt").read_bytes())
    foreign = [each for each in places if each.text not in campaign.province]
    for file in folder.iterdir():
        lines = file.read_text("utf-8-sig").splitlines()
        assert [each.text for line in lines for each, kind in places_named(line, foreign) if kind] == []
        assert "2022" not in re.sub(r"22/4/2022|22 April 2022", "", file.read_text("utf-8-sig"))


def test_lam_dong_is_what_the_year_says() -> None:
    campaign = load_campaign("lam-dong-2025").campaign
    assert campaign.issuer.name == "Sở Khoa học và Công nghệ tỉnh Lâm Đồng"
    assert campaign.days[0].slogan.text == "Chuyển đổi số: Nhanh hơn - hiệu quả hơn - gần dân hơn"
    communes = {office.id for office in campaign.offices if office.level == "xa"}
    assert communes == {office.id for office in communes_of("Lâm Đồng")}
    assert len(communes) == 124


def test_the_law_day_is_that_of_the_law() -> None:
    campaign = load_campaign("hue-phap-luat-2025").campaign
    assert campaign.issuer.name == "Sở Tư pháp thành phố Huế"
    (day,) = campaign.days
    assert (day.mark, day.date.isoformat()) == ("09/11", "2025-11-09")
    assert day.about is not None
    assert "Điều 8 Luật Phổ biến, giáo dục pháp luật" in day.about.vi
    assert "chuyển đổi số" not in (bundled_root() / "campaigns/hue-phap-luat-2025/dispatch.md").read_text(
        "utf-8"
    )


def test_a_server_offers_codes_of_links_only_where_there_are_any() -> None:
    named = {
        name: [each.name for each in operations_of(load_campaign(name))["qr"].parameters]
        for name in bundled_campaigns()
    }
    assert [name for name, parameters in named.items() if "link" in parameters] == [example_campaign()]
    assert all("url" in parameters for parameters in named.values())


@pytest.mark.parametrize("name", NEW)
def test_pictures_and_a_site_are_made_without_any_link(name: str, tmp_path: Path) -> None:
    project = load_campaign(name)
    theme, preset = project.brand.themes[0].id, "rectangle-300x250"
    offices = (project.campaign.offices[0].id, project.campaign.offices[-1].id)
    wanted = Wanted(agencies=offices, kinds=("banner", "frame"), themes=(theme,), presets=(preset,))
    report = build(project, wanted, out=tmp_path / "out")
    assert report.exit_code == 0
    assert len(report.made) == 2 + 2 * 4  # a banner and four frames each
    site = build_site(
        project,
        tmp_path / "site",
        wanted=SiteWanted(agencies=offices[-1:], presets=(preset,)),
        built=tmp_path / "out",
    )
    assert site.exit_code == 0
    assert (tmp_path / "site/index.html").is_file()
