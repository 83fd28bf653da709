"""From a built folder to the site's content: which file is shown where, and with which words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dxassets.api.project import Project
from dxassets.api.snippets import own_name, picture_snippet
from dxassets.campaign import Agency
from dxassets.dispatch import LetterFill, annex_names, parse_dispatch
from dxassets.planner import file_part
from dxassets.planner.planning import link_words
from dxassets.presets import Preset
from dxassets.renderers.site import (
    LetterPage,
    Site,
    SiteBanner,
    SiteFile,
    SiteFrame,
    SiteLetter,
    SiteLink,
    SiteShelf,
    letter_page,
)
from dxassets.store import Record, place_in, preview_path
from dxassets.vietnamese import fold

_SHOWN = ("image/webp", "image/png", "image/jpeg", "image/svg+xml")
"""What a page shows of a banner, the lightest first."""


@dataclass(frozen=True, slots=True)
class SiteContent:
    """A site, and where each file that it shows lies in the built folder: `sources` by path in the site."""

    site: Site
    sources: dict[str, str]


def site_of(
    project: Project,
    records: Sequence[Record],
    *,
    folder: Path,
    fill: LetterFill,
    address: str | None = None,
) -> SiteContent:
    """The site of what was built into `folder`; `records` are those of its files that it offers."""
    sources: dict[str, str] = {}
    site = Site(
        campaign=project.campaign,
        brand=project.brand,
        presets=project.presets,
        shelves=_shelves(project, records, folder, sources),
        links=_links(project, records, sources),
        frames=_frames(records, folder),
        letter=_letter(project, records, fill, sources),
        address=address,
    )
    return SiteContent(site, sources)


def _shelves(
    project: Project, records: Iterable[Record], folder: Path, sources: dict[str, str]
) -> tuple[SiteShelf, ...]:
    """Each agency of which there is a banner, in the campaign's order."""
    pictures: dict[str, dict[tuple[str, str, str], list[Record]]] = {}
    for record in records:
        if record.kind == "banner" and record.day and record.theme and record.preset:
            key = (record.day, record.theme, record.preset)
            pictures.setdefault(record.agency, {}).setdefault(key, []).append(record)
    return tuple(
        _shelf(project, office, pictures[office.id], folder, sources)
        for office in project.campaign.offices
        if office.id in pictures
    )


def _shelf(
    project: Project,
    office: Agency,
    pictures: dict[tuple[str, str, str], list[Record]],
    folder: Path,
    sources: dict[str, str],
) -> SiteShelf:
    order = {preset.id: at for at, preset in enumerate(project.presets.presets)}
    place = f"banner/{file_part(office.id)}"
    banners: list[SiteBanner] = []
    for (day, theme, preset_id), forms in sorted(pictures.items(), key=lambda item: order.get(item[0][2], 0)):
        # A file's name tells it from all others: downloads, and a page's own folder, are flat.
        start = f"{file_part(office.id)}-{file_part(day)}-{file_part(theme)}-"
        here = f"{place}/{start}"
        files = {record.media_type: _file(record, here, sources) for record in forms}
        preset = project.presets.preset(preset_id)
        own = sorted(files.values(), key=lambda file: preset is None or file.format != preset.format)
        banners.append(
            SiteBanner(
                day,
                theme,
                preset_id,
                forms[0].alt,
                _shown(forms, files, here, folder, sources),
                tuple(own),
                _embedded(project, forms, preset, start),
            )
        )
    search = " ".join(_words(f"{office.name} {office.short_name}"))
    return SiteShelf(office, place, search, tuple(banners))


def _file(record: Record, here: str, sources: dict[str, str]) -> SiteFile:
    """A built file at its place in the site, which begins with `here`."""
    path = here + own_name(record)
    sources[path] = record.path
    return SiteFile(path, path.rpartition(".")[2], record.bytes, record.sha256)


def _embedded(project: Project, forms: Sequence[Record], preset: Preset | None, start: str) -> str | None:
    """The HTML for other pages, where it is a size for them."""
    if preset is None or preset.medium != "web":
        return None
    return picture_snippet(
        forms,
        preset,
        link=project.campaign.links.province.url,
        name_of=lambda record: start + own_name(record),
    )


def _words(text: str) -> list[str]:
    """The words of a name as they are searched: folded, each once, apostrophes and dashes aside."""
    plain = "".join(sign if sign.isalnum() else "" if sign in "'’ʼ" else " " for sign in fold(text))
    return list(dict.fromkeys(plain.split()))


def _shown(
    forms: Sequence[Record], files: dict[str, SiteFile], here: str, folder: Path, sources: dict[str, str]
) -> str | None:
    """The picture of a banner on its page: one of its own files, or the preview of a print."""
    for kind in _SHOWN:
        if kind in files:
            return files[kind].path
    for record in forms:
        preview = preview_path(record.sha256)
        if place_in(folder, preview).is_file():
            name = f"{here}{record.preset}-preview.webp"
            sources[name] = preview
            return name
    return None


def _links(project: Project, records: Iterable[Record], sources: dict[str, str]) -> tuple[SiteLink, ...]:
    """The links whose codes were made."""
    found: list[SiteLink] = []
    by_path = {record.path.partition("/")[2]: record for record in records if record.kind == "qr"}
    for link in link_words(project.campaign):
        drawing, picture = (by_path.get(f"qr/{file_part(link.id)}.{kind}") for kind in ("svg", "png"))
        if drawing is None or picture is None:
            continue
        svg, png = (f"qr/{file_part(link.id)}.{kind}" for kind in ("svg", "png"))
        sources |= {svg: drawing.path, png: picture.path}
        size = (int(drawing.size.width), int(drawing.size.height))
        found.append(SiteLink(link.id, link.label, link.url, link.domain, drawing.alt, svg, png, *size))
    return tuple(found)


def _frames(records: Iterable[Record], folder: Path) -> tuple[SiteFrame, ...]:
    """The frames as SVG, without anybody's name on them."""
    return tuple(
        SiteFrame(
            record.day,
            record.theme,
            (record.preset or "").partition("-")[0],
            place_in(folder, record.path).read_text(encoding="utf-8"),
            record.alt,
        )
        for record in records
        if record.kind == "frame" and record.media_type == "image/svg+xml" and record.day and record.theme
    )


def _letter(
    project: Project, records: Iterable[Record], fill: LetterFill, sources: dict[str, str]
) -> SiteLetter | None:
    files = tuple(_file(record, "letter/", sources) for record in records if record.kind == "letter")
    return SiteLetter(letter_of(project, fill), files) if files else None


def letter_of(project: Project, fill: LetterFill) -> LetterPage:
    """The campaign's letter to read in a page, with what registration has filled in."""
    name, resources = project.campaign.dispatch, project.resources
    data = resources.read(name).data
    annexes = {annex: resources.read(annex).data for annex in annex_names(data, name)}
    return letter_page(parse_dispatch(data, annexes, name), fill, link_words(project.campaign))
