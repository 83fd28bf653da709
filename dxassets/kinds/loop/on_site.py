"""Loops on the web site: the films that were made for it, each with the still in its place."""

from __future__ import annotations

from dxassets.kinds.faces import Built
from dxassets.renderers.site.model import SiteFilm
from dxassets.store import place_in, preview_path

_FILM = "video/mp4"


def films_of(built: Built) -> tuple[SiteFilm, ...]:
    """The films that were made for the site, each with the still that was made with it."""
    found: list[SiteFilm] = []
    for record in built.records:
        if record.media_type != _FILM or record.size is None:
            continue
        film = built.lay(record, "/".join([*record.path.split("/")[1:-1], ""]))
        still, preview = None, preview_path(record.sha256)
        if place_in(built.folder, preview).is_file():
            still = f"{film.path.rpartition('.')[0]}-poster.webp"
            built.sources[still] = preview
        size = round(record.size.width), round(record.size.height)
        found.append(SiteFilm(record.title, record.alt, record.day or "", film, still, *size))
    return tuple(found)
