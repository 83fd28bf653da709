"""What is written short around numbers, written out before they are said: 15', 3x5 m, 05 (năm), QL14."""

from __future__ import annotations

import re
from calendar import monthrange

from dxassets.spoken.numerals import Reading, digits, number_words
from dxassets.spoken.voice import DASH, ReadAloud

_LEAP_YEAR = 2024
_YEAR = r"(?:19|20)\d{2}(?!\w|[.,]\d)"
_WEEKDAY = r"thứ\s+(?:[2-7]|hai|ba|tư|năm|sáu|bảy)"
_LENGTH = r"(?:mm|cm|km|m)?"


def _minutes(found: re.Match[str]) -> str:
    """Minutes; the end of a quotation stays what it is."""
    before = found.string[: found.start()]
    is_open = before.count("‘") > before.count("’") or before.count("'") % 2 == 1
    return found.group() if is_open else f"{found[1]} phút"


_REWRITTEN = (
    # 8:00:00, 8h30', 15'
    (re.compile(r"(?<![\w:])(\d{1,2}:\d{2}):\d{2}(?![\w:])"), r"\1"),
    (re.compile(r"(?<=\d[hHg:]\d{2})\s?['’′]"), ""),
    (re.compile(r"(?<![\w.,])(\d{1,3})\s?['’′](?![\w'’])"), _minutes),
    # 60x90cm, 10m x 3m
    (re.compile(rf"(\d\s?{_LENGTH})\s?[xX]\s?(?=\d)"), r"\1 nhân "),
    # thứ Hai - thứ Sáu, tháng 3/2025 - tháng 5/2025, T10/2025
    (re.compile(rf"(?i)\b({_WEEKDAY}){DASH}(?=thứ\s|chủ nhật|CN(?!\w))"), r"\1 đến "),
    (re.compile(r"(?<=\bđến )CN(?!\w)"), "Chủ nhật"),
    (re.compile(rf"(?i)\b((tháng|quý|tuần|ngày)\s+\d[\d/]*){DASH}(?=\2\s+\d)"), r"\1 đến "),
    (re.compile(rf"(?<!\w)T(\d{{1,2}})/(?={_YEAR})"), r"tháng \1/"),
    # tháng 10-2025, năm học 2025/2026
    (re.compile(rf"(?i)\b(tháng|quý)\s+(\d{{1,2}}|[IVX]+)[-.](?={_YEAR})"), r"\1 \2/"),
    (re.compile(rf"(?<![\w/.,])((?:19|20)\d{{2}})/(?={_YEAR}(?!/))"), r"\1 đến "),
    # tỷ lệ 1:500
    (re.compile(r"(?i)\b((?:tỷ|tỉ) lệ\s+\d+):(?=\d)"), r"\1 trên "),
    # 3 triệu - 5 triệu
    (re.compile(rf"(?i)(\d\s?(?:nghìn|ngàn|triệu|tỷ|tỉ)){DASH}(?=\d)"), r"\1 đến "),
    # QL14, ĐT.721, TL 8
    (re.compile(r"(?<!\w)QL\.?\s?(?=\d)"), "quốc lộ "),
    (re.compile(r"(?<!\w)TL\.?\s?(?=\d)"), "tỉnh lộ "),
    (re.compile(r"(?<!\w)ĐT\.?(?=\d{2,4}[A-Z]?(?![\w]|[.\s-]\d))"), "đường tỉnh "),
    # Đ/c: 12 Lê Lợi
    (re.compile(r"(?i)(?<!\w)đ/c\s*:?\s*(?=\d|(?:số|tổ|thôn|phòng|tầng)\b)"), "địa chỉ "),
)
_WEEKDAYS = re.compile(r"(?<!\w)T[2-7](?:\s?(?:,|và|[-–—])\s?(?:T?[2-7]|CN)(?![\w/]))+")
_HOUSE = re.compile(
    r"(?i)\b((?:số nhà|nhà số|hẻm|ngõ|ngách|kiệt|thửa|địa chỉ:?)\s+(?:số\s+)?)"
    r"(\d+[A-Za-z]?(?:/\d+[A-Za-z]?)+)(?![\w/])"
)
_STREET = re.compile(
    r"\b((?i:số)\s+)(\d+[A-Za-z]?(?:/\d+[A-Za-z]?)+)(?=,?\s+(?:đường|phố|Đường|Phố|[A-ZĐÂÊÔƠƯ][^\W\d_]+\s+[^\W\d_]))"
)
_SAID_AGAIN = re.compile(r"(?<![\w.,/])(\d+(?:\.\d{3})*(?:,\d+)?)\s*\(([^\W\d_]+(?:\s[^\W\d_]+)*)\)")
_ON_A_DAY = re.compile(
    r"(?i)\b((?:ngày|dịp|lễ|sáng|trưa|chiều|tối|đêm)\s+)(\d{1,2}[-.]\d{1,2}(?:(?:,| và)"
    r"\s\d{1,2}[-.]\d{1,2})*)"
    r"(?![\w/]|[.,]\d|\s*[-–]\s*\d|\s+(?:hằng |hàng )?tháng|\s+và\s+\d{1,2}/)"
)
_SHARES = re.compile(
    r"(?i)\b((?:chiếm|hơn|gần|quá|không quá|tối thiểu|ít nhất)\s+)(\d{1,3})/(\d{1,3})(?![\w/]|[.,]\d)"
)
_LETTER_OF_PLACE = re.compile(r"(?<![\w.])[A-ZĐ]\.(?=\s?\d)")
_LISTED = re.compile(r"(?<![\w.,])\d{1,2}(?:,\d{1,2}){2,}(?![\w]|[.,]\d)")
_READINGS = (
    Reading(),
    Reading(zero="lẻ"),
    Reading(thousand="ngàn"),
    Reading(four="bốn"),
    Reading(five="năm"),
)
_MOST_TENTHS = 10


