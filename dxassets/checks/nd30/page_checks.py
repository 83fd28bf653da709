"""Rules of the page: paper, margins, typeface, colour, page numbers, tables (Phụ lục I, Phần I, mục I)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from dxassets.backends.written import WordSection
from dxassets.checks.nd30.letter import Letter, Line, PdfFacts, WordFacts, same
from dxassets.checks.nd30.rules import Fault, Said

_MM = 0.6
_TIMES = ("times", "tinos", "liberationserif", "thorndale", "texgyretermes", "nimbusroman", "termes")
_MARGINS: tuple[tuple[str, Said, float, float], ...] = (
    ("top", ("trên", "top"), 20, 25),
    ("bottom", ("dưới", "bottom"), 20, 25),
    ("left", ("trái", "left"), 30, 35),
    ("right", ("phải", "right"), 15, 20),
)
_BLACK = {"auto", "000000"}
_FILE: Said = ("toàn tệp", "the whole file")
_OLD_CODES = frozenset("Êµ¸¨©ª«¬®¹¶·")
"""Letters that text in TCVN3 leaves behind when it is read as Unicode; “Ê” only inside words of capitals."""


def check_pages(letter: Letter) -> Iterator[Fault]:
    """Every rule of the page that is broken."""
    yield from _typefaces(letter)
    yield from _unicode(letter)
    yield from _colors(letter)
    if letter.word is not None:
        yield from _word_pages(letter.word, letter)
        yield from _word_numbers(letter.word, letter)
        yield from _word_tables(letter.word)
        yield from _language(letter)
    if letter.pdf is not None:
        yield from _pdf_pages(letter.pdf, letter)
        yield from _pdf_numbers(letter.pdf, letter)
        if letter.pdf.lang.lower()[:2] != "vi":
            shown = letter.pdf.lang or "–"
            yield Fault("L1", _FILE, (f"là “{shown}”", f"is {shown!r}"))


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
        yield Fault("P3", _FILE, (f"{family} (không nhúng)", f"{family} (not embedded)"))
    families = {
        type_.family.lower() for line in letter.lines for type_ in line.types if is_times(type_.family)
    }
    if letter.pdf and len(families) > 1:
        yield Fault("P3", _FILE, same(", ".join(sorted(families))))


def _unicode(letter: Letter) -> Iterator[Fault]:
    for line in letter.lines:
        text = line.text
        if unicodedata.normalize("NFC", text) != text:
            yield Fault("P4", short(line), ("dấu tổ hợp", "combining marks"))
            return
        bad = sorted(
            {char for char in text if 0xE000 <= ord(char) < 0xF900 and ord(char) not in {0xF02D, 0xF0B7}}
        )
        words = [
            word
            for word in text.split()
            if sum(char in _OLD_CODES for char in word) and word.lower() != word.upper()
        ]
        if bad or len([word for word in words if set(word) & (_OLD_CODES - {"Ê"})]) > 1:
            yield Fault("P4", short(line), ("mã cũ (TCVN3, VNI)", "an old code (TCVN3, VNI)"))
            return


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
            yield Fault("P1", where, same(f"{section.width:.0f} × {section.height:.0f} mm"))
        wrong = [
            (f"{words[0]} {_margin(section, name):.1f} mm", f"{words[1]} {_margin(section, name):.1f} mm")
            for name, words, least, most in _MARGINS
            if not least - _MM <= _margin(section, name) <= most + _MM
        ]
        if section.gutter > _MM:
            wrong.append((f"gáy {section.gutter:.1f} mm", f"gutter {section.gutter:.1f} mm"))
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
                yield Fault("P2", short(line), (f"lấn ra lề {-out:.1f} mm", f"{-out:.1f} mm into the margin"))
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
        sizes = {type_.size_pt for stretch in field.stretches for type_ in (stretch.type,)}
        problems: list[Said] = []
        if field.shape.align != "center":
            problems.append(("không ở giữa", "is not centred"))
        if any(not 13 <= size <= 14 for size in sizes):
            shown = ", ".join(f"{size:g}" for size in sorted(sizes))
            problems.append((f"cỡ {shown}", f"is {shown} pt"))
        if any(stretch.type.italic for stretch in field.stretches):
            problems.append(("in nghiêng", "is italic"))
        if problems:
            yield Fault(
                "P6", where, (", ".join(vi for vi, _ in problems), ", ".join(en for _, en in problems))
            )
    if fields and (not first.first_differs or any(line.has_page_field for line in first.first_header)):
        yield Fault("P7", where)
    yield from _annex_numbers(word, letter)


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
        if over > 2.2:  # Word lets a cell's padding hang out by 1.9 mm
            yield Fault("T2", where, (f"lấn {over:.1f} mm", f"{over:.1f} mm over"))
        if table.bordered and len(table.heads) > 2:
            if not table.heads[0]:
                yield Fault("T1", where, ("không lặp lại dòng tiêu đề", "does not repeat its head"))
            elif not all(table.whole):
                yield Fault("T1", where, ("để hàng bị cắt đôi", "lets rows break across pages"))


def _language(letter: Letter) -> Iterator[Fault]:
    langs = [line.lang for line in letter.lines if line.text]
    other = next((lang for lang in langs if lang.lower()[:2] != "vi"), None)
    if other is not None:
        yield Fault("L1", _FILE, (f"là “{other or '–'}”", f"is {other or '–'!r}"))


# --- PDF -------------------------------------------------------------------------------------------


def _pdf_pages(pdf: PdfFacts, letter: Letter) -> Iterator[Fault]:
    for number, page in enumerate(pdf.pages, start=1):
        where = (f"trang {number}", f"page {number}")
        short_side, long_side = sorted((page.width, page.height))
        if abs(short_side - 210) > 1 or abs(long_side - 297) > 1:
            yield Fault("P1", where, same(f"{page.width:.0f} × {page.height:.0f} mm"))
            continue
        places = [place for line in letter.lines for place in line.places if line.page == number]
        wrong: list[Said] = []
        if places and min(place.left for place in places) < 30 - _MM:
            left = min(place.left for place in places)
            wrong.append((f"trái {left:.1f} mm", f"left {left:.1f} mm"))
        if places and page.width - max(place.right for place in places) < 15 - 1.0:
            right = page.width - max(place.right for place in places)
            wrong.append((f"phải {right:.1f} mm", f"right {right:.1f} mm"))
        if places and min(place.baseline for place in places) < 20:
            wrong.append(("trên dưới 20 mm", "top under 20 mm"))
        if places and page.height - max(place.baseline for place in places) < 20 - _MM:
            bottom = page.height - max(place.baseline for place in places)
            wrong.append((f"dưới {bottom:.1f} mm", f"bottom {bottom:.1f} mm"))
        wrong += _edges(letter, number)
        if wrong:
            yield Fault("P2", where, (", ".join(vi for vi, _ in wrong), ", ".join(en for _, en in wrong)))
        yield from _pdf_table(pdf, number, where)


def _edges(letter: Letter, number: int) -> Iterator[Said]:
    """Margins that are too wide: the text's own edges, where there is enough of it."""
    places = [place for line in letter.parts.body for place in line.places if line.page == number]
    if len(places) > 12:
        left = min(place.left for place in places)
        if left > 35 + _MM:
            yield f"trái {left:.1f} mm", f"left {left:.1f} mm"


