"""The HTML of a web banner: a `<picture>` of every form that was made, and the official link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import quote

from dxassets.presets import Preset
from dxassets.store import Record

_FALLBACKS = ("image/png", "image/jpeg", "image/svg+xml", "image/webp", "image/avif")
"""What `<img>` shows, the first that is there: what every browser and every content system knows."""
_SOURCES = ("image/avif", "image/webp")
"""What browsers take instead when they can, lightest first."""


def own_name(record: Record) -> str:
    """The name of an asset's file, without its folder."""
    return record.path.rpartition("/")[2]


def picture_snippet(
    records: Iterable[Record],
    preset: Preset,
    *,
    link: str | None,
    base_url: str = "",
    name_of: Callable[[Record], str] = own_name,
) -> str | None:
    """`<picture>` with what was made of one web banner; None when nothing of it can stand alone.

    `name_of` says what a file is called where the page lies. Without a `link` it leads nowhere.
    """

    def address(record: Record) -> str:
        return escape(base_url + quote(name_of(record), safe="@"))

    files = _files(records, preset)
    shown = next((kind for kind in _FALLBACKS if (kind, 1) in files), None)
    if shown is None:
        return None
    record = files[shown, 1]
    sources = [
        f'    <source type="{kind}" srcset="{_srcset(files, kind, address)}">'
        for kind in _SOURCES
        if kind != shown and (kind, 1) in files
    ]
    dense = f' srcset="{_srcset(files, shown, address)}"' if (shown, 2) in files else ""
    image = (
        f'    <img src="{address(record)}"{dense} alt="{escape(record.alt)}" '
        f'width="{preset.width}" height="{preset.height}">'
    )
    picture = ("  <picture>", *sources, image, "  </picture>")
    return "\n".join(picture if link is None else (f'<a href="{escape(link)}">', *picture, "</a>"))


def _files(records: Iterable[Record], preset: Preset) -> dict[tuple[str, int], Record]:
    """The banner's files by media type and density; debug pictures are for nobody's page."""
    found: dict[tuple[str, int], Record] = {}
    for record in records:
        stem = own_name(record).rpartition(".")[0]
        density = {preset.id: 1, f"{preset.id}@2x": 2}.get(stem)
        if density is not None:
            found[record.media_type, density] = record
    return found


def _srcset(files: dict[tuple[str, int], Record], kind: str, address: Callable[[Record], str]) -> str:
    """The files of one kind, each with its density."""
    return ", ".join(
        f"{address(files[kind, density])} {density}x" for density in (1, 2) if (kind, density) in files
    )
