"""Finds the end of a document: its text, who signs, who receives it, and what else the file holds below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dxassets.checks.nd30.letter import AttachedLines, Line, Parts
from dxassets.checks.nd30.telling import (
    centred_on,
    has_letters,
    is_across,
    is_authority,
    is_item,
    is_reference,
    is_title,
    join,
    kind_of,
    size_of,
)
from dxassets.vietnamese import fold

_RIGHT_MM = 88.0
"""Where the signer's column begins in a PDF."""
_ABOVE_MM, _BELOW_MM = 16.0, 110.0
"""How far above and below “Nơi nhận:” the signer's lines stand."""
_LINE_END_MM = 8.0
"""A line of the list that ends further than this from its column's edge ends its entry."""
_TITLES_MM = 50.0
"""How far above an office held elsewhere the signer's title may begin."""
_NAME_LETTERS = 60
_ROOM_MM, _ROOM_PT, _EMPTY_LINES = 14.0, 40.0, 3
"""What shows that somebody signs between two lines: a gap, or so many empty paragraphs."""
_SIGNED = re.compile(r"\W*(da ky|chu ky|ky ten|ky, ghi|ky va ghi|dau)\b.*")
_FILED = re.compile(r"\W*luu\b")


def find_end(lines: Sequence[Line], parts: Parts, *, start: int, end: int, joins: bool) -> None:
    """Text, signature, recipients between `start` and the first annex at `end`, and attached documents."""
    _Closing(lines, parts, joins=joins).find(start, end)


class _Closing:
    def __init__(self, lines: Sequence[Line], parts: Parts, *, joins: bool) -> None:
        self._lines, self._parts, self._joins = lines, parts, joins
        self._folded = [fold(line.text) for line in lines]

    def find(self, start: int, end: int) -> None:
        lines, parts = self._lines, self._parts
        head = next((at for at in range(start, end) if _is_head(self._folded[at])), None)
        end = self._attached(head if head is not None else start, end)
        if head is not None and head >= end:
            head = None
        block = self._block(start, head, end)
        first = min(block, default=None)
        stop = min(at for at in (head, first, end) if at is not None)
        parts.body = [line for line in lines[start:stop] if has_letters(line) or line.text == "./."]
        self._signature([lines[at] for at in block])
        if head is not None:
            parts.recipients_head = lines[head]
            self._recipients(head, [at for at in range(head + 1, end) if at not in block])

    # --- who signs ---

    def _block(self, start: int, head: int | None, end: int) -> list[int]:
        """The signer's lines: those beside “Nơi nhận:”, or else what is set like a title below the text."""
        beside = self._beside(start, head, end) if head is not None else []
        at = next((each for each in beside if is_authority(self._lines[each])), None)
        if at is not None:
            return [*self._titles_above(at, start), *(each for each in beside if each >= at)]
        floor = start if head is None else max(start, head - 6)
        authority = next((at for at in range(floor, end) if is_authority(self._lines[at])), None)
        if authority is None:
            return []
        found, at = [authority], authority + 1
        while at < end and is_authority(self._lines[at], goes_on=True):
            found.append(at)
            at += 1
        for name in range(at, end):
            if is_item(self._lines[name]) or name == head:
                continue
            if _SIGNED.match(self._folded[name]):
                continue
            if len(self._lines[name].text) < _NAME_LETTERS:
                found.append(name)
            break
        return found

    def _titles_above(self, at: int, start: int) -> list[int]:
        """The signer's title far above “Nơi nhận:”, where line `at` is an office held elsewhere."""
        below = self._lines[at]
        if not below.places:
            return []
        above = [
            each
            for each in range(start, at)
            if centred_on(self._lines[each], below)
            and 0 < below.places[0].baseline - self._lines[each].places[0].baseline < _TITLES_MM
            and self._lines[each].places[0].left > _RIGHT_MM
        ]
        first = next((each for each in above if is_authority(self._lines[each])), None)
        return [] if first is None else [each for each in above if each >= first]

    def _beside(self, start: int, head: int, end: int) -> list[int]:
        """Lines of the column to the right of “Nơi nhận:”."""
        mark = self._lines[head]
        if mark.places:
            page, level = mark.page, mark.places[0].baseline
            found = [
                at
                for at in range(start, end)
                if self._lines[at].page == page
                and self._lines[at].places[0].left > _RIGHT_MM
                and -_ABOVE_MM < self._lines[at].places[0].baseline - level < _BELOW_MM
                and not self._lines[at].in_ruled_table
            ]
            return sorted(found, key=lambda at: (self._lines[at].places[0].baseline, at))
        cell = mark.cell
        if cell is None:
            return []
        return [
            at
            for at in range(start, end)
            if (other := self._lines[at].cell) is not None
            and other.table == cell.table
            and other.column > cell.column
        ]

    def _signature(self, block: Sequence[Line]) -> None:
        """The title's lines, then the name; what says “(Đã ký)” is neither."""
        said = [line for line in block if not _SIGNED.match(fold(line.text)) and has_letters(line)]
        titles: list[Line] = []
        for at, line in enumerate(said):
            if not is_authority(line, goes_on=at > 0) or (at and _is_far_below(said[at - 1], line)):
                break
            titles.append(line)
        rest = said[len(titles) :]
        if len(titles) > 1 and not rest and not is_title(titles[-1].text):
            rest = [titles.pop()]  # a name in capitals
        self._parts.authority = titles
        names = [line for line in rest if len(line.text) < _NAME_LETTERS and not is_item(line)]
        while names and len(names) > 1 and names[0].text == names[0].text.upper():
            names = names[1:]  # an office held elsewhere, above the name
        self._parts.signer = names[0] if names else None

    # --- who receives it ---

    def _recipients(self, head: int, order: list[int]) -> None:
        items: list[Line] = []
        for at in order:
            line = self._lines[at]
            filed = bool(items) and _FILED.match(fold(items[-1].text)) is not None
            if self._joins and line.places[0].left > _RIGHT_MM:
                continue
            if not self._joins and not self._is_below_head(line):
                continue
            goes_on = bool(items) and not is_item(line) and not items[-1].text.endswith((";", ".", ","))
            if self._joins and items and not is_item(line):
                done = items[-1].text.endswith(";") and items[-1].places[-1].right < _RIGHT_MM - _LINE_END_MM
                goes_on = _is_next(items[-1], line) and not done
            if goes_on:
                items[-1] = join(items[-1], line) if line.places else _lengthened(items[-1], line)
            elif filed:
                break
            elif is_item(line) or not self._joins or _is_below([self._lines[head], *items][-1], line):
                items.append(line)
        self._parts.recipients = [line for line in items if has_letters(line)]

    def _is_below_head(self, line: Line) -> bool:
        mine = self._parts.recipients_head.cell if self._parts.recipients_head is not None else None
        if line.cell == mine:
            return True
        same = line.cell is not None and mine is not None and line.cell.table == mine.table
        return same and line.cell is not None and mine is not None and line.cell.column == mine.column

    # --- what else is in the file ---

    def _attached(self, start: int, end: int) -> int:
        """Documents below the signature that the first one issues; where the first one ends."""
        limit = end
        for at in range(end - 1, start, -1):
            if is_reference(self._lines[at].text) and is_across(self._lines[at], joins=self._joins):
                first = self._title_above(at, start)
                if first is not None:
                    found = AttachedLines(
                        tuple(self._lines[first:at]), self._lines[at], tuple(self._lines[at + 1 : limit])
                    )
                    self._parts.attached.insert(0, found)
                    limit = first
        again = next((at for at in range(start + 1, limit) if "cong hoa xa hoi" in self._folded[at]), None)
        return limit if again is None else self._column_above(again, start)

    def _title_above(self, reference: int, start: int) -> int | None:
        """Where the title above a reference begins, if it names a kind."""
        for at in range(reference - 1, max(start, reference - 8), -1):
            if kind_of(self._lines[at]):
                return at
        return None

    def _column_above(self, nation: int, start: int) -> int:
        """Where the letterhead of a second document begins: above its national name stand its bodies."""
        at = nation
        while at > start + 1 and self._lines[at - 1].text == self._lines[at - 1].text.upper():
            if self._lines[at - 1].page != self._lines[nation].page or is_item(self._lines[at - 1]):
                break
            if self._lines[at - 1].cell != self._lines[nation].cell and self._lines[nation].cell is None:
                break
            at -= 1
        return at


