"""The panel at a picture's foot: a code that is scanned from afar, and beside it mark and call.

Its white is the code's quiet zone, so the symbol takes no card of its own.
"""

from __future__ import annotations

from math import floor

from dxassets.errors import FitError
from dxassets.geometry import Box
from dxassets.typesetting.blocks import Draft, card_for, does_not_fit, place_card
from dxassets.typesetting.captions import beside_code, place_caption
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import QUIET_ZONE, Brief
from dxassets.typesetting.mark_blocks import place_mark_block, set_mark_block

_FRAME = 0.062
"""From the edge to just inside a theme's frame, of the shorter side."""
_AIR = 0.5
"""Between the quiet zone and the words, of that zone."""
_CALL = 0.5
"""Of the panel's height inside its quiet zone, for the call; the rest is the mark's."""
_BETWEEN = 0.14
"""Between mark and call, of the room above the call."""
_CALL_ALONE = 0.8
"""The same where the mark stands in the column."""


def place_panel(draft: Draft, brief: Brief, content: Box, *, unit: float, measure: Measure) -> Box:
    """The panel with code and call; `FitError` where these have no room beside one another."""
    sides = card_for(brief, brief.shares.qr * unit)
    if sides is None:
        raise does_not_fit("mã QR", "QR code", brief.words.domain)
    side, module = sides
    panel = _strip(draft, brief, side)
    quiet = QUIET_ZONE * module
    # the symbol, not its quiet zone, ends where the column ends
    right = min(content.right + quiet, panel.right, brief.size.width - brief.safe.right)
    card = place_card(draft, brief, right - side, panel.y, sides)
    draft.panel = panel
    room = room_beside(draft, content)
    has_mark = "mark" not in brief.plan.order
    caption = beside_code(
        brief,
        measure,
        width=room.width,
        height=(_CALL if has_mark else _CALL_ALONE) * room.height,
        largest=0.24 * room.height,
    )
    if caption is None:
        raise does_not_fit(
            "dòng cạnh mã QR", "caption of the QR code", f"{brief.words.call} – {brief.words.domain}"
        )
    top = room.bottom - caption.height if has_mark else card.center_y - caption.height / 2
    place_caption(draft, caption, Box(room.x, top, room.width, caption.height), center=False)
    return panel


def room_beside(draft: Draft, content: Box) -> Box:
    """What the code leaves of its panel: as high as the symbol, up to its quiet zone and some air."""
    if draft.card is None:
        raise FitError
    symbol, card = draft.card.symbol, draft.card.box
    air = _AIR * QUIET_ZONE * draft.card.module
    return Box(content.x, symbol.y, card.x - air - content.x, symbol.height)


def _strip(draft: Draft, brief: Brief, height: float) -> Box:
    """From edge to edge, or inside the frame; a hem takes what is below the code."""
    size, safe = brief.size, brief.safe
    frame = _FRAME * size.short_side if brief.framed else 0.0
    left, right = (frame + side if frame else 0.0 for side in (brief.trim.left, brief.trim.right))
    bottom = draft.floor - frame - (brief.trim.bottom if frame and draft.floor == size.height else 0.0)
    top = min(bottom, size.height - safe.bottom) - height
    if brief.on_pixels:
        top = float(floor(top))
    return Box(left, top, size.width - left - right, bottom - top)


def mark_on_panel(
    draft: Draft, brief: Brief, content: Box, *, unit: float, most: float, measure: Measure
) -> None:
    """Mark and name at the panel's top, the mark at most `most` high."""
    room = room_beside(draft, content)
    call = min(line.ink.y for line in draft.lines if line.role == "call")
    height = (1 - _BETWEEN) * (call - room.y)
    block = set_mark_block(brief, measure, width=room.width, unit=unit, room=height, most=most)
    place_mark_block(draft, block, Box(room.x, room.y, room.width, block.height), measure, center=False)
