"""Where everything stands, by aspect family. Each family is composed for its own shape.

`aside` (landscape): a column of type, the code in the lower right corner.
`stacked` (square, portrait, tower): one axis from top to bottom.
`inline` (ribbon, wide): mark, slogan and code side by side.
`badge` (no slogan, any family): mark and name. The agency's slot has a fixed height: offices share all.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dxassets.errors import FitError
from dxassets.geometry import Box, Insets
from dxassets.typesetting.blocks import (
    Draft,
    card_for,
    does_not_fit,
    place_card,
    place_slogan,
    place_stack,
    set_name,
    set_slogan,
)
from dxassets.typesetting.captions import (
    RIBBON_SPACE,
    domain_in,
    place_caption,
    place_domain,
    place_foot,
    place_lines,
    ribbon_caption,
    ribbon_domain,
    under_code,
)
from dxassets.typesetting.fitting import Stack
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Brief, Layout, Slot
from dxassets.typesetting.marks import Mark, fit_mark, place_mark

_SLIM_PX = 200
_STAND = 0.08
"""A trim of more than this share of the height is a stand, not a hem: the band stands above it."""
_OF_MARK = 0.5
_AGENCY_LEADING = 1.34
_AGENCY_LINE = 1.5
"""Height kept for a line of the agency's name in em: a stacked capital with a dot below takes 1.48."""


@lru_cache(maxsize=512)
def compose(brief: Brief, measure: Measure) -> Layout:
    """The composition of `brief`; `FitError` when a text can't be set legibly."""
    band = _band(brief)
    content = _content(brief, band)
    draft = Draft()
    if "slogan" not in brief.levels:
        _badge(draft, brief, content, measure)
    elif brief.family in {"ribbon", "wide"}:
        _inline(draft, brief, content, measure)
    elif brief.family == "landscape":
        _aside(draft, brief, content, measure)
    else:
        _stacked(draft, brief, content, measure)
    return Layout(
        brief,
        content,
        band,
        tuple(draft.lines),
        tuple(draft.bars),
        tuple(draft.rules),
        draft.card,
        draft.slot,
        draft.wording,
    )


def _band(brief: Brief) -> Box | None:
    """The brocade band: along the foot, or along the left edge of a ribbon."""
    if not brief.banded or "slogan" not in brief.levels:
        return None  # the smallest pictures have no room for it
    width, height = brief.size.width, brief.size.height
    thickness = brief.shares.band * brief.size.short_side
    if brief.on_pixels:
        thickness = max(round(thickness), 6)
    if brief.family == "ribbon":
        return Box(0, 0, thickness, height)
    hidden = brief.trim.bottom if brief.trim.bottom > _STAND * height else 0.0
    return Box(0, height - hidden - thickness, width, thickness)


def _content(brief: Brief, band: Box | None) -> Box:
    """The room for type and code: inside margins, safe area and band."""
    margin = brief.shares.margin * brief.size.short_side
    if brief.bordered:
        margin *= 1.35 if brief.size.width >= _SLIM_PX or not brief.on_pixels else 1.12
    safe = brief.safe
    air = (0.6 if brief.bordered and brief.trim.bottom else 0.35) * margin
    left = max(margin, safe.left + air if safe.left else 0)
    bottom = max(margin, safe.bottom + air if safe.bottom else 0)
    if band is not None and brief.family == "ribbon":
        left = max(left, band.right + margin * 0.9)
    elif band is not None:
        bottom = max(bottom, brief.size.height - band.y + margin * 0.8)
    insets = Insets(
        max(margin, safe.top + air if safe.top else 0),
        max(margin, safe.right + air if safe.right else 0),
        bottom,
        left,
    )
    return Box(0, 0, brief.size.width, brief.size.height).inset(insets)


def _slot(brief: Brief, box: Box, size: float, max_lines: int) -> Slot:
    """The agency's slot at the top of `box`."""
    largest = max(size, brief.min_text)
    wished = (_AGENCY_LINE + 0.85 * (max_lines - 1)) * largest
    needed = (_AGENCY_LINE + _AGENCY_LEADING * (max_lines - 1)) * brief.min_text
    height = max(wished, needed)
    return Slot(Box(box.x, box.y, box.width, height), largest, brief.min_text, max_lines, brief.center)


