"""Codes on the web site: each link with its drawing and its picture."""

from __future__ import annotations

from dxassets.file_names import file_part
from dxassets.jobs import link_words
from dxassets.kinds.faces import Built
from dxassets.renderers.site.model import SiteLink


def links_of(built: Built) -> tuple[SiteLink, ...]:
    """The links whose codes were made, in the campaign's order."""
    found: list[SiteLink] = []
    by_name = {record.path.rpartition("/")[2]: record for record in built.records}
    for link in link_words(built.project.campaign):
        drawing, picture = (by_name.get(f"{file_part(link.id)}.{suffix}") for suffix in ("svg", "png"))
        if drawing is None or picture is None:
            continue
        svg, png = (built.lay(record, "qr/").path for record in (drawing, picture))
        size = (int(drawing.size.width), int(drawing.size.height)) if drawing.size else (0, 0)
        found.append(SiteLink(link.id, link.label, link.url, link.domain, svg, png, *size))
    return tuple(found)
