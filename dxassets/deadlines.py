"""Until when somebody must have done something: `[[deadlines]]` of a campaign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from dxassets.errors import Problem
from dxassets.models import Bilingual, BilingualError, Identifier, Model, PlainLine, suggest
from dxassets.notation import short_date
from dxassets.vietnamese import slug

FARTHEST_DEADLINE = 366
"""Days before the campaign's first day, or after its last."""
EARLY_DEADLINE = 60
"""Days before the campaign's first day from which a deadline deserves a second look."""


class Deadline(Model):
    """A day before which (or, `until` “on”, on which at the latest) something is done.

    `who` says it in the dispatch's words; `whom` (in the file: ``for``) are ids of agencies and of levels
    whom it binds, and everybody where there are none. `own_id` (in the file: ``id``) keeps a calendar's entry
    the same when its words change.
    """

    own_id: Annotated[Identifier | None, Field(alias="id", examples=["bao-cao"])] = None
    date: date
    until: Literal["before", "on"] = "before"
    what: Bilingual
    who: PlainLine | None = None
    whom: Annotated[tuple[Identifier, ...], Field(alias="for")] = ()

    @property
    def id(self) -> str:
        """Its id, or one made of its Vietnamese words."""
        return self.own_id or slug(self.what.vi)[:60].strip("-") or "han"

    def limit(self, lang: Literal["vi", "en"]) -> str:
        """The limit in words: trước ngày 15/10/2026."""
        day = short_date(self.date, lang)
        if lang == "vi":
            return f"trước ngày {day}" if self.until == "before" else f"chậm nhất ngày {day}"
        return f"before {day}" if self.until == "before" else f"by {day}"

    def binds(self, agency: str, level: str) -> bool:
        """Whether an agency of that id and level is meant."""
        return not self.whom or agency in self.whom or level in self.whom


def check_deadlines(deadlines: Sequence[Deadline], span: tuple[date, date]) -> None:
    """Each has an id of its own, and none is a year from the campaign's days: `BilingualError`."""
    repeated = [name for name, count in Counter(each.id for each in deadlines).items() if count > 1]
    if repeated:
        raise BilingualError(
            f"deadlines: mã bị lặp: {', '.join(repeated)}; hãy ghi id khác nhau",
            f"deadlines: id used twice: {', '.join(repeated)}; give each an id of its own",
        )
    first, last = span
    for at, each in enumerate(deadlines):
        if (first - each.date).days > FARTHEST_DEADLINE or (each.date - last).days > FARTHEST_DEADLINE:
            raise BilingualError(
                f"deadlines[{at}].date: {each.date:%d/%m/%Y} cách chiến dịch "
                f"({first:%d/%m/%Y}–{last:%d/%m/%Y}) hơn một năm; hãy sửa năm",
                f"deadlines[{at}].date: {each.date} is more than a year from the campaign "
                f"({first} to {last}); correct the year",
            )


def unknown_whom(
    deadlines: Sequence[Deadline], levels: Sequence[str], offices: Sequence[str], source: str
) -> list[Problem]:
    """Whom deadlines bind and nobody knows: neither an agency of the list nor a level."""
    problems: list[Problem] = []
    for at, deadline in enumerate(deadlines):
        for name in deadline.whom:
            if name not in levels and name not in offices:
                vi, en = suggest(name, [*levels, *offices])
                problems.append(
                    Problem(
                        f"{source}: deadlines[{at}].for",
                        f"“{name}” không phải mã cơ quan, cũng không phải cấp ({', '.join(levels)}).{vi}",
                        f"{name!r} is neither an agency's id nor a level ({', '.join(levels)}).{en}",
                    )
                )
    return problems


def early_deadlines(deadlines: Sequence[Deadline], first: date, source: str) -> list[Problem]:
    """Deadlines long before the campaign's first day, which deserve a second look."""
    return [
        Problem(
            f"{source}: deadlines[{at}].date",
            f"là {each.date:%d/%m/%Y}, sớm hơn chiến dịch ({first:%d/%m/%Y}) {(first - each.date).days} "
            "ngày; hãy xem lại",
            f"is {each.date}, {(first - each.date).days} days before the campaign ({first}); look again",
        )
        for at, each in enumerate(deadlines)
        if (first - each.date).days > EARLY_DEADLINE
    ]
