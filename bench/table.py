"""Rows of measurements, how to take them, and how they are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement against its limit; `at_most` says which side is good."""

    name: str
    measured: float
    limit: float
    unit: str
    at_most: bool = True
    detail: str = ""

    @property
    def ok(self) -> bool:
        """Whether the limit is kept."""
        return self.measured <= self.limit if self.at_most else self.measured >= self.limit


def seconds_of(action: Callable[[], object]) -> float:
    """Seconds that one call takes."""
    begun = perf_counter()
    action()
    return perf_counter() - begun


def interleaved(
    actions: Sequence[Callable[[int], object]], runs: int, *, clock: Callable[[], float] = perf_counter
) -> list[float]:
    """Median seconds of each action; they take turns, so that a busy moment hits all alike.

    Each action gets the number of the run. With `process_time` as clock only the
    processor's time counts, so that what else runs on the machine counts less.
    """
    taken: list[list[float]] = [[] for _ in actions]
    for run in range(runs):
        for times, action in zip(taken, actions, strict=True):
            begun = clock()
            action(run)
            times.append(clock() - begun)
    return [median(times) for times in taken]


def as_table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = ["| what | measured | limit | |", "| --- | ---: | ---: | --- |"]
    for row in rows:
        sign = "≤" if row.at_most else "≥"
        verdict = "ok" if row.ok else "OVER" if row.at_most else "UNDER"
        name = f"{row.name} ({row.detail})" if row.detail else row.name
        lines.append(
            f"| {name} | {row.measured:.2f} {row.unit} | {sign} {row.limit:g} {row.unit} | {verdict} |"
        )
    return "\n".join(lines)
