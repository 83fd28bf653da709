"""A text broken into lines, in em: every useful number of lines, best breaks for each."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dxassets.typesetting.breaking import balanced_breaking
from dxassets.typesetting.ink import Ink, Measure
from dxassets.vietnamese import break_costs, upper

LINE_GAP = 0.09
"""Least ink-to-ink gap of neighbouring lines, in em (a gate asks for 0.06)."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How a text is set: weight of the display face, capitals or not, and wished leading in em."""

    weight: int
    capitals: bool = False
    leading: float = 1.24


@dataclass(frozen=True)
class Setting:
    """A paragraph in em: its lines, their ink, the baseline distance, and how bad its breaks are.

    Settings are kept and asked for every slot, so what they work out is kept too.
    """

    lines: tuple[str, ...]
    inks: tuple[Ink, ...]
    leading: float
    cost: float

    @cached_property
    def width(self) -> float:
        """Widest ink, in em."""
        return max(ink.width for ink in self.inks)

    @cached_property
    def ascent(self) -> float:
        """Ink of the first line above its baseline, in em."""
        return -self.inks[0].top

    @cached_property
    def height(self) -> float:
        """From the first line's ink top to the last line's ink bottom, in em."""
        return self.ascent + (len(self.lines) - 1) * self.leading + self.inks[-1].bottom


@lru_cache(maxsize=2048)
def settings(
    text: str, voice: Voice, phrases: tuple[str, ...], max_lines: int, measure: Measure
) -> tuple[Setting, ...]:
    """`text` in one line, two lines, … up to `max_lines`: the best breaks for each number."""
    words, costs = break_costs(text, phrases)
    if voice.capitals:
        words = tuple(upper(word) for word in words)
    widths = [measure(word, voice.weight).advance for word in words]
    space = measure("a a", voice.weight).advance - 2 * measure("a", voice.weight).advance
    found: list[Setting] = []
    for count in range(1, max_lines + 1):
        breaking = balanced_breaking(widths, costs, space=space, lines=count)
        if breaking is None:
            break
        starts = (0, *breaking.ends[:-1])
        lines = tuple(" ".join(words[start:end]) for start, end in zip(starts, breaking.ends, strict=True))
        found.append(_set(lines, voice, breaking.cost, measure))
    return tuple(found)


def _set(lines: tuple[str, ...], voice: Voice, cost: float, measure: Measure) -> Setting:
    """Measured lines with a leading that keeps neighbouring ink apart."""
    inks = tuple(measure(line, voice.weight) for line in lines)
    needed = [above.bottom - below.top + LINE_GAP for above, below in itertools.pairwise(inks)]
    return Setting(lines, inks, max([voice.leading, *needed]), cost)
