"""Workbooks that are laid out: forms to fill in and print on A4, sheets of sums with a chart (openpyxl).

Text is text, whatever it begins with: no cell that is written here is ever a formula.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any, Literal
from xml.sax.saxutils import escape

from dxassets.backends.silence import quietly_imported
from dxassets.backends.zipped import without_clock

with quietly_imported:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.chart import BarChart, Reference
    from openpyxl.chart.label import DataLabelList
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.pagebreak import Break

Look = Literal[
    "title", "about", "label", "value", "help", "head", "text", "center", "fill", "fill-text",
    "number", "share", "signer",
]  # fmt: skip
_FACE = "Times New Roman"
_WHOLE, _WITH_DECIMALS = "#,##0", "#,##0.###"
_LINE = Side(style="thin", color="808080")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_FILL, _HEAD = PatternFill("solid", start_color="FFF9DB"), PatternFill("solid", start_color="E7EEF7")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+Z")
_POINTS = 14.0
"""Height of a line of text, in points."""
_FULL_ROW = 409.0
"""Height of a row (Excel)."""
_WIDER = 1.12
"""Letters of text for a letter of a column's width, rather too many: lines break at blanks."""


@dataclass(frozen=True, slots=True)
class BookCell:
    """What stands at a place (row and column, from 1), and how; numbers with so many decimals at most."""

    row: int
    column: int
    value: str | int | float | None
    look: Look = "text"
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class NumberCells:
    """Cells that take numbers from 0 on only: their range, and the words where somebody types another."""

    cells: str
    whole: bool
    prompt: str
    refused: str


@dataclass(frozen=True, slots=True)
class BookChart:
    """Bars beside each other: columns of figures (heads in `head`), named by another column."""

    title: str
    names: int
    figures: tuple[int, ...]
    head: int
    last: int
    at: str
    colors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BookSheet:
    """One sheet. `head` is the row of its headings, which stay in sight and are printed on every page."""

    title: str
    cells: Sequence[BookCell]
    widths: Sequence[float]
    head: int = 1
    merged: Sequence[tuple[int, int, int, int]] = ()
    heights: dict[int, int] = field(default_factory=dict[int, int])
    """Lines of text that a row has room for, where its own cells do not tell."""
    locked: bool = False
    filtered: bool = False
    numbers: Sequence[NumberCells] = ()
    chart: BookChart | None = None


def drawn_book(sheets: Sequence[BookSheet], *, title: str, author: str) -> bytes:
    """The workbook, the same bytes for the same sheets."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for style in _styles():
        book.add_named_style(style)
    for sheet in sheets:
        _draw(book.create_sheet(sheet.title), sheet)
    book.properties.title = _drawable(title)
    book.properties.creator = _drawable(author)
    out = io.BytesIO()
    book.save(out)
    return without_clock(out.getvalue(), {"docProps/core.xml": _timeless(out.getvalue())})


def with_texts(book: bytes, texts: Mapping[str, str]) -> bytes:
    """A book of `drawn_book` with other texts in the place of some that are whole cells, or its title."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        names = [name for name in archive.namelist() if name.startswith(("xl/worksheets/", "docProps/core"))]
        parts = {name: archive.read(name) for name in names}
    for old, new in texts.items():
        held, put = (
            f">{escape(text)}<".encode("ascii", "xmlcharrefreplace") for text in (old, _drawable(new))
        )
        if not any(held in part for part in parts.values()):
            raise ValueError(f"the book holds no {old!r}")
        parts = {name: part.replace(held, put) for name, part in parts.items()}
    return without_clock(book, parts)


