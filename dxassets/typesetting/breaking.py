"""Balanced line breaking over the whole paragraph.

For each number of lines the best set of breaks is found by dynamic programming
(as Knuth and Plass do, but for display type: lines should be equally long
rather than fill a measure). A break costs what `vietnamese.break_costs` says;
uneven lines and a last line of one word cost as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

UNEVENNESS = 14.0
"""Weight of the squared deviation of a line from the mean, as a share of the mean."""
ORPHAN = 3.0
"""Cost of a last line of one word."""


@dataclass(frozen=True, slots=True)
class Breaking:
    """Where lines end: `ends[i]` is the index after the last word of line i."""

    ends: tuple[int, ...]
    cost: float


def balanced_breaking(
    widths: Sequence[float], costs: Sequence[float], *, space: float, lines: int
) -> Breaking | None:
    """The best way to set words of these widths in exactly so many lines; None if there are too few words.

    `costs[i]` is that of a break after word i. Widths and `space` share any unit.
    """
    count = len(widths)
    if lines > count:
        return None
    offsets = _offsets(widths, space)
    mean = (offsets[count] - space) / lines
    best: list[list[tuple[float, int]]] = [[(0.0, 0)] + [(float("inf"), 0)] * count]
    for line in range(1, lines + 1):
        row = [(float("inf"), 0)] * (count + 1)
        for end in range(line, count - lines + line + 1):
            row[end] = min(
                (
                    best[line - 1][start][0]
                    + _line_cost(offsets, costs, start, end, space=space, mean=mean, lines=lines),
                    start,
                )
                for start in range(line - 1, end)
            )
        best.append(row)
    return Breaking(_trace(best, count, lines), best[lines][count][0])


def _offsets(widths: Sequence[float], space: float) -> list[float]:
    """Running totals: where word i would start if all stood on one line."""
    offsets = [0.0]
    for width in widths:
        offsets.append(offsets[-1] + width + space)
    return offsets


def _line_cost(
    offsets: Sequence[float],
    costs: Sequence[float],
    start: int,
    end: int,
    *,
    space: float,
    mean: float,
    lines: int,
) -> float:
    """The cost of a line of words `start` to `end`, with the break at its end."""
    width = offsets[end] - offsets[start] - space
    cost = UNEVENNESS * ((width - mean) / mean) ** 2
    is_last = end == len(offsets) - 1
    if not is_last:
        cost += costs[end - 1]
    elif lines > 1 and end - start == 1 and end > lines:
        cost += ORPHAN
    return cost


def _trace(best: Sequence[Sequence[tuple[float, int]]], count: int, lines: int) -> tuple[int, ...]:
    """The line ends of the cheapest path."""
    ends: list[int] = []
    end = count
    for line in range(lines, 0, -1):
        ends.append(end)
        end = best[line][end][1]
    return tuple(reversed(ends))
