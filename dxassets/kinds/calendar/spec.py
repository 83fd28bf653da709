"""All that decides a calendar's bytes, beside the files that its sheet is set with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

CalendarFormat = Literal["ics", "pdf"]
DateSort = Literal["day", "deadline", "duty", "hang", "take-down", "period"]
SHEET_CUTS = (500, 700)
"""The weights that a sheet is set in."""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something on a day or on several: `name` stays the same when words and dates change."""

    name: str
    sort: DateSort
    first: date
    last: date
    title: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class CalendarSpec:
    """A calendar: happenings in the order of their days; whose campaign it is, and in which look."""

    format: CalendarFormat
    campaign: str
    title: str
    author: str
    lang: str
    year: int
    revision: int
    happenings: tuple[Happening, ...]
    theme: str = ""
