"""Fitting text to a slot: the largest size whose ink fits, or none.

Type is never squeezed or cut. Widths and heights are linear in the type size,
so the largest size of each way to break is found by division, not by search.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from math import exp, inf

from dxassets.typesetting.ink import Measure
from dxassets.typesetting.paragraph import Setting, Voice, settings

COST_WEIGHT = 0.055
"""How much size a better break is worth: one unit of cost weighs as 5.5 % of the size."""

_REACHED = 2.0
"""No break is so bad that it would halve what a setting is worth."""


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph of a stack; `ratio` is its type size over that of the first part.

    Where all parts are as large as `enough` (em, in the slot's unit), better breaks are worth more than
    larger type, and a setting that gets there is worth more than any that does not.
    """

    text: str
    voice: Voice
    ratio: float = 1.0
    max_lines: int = 6
    enough: float = inf


@dataclass(frozen=True, slots=True)
class Stack:
    """Paragraphs one below the other, set at `size` (em of the first part, in the slot's unit).

    `score` is that size less what its breaks cost: of two settings the higher one is better.
    """

    size: float
    parts: tuple[tuple[Part, Setting], ...]
    gap: float
    score: float

    @property
    def width(self) -> float:
        """Widest ink, in the slot's unit."""
        return max(part.ratio * setting.width for part, setting in self.parts) * self.size

    @property
    def height(self) -> float:
        """From the first ink top to the last ink bottom, in the slot's unit."""
        return _height([(part.ratio, setting) for part, setting in self.parts], self.gap) * self.size


def fit(
    parts: Sequence[Part],
    measure: Measure,
    *,
    width: float,
    height: float,
    largest: float,
    smallest: float,
    phrases: tuple[str, ...],
    gap: float = 0.3,
) -> Stack | None:
    """The best setting of `parts` inside `width` × `height`, or None if even `smallest` does not fit.

    `largest` and `smallest` bound the em size, in the slot's unit; `smallest`
    holds for every part. `gap` is the ink gap between parts in em of the first.
    """
    choices = [settings(part.text, part.voice, phrases, part.max_lines, measure) for part in parts]
    floor = smallest / min(part.ratio for part in parts)
    enough = max(part.enough / part.ratio for part in parts)
    best: tuple[float, float, tuple[Setting, ...]] | None = None
    for combination in product(*choices):
        sized = list(zip((part.ratio for part in parts), combination, strict=True))
        widest = max(ratio * setting.width for ratio, setting in sized)
        size = min(largest, width / widest, height / _height(sized, gap))
        if size < floor:
            continue
        cost = sum(setting.cost + 0.12 * len(setting.lines) for setting in combination)
        worth = size if size < enough else _REACHED * enough
        score = worth * exp(-COST_WEIGHT * cost)
        if best is None or score > best[0]:
            best = (score, size, combination)
    if best is None:
        return None
    return Stack(best[1], tuple(zip(parts, best[2], strict=True)), gap, best[0])


def _height(sized: Sequence[tuple[float, Setting]], gap: float) -> float:
    """Ink height of a stack in em of its first part."""
    return sum(ratio * setting.height for ratio, setting in sized) + gap * (len(sized) - 1)
