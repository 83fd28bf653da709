"""The Word file, laid out by LibreOffice, and our PDF: the same document, page for page. Measured."""

from __future__ import annotations

import datetime
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from dxassets.backends.pdf_reader import page_sizes, read_words
from dxassets.backends.written import PdfLine, PdfWords
from dxassets.checks.nd30.from_pdf import letter_of_pdf
from dxassets.checks.nd30.letter import Letter, Line
from dxassets.dispatch import LetterFill
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx
from tests.letter_support import BLANK, bundled, parts, rows_of, rules_broken, word_to_pdf

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
LETTERHEAD_MM = 2.0
LINE_MM = 2.0


@pytest.fixture(scope="session")
def ours() -> bytes:
    return letter_pdf(bundled(), BLANK, parts())


@pytest.fixture(scope="session")
def theirs(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder: Path = tmp_path_factory.mktemp("office")
    return word_to_pdf(letter_docx(bundled(), BLANK, parts()), folder, squeezed=False)


def words_of(pages: PdfWords, number: int) -> list[str]:
    """A page's words in the file's order, without the page number, which programs write first or last."""
    lines = [line for line in pages.lines if line.page == number and line.place.baseline > 19]
    return [word for line in lines for word in text_of(line).split()]


def text_of(line: PdfLine) -> str:
    return "".join(stretch.text for stretch in line.stretches).replace("\u00a0", " ")


def test_the_same_pages_with_the_same_words_in_the_same_order(ours: bytes, theirs: bytes) -> None:
    mine, other = read_words(ours), read_words(theirs)
    assert len(mine.pages) == len(other.pages) == 5
    for ours_page, their_page in zip(page_sizes(ours), page_sizes(theirs), strict=True):
        assert ours_page.width == pytest.approx(their_page.width, abs=0.2)
        assert ours_page.height == pytest.approx(their_page.height, abs=0.2)
    for number in range(1, 6):
        assert words_of(mine, number) == words_of(other, number)


def test_no_face_but_the_wanted_one(ours: bytes, theirs: bytes) -> None:
    for data in (ours, theirs):
        pages = read_words(data)
        assert {stretch.type.family for line in pages.lines for stretch in line.stretches} == {"Tinos"}
        assert pages.loose_families == ()


def test_every_paragraph_begins_and_ends_on_the_same_page(ours: bytes, theirs: bytes) -> None:
    def where(letter: Letter) -> list[tuple[str, int, int]]:
        return [(line.text, line.page, len(line.places)) for line in letter.parts.body]

    mine, other = where(letter_of_pdf(ours)), where(letter_of_pdf(theirs))
    assert len(mine) > 25
    assert mine == other


def test_squeezed_lines_leave_every_paragraph_on_its_page(ours: bytes, tmp_path: Path) -> None:
    """Word may fit a word more on a line than the PDF does, and so need fewer lines, never more."""
    squeezed = letter_of_pdf(word_to_pdf(letter_docx(bundled(), BLANK, parts()), tmp_path))
    mine = letter_of_pdf(ours)
    for one, two in zip(mine.parts.body, squeezed.parts.body, strict=True):
        assert unbroken(one.text) == unbroken(two.text)
        assert one.page == two.page
        assert len(two.places) in {len(one.places), len(one.places) - 1}


def unbroken(text: str) -> str:
    """The letters alone: of a number that is broken after its dash, PDFium takes the dash for a hyphen."""
    return re.sub(r"[\s-]", "", text)


def test_letterhead_stands_within_two_millimetres(ours: bytes, theirs: bytes) -> None:
    pairs = list(zip(letterhead(letter_of_pdf(ours)), letterhead(letter_of_pdf(theirs)), strict=True))
    assert len(pairs) >= 10
    for mine, other in pairs:
        assert mine.text.split() == other.text.split()
        for one, two in zip(mine.places, other.places, strict=True):
            assert one.baseline == pytest.approx(two.baseline, abs=LETTERHEAD_MM)
            assert one.left == pytest.approx(two.left, abs=LETTERHEAD_MM)
            assert one.right == pytest.approx(two.right, abs=LETTERHEAD_MM)


def letterhead(letter: Letter) -> Sequence[Line]:
    found = letter.parts
    heads = (found.nation, found.motto, found.number, found.date, found.salutation)
    return [
        *found.parent,
        *found.body_name,
        *(line for line in heads if line),
        *found.subject,
        *found.addressees,
    ]


def test_drawn_rules_are_as_long_and_stand_alike(ours: bytes, theirs: bytes) -> None:
    def rules(data: bytes) -> list[tuple[float, float, float]]:
        drawn = [rule for rule in read_words(data).rules if rule.page == 1 and rule.right - rule.left > 10]
        found = {
            (round(rule.left), round(rule.right)): (rule.left, rule.right, rule.top)
            for rule in drawn
            if rule.bottom < 45
        }
        return sorted(found.values())

    assert len(rules(ours)) == len(rules(theirs)) == 2
    for mine, other in zip(rules(ours), rules(theirs), strict=True):
        assert mine == pytest.approx(other, abs=LETTERHEAD_MM)


def test_lines_of_the_text_stand_at_the_same_height(ours: bytes, theirs: bytes) -> None:
    for mine, other in zip(letter_of_pdf(ours).parts.body, letter_of_pdf(theirs).parts.body, strict=True):
        for one, two in zip(mine.places, other.places, strict=True):
            assert one.baseline == pytest.approx(two.baseline, abs=LINE_MM)


def test_table_rows_stand_on_the_same_pages(ours: bytes, theirs: bytes) -> None:
    def rows(data: bytes) -> list[tuple[str, int]]:
        found = [
            (text_of(line), line.page)
            for line in read_words(data).lines
            if line.page > 3 and line.place.left < 45
        ]
        return [(text, page) for text, page in found if text in {"STT", "1", "2", "3", "4"}]

    mine = rows(ours)
    assert [text for text, _ in mine if text.isdigit()][-4:] == ["1", "2", "3", "4"]
    assert mine == rows(theirs)


def test_libreoffices_pdf_passes_the_linter_too(theirs: bytes) -> None:
    assert rules_broken(theirs, "a.pdf") == []


def test_a_long_annex_breaks_its_rows_on_the_same_pages(tmp_path: Path) -> None:
    dispatch = rows_of(150)
    # Filled in: LibreOffice sets no-break blanks in italics wider than the typeface says.
    fill = LetterFill("12", datetime.date(2022, 9, 21))
    mine = read_words(letter_pdf(dispatch, fill, parts()))
    other = read_words(word_to_pdf(letter_docx(dispatch, fill, parts()), tmp_path, squeezed=False))
    assert len(mine.pages) == len(other.pages) > 3
    for number in range(1, len(mine.pages) + 1):
        assert words_of(mine, number) == words_of(other, number)
    heads = [number for number in range(2, len(mine.pages) + 1) if "STT" in words_of(mine, number)]
    assert heads == list(range(2, len(mine.pages) + 1))
