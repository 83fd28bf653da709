"""The workbooks of a report: a form for each unit, and the sums with a sheet for each level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil

from dxassets.backends.drawn_book import (
    BookCell,
    BookChart,
    BookSheet,
    Look,
    NumberCells,
    drawn_book,
    lines_of,
    texts_in,
    with_texts,
)
from dxassets.errors import Problem
from dxassets.report.layout import (
    ABOUT,
    AFTER,
    BEFORE,
    CODE,
    CODE_LABEL,
    CODE_PLACE,
    HEAD,
    HELP,
    ID_PLACE,
    IDS,
    LABEL_PLACE,
    NAME,
    NOTE,
    OFFICE,
    OFFICE_PLACE,
    SIGNED,
    SIGNER,
    TASK,
    TITLE,
    UNIT,
    Laid,
    cell_name,
)
from dxassets.report.measures import ReportForm, ReportMeasure
from dxassets.report.offices import ReportingUnit
from dxassets.report.sums import Level, SumLine

FORM_TITLE = "BIỂU SỐ LIỆU BÁO CÁO KẾT QUẢ"
_SHEET = "Biểu số liệu"
_NAME, _ID, _BOOK = "[[unit.name]]", "[[unit.id]]", "[[book]]"
"""Whole texts of a form that are a unit's own."""
_WIDTHS = (6.0, 30.0, 44.0, 13.0, 15.0, 15.0, 26.0)
_WORDS_KEPT = 500
"""Of a sheet's cells, letters of a text of ours that are worth their room."""


class FormBooks:
    """The forms of one campaign: drawn once for each day that they are due, and named for each unit."""

    def __init__(self, form: ReportForm, blank: Laid, author: str) -> None:
        self._form, self._blank, self._author = form, blank, author
        self._drawn: dict[str, bytes] = {}

    def of(self, unit: ReportingUnit, until: str) -> bytes:
        """The form of a unit: locked but for what it fills in, for A4; `until` says when it is due."""
        texts = {_NAME: unit.name, _ID: unit.id, _BOOK: f"{self._form.title} – {unit.name}"}
        return with_texts(self._nameless(until), texts)

    def parts(self, until: str) -> dict[str, str]:
        """The files within a form that is nobody's yet, by name: a page puts a unit's name and id in."""
        return texts_in(self._nameless(until))

    def _nameless(self, until: str) -> bytes:
        if until not in self._drawn:
            self._drawn[until] = _nameless(self._form, self._blank, until=until, author=self._author)
        return self._drawn[until]


def _nameless(form: ReportForm, blank: Laid, *, until: str, author: str) -> bytes:
    """A form with places for a unit's name and id."""
    sheet = BookSheet(
        _SHEET,
        tuple(_form_cells(form, blank, until=until, author=author)),
        _WIDTHS,
        head=HEAD,
        merged=blank.merged,
        heights=_form_heights(form, blank),
        locked=True,
        numbers=tuple(_number_cells(blank)),
    )
    return drawn_book([sheet], title=_BOOK, author=author)


def help_line(until: str, to: str) -> str:
    """The one line of help on a form: how it is filled in, to whom it goes, and by when."""
    due = f" {until}" if until else ""
    return (
        "Chỉ điền các ô màu vàng: số từ 0 trở lên (1.234,5), không phát sinh thì ghi 0; "
        f"lưu nguyên dạng .xlsx, gửi lại {to}{due}."
    )


def _form_cells(form: ReportForm, blank: Laid, *, until: str, author: str) -> Iterator[BookCell]:
    yield BookCell(TITLE, CODE, FORM_TITLE, "title")
    yield BookCell(ABOUT, CODE, form.title, "about")
    yield BookCell(OFFICE, CODE, "Đơn vị báo cáo", "label")
    yield BookCell(*OFFICE_PLACE, _NAME, "label")
    yield BookCell(IDS, CODE, "Mã đơn vị", "label")
    yield BookCell(*ID_PLACE, _ID, "value")
    yield BookCell(*LABEL_PLACE, CODE_LABEL, "label")
    yield BookCell(*CODE_PLACE, form.code, "value")
    yield BookCell(HELP, CODE, help_line(until, author), "help")
    for column in range(CODE, NOTE + 1):
        yield BookCell(HEAD, column, blank.fixed[HEAD, column], "head")
    decimals = {measure.code: measure.decimals for measure in form.measures}
    for line in blank.lines:
        for column in range(CODE, NOTE + 1):
            place = line.row, column
            part = blank.fill[place][1] if place in blank.fill else None
            look: Look = "center" if column in {CODE, UNIT} else "text"
            if part is not None:
                look = "fill" if part in {"before", "after"} else "fill-text"
            yield BookCell(*place, blank.fixed.get(place), look, decimals.get(line.code, 2))
    for column in range(CODE, NOTE + 1):
        text = blank.fixed.get((blank.author_row, column))
        yield BookCell(blank.author_row, column, text, "fill-text" if column >= BEFORE else "text")
    yield BookCell(blank.signer_row, BEFORE, SIGNER, "signer")
    yield BookCell(blank.signer_row + 1, BEFORE, SIGNED, "about")