def _badge(draft: Draft, brief: Brief, content: Box, measure: Measure) -> None:
    """The smallest pictures: only the mark and the day's name."""
    name = _badge_name(brief, content, measure)
    below = 0.0 if name is None else name.height
    gap = 0.1 * content.height if name is not None and brief.words.mark else 0.0
    mark = fit_mark(brief.words.mark, measure, width=content.width, height=content.height - below - gap)
    height = mark.height
    top = content.y + (content.height - height - gap - below) / 2
    x = content.center_x - mark.width / 2 if brief.center else content.x
    place_mark(draft, mark, x, top, measure)
    if name is not None:
        box = Box(content.x, top + height + gap, content.width, name.height)
        place_stack(draft, name, ["name"], box, center=brief.center)


def _badge_name(brief: Brief, content: Box, measure: Measure) -> Stack | None:
    """The name on the smallest pictures; None for one that is too long there, when a mark says the day."""
    alone = brief.words.mark is None
    try:
        return set_name(
            brief,
            measure,
            width=content.width,
            height=content.height * (1.0 if alone else 0.5),
            largest=content.height if alone else brief.min_text * 1.15,
            max_lines=4 if alone else 3,
        )
    except FitError:
        if alone:
            raise
        return None


def _aside(draft: Draft, brief: Brief, content: Box, measure: Measure) -> None:
    """Landscape: agency, mark with the day's name beside it, slogan; the code at the lower right."""
    shares = brief.shares
    unit = min(content.height, content.width / 1.5)
    gap = shares.gap * unit
    top, bottom, column = content.y, content.bottom, content
    sides = card_for(brief, shares.qr * unit)
    if sides is not None:
        width = _aside_card(draft, brief, content, sides, measure)
        between = 0.9 * gap
        if brief.center:  # two panels on purpose, each on its own axis
            between = 1.7 * gap
            draft.rules.append(_upright_rule(brief, content, content.right - width - between / 2))
        column = Box(content.x, content.y, content.width - width - between, content.height)
    elif "call" in brief.levels:
        domain = domain_in(brief, measure, width=content.width, largest=shares.call * unit)
        bottom = place_domain(draft, domain, content, center=brief.center).y - 0.8 * gap
    if "agency" in brief.levels:
        # Left-aligned pictures give their upper right to the modules; centred ones keep one axis.
        width = column.width if brief.center else content.width * 0.72
        header = Box(content.x, content.y, width, content.height)
        draft.slot = _slot(brief, header, shares.agency * unit, 2)
        top = draft.slot.box.bottom + 0.45 * gap
    mark = fit_mark(brief.words.mark, measure, width=column.width * 0.52, height=shares.mark * unit)
    name = (
        _name_beside(brief, mark, measure, width=column.width, unit=unit) if "name" in brief.levels else None
    )
    row_height = mark.height or (0.0 if name is None else name.height)
    below = gap if row_height else 0.0
    room = bottom - top - row_height - below
    stack, full = set_slogan(brief, measure, width=column.width, height=room, unit=unit)
    spare = room - stack.height
    row_top = top + min(0.34 * spare, 0.9 * gap)
    row = Box(column.x, row_top, column.width, row_height)
    _mark_row(draft, brief, row=row, mark=mark, name=name, measure=measure)
    rest = Box(column.x, row_top + row_height + below, column.width, 0)
    below_row = bottom - rest.y - stack.height
    rest = rest.move(0, min(below_row, 0.5 * below_row + 0.1 * gap))
    place_slogan(draft, stack, rest, center=brief.center, full=full)


