"""Forms for the figures of a campaign's annex, one for each unit that reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dxassets.errors import Problem
from dxassets.notation import short_date
from dxassets.project import Project
from dxassets.report import ReportForm, ReportingUnit, report_form, reporting_units
from dxassets.report.layout import laid
from dxassets.store import publish

Step = Callable[[int, int, str, tuple[Problem, ...]], None]
DEADLINE = "bao-cao"
"""The id of the campaign's deadline for reports."""


@dataclass(frozen=True, slots=True)
class ReportWanted:
    """Who reports: units of `level` (the lowest without one), or those of `agencies`; until when."""

    level: str | None = None
    agencies: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class FormsMade:
    """The forms that were written, and the measures that each asks for."""

    files: tuple[Path, ...]
    measures: int


def make_forms(project: Project, folder: str | Path, *, wanted: ReportWanted) -> FormsMade:
    """A form for each unit in `folder`, called by the unit's id.

    `InputError` when the annex says nothing to report, or nobody is there to do it; nothing is written then.
    """
    from dxassets.report.books import FormBooks  # noqa: PLC0415  (openpyxl when needed)

    form, units = asked_of(project, wanted)
    books = FormBooks(form, laid(form), project.campaign.issuer.name)
    files: list[Path] = []
    for unit in units:
        data = books.of(unit, _until(project, unit, wanted))
        files.append(publish(Path(folder), f"{unit.id}.xlsx", data))
    return FormsMade(tuple(files), len(form.measures))


def asked_of(project: Project, wanted: ReportWanted) -> tuple[ReportForm, Sequence[ReportingUnit]]:
    """The form, and the units that fill it in."""
    form = report_form(project)
    return form, reporting_units(project.campaign, level=wanted.level, only=wanted.agencies)


def _until(project: Project, unit: ReportingUnit, wanted: ReportWanted) -> str:
    """When a unit's figures are due: as was asked, else by the campaign's deadline if it binds that unit."""
    if wanted.until is not None:
        return limit_of(wanted.until)
    office = project.campaign.office(unit.id)
    level = "" if office is None else office.level
    for deadline in project.campaign.deadlines:
        if deadline.id == DEADLINE and deadline.binds(unit.id, level):
            return deadline.limit("vi")
    return ""


def limit_of(day: date) -> str:
    """A day as a limit in a sentence."""
    return f"trước ngày {short_date(day, 'vi')}"
