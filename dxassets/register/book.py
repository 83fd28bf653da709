"""The book as a CSV file that spreadsheets open: its lines are kept as they are, new ones put behind them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dxassets.agencies.csv_text import csv_rows, decoded_sheet, delimiter_of, guarded
from dxassets.errors import InputError, Problem
from dxassets.register.entry import COLUMNS
from dxassets.vietnamese import clean, fold

MOST_NUMBER = 999_999
"""The decree sets no limit; a letter's number has six digits here."""
_NUMBER = re.compile(r"([0-9]{1,6})\s*(/.*)?")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class BookLine:
    """A line of the book: where it stands in its file, its cells, its number, symbol and day."""

    row: int
    cells: tuple[str, ...]
    number: int
    symbol: str
    day: date


@dataclass(frozen=True, slots=True)
class Book:
    """All lines of a book, in the order of the file, and how the file parts its cells."""

    source: str
    lines: tuple[BookLine, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    """Every row below the headings as it stands there, the blank ones too."""
    headings: tuple[str, ...] = COLUMNS
    delimiter: str = ","

    def of_year(self, year: int) -> tuple[BookLine, ...]:
        """The lines of one year: numbers begin at 1 on 1 January (Điều 15.1)."""
        return tuple(line for line in self.lines if line.day.year == year)

    def next_number(self, year: int) -> int:
        """The number that the next document of that year gets."""
        return max((line.number for line in self.of_year(year)), default=0) + 1

    def holder(self, year: int, number: int) -> BookLine | None:
        """The line that has that number in that year."""
        return next((line for line in self.of_year(year) if line.number == number), None)

    def last_day(self, year: int) -> date | None:
        """The day of the highest number of that year."""
        lines = self.of_year(year)
        return max(lines, key=lambda line: line.number).day if lines else None

    def with_rows(self, added: Iterable[Sequence[str]]) -> bytes:
        """The file with those rows behind its own, which stay as they are."""
        out = io.StringIO()
        writer = csv.writer(out, delimiter=self.delimiter, lineterminator="\n")
        width = len(self.headings)
        padded = [[*row, *[""] * (width - len(row))] for row in added]
        writer.writerows([guarded(cell) for cell in row] for row in [self.headings, *self.rows, *padded])
        return out.getvalue().encode("utf-8-sig")


def parse_book(data: bytes, source: str) -> Book:
    """The book in a CSV file, whatever spreadsheet saved it; `InputError` with every line that can't be read.

    Columns behind the ten are somebody's own, and are kept.
    """
    text = decoded_sheet(data, source)
    rows = [(number, [*map(clean, row)]) for number, row in csv_rows(text, source)]
    heading, *below = rows or [(1, [])]
    if [_key(each) for each in heading[1][: len(COLUMNS)]] != [_key(each) for each in COLUMNS]:
        raise InputError(_no_book(f"{source}:{heading[0]}"))
    problems: list[Problem] = []
    lines = [line for number, row in below if any(row) and (line := _line(number, row, source, problems))]
    problems += _twice(lines, source)
    if problems:
        raise InputError(*problems)
    kept = tuple(tuple(row) for _, row in below)
    return Book(source, tuple(lines), kept, tuple(heading[1]), delimiter_of(text))


def _key(heading: str) -> str:
    return re.sub(r"[\W_]+", " ", fold(heading)).strip()


def _no_book(where: str) -> Problem:
    told = "; ".join(COLUMNS)
    return Problem(
        where,
        f"không phải sổ đăng ký văn bản đi; dòng đầu phải là mười cột của Phụ lục IV: {told}",
        f"is no book of outgoing documents; its first row must hold the ten columns of Phụ lục IV: {told}",
    )


def _line(row: int, cells: Sequence[str], source: str, problems: list[Problem]) -> BookLine | None:
    """One line; what is wrong with its number or day goes into `problems`."""
    where = f"{source}:{row}"
    first, day = cells[0], _day(cells[1] if len(cells) > 1 else "")
    found = _NUMBER.fullmatch(first)
    if found is None or int(found[1]) == 0:
        vi, en = f"“{first}” không phải số, ký hiệu (ví dụ 05/SNV-VP)", f"{first!r} is no number and symbol"
        problems.append(Problem(where, vi, en))
    if day is None:
        said = cells[1] if len(cells) > 1 else ""
        vi, en = f"“{said}” không phải ngày (ví dụ 05/03/2026)", f"{said!r} is no day such as 05/03/2026"
        problems.append(Problem(where, vi, en))
    if found is None or day is None:
        return None
    return BookLine(row, tuple(cells), int(found[1]), clean(found[2] or ""), day)


def _day(text: str) -> date | None:
    plain, iso = _DAY.fullmatch(text), _ISO_DAY.fullmatch(text)
    parts = plain.groups()[::-1] if plain else iso.groups() if iso else None
    try:
        return None if parts is None else date(*map(int, parts))
    except ValueError:
        return None


def _twice(lines: Sequence[BookLine], source: str) -> Iterator[Problem]:
    """A number and symbol are one document's in a year (Điều 15.1)."""
    first: dict[tuple[int, int, str], int] = {}
    for line in lines:
        above = first.setdefault((line.day.year, line.number, fold(line.symbol)), line.row)
        if above != line.row:
            yield Problem(
                f"{source}:{line.row}",
                f"số {line.cells[0]} của năm {line.day.year} đã có ở dòng {above}",
                f"{line.cells[0]} of {line.day.year} stands in row {above} already",
            )


def taken(book: Book, entry_day: date, number: int) -> Problem | None:
    """Why `number` can't be had on that day; None when it is free."""
    line = book.holder(entry_day.year, number)
    if line is None:
        return None
    about = line.cells[2] if len(line.cells) > 2 else ""
    free = book.next_number(entry_day.year)
    return Problem(
        f"{book.source}:{line.row}",
        f"số {number} của năm {entry_day.year} đã cấp cho “{about}”; số tiếp theo là {free} (bỏ --number)",
        f"number {number} of {entry_day.year} is {about!r} already; the next is {free} (leave out --number)",
    )