def _aside_card(
    draft: Draft, brief: Brief, content: Box, sides: tuple[float, float], measure: Measure
) -> float:
    """The code at the right: in the lower corner, or half way up in a centred picture; returns its width."""
    unit = min(content.height, content.width / 1.5)
    space = 0.35 * brief.shares.gap * unit
    room = content.height - sides[0] - space
    caption = under_code(
        brief, measure, sides[0], widest=content.width, height=room, largest=brief.shares.call * unit
    )
    width = max(sides[0], caption.width)
    height = sides[0] + space + caption.height
    top = content.center_y - height / 2 if brief.center else content.bottom - height
    card = place_card(draft, brief, content.right - (width + sides[0]) / 2, top, sides)
    below = Box(content.right - width, card.bottom + space, width, caption.height)
    place_caption(draft, caption, below, center=True)
    return width


def _name_beside(brief: Brief, mark: Mark, measure: Measure, *, width: float, unit: float) -> Stack:
    """The day's name at the right of the mark; where there is no mark, across the column in its place."""
    if not mark.runs:
        largest = _name_size(brief, mark) * unit
        return set_name(brief, measure, width=width, height=0.4 * unit, largest=largest, max_lines=2)
    return set_name(
        brief,
        measure,
        # not wider than the mark: two lines of a good size beat one long small one
        width=min(width - mark.width - _beside(mark), max(1.05 * mark.width, 0.4 * width)),
        height=mark.height,
        largest=brief.shares.name * unit,
        max_lines=3,
    )


def _name_size(brief: Brief, mark: Mark) -> float:
    """How large the day's name may be, of the family's unit: it takes the place of a missing mark."""
    return brief.shares.name if mark.runs else max(brief.shares.name, _OF_MARK * brief.shares.mark)


def _beside(mark: Mark) -> float:
    """From the mark to what stands beside it."""
    return 0.3 * mark.height


def _mark_row(
    draft: Draft, brief: Brief, *, row: Box, mark: Mark, name: Stack | None, measure: Measure
) -> None:
    """The mark with the day's name at its right, both centred on the row's middle line."""
    space = _beside(mark) if name is not None else 0.0
    width = mark.width + space + (0.0 if name is None else name.width)
    x = row.center_x - width / 2 if brief.center else row.x
    place_mark(draft, mark, x, row.y, measure)
    if name is not None:
        top = row.center_y - name.height / 2
        box = Box(x + mark.width + space, top, name.width, name.height)
        place_stack(draft, name, ["name"], box, center=brief.center and not mark.runs)


def _stacked(draft: Draft, brief: Brief, content: Box, measure: Measure) -> None:
    """Square, portrait, tower: agency, mark, name, slogan and code on one axis."""
    shares = brief.shares
    unit = min(content.width, content.height * 0.8)
    gap = shares.gap * unit
    top, bottom = content.y, content.bottom
    if "agency" in brief.levels:
        tower = brief.family == "tower"
        share = 1.0 if brief.center or tower else 0.82  # the upper right belongs to the modules
        header = Box(content.x, content.y, content.width * share, content.height)
        draft.slot = _slot(brief, header, shares.agency * unit, 4 if tower else 2)
        top = draft.slot.box.bottom + 0.4 * gap
    bottom = place_foot(draft, brief, content, unit, measure) - gap if "call" in brief.levels else bottom
    mark = fit_mark(brief.words.mark, measure, width=content.width, height=shares.mark * unit)
    top += 0.4 * gap + 0.05 * mark.height  # the bar rises above the numerals
    head = mark.height
    between = 0.42 * gap if mark.runs else 0.0
    name = None
    if "name" in brief.levels:
        name = set_name(
            brief,
            measure,
            width=content.width,
            height=(bottom - top) * 0.3,
            largest=_name_size(brief, mark) * unit,
            max_lines=4 if brief.family == "tower" else 2,
        )
        head += between + name.height
    below = gap if head else 0.0
    room = bottom - top - head - below
    stack, full = set_slogan(brief, measure, width=content.width, height=room, unit=unit)
    spare = room - stack.height
    head_top = top + 0.3 * spare
    x = content.center_x - mark.width / 2 if brief.center else content.x
    place_mark(draft, mark, x, head_top, measure)
    if name is not None:
        name_box = Box(content.x, head_top + mark.height + between, content.width, name.height)
        place_stack(draft, name, ["name"], name_box, center=brief.center)
    slogan_box = Box(content.x, head_top + head + below + 0.3 * spare, content.width, stack.height)
    place_slogan(draft, stack, slogan_box, center=brief.center, full=full)


