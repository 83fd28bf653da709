"""Forms for units that report, made and read, beside openpyxl's bare writing and reading of the same."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from bench.memory import CAN_TELL, peak_of
from bench.table import Pace, Row, seconds_of
from dxassets.api import load_campaign
from dxassets.api.report_forms import ReportWanted, make_forms
from dxassets.api.report_reading import read_forms
from dxassets.project import Project
from dxassets.report import report_form, reporting_units

_READ = """
import sys
from dxassets.api import load_campaign
from dxassets.api.report_reading import read_forms
from dxassets.report import report_form, reporting_units
project = load_campaign()
units = {unit.id: unit.name for unit in reporting_units(project.campaign)}
read_forms(sys.argv[1], report_form(project), units)
"""


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
