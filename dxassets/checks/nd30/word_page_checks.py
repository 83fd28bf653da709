"""Rules of a Word file's pages: paper, margins, tables, page numbers (Phụ lục I, Phần I, mục I)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dxassets.backends.written import WordLine, WordSection
from dxassets.checks.nd30.drawn_checks import Measure
from dxassets.checks.nd30.extent import page_share, spans_pages
from dxassets.checks.nd30.letter import Letter, Line, WordFacts
from dxassets.checks.nd30.looks import together
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Fault, Said
from dxassets.notation import listed, told

_MM = 0.6
HANGS_MM = 2.2
"""Word lets a table's cell padding hang out into the margin by 1.9 mm."""
MARGINS: tuple[tuple[str, Said, float, float], ...] = (
    ("top", ("trên", "top"), 20, 25),
    ("bottom", ("dưới", "bottom"), 20, 25),
    ("left", ("trái", "left"), 30, 35),
    ("right", ("phải", "right"), 15, 20),
)
_ROWS = 2
_LONG_TABLE = 0.6
"""Of a page's height."""
_TURNED = ({"top": "left", "bottom": "right", "left": "bottom", "right": "top"},
           {"top": "right", "bottom": "left", "left": "top", "right": "bottom"})  # fmt: skip
"""Which margin of an upright page each becomes when the page is turned, either way."""


def check_word_pages(letter: Letter, measure: Measure) -> Iterator[Fault]:
    """Every rule of the page that is broken, in a Word file."""
    if letter.word is not None:
        yield from _word_pages(letter.word, letter, measure)
        yield from _word_numbers(letter.word, letter, measure)
        yield from _word_tables(letter.word, letter, measure)


def _word_pages(word: WordFacts, letter: Letter, measure: Measure) -> Iterator[Fault]:
    for number, section in enumerate(word.sections, start=1):
        where = (f"phần {number}", f"section {number}")
        short_side, long_side = sorted((section.width, section.height))
        if abs(short_side - 210) > _MM or abs(long_side - 297) > _MM:
            yield Fault(
                "P1", where, told("{} × {} mm", "{} × {} mm", section.width, section.height, places=0)
            )
        wrong = _margins(section)
        if section.gutter > _MM:
            wrong.append(told("gáy {} mm", "gutter {} mm", section.gutter, places=1))
        if wrong:
            yield Fault("P2", where, (", ".join(vi for vi, _ in wrong), ", ".join(en for _, en in wrong)))
    yield from _outdents(letter)
    yield from _ink(word, letter, measure)


def _margins(section: WordSection) -> list[Said]:
    """Margins that are too narrow or too wide; those of a page that was turned may have turned with it."""
    turned = _TURNED if section.width > section.height else ()
    if any(all(_is_within(section, name, as_[name]) for name in as_) for as_ in turned):
        return []
    return [
        told(f"{words[0]} {{}} mm", f"{words[1]} {{}} mm", _margin(section, name), places=1)
        for name, words, _, _ in MARGINS
        if not _is_within(section, name, name)
    ]


def _is_within(section: WordSection, name: str, limits_of: str) -> bool:
    least, most = next((least, most) for name_, _, least, most in MARGINS if name_ == limits_of)
    return least - _MM <= _margin(section, name) <= most + _MM


def _margin(section: WordSection, name: str) -> float:
    return float(getattr(section, name))


def _ink(word: WordFacts, letter: Letter, measure: Measure) -> Iterator[Fault]:
    """Words in an invisible table that stand in the margin: their ink counts, not the table's edge."""
    for line in letter.lines:
        if not line.text or line.cell is None or line.shape is None or line.in_ruled_table:
            continue
        section = word.sections[min(line.section, len(word.sections) - 1)]
        room = section.width - section.left - section.right
        cell, shape = line.cell, line.shape
        left, right = cell.left_mm + shape.left_mm, cell.left_mm + cell.width_mm - shape.right_mm
        width = min(measure(line.text, line.is_bold, max(line.sizes, default=13.0)), right - left)
        if shape.align == "center":
            left = (left + right - width) / 2
        elif shape.align == "right":
            left = right - width
        out = max(-left, left + width - room)
        if out > HANGS_MM:
            yield Fault("P2", short(line), told("lấn ra lề {} mm", "{} mm into the margin", out, places=1))
            return


def _outdents(letter: Letter) -> Iterator[Fault]:
    """Paragraphs that a negative indent pulls into the margin."""
    for line in letter.lines:
        if line.text and line.cell is None and line.shape is not None:
            shape = line.shape
            out = min(shape.left_mm, shape.left_mm + shape.first_line_mm, shape.right_mm)
            if out < -1:
                yield Fault(
                    "P2", short(line), told("lấn ra lề {} mm", "{} mm into the margin", -out, places=1)
                )
                return


