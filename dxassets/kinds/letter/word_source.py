"""A letter's text from a clerk's own Word file: its paragraphs, lists, bold and italic words as they stand.

What a letter's text has no place for (tables, pictures, text boxes, footnotes) is refused, never left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

from dxassets.backends.word_archive import W, WordArchive
from dxassets.backends.word_reader import read_word
from dxassets.backends.written import Stretch, UnreadableError, WordLine, WordWords
from dxassets.dispatch import Forward, Paragraph, Run, WrittenLetter, front_of, read_letter
from dxassets.dispatch.model import ParagraphKind
from dxassets.dispatch.prose import merge_runs
from dxassets.dispatch.reading import Find
from dxassets.errors import DispatchError, Problem
from dxassets.resources import GIVEN_TEXT
from dxassets.vietnamese import strange_characters

_SOURCE = "--text"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_NO_PLACE = {
    "table": ("bảng; hãy đặt bảng vào Phụ lục (annex.toml)", "a table; put it into an annex (annex.toml)"),
    "picture": ("hình; hãy bỏ hình", "a picture; take it out"),
    "box": ("khung chữ (text box); hãy đưa chữ ra ngoài khung", "a text box; take its words out of it"),
    "note": ("chú thích cuối trang; hãy đưa vào câu", "footnotes; put them into the sentence"),
}


def written_letter(source: str, find: Find, *, forward: Forward | None = None) -> WrittenLetter:
    """`read_letter`, with the text of the Word file that was given, if one was, in place of its own."""
    letter = read_letter(source, find, forward=forward)
    data = None if forward is not None else find(GIVEN_TEXT)
    if data is None:
        return letter
    body = paragraphs_of_word(data)
    plain = "\n\n".join(block.text for block in body).encode()
    return replace(
        letter, data=front_of(letter.data, source) + plain, dispatch=replace(letter.dispatch, body=body)
    )


def paragraphs_of_word(data: bytes) -> tuple[Paragraph, ...]:
    """The paragraphs of a Word file; `DispatchError` with all that a letter's text has no place for."""
    try:
        words = read_word(data)
        notes = _has_notes(WordArchive(data))
    except UnreadableError as error:
        raise DispatchError(Problem(_SOURCE, error.vi, error.en)) from error
    problems = [*_refused(words), *([_problem(_SOURCE, "note")] if notes else [])]
    found: list[Paragraph] = []
    for number, line in enumerate(words.lines, start=1):
        where = f"{_SOURCE}: đoạn {number}"
        for runs in _pieces(line):
            text = "".join(run.text for run in runs)
            strange = strange_characters(text)
            if strange:
                codes = ", ".join(f"U+{ord(char):04X}" for char in strange)
                problems.append(_unprintable(where, codes))
            found.append(Paragraph(_kind(text, runs), tuple(runs), where))
    if not found and not problems:
        problems.append(Problem(_SOURCE, "tệp Word không có chữ nào", "the Word file holds no text"))
    if problems:
        raise DispatchError(*problems)
    return tuple(found)


def _refused(words: WordWords) -> Iterator[Problem]:
    """What a letter's text has no place for, each kind once, where it first stands."""
    told: set[str] = set()
    for number, line in enumerate(words.lines, start=1):
        for kind, there in (("table", line.cell is not None), ("picture", line.has_picture)):
            if there and kind not in told:
                told.add(kind)
                yield _problem(f"{_SOURCE}: đoạn {number}", kind)
    if words.boxes:
        yield _problem(_SOURCE, "box")


def _problem(where: str, kind: str) -> Problem:
    vi, en = _NO_PLACE[kind]
    return Problem(
        where, f"nội dung công văn không có chỗ cho {vi}", f"a letter's text has no place for {en}"
    )


def _unprintable(where: str, codes: str) -> Problem:
    vi, en = f"có ký tự không in được ({codes})", f"holds characters that can't be printed ({codes})"
    return Problem(where, vi, en)


def _has_notes(archive: WordArchive) -> bool:
    """Whether a footnote or endnote says something; Word's own separators do not."""
    for name in _NOTES:
        root = archive.part(name)
        if root is not None and any((text.text or "").strip() for text in root.iter(f"{W}t")):
            return True
    return False


def _pieces(line: WordLine) -> Iterator[list[Run]]:
    """The runs of a paragraph, of each of its lines where it is broken by hand."""
    lines: list[list[Stretch]] = [[]]
    for stretch in line.stretches:
        for at, text in enumerate(stretch.text.split("\n")):
            if at:
                lines.append([])
            lines[-1].append(Stretch(text, stretch.type))
    for each in lines:
        runs = [Run(_told(stretch.text), stretch.type.bold, stretch.type.italic) for stretch in each]
        runs = _stripped(merge_runs(runs))
        if runs:
            yield runs


def _told(text: str) -> str:
    """NFC, and a tab as the blank that it looks like."""
    return unicodedata.normalize("NFC", text.replace("\t", " "))


def _stripped(runs: list[Run]) -> list[Run]:
    """Without blanks at the paragraph's ends: its indent is the form's."""
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip())
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip())
    return [run for run in runs if run.text]


def _kind(text: str, runs: list[Run]) -> ParagraphKind:
    """A khoản's title is bold throughout and begins with its number."""
    numbered = text[:1].isdigit() and text.partition(". ")[0].replace(".", "").isdigit()
    return "clause" if numbered and all(run.bold for run in runs if run.text.strip()) else "text"
