"""An agency's logo and its name as one lockup, inside the slot that the name has alone.

A logo is sized by area, so that a wide wordmark and a round seal weigh the same.
It stands left of the name or above it, whichever leaves both larger, and keeps
a quarter of its height free of everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import log, sqrt

from dxassets.errors import FitError
from dxassets.geometry import Box, bounding_box
from dxassets.typesetting.blocks import set_agency
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Layout, Slot, TextLine

CLEAR = 0.25
"""Clear space round a logo, as a share of its height."""
_SIDE = 2.2
"""Side of a square logo in em of the name's largest size."""
_OF_SLOT, _OF_WIDTH = 0.94, 0.45
_SHARES = (1.0, 0.9, 0.8, 0.7, 0.6)
_AREA_WEIGHT, _SHORT_NAME, _ABOVE, _LINE = 1.1, 0.7, 0.4, 0.1
"""What a smaller logo, the short name, a logo above it and each line cost; a tower may stack for nothing."""
_FROM_GROUND, _FROM_CARD = 0.33, 0.22
"""Distance to other blocks in heights of the logo, or from its card: a little more than its clear space."""
_LEAST_GAP = 0.55
"""Between a small logo and the name, in em of the name's largest size."""


@dataclass(frozen=True, slots=True)
class Emblem:
    """What layout knows of a logo: width over height, its least legible height, and its card's padding."""

    aspect: float
    least: float
    padding: float = 0.0

    def outer(self, height: float) -> tuple[float, float]:
        """Width and height with the card's padding, for a logo `height` high."""
        return height * (self.aspect + 2 * self.padding), height * (1 + 2 * self.padding)


@dataclass(frozen=True, slots=True)
class Lockup:
    """The name's lines, where the logo stands, and its card if it has one."""

    lines: tuple[TextLine, ...]
    logo: Box
    card: Box | None


def area_of(slot: Slot) -> float:
    """The area that every logo takes in this slot, whatever its shape, where the slot lets it."""
    return min(_OF_SLOT * slot.box.height, _SIDE * slot.largest) ** 2


def tallest(slot: Slot, emblem: Emblem, *, above: bool = False) -> float:
    """The height of a logo before the name is set: by area, within the slot; legible if there is room."""
    wide, high = emblem.outer(1.0)
    room = slot.box.width * (1.0 if above else _OF_WIDTH)
    wished = max(sqrt(area_of(slot) / emblem.aspect), emblem.least)
    return min(wished, slot.box.height / high, room / wide)


def set_lockup(
    layout: Layout, emblem: Emblem, names: Sequence[str], measure: Measure, phrases: tuple[str, ...]
) -> Lockup | None:
    """The best lockup of logo and name in the layout's slot; None when the logo can't be legible there."""
    slot = layout.slot
    if slot is None:
        return None
    taken = [line.ink for line in layout.lines] + [bar.box for bar in layout.bars] + list(layout.rules)
    taken += [*layout.badges, *([layout.panel or layout.card.box] if layout.card is not None else [])]
    stacking = 0.0 if layout.brief.family == "tower" else _ABOVE
    best: tuple[float, Lockup] | None = None
    for rank, name in enumerate(dict.fromkeys(names)):
        for height, above in _sizes(slot, emblem):
            try:
                found = _set(slot, emblem, name, measure, phrases, height=height, above=above)
            except FitError:
                continue
            if any(_reach(found).overlaps(box) for box in taken):
                continue
            area = height * height * emblem.aspect / area_of(slot)
            score = (
                _AREA_WEIGHT * log(area) / 2
                + log(found.lines[0].size)
                - _SHORT_NAME * rank
                - stacking * above
                - _LINE * len(found.lines)
            )
            if best is None or score > best[0] + 1e-9:
                best = score, found
    return None if best is None else best[1]


def _reach(found: Lockup) -> Box:
    """Where no other block may stand."""
    height = found.logo.height
    return (
        found.logo.pad(_FROM_GROUND * height) if found.card is None else found.card.pad(_FROM_CARD * height)
    )


def _sizes(slot: Slot, emblem: Emblem) -> Iterator[tuple[float, bool]]:
    """Heights to try, largest first, beside the name and above it; none below the least."""
    for above in (False, True):
        most = tallest(slot, emblem, above=above)
        tried = [max(most * share, emblem.least) for share in _SHARES]
        yield from ((height, above) for height in dict.fromkeys(tried) if height <= most + 1e-9)


def _set(
    slot: Slot,
    emblem: Emblem,
    name: str,
    measure: Measure,
    phrases: tuple[str, ...],
    *,
    height: float,
    above: bool,
) -> Lockup:
    """One lockup; `FitError` when the name does not fit beside or below a logo of that height."""
    box = slot.box
    wide, high = emblem.outer(height)
    gap = max((CLEAR + 0.1) * height - emblem.padding * height, _LEAST_GAP * slot.largest)
    if above:
        gap = max((CLEAR + 0.05) * height - emblem.padding * height, 0.3 * slot.largest)
        room = Box(box.x, box.y + high + gap, box.width, max(box.height - high - gap, 1e-6))
        lines = set_agency(replace(slot, box=room), (name,), measure, phrases)
        x = box.center_x - wide / 2 if slot.center else box.x
        return _lockup(lines, Box(x, box.y, wide, high), emblem, height)
    room = Box(box.x + wide + gap, box.y, max(box.width - wide - gap, 1e-6), box.height)
    lines = set_agency(replace(slot, box=room, center=False), (name,), measure, phrases)
    ink = bounding_box(line.ink for line in lines)
    tall = max(high, ink.height)
    right = (box.width - wide - gap - ink.width) / 2 if slot.center else 0.0
    # capitals, not their marks, stand level with the logo's middle, as far as the slot lets them
    capitals = -measure("H", lines[0].weight).top * lines[0].size
    middle = (lines[0].baseline - capitals + lines[-1].baseline) / 2
    down = min(max(box.y + tall / 2 - middle, box.y - ink.y), box.bottom - ink.bottom)
    outer = Box(box.x + right, box.y + (tall - high) / 2, wide, high)
    return _lockup(tuple(_moved(line, right, down) for line in lines), outer, emblem, height)


def _lockup(lines: tuple[TextLine, ...], outer: Box, emblem: Emblem, height: float) -> Lockup:
    logo = outer.pad(-emblem.padding * height)
    return Lockup(lines, logo, outer if emblem.padding else None)


def _moved(line: TextLine, dx: float, dy: float) -> TextLine:
    return replace(line, x=line.x + dx, baseline=line.baseline + dy, ink=line.ink.move(dx, dy))
