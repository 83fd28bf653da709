"""A PDF as the rules see it: its lines joined to paragraphs, page numbers and tables told apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dxassets.backends.pdf_reader import read_words
from dxassets.backends.written import PdfLine, PdfPage, PdfRule, PdfWords
from dxassets.checks.nd30.letter import Letter, Line, PdfFacts
from dxassets.checks.nd30.recognition import join, recognise
from dxassets.checks.nd30.stamps import without_stamps

_NUMBER_ZONE_MM = 19.5
_NOTE_MARK_PT, _NOTE_PT = 9.0, 12.1
"""Sizes that footnotes stay below: their marks', and their text's."""
_ADDRESS_PT, _ADDRESS_MM = (10.8, 12.2), 150.0
"""Sizes of a body's address, and how long at least the line above it is."""
_STARTS = re.compile(r"[-–+•*]|\d+(\.\d+)*\.|[a-zđ]\)")
_LONG_MM = 40.0
"""A line that ends further than this from the right edge ends its paragraph."""


def letter_of_pdf(data: bytes) -> Letter:
    """The letter in a PDF; `UnreadableError` when it can't be opened."""
    words = read_words(data)
    numbers: list[Line | None] = [None] * len(words.pages)
    lines: list[Line] = []
    noted = _footnotes(words) | _address(words)
    for written in words.lines:
        line = _line(written, words)
        if written in noted:
            continue
        page = words.pages[written.page - 1]
        if _is_page_number(line, page):
            numbers[written.page - 1] = line
        elif lines and _continues(lines[-1], line):
            lines[-1] = _widened(lines[-1], line)
        else:
            lines.append(line)
    tops = {line.page: line.places[0].baseline for line in sorted(lines, key=_baseline, reverse=True)}
    lines = list(without_stamps(lines))
    parts = recognise(lines, joins=True)
    parts.body = _paragraphs(parts.body, words.pages)
    parts.is_signed_elsewhere = _has_scanned_page(words)
    facts = PdfFacts(
        words.pages, words.rules, tuple(numbers), words.loose_families, words.lang, tuple(tops.values())
    )
    return Letter(tuple(lines), parts, pdf=facts)


def _baseline(line: Line) -> float:
    return line.places[0].baseline


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
    mark = max(line.sizes, default=0.0) < _NOTE_MARK_PT  # a footnote's, at the page's foot
    return bare and not mark and (baseline < _NUMBER_ZONE_MM or baseline > page.height - _NUMBER_ZONE_MM)


def _footnotes(words: PdfWords) -> set[PdfLine]:
    """Lines at a page's foot that are notes: small type, the first of it with a small mark before it."""
    found: set[PdfLine] = set()
    for number, page in enumerate(words.pages, start=1):
        lines = sorted(
            (line for line in words.lines if line.page == number), key=lambda line: line.place.baseline
        )
        below: list[PdfLine] = []
        while lines and _pt(lines[-1]) <= _NOTE_PT and lines[-1].place.baseline > page.height / 2:
            below.insert(0, lines.pop())
        marked = next((at for at, line in enumerate(below) if _is_marked(line)), None)
        found |= set(below[marked:]) if marked is not None else set()
    return found


def _address(words: PdfWords) -> set[PdfLine]:
    """The body's address at the foot of the first page: small type below a line across the text (III.4)."""
    if not words.pages:
        return set()
    half = words.pages[0].height / 2
    wide = [rule for rule in words.rules if rule.page == 1 and _is_wide(rule) and rule.top > half]
    for rule in wide:
        below = [line for line in words.lines if line.page == 1 and line.place.baseline > rule.bottom]
        if below and all(_ADDRESS_PT[0] <= _pt(line) <= _ADDRESS_PT[1] for line in below):
            return set(below) if not any(_in_table(line, words.rules) for line in below) else set()
    return set()


def _is_wide(rule: PdfRule) -> bool:
    return rule.bottom - rule.top < 1 and rule.right - rule.left > _ADDRESS_MM


def _is_marked(line: PdfLine) -> bool:
    first = line.stretches[0]
    alone = first.text.strip().strip("[]()*")
    return (alone.isdigit() or not alone) and first.type.size_pt < _NOTE_MARK_PT


def _pt(line: PdfLine) -> float:
    return max((stretch.type.size_pt for stretch in line.stretches if stretch.text.strip()), default=0.0)


def _has_scanned_page(words: PdfWords) -> bool:
    """Whether some page is a picture alone, as a signed last page that was scanned is."""
    written = {line.page for line in words.lines}
    return any(
        number not in written
        and any(
            (right - left) * (bottom - top) > page.width * page.height / 2
            for left, top, right, bottom in page.pictures
        )
        for number, page in enumerate(words.pages, start=1)
    )


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
