"""Gives numbers out of the book, one clerk at a time; what is written is written whole, whatever is killed.

A number is given and its document published together. Documents are first written aside (`Staging`); then
one small file beside the book, the journal, says which lines and files belong together; then the book gets
its lines, and the files their names. Who dies before the journal is there has taken no number. Who dies after
it has taken one, and the next who opens the book ends what was begun: nothing is lost or given twice.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from dxassets.errors import InputError, OutputError, Problem
from dxassets.foreign import os_error
from dxassets.register.book import MOST_NUMBER, Book, parse_book, taken
from dxassets.register.entry import Registration
from dxassets.store import Staging, locked, publish, remove, rename

_NAMED = 3  # columns that say which document a line is: number and symbol, day, what it is about
PATIENCE = 30.0
"""Seconds that a clerk waits for another, who makes a letter in one or two."""


class OpenBook:
    """An open book. `staging` holds the documents to come, `notes` what was found when it was opened."""

    def __init__(self, path: Path, book: Book, notes: Sequence[Problem]) -> None:
        self.book = book
        self.notes = tuple(notes)
        self.staging = Staging()
        self._path = path
        self._entries: list[Registration] = []

    def number_for(self, day: date, wanted: int | None = None) -> int:
        """The next number of that day's year, or the `wanted` one; `InputError` when it can't be had.

        Numbers follow the days (Điều 15.1), so the next one is not for a day before the last one's.
        """
        year, given = day.year, [entry.number for entry in self._entries if entry.issued.year == day.year]
        if wanted is not None:
            problem = taken(self.book, day, wanted)
            if problem is not None:
                raise InputError(problem)
            return wanted
        last = self.book.last_day(year)
        if last is not None and day < last:
            raise InputError(_too_early(self.book, day, last))
        number = max(self.book.next_number(year), max(given, default=0) + 1)
        if number > MOST_NUMBER:
            raise InputError(_full(self.book, year))
        return number

    def add(self, entry: Registration) -> None:
        """Keep a line for `commit`."""
        self._entries.append(entry)

    def commit(self) -> None:
        """Write the lines that were added, and give the staged files their names, all or nothing."""
        rows = [list(entry.cells()) for entry in self._entries]
        files = [(str(aside.resolve()), str(target.resolve())) for aside, target in self.staging.files]
        journal = _journal_of(self._path)
        said = json.dumps({"rows": rows, "files": files}, ensure_ascii=False).encode()
        publish(journal.parent, journal.name, said)
        try:
            publish(self._path.parent, self._path.name, self.book.with_rows(rows))
        except OutputError:
            remove(journal.parent, journal.name)  # the book is as it was, so nothing has happened
            raise
        self.staging.commit()
        remove(journal.parent, journal.name)


@contextmanager
def opened(file: str | Path, *, patience: float = PATIENCE) -> Generator[OpenBook]:
    """The book in `file`, held for this process alone; a new one where there is none.

    What a killed process left half done is finished first. What is not committed when the body ends is
    forgotten. `InputError` for a file that is no such book, `OutputError` when another holds it too long.
    """
    path = Path(file).resolve()
    with locked(path.parent / f".{path.name}.lock", patience=patience, busy=_busy(path, patience)):
        notes = _finish(path)
        book = read_book(path)
        if not path.exists():
            notes.append(_new(book.source))
        ledger = OpenBook(path, book, notes)
        try:
            yield ledger
        finally:
            ledger.staging.drop()


def read_book(path: Path) -> Book:
    """The book in `path`; an empty one where there is no file. `InputError` when it can't be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Book(path.name)
    except OSError as error:
        vi, en = os_error(error)
        raise InputError(Problem(str(path), f"không đọc được: {vi}", f"can't be read: {en}")) from error
    return parse_book(data, path.name)


def _journal_of(path: Path) -> Path:
    return path.parent / f".{path.name}.journal"


def _finish(path: Path) -> list[Problem]:
    """Write to its end what a killed process had begun; what was done, to be told."""
    journal = _journal_of(path)
    try:
        said = json.loads(journal.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        vi, en = "không đọc được ghi chép của lượt bị ngắt", "the notes of a killed run can't be read"
        raise InputError(Problem(str(journal), vi, en)) from error
    book = read_book(path)
    known = {line.cells[:_NAMED] for line in book.lines}
    rows = [row for row in said["rows"] if tuple(row[:_NAMED]) not in known]
    if rows:
        added = book.with_rows(rows)
        _refuse_taken(book, added, path.name)
        publish(path.parent, path.name, added)
    for aside, target in said["files"]:
        rename(Path(aside), Path(target))
    remove(journal.parent, journal.name)
    return [_finished(path.name, row) for row in said["rows"]]


def _refuse_taken(book: Book, added: bytes, name: str) -> None:
    """`InputError` where somebody has written another document under a killed run's number by hand."""
    try:
        parse_book(added, name)
    except InputError as error:
        above = f"{name}:{len(book.rows) + 1}"
        vi = f"lượt bị ngắt đã lấy một số mà nay sổ ghi cho văn bản khác ({error.problems[0].vi});"
        en = f"a killed run had taken a number that the book now gives to another ({error.problems[0].en});"
        vi, en = f"{vi} hãy sửa số ghi tay rồi chạy lại", f"{en} change the number that was typed in"
        raise InputError(Problem(above, vi, en)) from error


def _finished(where: str, row: Sequence[str]) -> Problem:
    return Problem(
        where,
        f"lượt trước bị ngắt giữa chừng, nay đã ghi nốt: số {row[0]}, “{row[2]}”",
        f"the run before was killed; what it had begun is finished now: {row[0]}, {row[2]!r}",
    )


def _new(where: str) -> Problem:
    return Problem(where, "chưa có sổ này; lập sổ mới", "there is no such book yet; a new one is begun")


def _busy(path: Path, patience: float) -> Problem:
    return Problem(
        str(path),
        f"một lượt khác đang ghi vào sổ này (đã đợi {patience:.0f} giây); hãy chạy lại sau",
        f"another run is writing into this book ({patience:.0f} s were waited); try again later",
    )


def _too_early(book: Book, day: date, last: date) -> Problem:
    return Problem(
        book.source,
        f"số gần nhất của năm {day.year} mang ngày {last:%d/%m/%Y}, sau ngày {day:%d/%m/%Y}; số phải theo"
        " thứ tự ngày (Điều 15.1), hãy xem lại --date, hoặc ghi số còn trống bằng --number",
        f"the last number of {day.year} is of {last}, later than {day}; numbers follow the days (Điều 15.1):"
        " look at --date, or name a number that is free by --number",
    )


def _full(book: Book, year: int) -> Problem:
    vi, en = f"sổ năm {year} đã đến số {MOST_NUMBER}", f"the book of {year} has come to {MOST_NUMBER}"
    return Problem(book.source, vi, en)
