"""A PDF as the rules see it: its lines joined to paragraphs, page numbers and tables told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dxassets.backends.pdf_reader import read_words
from dxassets.backends.written import PdfLine, PdfPage, PdfRule, PdfWords
from dxassets.checks.nd30.letter import Letter, Line, PdfFacts
from dxassets.checks.nd30.recognition import join, recognise

_NUMBER_ZONE_MM = 19.5
_STARTS = re.compile(r"[-–+•*]|\d+(\.\d+)*\.|[a-zđ]\)")
_LONG_MM = 40.0
"""A line that ends further than this from the right edge ends its paragraph."""


def letter_of_pdf(data: bytes) -> Letter:
    """The letter in a PDF; `UnreadableError` when it can't be opened."""
    words = read_words(data)
    numbers: list[Line | None] = [None] * len(words.pages)
    lines: list[Line] = []
    for written in words.lines:
        line = _line(written, words)
        page = words.pages[written.page - 1]
        if _is_page_number(line, page):
            numbers[written.page - 1] = line
        elif lines and _continues(lines[-1], line):
            lines[-1] = _widened(lines[-1], line)
        else:
            lines.append(line)
    parts = recognise(lines, joins=True)
    parts.body = _paragraphs(parts.body, words.pages)
    facts = PdfFacts(words.pages, words.rules, tuple(numbers), words.loose_families, words.lang)
    return Letter(tuple(lines), parts, pdf=facts)


def _line(written: PdfLine, words: PdfWords) -> Line:
    where = (f"trang {written.page}", f"page {written.page}")
    ruled = _in_table(written, [rule for rule in words.rules if rule.page == written.page])
    return Line(written.stretches, where, page=written.page, in_ruled_table=ruled, places=(written.place,))


def _in_table(line: PdfLine, rules: Sequence[PdfRule]) -> bool:
    """Whether the line stands between two upright rules."""
    upright = [
        rule
        for rule in rules
        if rule.bottom - rule.top > 3
        and rule.right - rule.left < 1.5
        and rule.top < line.place.baseline < rule.bottom + 1
    ]
    return any(rule.right <= line.place.left + 0.5 for rule in upright) and any(
        rule.left >= line.place.right - 0.5 for rule in upright
    )


def _is_page_number(line: Line, page: PdfPage) -> bool:
    baseline = line.places[0].baseline
    bare = re.fullmatch(r"[-–\s]*(trang\s*)?\d{1,3}([/\s]+\d+)?[-–\s]*", line.text.lower()) is not None
    return bare and (baseline < _NUMBER_ZONE_MM or baseline > page.height - _NUMBER_ZONE_MM)


def _continues(before: Line, after: Line) -> bool:
    """Whether a blank to be filled in parted one line: “Số:    /X”, “ngày    tháng”."""
    first, second = before.places[-1], after.places[0]
    level = before.page == after.page and abs(first.baseline - second.baseline) < 0.5
    gap = second.left - first.right
    text = after.text
    return level and 0 < gap < 25 and (text.startswith(("/", "tháng")) or text[:1].islower())


def _widened(before: Line, after: Line) -> Line:
    place = replace(before.places[-1], right=after.places[0].right)
    merged = join(before, after)
    return replace(merged, places=(*before.places[:-1], place))


def _paragraphs(lines: Sequence[Line], pages: Sequence[PdfPage]) -> list[Line]:
    """Lines of running text as paragraphs."""
    found: list[Line] = []
    for line in lines:
        if found and _goes_on(found[-1], line, pages):
            found[-1] = join(found[-1], line)
        else:
            found.append(line)
    return found


def _goes_on(paragraph: Line, line: Line, pages: Sequence[PdfPage]) -> bool:
    """Whether `line` is the next line of `paragraph`: below it, further left, and it was full."""
    if paragraph.in_ruled_table or line.in_ruled_table or _STARTS.match(line.text):
        return False
    if paragraph.text.endswith(("./.", ":")) and not paragraph.any_bold:
        return False
    first, last, here = paragraph.places[0], paragraph.places[-1], line.places[0]
    size = max(paragraph.sizes, default=14.0)
    full = last.right > pages[paragraph.page - 1].width - 15 - _LONG_MM
    at_edge = here.left < 37 and here.left <= first.left + 1
    if paragraph.page != line.page and line.page != paragraph.page + (len(paragraph.places) > 0):
        return False
    crosses = here.baseline < last.baseline
    pitch = here.baseline - last.baseline
    return (
        full
        and at_edge
        and max(line.sizes, default=size) == size
        and (crosses or pitch < size * 0.3528 * 2.6)
    )
