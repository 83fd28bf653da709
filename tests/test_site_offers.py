"""What the static site offers: whose banners, in which looks and sizes, and what is refused."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dxassets.api import Project
from dxassets.api.site import SiteWanted, build_site, wishes_of
from dxassets.errors import InputError, UnknownIdError
from tests.site_support import CU_JUT, ISSUER, PRESETS, small_campaign

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy, Run


def test_every_agency_is_offered_the_campaigns_choice_and_the_issuer_everything(project: Project) -> None:
    wishes = wishes_of(project, SiteWanted())
    many = [wish for wish in wishes if len(wish.agencies) == len(project.campaign.offices)]
    assert {(wish.days, wish.themes) for wish in many} == {
        (("10-10",), ("digital",)),
        (("01-11",), ("brocade",)),
    }
    assert {wish.presets for wish in many if not wish.formats} == {project.campaign.site.presets}
    webp = {preset for wish in many if wish.formats == ("webp",) for preset in wish.presets}
    assert webp == {
        "portal-header-1200x300",
        "portal-slide-1920x600",
        "portal-popup-800x600",
        "rectangle-300x250",
    }
    (everything,) = [wish for wish in wishes if wish.agencies == (ISSUER,) and not wish.formats]
    assert len(everything.presets) == len(project.presets.presets)
    assert (everything.days, everything.themes) == ((), ())


def test_without_wishes_each_day_has_a_theme_and_all_sizes_for_screens(copy: CampaignCopy) -> None:
    from dxassets.api import load_campaign  # noqa: PLC0415

    text = copy.file.read_text(encoding="utf-8")
    copy.file.write_text(re.sub(r"\[site\]\n.*?\n\]\n", "", text, flags=re.DOTALL), encoding="utf-8")
    project = load_campaign(copy.folder)
    assert project.campaign.site.looks == ()
    first = wishes_of(project, SiteWanted(agencies=(CU_JUT,)))[0]
    assert (first.days, first.themes) == (("10-10",), ("digital",))
    media = {preset.medium for preset in project.presets.presets if preset.id in first.presets}
    assert media == {"web", "social"}


def test_a_wish_for_what_is_not_there_is_told_where_it_stands(copy: CampaignCopy, dxassets: Run) -> None:
    copy.edit('"poster-a4", "bang-ron-4000x700"', '"poster-a9", "bang-ron-4000x700"')
    told = dxassets("site", copy.folder, "--out", copy.folder / "s", "--built", copy.folder / "o")
    assert told.code == 2
    assert "campaign.toml: site.presets: không có “poster-a9”" in told.err
    assert not (copy.folder / "s").exists()
    assert "site.presets: không có “poster-a9”" in dxassets("check", copy.folder).err


def test_unknown_ids_and_addresses_are_refused(project: Project, tmp_path: Path) -> None:
    with pytest.raises(UnknownIdError, match="there is no 'nowhere'"):
        build_site(project, tmp_path / "s", wanted=SiteWanted(agencies=("nowhere",)), built=tmp_path / "o")
    with pytest.raises(UnknownIdError, match="there is no '12-12'"):
        build_site(project, tmp_path / "s", wanted=SiteWanted(days=("12-12",)), built=tmp_path / "o")
    for address in ("daknong.gov.vn", "https://a/?b", 'https://a/"', "https://đắk.vn/?b"):
        with pytest.raises(InputError, match="is no address"):
            build_site(project, tmp_path / "s", wanted=SiteWanted(address=address), built=tmp_path / "o")
    assert list(tmp_path.iterdir()) == []


def test_an_address_gives_shared_links_a_picture(tmp_path: Path, site: Path) -> None:
    project = small_campaign(tmp_path / "campaign")
    wanted = SiteWanted(agencies=(ISSUER,), presets=PRESETS, address="https://chuyendoiso.example/2022")
    build_site(project, tmp_path / "s", wanted=wanted, built=site.parent / "small-out")
    page = (tmp_path / "s/en/banner.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://chuyendoiso.example/2022/en/banner.html">' in page
    picture = re.search(r'og:image" content="https://chuyendoiso\.example/2022/([^"]+)"', page)
    assert picture is not None
    assert (tmp_path / "s" / picture[1]).is_file()
