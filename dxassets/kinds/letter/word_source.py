"""A letter's text from a clerk's own Word file: its paragraphs, lists, bold and italic words as they stand.

What a document's text has no place for (pictures, text boxes, footnotes, tables without rules) is refused,
and never left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dxassets.backends.word_archive import W, WordArchive
from dxassets.backends.word_reader import read_word
from dxassets.backends.written import Stretch, UnreadableError, WordLine, WordWords
from dxassets.dispatch import Block, Forward, Paragraph, Run, Table, WrittenLetter, front_of, read_letter
from dxassets.dispatch.model import Align, ParagraphKind
from dxassets.dispatch.parse import bases_twice
from dxassets.dispatch.pipes import table_of
from dxassets.dispatch.prose import merge_runs
from dxassets.dispatch.reading import Find
from dxassets.errors import DispatchError, Problem
from dxassets.resources import GIVEN_TEXT
from dxassets.vietnamese import strange_characters

_SOURCE = "--text"
_TABLE_ROWS = 2
"""Of a table: its heads, and something below them."""
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_NO_PLACE = {
    "table": (
        "bảng, vì khai tables = false; hãy bỏ dòng ấy, hoặc đặt bảng vào Phụ lục (annex.toml)",
        "a table, as it says tables = false; take that out, or put it into an annex (annex.toml)",
    ),
    "unruled": (
        "bảng không kẻ ô; hãy kẻ ô cho bảng, hoặc bỏ bảng, giữ chữ",
        "a table without rules; rule it, or keep its words alone",
    ),
    "picture": ("hình; hãy bỏ hình", "a picture; take it out"),
    "box": ("khung chữ (text box); hãy đưa chữ ra ngoài khung", "a text box; take its words out of it"),
    "merged": (
        "bảng có ô gộp, không có dòng tiêu đề hoặc chỉ có một hàng; hãy đặt bảng vào Phụ lục (annex.toml)",
        "a table with merged cells, without heads or of one row; put it into an annex (annex.toml)",
    ),
    "note": ("chú thích cuối trang; hãy đưa vào câu", "footnotes; put them into the sentence"),
}


def written_letter(source: str, find: Find, *, forward: Forward | None = None) -> WrittenLetter:
    """`read_letter`, with the text of the Word file that was given, if one was, in place of its own."""
    data = None if forward is not None else find(GIVEN_TEXT)
    letter = read_letter(source, find, forward=forward, has_text=data is None)
    if data is None:
        return letter
    facts = letter.dispatch.particulars
    form = facts.form
    if form.text == "none":
        vi = f"{form.name} (Mẫu {form.model}) chỉ có các dòng của mẫu; hãy bỏ --text"
        en = f"{form.name!r} (Mẫu {form.model}) has the model's own lines only; leave out --text"
        raise DispatchError(Problem(_SOURCE, vi, en))
    body = blocks_of_word(data, tables=facts.tables)
    if problem := bases_twice(facts.bases, body, form):
        raise DispatchError(problem)
    plain = "\n\n".join(block.text for block in body if isinstance(block, Paragraph)).encode()
    return replace(
        letter, data=front_of(letter.data, source) + plain, dispatch=replace(letter.dispatch, body=body)
    )


def blocks_of_word(data: bytes, *, tables: bool = False) -> tuple[Block, ...]:
    """The paragraphs of a Word file, and with `tables` its ruled tables.

    `DispatchError` with all that a document's text has no place for.
    """
    try:
        words = read_word(data)
        notes = _has_notes(WordArchive(data))
    except UnreadableError as error:
        raise DispatchError(Problem(_SOURCE, error.vi, error.en)) from error
    problems = [*_refused(words, tables=tables), *([_problem(_SOURCE, "note")] if notes else [])]
    found: list[Block] = []
    for number, line in enumerate(words.lines, start=1):
        where = f"{_SOURCE}: đoạn {number}"
        problems += _unprintable_in(line, where)
        if line.cell is None:
            found += [Paragraph(_kind(runs), tuple(runs), where) for runs in _pieces(line)]
        elif tables and words.tables[line.cell.table].bordered and _is_first(words, number - 1):
            table = _table(words, line.cell.table, where)
            if table is None:
                problems.append(_problem(where, "merged"))
            else:
                found.append(table)
    if not found and not problems:
        problems.append(Problem(_SOURCE, "tệp Word không có chữ nào", "the Word file holds no text"))
    if problems:
        raise DispatchError(*problems)
    return tuple(found)


def _is_first(words: WordWords, at: int) -> bool:
    """Whether a line is the first one of its table."""
    cell, above = words.lines[at].cell, words.lines[at - 1].cell if at else None
    return cell is not None and (above is None or above.table != cell.table)


def _table(words: WordWords, number: int, where: str) -> Table | None:
    """A table of the Word file, its first row the heads; None where cells are merged or it has no heads."""
    cells: dict[tuple[int, int], list[WordLine]] = {}
    for line in words.lines:
        if line.cell is not None and line.cell.table == number:
            cells.setdefault((line.cell.row, line.cell.column), []).append(line)
    height, width = (1 + max(each[side] for each in cells) for side in (0, 1))
    if set(cells) != {(row, column) for row in range(height) for column in range(width)}:
        return None
    rows = [["<br>".join(_words(cells[row, column])) for column in range(width)] for row in range(height)]
    if not all(rows[0]) or height < _TABLE_ROWS:
        return None
    last: list[Align] = [_align(cells[height - 1, column][0]) for column in range(width)]
    return table_of([head.replace("<br>", " ") for head in rows[0]], rows[1:], aligns=last, where=where)


def _align(line: WordLine) -> Align:
    """How a cell's text is set; justified it is flush left."""
    ways: dict[str, Align] = {"center": "center", "right": "right"}
    return ways.get(line.shape.align, "left")


def _words(lines: Sequence[WordLine]) -> list[str]:
    return ["".join(run.text for run in runs) for line in lines for runs in _pieces(line)]


def _unprintable_in(line: WordLine, where: str) -> Iterator[Problem]:
    strange = strange_characters("".join(run.text for runs in _pieces(line) for run in runs))
    if strange:
        yield _unprintable(where, ", ".join(f"U+{ord(char):04X}" for char in strange))


def _refused(words: WordWords, *, tables: bool) -> Iterator[Problem]:
    """What a letter's text has no place for, each kind once, where it first stands."""
    told: set[str] = set()
    for number, line in enumerate(words.lines, start=1):
        laid = line.cell is not None and not (tables and words.tables[line.cell.table].bordered)
        for kind, there in (("unruled" if tables else "table", laid), ("picture", line.has_picture)):
            if there and kind not in told:
                told.add(kind)
                yield _problem(f"{_SOURCE}: đoạn {number}", kind)
    if words.boxes:
        yield _problem(_SOURCE, "box")


def _problem(where: str, kind: str) -> Problem:
    vi, en = _NO_PLACE[kind]
    return Problem(where, f"nội dung văn bản không có chỗ cho {vi}", f"a letter's text has no place for {en}")


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


def _kind(runs: list[Run]) -> ParagraphKind:
    """A khoản's title is bold throughout and begins with its number."""
    text = "".join(run.text for run in runs)
    numbered = text[:1].isdigit() and text.partition(". ")[0].replace(".", "").isdigit()
    return "clause" if numbered and all(run.bold for run in runs if run.text.strip()) else "text"
