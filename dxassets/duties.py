"""Who has to do what, until when and with which files: `duties.toml` beside a campaign's `campaign.toml`.

A duty's limit is one of three: `deadline` names one of the campaign's `[[deadlines]]`, `first` and `last` are
days of its own, or `no_limit` says that the dispatch names none. Nothing is taken for granted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from dxassets.deadlines import EARLY_DEADLINE, FARTHEST_DEADLINE, Deadline
from dxassets.errors import Lang, Problem
from dxassets.models import (
    Bilingual,
    BilingualError,
    Identifier,
    Line,
    Model,
    PlainLine,
    read_toml,
    suggest,
    validate,
)
from dxassets.notation import short_date

DUTIES_FILE = "duties.toml"


class DutyRole(Model):
    """Somebody in an office: the registry clerk, the one who runs the web page."""

    id: Annotated[Identifier, Field(examples=["van-thu"])]
    name: Bilingual


class DutyFiles(Model):
    """Files that help with a duty: of a kind of asset, of banners only those sizes."""

    kind: Identifier
    presets: tuple[Annotated[Identifier, Field(examples=["share-1200x630"])], ...] = ()


class Duty(Model):
    """One duty. `who` and `source` (the passage of the dispatch) are in the dispatch's words.

    `whom` (in the file: ``for``) are ids of agencies and levels, as of deadlines; `links` are ids of the
    campaign's links.
    """

    id: Annotated[Identifier, Field(examples=["treo-khau-hieu"])]
    what: Bilingual
    who: PlainLine
    roles: Annotated[tuple[Identifier, ...], Field(min_length=1, examples=[["van-thu"]])]
    source: Line | None = None
    whom: Annotated[tuple[Identifier, ...], Field(alias="for")] = ()
    deadline: Annotated[Identifier, Field(examples=["bao-cao"])] | None = None
    first: date | None = None
    last: date | None = None
    until: Literal["before", "on"] = "on"
    no_limit: bool = False
    files: tuple[DutyFiles, ...] = ()
    links: tuple[Annotated[Identifier, Field(examples=["identity"])], ...] = ()

    @model_validator(mode="after")
    def _has_one_limit(self) -> Duty:
        own = self.first is not None or self.last is not None
        said = [self.deadline is not None, own, self.no_limit]
        if not any(said):
            raise BilingualError(
                "thiếu thời hạn: hãy ghi deadline (mã một [[deadlines]]), hoặc first, last; "
                "văn bản không nêu thì ghi no_limit = true",
                "has no limit: name a deadline (the id of a [[deadlines]]), or first and last; "
                "where the dispatch names none, say no_limit = true",
            )
        if sum(said) > 1:
            raise BilingualError(
                "chỉ ghi một trong ba: deadline, first và last, hoặc no_limit",
                "may have only one of deadline, first and last, or no_limit",
            )
        if self.first is not None and self.last is not None and self.last < self.first:
            raise BilingualError(
                f"ngày cuối ({self.last:%d/%m/%Y}) đứng trước ngày đầu ({self.first:%d/%m/%Y})",
                f"the last day ({self.last}) is before the first ({self.first})",
            )
        return self

    def binds(self, agency: str, level: str) -> bool:
        """Whether an agency of that id and level is meant."""
        return not self.whom or agency in self.whom or level in self.whom

    def limit(self, deadlines: Iterable[Deadline], lang: Lang) -> str:
        """When it is to be done, in words; “” where the dispatch names no limit."""
        due = next((each for each in deadlines if each.id == self.deadline), None)
        if due is not None:
            return due.limit(lang)
        first = None if self.first is None else short_date(self.first, lang)
        last = None if self.last is None else short_date(self.last, lang)
        if first and last:
            return f"từ ngày {first} đến ngày {last}" if lang == "vi" else f"from {first} to {last}"
        if first:
            return f"từ ngày {first}" if lang == "vi" else f"from {first}"
        if last is None:
            return ""
        if lang == "vi":
            return f"trước ngày {last}" if self.until == "before" else f"chậm nhất ngày {last}"
        return f"before {last}" if self.until == "before" else f"by {last}"


class DutiesFile(Model):
    """`duties.toml`: roles in the order in which the page shows them, and duties in that of the dispatch."""

    roles: Annotated[tuple[DutyRole, ...], Field(min_length=1)]
    duties: Annotated[tuple[Duty, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ids_are_different(self) -> DutiesFile:
        for name, ids in (("roles", [each.id for each in self.roles]), ("duties", self._ids)):
            repeated = [one for one, count in Counter(ids).items() if count > 1]
            if repeated:
                raise BilingualError(
                    f"{name}: mã bị lặp: {', '.join(repeated)}; hãy ghi id khác nhau",
                    f"{name}: id used twice: {', '.join(repeated)}; give each an id of its own",
                )
        return self

    @property
    def _ids(self) -> list[str]:
        return [each.id for each in self.duties]

    def of_role(self, role: str) -> tuple[Duty, ...]:
        """The duties of a role, in the file's order."""
        return tuple(duty for duty in self.duties if role in duty.roles)


