"""The HTML of a web banner: a `<picture>` of every form that was made, and the official link.

A mail signature is a table with its styles on each element, since mail programs know neither `<picture>` nor
style sheets; beside it stands its twin in plain text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import quote

from dxassets.presets import Preset
from dxassets.store import Record

_FALLBACKS = ("image/png", "image/jpeg", "image/svg+xml", "image/webp", "image/avif")
"""What `<img>` shows, the first that is there: what every browser and every content system knows."""
_MAIL = ("image/png", "image/jpeg")
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


def snippet_of_drawn(preset: Preset, alt: str, *, start: str, link: str | None, dense: bool) -> str | None:
    """The HTML for a banner that the web site's page draws: of its PNG, and where it is `dense`, of that @2x.

    `start` is how the names of its files begin.
    """
    forms = [_drawn(preset, alt, density) for density in ((1, 2) if dense else (1,))]
    return snippet_of(forms, preset, link=link, name_of=lambda record: start + own_name(record))


def plain_twin_of_drawn(preset: Preset, alt: str, *, link: str | None) -> str | None:
    """`plain_twin` of such a banner."""
    return plain_twin([_drawn(preset, alt, 1)], preset, link=link)


def _drawn(preset: Preset, alt: str, density: int) -> Record:
    """What the page will make, as if it had been built."""
    name = f"{preset.id}.png" if density == 1 else f"{preset.id}@{density}x.png"
    return Record(
        path=name,
        kind="",
        preset=preset.id,
        theme=None,
        day=None,
        agency="",
        title="",
        size=None,
        bytes=0,
        sha256="",
        media_type="image/png",
        alt=alt,
        codes=(),
        least_contrast=None,
        inputs={},
        key="",
    )


def snippet_of(
    records: Iterable[Record],
    preset: Preset,
    *,
    link: str | None,
    base_url: str = "",
    name_of: Callable[[Record], str] = own_name,
) -> str | None:
    """The HTML that suits the size: for pages, or for mails."""
    told = mail_snippet if preset.embed == "mail" else picture_snippet
    return told(records, preset, link=link, base_url=base_url, name_of=name_of)


def mail_snippet(
    records: Iterable[Record],
    preset: Preset,
    *,
    link: str | None,
    base_url: str = "",
    name_of: Callable[[Record], str] = own_name,
) -> str | None:
    """A signature for mail programs; None when there is no PNG or JPEG, which all of them show.

    The picture of a dense screen is taken where it was made, at the same size.
    """
    files = _files(records, preset)
    ways = ((kind, density) for density in (2, 1) for kind in _MAIL)
    shown = next((files[way] for way in ways if way in files), None)
    if shown is None:
        return None
    width, height = preset.width, preset.height
    address = escape(base_url + quote(name_of(shown), safe="@"))
    image = (
        f'<img src="{address}" alt="{escape(shown.alt)}" width="{width}" height="{height}" border="0" '
        f'style="display:block;width:{width}px;max-width:100%;height:auto;border:0;'
        'font:14px/1.4 Arial,sans-serif;color:#0b1f4b">'
    )
    if link is not None:
        image = f'<a href="{escape(link)}" style="text-decoration:none">{image}</a>'
    style = f"width:{width}px;max-width:100%;border-collapse:collapse"
    plain = 'role="presentation" cellpadding="0" cellspacing="0" border="0"'
    row = f'  <tr><td style="padding:12px 0 0">{image}</td></tr>'
    return "\n".join((f'<table {plain} width="{width}" style="{style}">', row, "</table>"))


def plain_twin(records: Iterable[Record], preset: Preset, *, link: str | None) -> str | None:
    """The same signature for mails in plain text (RFC 3676, 4.3: below two dashes and a blank)."""
    if preset.embed != "mail":
        return None
    shown = next(iter(_files(records, preset).values()), None)
    if shown is None:
        return None
    return "\n".join(("-- ", *_sentences(shown.alt), *([] if link is None else [link])))


def _sentences(text: str) -> list[str]:
    """One line for each sentence of an alternative text."""
    return [f"{part.strip().removesuffix('.')}." for part in text.split(". ") if part.strip()]


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
