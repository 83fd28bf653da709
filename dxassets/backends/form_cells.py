"""The cells of a workbook that an office filled in, by address: numbers stay numbers, nothing is computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dxassets.agencies.table import OddCell
from dxassets.backends.workbook import Range, opened_workbook

MOST_FORM_BYTES = 16_000_000
"""Unpacked; a form takes a two-hundredth of it, and one with 10,000 rows pasted below it a fifth."""
FormValue = str | int | float | OddCell


@dataclass(frozen=True, slots=True)
class FormSheet:
    """A sheet: what its cells hold, by (row, column) from 1, those that hold nothing left out."""

    title: str
    cells: dict[tuple[int, int], FormValue]
    merged: tuple[Range, ...]


def read_form_sheets(data: bytes, source: str) -> list[FormSheet]:
    """The sheets of an .xlsx file, hidden ones too; `CampaignError` for one that is refused."""
    return [
        FormSheet(title, dict(_cells(cells)), tuple(merged))
        for title, cells, merged in opened_workbook(data, source, most=MOST_FORM_BYTES)
    ]


def _cells(cells: Iterable[Any]) -> Iterator[tuple[tuple[int, int], FormValue]]:
    for cell in cells:
        value = _value(cell)
        if value is not None:
            yield (cell.row, cell.column), value


def _value(cell: Any) -> FormValue | None:
    """What a cell holds; None where that is nothing, or blanks."""
    value = cell.value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    odd = _odd(cell, value)
    if odd is not None:
        return odd
    return value if isinstance(value, (int, float)) else str(value)


def _odd(cell: Any, value: object) -> OddCell | None:
    """Why a cell holds neither a number nor text."""
    if cell.data_type == "f":
        return OddCell(
            "là công thức; hãy chép rồi dán lại thành giá trị (Paste Values)",
            "is a formula; copy it and paste its value",
        )
    if cell.data_type == "e":
        return OddCell(f"là ô lỗi {value}; hãy gõ lại", f"is an error, {value}; type it again")
    if cell.data_type == "d":
        return OddCell(
            "là ngày giờ, không phải số; hãy xóa định dạng ngày của ô rồi gõ lại số",
            "is a date or time, no number; clear the cell's format and type the number again",
        )
    if isinstance(value, bool):
        return OddCell("là ĐÚNG/SAI, không phải số; hãy gõ lại", "is true or false, no number; type it again")
    if isinstance(value, (int, float)) and "%" in str(cell.number_format):
        return OddCell(
            "có định dạng phần trăm; hãy xóa định dạng của ô rồi gõ lại số",
            "is shown as a percentage; clear the cell's format and type the number again",
        )
    return None