def _pdf_table(pdf: PdfFacts, number: int, where: Said) -> Iterator[Fault]:
    page = pdf.pages[number - 1]
    rules = [rule for rule in pdf.rules if rule.page == number]
    over = max((max(29 - rule.left, rule.right - (page.width - 14)) for rule in rules), default=0.0)
    if over > 1.0:
        yield Fault("T2", where, (f"lấn {over:.1f} mm", f"{over:.1f} mm over"))


def _pdf_numbers(pdf: PdfFacts, letter: Letter) -> Iterator[Fault]:
    starts = {annex.word.page for annex in letter.parts.annexes}
    if pdf.numbers and pdf.numbers[0] is not None:
        yield Fault("P7", ("trang 1", "page 1"))
    expected = 0
    for number, (page, shown) in enumerate(zip(pdf.pages, pdf.numbers, strict=True), start=1):
        expected = 1 if number in starts or number == 1 else expected + 1
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
            problems.append((f"cỡ {size:g}", f"is {size:g} pt"))
        if problems:
            yield Fault(
                "P6", where, (", ".join(vi for vi, _ in problems), ", ".join(en for _, en in problems))
            )
        if starts and number >= min(starts) and "".join(filter(str.isdigit, shown.text)) != str(expected):
            yield Fault("P8", where)