def _inline(draft: Draft, brief: Brief, content: Box, measure: Measure) -> None:
    """Ribbon, wide: mark over name at the left, agency over slogan, the code or domain at the right."""
    gap = brief.shares.gap * content.height
    left = _inline_mark(draft, brief, content, measure)
    edge = content.x
    if left > content.x:
        draft.rules.append(_upright_rule(brief, content, left + 0.9 * gap))
        edge = left + 1.8 * gap
    right = _inline_call(draft, brief, content, measure)
    column = Box(edge, content.y, right - edge, content.height)
    top, bottom = column.y, column.bottom
    if brief.family == "wide" and draft.card is None and "call" in brief.levels:
        largest = brief.shares.call * content.height
        domain = domain_in(brief, measure, width=column.width, largest=largest)
        bottom = place_domain(draft, domain, column, center=brief.center).y - 0.5 * gap
    slot, above = None, 0.0
    if "agency" in brief.levels:
        slot = _slot(brief, column, brief.shares.agency * content.height, 1)
        above = slot.box.height + 0.28 * gap
    room = bottom - top - above
    stack, full = set_slogan(brief, measure, width=column.width, height=room, unit=content.height)
    # agency and slogan stand together, half way up
    start = top + (room - stack.height) / 2
    if slot is not None:
        draft.slot = replace(slot, box=slot.box.move(0, start - column.y))
    box = Box(column.x, start + above, column.width, stack.height)
    place_slogan(draft, stack, box, center=brief.center, full=full)


def _inline_mark(draft: Draft, brief: Brief, content: Box, measure: Measure) -> float:
    """The mark, with the day's name below it; returns the right edge."""
    widest = content.width * (0.29 if brief.family == "wide" else 0.24)
    height = brief.shares.mark * content.height
    if "name" not in brief.levels:
        mark = fit_mark(brief.words.mark, measure, width=widest, height=height)
        place_mark(draft, mark, content.x, content.center_y - mark.height / 2, measure)
        return content.x + mark.width
    mark, name = _mark_over_name(brief, content.height, widest, height, measure)
    space = 0.2 * mark.height
    width = max(mark.width, name.width)
    top = content.center_y - (mark.height + space + name.height) / 2
    x = content.x + (width - mark.width) / 2 if brief.center else content.x
    place_mark(draft, mark, x, top, measure)
    box = Box(content.x, top + mark.height + space, width, name.height)
    place_stack(draft, name, ["name"], box, center=brief.center)
    return content.x + width


def _mark_over_name(
    brief: Brief, room: float, widest: float, height: float, measure: Measure
) -> tuple[Mark, Stack]:
    """The largest mark, not above `height`, that leaves the name a legible place below it."""
    for share in (1.0, 0.9, 0.8, 0.7):
        mark = fit_mark(brief.words.mark, measure, width=share * widest, height=share * height)
        try:
            name = set_name(
                brief,
                measure,
                width=max(mark.width, widest),
                height=room - 1.2 * mark.height,
                largest=_name_size(brief, mark) * room,
                max_lines=3,
            )
        except FitError:
            continue
        return mark, name
    raise does_not_fit("tên ngày", "day's name", brief.words.name)


def _upright_rule(brief: Brief, content: Box, x: float) -> Box:
    """A thin upright line between mark and slogan."""
    thickness = max(0.007 * content.height, 1.0 if brief.on_pixels else 0.0)
    return Box(x - thickness / 2, content.y + 0.08 * content.height, thickness, 0.84 * content.height)


def _inline_call(draft: Draft, brief: Brief, content: Box, measure: Measure) -> float:
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
    if brief.family == "wide":
        return content.right
    largest *= 0.8  # in the last place, so the last voice
    domain = ribbon_domain(brief, measure, content, largest=largest)
    top = content.center_y - domain.height / 2
    box = Box(content.right - domain.width, top, domain.width, domain.height)
    place_lines(draft, domain, box, center=False)
    return box.x - gap