def _word_numbers(word: WordFacts, letter: Letter, measure: Measure) -> Iterator[Fault]:
    where = ("đầu trang", "header")
    first = word.sections[0] if word.sections else None
    if first is None:
        return
    fields = [line for line in first.header if line.has_page_field]
    if any(line.has_page_field for line in first.footers):
        yield Fault("P6", ("chân trang", "footer"), ("nằm ở lề dưới", "stands in the bottom margin"))
    elif not fields and spans_pages(letter, first, measure):
        yield Fault("P6", where, ("không có", "is missing"))
    for field in fields:
        problems = _field_looks(field)
        if problems:
            yield Fault("P6", where, together(problems))
    problems = _numbering(first, letter)
    if problems:
        yield Fault("P6", ("phần 1", "section 1"), together(problems))
    if fields and (not first.first_differs or any(line.has_page_field for line in first.first_header)):
        yield Fault("P7", where)
    yield from _annex_numbers(word, letter, measure)


def _field_looks(field: WordLine) -> list[Said]:
    """What is wrong with how a page number is set."""
    types = [stretch.type for stretch in field.stretches if stretch.text.strip()]
    if field.page_field is not None:  # its result may not be kept in the file
        types = types or [field.page_field]
    problems: list[Said] = []
    if field.shape.align != "center" and not (field.stretches and field.stretches[0].text.startswith("\t")):
        problems.append(("không ở giữa", "is not centred"))
    sizes = {type_.size_pt for type_ in types}
    if any(not 13 <= size <= 14 for size in sizes):
        vi, en = listed(sorted(sizes))
        problems.append((f"cỡ {vi}", f"is {en} pt"))
    if any(type_.italic for type_ in types):
        problems.append(("in nghiêng", "is italic"))
    text = "".join(stretch.text for stretch in field.stretches)
    problems += beside_number(text)
    return problems


def beside_number(text: str) -> list[Said]:
    """Letters or dashes that stand beside a page number."""
    beside = re.sub(r"[0-9ivxlc]+$|^[0-9]+|(?<=\s)[0-9]+(?=\s|$)", "", text.strip()).strip()
    return [(f"có chữ “{text.strip()}”", f"is written {text.strip()!r}")] if beside else []


def _numbering(section: WordSection, letter: Letter) -> list[Said]:
    """Arabic digits from 1 (mục I.7)."""
    problems: list[Said] = []
    if section.number_format not in {"decimal", "numberInDash"}:
        problems.append((f"kiểu “{section.number_format}”", f"has the format {section.number_format!r}"))
    elif section.number_format == "numberInDash":
        problems.append(("có gạch hai bên", "has dashes beside it"))
    if section.starts_at not in {None, 1} and not letter.parts.is_annex_only:
        problems.append((f"bắt đầu từ {section.starts_at}", f"begins with {section.starts_at}"))
    return problems


def _annex_numbers(word: WordFacts, letter: Letter, measure: Measure) -> Iterator[Fault]:
    for annex in letter.parts.annexes:
        section = word.sections[annex.word.section] if annex.word.section < len(word.sections) else None
        if section is None or letter.parts.is_annex_only:
            continue
        shown = not section.first_differs or page_share([annex.word, *annex.rest], section, measure) > 1
        if shown and (annex.word.section == 0 or section.starts_at != 1):
            yield Fault("P8", short(annex.word))


def _word_tables(word: WordFacts, letter: Letter, measure: Measure) -> Iterator[Fault]:
    for number, table in enumerate(word.tables, start=1):
        section = word.sections[min(table.section, len(word.sections) - 1)]
        room = section.width - section.left - section.right
        over = max(-table.left_mm, table.left_mm + table.width_mm - room)
        where = (f"bảng {number}", f"table {number}")
        if over > HANGS_MM and table.bordered:
            yield Fault("T2", where, told("lấn {} mm", "{} mm over", over, places=1))
        if (
            table.bordered
            and len(table.heads) > _ROWS
            and _is_long(_lines_of(letter, number - 1), section, measure)
        ):
            if not table.heads[0]:
                yield Fault("T1", where, ("không lặp lại dòng tiêu đề", "does not repeat its head"))
            elif not all(table.whole):
                yield Fault("T1", where, ("để hàng bị cắt đôi", "lets rows break across pages"))


def table_room(letter: Letter, section: int) -> float:
    """The width (mm) between the margins of a section."""
    if letter.word is None or not letter.word.sections:
        return 165.0
    page = letter.word.sections[min(section, len(letter.word.sections) - 1)]
    return page.width - page.left - page.right


def _lines_of(letter: Letter, table: int) -> list[Line]:
    return [line for line in letter.lines if line.cell is not None and line.cell.table == table]


def _is_long(lines: Sequence[Line], section: WordSection, measure: Measure) -> bool:
    """Whether a table fills so much of a page that it may well cross onto the next."""
    return page_share(lines, section, measure) > _LONG_TABLE
