"""What a site offers, as wishes for a build: the campaign's `[site]`, or what was asked for by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dxassets.addresses import to_uri
from dxassets.api.checking import site_problems
from dxassets.api.project import Project
from dxassets.dispatch import LetterFill
from dxassets.errors import InputError, Problem, UnknownIdError
from dxassets.models import BilingualError
from dxassets.planner import Wanted

UNFILLED = LetterFill()


@dataclass(frozen=True, slots=True)
class SiteWanted:
    """Which agencies, days, themes and sizes the site holds; empty means what `[site]` says.

    `letter` is what is filled into the letter. `address` is where the site will be published.
    """

    agencies: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    letter: LetterFill = UNFILLED
    address: str | None = None

    @property
    def is_chosen(self) -> bool:
        """Whether banners were chosen by name; the issuing agency has no more than others then."""
        return bool(self.days or self.themes or self.presets)


def wishes_of(project: Project, wanted: SiteWanted) -> tuple[Wanted, ...]:
    """Everything that the site needs to be built. `UnknownIdError` for ids of `[site]` that nothing has."""
    problems = list(site_problems(project))
    if problems:
        raise UnknownIdError(*problems)
    campaign = project.campaign
    agencies = wanted.agencies or tuple(office.id for office in campaign.offices)
    issuer = campaign.issuing_agency
    wishes: list[Wanted] = []
    for day, theme in _looks(project, wanted):
        wishes += _banners(project, agencies, days=(day,), themes=(theme,), presets=_presets(project, wanted))
    if issuer in agencies and not wanted.is_chosen:
        every = tuple(preset.id for preset in project.presets.presets)
        wishes += _banners(project, (issuer,), days=(), themes=(), presets=every)
    wishes.append(Wanted(kinds=("frame",), formats=("svg",)))
    wishes.append(Wanted(kinds=("qr",), formats=("svg", "png")))
    if project.resources.find(campaign.dispatch) is not None:
        wishes.append(Wanted(kinds=("letter",), letter=wanted.letter))
    return tuple(wishes)


def _looks(project: Project, wanted: SiteWanted) -> Iterator[tuple[str, str]]:
    """Each day with each theme that it comes in."""
    campaign, themes = project.campaign, project.brand.themes
    for at, day in enumerate(campaign.days):
        if wanted.days and day.id not in wanted.days:
            continue
        mine = [look.theme for look in campaign.site.looks if look.day == day.id]
        for theme in wanted.themes or mine or (themes[at % len(themes)].id,):
            yield day.id, theme
    known = {day.id for day in campaign.days}
    for day_id in wanted.days:
        if day_id not in known:
            yield day_id, themes[0].id  # the planner tells that there is no such day


def _presets(project: Project, wanted: SiteWanted) -> tuple[str, ...]:
    """The sizes that every agency gets."""
    wished = wanted.presets or project.campaign.site.presets
    on_line = (preset.id for preset in project.presets.presets if preset.medium in {"web", "social"})
    return wished or tuple(on_line)


def _banners(
    project: Project,
    agencies: tuple[str, ...],
    *,
    days: tuple[str, ...],
    themes: tuple[str, ...],
    presets: tuple[str, ...],
) -> Iterator[Wanted]:
    """Banners in their own formats; those for web pages as WebP, too, which networks do not take."""
    yield Wanted(agencies=agencies, days=days, themes=themes, presets=presets, kinds=("banner",))
    found = [project.presets.preset(preset) for preset in presets]
    web = tuple(preset.id for preset in found if preset is not None and preset.medium == "web")
    if web:
        yield Wanted(
            agencies=agencies, days=days, themes=themes, presets=web, kinds=("banner",), formats=("webp",)
        )


def checked_address(address: str | None) -> str | None:
    """The URI of the site's own address, with a slash at its end; `InputError` for what is none."""
    if address is None:
        return None
    if not address.isascii():
        try:
            address = to_uri(address)
        except BilingualError as error:
            raise InputError(Problem("--url", error.vi, error.en)) from error
    if not address.startswith(("https://", "http://")) or any(sign in address for sign in ' "<>#?'):
        raise InputError(
            Problem(
                "--url",
                f"“{address}” không phải địa chỉ trang web, ví dụ https://chuyendoiso.daknong.gov.vn/2022/",
                f"{address!r} is no address of a site such as https://chuyendoiso.daknong.gov.vn/2022/",
            )
        )
    return address if address.endswith("/") else f"{address}/"
