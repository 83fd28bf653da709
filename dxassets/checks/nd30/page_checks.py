"""Rules of the page: paper, margins, typeface, colour, page numbers, tables (Phụ lục I, Phần I, mục I)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from dxassets.backends.written import WordLine, WordSection
from dxassets.checks.nd30.letter import Letter, Line, WordFacts, same
from dxassets.checks.nd30.looks import together
from dxassets.checks.nd30.rules import Fault, Said
from dxassets.notation import listed, told

_MM = 0.6
HANGS_MM = 2.2
"""Word lets a table's cell padding hang out into the margin by 1.9 mm."""
_TIMES = ("times", "tinos", "liberationserif", "thorndale", "texgyretermes", "nimbusroman", "termes")
_MARGINS: tuple[tuple[str, Said, float, float], ...] = (
    ("top", ("trên", "top"), 20, 25),
    ("bottom", ("dưới", "bottom"), 20, 25),
    ("left", ("trái", "left"), 30, 35),
    ("right", ("phải", "right"), 15, 20),
)
_BLACK = {"auto", "000000"}
FILE: Said = ("toàn tệp", "the whole file")
_OLD_CODES = frozenset("Êµ¸¨©ª«¬®¹¶·")
"""Letters that text in TCVN3 leaves behind when it is read as Unicode; “Ê” only inside words of capitals."""

_VNI = frozenset("ñöøûïäëåæîü")
"""Letters that VNI's accents become; no Vietnamese word has them, and foreign names seldom come in threes."""
_VNI_WORDS = 3


def check_pages(letter: Letter) -> Iterator[Fault]:
    """Every rule of the page that is broken."""
    yield from _typefaces(letter)
    yield from _header_typefaces(letter)
    yield from _unicode(letter)
    yield from _colors(letter)
    if letter.word is not None:
        yield from _word_pages(letter.word, letter)
        yield from _word_numbers(letter.word, letter)
        yield from _word_tables(letter.word)
        yield from _language(letter)
    if letter.pdf is not None and letter.pdf.lang.lower()[:2] != "vi":
        shown = letter.pdf.lang or "–"
        yield Fault("L1", FILE, (f"là “{shown}”", f"is {shown!r}"))


def short(line: Line) -> Said:
    """Where a line is, with its first words."""
    words = line.text if len(line.text) <= 40 else f"{line.text[:40].rsplit(' ', 1)[0]}…"
    return f"{line.where[0]}: “{words}”", f"{line.where[1]}: “{words}”"


def is_times(family: str) -> bool:
    """Whether a family is Times New Roman, or in a PDF one of its widths."""
    lower = family.lower().replace("-", "").replace(" ", "")
    return lower.startswith(_TIMES)


def _typefaces(letter: Letter) -> Iterator[Fault]:
    told: set[str] = set()
    for line in letter.lines:
        for type_ in line.types:
            wrong = not is_times(type_.family) if letter.pdf else type_.family.lower() != "times new roman"
            if wrong and type_.family not in told:
                told.add(type_.family)
                yield Fault("P3", short(line), same(type_.family))
    for family in letter.pdf.loose_families if letter.pdf else ():
        yield Fault("P3", FILE, (f"{family} (không nhúng)", f"{family} (not embedded)"))
    families = {
        type_.family.lower() for line in letter.lines for type_ in line.types if is_times(type_.family)
    }
    if letter.pdf and len(families) > 1:
        yield Fault("P3", FILE, same(", ".join(sorted(families))))


def _header_typefaces(letter: Letter) -> Iterator[Fault]:
    """The same in the headers and footers of a Word file, page numbers too; not what the text has."""
    told = {type_.family for line in letter.lines for type_ in line.types}
    for section in letter.word.sections if letter.word else ():
        for line in (*section.header, *section.first_header, *section.footers):
            types = [stretch.type for stretch in line.stretches if stretch.text.strip()]
            types += [line.page_field] if line.page_field is not None and not types else []
            wrong = {type_.family for type_ in types if type_.family.lower() != "times new roman"} - told
            told |= wrong
            for family in sorted(wrong):
                yield Fault("P3", ("đầu hoặc chân trang", "header or footer"), same(family))


def _unicode(letter: Letter) -> Iterator[Fault]:
    for line in letter.lines:
        text = line.text
        if unicodedata.normalize("NFC", text) != text:
            yield Fault("P4", short(line), ("dấu tổ hợp", "combining marks"))
            return
        code = _old_code(text)
        if code:
            yield Fault("P4", short(line), (f"mã cũ ({code})", f"an old code ({code})"))
            return


def _old_code(text: str) -> str:
    """The old code that a text is in, told by what its letters became when they were read as Unicode."""
    words = text.split()
    if any(0xE000 <= ord(char) < 0xF900 and ord(char) not in {0xF02D, 0xF0B7} for char in text):
        return "TCVN3, VNI"
    tcvn = [word for word in words if set(word) & (_OLD_CODES - {"Ê"}) and word.lower() != word.upper()]
    if len(tcvn) > 1:
        return "TCVN3"
    vni = [word for word in words if set(word.lower()) & _VNI]
    return "VNI" if len(vni) >= _VNI_WORDS and len(vni) * 4 > len(words) else ""


