"""The rows of an office's table as a letter needs them: each named column found, each cell held to text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dxassets.agencies.imported import lost_letters
from dxassets.agencies.table import AgencyTable, OddCell, TableRow
from dxassets.dispatch import LetterFill
from dxassets.errors import InputError, Problem
from dxassets.kinds.letter.spec import Merged
from dxassets.models import suggest
from dxassets.vietnamese import clean, fold, strange_characters, upper

MOST_LETTERS = 10_000
"""Of one table; a province's list of all who may be invited has some thousands."""
ADDRESSEES, NUMBER = "kinh gui", frozenset({"so", "so van ban", "so cong van"})
"""Headings, folded, of columns that a letter need not name: to whom it goes, and its number."""
_LOOKED_AT = 40  # rows in which the headings are looked for: a title may stand above them
_MOST_TOLD = 40  # faults that are told one by one
_COMPUTED = re.compile(r"[=＝]")
_EXCEL_ERROR = re.compile(r"#(N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!)")


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One row: where it stands, what it fills, its number if the table has one, and what it is called.

    `cells` are the places of what `merged` holds, in its order.
    """

    where: str
    merged: Merged
    number: str | None
    label: str
    cells: tuple[str, ...] = ()


def rows_of(sheets: Sequence[AgencyTable], source: str, named: Mapping[str, str]) -> tuple[MergeRow, ...]:
    """The rows of the first sheet whose headings a letter names; blank ones are passed over.

    `named` are the letter's columns with the places that name them. `InputError` tells every column that is
    missing or doubled, and every cell that can't be printed.
    """
    sheet, heading = _chosen(sheets, source, named)
    table = _GuestTable(sheet, heading, source)
    places, problems = table.places(named), list[Problem]()
    below = [row for row in sheet.rows if row.number > heading.number and _says(row)]
    if not below:
        raise InputError(Problem(table.name, "không có hàng nào dưới dòng tiêu đề", "holds no rows"))
    if len(below) > MOST_LETTERS:
        raise InputError(_too_many(table.name, len(below)))
    rows = [table.row(row, places, problems) for row in below]
    problems += _doubled(table, rows, below)
    if problems:
        raise InputError(*in_short(tuple(dict.fromkeys(problems)), source))
    return tuple(rows)


def in_short(problems: Sequence[Problem], source: str) -> tuple[Problem, ...]:
    """The first problems, and how many more there are."""
    left = len(problems) - _MOST_TOLD
    if left <= 0:
        return tuple(problems)
    more = Problem(source, f"còn {left} chỗ nữa như vậy", f"and {left} more")
    return (*problems[:_MOST_TOLD], more)


def _too_many(where: str, count: int) -> Problem:
    return Problem(
        where,
        f"có {count} hàng; một lần làm được {MOST_LETTERS} công văn, hãy chia bảng ra",
        f"has {count} rows; {MOST_LETTERS} letters can be made at a time, so divide the table",
    )


def _says(row: TableRow) -> bool:
    """Whether a row holds anything but blanks."""
    return any(isinstance(cell, OddCell) or cell.strip() for cell in row.cells)


def key_of(heading: str) -> str:
    """A heading as it is looked up: marks, case, signs and what is in brackets do not count."""
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", heading)
    return re.sub(r"[\W_]+", " ", fold(clean(bare))).strip()


def _chosen(
    sheets: Sequence[AgencyTable], source: str, named: Mapping[str, str]
) -> tuple[AgencyTable, TableRow]:
    """The sheet and row that have most of the columns as headings; `InputError` when none has any."""
    wanted = {key_of(name) for name in named} or {ADDRESSEES, *NUMBER}
    best: tuple[int, AgencyTable, TableRow] | None = None
    for sheet in sheets:
        for row in sheet.rows[:_LOOKED_AT]:
            found = len(wanted & {key_of(cell) for cell in row.cells if isinstance(cell, str)})
            if found and (best is None or found > best[0]):
                best = found, sheet, row
    if best is None:
        once: dict[str, str] = {}
        for name in named:
            once.setdefault(key_of(name), f"“{name}”")
        told = ", ".join(once.values()) or "“Kính gửi”, “Số”"
        raise InputError(
            Problem(
                source,
                f"không thấy dòng tiêu đề nào có cột mà công văn nhắc tới: {told}",
                f"has no row of headings with a column that the letter names: {told}",
            )
        )
    return best[1], best[2]


class _GuestTable:
    """One sheet below its headings."""

    def __init__(self, sheet: AgencyTable, heading: TableRow, source: str) -> None:
        self.name = f"{source}: {sheet.title}" if sheet.title else source
        self._sign = "!" if sheet.title else ": "
        self._heading = heading
        self._headings = [clean(cell) if isinstance(cell, str) else "" for cell in heading.cells]
        self.addressees = self._special({ADDRESSEES})
        self.number = self._special(NUMBER)

    def cell_name(self, row: int, column: int) -> str:
        """Where a cell is, as a spreadsheet calls it: ``khach.xlsx: Khách mời!C5``."""
        letters, left = "", column + 1
        while left:
            left, digit = divmod(left - 1, 26)
            letters = chr(ord("A") + digit) + letters
        return f"{self.name}{self._sign}{letters}{row}"

    def row_name(self, row: int) -> str:
        """Where a row is."""
        return f"{self.name}, hàng {row}"

    def places(self, named: Mapping[str, str]) -> dict[str, int]:
        """The column of each name; `InputError` with those that are missing or doubled, each told once."""
        problems: dict[str, list[Problem]] = {}
        found: dict[str, int] = {}
        for name, where in named.items():
            told: list[Problem] = []
            at = self.find(name, where, told)
            if at is not None:
                found[name] = at
            elif key_of(name) not in problems:  # one column may be named in several ways
                problems[key_of(name)] = told
        if problems:
            raise InputError(*(each for told in problems.values() for each in told))
        return found

    def find(self, name: str, where: str, problems: list[Problem]) -> int | None:
        """The column that the letter calls `name` at `where`: as it stands there, or else without marks."""
        exact = [at for at, each in enumerate(self._headings) if each.casefold() == name.casefold()]
        key = key_of(name)
        found = exact or [at for at, each in enumerate(self._headings) if each and key_of(each) == key]
        if len(found) == 1:
            return found[0]
        if not found:
            problems.append(self._missing(name, where))
            return None
        cells = " và ".join(self.cell_name(self._heading.number, at) for at in found)
        problems.append(
            Problem(
                cells,
                f"{len(found)} cột cùng được hiểu là {{{name}}}; hãy đổi tên hoặc bỏ bớt cột",
                f"{len(found)} columns are taken for {{{name}}}; rename them, or take some away",
            )
        )
        return None

    def row(self, row: TableRow, places: Mapping[str, int], problems: list[Problem]) -> MergeRow:
        """What one row fills; what is wrong with its cells goes into `problems`."""
        words = {name: self._text(row, at, problems) for name, at in places.items()}
        cased = tuple((name, self._cased(name, at, words[name])) for name, at in places.items())
        addressees = () if self.addressees is None else self._addressees(row, self.addressees, problems)
        number = None if self.number is None else self._numbered(row, self.number, problems)
        called = next(iter((*addressees, *words.values())), "")
        at_cells = [*places.values(), *[self.addressees or 0] * len(addressees)]
        cells = tuple(self.cell_name(row.number, at) for at in at_cells)
        return MergeRow(self.row_name(row.number), Merged(cased, addressees), number, called, cells)

    def _special(self, keys: Iterable[str]) -> int | None:
        return next((at for at, each in enumerate(self._headings) if key_of(each) in keys), None)

    def _missing(self, name: str, where: str) -> Problem:
        known = [each for each in self._headings if each]
        vi, en = suggest(name, known)
        told = ", ".join(known)
        return Problem(
            where,
            f"{self.name} không có cột “{name}”; có: {told}.{vi} Ngoặc nhọn thật thì gõ đôi: {{{{ }}}}",
            f"{self.name} has no column {name!r}; it has: {told}.{en} Braces that are meant are doubled",
        )

    def _cased(self, name: str, at: int, text: str) -> str:
        """A column that the letter calls in capitals, while its heading is not, is filled in capitals."""
        return upper(text) if name.isupper() and not self._headings[at].isupper() else text

    def _text(self, row: TableRow, at: int, problems: list[Problem]) -> str:
        """What a cell says; what can't be printed goes into `problems`."""
        cell = row.cells[at] if at < len(row.cells) else ""
        said = self._fault(cell)
        if said is None:
            return clean(str(cell))
        heading = self._headings[at]
        problems.append(
            Problem(self.cell_name(row.number, at), f"ô “{heading}” {said[0]}", f"{heading!r} {said[1]}")
        )
        return "?"

    def _fault(self, cell: str | OddCell) -> tuple[str, str] | None:
        """What is wrong with a cell that is to be printed, in both languages."""
        if isinstance(cell, OddCell):
            return cell.vi, cell.en
        text = clean(cell)
        if not text:
            return "để trống; hãy điền, hoặc xóa hàng này", "is empty; fill it in, or delete the row"
        if _COMPUTED.match(text):
            return (
                "là công thức; hãy chép rồi dán lại thành giá trị (Paste Values)",
                "is a formula; paste its value",
            )
        if _EXCEL_ERROR.fullmatch(text):
            return f"là ô lỗi {text}; hãy gõ lại", f"is an error, {text}; type it again"
        strange = strange_characters(text)
        if strange:
            codes = ", ".join(f"U+{ord(char):04X}" for char in strange)
            vi, en = "có ký tự không in được", "holds characters that can't be printed"
            return f"{vi} ({codes}); hãy gõ lại ô này", f"{en} ({codes}); type it again"
        return lost_letters(text)

    def _addressees(self, row: TableRow, at: int, problems: list[Problem]) -> tuple[str, ...]:
        """To whom the letter goes: each line of the cell, or what semicolons part."""
        text = self._text(row, at, problems)
        cell = row.cells[at] if at < len(row.cells) else ""
        parts = re.split(r"[\n;]+", cell) if isinstance(cell, str) and text != "?" else [text]
        return tuple(said for part in parts if (said := clean(part).lstrip("-–+ ").rstrip(".,")))

    def _numbered(self, row: TableRow, at: int, problems: list[Problem]) -> str:
        """The row's own number."""
        text = self._text(row, at, problems)
        try:
            LetterFill(text)
        except InputError as error:
            if text != "?":
                where = self.cell_name(row.number, at)
                problems += [Problem(where, each.vi, each.en) for each in error.problems]
        return text


def _doubled(table: _GuestTable, rows: Sequence[MergeRow], below: Sequence[TableRow]) -> Iterator[Problem]:
    """Numbers and whole rows that stand there twice: nobody is to get the same letter again."""
    numbers: dict[str, int] = {}
    whole: dict[Merged, int] = {}
    for made, row in zip(rows, below, strict=True):
        if made.number not in {None, "?"}:
            first = numbers.setdefault(str(made.number).lstrip("0"), row.number)
            if first != row.number:
                yield Problem(
                    table.cell_name(row.number, table.number or 0),
                    f"số {made.number} đã có ở hàng {first}; mỗi công văn một số",
                    f"the number {made.number} stands in row {first} already",
                )
        first = whole.setdefault(made.merged, row.number)
        if first != row.number and "?" not in dict(made.merged.words).values():
            yield Problem(
                made.where,
                f"giống hệt hàng {first} ở mọi cột mà công văn dùng; hãy xóa một trong hai hàng",
                f"is the same as row {first} in every column that the letter uses; delete one of the two",
            )