def duties_place(source: str) -> str:
    """How the duties of the campaign at `source` are called in messages."""
    return "/".join([*source.split("/")[:-1], DUTIES_FILE])


def parse_duties(data: bytes, source: str) -> DutiesFile | None:
    """`duties.toml`, None where all of it is remarks; every problem together in one `CampaignError`."""
    raw = read_toml(data, source)
    return validate(DutiesFile, raw, source) if raw else None


def unknown_names(
    file: DutiesFile, *, deadlines: Sequence[str], links: Sequence[str], whom: Sequence[str], source: str
) -> Iterator[Problem]:
    """A problem for each role, deadline, link and agency that a duty names and nobody knows."""
    roles = [role.id for role in file.roles]
    for at, duty in enumerate(file.duties):
        where = f"{source}: duties[{at}]"
        named = (
            ("roles", duty.roles, roles, "[[roles]]"),
            ("deadline", (duty.deadline,) if duty.deadline else (), deadlines, "[[deadlines]]"),
            ("links", duty.links, links, "[[links]]"),
            ("for", duty.whom, whom, "agencies.csv"),
        )
        for key, names, known, among in named:
            yield from (_unknown(f"{where}.{key}", name, known, among) for name in names if name not in known)
    used = {name for duty in file.duties for name in duty.roles}
    for at, role in enumerate(file.roles):
        if role.id not in used:
            yield Problem(
                f"{source}: roles[{at}].id",
                f"“{role.id}” không có việc nào; hãy bỏ, hoặc ghi mã ấy vào roles của một việc",
                f"{role.id!r} has no duty; take it out, or name it in the roles of a duty",
            )


def unknown_files(
    file: DutiesFile, *, kinds: Sequence[str], presets: Sequence[str], source: str
) -> Iterator[Problem]:
    """A problem for each kind of file and each size that there is not."""
    for at, duty in enumerate(file.duties):
        for number, each in enumerate(duty.files):
            where = f"{source}: duties[{at}].files[{number}]"
            if each.kind not in kinds:
                vi, en = suggest(each.kind, kinds)
                yield Problem(
                    f"{where}.kind",
                    f"không có loại tệp “{each.kind}”; có: {', '.join(kinds)}.{vi}",
                    f"there is no kind of file {each.kind!r}; there are: {', '.join(kinds)}.{en}",
                )
            yield from (
                _unknown(f"{where}.presets", name, presets, "presets.toml")
                for name in each.presets
                if name not in presets
            )


def odd_days(file: DutiesFile, span: tuple[date, date], source: str, *, far: bool) -> Iterator[Problem]:
    """Days more than a year from the campaign (`far`: these stop it), or long before its first day."""
    first, last = span
    for at, duty in enumerate(file.duties):
        for key, day in (("first", duty.first), ("last", duty.last)):
            if day is None:
                continue
            where = f"{source}: duties[{at}].{key}"
            early, away = (first - day).days, max((first - day).days, (day - last).days)
            if far and away > FARTHEST_DEADLINE:
                yield Problem(
                    where,
                    f"{day:%d/%m/%Y} cách chiến dịch ({first:%d/%m/%Y}–{last:%d/%m/%Y}) hơn một năm; "
                    "hãy sửa năm",
                    f"{day} is more than a year from the campaign ({first} to {last}); correct the year",
                )
            elif not far and EARLY_DEADLINE < early <= FARTHEST_DEADLINE:
                yield Problem(
                    where,
                    f"là {day:%d/%m/%Y}, sớm hơn chiến dịch ({first:%d/%m/%Y}) {early} ngày; hãy xem lại",
                    f"is {day}, {early} days before the campaign ({first}); look again",
                )


def _unknown(where: str, name: str, known: Sequence[str], among: str) -> Problem:
    vi, en = suggest(name, known)
    return Problem(
        where,
        f"không có “{name}” trong {among}; hãy sửa mã, hoặc thêm vào đó.{vi}".removesuffix("."),
        f"there is no {name!r} in {among}; mend the id, or add it there.{en}".removesuffix("."),
    )