def _form_heights(form: ReportForm, blank: Laid) -> dict[int, int]:
    """Lines of text in each row: a task's words are shared by the rows of its measures."""
    heights = {TITLE: 2, ABOUT: lines_of(form.title, sum(_WIDTHS)), HEAD: 2}
    heights |= {OFFICE: 1, IDS: 1, HELP: 2}
    rows: dict[str, list[int]] = {}
    for line in blank.lines:
        rows.setdefault(line.group, []).append(line.row)
        name = "" if line.measure is None else line.measure.name
        heights[line.row] = max(lines_of(name, _WIDTHS[NAME - 1]), 2)
    for line in blank.lines:
        own = rows[line.group]
        needed = ceil(lines_of(line.task, _WIDTHS[TASK - 1]) / len(own))
        heights[line.row] = max(heights[line.row], needed)
    return heights | {blank.author_row: 2}


def _number_cells(blank: Laid) -> Iterator[NumberCells]:
    """Cells for numbers, those for whole ones apart."""
    for whole in (True, False):
        rows = [
            line.row
            for line in blank.lines
            if (line.measure is not None and line.measure.decimals == 0) == whole
        ]
        if rows:
            cells = " ".join(f"{cell_name((row, BEFORE))}:{cell_name((row, AFTER))}" for row in rows)
            kind = "số nguyên" if whole else "số"
            yield NumberCells(
                cells, whole,
                prompt=f"Chỉ gõ {kind} từ 0 trở lên; không phát sinh thì ghi 0.",
                refused=f"Ô này chỉ nhận {kind} từ 0 trở lên, không kèm chữ.",
            )  # fmt: skip


# --- sums


_SUM_HEADS = ("Mã", "Nhiệm vụ", "Chỉ tiêu", "Đơn vị tính", "{before}", "{after}", "Chênh lệch", "Tỉ lệ tăng")
_SUM_WIDTHS = (6.0, 26.0, 40.0, 12.0, 15.0, 15.0, 15.0, 11.0)
COLORS = ("9DB4CE", "0B5CAD")
"""Of the workbook's chart, where nothing better is known: before and after."""


def sums_book(
    form: ReportForm,
    levels: Sequence[Level],
    *,
    missing: Sequence[tuple[ReportingUnit, str]],
    problems: Sequence[Problem],
    author: str,
    colors: tuple[str, str] = COLORS,
) -> bytes:
    """A sheet for each level, the highest with a chart; other contents, who is missing, faults.

    `missing` are the units whose figures are not in the sums, and why.
    """
    sheets = [_level_sheet(form, level, colors if at == 0 else None) for at, level in enumerate(levels)]
    own = tuple(_free_rows(levels[-1]))
    if own:
        heads = ("Đơn vị", "Nhiệm vụ", "Nội dung", "Đơn vị tính", form.before, form.after, "Ghi chú")
        sheets.append(_plain_sheet("Nội dung khác", heads, own, widths=(30, 30, 40, 12, 15, 15, 30)))
    listed = [(unit.name, unit.district or unit.province, unit.id, why) for unit, why in missing]
    heads = ("Đơn vị", "Trực thuộc", "Mã đơn vị", "Vì sao")
    sheets.append(_plain_sheet("Chưa có số liệu", heads, listed, widths=(40, 30, 34, 40)))
    if problems:
        rows = [(each.where, each.vi[:_WORDS_KEPT]) for each in problems]
        sheets.append(_plain_sheet("Cần xem lại", ("Tệp, trang, ô", "Nội dung"), rows, widths=(50, 90)))
    return drawn_book(sheets, title=f"Tổng hợp số liệu: {form.title}", author=author)


