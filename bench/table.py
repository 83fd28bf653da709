"""Rows: a measurement beside a reference of its kind from the same run; only their ratio has a limit.

A limit in seconds holds on one machine, and there only while nobody else works. So each row says what
it is held against, and the two take turns: a machine that is slower, or busy, is so for both. What is
bound by the interpreter is held against the interpreter, an encoder against an encoder, memory against
memory. A `Row` can hold no other limit, and `tests/test_bench.py` sees to it that this stays so.

A new row is a call of `timed`, in the group that it belongs to:

    yield timed(
        "calendar page, drawn", lambda run: render(jobs[run], resources),
        against="encoding its pixels", reference=lambda run: encode_pixels(pixels[run], "png", None),
        at_most=2.0, runs=pace.runs(21),
    )
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from statistics import median
from time import perf_counter, process_time
from typing import Literal

Unit = Literal["s", "B", "/s", "×", "points"]
"""Of a measurement and its reference alike: seconds, bytes, things a second, times as fast, a score."""
HEAD = ("| what | measured | against | ratio | limit | |", "| --- | ---: | --- | ---: | ---: | --- |")
_QUICK_SHARE, _LEAST_RUNS = 8, 3
_STEPS: dict[Unit, tuple[tuple[float, str], ...]] = {
    "s": ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")),
    "B": ((1e6, "MB"), (1e3, "kB"), (1.0, "B")),
}


@dataclass(frozen=True, slots=True)
class Row:
    """`measured` and `reference`, both in `unit`. Their ratio has one limit: `at_most` or `at_least`."""

    name: str
    measured: float
    _: KW_ONLY
    against: str
    reference: float
    unit: Unit = "s"
    at_most: float | None = None
    at_least: float | None = None
    detail: str = ""

    def __post_init__(self) -> None:
        """ValueError for a row that could not be judged."""
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError(f"{self.name}: a row has one limit")
        if not self.against or self.reference <= 0:
            raise ValueError(f"{self.name}: a row is held against something")

    @property
    def ratio(self) -> float:
        """How many times the reference was measured."""
        return self.measured / self.reference

    @property
    def ok(self) -> bool:
        """Whether the limit is kept; the limit itself is."""
        if self.at_most is not None:
            return self.ratio <= self.at_most
        return self.at_least is not None and self.ratio >= self.at_least


@dataclass(frozen=True, slots=True)
class Pace:
    """How much time the bench takes: `--quick` tells that it works and finds what is grossly slow."""

    quick: bool = False

    def runs(self, full: int) -> int:
        """How often something is measured."""
        return max(_LEAST_RUNS, full // _QUICK_SHARE) if self.quick else full

    @property
    def turns(self) -> int:
        """How often what takes many seconds is measured; the best counts."""
        return 1 if self.quick else 2


def timed(
    name: str,
    action: Callable[[int], object],
    *,
    against: str,
    reference: Callable[[int], object],
    at_most: float,
    runs: int,
    clock: Callable[[], float] = process_time,
    detail: str = "",
) -> Row:
    """The row of how long `action` takes beside `reference`; each gets the number of the run.

    Medians of so many turns, by the processor's time unless `clock` says otherwise: `perf_counter`
    for other processes, which the processor's time of this one leaves out.
    """
    measured, held = interleaved([action, reference], runs, clock=clock)
    return Row(name, measured, against=against, reference=held, at_most=at_most, detail=detail)


def seconds_of(action: Callable[[], object], *, clock: Callable[[], float] = perf_counter) -> float:
    """Seconds that one call takes."""
    begun = clock()
    action()
    return clock() - begun


def family_time() -> float:
    """Seconds of processor time of this process and of those that it started and that ended (POSIX)."""
    return sum(os.times()[:4])


def interleaved(
    actions: Sequence[Callable[[int], object]], runs: int, *, clock: Callable[[], float] = process_time
) -> list[float]:
    """Median seconds of each action; they take turns, so that a busy moment hits all alike.

    Each action gets the number of the run.
    """
    taken: list[list[float]] = [[] for _ in actions]
    for run in range(runs):
        for times, action in zip(taken, actions, strict=True):
            begun = clock()
            action(run)
            times.append(clock() - begun)
    return [median(times) for times in taken]


def line_of(row: Row) -> str:
    """The row as a line of a Markdown table below `HEAD`."""
    sign, limit = ("≤", row.at_most) if row.at_most is not None else ("≥", row.at_least)
    verdict = "ok" if row.ok else "OVER" if row.at_most is not None else "UNDER"
    name = f"{row.name} ({row.detail})" if row.detail else row.name
    against = f"{row.against}: {shown(row.reference, row.unit)}"
    ratio = f"{row.ratio:.2f}" if row.ratio >= 0.1 else f"{row.ratio:.3f}"
    cells = (name, shown(row.measured, row.unit), against, f"{ratio} ×", f"{sign} {limit:g} ×", verdict)
    return f"| {' | '.join(cells)} |"


def shown(value: float, unit: Unit) -> str:
    """A measurement as people read it, to three digits: 16.8 ms, 362 MB, 1.66 ×."""
    size, name = next(
        (step for step in _STEPS.get(unit, ()) if value >= step[0]), _STEPS.get(unit, ((1.0, unit),))[-1]
    )
    number = value / size
    decimals = 0 if number >= 100 or name in {"B", "points"} else 1 if number >= 10 else 2
    return f"{number:.{decimals}f} {name}"
