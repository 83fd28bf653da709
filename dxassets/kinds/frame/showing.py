"""Frames on the web site: drawings into which the page puts photos."""

from __future__ import annotations

from dxassets.jobs import MEDIA_TYPES
from dxassets.kinds.faces import Built
from dxassets.renderers.site.model import SiteFrame
from dxassets.store import place_in


def frames_of(built: Built) -> tuple[SiteFrame, ...]:
    """The frames that were built as SVG."""
    return tuple(
        SiteFrame(
            record.day,
            record.theme,
            (record.preset or "").partition("-")[0],
            place_in(built.folder, record.path).read_text(encoding="utf-8"),
            record.alt,
        )
        for record in built.records
        if record.media_type == MEDIA_TYPES["svg"] and record.day and record.theme
    )
