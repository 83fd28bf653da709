"""A ribbon from left to right: slogan, mark, call; or the mark first, where the composition says so."""

from __future__ import annotations

from dxassets.geometry import Box
from dxassets.typesetting.blocks import Draft, card_for, place_card, place_slogan, set_slogan
from dxassets.typesetting.captions import (
    RIBBON_SPACE,
    place_caption,
    place_lines,
    ribbon_caption,
    ribbon_domain,
)
from dxassets.typesetting.fitting import Stack
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Brief
from dxassets.typesetting.mark_blocks import MarkBlock, least_mark, place_mark_block, set_mark_block
from dxassets.typesetting.slots import agency_slot

_ROUNDS = 3


def set_line(draft: Draft, brief: Brief, content: Box, measure: Measure) -> None:
    """Slogan with the agency above it, the mark over the day's name, and the code or domain at the end."""
    content = content.part(brief.plan.column)
    gap = brief.shares.gap * content.height
    end = _line_call(draft, brief, content, measure)
    first = brief.plan.order[0] == "mark"
    above = 0.0
    if "agency" in brief.levels:
        size = brief.shares.agency * content.height
        above = agency_slot(brief, content, size=size, max_lines=1).box.height + 0.28 * gap

    def tried(most: float) -> tuple[MarkBlock, Box, Stack, bool]:
        block = _block(brief, content, measure, most=most)
        taken = block.width + 1.8 * gap if block.width else 0.0
        left = content.x + (taken if first else 0.0)
        column = Box(left, content.y, end - content.x - taken, content.height)
        room = column.height - above
        return (
            block,
            column,
            *set_slogan(brief, measure, width=column.width, height=room, unit=content.height),
        )

    block, column, stack, full = tried(float("inf"))
    for _ in range(_ROUNDS):  # the mark may not be higher than the slogan, whose room it takes
        cap = -measure("H", 800).top * stack.size
        if first or block.mark.height <= 1.001 * cap:
            break
        block, column, stack, full = tried(max(cap, least_mark(brief, measure)))
    # agency and slogan stand together, half way up
    start = column.y + (column.height - above - stack.height) / 2
    if "agency" in brief.levels:
        place = Box(column.x, start, column.width, column.height)
        draft.slot = agency_slot(brief, place, size=brief.shares.agency * content.height, max_lines=1)
    box = Box(column.x, start + above, column.width, stack.height)
    place_slogan(draft, brief, stack, box, center=brief.center, full=full, measure=measure)
    if block.width:
        x = content.x if first else end - block.width
        top = content.center_y - block.height / 2
        place = Box(x, top, block.width, block.height)
        place_mark_block(draft, block, place, measure, center=brief.center)
        edge = x + block.width + 0.9 * gap if first else x - 0.9 * gap
        draft.rules.append(_upright_rule(brief, content, edge))


def _block(brief: Brief, content: Box, measure: Measure, *, most: float) -> MarkBlock:
    return set_mark_block(
        brief,
        measure,
        width=brief.plan.block * content.width,
        unit=content.height,
        room=content.height,
        most=most,
    )


def _upright_rule(brief: Brief, content: Box, x: float) -> Box:
    """A thin upright line between mark and slogan."""
    thickness = max(0.007 * content.height, 1.0 if brief.on_pixels else 0.0)
    return Box(x - thickness / 2, content.y + 0.08 * content.height, thickness, 0.84 * content.height)


def _line_call(draft: Draft, brief: Brief, content: Box, measure: Measure) -> float:
    """The code or the domain at the right end; returns where the slogan's column ends."""
    shares = brief.shares
    gap = shares.gap * content.height
    if "call" not in brief.levels:
        return content.right
    largest = shares.call * content.height
    if card_for(brief, shares.qr * content.height) is not None:
        sides, caption = ribbon_caption(brief, measure, content, largest=largest)
        width = max(sides[0], caption.width)
        space = RIBBON_SPACE * content.height
        top = content.center_y - (sides[0] + space + caption.height) / 2
        x = content.right - (width + sides[0]) / 2
        card = place_card(draft, brief, x, top, sides)
        box = Box(content.right - width, card.bottom + space, width, caption.height)
        place_caption(draft, caption, box, center=True)
        return content.right - width - gap
    largest *= 0.8  # in the last place, so the last voice
    domain = ribbon_domain(brief, measure, content, largest=largest)
    top = content.center_y - domain.height / 2
    box = Box(content.right - domain.width, top, domain.width, domain.height)
    place_lines(draft, domain, box, center=False)
    return box.x - gap
