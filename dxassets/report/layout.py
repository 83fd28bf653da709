"""Where everything stands on a form: what is printed there, and the cells to be filled in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dxassets.report.measures import ReportForm, ReportMeasure

Place = tuple[int, int]
"""Row and column, from 1."""
Part = Literal["before", "after", "note", "unit", "content", "author"]
CODE, TASK, NAME, UNIT, BEFORE, AFTER, NOTE = range(1, 8)
FREE_LINES = 2
"""Lines of a task of which each unit says itself what it counts."""
TITLE, ABOUT, OFFICE, IDS, HELP, HEAD = range(1, 7)
CODE_LABEL = "Mã biểu"
OFFICE_PLACE, ID_PLACE, LABEL_PLACE, CODE_PLACE = (OFFICE, NAME), (IDS, NAME), (IDS, BEFORE), (IDS, AFTER)
HEADS = ("Mã", "Nhiệm vụ", "Chỉ tiêu", "Đơn vị tính")
NOTE_HEAD, AUTHOR = "Ghi chú", "Người lập biểu (họ tên, điện thoại)"
SIGNER, SIGNED = "THỦ TRƯỞNG ĐƠN VỊ", "(Ký, ghi rõ họ tên, đóng dấu)"
_PARTS: dict[Part, int] = {"before": BEFORE, "after": AFTER, "note": NOTE, "unit": UNIT, "content": NAME}


@dataclass(frozen=True, slots=True)
class FormLine:
    """A row of a form: its code, what it counts (None: the unit says), and the row that it stands in."""

    row: int
    code: str
    task: str
    measure: ReportMeasure | None

    @property
    def group(self) -> str:
        """The number of its task."""
        return self.code.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Laid:
    """A form laid out: its lines, the row of who filled it in, and the cells to be filled in."""

    lines: tuple[FormLine, ...]
    author_row: int
    fill: dict[Place, tuple[str, Part]]
    """By the place, the line's code and what belongs there."""
    fixed: dict[Place, str]
    """What the table itself says; it comes back just so."""
    merged: tuple[tuple[int, int, int, int], ...]

    @property
    def signer_row(self) -> int:
        """The row of who signs a printed form; the words below it end the form."""
        return self.author_row + 2


def laid(form: ReportForm) -> Laid:
    """The form's rows, one after another below its head."""
    lines = tuple(_lines(form))
    author = HEAD + len(lines) + 1
    fill: dict[Place, tuple[str, Part]] = {(author, BEFORE): ("", "author")}
    heads = (*HEADS, form.before, form.after, NOTE_HEAD)
    fixed = {(HEAD, at): head for at, head in enumerate(heads, start=1)}
    fixed |= {LABEL_PLACE: CODE_LABEL, (author, CODE): AUTHOR}
    fixed |= {(author + 2, BEFORE): SIGNER, (author + 3, BEFORE): SIGNED}
    above = ""
    for line in lines:
        open_parts: tuple[Part, ...] = ("before", "after", "note")
        fixed[line.row, CODE] = line.code
        if line.group != above:
            fixed[line.row, TASK], above = line.task, line.group
        if line.measure is None:
            open_parts = (*open_parts, "content", "unit")
        else:
            fixed[line.row, NAME] = line.measure.name
            if line.measure.unit:
                fixed[line.row, UNIT] = line.measure.unit
            else:
                open_parts = (*open_parts, "unit")
        fill |= {(line.row, _PARTS[part]): (line.code, part) for part in open_parts}
    return Laid(lines, author, fill, fixed, _merged(lines, author))


def _lines(form: ReportForm) -> list[FormLine]:
    """The rows in the order of the annex's tasks."""
    rows: list[tuple[str, str, ReportMeasure | None]] = [
        (each.code, each.task, each) for each in form.measures
    ]
    rows += [(f"{task.code}.{at}", task.task, None) for task in form.free for at in range(1, FREE_LINES + 1)]
    ordered = sorted(rows, key=lambda row: [int(part) for part in row[0].split(".")])
    return [FormLine(HEAD + at, *row) for at, row in enumerate(ordered, start=1)]


def _merged(lines: tuple[FormLine, ...], author: int) -> tuple[tuple[int, int, int, int], ...]:
    """The cells that are one: titles, and each task beside its measures."""
    found = [(row, CODE, row, NOTE) for row in (TITLE, ABOUT, HELP)]
    found += [(OFFICE, CODE, OFFICE, TASK), (OFFICE, NAME, OFFICE, NOTE), (IDS, CODE, IDS, TASK)]
    found += [(IDS, NAME, IDS, UNIT), (IDS, AFTER, IDS, NOTE)]
    found += [(author, CODE, author, UNIT), (author, BEFORE, author, NOTE)]
    found += [(row, BEFORE, row, NOTE) for row in (author + 2, author + 3)]
    rows: dict[str, list[int]] = {}
    for line in lines:
        rows.setdefault(line.group, []).append(line.row)
    found += [(each[0], TASK, each[-1], TASK) for each in rows.values() if len(each) > 1]
    return tuple(found)


def cell_name(place: Place) -> str:
    """A place as a spreadsheet calls it: E12."""
    row, column = place
    letters = ""
    while column:
        column, digit = divmod(column - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"