def _level_sheet(form: ReportForm, level: Level, colors: tuple[str, str] | None) -> BookSheet:
    """The lines of a level, a row for each measure of each; one line alone needs no column for its name."""
    named = len(level.lines) > 1 or any(line.form is not None for line in level.lines)
    heads = [head.format(before=form.before, after=form.after) for head in _SUM_HEADS]
    widths = list(_SUM_WIDTHS)
    last = ("Ghi chú", 30.0) if any(line.form for line in level.lines) else ("Số đơn vị có số liệu", 14.0)
    if named:
        heads, widths = ["Đơn vị", "Trực thuộc", *heads], [32.0, 24.0, *widths]
    heads, widths = [*heads, last[0]], [*widths, last[1]]
    start = 4
    cells = [BookCell(1, 1, _headline(level), "title"), BookCell(2, 1, form.title, "about")]
    cells += [BookCell(start, at, head, "head") for at, head in enumerate(heads, start=1)]
    row = start
    for line in level.lines:
        if line.form is None and not line.reported and named and level.title == "Cấp xã":
            continue  # who has not reported stands on a sheet of its own
        for measure in form.measures:
            row += 1
            cells += _row_cells(row, line, measure, named=named)
    names = 3 + 2 * named
    chart = None
    if colors is not None and not named:
        chart = BookChart(
            f"{form.before} – {form.after}", names, (names + 2, names + 3), start, row, f"A{row + 3}", colors
        )
    wide = len(heads)
    return BookSheet(
        level.title, tuple(cells), tuple(widths), head=start, merged=((1, 1, 1, wide), (2, 1, 2, wide)),
        heights={1: 2, 2: 2, start: 2}, filtered=named, chart=chart,
    )  # fmt: skip


def _headline(level: Level) -> str:
    reported = sum(line.reported for line in level.lines)
    expected = sum(line.expected for line in level.lines)
    name = f"{level.title}: {level.lines[0].name}" if len(level.lines) == 1 else level.title
    return f"TỔNG HỢP SỐ LIỆU – {name} ({reported}/{expected} đơn vị có số liệu)"


def _row_cells(row: int, line: SumLine, measure: ReportMeasure, *, named: bool) -> Iterator[BookCell]:
    at = 1
    if named:
        yield BookCell(row, 1, line.name)
        yield BookCell(row, 2, line.above)
        at = 3
    yield BookCell(row, at, measure.code, "center")
    yield BookCell(row, at + 1, measure.task)
    yield BookCell(row, at + 2, measure.name)
    yield BookCell(row, at + 3, _unit(measure, line), "center")
    found = line.sums.get(measure.code)
    figures = (None, None, None) if found is None else (found.before, found.after, found.difference)
    for column, figure in enumerate(figures, start=at + 4):
        yield BookCell(row, column, _plain(figure), "number", measure.decimals)
    growth = None if found is None else found.growth
    without = "–" if found is not None else None
    yield BookCell(row, at + 7, without if growth is None else float(growth), "share")
    if line.form is not None:
        yield BookCell(row, at + 8, line.form.said.get((measure.code, "note")))
    else:
        told = (
            "không cộng" if not measure.summed else f"{0 if found is None else found.units}/{line.expected}"
        )
        yield BookCell(row, at + 8, told, "center")


def _unit(measure: ReportMeasure, line: SumLine) -> str:
    """The unit of the annex, else the one that the form says."""
    said = "" if line.form is None else line.form.said.get((measure.code, "unit"), "")
    return measure.unit or said


def _plain(figure: Decimal | None) -> int | float | None:
    if figure is None:
        return None
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def _free_rows(level: Level) -> Iterator[tuple[str | int | float | None, ...]]:
    for line in level.lines:
        for each in line.form.free if line.form is not None else ():
            figures = _plain(each.before), _plain(each.after)
            yield line.name, each.task, each.content, each.unit, *figures, each.note


def _plain_sheet(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str | int | float | None]],
    *,
    widths: Sequence[float],
) -> BookSheet:
    cells = [BookCell(1, at, head, "head") for at, head in enumerate(heads, start=1)]
    for number, row in enumerate(rows, start=2):
        for at, value in enumerate(row, start=1):
            look: Look = "text" if value is None or isinstance(value, str) else "number"
            cells.append(BookCell(number, at, value, look, 2))
    return BookSheet(title, tuple(cells), widths, filtered=True)
