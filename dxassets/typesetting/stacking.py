"""A column from top to bottom: agency, slogan and mark in the composition's order, and the call."""

from __future__ import annotations

from dxassets.errors import FitError
from dxassets.geometry import Box
from dxassets.typesetting.blocks import (
    Draft,
    card_for,
    does_not_fit,
    place_card,
    place_slogan,
    set_slogan,
)
from dxassets.typesetting.captions import (
    domain_in,
    place_caption,
    place_domain,
    place_foot,
    set_domain,
    under_code,
)
from dxassets.typesetting.fitting import Stack
from dxassets.typesetting.footing import mark_on_panel, place_panel
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import UPRIGHT, Brief
from dxassets.typesetting.mark_blocks import MarkBlock, least_mark, place_mark_block, set_mark_block
from dxassets.typesetting.marks import fit_mark
from dxassets.typesetting.slots import agency_slot

_LEAST_COLUMN = 0.52
"""A code at the side may leave a column of this share of the content's width; else the column ends above."""
_MOST_IN_CORNER = 0.5
"""A code in the corner is at most this share of the content's width; a larger one wants a panel."""
_PANEL_PAD = 0.32
"""From a panel's edge to its caption, in em of the caption."""
_WITH_RULE = 2.6
"""What a domain's rule and the blank after it take, in em."""
_AGENCY_LINES = {"tower": 4, "wide": 1}
_OF_COLUMN = 0.42
"""Of a column, for a domain beside the mark."""
_ROUNDS = 3


def set_column(draft: Draft, brief: Brief, content: Box, measure: Measure) -> None:
    """The column; what the picture shows beside it stands in its corner."""
    unit = unit_of(brief, content)
    gap = brief.shares.gap * unit
    column = _below_call(draft, brief, content, unit=unit, measure=measure)
    top = column.y
    if "agency" in brief.levels:
        header = Box(column.x, column.y, _header_width(brief, content, column), column.height)
        most = _AGENCY_LINES.get(brief.family, 2)
        draft.slot = agency_slot(brief, header, size=brief.shares.agency * unit, max_lines=most)
        top = draft.slot.box.bottom + 0.6 * gap
    room = Box(column.x, top, column.width, column.bottom - top)
    domain = _domain_beside(brief, column, measure, unit=unit)
    taken = 0.0 if domain is None else domain.width + (_WITH_RULE + 1.8) * domain.size
    found = _fitted(brief, room, measure, unit=unit, gap=gap, taken=taken)
    mark = _placed(draft, brief, room, found, gap=gap, taken=taken, measure=measure)
    if "mark" not in brief.plan.order:
        cap = -measure("H", 800).top * found[1].size
        mark_on_panel(
            draft, brief, content, unit=unit, most=max(cap, least_mark(brief, measure)), measure=measure
        )
    if domain is not None:
        _place_beside(draft, brief, room, mark, domain)


def _place_beside(draft: Draft, brief: Brief, room: Box, mark: Box, domain: Stack) -> None:
    """The domain on the mark's middle line: at the column's end, or with the mark on the column's axis."""
    wide = domain.width + _WITH_RULE * domain.size
    x = mark.right + 1.8 * domain.size if brief.center else room.right - wide
    low = mark.center_y + domain.height / 2
    place_domain(draft, (domain, True), Box(x, room.y, wide, low - room.y), center=False)


def column_of(brief: Brief, content: Box) -> Box:
    """The composition's column; only what lies in the part that is kept where the picture is cut."""
    column = content.part(brief.plan.column)
    return column if brief.keep is None else column.meet(brief.keep)


def _beside_mark(brief: Brief) -> bool:
    """Whether the domain stands at the end of the mark's line: broad pictures have no height to give."""
    return brief.family not in UPRIGHT and brief.plan.order[-1] == "mark"


def _domain_beside(brief: Brief, column: Box, measure: Measure, *, unit: float) -> Stack | None:
    """The domain of a picture without a code, for the mark's line; None where it must stand below."""
    has_code = card_for(brief, brief.shares.qr * unit) is not None
    if "call" not in brief.levels or has_code or not _beside_mark(brief):
        return None
    try:
        return set_domain(brief, measure, width=_OF_COLUMN * column.width, largest=brief.shares.call * unit)
    except FitError:
        return None


def unit_of(brief: Brief, content: Box) -> float:
    """What shares are taken of, by the picture's shape."""
    if brief.family in UPRIGHT:
        return min(content.width, content.height * 0.8)
    return min(content.height, content.width / 1.5)


def _header_width(brief: Brief, content: Box, column: Box) -> float:
    """The agency's line may be longer than the column, up to the corner that belongs to the modules."""
    if brief.center or brief.plan.scene is not None or brief.family == "tower":
        return column.width
    return max(column.width, (0.82 if brief.family in UPRIGHT else 0.72) * content.width)


