"""Wording that Nghị định 30/2020/NĐ-CP, Phụ lục I, asks of the form's small parts.

A letter's own files and the linter are held to it alike, so that no letter is made that the linter refuses.
Each function gives what is wrong, in Vietnamese and in English; nothing when all is well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from dxassets.vietnamese import fold

Said = tuple[str, str]
"""The same in Vietnamese and in English."""

# Tone marks alone: ă â ê ô ơ ư đ are letters, and old symbols such as TƯ carry them.
KINDS: Mapping[str, str] = {
    "nghị quyết": "NQ",
    "quyết định": "QĐ",
    "chỉ thị": "CT",
    "quy chế": "QC",
    "quy định": "QyĐ",
    "thông cáo": "TC",
    "thông báo": "TB",
    "hướng dẫn": "HD",
    "chương trình": "CTr",
    "kế hoạch": "KH",
    "phương án": "PA",
    "đề án": "ĐA",
    "dự án": "DA",
    "báo cáo": "BC",
    "biên bản": "BB",
    "tờ trình": "TTr",
    "hợp đồng": "HĐ",
    "công điện": "CĐ",
    "bản ghi nhớ": "BGN",
    "bản thỏa thuận": "BTT",
    "giấy ủy quyền": "GUQ",
    "giấy mời": "GM",
    "giấy giới thiệu": "GGT",
    "giấy nghỉ phép": "GNP",
    "phiếu gửi": "PG",
    "phiếu chuyển": "PC",
    "phiếu báo": "PB",
}
"""The kinds that have a name, with their abbreviations (Phụ lục III, mục I). A công văn has neither."""
COPIES: Mapping[str, str] = {"sao y": "SY", "trích sao": "TrS", "sao lục": "SL"}
"""The forms of a copy, with their abbreviations (Phụ lục III, mục I)."""

_UNLIKE_BODIES = frozenset("NQ QĐ TB HD CTR QYĐ KH BC BB TTR CĐ GM GGT GNP GUQ".split())
"""Abbreviations of kinds that no body's own can be taken for."""
_SHORT_PLACE = re.compile(r"(?i:tp|tx|tt|q|h|p|x)\s*\.|(?i:tp|tx)\s")
_NAMED_AFTER_A_PERSON = {"hồ chí minh"}
_RANKED = re.compile(
    r"TRƯỜNG|ĐẠI HỌC|HỌC VIỆN|CAO ĐẲNG|BỆNH VIỆN|VIỆN|TRUNG TÂM Y TẾ|TRẠM Y TẾ|TRUNG TÂM GIÁO DỤC|MẦM NON"
    r"|TIỂU HỌC"
    r"|TRUNG TÂM (KIỂM SOÁT|PHÁP Y|GIÁM ĐỊNH|CẤP CỨU|NGHIÊN CỨU|KHOA HỌC|CHÍNH TRỊ|NGOẠI NGỮ|ĐÀO TẠO)"
    r"|PHÒNG KHÁM"
    r"|TRUNG HỌC|BỘ CHỈ HUY|BỘ TƯ LỆNH|BAN CHỈ HUY QUÂN SỰ|QUÂN KHU|SƯ ĐOÀN|TRUNG ĐOÀN|BỘ ĐỘI|CÔNG AN"
)
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_DASHES = "[-‐‑‒–—―−]"
_LONG_DASHES = re.compile("[‐‑‒–—―−]")
_SMALL_LETTERS = frozenset({"TTr", "CTr", "QyĐ", "TTg", "TrS"})
"""Abbreviations of Phụ lục III that have small letters, and the Prime Minister's."""
_AUTHORITY = re.compile(
    r"(T\s*[./]?\s*M|K\s*[./]?\s*T|T\s*[./]?\s*L|T\s*[./]?\s*U\s*[./]?\s*Q|Q|QUYỀN"
    r"|THAY MẶT|KÝ THAY|THỪA LỆNH|THỪA U[ỶY] QUYỀN|THỪA ỦY QUYỀN)\b\s*[./]?"
)
_GOOD_AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q)\. \S")
_DEGREES = r"TSKH|TS|ThS|PGS|GS|CN|KS|KTS|BS|DS|LS|CKI{1,2}|BSCKI{1,2}|NGƯT|NGND|NSƯT|NSND|TTƯT|TTND"
_DEGREE = re.compile(rf"\b({_DEGREES})\.?(?=[\s.])")
_FIRST_DEGREE = re.compile(rf"({_DEGREES})(\.\s*|\s+)\S", re.IGNORECASE)
_FILING = re.compile(r"VT(, [^,]+)*")


