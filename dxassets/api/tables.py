"""Tables out of files that offices keep, .xlsx or .csv, before anybody knows what their columns are."""

from __future__ import annotations

from pathlib import Path

from dxassets.agencies.imported import sheet_of_csv
from dxassets.agencies.table import MOST_TABLE_BYTES, AgencyTable
from dxassets.errors import InputError, Problem
from dxassets.foreign import os_error
from dxassets.models import not_among

FORMATS = ("xlsx", "csv")
_SAMPLE = b"PK\x03\x04"
"""How every archive begins, and so every .xlsx, whatever it is called."""


def read_sheets(file: str | Path, option: str, *, as_shown: bool = False) -> list[AgencyTable]:
    """The sheets of a table's file; a CSV file has one, without a title.

    `InputError` for a file that is no such table, is too large, or can't be read; `option` gave it.
    `as_shown` refuses cells that Excel shows otherwise than as their text (`read_workbook`).
    """
    path = Path(file)
    known = format_of(path, option)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_TABLE_BYTES else b""
    except OSError as error:
        vi, en = os_error(error)
        raise InputError(Problem(str(path), f"không đọc được: {vi}", f"can't be read: {en}")) from error
    if size > MOST_TABLE_BYTES:
        vi, en = "tệp quá lớn để là một danh sách", "is too large for a list"
        raise InputError(Problem(str(path), vi, en))
    source = path.as_posix()
    if known == "xlsx" or data.startswith(_SAMPLE):
        from dxassets.backends.workbook import read_workbook  # noqa: PLC0415  (openpyxl when needed)

        return read_workbook(data, source, as_shown=as_shown)
    return [sheet_of_csv(data, source)]


def format_of(path: Path, option: str) -> str:
    """The format by the file's ending; `InputError` for any other."""
    suffix = path.suffix.lower().removeprefix(".")
    if suffix in FORMATS:
        return suffix
    if suffix in {"xls", "xlsm", "xlsb", "ods"}:
        raise InputError(
            Problem(
                f"{option} {path.name}",
                f"không nhận tệp .{suffix}; hãy mở tệp rồi lưu thành “Excel Workbook (.xlsx)”",
                f".{suffix} is not taken; open the file and save it as “Excel Workbook (.xlsx)”",
            )
        )
    raise InputError(not_among(option, suffix or path.name, known=FORMATS))