def _fitted(
    brief: Brief, room: Box, measure: Measure, *, unit: float, gap: float, taken: float
) -> tuple[MarkBlock, Stack, bool]:
    """Mark and slogan; the mark no higher than the slogan's capitals where the slogan comes first."""
    headline_first = brief.plan.order[0] == "slogan"
    if "mark" not in brief.plan.order:
        alone = MarkBlock(fit_mark(None, measure, width=room.width, height=room.height), None, (0.0, 0.0))
        return alone, *set_slogan(brief, measure, width=room.width, height=room.height, unit=unit)

    def tried(most: float) -> tuple[MarkBlock, Stack, bool]:
        block = set_mark_block(
            brief, measure, width=room.width - taken, unit=unit, room=0.4 * room.height, most=most
        )
        between = gap if block.height else 0.0
        height = room.height - block.height - between
        return block, *set_slogan(brief, measure, width=room.width, height=height, unit=unit)

    block, stack, full = tried(float("inf"))
    for _ in range(_ROUNDS):
        cap = -measure("H", 800).top * stack.size
        if not headline_first or block.mark.height <= 1.001 * cap:
            break
        block, stack, full = tried(max(cap, least_mark(brief, measure)))
    return block, stack, full


def _placed(
    draft: Draft,
    brief: Brief,
    room: Box,
    found: tuple[MarkBlock, Stack, bool],
    *,
    gap: float,
    taken: float,
    measure: Measure,
) -> Box:
    """Both in their order, the spare room shared as the composition says; gives the mark's line."""
    block, stack, full = found
    between = gap if block.height else 0.0
    spare = max(0.0, room.height - block.height - stack.height - between)
    above, middle, _ = brief.plan.spare
    y = room.y + above * spare
    line = room
    for item in brief.plan.order:
        if item == "mark":
            box = Box(room.x, y, room.width - taken, block.height)
            line = place_mark_block(draft, block, box, measure, center=brief.center)
            y += block.height + (between + middle * spare if block.height else 0.0)
        else:
            box = Box(room.x, y, room.width, stack.height)
            place_slogan(draft, brief, stack, box, center=brief.center, full=full, measure=measure)
            y += stack.height + between + middle * spare
    return line


def _below_call(draft: Draft, brief: Brief, content: Box, *, unit: float, measure: Measure) -> Box:
    """Puts the code or the domain, and gives the column that it leaves."""
    column = column_of(brief, content)
    gap = brief.shares.gap * unit
    if brief.plan.call == "panel":
        panel = place_panel(draft, brief, content, unit=unit, measure=measure)
        return Box(column.x, column.y, column.width, min(column.bottom, panel.y - gap) - column.y)
    sides = card_for(brief, brief.shares.qr * unit)
    if "call" not in brief.levels or _domain_beside(brief, column, measure, unit=unit) is not None:
        return column
    if sides is None:
        domain = domain_in(brief, measure, width=column.width, largest=brief.shares.call * unit)
        top = place_domain(draft, domain, column, center=brief.center).y
        return Box(column.x, column.y, column.width, top - 0.8 * gap - column.y)
    if brief.plan.call == "foot":
        top = place_foot(draft, brief, column, unit, measure)
        return Box(column.x, column.y, column.width, top - gap - column.y)
    if sides[0] > _MOST_IN_CORNER * content.width:
        raise does_not_fit("mã QR", "QR code", brief.words.domain)
    panel = _in_corner(draft, brief, content, sides, unit=unit, measure=measure)
    return _clear_of(panel, column, brief, content, gap=gap)


def _clear_of(panel: Box, column: Box, brief: Brief, content: Box, *, gap: float) -> Box:
    """What of the column a code in the corner leaves: a narrower one, or a shorter one."""
    if not panel.pad(0.5 * gap).overlaps(column):
        return column
    beside = panel.x - 0.9 * gap - column.x
    if brief.family not in UPRIGHT or beside >= _LEAST_COLUMN * content.width:
        return Box(column.x, column.y, beside, column.height)
    return Box(column.x, column.y, column.width, panel.y - gap - column.y)


def _in_corner(
    draft: Draft, brief: Brief, content: Box, sides: tuple[float, float], *, unit: float, measure: Measure
) -> Box:
    """The code with its caption on one white panel, in the lower right corner."""
    caption = under_code(
        brief,
        measure,
        sides[0],
        widest=content.width,
        height=content.height - sides[0],
        largest=brief.shares.call * unit,
    )
    pad = max(_PANEL_PAD * caption.size, sides[1])
    width = max(sides[0], caption.width + 2 * pad + 2 * sides[1])
    space = 0.12 * caption.size
    height = sides[0] + space + caption.height + pad
    x, y = content.right - width, content.bottom - height
    if brief.on_pixels:
        x, y = float(round(x)), float(round(y))
    card = place_card(draft, brief, x + (width - sides[0]) / 2, y, sides)
    draft.panel = Box(x, y, width, height)
    below = Box(x, card.bottom + space, width, caption.height)
    place_caption(draft, caption, below, center=True)
    return draft.panel
