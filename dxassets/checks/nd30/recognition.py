"""Finds the parts of the form among a file's lines: by their words and order, whatever they look like."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dxassets.backends.written import Stretch
from dxassets.checks.nd30.letter import AnnexLines, Line, Parts
from dxassets.vietnamese import fold

_HEAD_LINES = 80
_NUMBER = re.compile(r"so\s*[:.]?[\s\d._…]*/|so\s*:")
_DATE = re.compile(r".*\bngay\b.*\bthang\b.*\bnam\b.*")
_ANNEX = re.compile(r"phu luc(\s+so)?(\s+([ivxlc]+|\d+|[a-z]))?\.?")
_TITLED_ANNEX = re.compile(rf"{_ANNEX.pattern}\s*[:.–-]\s*\w")
_ANNEX_LETTERS = 20
_WHOLE_DATE = re.compile(rf"{_DATE.pattern}\d{{4}}")
_DATE_LETTERS = 80
_KIND_LINES = 12
_ITEM = re.compile(r"[-–+•*]")
_KINDS = (
    "nghị quyết|quyết định|chỉ thị|quy chế|quy định|thông cáo|thông báo|hướng dẫn|chương trình|kế hoạch|"
    "phương án|đề án|dự án|báo cáo|biên bản|tờ trình|hợp đồng|công điện|giấy mời|giấy giới thiệu|phiếu trình|"
    "phiếu gửi|phiếu chuyển|phiếu báo|giấy nghỉ phép|giấy ủy quyền|bản ghi nhớ|bản thỏa thuận|thư công"
).split("|")
_AUTHORITY = re.compile(
    r"(TM|KT|TL|TUQ|Q)\s*\.|(PHÓ |TỔNG )?(GIÁM ĐỐC|CHỦ TỊCH|TRƯỞNG|CHÁNH|CỤC TRƯỞNG|BÍ THƯ)|.*TRƯỞNG\b"
)
_BELOW = re.compile(r"(SỞ|BAN|CHI CỤC|TRUNG TÂM|VĂN PHÒNG|THANH TRA|PHÒNG|CỤC|TRƯỜNG|BỆNH VIỆN|ĐÀI|VIỆN)\b")
_ABOVE = re.compile(r"(UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|BỘ|SỞ|TỔNG CỤC|CỤC|HĐND|HỘI ĐỒNG NHÂN DÂN)\b")


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
        nation = self._first(lambda text: "cong hoa xa hoi" in text and "viet nam" in text, _HEAD_LINES)
        motto = self._first(lambda text: "doc lap" in text and "hanh phuc" in text, _HEAD_LINES)
        number = self._first(lambda text: _NUMBER.match(text) is not None, _HEAD_LINES)
        greeting = self._first(lambda text: text.startswith("kinh gui"), _HEAD_LINES)
        date, rest = self._date(greeting if greeting is not None else 30)
        kind = self._kind(number or 0, greeting)
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
        self._names(number if number is not None else greeting or 0, known)
        start = self._after_head(known, kind) if greeting is None else self._addressees(greeting, known)
        self._end(start, self._annexes(start))
        return parts

    def _kind(self, number: int, greeting: int | None) -> int | None:
        """Where the document names its kind, in capitals on a line of its own, below the number."""
        limit = greeting if greeting is not None else number + _KIND_LINES
        for at in range(number + 1, min(limit, len(self._lines))):
            text = self._lines[at].text
            if text.lower() in _KINDS and text == text.upper():
                self._parts.named_kind = text
                return at
        return None

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
                if _WHOLE_DATE.fullmatch(both) and _is_centred_on(self._lines[after], self._lines[at]):
                    return at, after
        return whole, None

    def _is_annex(self) -> bool:
        """Whether the file begins with “Phụ lục”, but for a signature's mark, and has nothing of a letter."""
        above = next((at for at, text in enumerate(self._folded[:8]) if _ANNEX.fullmatch(text)), None)
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
            below = _is_centred_on(line, first) if self._joins else line.where == first.where
            if after in known or not below or _size(line) != _size(first):
                break
            found.append(line)
        return found

    def _names(self, end: int, known: set[int]) -> None:
        """The bodies' names: capitals above the number, not bold for the upper one."""
        names = [
            self._lines[at]
            for at in range(end)
            if at not in known
            and self._lines[at].text.upper() == self._lines[at].text
            and _has_letters(self._lines[at])
        ]
        names = [
            line for line in names if fold(line.text) not in {"hoa toc", "thuong khan", "khan", "du thao"}
        ]
        plain = [line for line in names if not line.any_bold]
        bold = [line for line in names if line.any_bold]
        if not bold or not plain:
            split = 0
            if len(names) > 1 and _ABOVE.match(names[0].text) and _BELOW.match(names[1].text):
                split = 1
            plain, bold = names[:split], names[split:]
        self._parts.parent, self._parts.body_name = plain, bold

    def _addressees(self, greeting: int, known: set[int]) -> int:
        """Who the letter goes to; gives the index of the text's first line."""
        at = greeting + 1
        single = self._folded[greeting].removeprefix("kinh gui").strip(" :") != ""
        items: list[Line] = []
        while at < len(self._lines):
            line = self._lines[at]
            starts = _ITEM.match(line.text) is not None
            if at in known:
                pass
            elif starts and not single:
                items.append(line)
            elif self._joins and items and _hangs(items[-1], line):
                items[-1] = join(items[-1], line)
            elif self._joins and single and not items and _hangs(self._lines[greeting], line):
                self._parts.salutation = join(self._lines[greeting], line)
            else:
                break
            at += 1
        self._parts.addressees = items
        return at

    def _after_head(self, known: set[int], kind: int | None) -> int:
        """Where the text begins in a document without “Kính gửi”: below the name of its kind, or the head."""
        if kind is None:
            return max(known, default=-1) + 1
        at = kind + 1
        while at < len(self._lines) and at < kind + 6 and self._lines[at].is_bold:
            at += 1  # its subject, and who decides
        return at

    def _annexes(self, start: int) -> int:
        """The annexes; gives the index where the letter itself ends."""
        starts = [
            at for at in range(start, len(self._lines)) if _is_annex_head(self._lines[at], self._folded[at])
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
            folded = self._folded[at]
            if folded.startswith(("(kem theo", "(ban hanh kem")) or (
                reference and ")" not in self._folded[at - 1]
            ):
                reference.append(self._lines[at])
            elif reference or not (self._lines[at].is_bold or self._lines[at].text.isupper()):
                break
            else:
                title.append(self._lines[at])
            at += 1
        return AnnexLines(self._lines[first], tuple(title), tuple(reference), tuple(self._lines[at:last]))

    def _end(self, start: int, end: int) -> None:
        """Text, recipients and signature between `start` and the first annex."""
        lines, parts = self._lines, self._parts
        head = next((at for at in range(start, end) if self._folded[at].startswith("noi nhan")), None)
        floor = start if head is None else max(start, head - 4)
        authority = next((at for at in range(floor, end) if self._is_authority(at)), None)
        stop = min(at for at in (head, authority, end) if at is not None)
        parts.body = list(lines[start:stop])
        used: set[int] = set()
        if authority is not None:
            at = authority
            while at < end and (at == authority or self._is_authority(at, goes_on=True)):
                parts.authority.append(lines[at])
                used.add(at)
                at += 1
            if len(parts.authority) > 1 and not _AUTHORITY.match(parts.authority[-1].text):
                at -= 1  # a name in capitals
                parts.authority.pop()
            signer = next((each for each in range(at, end) if not self._is_item(each) and each != head), None)
            if signer is not None and len(lines[signer].text) < 60:
                parts.signer = lines[signer]
                used.add(signer)
        if head is not None:
            parts.recipients_head = lines[head]
            self._recipients([at for at in range(head + 1, end) if at not in used])

    def _recipients(self, order: list[int]) -> None:
        items: list[Line] = []
        for at in order:
            line = self._lines[at]
            if self._joins and items and not self._is_item(at):
                if _hangs(items[-1], line):
                    items[-1] = join(items[-1], line)
                continue
            if not self._joins and self._parts.recipients_head is not None:
                mine = self._parts.recipients_head.cell
                if line.cell != mine and not (
                    line.cell and mine and line.cell.table == mine.table and line.cell.column == mine.column
                ):
                    continue
            items.append(line)
        self._parts.recipients = items

    def _is_item(self, at: int) -> bool:
        return _ITEM.match(self._lines[at].text) is not None

    def _is_authority(self, at: int, *, goes_on: bool = False) -> bool:
        line = self._lines[at]
        if line.in_ruled_table or self._is_item(at) or len(line.text) > 60:
            return False
        if line.text == line.text.upper() and _has_letters(line):
            return goes_on or line.any_bold or _AUTHORITY.match(line.text) is not None
        return (
            not goes_on
            and _AUTHORITY.match(line.text.upper()) is not None
            and len(line.text) < 30
            and line.is_bold
        )


def _is_date(folded: str) -> bool:
    return _DATE.fullmatch(folded) is not None and len(folded) < _DATE_LETTERS and "(" not in folded


def _is_annex_head(line: Line, folded: str) -> bool:
    """“Phụ lục”, “Phụ lục I”, and what clerks write for them: “PHỤ LỤC: DANH SÁCH …” in capitals."""
    if _ANNEX.fullmatch(folded):
        return len(line.text) < _ANNEX_LETTERS
    return _TITLED_ANNEX.match(folded) is not None and line.text == line.text.upper()


def join(first: Line, second: Line) -> Line:
    """Two lines of one paragraph as one."""
    if not first.stretches:
        return second
    blank = Stretch(" ", first.stretches[-1].type)
    return Line(
        stretches=(*first.stretches, blank, *second.stretches),
        where=first.where,
        section=first.section,
        page=first.page,
        in_ruled_table=first.in_ruled_table,
        places=(*first.places, *second.places),
    )


def _hangs(item: Line, line: Line) -> bool:
    """Whether a line of a PDF goes on with the item above it: below its first letter, not further left."""
    if not item.places or not line.places:
        return False
    first, last, here = item.places[0], item.places[-1], line.places[0]
    below = 0 < here.baseline - last.baseline < 0.7 * _size(item)
    return below and first.left - 1 <= here.left <= first.left + 25 and _size(line) == _size(item)


def _is_centred_on(line: Line, other: Line) -> bool:
    if not line.places or not other.places:
        return False
    return abs(line.places[0].center - other.places[0].center) < 3 and line.page == other.page


def _size(line: Line) -> float:
    return max(line.sizes, default=0.0)


def _has_letters(line: Line) -> bool:
    return sum(char.isalpha() for char in line.text) >= 2
