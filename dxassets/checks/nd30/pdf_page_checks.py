"""Rules of a PDF's pages: paper, margins, tables, page numbers (Phụ lục I, Phần I, mục I)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from dxassets.backends.written import PdfPage, Place
from dxassets.checks.nd30.letter import Letter, Line, PdfFacts
from dxassets.checks.nd30.looks import together
from dxassets.checks.nd30.page_checks import FILE
from dxassets.checks.nd30.rules import Fault, Said
from dxassets.checks.nd30.word_page_checks import HANGS_MM, beside_number
from dxassets.notation import told

_MM = 0.6
_UPRIGHT = (20.0, 15.0, 20.0, 30.0)
"""The least margins of an upright page: top, right, bottom, left."""
_RULE_MM = 0.2
"""Half of a table's line, which is drawn to both sides of its edge."""
_ENOUGH_LINES = 12
_ENOUGH_FULL = 6
_ASCENT_MM = 4.2
"""From the top of a line of 13-14 pt, single, to its baseline."""
_DESCENT_MM = 1.0
_LEADING_MM = 4.0
"""What wider line spacing and a mark above the letterhead may add."""


def check_pdf_pages(letter: Letter) -> Iterator[Fault]:
    """Every rule of the page that is broken, in a PDF."""
    if letter.pdf is not None:
        yield from _pdf_pages(letter.pdf, letter)
        yield from _pdf_numbers(letter.pdf, letter)


def _pdf_pages(pdf: PdfFacts, letter: Letter) -> Iterator[Fault]:
    for number, page in enumerate(pdf.pages, start=1):
        where = (f"trang {number}", f"page {number}")
        short_side, long_side = sorted((page.width, page.height))
        if abs(short_side - 210) > 1 or abs(long_side - 297) > 1:
            yield Fault("P1", where, told("{} × {} mm", "{} × {} mm", page.width, page.height, places=0))
            continue
        wrong = _ink(letter, number, page)
        if wrong:
            yield Fault("P2", where, together(wrong))
        yield from _pdf_table(pdf, number, where)
    wide = [*_wide_sides(letter), *_wide_top(letter), *_wide_bottom(letter)]
    if wide:
        yield Fault("P2", FILE, together(wide))


def _ink(letter: Letter, number: int, page: PdfPage) -> list[Said]:
    """What stands in a page's margins; those of a page that was turned may have turned with it."""
    lines = [line for line in letter.lines if line.page == number]
    places = [place for line in lines for place in line.places]
    free = [place for line in lines if not line.in_ruled_table for place in line.places]
    texts = [
        place.left
        for line in letter.parts.body
        for place in line.places
        if len(line.places) > 1 and line.page == number
    ]
    ways = [_in_margins(places, free, texts, page, margins) for margins in _margins(page)]
    return min(ways, key=len)


def _margins(page: PdfPage) -> list[tuple[float, float, float, float]]:
    """The least margins of a page: top, right, bottom, left."""
    return [_UPRIGHT, (30, 20, 15, 20), (15, 20, 30, 20)] if page.width > page.height else [_UPRIGHT]


def _in_margins(
    places: Sequence[Place],
    free: Sequence[Place],
    texts: Sequence[float],
    page: PdfPage,
    margins: tuple[float, float, float, float],
) -> list[Said]:
    top, right, bottom, left = margins
    wrong: list[Said] = []
    first = min((place.left for place in free), default=left)
    if first < left - HANGS_MM or (texts and min(texts) < left - _MM):
        wrong.append(told("trái {} mm", "left {} mm", first, places=1))
    last = page.width - max((place.right for place in free), default=0.0)
    if last < right - (1.0 if texts else HANGS_MM):
        wrong.append(told("phải {} mm", "right {} mm", last, places=1))
    if places and min(place.baseline for place in places) < top:
        wrong.append((f"lề trên nhỏ hơn {top:.0f} mm", f"top under {top:.0f} mm"))
    low = page.height - max((place.baseline for place in places), default=0.0)
    if low < bottom - _MM:
        wrong.append(told("dưới {} mm", "bottom {} mm", low, places=1))
    return wrong


# A PDF shows ink, not margins. That a margin is too wide shows only in the ink that reaches furthest on all
# its pages: a short last page is lawful, and so is a page that ends early to keep a title with its text.


