"""Loops on the index of a built folder: their cards, and the snippet that puts an animation on a page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from dxassets.kinds.faces import CardFace
from dxassets.kinds.loop.sizes import loop_sizes
from dxassets.project import Project
from dxassets.store import Record

_STILL = "image/png"
_MOVING = ("image/webp", "image/gif")


def loop_card(record: Record, project: Project, beside: Sequence[Record]) -> CardFace:
    """Called by its size: day and theme stand above its group."""
    titles = {size.id: size.title for size in loop_sizes(project.resources).sizes}
    title = titles.get(record.preset or "")
    told = (record.title, record.title) if title is None else (title.vi, title.en)
    still = next((each for each in beside if each.media_type == _STILL), None)
    if record.media_type not in _MOVING or still is None or record.size is None:
        return CardFace(told)
    return CardFace(told, embed=snippet(record, still, link=project.campaign.main_url))


def snippet(moving: Record, still: Record, *, link: str | None) -> str:
    """`<picture>` that moves, and stands still for whoever asked their system for less motion."""
    size = moving.size
    sides = "" if size is None else f' width="{size.width}" height="{size.height}"'
    lines = [
        "  <picture>",
        f'    <source media="(prefers-reduced-motion: reduce)" srcset="{_name(still)}">',
        f'    <img src="{_name(moving)}" alt="{escape(moving.alt)}"{sides}>',
        "  </picture>",
    ]
    return "\n".join(lines if link is None else [f'<a href="{escape(link)}">', *lines, "</a>"])


def _name(record: Record) -> str:
    return escape(quote(record.path.rpartition("/")[2]))
