"""Banners on the index of a built folder, and on the web site: cards, shelves, and what these need."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxassets.agencies import Agency
from dxassets.file_names import file_part
from dxassets.kinds.banner.snippets import own_name, picture_snippet
from dxassets.kinds.faces import Built, CardFace, SiteWanted, Text
from dxassets.kinds.scope import Wanted
from dxassets.presets import Preset
from dxassets.project import Project
from dxassets.renderers.site.model import SiteBanner, SiteFile, SiteShelf
from dxassets.store import Record, place_in, preview_path
from dxassets.vietnamese import fold

_SHOWN = ("image/webp", "image/png", "image/jpeg", "image/svg+xml")
"""What a page shows of a banner, the lightest first."""
_SHOWN_AS_THEY_ARE = frozenset({"image/png", "image/jpeg", "image/webp", "image/avif", "image/svg+xml"})


def banner_card(record: Record, project: Project, beside: Sequence[Record]) -> CardFace:
    """A banner's card on the index; web sizes carry the snippet that puts them on a page."""
    preset = project.presets.preset(record.preset or "")
    if preset is None:
        return CardFace((record.title, record.title))
    embed = None
    if preset.medium == "web" and record.media_type in _SHOWN_AS_THEY_ARE:
        embed = picture_snippet(beside, preset, link=project.campaign.main_url)
    return CardFace(_title(record, preset), embed=embed)


def _title(record: Record, preset: Preset) -> Text:
    """What a card is called: day and theme stand above its group already."""
    stem = own_name(record).rpartition(".")[0]
    if stem.endswith("-proof"):
        return f"{preset.title.vi} – bản kiểm", f"{preset.title.en} – proof"
    density = " @2x" if stem.endswith("@2x") else ""
    return f"{preset.title.vi}{density}", f"{preset.title.en}{density}"


# --- what the site needs


def site_wishes(project: Project, wanted: SiteWanted) -> Iterator[Wanted]:
    """The campaign's `[site]`, or what was asked for by name; the issuing agency has every size otherwise."""
    campaign = project.campaign
    agencies = wanted.agencies or tuple(office.id for office in campaign.offices)
    for day, theme in _looks(project, wanted):
        yield from _in_all_forms(
            project, Wanted(agencies=agencies, days=(day,), themes=(theme,), presets=_sizes(project, wanted))
        )
    if campaign.issuing_agency in agencies and not wanted.is_chosen:
        every = tuple(preset.id for preset in project.presets.presets)
        yield from _in_all_forms(project, Wanted(agencies=(campaign.issuing_agency,), presets=every))


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


def shelves_of(built: Built) -> tuple[SiteShelf, ...]:
    """Each agency of which there is a banner, in the campaign's order."""
    pictures: dict[str, dict[_SizedLook, list[Record]]] = {}
    for record in built.records:
        if record.day and record.theme and record.preset:
            look = _SizedLook(record.day, record.theme, record.preset)
            pictures.setdefault(record.agency, {}).setdefault(look, []).append(record)
    return tuple(
        _shelf(office, pictures[office.id], built)
        for office in built.project.campaign.offices
        if office.id in pictures
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
            )
        )
    search = " ".join(_words(f"{office.name} {office.short_name}"))
    return SiteShelf(office, place, search, tuple(banners))


def _embedded(forms: Sequence[Record], preset: Preset | None, start: str, project: Project) -> str | None:
    """The HTML for other pages, where it is a size for them."""
    if preset is None or preset.medium != "web":
        return None
    return picture_snippet(
        forms,
        preset,
        link=project.campaign.main_url,
        name_of=lambda record: start + own_name(record),
    )


def _words(text: str) -> Iterable[str]:
    """The words of a name as they are searched: folded, each once, apostrophes and dashes aside."""
    plain = "".join(sign if sign.isalnum() else "" if sign in "'’ʼ" else " " for sign in fold(text))
    return dict.fromkeys(plain.split())


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