def _is_far_below(above: Line, below: Line) -> bool:
    """Whether there is room for a signature between two lines: what follows is 7b, and no title."""
    if above.places and below.places:
        return above.page == below.page and below.places[0].baseline - above.places[-1].baseline > _ROOM_MM
    if below.shape is None or above.shape is None:
        return False
    empty = below.paragraph - above.paragraph - 1 if above.cell == below.cell else 0
    return empty >= _EMPTY_LINES or below.shape.before_pt >= _ROOM_PT


def _is_head(folded: str) -> bool:
    return folded.startswith("noi nhan") and len(folded) < 24


def _is_next(item: Line, line: Line) -> bool:
    """Whether a line of a PDF goes on with the recipient above it."""
    last, here = item.places[-1], line.places[0]
    near = 0 < here.baseline - last.baseline < 0.7 * size_of(item)
    return near and here.left >= item.places[0].left - 1 and size_of(line) == size_of(item)


def _is_below(item: Line, line: Line) -> bool:
    """Whether a line of a PDF stands in the list below a recipient, if without a dash."""
    near = 0 < line.places[0].baseline - item.places[-1].baseline < 0.9 * size_of(item)
    return near and abs(line.places[0].left - item.places[0].left) < _RIGHT_MM / 10


def _lengthened(item: Line, line: Line) -> Line:
    """A Word paragraph with the next one, which goes on where it broke off."""
    joined = join(item, line)
    return Line(joined.stretches, item.where, item.section, shape=item.shape, cell=item.cell)