def texts_in(book: bytes) -> dict[str, str]:
    """The files within a book of `drawn_book`, by name, in their order: all of them are texts."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def _timeless(data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        written = archive.read("docProps/core.xml").decode()
    return _DATE.sub("2000-01-01T00:00:00Z", written).encode()


def _style(
    name: str,
    font: Font | None = None,
    *,
    across: str = "left",
    boxed: bool = True,
    ground: PatternFill | None = None,
    open_cell: bool = False,
    number_format: str = "General",
) -> NamedStyle:
    indent = int(boxed and across != "center")
    style = NamedStyle(
        name=f"dx-{name}",
        font=font or _font(),
        alignment=Alignment(horizontal=across, vertical="center", wrap_text=True, indent=indent),
        border=_BOX if boxed else Border(),
        number_format=number_format,
        protection=Protection(locked=not open_cell),
    )
    if ground is not None:
        style.fill = ground
    return style


def _font(size: float = 11, *, bold: bool = False, italic: bool = False) -> Font:
    return Font(name=_FACE, size=size, bold=bold, italic=italic)


def _styles() -> list[NamedStyle]:
    bold = _font(bold=True)
    return [
        _style("title", _font(14, bold=True), across="center", boxed=False),
        _style("about", _font(12), across="center", boxed=False),
        _style("label", bold, boxed=False),
        _style("value", boxed=False),
        _style("help", _font(italic=True), boxed=False),
        _style("signer", bold, across="center", boxed=False),
        _style("head", bold, across="center", ground=_HEAD),
        _style("text"),
        _style("center", across="center"),
        _style("fill", across="right", ground=_FILL, open_cell=True, number_format=_WHOLE),
        _style("fill-1", across="right", ground=_FILL, open_cell=True, number_format=_WITH_DECIMALS),
        _style("fill-text", ground=_FILL, open_cell=True),
        _style("number", across="right", number_format=_WHOLE),
        _style("number-1", across="right", number_format=_WITH_DECIMALS),
        _style("share", across="right", number_format="0.0%"),
    ]


def _draw(sheet: Any, said: BookSheet) -> None:
    for each in said.cells:
        cell = sheet.cell(each.row, each.column)
        cell.style = f"dx-{each.look}{'-1' if each.decimals and each.look in {'fill', 'number'} else ''}"
        _put(cell, each.value)
    for first, left, last, right in said.merged:
        sheet.merge_cells(start_row=first, start_column=left, end_row=last, end_column=right)
    for column, width in enumerate(said.widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, lines in (_lines_by_row(said) | said.heights).items():
        sheet.row_dimensions[row].height = min(_POINTS * lines + 6, _FULL_ROW)
    sheet.freeze_panes = f"A{said.head + 1}"
    if said.filtered:
        sheet.auto_filter.ref = f"A{said.head}:{get_column_letter(len(said.widths))}{sheet.max_row}"
    for numbers in said.numbers:
        sheet.add_data_validation(_validation(numbers))
    if said.chart is not None:
        sheet.add_chart(_chart(sheet, said.chart), said.chart.at)
        sheet.row_breaks.append(Break(id=said.chart.last + 1))  # in print on a page of its own
    if said.locked:
        sheet.protection.sheet = True
        sheet.protection.formatColumns = sheet.protection.formatRows = False  # may be made wider to read
    _for_print(sheet, said)


def lines_of(text: str, width: float) -> int:
    """Lines that a text takes in a column so many letters wide, rather one too many."""
    return max(ceil(len(text) * _WIDER / max(width, 1)), 1)


def _lines_by_row(said: BookSheet) -> dict[int, int]:
    """Lines of the longest text of each row; merged cells are left to `heights`."""
    merged = {(first, left) for first, left, _, _ in said.merged}
    found: dict[int, int] = {}
    for cell in said.cells:
        lines = 1
        if isinstance(cell.value, str) and (cell.row, cell.column) not in merged:
            lines = lines_of(cell.value, said.widths[cell.column - 1])
        found[cell.row] = max(found.get(cell.row, 1), lines)
    return found


def _put(cell: Any, value: str | float | None) -> None:
    if not isinstance(value, str):
        cell.value = value
        return
    text = _drawable(value)
    cell.value = text or None
    if text:
        cell.data_type = "s"
        if text.startswith(("=", "+", "-", "@", "\t", "\r")):
            cell.quotePrefix = True  # so that it stays text when it is edited


def _drawable(text: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("\ufffd", text)


def _for_print(sheet: Any, said: BookSheet) -> None:
    """A4 on its side, as wide as the page, headings on every one."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{said.head}:{said.head}"
    sheet.print_options.horizontalCentered = True
    for side, inches in (("left", 0.6), ("right", 0.4), ("top", 0.5), ("bottom", 0.5)):
        setattr(sheet.page_margins, side, inches)
    sheet.oddFooter.center.text = "&P/&N"


def _validation(numbers: NumberCells) -> Any:
    return DataValidation(
        sqref=numbers.cells,
        type="whole" if numbers.whole else "decimal",
        operator="between", formula1="0", formula2="1000000000000", allow_blank=True,
        showErrorMessage=True, errorTitle="Số liệu", error=numbers.refused,
        showInputMessage=True, promptTitle="Số liệu", prompt=numbers.prompt,
    )  # fmt: skip


def _chart(sheet: Any, said: BookChart) -> Any:
    chart = BarChart()
    chart.type, chart.grouping = "bar", "clustered"
    chart.title, chart.style = said.title, 10
    size: Any = chart
    size.height, size.width = max(8.0, 1.6 * (said.last - said.head) + 3), 26.0
    for column, color in zip(said.figures, said.colors, strict=True):
        chart.add_data(
            Reference(sheet, min_col=column, min_row=said.head, max_row=said.last), titles_from_data=True
        )
        chart.series[-1].graphicalProperties.solidFill = color
    chart.set_categories(Reference(sheet, min_col=said.names, min_row=said.head + 1, max_row=said.last))
    chart.x_axis.scaling.orientation = "maxMin"  # the first measure on top
    chart.y_axis.crosses, chart.y_axis.majorGridlines = "max", None  # its numbers stay below
    chart.dataLabels = DataLabelList()
    chart.dataLabels.showVal = True
    for other in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(chart.dataLabels, other, False)
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.y_axis.numFmt, chart.y_axis.number_format = None, "#,##0"
    chart.legend.position = "b"
    chart.gapWidth, chart.overlap = 60, 0
    return chart
