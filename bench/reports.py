"""Forms for units that report, made and read, beside openpyxl's bare writing and reading of the same."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from bench.memory import CAN_TELL, peak_of
from bench.table import Pace, Row, seconds_of
from dxassets.api import load_campaign
from dxassets.api.report_forms import ReportWanted, make_forms
from dxassets.api.report_reading import read_forms
from dxassets.api.reporting import collect_forms
from dxassets.country import communes_of, provinces
from dxassets.project import Project
from dxassets.report import ReportingUnit, report_form, reporting_units

_READ = """
import sys
from dxassets.api import load_campaign
from dxassets.api.report_reading import read_forms
from dxassets.report import ReportingUnit, report_form, reporting_units
project = load_campaign()
units = {unit.id: unit.name for unit in reporting_units(project.campaign)}
read_forms(sys.argv[1], report_form(project), units)
"""

_COLLECT = """
import sys
from bench.reports import whole_country
from dxassets.api.report_forms import ReportWanted
from dxassets.api.reporting import collect_forms
collect_forms(whole_country(), sys.argv[1], sys.argv[2], wanted=ReportWanted())
"""
_ASKED_BYTES = 500e6
"""Asked for: what collecting the forms of the whole country takes of memory at most."""
_SOME, _ALL = 3.0, 2.3
"""Asked for: 71 forms in 5 s, 3,321 in 3 minutes, where openpyxl opens 71 in 1.7 s."""
_TENTH = 10


def rows(pace: Pace) -> Iterator[Row]:
    """A form for each commune, all of them read back, and the memory of many beside that of few."""
    project = load_campaign()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from _made(project, folder, pace)
        yield from _read(project, folder / "forms", pace)
        if CAN_TELL:
            few = folder / "few"
            few.mkdir()
            for file in sorted((folder / "forms").iterdir())[:7]:
                (few / file.name).write_bytes(file.read_bytes())
            peaks = [peak_of(_READ, str(each)) for each in (folder / "forms", few)]
            yield Row(
                "memory of reading 71 forms", peaks[0],
                against="reading 7 of them", reference=peaks[1], unit="B", at_most=1.15,
            )  # fmt: skip
        yield from _collected(project, folder, pace)


def whole_country() -> Project:
    """The bundled campaign, reported on by all communes since July 2025."""
    project = load_campaign()
    every = (office for province in provinces() for office in communes_of(province.name))
    every = tuple(  # communes of two provinces may be called the same
        office.model_copy(update={"id": f"{office.id}-{number}"}) for number, office in enumerate(every)
    )
    campaign = project.campaign.model_copy(update={"offices": every, "duties": None})
    return replace(project, campaign=campaign)


def _collected(project: Project, folder: Path, pace: Pace) -> Iterator[Row]:
    """All of `report collect`, from the folder to the Báo cáo: a province, and the country."""
    country = whole_country()
    everybody = reporting_units(country.campaign)
    units = everybody[::_TENTH] if pace.quick else everybody
    few = folder / "forms"
    opening = min(seconds_of(lambda: _opened(few)) for _ in range(pace.turns))
    taken = min(
        seconds_of(lambda: collect_forms(project, few, folder / "sums", wanted=ReportWanted()))
        for _ in range(pace.turns)
    )
    count = len(list(few.iterdir()))
    yield Row(
        f"{count} forms collected: sums, chart, Báo cáo, reminders", taken,
        against="openpyxl's bare opening of them", reference=opening, at_most=_SOME,
    )  # fmt: skip
    _fill(few, units, folder / "country")
    taken = seconds_of(
        lambda: collect_forms(country, folder / "country", folder / "all", wanted=ReportWanted())
    )
    yield Row(
        f"{len(units):,} forms of {len(everybody):,} communes collected", taken,
        against="openpyxl's bare opening of as many", reference=opening * len(units) / count, at_most=_ALL,
    )  # fmt: skip
    if CAN_TELL:
        yield Row(
            f"memory of collecting {len(units):,} forms of {len(everybody):,} communes",
            peak_of(_COLLECT, str(folder / "country"), str(folder / "sums-again")),
            against="what was asked for", reference=_ASKED_BYTES, unit="B", at_most=1.0,
        )  # fmt: skip


def _fill(few: Path, units: Sequence[ReportingUnit], folder: Path) -> None:
    """A filled form of each unit: one that was filled by openpyxl, with others' names and ids in it."""
    folder.mkdir()
    first = reporting_units(load_campaign().campaign)[0]
    with zipfile.ZipFile(few / f"{first.id}.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for unit in units:
        with zipfile.ZipFile(folder / f"{unit.id}.xlsx", "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in parts.items():
                named = data.replace(_said(first.name), _said(unit.name))
                made.writestr(name, named.replace(_said(first.id), _said(unit.id)))


def _said(text: str) -> bytes:
    """A whole text as openpyxl writes it."""
    return f">{text}<".encode("ascii", "xmlcharrefreplace")


def _made(project: Project, folder: Path, pace: Pace) -> Iterator[Row]:
    """The forms of all communes beside so many bare sheets of as many cells."""
    count = len(reporting_units(project.campaign))
    taken = min(
        seconds_of(lambda: make_forms(project, folder / "forms", wanted=ReportWanted()))
        for _ in range(pace.turns)
    )
    bare = min(seconds_of(lambda: _bare(folder / "bare", count)) for _ in range(pace.turns))
    yield Row(
        f"{count} forms, styled, locked and validated", taken,
        against=f"{count} bare sheets of as many cells", reference=bare, at_most=1.0,
    )  # fmt: skip


def _bare(folder: Path, count: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(count):
        book = Workbook()
        sheet: Any = book.active
        for _ in range(16):
            sheet.append(["chữ"] * 7)
        book.save(folder / f"{number}.xlsx")


def _read(project: Project, folder: Path, pace: Pace) -> Iterator[Row]:
    """Filled forms, judged and read, beside openpyxl's opening of the same bytes."""
    for file in folder.iterdir():
        book: Any = load_workbook(file)
        for row in range(7, 14):
            book.active.cell(row, 5).value, book.active.cell(row, 6).value = 10, 15
        book.save(file)
    form, units = report_form(project), {u.id: u.name for u in reporting_units(project.campaign)}
    taken = min(seconds_of(lambda: read_forms(folder, form, units)) for _ in range(pace.turns))
    opened = min(seconds_of(lambda: _opened(folder)) for _ in range(pace.turns))
    yield Row(
        f"{len(units)} forms read and judged", taken,
        against="openpyxl's bare opening of them", reference=opened, at_most=0.9,
    )  # fmt: skip


def _opened(folder: Path) -> None:
    for file in sorted(folder.iterdir()):
        load_workbook(io.BytesIO(file.read_bytes()))
