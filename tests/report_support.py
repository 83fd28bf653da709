"""Forms as units send them back: filled in, and with whatever else happens to them on the way."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from openpyxl import load_workbook

from dxassets.api import load_campaign
from dxassets.project import Project
from dxassets.report import FilledForm, ReportForm, read_form, report_form, reporting_units
from dxassets.report.books import FormBooks
from dxassets.report.layout import Laid, laid

UNIT, OTHER = "ubnd-xa-nam-dong", "ubnd-xa-ea-po"
FIRST_ROW, MEASURES = 7, 7
Change = Callable[[Any], None]


@cache
def asked() -> tuple[Project, ReportForm, Laid, dict[str, str]]:
    """The bundled campaign, its form, how it is laid out, and who reports."""
    project = load_campaign()
    form = report_form(project)
    return project, form, laid(form), {unit.id: unit.name for unit in reporting_units(project.campaign)}


@cache
def blank(unit: str = UNIT) -> bytes:
    """The form of a unit as it is sent out."""
    project, form, shape, _ = asked()
    found = next(each for each in reporting_units(project.campaign) if each.id == unit)
    return FormBooks(form, shape, "Sở Thông tin và Truyền thông").of(found, "trước ngày 15/10/2022")


def filled(
    cells: Mapping[str, object] | None = None, *, unit: str = UNIT, change: Change | None = None
) -> bytes:
    """The form with 10 before and 15 after for every measure, but for `cells`; `change` gets the workbook."""
    book: Any = load_workbook(io.BytesIO(blank(unit)))
    sheet = book.active
    for row in range(FIRST_ROW, FIRST_ROW + MEASURES):
        sheet[f"E{row}"], sheet[f"F{row}"] = 10, 15
    for name, value in (cells or {}).items():
        sheet[name] = value
    if change is not None:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(data: bytes, source: str = "bieu.xlsx") -> FilledForm:
    """What such a form says."""
    _, form, shape, units = asked()
    return read_form(data, source, form=form, blank=shape, units=units)
