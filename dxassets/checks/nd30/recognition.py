"""Finds the parts of the form among a file's lines: by their words and order, whatever they look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dxassets.checks.nd30.closing import find_end
from dxassets.checks.nd30.copies import form_of_copy, start_of_copy
from dxassets.checks.nd30.letter import AnnexLines, Line, Parts
from dxassets.checks.nd30.telling import (
    centred_on,
    has_letters,
    is_annex_head,
    is_annex_word,
    is_in_middle,
    is_item,
    is_reference,
    is_signing_mark,
    join,
    kind_of,
    size_of,
)
from dxassets.vietnamese import fold

__all__ = ["join", "recognise"]

_HEAD_LINES = 80
_NUMBER = re.compile(r"so\s*[:.]?[\s\d._…]*/|so\s*:|so\s*[:.]?\s*\d+\s*-\s*[a-z]{2,4}/")
_DATE = re.compile(r".*\bngay\b.*\bthang\b.*\bnam\b.*")
_WHOLE_DATE = re.compile(rf"{_DATE.pattern}\d{{4}}")
_DATE_LETTERS = 80
_KIND_LINES = 12
_ABOUT_LINES = 6
_COPY_LINES = 12
_BELOW = re.compile(
    r"(SỞ|BAN|CHI CỤC|TRUNG TÂM|VĂN PHÒNG|THANH TRA|PHÒNG|CỤC|TRƯỜNG|BỆNH VIỆN|ĐÀI|VIỆN|HỌC VIỆN|KHOA|ĐỘI"
    r"|TRẠM)\b"
)
_ABOVE = re.compile(
    r"(UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|BỘ|SỞ|TỔNG CỤC|CỤC|HĐND|HỘI ĐỒNG NHÂN DÂN|VĂN PHÒNG CHÍNH PHỦ)\b"
)
_DECIDING = {"QUYẾT ĐỊNH", "NGHỊ QUYẾT", "CHỈ THỊ"}
_MARKS = {"hoa toc", "thuong khan", "khan", "du thao"}


def recognise(lines: Sequence[Line], *, joins: bool) -> Parts:
    """The parts of the form; with `joins` (a PDF), lines without a dash go on with the item above."""
    return _Recognizer([line for line in lines if line.text], joins=joins).read()


class _Recognizer:
    def __init__(self, lines: list[Line], *, joins: bool) -> None:
        self._lines = lines
        self._folded = [fold(line.text) for line in lines]
        self._joins = joins
        self._parts = Parts()

    def read(self) -> Parts:
        """Every part that can be told."""
        parts, lines = self._parts, self._lines
        if self._is_annex():
            self._annexes(0)
            return parts
        form = form_of_copy(lines)
        if form is not None:
            first = start_of_copy(lines, form)
            parts.copy = _Recognizer(lines[first:], joins=self._joins).read_copy(form - first)
            del lines[first:], self._folded[first:]
        nation = self._first(lambda text: "cong hoa xa hoi" in text and "viet nam" in text, _HEAD_LINES)
        motto = self._first(lambda text: "doc lap" in text and "hanh phuc" in text, _HEAD_LINES)
        number = self._number()
        greeting = self._first(lambda text: text.startswith("kinh gui"), _HEAD_LINES)
        kind = self._kind(-1 if number is None else number, greeting)
        if parts.named_kind == "CÔNG ĐIỆN" and greeting is None:
            greeting = self._telegram(kind)
        date, rest = self._date(next((at for at in (kind, greeting) if at is not None), 30))
        # Below the name of its kind, “Về việc …” is that document's own subject, which is no V/v.
        limit = next((at for at in (kind, greeting) if at is not None), _HEAD_LINES)
        subject = self._first(lambda text: text.startswith(("v/v", "ve viec")), limit)
        marks = {"nation": nation, "motto": motto, "number": number, "date": date, "salutation": greeting}
        for name, at in marks.items():
            setattr(parts, name, None if at is None else lines[at])
        if date is not None and rest is not None:
            parts.date = join(lines[date], lines[rest])
        known = {at for at in (nation, motto, number, date, rest, greeting, subject) if at is not None}
        if subject is not None:
            parts.subject = [lines[subject], *self._going_on(subject, known)]
            known |= set(range(subject, subject + len(parts.subject)))
        self._names(next((at for at in (number, kind, greeting) if at is not None), 0), known)
        below_title = self._title(kind, known)
        start = max(below_title, self._addressees(greeting, known)) if greeting is not None else below_title
        find_end(lines, parts, start=start, end=self._annexes(start), joins=self._joins)
        return parts

    def read_copy(self, form: int) -> Parts:
        """The parts that a copy adds, whose form is named in line `form` (Phụ lục I, Phần II, mục II)."""
        parts, lines = self._parts, self._lines
        parts.named_kind, parts.title = lines[form].text, lines[form]
        number = self._number()
        date, rest = self._date(_COPY_LINES)
        parts.number = None if number is None else lines[number]
        parts.date = None if date is None else lines[date]
        if date is not None and rest is not None:
            parts.date = join(lines[date], lines[rest])
        known = {at for at in (form, number, date, rest) if at is not None}
        self._names(max(form, number or 0), known)
        find_end(lines, parts, start=max(known) + 1, end=len(lines), joins=self._joins)
        parts.body = []
        return parts

    def _telegram(self, kind: int | None) -> int | None:
        """Where a telegram says who sends it: “… điện:” below its name and subject (Mẫu 1.6)."""
        first = 0 if kind is None else kind + 1
        for at in range(first, min(first + _KIND_LINES, len(self._lines))):
            if self._folded[at].endswith("dien:"):
                return at
        return None

    def _number(self) -> int | None:
        """The line of the number; not one that names another document's, in a sentence."""
        lines = zip(self._folded[:_HEAD_LINES], self._lines, strict=False)
        return next(
            (
                at
                for at, (text, line) in enumerate(lines)
                if _NUMBER.match(text) and len(text) < 60 and not is_signing_mark(line)
            ),
            None,
        )

    def _kind(self, number: int, greeting: int | None) -> int | None:
        """Where the document names its kind, in capitals on a line of its own, below the number."""
        limit = greeting if greeting is not None and greeting > number else max(number, 0) + _KIND_LINES
        for at in range(number + 1, min(limit, len(self._lines))):
            kind = kind_of(self._lines[at])
            if kind:
                self._parts.named_kind, self._parts.title = kind, self._lines[at]
                return at
        return None

    def _title(self, kind: int | None, known: set[int]) -> int:
        """The subject below the kind's name, and the line that says who decides; where the text begins."""
        if kind is None:
            return max(known, default=-1) + 1
        parts, at = self._parts, kind + 1
        while at < len(self._lines) and at <= kind + _ABOUT_LINES and at not in known:
            line = self._lines[at]
            if is_reference(line.text):
                parts.reference = line
            elif has_letters(line) and not self._is_title_line(line):
                break
            elif parts.named_kind in _DECIDING and line.text == line.text.upper() and has_letters(line):
                at += 1  # who decides: the text begins below
                if at < len(self._lines) and self._is_title_line(self._lines[at], who=True):
                    at += 1
                break
            elif has_letters(line) and parts.reference is None:
                parts.about.append(line)
            elif has_letters(line):
                break
            at += 1
        return at

    def _is_title_line(self, line: Line, *, who: bool = False) -> bool:
        """Whether a line below the title belongs to it: centred, no ground, no article."""
        folded = fold(line.text)
        if folded.startswith(("can cu", "dieu ", "kinh gui", "phan ", "chuong ")) or line.text.endswith(":"):
            return False
        return is_in_middle(line, joins=self._joins) and (not who or line.text == line.text.upper())

    def _date(self, limit: int) -> tuple[int | None, int | None]:
        """Where the date stands, and where it goes on: in a PDF a long place's takes two lines."""
        whole = self._first(_is_date, limit)
        for at in range(min(limit, len(self._lines))) if self._joins else ():
            first = self._folded[at]
            unfinished = at == whole or (whole is None and re.search(r",.*\bngay\b", first))
            if not unfinished or len(first) > _DATE_LETTERS or re.search(r"\d{4}$", first):
                continue
            for after in range(at + 1, min(at + 5, len(self._lines))):
                both = f"{first} {self._folded[after]}"
                if _WHOLE_DATE.fullmatch(both) and centred_on(self._lines[after], self._lines[at]):
                    return at, after
        return whole, None

    def _is_annex(self) -> bool:
        """Whether the file begins with “Phụ lục”, but for a signature's mark, and has nothing of a letter."""
        above = next((at for at, text in enumerate(self._folded[:8]) if is_annex_word(text)), None)
        return above is not None and not any(
            "cong hoa xa hoi" in text or text.startswith("kinh gui") for text in self._folded[:_HEAD_LINES]
        )

    def _first(self, fits: Callable[[str], bool], limit: int) -> int | None:
        return next((at for at, text in enumerate(self._folded[:limit]) if fits(text)), None)

    def _going_on(self, at: int, known: set[int]) -> list[Line]:
        """The lines below the subject that belong to it: centred alike in a PDF, of its paragraph in Word."""
        found: list[Line] = []
        for after in range(at + 1, len(self._lines)):
            line, first = self._lines[after], self._lines[at]
            below = centred_on(line, first) if self._joins else line.where == first.where
            if after in known or not below or size_of(line) != size_of(first):
                break
            found.append(line)
        return found

    def _names(self, end: int, known: set[int]) -> None:
        """The bodies' names: capitals above the number in its column, not bold for the upper one."""
        names = [
            line
            for at, line in enumerate(self._lines[:end])
            if at not in known
            and line.text.upper() == line.text
            and has_letters(line)
            and fold(line.text) not in _MARKS
            and self._is_in_left_column(line)
        ]
        plain = [line for line in names if not line.any_bold]
        bold = [line for line in names if line.any_bold]
        if not bold or not plain or any(line.is_vague for line in names):
            split = 0
            if len(names) > 1 and _ABOVE.match(names[0].text) and _BELOW.match(names[1].text):
                split = 1
            plain, bold = names[:split], names[split:]
        self._parts.parent, self._parts.body_name = plain, bold

    def _is_in_left_column(self, line: Line) -> bool:
        number, nation = self._parts.number, self._parts.nation
        if line.places:
            other = nation.places[0].left if nation is not None and nation.places else 120.0
            return line.places[0].left < other - 1 or (nation is not None and line.page != nation.page)
        if number is not None and number.cell is not None and line.cell is not None:
            return line.cell.table != number.cell.table or line.cell.column == number.cell.column
        return True

    def _addressees(self, greeting: int, known: set[int]) -> int:
        """Who the letter goes to; gives the index of the text's first line."""
        at = greeting + 1
        said = self._folded[greeting].removeprefix("kinh gui").strip(" :")
        telegram = self._folded[greeting].endswith("dien:")
        single = said != "" and not telegram
        items: list[Line] = []
        while at < len(self._lines):
            line = self._lines[at]
            starts = is_item(line)
            if at in known:
                pass
            elif starts and not single:
                items.append(line)
            elif telegram and items and items[-1].text.endswith("."):
                break  # its text begins, at the same indent as its addressees
            elif self._joins and items and hangs(items[-1], line):
                items[-1] = join(items[-1], line)
            elif self._joins and single and not items and hangs(self._lines[greeting], line):
                self._parts.salutation = join(self._lines[greeting], line)
            else:
                break
            at += 1
        self._parts.addressees = items
        return at

    def _annexes(self, start: int) -> int:
        """The annexes; gives the index where the letter itself ends."""
        starts = [
            at for at in range(start, len(self._lines)) if is_annex_head(self._lines[at], self._folded[at])
        ]
        if self._is_annex():
            self._parts.mark = list(self._lines[: starts[0]])
        for at, first in enumerate(starts):
            last = starts[at + 1] if at + 1 < len(starts) else len(self._lines)
            self._parts.annexes.append(self._annex(first, last))
        return starts[0] if starts else len(self._lines)

    def _annex(self, first: int, last: int) -> AnnexLines:
        title: list[Line] = []
        reference: list[Line] = []
        at = first + 1
        while at < last and len(title) < 8:
            line = self._lines[at]
            if is_reference(line.text) or (reference and ")" not in self._folded[at - 1]):
                reference.append(line)
            elif reference or not (line.is_bold or line.text.isupper()) or line.in_ruled_table:
                break
            else:
                title.append(line)
            at += 1
        return AnnexLines(self._lines[first], tuple(title), tuple(reference), tuple(self._lines[at:last]))


def hangs(item: Line, line: Line) -> bool:
    """Whether a line of a PDF goes on with the item above it: below its first letter, not further left."""
    if not item.places or not line.places:
        return False
    first, last, here = item.places[0], item.places[-1], line.places[0]
    below = 0 < here.baseline - last.baseline < 0.7 * size_of(item)
    return below and first.left - 1 <= here.left <= first.left + 25 and size_of(line) == size_of(item)


def _is_date(folded: str) -> bool:
    return _DATE.fullmatch(folded) is not None and len(folded) < _DATE_LETTERS and "(" not in folded
