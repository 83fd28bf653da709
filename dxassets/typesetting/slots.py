"""The agency's slot: room for a name of any length, in every office's picture the same."""

from __future__ import annotations

from dxassets.geometry import Box
from dxassets.typesetting.layout import Brief, Slot

_AGENCY_LEADING = 1.34
_HARDLY_MORE = 1.12
_AGENCY_LINE = 1.5
"""Height kept for a line of the agency's name in em: a stacked capital with a dot below takes 1.48."""


def agency_slot(brief: Brief, box: Box, *, size: float, max_lines: int) -> Slot:
    """The agency's slot at the top of `box`; one line high, it takes two small ones where these have room."""
    largest = max(size, brief.min_text)
    wished = (_AGENCY_LINE + 0.85 * (max_lines - 1)) * largest
    two = (_AGENCY_LINE + _AGENCY_LEADING) * brief.min_text
    if max_lines == 1 and two <= _HARDLY_MORE * wished:
        max_lines, wished = 2, max(wished, two)
    needed = (_AGENCY_LINE + _AGENCY_LEADING * (max_lines - 1)) * brief.min_text
    height = max(wished, needed)
    return Slot(Box(box.x, box.y, box.width, height), largest, brief.min_text, max_lines, brief.center)