def symbol_case_faults(symbol: str) -> list[Said]:
    """Whether a symbol has small letters other than those of “TTr”, “CTr”, “QyĐ” (mục II.3.c)."""
    groups = re.split(_DASHES, symbol)
    if any(group != group.upper() and group not in _SMALL_LETTERS for group in groups):
        return [(f"“{symbol}” không in hoa", f"{symbol!r} is not in capitals")]
    return []


def symbol_faults(symbol: str, *, of_letter: bool = True) -> list[Said]:
    """What is wrong with a symbol such as “SNV-VP” (mục II.3); a letter's (`of_letter`) names no kind."""
    found = symbol_case_faults(symbol)
    groups = re.split(_DASHES, symbol)
    if _LONG_DASHES.search(symbol):
        found.append((f"“{symbol}” nối bằng gạch dài", f"{symbol!r} is joined by a long dash"))
    if "" in groups:
        found.append((f"“{symbol}” có nhóm chữ trống", f"{symbol!r} has an empty group"))
    if of_letter and {"CV", "CÔNGVĂN"} & {group.upper() for group in groups}:
        found.append(("có chữ “CV”", "has the letters “CV”"))
    if _TONES & set(unicodedata.normalize("NFD", symbol)):
        found.append((f"“{symbol}” viết tắt mà có dấu thanh", f"{symbol!r} abbreviates with tone marks"))
    return found


def kind_symbol_faults(symbol: str, kind: str) -> list[Said]:
    """What is wrong with a symbol for that kind, empty for a công văn (mục II.3.b; Phụ lục III, mục I)."""
    first = re.split(_DASHES, symbol)[0]
    name = kind.lower().replace("uỷ", "ủy").replace("thoả", "thỏa")
    wanted = KINDS.get(name) or COPIES.get(name)
    if wanted is not None and first.upper() != wanted.upper():
        said = f"“{symbol}” không mở đầu bằng “{wanted}-” của {kind.lower()}"
        return [(said, f"{symbol!r} does not begin with “{wanted}-”")]
    if not kind and first.upper() in _UNLIKE_BODIES:
        return [
            (f"“{symbol}” có chữ viết tắt tên loại trong công văn", f"{symbol!r} names a kind in a công văn")
        ]
    return []


def may_name_degrees(issuer: str) -> bool:
    """Whether a body's signers may show ranks, degrees: armed forces, schools, health, science (II.7.c)."""
    return _RANKED.search(issuer.upper()) is not None


def authority_faults(lines: Sequence[str]) -> list[Said]:
    """What is wrong with the signer's authority, whose lines are `lines` (mục II.7.b)."""
    found = [
        (f"“{line}”", f"{line!r}")
        for line in lines
        if _AUTHORITY.match(line) and not _GOOD_AUTHORITY.match(line)
    ]
    if len(lines) == 1 and lines[0].startswith("KT."):
        found.append(("thiếu dòng chức vụ cấp phó", "lacks the deputy's own title"))
    return found


def name_faults(name: str, *, issuer: str = "") -> list[Said]:
    """What is wrong with a signer's name (mục II.7.c, II.7.đ)."""
    found: list[Said] = []
    # In small letters only where a name can't begin so: “Trần Gs Văn” may be somebody.
    if not may_name_degrees(issuer) and (_DEGREE.search(name) or _FIRST_DEGREE.match(name)):
        found.append(("có học hàm, học vị", "carries an academic title"))
    if name and name == name.upper():
        found.append(("in hoa", "is in capitals"))
    return found


def filing_faults(filing: str) -> list[Said]:
    """What is wrong with what follows “Lưu:” (mục II.9.d): the records office comes first."""
    return [] if _FILING.fullmatch(filing) else [(f"là “{filing}”", f"is {filing!r}")]


def place_faults(place: str) -> list[Said]:
    """What is wrong with the place of the date line (mục II.4.a, II.4.c)."""
    if {"ngày", "tháng"} & set(place.lower().split()):  # with their marks: Tâm Thắng is a commune
        return [(f"có địa danh “{place}”", f"has the place {place!r}")]
    if _SHORT_PLACE.match(place):
        return [(f"có địa danh viết tắt “{place}”", f"abbreviates the place, {place!r}")]
    if place.lower() in _NAMED_AFTER_A_PERSON:
        said = f"có địa danh đặt theo tên người mà không ghi đủ “{place}”"
        return [(said, f"does not name the kind of a place called after a person, {place!r}")]
    if place[:1].islower():
        return [(f"có địa danh không viết hoa “{place}”", f"has a place without a capital, {place!r}")]
    return []


def names_province_kind(place: str) -> bool:
    """Whether the place says “tỉnh”: only places named after persons or numbers keep their kind."""
    return place.lower().startswith("tỉnh ")  # with its mark: Tịnh Khê is a commune


def mentions_annex(text: str) -> bool:
    """Whether the letter's text leads to its annex (mục III.1)."""
    folded = fold(text)
    return "phu luc" in folded or "kem theo" in folded
