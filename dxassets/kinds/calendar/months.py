"""The months of a calendar as grids of weeks, each day with what happens on it."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dxassets.kinds.calendar.spec import Happening

MOST_MONTHS = 12
"""That one sheet has room for."""


@dataclass(frozen=True, slots=True)
class GridDay:
    """One cell: its number, 0 outside the month; what marks it; whether banners hang then."""

    number: int
    sorts: tuple[str, ...] = ()
    hangs: bool = False
    weekend: bool = False


@dataclass(frozen=True, slots=True)
class Month:
    """A month's weeks, from Monday."""

    year: int
    month: int
    weeks: tuple[tuple[GridDay, ...], ...]


def months_of(happenings: Sequence[Happening]) -> tuple[tuple[int, int], ...]:
    """Each (year, month) from the first happening to the last."""
    first, last = min(each.first for each in happenings), max(each.last for each in happenings)
    found = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return tuple((at // 12, at % 12 + 1) for at in found)


def grid_of(year: int, month: int, happenings: Sequence[Happening]) -> Month:
    """The weeks of a month."""
    weeks = Calendar().monthdatescalendar(year, month)
    return Month(year, month, tuple(tuple(_day(day, month, happenings) for day in week) for week in weeks))


def _day(day: date, month: int, happenings: Sequence[Happening]) -> GridDay:
    if day.month != month:
        return GridDay(0, weekend=day.isoweekday() > 5)
    on = [each for each in happenings if each.first <= day <= each.last]
    sorts = dict.fromkeys(each.sort for each in on if each.sort != "period")
    return GridDay(day.day, tuple(sorts), any(each.sort == "period" for each in on), day.isoweekday() > 5)