def _wide_sides(letter: Letter) -> Iterator[Said]:
    """Left and right margins wider than 35 and 20 mm, where there is enough text to tell."""
    text = [line for line in letter.parts.body if not line.in_ruled_table]
    places = [place for line in text for place in line.places]
    paragraphs = [line for line in text if len(line.places) > 1]
    full = [place.right for line in paragraphs for place in line.places[:-1]]
    if len(places) <= _ENOUGH_LINES or letter.pdf is None:
        return
    left = min(place.left for place in places)
    if left > 35 + _MM:
        yield told("lề trái rộng {} mm", "the left margin is {} mm wide", left, places=1)
    if len(full) < _ENOUGH_FULL:
        return
    edge = max(full)
    right = letter.pdf.pages[paragraphs[0].page - 1].width - edge
    justified = sum(edge - each < 1 for each in full) * 2 > len(full)
    if justified and right > 20 + _MM:
        yield told("lề phải rộng {} mm", "the right margin is {} mm wide", right, places=1)


def _wide_top(letter: Letter) -> Iterator[Said]:
    """A top margin wider than 25 mm: no page begins higher."""
    if letter.parts.copy is not None and letter.parts.nation is None:
        return  # what a copy adds is printed wherever the copied document ends
    tops = [top - _ASCENT_MM for top in letter.pdf.tops] if letter.pdf is not None else []
    if tops and min(tops) > 25 + _LEADING_MM:
        top = min(tops)
        yield told("lề trên rộng khoảng {} mm", "the top margin is about {} mm wide", top, places=0)


def _wide_bottom(letter: Letter) -> Iterator[Said]:
    """A bottom margin wider than 25 mm: no page whose last paragraph goes on overleaf reaches lower."""
    if letter.pdf is None:
        return
    ends: list[float] = []
    pitches: list[float] = []
    for line in letter.parts.body:
        for above, below in pairwise(line.places) if not line.in_ruled_table else ():
            if below.baseline > above.baseline:
                pitches.append(below.baseline - above.baseline)
            else:
                ends.append(letter.pdf.pages[line.page - 1].height - above.baseline - _DESCENT_MM)
    # Room for less than a line stays empty, and for one more, so that the next page has two lines of it.
    spare = 2 * max(pitches, default=8.0)
    if ends and min(ends) > 25 + spare:
        yield told("lề dưới rộng khoảng {} mm", "the bottom margin is about {} mm wide", min(ends), places=0)


def _pdf_table(pdf: PdfFacts, number: int, where: Said) -> Iterator[Fault]:
    page = pdf.pages[number - 1]
    rules = [rule for rule in pdf.rules if rule.page == number]
    over = min(
        max((max(left - rule.left, rule.right - (page.width - right)) for rule in rules), default=0.0)
        for _, right, _, left in _margins(page)
    )
    if over > HANGS_MM + _RULE_MM:
        yield Fault("T2", where, told("lấn {} mm", "{} mm over", over, places=1))


def _pdf_numbers(pdf: PdfFacts, letter: Letter) -> Iterator[Fault]:
    starts = {annex.word.page for annex in letter.parts.annexes}
    issued = {attached.title[0].page for attached in letter.parts.attached}
    if pdf.numbers and pdf.numbers[0] is not None:
        yield Fault("P7", ("trang 1", "page 1"))
    expected = 0
    for number, (page, shown) in enumerate(zip(pdf.pages, pdf.numbers, strict=True), start=1):
        # What a decision issues may be numbered by itself, or go on: the decree does not say.
        again = number in issued and (shown is None or _digits(shown) == "1")
        expected = 1 if number in starts or number == 1 or again else expected + 1
        where = (f"trang {number}", f"page {number}")
        if shown is None:
            if expected > 1:
                yield Fault("P6", where, ("không có", "is missing"))
            continue
        place = shown.places[0]
        problems: list[Said] = []
        if place.baseline > page.height / 2:
            problems.append(("nằm ở lề dưới", "stands in the bottom margin"))
        if min(abs(place.center - page.width / 2), abs(place.center - (page.width + 15) / 2)) > 3:
            problems.append(("không ở giữa", "is not centred"))
        if any(not 12.9 <= size <= 14.1 for size in shown.sizes):
            size = max(shown.sizes)
            problems.append(told("cỡ {}", "is {} pt", size))
        problems += beside_number(shown.text)
        if problems:
            yield Fault("P6", where, together(problems))
        if starts and number >= min(starts) and _digits(shown) != str(expected):
            yield Fault("P8", where)


def _digits(line: Line) -> str:
    return "".join(filter(str.isdigit, line.text))