def _colors(letter: Letter) -> Iterator[Fault]:
    told: set[str] = set()
    for line in letter.lines:
        if line.text in {"HỎA TỐC", "HOẢ TỐC", "THƯỢNG KHẨN", "KHẨN"}:
            continue
        for type_ in line.types:
            dark = type_.color in _BLACK or (letter.pdf is not None and _is_nearly_black(type_.color))
            if not dark and type_.color not in told:
                told.add(type_.color)
                yield Fault("P5", short(line), same(f"#{type_.color}"))


def _is_nearly_black(color: str) -> bool:
    return len(color) == 6 and all(int(color[at : at + 2], 16) < 0x30 for at in (0, 2, 4))


# --- Word ------------------------------------------------------------------------------------------


def _word_pages(word: WordFacts, letter: Letter) -> Iterator[Fault]:
    for number, section in enumerate(word.sections, start=1):
        where = (f"phần {number}", f"section {number}")
        short_side, long_side = sorted((section.width, section.height))
        if abs(short_side - 210) > _MM or abs(long_side - 297) > _MM:
            yield Fault(
                "P1", where, told("{} × {} mm", "{} × {} mm", section.width, section.height, places=0)
            )
        wrong = [
            told(f"{words[0]} {{}} mm", f"{words[1]} {{}} mm", _margin(section, name), places=1)
            for name, words, least, most in _MARGINS
            if not least - _MM <= _margin(section, name) <= most + _MM
        ]
        if section.gutter > _MM:
            wrong.append(told("gáy {} mm", "gutter {} mm", section.gutter, places=1))
        if wrong:
            yield Fault("P2", where, (", ".join(vi for vi, _ in wrong), ", ".join(en for _, en in wrong)))
    yield from _outdents(letter)


def _margin(section: WordSection, name: str) -> float:
    return float(getattr(section, name))


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


def _word_numbers(word: WordFacts, letter: Letter) -> Iterator[Fault]:
    where = ("đầu trang", "header")
    first = word.sections[0] if word.sections else None
    if first is None:
        return
    fields = [line for line in first.header if line.has_page_field]
    if any(line.has_page_field for line in first.footers):
        yield Fault("P6", ("chân trang", "footer"), ("nằm ở lề dưới", "stands in the bottom margin"))
    elif not fields:
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
    yield from _annex_numbers(word, letter)


def _field_looks(field: WordLine) -> list[Said]:
    """What is wrong with how a page number is set."""
    types = [stretch.type for stretch in field.stretches if stretch.text.strip()]
    if field.page_field is not None:  # its result may not be kept in the file
        types = types or [field.page_field]
    problems: list[Said] = []
    if field.shape.align != "center":
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
    """Arabic digits from 1 (mục I.5)."""
    problems: list[Said] = []
    if section.number_format not in {"decimal", "numberInDash"}:
        problems.append((f"kiểu “{section.number_format}”", f"has the format {section.number_format!r}"))
    elif section.number_format == "numberInDash":
        problems.append(("có gạch hai bên", "has dashes beside it"))
    if section.starts_at not in {None, 1} and not letter.parts.is_annex_only:
        problems.append((f"bắt đầu từ {section.starts_at}", f"begins with {section.starts_at}"))
    return problems


def _annex_numbers(word: WordFacts, letter: Letter) -> Iterator[Fault]:
    for annex in letter.parts.annexes:
        section = word.sections[annex.word.section] if annex.word.section < len(word.sections) else None
        if section is None or letter.parts.is_annex_only:
            continue
        if annex.word.section == 0 or section.starts_at != 1:
            yield Fault("P8", short(annex.word))


def _word_tables(word: WordFacts) -> Iterator[Fault]:
    for number, table in enumerate(word.tables, start=1):
        section = word.sections[min(table.section, len(word.sections) - 1)]
        room = section.width - section.left - section.right
        over = max(-table.left_mm, table.left_mm + table.width_mm - room)
        where = (f"bảng {number}", f"table {number}")
        if over > HANGS_MM:
            yield Fault("T2", where, told("lấn {} mm", "{} mm over", over, places=1))
        if table.bordered and len(table.heads) > 2:
            if not table.heads[0]:
                yield Fault("T1", where, ("không lặp lại dòng tiêu đề", "does not repeat its head"))
            elif not all(table.whole):
                yield Fault("T1", where, ("để hàng bị cắt đôi", "lets rows break across pages"))


def _language(letter: Letter) -> Iterator[Fault]:
    langs = [line.lang for line in letter.lines if line.text]
    other = next((lang for lang in langs if lang.lower()[:2] != "vi"), None)
    if other is not None:
        yield Fault("L1", FILE, (f"là “{other or '–'}”", f"is {other or '–'!r}"))
