"""Forms for the figures of a campaign's annex, one for each unit that reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from dxassets.errors import InputError, Problem
from dxassets.notation import short_date
from dxassets.project import Project
from dxassets.report import ReportForm, ReportingUnit, report_form, reporting_units
from dxassets.report.layout import laid
from dxassets.store import publish

if TYPE_CHECKING:  # openpyxl when needed
    from dxassets.report.books import FormBooks

Step = Callable[[int, int, str, tuple[Problem, ...]], None]
DEADLINE = "bao-cao"
"""The id of the campaign's deadline for reports."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    form, units = asked_of(project, wanted)
    books = form_books(project, form)
    files: list[Path] = []
    for unit in units:
        data = books.of(unit, until_of(project, unit, wanted))
        files.append(publish(Path(folder), file_of(unit), data))
    return FormsMade(tuple(files), len(form.measures))


def file_of(unit: ReportingUnit) -> str:
    """How a unit's form is called."""
    return f"{unit.id}.xlsx"


def form_books(project: Project, form: ReportForm) -> FormBooks:
    """Where forms are made."""
    from dxassets.report.books import FormBooks  # noqa: PLC0415  (openpyxl when needed)

    return FormBooks(form, laid(form), project.campaign.issuer.name)


def forms_to_offer(project: Project) -> tuple[ReportForm, tuple[ReportingUnit, ...]] | None:
    """The form and who fills it in; None where the annex asks for no figures, or nobody is there."""
    try:
        form, units = asked_of(project, ReportWanted())
    except InputError:
        return None
    return (form, tuple(units)) if units else None


@dataclass
class FormDesk:
    """Where single forms are made on the spot, of what was drawn for the first of them."""

    project: Project
    _books: FormBooks | None = None

    def form_of(self, agency: str) -> tuple[bytes, ReportingUnit]:
        """The form of the unit of that id, and the unit; `InputError` where it fills in none."""
        form, units = asked_of(self.project, ReportWanted(agencies=(agency,)))
        self._books = self._books or form_books(self.project, form)
        return self._books.of(units[0], until_of(self.project, units[0], ReportWanted())), units[0]


def asked_of(project: Project, wanted: ReportWanted) -> tuple[ReportForm, Sequence[ReportingUnit]]:
    """The form, and the units that fill it in."""
    form = report_form(project)
    return form, reporting_units(project.campaign, level=wanted.level, only=wanted.agencies)


def until_of(project: Project, unit: ReportingUnit, wanted: ReportWanted) -> str:
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
