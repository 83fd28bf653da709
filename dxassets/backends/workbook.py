"""Excel workbooks (openpyxl): tables out of files that strangers made, and sheets that open well.

What is read is text. Formulas, macros, passwords and archives that unfold to more than an office ever writes
are refused in words; nothing in a file is computed, followed or run.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Any

from dxassets.agencies.table import MOST_TABLE_BYTES, AgencyTable, Cell, OddCell, TableRow
from dxassets.backends.silence import quietly_imported
from dxassets.backends.zipped import without_clock
from dxassets.errors import CampaignError, Problem

with quietly_imported:
    from openpyxl import Workbook, load_workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter, range_boundaries
    from openpyxl.utils.exceptions import InvalidFileException
    from openpyxl.worksheet.hyperlink import Hyperlink

Range = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 1."""
MOST_UNPACKED = 60_000_000
MOST_SHEET_PARTS = 2_000
MOST_ROWS = 20_000
MOST_COLUMNS = 64
_LAST_ROW = 1_048_576
_SHOWN_WHOLE = 1e11  # from there on Excel shows a number of the format “General” as 1E+11
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BROKEN = (
    AttributeError,
    EOFError,
    IndexError,
    InvalidFileException,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,  # what readers of XML raise
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")
_DATE = "2000-01-01T00:00:00Z"
_SHADE, _LINK = "E7EEF7", "0B4FD0"

_REFUSED = {
    "large": (
        "tệp quá lớn để là một danh sách; hãy chép riêng trang có danh sách ra một tệp mới",
        "is too large for a list; copy the sheet with the list into a new file",
    ),
    "heavy": (
        "quá lớn để là một biểu (có ảnh, hoặc dán thêm quá nhiều hàng); hãy chỉ giữ lại biểu rồi lưu lại",
        "is too large for a form (pictures, or rows pasted into it); keep the form alone and save it again",
    ),
    "old": (
        "là tệp Excel kiểu cũ (.xls) hoặc có mật khẩu; hãy mở bằng Excel, bỏ mật khẩu, rồi lưu thành .xlsx",
        "is an old Excel file (.xls), or has a password; open it in Excel, and save it as .xlsx without one",
    ),
    "macros": (
        "có macro; hãy lưu lại thành “Excel Workbook (.xlsx)”, không có macro",
        "holds macros; save it as “Excel Workbook (.xlsx)”, without them",
    ),
    "broken": (
        "không đọc được như tệp Excel; hãy mở bằng Excel rồi lưu lại thành .xlsx",
        "can't be read as an Excel file; open it in Excel and save it as .xlsx again",
    ),
}


def _refusal(source: str, why: str) -> CampaignError:
    return CampaignError(Problem(source, *_REFUSED[why]))


def opened_workbook(data: bytes, source: str, *, most: int) -> list[tuple[str, list[Any], list[Range]]]:
    """Each sheet of a book: its title, its cells that hold something, and the ranges that are merged.

    `CampaignError` for a book that is refused or can't be read; `most` bytes may it unfold to.
    """
    if data.startswith(_OLD_OFFICE):
        raise _refusal(source, "old")
    try:
        _refuse_archive(data, source, most=most, why="heavy")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, on what it leaves out: we only read cells
            book: Any = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return [
                    (str(sheet.title), _held(sheet), _merged(archive.read(sheet._worksheet_path)))  # noqa: SLF001
                    for sheet in book.worksheets
                ]
    except CampaignError:
        raise
    except _BROKEN as error:
        raise _refusal(source, "broken") from error


def _held(sheet: Any) -> list[Any]:
    """The cells of a sheet that hold something."""
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    return [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]


def _merged(xml: bytes) -> list[Range]:
    """The ranges that are one cell; openpyxl tells them only of books read whole, at twice the cost."""
    bounds: Any = range_boundaries
    found = (bounds(each.decode()) for each in _MERGED.findall(xml))
    return [(top, left, bottom, right) for left, top, right, bottom in found]


def read_workbook(data: bytes, source: str, *, as_shown: bool = False) -> list[AgencyTable]:
    """The visible sheets of an .xlsx file; `CampaignError` for one that is refused or can't be read.

    `as_shown` where cells are to be printed: a value that Excel shows otherwise than we would write it, such
    as 1.234.567 or 5 %, is no text then, but an odd cell.
    """
    if len(data) > MOST_TABLE_BYTES:
        raise _refusal(source, "large")
    if data.startswith(_OLD_OFFICE):
        raise _refusal(source, "old")
    try:
        _refuse_archive(data, source)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of openpyxl, on what it leaves out: we only read text
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheets = [
                AgencyTable(str(sheet.title), tuple(_rows(sheet, source, as_shown=as_shown)))
                for sheet in book.worksheets
                if sheet.sheet_state == "visible"
            ]
            book.close()
    except CampaignError:
        raise
    except _BROKEN as error:
        raise _refusal(source, "broken") from error
    return sheets


def _refuse_archive(data: bytes, source: str, *, most: int = MOST_UNPACKED, why: str = "large") -> None:
    """`CampaignError` for an archive that unfolds without end, carries macros, or is no workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_SHEET_PARTS or sum(part.file_size for part in parts) > most:
            raise _refusal(source, why)
        names = {part.filename.lower() for part in parts}
        if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in names):
            raise _refusal(source, "macros")
        if "[content_types].xml" not in names or "xl/workbook.xml" not in names:
            raise _refusal(source, "broken")
        for part in parts:
            # Entities are how a small file of XML becomes a large one; Excel writes none. In whatever coding.
            if b"<!DOCTYPE" in archive.read(part).replace(b"\0", b""):
                raise _refusal(source, "broken")


def _rows(sheet: Any, source: str, *, as_shown: bool) -> Iterator[TableRow]:
    """The rows of a sheet that say anything; `CampaignError` when there are too many."""
    sheet.reset_dimensions()  # what a file says of its own size need not be true
    found = 0
    for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > _LAST_ROW:
            raise _refusal(source, "large")
        cells = tuple(_cell(cell, as_shown=as_shown) for cell in row)
        if any(cells):
            found += 1
            if found > MOST_ROWS:
                raise _refusal(source, "large")
            yield TableRow(number, cells)


def _cell(cell: Any, *, as_shown: bool) -> Cell:
    """What a cell says as text, or why it says nothing."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return OddCell(
            "là công thức; hãy chép rồi dán lại thành giá trị (Paste Values)",
            "is a formula; copy it and paste its value",
        )
    if cell.data_type == "e":
        return OddCell(f"là ô lỗi {value}; hãy gõ lại", f"is an error, {value}; type it again")
    if cell.data_type == "d":
        return OddCell("là ngày giờ, không phải chữ; hãy gõ lại", "is a date or time, no text; type it again")
    if isinstance(value, (bool, int, float)):
        return _number(value, cell.number_format, as_shown=as_shown)
    return str(value)


