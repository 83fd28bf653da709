"""What campaigns are for, as data: `campaigns/causes/<id>.toml`. A new file there is a new choice."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated

from pydantic import Field, model_validator

from dxassets.errors import InputError
from dxassets.models import (
    Bilingual,
    BilingualError,
    Identifier,
    Line,
    Model,
    TextRule,
    not_among,
    read_toml,
    validate,
)
from dxassets.resources import Resources
from dxassets.slogans import Slogan
from dxassets.vietnamese import slug

CAUSES_FOLDER = "campaigns/causes"
COMMITTEE_ISSUES = "committee"
"""The issuer of a cause whose letters the province's people's committee writes itself."""
_Days = Annotated[int, Field(ge=0, le=90)]
_PATTERN = re.compile(r"\{([^{}]*)\}")
_KNOWN = frozenset({"day", "mark", "year", "province"})
PLAIN_DATE = TextRule(
    r"^(0?[1-9]|[12][0-9]|3[01])/(0?[1-9]|1[0-2])$",
    "10/10",
    "phải là ngày và tháng, cách nhau bởi dấu gạch chéo",
    "must be day and month with a slash between them",
)


class CauseDay(Model):
    """A day that law or a decision has fixed, with what fixed it; `shown` is its name on pictures."""

    mark: Annotated[Line, PLAIN_DATE]
    name: Line
    shown: Line | None = None
    about: Bilingual
    source: Line


class Cause(Model):
    """What a new campaign says until somebody says it better; `{day}`, `{year}` … are filled in.

    `issuer` is the id of a department or ``committee``; `unit` the drafting unit in the letter's symbol;
    `days_before` and `days_after` say how long slogans hang. Without a `day` one is asked for.
    """

    title: Bilingual
    campaign: Line
    issuer: Identifier
    issuer_2022: Identifier | None = None
    unit: Line
    call_to_action: Line
    greeting: Line
    subject: Line
    purpose: Line = "hưởng ứng {day} ({mark}) năm {year}"
    motif: Identifier
    scene: Identifier | None = None
    themes: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    day: CauseDay | None = None
    day_name: Line | None = None
    day_shown: Line | None = None
    days_before: _Days
    days_after: _Days
    tasks: tuple[Line, ...] = ()
    slogans: tuple[Slogan, ...] = ()

    @model_validator(mode="after")
    def _fills_what_is_known(self) -> Cause:
        texts = (self.campaign, self.greeting, self.subject, self.purpose)
        unknown = [name for text in texts for name in _PATTERN.findall(text) if name not in _KNOWN]
        if unknown:
            listed, known = ", ".join(unknown), ", ".join(sorted(_KNOWN))
            raise BilingualError(
                f"không điền được {listed}; có: {known}", f"nothing fills {listed}; there are: {known}"
            )
        return self

    @property
    def usual_day_name(self) -> str:
        """What the day is called where nobody says otherwise; “” where the cause does not know."""
        return self.day.name if self.day else self.day_name or ""

    def shown_name(self, name: str) -> str:
        """What pictures call the day of that name: small ones have no room for some full names."""
        shown = self.day.shown if self.day else self.day_shown
        return shown if shown and name == self.usual_day_name else name


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """`pattern` with its ``{names}`` filled."""
    return _PATTERN.sub(lambda found: words[found[1]], pattern)


def causes(resources: Resources) -> dict[str, Cause]:
    """All causes by id, those with a fixed day first, in the order of the year; then the others by id.

    `InputError` for a file that is wrong.
    """
    found: dict[str, Cause] = {}
    for name in resources.names(CAUSES_FOLDER, ".toml"):
        cause_id = _id_of(PurePosixPath(name).stem, name)
        found[cause_id] = validate(Cause, read_toml(resources.read(name).data, name), name)
    return dict(sorted(found.items(), key=lambda item: (_month_and_day(item[1]), item[0])))


def _id_of(text: str, source: str) -> str:
    """The name of a cause's file as an id; `InputError` when it is none."""
    return validate(_Named, {"id": text}, source).id


class _Named(Model):
    id: Identifier


def _month_and_day(cause: Cause) -> tuple[int, int]:
    if cause.day is None:
        return (13, 0)
    day, _, month = cause.day.mark.partition("/")
    return int(month), int(day)


def cause_called(text: str, resources: Resources) -> tuple[str, Cause]:
    """The cause of that id, typed with or without marks and hyphens; `InputError` when there is none."""
    known = causes(resources)
    wanted = slug(text)
    if wanted not in known:
        raise InputError(not_among("--cause", text, known=list(known)))
    return wanted, known[wanted]


def day_of(mark: str, year: int) -> datetime.date:
    """The day of that mark in that year; ValueError when it has none (29/2)."""
    day, _, month = mark.partition("/")
    return datetime.date(year, int(month), int(day))
