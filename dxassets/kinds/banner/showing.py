"""Banners on the index of a built folder, and on the web site: cards, shelves, and what these need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxassets.agencies import Agency
from dxassets.brand import Theme
from dxassets.days import Day, is_scene_file
from dxassets.file_names import file_part
from dxassets.jobs import HALF_MADE
from dxassets.kinds.banner.snippets import own_name, plain_twin, snippet_of
from dxassets.kinds.faces import EVERYBODY, Built, CardFace, SiteWanted, Text
from dxassets.kinds.scope import Wanted
from dxassets.presets import Preset
from dxassets.project import Project
from dxassets.renderers.pictures.logos import Logos
from dxassets.renderers.site.model import SiteBanner, SiteFile, SiteShelf
from dxassets.resources import GIVEN_LOGO
from dxassets.store import Record, place_in, preview_path

_SHOWN = ("image/webp", "image/png", "image/jpeg", "image/svg+xml")
"""What a page shows of a banner, the lightest first."""
_SHOWN_AS_THEY_ARE = frozenset({"image/png", "image/jpeg", "image/webp", "image/avif", "image/svg+xml"})


def banner_card(record: Record, project: Project, beside: Sequence[Record]) -> CardFace:
    """A banner's card on the index; web sizes carry the snippet that puts them on a page."""
    preset = project.presets.preset(record.preset or "")
    if preset is None:
        return CardFace((record.title, record.title))
    embed = plain = None
    if preset.medium == "web" and record.media_type in _SHOWN_AS_THEY_ARE:
        embed = snippet_of(beside, preset, link=project.campaign.main_url)
        plain = plain_twin(beside, preset, link=project.campaign.main_url)
    return CardFace(_title(record, preset), embed=embed, plain=plain)


def _title(record: Record, preset: Preset) -> Text:
    """What a card is called: day and theme stand above its group already."""
    stem = own_name(record).rpartition(".")[0]
    if stem.endswith("-proof"):
        return f"{preset.title.vi} – bản kiểm", f"{preset.title.en} – proof"
    density = " @2x" if stem.endswith("@2x") else ""
    return f"{preset.title.vi}{density}", f"{preset.title.en}{density}"


def is_nameless(record: Record) -> bool:
    """Whether it is a print page without an agency's name."""
    return HALF_MADE in dict(record.notes)


# --- what the site needs


def site_wishes(project: Project, wanted: SiteWanted) -> Iterator[Wanted]:
    """The campaign's `[site]`, or what was asked for by name; the issuing agency has every size otherwise."""
    campaign = project.campaign
    agencies = _with_pictures(project, wanted)
    looks = tuple(_looks(project, wanted))
    for day, theme in looks:
        yield from _in_all_forms(
            project, Wanted(agencies=agencies, days=(day,), themes=(theme,), presets=_sizes(project, wanted))
        )
    if campaign.issuing_agency in agencies and not wanted.is_chosen:
        yield from _of_the_issuer(project, wanted, looks)
    if wanted.draws and draws_names(project):
        yield from _pages_for_names(project, wanted)


def _of_the_issuer(
    project: Project, wanted: SiteWanted, looks: Sequence[tuple[str, str]]
) -> Iterator[Wanted]:
    """Every size in each day's looks; in every theme where no page draws, and prints whose PDF none makes."""
    issuer = (project.campaign.issuing_agency,)
    every = tuple(preset.id for preset in project.presets.presets)
    if not wanted.draws or not draws_names(project):
        yield from _in_all_forms(project, Wanted(agencies=issuer, presets=every))
        return
    for day, theme in looks:
        yield from _in_all_forms(
            project, Wanted(agencies=issuer, days=(day,), themes=(theme,), presets=every)
        )
    office = project.campaign.office(project.campaign.issuing_agency)
    signs = office is not None and Logos(project.brand, project.resources).of(office) is not None
    if signs or any(day.scene is not None and is_scene_file(day.scene) for day in project.campaign.days):
        paper = tuple(preset.id for preset in project.presets.presets if is_page(preset))
        yield from _in_all_forms(project, Wanted(agencies=issuer, presets=paper))


def _pages_for_names(project: Project, wanted: SiteWanted) -> Iterator[Wanted]:
    """The print pages into which the site's page draws names: every size, or those that are chosen."""
    paper = [preset.id for preset in project.presets.presets if is_page(preset)]
    days, themes = drawn_days(project, wanted), drawn_themes(project, wanted)
    presets = tuple(name for name in paper if not wanted.presets or name in wanted.presets)
    if presets:
        yield Wanted(
            agencies=(project.campaign.issuing_agency,),
            days=tuple(day.id for day in days),
            themes=tuple(theme.id for theme in themes),
            presets=presets,
            kinds=("banner",),
            formats=("pdf",),
            nameless=True,
        )


def is_page(preset: Preset) -> bool:
    """Whether a print is a PDF page of its own, with bleed for the cutter."""
    return preset.medium == "print" and preset.format == "pdf"


def drawn_days(project: Project, wanted: SiteWanted) -> tuple[Day, ...]:
    """The days in which the page draws names: those that are chosen, or all."""
    return tuple(day for day in project.campaign.days if not wanted.days or day.id in wanted.days)


