"""What the static site offers: whose banners, in which looks and sizes, and what is refused."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dxassets.api import Project
from dxassets.api.site import SiteWanted, build_site, wishes_of
from dxassets.errors import InputError, UnknownIdError
from dxassets.kinds.faces import EVERYBODY
from tests.site_support import CU_JUT, ISSUER, PRESETS, own_out, small_campaign

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy, Run


def test_every_agency_is_offered_the_campaigns_choice_and_the_issuer_everything(project: Project) -> None:
    wishes = wishes_of(project, SiteWanted(prerender=(EVERYBODY,)))
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
    own = [wish for wish in wishes if wish.agencies == (ISSUER,) and not wish.formats]
    looks = [wish for wish in own if len(wish.presets) == len(project.presets.presets)]
    assert [(wish.days, wish.themes) for wish in looks] == [
        (("10-10",), ("digital",)),
        (("01-11",), ("brocade",)),
    ]
    assert own == looks
    (paper,) = [wish for wish in wishes if wish.nameless]  # print pages, into which the page draws any name
    assert paper.days == tuple(day.id for day in project.campaign.days)
    assert paper.themes == tuple(theme.id for theme in project.brand.themes)
    assert set(paper.presets) == pages_for_print(project)


def pages_for_print(project: Project) -> set[str]:
    return {preset.id for preset in project.presets.presets if preset.format == "pdf"}


def test_an_issuer_for_whom_the_page_makes_no_pdf_has_them_ready_in_every_theme(project: Project) -> None:
    """A photo of its own makes pages too heavy for the site."""
    first = project.campaign.days[0].model_copy(update={"scene": "anh/le.jpg"})
    campaign = project.campaign.model_copy(update={"days": (first, *project.campaign.days[1:])})
    wishes = wishes_of(replace(project, campaign=campaign), SiteWanted())
    own = [wish for wish in wishes if wish.agencies == (ISSUER,) and not wish.formats]
    (paper,) = [wish for wish in own if not wish.days]
    assert paper.themes == ()
    assert set(paper.presets) == pages_for_print(project)


def test_where_a_server_draws_the_issuer_has_every_look_ready_made(project: Project) -> None:
    wishes = wishes_of(project, SiteWanted(draws=False))
    (everything,) = [wish for wish in wishes if wish.agencies == (ISSUER,) and not wish.formats]
    assert len(everything.presets) == len(project.presets.presets)
    assert (everything.days, everything.themes) == ((), ())


def test_only_the_issuer_and_who_was_named_has_ready_made_pictures(project: Project) -> None:
    """The page draws the others' names, so the site weighs the same for one agency and for all."""

    def ready(**said: Any) -> set[str]:
        wishes = wishes_of(project, SiteWanted(**said))
        pictures = [wish for wish in wishes if wish.kinds == ("banner",) and not wish.nameless]
        return {agency for wish in pictures for agency in wish.agencies}

    offices = {office.id for office in project.campaign.offices}
    assert ready() == {ISSUER}
    assert ready(prerender=(CU_JUT,)) == {ISSUER, CU_JUT}
    assert ready(prerender=(EVERYBODY,)) == offices
    assert ready(agencies=(CU_JUT,)) == {CU_JUT}
    assert ready(draws=False) == offices


def test_an_agency_with_a_logo_has_ready_made_pictures(copy: CampaignCopy) -> None:
    """The page draws no logos."""
    from dxassets.api import load_campaign  # noqa: PLC0415

    place = copy.folder / "logos"
    place.mkdir()
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0H9V9z"/></svg>'
    (place / f"{CU_JUT}.svg").write_text(drawing, encoding="utf-8")
    wishes = wishes_of(load_campaign(copy.folder), SiteWanted())
    many = {wish.agencies for wish in wishes if wish.kinds == ("banner",) and len(wish.agencies) > 1}
    assert {frozenset(agencies) for agencies in many} == {frozenset({ISSUER, CU_JUT})}


def test_a_name_to_prerender_that_nobody_has_is_told(copy: CampaignCopy, dxassets: Run) -> None:
    told = dxassets("site", copy.folder, "--prerender", "nowhere", "--out", copy.folder / "s")
    assert told.code == 2
    assert "nowhere" in told.err
    assert not (copy.folder / "s").exists()


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
    build_site(project, tmp_path / "s", wanted=wanted, built=own_out(site, tmp_path / "o"))
    page = (tmp_path / "s/en/banner.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="https://chuyendoiso.example/2022/en/banner.html">' in page
    picture = re.search(r'og:image" content="https://chuyendoiso\.example/2022/([^"]+)"', page)
    assert picture is not None
    assert (tmp_path / "s" / picture[1].partition("?")[0]).is_file()
