"""A Word file as the rules see it."""

from __future__ import annotations

from collections.abc import Iterator

from dxassets.backends.word_reader import read_word
from dxassets.backends.written import Stretch, WordLine, WordWords
from dxassets.checks.nd30.letter import Letter, Line, WordFacts
from dxassets.checks.nd30.recognition import recognise


def letter_of_word(data: bytes) -> Letter:
    """The letter in a Word file; `UnreadableError` when it can't be opened."""
    words = read_word(data)
    lines = tuple(
        line for number, each in enumerate(words.lines, start=1) for line in _lines(each, number, words)
    )
    parts = recognise(lines, joins=False)
    return Letter(lines, parts, word=WordFacts(words.sections, words.tables, words.boxes))


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
            shape=paragraph.shape,
            cell=cell,
            in_ruled_table=ruled,
            rules_mm=paragraph.rules_mm if last else (),
            has_picture=paragraph.has_picture and last,
            lang=paragraph.lang,
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
