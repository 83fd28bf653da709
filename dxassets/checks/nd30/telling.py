# ruff: noqa: E501  (a pattern is a line)
"""What single lines of a document are, told by their own words and place."""

from __future__ import annotations

import re

from dxassets.backends.written import Stretch
from dxassets.checks.nd30.letter import Line
from dxassets.decree import KINDS
from dxassets.vietnamese import fold

_ANNEX = re.compile(r"phu luc(\s+so)?(\s+([ivxlc]+|\d+|[a-z]))?\.?")
_TITLED_ANNEX = re.compile(rf"{_ANNEX.pattern}\s*[:.–-]\s*\w")
_ANNEX_LETTERS = 20
_ITEM = re.compile(r"[-–+•*]")
_REFERENCE = re.compile(r"\(\s*(ban hanh kem|kem theo|dinh kem|phe duyet kem)")
_OPERATIVE = re.compile(r"(quyet dinh|quyet nghi|chi thi|nghi quyet|yeu cau|de nghi)\s*:?")
_TEXT_MIDDLE_MM, _OFF_MM, _WIDE_MM = 112.5, 6.0, 46.0
_MARK_PT = 10.5
_KINDS = sorted((*KINDS, "giấy uỷ quyền", "bản thoả thuận"), key=len, reverse=True)
_AUTHORITY = re.compile(
    r"(TM|KT|TL|TUQ|Q)\s*\.|T/M|K/T|(PHÓ |TỔNG |QUYỀN )?(GIÁM ĐỐC|CHỦ TỊCH|TRƯỞNG|CHÁNH|CỤC TRƯỞNG|BÍ THƯ|HIỆU TRƯỞNG)"
    r"|CHỦ TỌA|CHỦ TOẠ|CHỦ TRÌ|THƯ KÝ|.*TRƯỞNG\b"
)
_OFFICE = re.compile(r"(PHÓ |TỔNG |QUYỀN )*(GIÁM ĐỐC|CHỦ TỊCH|(CHI )?CỤC TRƯỞNG|HIỆU TRƯỞNG|TRƯỞNG|CHÁNH)\b")
"""An office, below the line that says for whom somebody signs: no person's name begins so."""


def join(first: Line, second: Line) -> Line:
    """Two lines of one paragraph as one."""
    if not first.stretches:
        return second
    blank = Stretch(" ", first.stretches[-1].type)
    return Line(
        stretches=(*first.stretches, blank, *second.stretches),
        where=first.where,
        section=first.section,
        page=first.page,
        in_ruled_table=first.in_ruled_table,
        places=(*first.places, *second.places),
    )


def kind_of(line: Line) -> str:
    """The kind that a line names in capitals, alone or before its subject; else nothing."""
    text = " ".join(line.text.split())
    if text != text.upper() or text.endswith(":") or line.in_ruled_table:
        return ""
    lower = text.lower()
    for kind in _KINDS:
        if lower == kind or (lower.startswith(f"{kind} ") and line.any_bold):
            return kind.replace("uỷ", "ủy").replace("thoả", "thỏa").upper()
    return ""


def is_operative(line: Line) -> bool:
    """“QUYẾT ĐỊNH:”, “QUYẾT NGHỊ:”: what opens the articles, and is nobody's title."""
    return _OPERATIVE.fullmatch(fold(line.text)) is not None


def is_reference(text: str) -> bool:
    """“(Kèm theo …”, “(Ban hành kèm theo …”."""
    return _REFERENCE.match(fold(text)) is not None


def is_annex_word(folded: str) -> bool:
    """“phu luc”, “phu luc i”."""
    return _ANNEX.fullmatch(folded) is not None


def is_annex_head(line: Line, folded: str) -> bool:
    """“Phụ lục”, “Phụ lục I”, and what clerks write for them: “PHỤ LỤC: DANH SÁCH …” in capitals."""
    if _ANNEX.fullmatch(folded):
        return len(line.text) < _ANNEX_LETTERS
    return _TITLED_ANNEX.match(folded) is not None and line.text == line.text.upper()


def is_signing_mark(line: Line) -> bool:
    """“Số: …; time” in small type: the mark of what is signed in a file of its own (II.8.b, Mẫu 2.2)."""
    return ";" in line.text and size_of(line) <= _MARK_PT


def is_item(line: Line) -> bool:
    """Whether a line begins with a dash or a bullet."""
    return _ITEM.match(line.text) is not None


def is_authority(line: Line, *, goes_on: bool = False) -> bool:
    """Whether a line is a signer's authority or title, or with `goes_on` the next line of one."""
    if line.in_ruled_table or is_item(line) or len(line.text) > 60 or is_operative(line) or kind_of(line):
        return False
    if line.text.endswith((":", ";", ".")) or line.text.startswith("("):
        return False
    if line.text == line.text.upper() and has_letters(line):
        return goes_on or line.any_bold or line.is_vague or _AUTHORITY.match(line.text) is not None
    named = (_OFFICE if goes_on else _AUTHORITY).match(line.text.upper()) is not None
    return named and len(line.text) < 30 and line.is_bold


def is_title(text: str) -> bool:
    """Whether capitals name an office, as no person's name does."""
    return _AUTHORITY.match(text) is not None


def is_in_middle(line: Line, *, joins: bool) -> bool:
    """Whether a line is centred on the page: in Word by its alignment, in a PDF by its place."""
    if joins and line.places:
        at = line.places[0]
        centred = abs(at.center - _TEXT_MIDDLE_MM) < _OFF_MM
        return centred and (at.left > _WIDE_MM or (line.any_bold and at.left > 31))
    return line.shape is not None and (
        line.shape.align == "center" or (line.is_bold and len(line.text) < 150)
    )


def is_across(line: Line, *, joins: bool) -> bool:
    """The same of a line that may fill its room, as “(Kèm theo …)” often does."""
    if joins and line.places:
        return abs(line.places[0].center - _TEXT_MIDDLE_MM) < _OFF_MM
    return is_in_middle(line, joins=joins)


def centred_on(line: Line, other: Line) -> bool:
    """Whether two lines of a page stand on one middle."""
    if not line.places or not other.places:
        return False
    return abs(line.places[0].center - other.places[0].center) < 3 and line.page == other.page


def size_of(line: Line) -> float:
    """The largest size (pt) in a line."""
    return max(line.sizes, default=0.0)


def has_letters(line: Line) -> bool:
    """Whether a line says something: two letters at least."""
    return sum(char.isalpha() for char in line.text) >= 2
