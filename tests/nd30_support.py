"""A letter as its reader hands it to the linter's rules, with a length or size of it set to any value.

No file is written anew: what was read of a good letter is changed, so that a limit can be tried from
either side, a hundredth of a millimetre away, and a hundred limits take no longer than a few files.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import pytest

from dxassets.backends.pdf_reader import read_words
from dxassets.backends.word_reader import read_word
from dxassets.backends.written import ParagraphShape, PdfLine, PdfWords, Stretch, Type, WordLine, WordWords
from dxassets.checks.nd30 import from_pdf, from_word
from dxassets.dispatch import WHOLE, Edition
from dxassets.kinds.letter.pdf_letter import letter_pdf
from tests.letter_support import BLANK, bundled, parts, rules_broken, small, small_docx

WordChange = Callable[[WordWords], WordWords]
PdfChange = Callable[[PdfWords], PdfWords]
_TYPE, _SHAPE = ({each.name for each in fields(kind)} for kind in (Type, ParagraphShape))


@dataclass(frozen=True)
class Limit:
    """One numeric rule: what makes a letter of a value, values that are allowed, and values that are not."""

    rule: str
    what: str
    change: Callable[[Any], Any]
    good: Sequence[Any]
    bad: Sequence[Any]


def sides(limits: Sequence[Limit]) -> list[Any]:
    """Each value of each limit as a case of its own: the limit, the value, whether it breaks the rule."""
    return [
        pytest.param(limit, value, breaks, id=f"{limit.rule} {limit.what} {value}")
        for limit in limits
        for breaks, values in ((False, limit.good), (True, limit.bad))
        for value in values
    ]


# --- Word -------------------------------------------------------------------------------------------


@cache
def _words(edition: Edition) -> WordWords:
    return read_word(small_docx(edition))


def word_rules(change: WordChange, edition: Edition = WHOLE) -> list[str]:
    """The rules that the small letter breaks once it was changed."""
    changed = change(_words(edition))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(from_word, "read_word", lambda _data: changed)
        return rules_broken(b"", "a.docx")


def text_of(line: WordLine | PdfLine) -> str:
    return "".join(stretch.text for stretch in line.stretches).strip()


def _looking(line: WordLine, looks: dict[str, Any]) -> WordLine:
    types = {name: value for name, value in looks.items() if name in _TYPE}
    shapes = {name: value for name, value in looks.items() if name in _SHAPE}
    rest = {name: value for name, value in looks.items() if name not in _TYPE | _SHAPE}
    if "text" in rest:
        first = line.stretches[0].type
        line = replace(line, stretches=(Stretch(rest.pop("text"), first),))
    stretches = tuple(Stretch(each.text, replace(each.type, **types)) for each in line.stretches)
    return replace(line, stretches=stretches, shape=replace(line.shape, **shapes), **rest)


def word(start: str, **looks: Any) -> WordChange:
    """Every paragraph that begins so, with other looks: of its letters, its layout, or other words."""

    def change(words: WordWords) -> WordWords:
        assert any(text_of(line).startswith(start) for line in words.lines), start
        lines = (_looking(line, looks) if text_of(line).startswith(start) else line for line in words.lines)
        return replace(words, lines=tuple(lines))

    return change


def body(**looks: Any) -> WordChange:
    """All paragraphs of the text and of the annex's text."""

    def change(words: WordWords) -> WordWords:
        lines = (
            _looking(line, looks) if line.shape.first_line_mm > 5 and line.cell is None else line
            for line in words.lines
        )
        return replace(words, lines=tuple(lines))

    return change


def section(number: int = 0, **looks: Any) -> WordChange:
    """The letter's section (0) or the annex's (1)."""

    def change(words: WordWords) -> WordWords:
        sections = list(words.sections)
        sections[number] = replace(sections[number], **looks)
        return replace(words, sections=tuple(sections))

    return change


def table(**looks: Any) -> WordChange:
    """The annex's table."""
    return lambda words: replace(words, tables=(*words.tables[:-1], replace(words.tables[-1], **looks)))


def number_line(**looks: Any) -> WordChange:
    """The page number in the header, whose field looks like its letters."""

    def change(words: WordWords) -> WordWords:
        first = words.sections[0]
        header = tuple(
            replace(_looking(line, looks), page_field=replace(line.page_field, **looks))
            if line.page_field
            else line
            for line in first.header
        )
        return replace(words, sections=(replace(first, header=header), *words.sections[1:]))

    return change


def both(*changes: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def change(words: Any) -> Any:
        for each in changes:
            words = each(words)
        return words

    return change


# --- PDF --------------------------------------------------------------------------------------------


@cache
def _pdf(*, whole: bool) -> PdfWords:
    return read_words(letter_pdf(bundled() if whole else small(), BLANK, parts()))


def pdf_rules(change: PdfChange, *, whole: bool = False) -> list[str]:
    """The rules that the small letter (with `whole`, the campaign's own) breaks as a changed PDF."""
    changed = change(_pdf(whole=whole))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(from_pdf, "read_words", lambda _data: changed)
        return rules_broken(b"", "a.pdf")


def lines_where(fits: Callable[[PdfLine], bool], move: Callable[[PdfLine], PdfLine]) -> PdfChange:
    """Some lines, each as `move` makes it."""

    def change(words: PdfWords) -> PdfWords:
        assert any(map(fits, words.lines))
        return replace(words, lines=tuple(move(line) if fits(line) else line for line in words.lines))

    return change


def shifted(line: PdfLine, dx: float = 0.0, dy: float = 0.0) -> PdfLine:
    at = line.place
    return replace(line, place=replace(at, left=at.left + dx, right=at.right + dx, baseline=at.baseline + dy))


def pdf(start: str, dx: float = 0.0, dy: float = 0.0) -> PdfChange:
    """Every line that begins so, moved."""
    return lines_where(lambda line: text_of(line).startswith(start), lambda line: shifted(line, dx, dy))


def pdf_type(start: str, **looks: Any) -> PdfChange:
    """Every line that begins so, with other letters."""

    def move(line: PdfLine) -> PdfLine:
        stretches = tuple(Stretch(each.text, replace(each.type, **looks)) for each in line.stretches)
        return replace(line, stretches=stretches)

    return lines_where(lambda line: text_of(line).startswith(start), move)


def drawn(at: int, **bounds: float) -> PdfChange:
    """One of the drawn rules: 0 below the issuer's name, 1 below the motto, the others of the table."""

    def change(words: PdfWords) -> PdfWords:
        rules = list(words.rules)
        rules[at] = replace(rules[at], **bounds)
        return replace(words, rules=tuple(rules))

    return change
