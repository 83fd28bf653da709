"""The day's mark: a date in large numerals with their slanted bar, or words such as “Tháng 6”, or both.

A mark is set in one line or, where that makes it larger in its room, in several: “TUẦN LỄ” small above a
large “1–7/10”. Lengths are shares of the numerals' height until it is placed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, pairwise

from dxassets.geometry import Box
from dxassets.typesetting.blocks import Draft
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Bar, TextLine
from dxassets.vietnamese import upper

WEIGHT = 900
# The bar of the numerals, as shares of their height.
_BAR_WIDTH, _BAR_SLANT, _BAR_OVERSHOOT = 0.2, 0.3, 0.05
# From a digit's ink to the bar's foot (on its left) or head (on its right), in heights, by digit:
# so that both come equally near it, 0.15, wherever that is. A straight 1 stands off, a round 0 moves under.
_BEFORE_BAR = (0.025, 0.132, 0.133, 0.068, 0.084, 0.055, 0.053, -0.084, 0.071, 0.007)
_BEHIND_BAR = (0.025, 0.089, 0.055, 0.041, -0.024, 0.033, 0.007, 0.133, 0.05, 0.053)
_BLANK = 0.38
"""Between two words, in heights."""
_LEADING = 0.26
"""From the foot of a line to the top of the next one's letters, in heights of the larger."""
_WORDS_BESIDE_NUMERALS = 0.46
"""How high a line of words alone stands when another line has the numerals."""
_MINOR = 0.5
"""How much the ink of smaller lines counts when ways of setting a mark are compared."""
_RANGE = re.compile(r"(?<=[0-9])[-–](?=[0-9])")
_DATES = re.compile(r"(/[0-9]{1,2}–)(?=[0-9]{1,2}/)")


@dataclass(frozen=True, slots=True)
class MarkRun:
    """Letters or digits in one go: ink's left edge, baseline, and the height of a digit in their size."""

    text: str
    left: float
    baseline: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark in its size: the runs with the bars between them, from the upper left corner of all ink."""

    runs: tuple[MarkRun, ...]
    bars: tuple[Bar, ...]
    height: float
    width: float


NO_MARK = Mark((), (), 0.0, 0.0)


def fit_mark(text: str | None, measure: Measure, *, width: float, height: float) -> Mark:
    """The mark in the lines that give it most ink in a room of that width and height; none for None."""
    if text is None:
        return NO_MARK

    def scale(mark: Mark) -> float:
        return min(height / mark.height, width / mark.width)

    def presence(at: int) -> float:
        mark = marks[at]
        tall = max(run.height for run in mark.runs)
        inked = sum(
            run.height**2 * len(run.text) * (1.0 if run.height == tall else _MINOR) for run in mark.runs
        )
        return scale(mark) ** 2 * inked

    marks = _settings(text, measure)
    best = marks[max(range(len(marks)), key=presence)]
    return _scaled(best, scale(best))


def place_mark(draft: Draft, mark: Mark, x: float, top: float, measure: Measure) -> Box:
    """Puts the mark with its ink's upper left corner at (`x`, `top`)."""
    digits = measure("0", WEIGHT)
    for run in mark.runs:
        size = run.height / (digits.bottom - digits.top)
        ink = measure(run.text, WEIGHT)
        pen, baseline = x + run.left - ink.left * size, top + run.baseline
        draft.lines.append(
            TextLine("mark", run.text, WEIGHT, size, pen, baseline, ink.box(pen, baseline, size))
        )
    draft.bars += [Bar(tuple((x + px, top + py) for px, py in bar.points)) for bar in mark.bars]
    return Box(x, top, mark.width, mark.height)


def _scaled(mark: Mark, scale: float) -> Mark:
    return Mark(
        tuple(
            MarkRun(run.text, run.left * scale, run.baseline * scale, run.height * scale) for run in mark.runs
        ),
        tuple(Bar(tuple((x * scale, y * scale) for x, y in bar.points)) for bar in mark.bars),
        mark.height * scale,
        mark.width * scale,
    )


@lru_cache(maxsize=64)
def _settings(text: str, measure: Measure) -> tuple[Mark, ...]:
    """The mark in each way of breaking it, with numerals of height 1."""
    words = _words(text)
    return tuple(_stacked(lines, measure) for lines in _broken(words))


def _words(text: str) -> tuple[str, ...]:
    """What may stand on a line of its own, as it is drawn: in capitals, ranges with their dash."""
    drawn = _RANGE.sub("–", upper(text))
    return tuple(_DATES.sub(r"\1 ", drawn).split())


def _broken(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every way of setting the words in one to three lines. A lone dash ends a line, and begins none."""
    for count in range(min(3, len(words))):
        for breaks in combinations(range(1, len(words)), count):
            edges = (0, *breaks, len(words))
            lines = [words[start:end] for start, end in pairwise(edges)]
            if all(line[0] not in {"-", "–"} for line in lines):
                yield tuple(" ".join(line) for line in lines)


def _stacked(lines: tuple[str, ...], measure: Measure) -> Mark:
    """Lines one below the other, on their left edge; those of words alone are smaller than the numerals."""
    numerals = any(_has_digits(line) for line in lines)
    runs: list[MarkRun] = []
    bars: list[Bar] = []
    foot = width = 0.0
    for at, line in enumerate(lines):
        height = 1.0 if _has_digits(line) or not numerals else _WORDS_BESIDE_NUMERALS
        mark = _line(line, height, measure)
        top = foot + (_LEADING if at else 0.0)
        runs += [replace(run, baseline=run.baseline + top) for run in mark.runs]
        bars += [Bar(tuple((x, y + top) for x, y in bar.points)) for bar in mark.bars]
        foot, width = top + mark.height, max(width, mark.width)
    return Mark(tuple(runs), tuple(bars), foot, width)


def _has_digits(line: str) -> bool:
    return any(char.isdigit() for char in line)


def _line(line: str, height: float, measure: Measure) -> Mark:
    """One line, its digits or capitals so high; the marks of its letters reach above."""
    digits = measure("0", WEIGHT)
    size = height / (digits.bottom - digits.top)
    inks = [measure(piece, WEIGHT) for piece in re.split(r"[/ ]", line) if piece]
    above = max(0.0, *(digits.top - ink.top for ink in inks)) * size
    below = max(0.0, *(ink.bottom - digits.bottom for ink in inks)) * size
    # a figure that is a hair higher than 0 is no mark over a letter
    above, below = (0.0 if reach < 0.05 * height else reach for reach in (above, below))
    baseline = above - digits.top * size
    runs: list[MarkRun] = []
    bars: list[Bar] = []
    x = 0.0
    for at, word in enumerate(line.split()):
        x += _BLANK * height if at else 0.0
        before = ""
        for piece in word.split("/"):
            if before:
                bar_x = x + _BEFORE_BAR[int(before[-1])] * height
                bars.append(_bar(bar_x, above, height))
                x = bar_x + (_BAR_WIDTH + _BAR_SLANT + _BEHIND_BAR[int(piece[0])]) * height
            runs.append(MarkRun(piece, x, baseline, height))
            x += measure(piece, WEIGHT).width * size
            before = piece
    return Mark(tuple(runs), tuple(bars), above + height + below, x)


def _bar(x: float, top: float, height: float) -> Bar:
    """The slanted bar between two numbers, its foot at `x`."""
    over = _BAR_OVERSHOOT * height
    foot, head = top + height + over, top - over
    slant, width = _BAR_SLANT * height, _BAR_WIDTH * height
    return Bar(((x, foot), (x + width, foot), (x + slant + width, head), (x + slant, head)))
