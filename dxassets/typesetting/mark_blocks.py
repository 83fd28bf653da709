"""The mark with the day's name: the mark in its badge or plain, the name beside or below it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from dxassets.errors import FitError
from dxassets.geometry import Box, Size
from dxassets.typesetting.blocks import Draft, does_not_fit, place_stack, set_name
from dxassets.typesetting.fitting import Stack
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Brief
from dxassets.typesetting.marks import WEIGHT, Mark, fit_mark, place_mark

_PAD_X, _PAD_Y = 0.46, 0.38
"""From the mark's ink to the edge of its badge, in its height."""
_SPACE = 0.42
"""Between badge or mark and what stands beside or below it, in the mark's height."""
_LEAST_BESIDE = 0.3
"""A name gets at least this share of the width beside its mark; else it stands below."""
_OF_MARK = 0.6
"""A name without a mark may be this large, of the height that the mark would have."""


@dataclass(frozen=True, slots=True)
class MarkBlock:
    """Mark and name, set; `badge` is the room round the mark (the mark itself where it is plain)."""

    mark: Mark
    name: Stack | None
    badge: tuple[float, float]
    is_beside: bool = False
    space: float = 0.0
    has_badge: bool = False

    @property
    def width(self) -> float:
        """Of badge and name together."""
        name = 0.0 if self.name is None else self.name.width
        return self.badge[0] + self.space + name if self.is_beside else max(self.badge[0], name)

    @property
    def height(self) -> float:
        """Of badge and name together."""
        name = 0.0 if self.name is None else self.name.height
        return max(self.badge[1], name) if self.is_beside else self.badge[1] + self.space + name


def set_mark_block(
    brief: Brief, measure: Measure, *, width: float, unit: float, room: float, most: float = float("inf")
) -> MarkBlock:
    """The block in `width` × `room`, the mark at most `most` high; `FitError` when the name has no room."""
    height = min(brief.shares.mark * unit, most)
    ways = (False,) if brief.family in {"tower", "ribbon"} else (True, False)
    refused: FitError | None = None
    for share, beside in product((1.0, 0.88, 0.76, 0.64), ways):
        size = Size(width, room)
        try:
            return _set(brief, measure, size=size, unit=unit, height=share * height, beside=beside)
        except FitError as error:
            refused = refused or error
    raise refused or does_not_fit("tên ngày", "day's name", brief.words.name)


def least_mark(brief: Brief, measure: Measure) -> float:
    """The height of numerals that are as large as the smallest type of the picture."""
    digits = measure("0", WEIGHT)
    return brief.min_text * (digits.bottom - digits.top)


def _set(
    brief: Brief, measure: Measure, *, size: Size, unit: float, height: float, beside: bool
) -> MarkBlock:
    """The block in a room of that size, the mark at most `height` high, the name beside it or below."""
    width, room = size.width, size.height
    badged = brief.plan.mark == "badge" and brief.words.mark is not None
    around_x, around_y = (2 * _PAD_X, 2 * _PAD_Y) if badged else (0.0, 0.0)
    free = width * (1 - _LEAST_BESIDE) if beside and "name" in brief.levels else width
    mark = fit_mark(brief.words.mark, measure, width=free / (1 + around_x / 4), height=height)
    padded = (mark.width + around_x * mark.height, (1 + around_y) * mark.height)
    if padded[0] > free:
        mark = fit_mark(brief.words.mark, measure, width=mark.width * free / padded[0], height=height)
        padded = (mark.width + around_x * mark.height, (1 + around_y) * mark.height)
    if "name" not in brief.levels:
        return MarkBlock(mark, None, padded, is_beside=True, has_badge=badged)
    if not mark.runs:
        name = set_name(
            brief,
            measure,
            width=width,
            height=room,
            largest=max(brief.shares.name * unit, _OF_MARK * height),
            max_lines=4 if brief.family == "tower" else 3,
        )
        return MarkBlock(mark, name, (0.0, 0.0))
    space = _SPACE * mark.height
    name = set_name(
        brief,
        measure,
        width=width - padded[0] - space if beside else width,
        height=min(1.06 * padded[1], room) if beside else room - padded[1] - space,
        largest=min(brief.shares.name * unit, 0.62 * mark.height if beside else unit),
        max_lines=3 if beside else 4,
    )
    return MarkBlock(mark, name, padded, is_beside=beside, space=space, has_badge=badged)


def place_mark_block(draft: Draft, block: MarkBlock, box: Box, measure: Measure, *, center: bool) -> Box:
    """Puts the block at the top of `box`, on its left edge or its axis; gives the mark's line."""
    wide, high = block.badge
    left = box.center_x - block.width / 2 if center else box.x
    if block.is_beside:
        x, top = left, box.y + (block.height - high) / 2
    else:
        x, top = box.center_x - wide / 2 if center else box.x, box.y
    if block.has_badge:
        draft.badges.append(Box(x, top, wide, high))
    mark = block.mark
    place_mark(draft, mark, x + (wide - mark.width) / 2, top + (high - mark.height) / 2, measure)
    line = Box(left, top, block.width, high or block.height)
    if block.name is None:
        return line
    name = block.name
    if block.is_beside:
        name_top = box.y + (block.height - name.height) / 2
        place = Box(left + wide + block.space, name_top, name.width, name.height)
        place_stack(draft, name, ["name"], place, center=False)
    else:
        place = Box(box.x, box.y + high + block.space, box.width, name.height)
        place_stack(draft, name, ["name"], place, center=center)
    return line
