"""Frames on the web site: drawings into which the page puts photos."""

from __future__ import annotations

from dxassets.jobs import MEDIA_TYPES
from dxassets.kinds.faces import Built
from dxassets.kinds.frame.styles import STYLE_OF, STYLES
from dxassets.kinds.frame.words import STYLE_NAMES
from dxassets.models import Bilingual
from dxassets.renderers.site.model import SiteFrame
from dxassets.store import place_in


def frames_of(built: Built) -> tuple[SiteFrame, ...]:
    """The frames that were built as SVG, style by style."""
    drawn = [record for record in built.records if record.media_type == MEDIA_TYPES["svg"]]
    return tuple(
        SiteFrame(
            day=record.day,
            theme=record.theme,
            style=style,
            svg=place_in(built.folder, record.path).read_text(encoding="utf-8"),
            alt=record.alt,
            title=Bilingual(vi=STYLE_NAMES[style][0], en=STYLE_NAMES[style][1]),
            opening=STYLE_OF[style].opening,
            edge=STYLE_OF[style].edge,
        )
        for style in STYLES
        for record in drawn
        if record.day and record.theme and (record.preset or "").startswith(f"{style}-")
    )
