"""Figures before and after, by the annex: the forms that units fill in, what came back, and its sums."""

from dxassets.report.filled import FilledForm, FormError, read_form
from dxassets.report.measures import FreeTask, ReportForm, ReportMeasure, report_form
from dxassets.report.offices import ReportingUnit, reporting_units
from dxassets.report.sums import Level, Sum, SumLine, levels_of

__all__ = [
    "FilledForm",
    "FormError",
    "FreeTask",
    "Level",
    "ReportForm",
    "ReportMeasure",
    "ReportingUnit",
    "Sum",
    "SumLine",
    "levels_of",
    "read_form",
    "report_form",
    "reporting_units",
]