def _number(value: float, number_format: str, *, as_shown: bool) -> Cell:
    """A number as text."""
    if as_shown and not _is_plain(value, number_format):
        return OddCell(
            f"là số mà Excel hiện theo định dạng riêng ({value}); hãy gõ thành chữ, đúng như sẽ in",
            f"is a number that Excel shows in a format of its own ({value}); type it as text, as printed",
        )
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _is_plain(value: float, number_format: str) -> bool:
    """Whether Excel shows that value by its digits alone, as we write it."""
    whole = not isinstance(value, bool) and float(value).is_integer() and abs(value) < _SHOWN_WHOLE
    return whole and number_format in {"General", "0", "@"}


def write_workbook(
    title: str,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[float],
    addresses: Container[int] = (),
) -> bytes:
    """A workbook of one sheet that only holds text: bold headings that stay in sight, a filter, set widths.

    `widths` in letters. No cell is ever taken for a formula, whatever it begins with. Columns in `addresses`
    (from 0) hold web addresses of our own making, which are opened by a click.
    """
    book = Workbook()
    sheet: Any = book.active
    sheet.title = title
    for number, row in enumerate([headings, *rows], start=1):
        for column, text in enumerate(row, start=1):
            _write(sheet.cell(number, column), text, heading=number == 1)
            if number > 1 and column - 1 in addresses:
                _link(sheet.cell(number, column), text)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue(), {"docProps/core.xml": _properties(out.getvalue())})


def _write(cell: Any, text: str, *, heading: bool) -> None:
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text.startswith(("=", "+", "-", "@"))  # so that it stays text when it is edited
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if heading:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color=_SHADE)


def _link(cell: Any, address: str) -> None:
    """Lead to an address, its fragment apart, as Excel itself writes it."""
    place, _, fragment = address.partition("#")
    cell.hyperlink = Hyperlink(ref=cell.coordinate, target=place, location=fragment or None)
    cell.font = Font(color=_LINK, underline="single")


def _properties(data: bytes) -> bytes:
    """The workbook's properties without the time of writing."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        written = archive.read("docProps/core.xml").decode()
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.]+Z", _DATE, written).encode()
