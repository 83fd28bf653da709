"""Rules of all letters: typeface, character code, colour (Phụ lục I, Phần I, mục I.4)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from dxassets.checks.nd30.letter import Letter, Line, same
from dxassets.checks.nd30.rules import Fault, Said

_TIMES = ("times", "tinos", "liberationserif", "thorndale", "texgyretermes", "nimbusroman", "termes")
_BLACK = {"auto", "000000"}
FILE: Said = ("toàn tệp", "the whole file")
_OLD_CODES = frozenset("Êµ¸¨©ª«¬®¹¶·")
"""Letters that text in TCVN3 leaves behind when it is read as Unicode; “Ê” only inside words of capitals."""

_VNI = frozenset("ñöøûïäëåæîü")
"""Letters that VNI's accents become; no Vietnamese word has them, and foreign names seldom come in threes."""
_VNI_WORDS = 3


def check_pages(letter: Letter) -> Iterator[Fault]:
    """Every rule of typeface, code and colour that is broken."""
    yield from _typefaces(letter)
    yield from _header_typefaces(letter)
    yield from _unicode(letter)
    yield from _colors(letter)


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
        for type_ in line.lettered_types:
            wrong = not is_times(type_.family) if letter.pdf else not _is_named_times(type_.family)
            if wrong and type_.family and type_.family not in told:
                told.add(type_.family)
                yield Fault("P3", short(line), same(type_.family))
    for family in letter.pdf.loose_families if letter.pdf else ():
        yield Fault("P10", FILE, same(family or "–"))


def _is_named_times(family: str) -> bool:
    return family.lower().startswith("times new roman")


def _header_typefaces(letter: Letter) -> Iterator[Fault]:
    """The same in the headers and footers of a Word file, page numbers too; not what the text has."""
    told = {type_.family for line in letter.lines for type_ in line.types}
    for section in letter.word.sections if letter.word else ():
        for line in (*section.header, *section.first_header, *section.footers):
            types = [stretch.type for stretch in line.stretches if any(map(str.isalnum, stretch.text))]
            types += [line.page_field] if line.page_field is not None and not types else []
            wrong = {type_.family for type_ in types if not _is_named_times(type_.family)} - told
            told |= wrong
            for family in sorted(wrong):
                yield Fault("P3", ("đầu hoặc chân trang", "header or footer"), same(family))


def _unicode(letter: Letter) -> Iterator[Fault]:
    loose = next((line for line in letter.lines if unicodedata.normalize("NFC", line.raw) != line.raw), None)
    if loose is not None and letter.word is not None:  # what a PDF's letters are read as is its maker's doing
        yield Fault("P9", short(loose))
    for line in letter.lines:
        code = _old_code(line.text)
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
            if not is_dark(type_.color) and type_.color not in told:
                told.add(type_.color)
                yield Fault("P5", short(line), same(f"#{type_.color}"))


def is_dark(color: str) -> bool:
    """Whether a colour is black, or so near to it that nobody tells it apart."""
    return color in _BLACK or (
        len(color) == 6 and all(int(color[at : at + 2], 16) < 0x30 for at in (0, 2, 4))
    )
