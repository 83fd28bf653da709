"""A Word file as the rules see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dxassets.backends.word_reader import read_word
from dxassets.backends.written import Stretch, WordLine, WordWords
from dxassets.checks.nd30.letter import Letter, Line, WordFacts
from dxassets.checks.nd30.recognition import recognise
from dxassets.checks.nd30.stamps import without_stamps
from dxassets.vietnamese import fold

_HEAD_LINES = 30
_END_LINES = 25
_PUSHED = re.compile(r"\t| {20,}")
"""What stands before the right column, where the left one has nothing."""
_GAP = re.compile(r"\t+| {4,}")
_SPLIT = re.compile(r"cong hoa xa hoi|doc lap|dang cong san|,\s*ngay|so\s*:|v/v|noi nhan\s*:")
"""What stands in the columns of a letterhead that was made without a table."""


def letter_of_word(data: bytes) -> Letter:
    """The letter in a Word file; `UnreadableError` when it can't be opened."""
    return letter_of_words(read_word(data))


def letter_of_words(words: WordWords) -> Letter:
    """The letter in what was read of a Word file."""
    lines = tuple(
        line for number, each in enumerate(words.lines, start=1) for line in _lines(each, number, words)
    )
    lines = without_stamps(_in_columns(lines))
    parts = recognise(lines, joins=False)
    return Letter(lines, parts, word=WordFacts(words.sections, words.tables, words.boxes, words.pages))


def _lines(paragraph: WordLine, number: int, words: WordWords) -> Iterator[Line]:
    """A paragraph, in as many lines as its own line breaks make."""
    cell = paragraph.cell
    ruled = cell is not None and words.tables[cell.table].bordered
    where = (f"đoạn {number}", f"paragraph {number}")
    if cell is not None:
        where = (
            f"đoạn {number} (bảng {cell.table + 1}, hàng {cell.row + 1}, cột {cell.column + 1})",
            f"paragraph {number} (table {cell.table + 1}, row {cell.row + 1}, column {cell.column + 1})",
        )
    pieces = _pieces(paragraph.stretches)
    for at, stretches in enumerate(pieces):
        last = at == len(pieces) - 1
        yield Line(
            stretches=stretches,
            where=where,
            section=paragraph.section,
            paragraph=number - 1,
            shape=paragraph.shape,
            cell=cell,
            in_ruled_table=ruled,
            rules_mm=paragraph.rules_mm if last else (),
            has_picture=paragraph.has_picture and last,
            lang=paragraph.lang,
            breaks_page=paragraph.breaks_page and at == 0,
        )


def _pieces(stretches: tuple[Stretch, ...]) -> list[tuple[Stretch, ...]]:
    lines: list[list[Stretch]] = [[]]
    for stretch in stretches:
        for at, text in enumerate(stretch.text.split("\n")):
            if at:
                lines.append([])
            if text:
                lines[-1].append(Stretch(text, stretch.type))
    return [tuple(line) for line in lines]


def _in_columns(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines; those of a letterhead without a table, each column by itself."""
    found: list[Line] = []
    at = 0
    while at < len(lines):
        line, inner = lines[at], lines[at].raw.strip()
        ends = "noi nhan" in fold(inner)
        if (at < _HEAD_LINES or ends) and line.cell is None and _GAP.search(inner):
            columns = list(_columns(line))
            if len(columns) > 1 and any(_SPLIT.search(fold(each.text)) for each in columns[:2]):
                signed, height = _beside(lines[at + 1 :]) if ends else ([], 0)
                found += [columns[0], *(left for left, _ in signed if left is not None), *columns[1:]]
                found += [right for _, right in signed if right is not None]
                at += 1 + height
                continue
        found.append(line)
        at += 1
    return tuple(found)


def _beside(lines: Sequence[Line]) -> tuple[list[tuple[Line | None, Line | None]], int]:
    """The lines below “Nơi nhận:”, each in a left and a right part, as far down as somebody signs beside it.

    And how many they are: made with tabs, recipients and signature share their paragraphs.
    """
    found: list[tuple[Line | None, Line | None]] = []
    height = 0
    for line in lines[:_END_LINES]:
        if line.cell is not None or line.breaks_page:
            break
        columns = list(_columns(line)) if line.text else []
        pushed = bool(columns) and _PUSHED.match(line.raw) is not None
        if len(columns) > 1 or pushed:
            found.append((None if pushed else columns[0], columns[-1]))
            height = len(found)
        else:
            found.append((line, None))
    return found[:height], height


def _columns(line: Line) -> Iterator[Line]:
    """The pieces of a paragraph between tabs or long gaps."""
    raw = line.raw
    gaps = [match.span() for match in _GAP.finditer(raw)]
    starts = [0, *(end for _, end in gaps)]
    ends = [*(start for start, _ in gaps), len(raw)]
    spans = [(start, end) for start, end in zip(starts, ends, strict=True) if raw[start:end].strip()]
    for at, (start, end) in enumerate(spans):
        rules = line.rules_mm if at == len(spans) - 1 else ()
        yield replace(line, stretches=_cut_out(line, start, end), rules_mm=rules, is_pushed=True)


def _cut_out(line: Line, start: int, end: int) -> tuple[Stretch, ...]:
    found: list[Stretch] = []
    at = 0
    for stretch in line.stretches:
        text = stretch.text[max(0, start - at) : max(0, end - at)]
        at += len(stretch.text)
        if text:
            found.append(Stretch(text, stretch.type))
    return tuple(found)