def drawn_themes(project: Project, wanted: SiteWanted) -> tuple[Theme, ...]:
    """The themes in which it does: those that are chosen, or the brand's and what any day wears."""
    brand = project.brand
    worn = {look.theme for look in project.campaign.site.looks}
    usual = tuple(theme for theme in brand.every_theme if theme in brand.themes or theme.id in worn)
    return tuple(theme for theme in brand.every_theme if theme.id in wanted.themes) or usual


def _with_pictures(project: Project, wanted: SiteWanted) -> tuple[str, ...]:
    """The agencies that get ready-made pictures: those with a logo among them, since the page draws none."""
    campaign = project.campaign
    if wanted.agencies:
        return wanted.agencies
    if not wanted.draws or EVERYBODY in wanted.prerender or not draws_names(project):
        return tuple(office.id for office in campaign.offices)
    logos = Logos(project.brand, project.resources)
    asked = {campaign.issuing_agency, *wanted.prerender}
    ready = [office.id for office in campaign.offices if office.id in asked or logos.of(office) is not None]
    known = {office.id for office in campaign.offices}
    return (*ready, *(name for name in wanted.prerender if name not in known))


def draws_names(project: Project) -> bool:
    """Whether the page can draw names: not where everybody signs with a logo beside the name."""
    return not any(slot.file for slot in project.brand.logos) and project.resources.find(GIVEN_LOGO) is None


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


def _sizes(project: Project, wanted: SiteWanted) -> tuple[str, ...]:
    """The sizes that every agency gets."""
    wished = wanted.presets or project.campaign.site.presets
    on_line = (preset.id for preset in project.presets.presets if preset.medium in {"web", "social"})
    return wished or tuple(on_line)


def _in_all_forms(project: Project, wish: Wanted) -> Iterator[Wanted]:
    """Banners in their own formats; those for web pages as WebP, too, which networks do not take."""
    asked = Wanted(
        agencies=wish.agencies, days=wish.days, themes=wish.themes, presets=wish.presets, kinds=("banner",)
    )
    yield asked
    found = [project.presets.preset(preset) for preset in wish.presets]
    web = tuple(preset.id for preset in found if preset is not None and preset.medium == "web")
    if web:
        yield Wanted(
            agencies=wish.agencies,
            days=wish.days,
            themes=wish.themes,
            presets=web,
            kinds=("banner",),
            formats=("webp",),
        )


# --- what the site shows


@dataclass(frozen=True, slots=True)
class _SizedLook:
    """A banner's day, theme and preset."""

    day: str
    theme: str
    preset: str


def shelves_of(built: Built, *, drawn: bool) -> tuple[SiteShelf, ...]:
    """Each agency of which there is a banner, in the campaign's order; where names are `drawn`, each one."""
    pictures: dict[str, dict[_SizedLook, list[Record]]] = {}
    for record in built.records:
        if record.day and record.theme and record.preset and not is_nameless(record):
            look = _SizedLook(record.day, record.theme, record.preset)
            pictures.setdefault(record.agency, {}).setdefault(look, []).append(record)
    return tuple(
        _shelf(office, pictures.get(office.id, {}), built)
        for office in built.project.campaign.offices
        if office.id in pictures or (drawn and not built.wanted.agencies)
    )


def _shelf(office: Agency, pictures: Mapping[_SizedLook, Sequence[Record]], built: Built) -> SiteShelf:
    order = {preset.id: at for at, preset in enumerate(built.project.presets.presets)}
    place = f"banner/{file_part(office.id)}"
    banners: list[SiteBanner] = []
    for look, forms in sorted(pictures.items(), key=lambda item: order.get(item[0].preset, 0)):
        # A file's name tells it from all others: downloads, and a page's own folder, are flat.
        start = f"{file_part(office.id)}-{file_part(look.day)}-{file_part(look.theme)}-"
        here = f"{place}/{start}"
        files = {record.media_type: built.lay(record, here) for record in forms}
        preset = built.project.presets.preset(look.preset)
        own = sorted(files.values(), key=lambda file: preset is None or file.format != preset.format)
        banners.append(
            SiteBanner(
                look.day,
                look.theme,
                look.preset,
                forms[0].alt,
                _shown(forms, files, here, built),
                tuple(own),
                _embedded(forms, preset, start, built.project),
                None if preset is None else plain_twin(forms, preset, link=built.project.campaign.main_url),
            )
        )
    logo = Logos(built.project.brand, built.project.resources).of(office)
    return SiteShelf(office, place, tuple(banners), has_logo=logo is not None)


def _embedded(forms: Sequence[Record], preset: Preset | None, start: str, project: Project) -> str | None:
    """The HTML for other pages, where it is a size for them."""
    if preset is None or preset.medium != "web":
        return None
    return snippet_of(
        forms,
        preset,
        link=project.campaign.main_url,
        name_of=lambda record: start + own_name(record),
    )


def _shown(forms: Sequence[Record], files: Mapping[str, SiteFile], here: str, built: Built) -> str | None:
    """The picture of a banner on its page: one of its own files, or the preview of a print."""
    for kind in _SHOWN:
        if kind in files:
            return files[kind].path
    for record in forms:
        preview = preview_path(record.sha256)
        if place_in(built.folder, preview).is_file():
            name = f"{here}{record.preset}-preview.webp"
            built.sources[name] = preview
            return name
    return None