def say_shorthand(text: str, voice: ReadAloud) -> str:
    """`text` with its shorthand written out; numbers are left for those who say them."""
    for short in _LETTER_OF_PLACE.findall(text):
        voice.note(short)
    text = _WEEKDAYS.sub(_weekdays, text)
    text = _SAID_AGAIN.sub(lambda m: m[1] if _is_said(m[1], m[2], voice) else m[0], text)
    for pattern, written in _REWRITTEN:
        text = pattern.sub(written, text)
    text = _LISTED.sub(lambda m: m[0].replace(",", ", "), text)
    text = _HOUSE.sub(lambda m: m[1] + m[2].replace("/", " trên "), text)
    text = _STREET.sub(lambda m: m[1] + m[2].replace("/", " trên "), text)
    text = _SHARES.sub(_share, text)
    text = _ON_A_DAY.sub(_on_a_day, text)
    documents = "|".join(re.escape(name) for name in {*voice.vocabulary.documents.values(), "Luật"})
    numbered = re.compile(rf"(?i)\b((?:{documents})\s+(?:số\s+)?)(0\d{{1,2}})(?![\w/]|[-.,]\w)")
    return numbered.sub(lambda m: f"{m[1]}{digits(m[2])}", text)


def _weekdays(found: re.Match[str]) -> str:
    """“T2-T6” as “thứ 2 đến thứ 6”, “T7, CN” as “thứ 7, Chủ nhật”."""
    said = re.sub(r"T?([2-7])", r"thứ \1", found[0]).replace("CN", "Chủ nhật")
    return re.sub(DASH, " đến ", said)


def _is_said(number: str, words: str, voice: ReadAloud) -> bool:
    """Whether the words in brackets say the number before them once more: 05 (năm)."""
    return words.lower() in {number_words(number, each) for each in (voice.reading, *_READINGS)}


def _share(found: re.Match[str]) -> str:
    part, whole = int(found[2]), int(found[3])
    return f"{found[1]}{found[2]} {'phần' if part < whole <= _MOST_TENTHS else 'trên'} {found[3]}"


def _on_a_day(found: re.Match[str]) -> str:
    """“ngày 2-9 và 30-4” as “ngày 2/9 và 30/4”, as far as these are dates."""
    pairs = [re.split(r"[-.]", each) for each in re.findall(r"\d+[-.]\d+", found[2])]
    if not all(
        1 <= int(month) <= 12 and 1 <= int(day) <= monthrange(_LEAP_YEAR, int(month))[1]
        for day, month in pairs
    ):
        return found[0]
    return found[1] + re.sub(r"[-.]", "/", found[2])
