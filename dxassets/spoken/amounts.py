"""Numbers that count, measure and rank: with units, as ranges, as parts, behind “thứ”, as Roman numerals."""

from __future__ import annotations

import re

from dxassets.spoken.numerals import cardinal, monthly, number_words, ordinal, roman
from dxassets.spoken.voice import DASH, ReadAloud, before

_NUMBER = r"\d{1,3}(?:[.\u00a0\u202f]\d{3})+(?:,\d+)?(?!\d)|\d+(?:\.\d+)*(?:,\d+)?"
_ALONE = r"(?<![\w])(?<!\d[.,])"
_PLAIN = re.compile(rf"{_ALONE}({_NUMBER})(?![\w]|[.,]\d)")
_BEHIND_LETTERS = re.compile(r"(?<=[^\W\d_])(\d+(?:\.\d+)*)(?:-(?=\w))?")
_LETTERED = re.compile(rf"{_ALONE}(\d{{1,4}})([A-EĐa-eđ])(?!\w)")
_MINUS = re.compile(rf"(?:(?<=\s)|^)[-−](?=(?:{_NUMBER})(?!\w))")
_FRACTION = re.compile(rf"(?<![\w/.,])(\d+)/({_NUMBER})(?![\w/]|[.,]\d)")
_RANKED = re.compile(r"(?i)\b(lần thứ|thứ)\s+(\d{1,3}|[IVXLC]+)((?:(?:,| và| hoặc) \d)*)(?!\w)")
_HEADS = (
    "khóa|khoá|kỳ|kì|thế kỷ|thế kỉ|chương|phần|mục|phụ lục|đại hội|loại|cấp|hạng|tập|quyển|khu|vùng|"
    "nhóm|bậc|bảng|học kỳ|tiểu mục|biểu|đợt|giai đoạn"
)
_HEADED = re.compile(rf"(?i)\b({_HEADS})\s+(?-i:([IVXLC]+)((?:(?:,\s?| và |\s?[-–]\s?)[IVXLC]+)*))(?!\w)")
_HEADING = re.compile(r"^\s*([IVX]{1,5})\.(?=\s)")
_ROMAN = re.compile(r"(?<![\w/&-])[IVX]{2,}(?![\w/&-])")
_EACH = (
    "ngày|tuần|tháng|quý|năm|vụ|giờ|phút|giây|lần|lượt|ca|buổi|tiết|người|hộ|khẩu|em|cháu|học sinh|"
    "kg|g|tấn|tạ|ha|sào|m2|m²|m3|m³|km|km2|km²|lít|kWh|s|h"
)
_RATES = re.compile(rf"(\d[\d.,]*(?:\s[^\W\d_]+(?:-[^\W\d_]+)?){{0,2}})((?:/(?:{_EACH})(?![\w²³]))+)")
_SCORE = re.compile(r"(?:tỷ số|tỉ số)$")


def say_amounts(text: str, voice: ReadAloud) -> str:
    """`text` without a digit that stands by itself."""
    unit = rf"\s?(?:{voice.vocabulary.unit_pattern})(?![\wÀ-ỹ])"
    text = _MINUS.sub("âm ", text)
    text = re.sub(
        rf"{_ALONE}({_NUMBER})({unit})?{DASH}({_NUMBER})({unit})?(?![\w/])", lambda m: _range(m, voice), text
    )
    text = re.sub(rf"{_ALONE}({_NUMBER})({unit})((?:/[\w²³]+)*)", lambda m: _measured(m, voice), text)
    text = _RATES.sub(lambda m: m[1] + _each(m[2], voice), text)
    text = re.sub(rf"([$€])\s?({_NUMBER})(?!\w)", lambda m: _money(m, voice), text)
    text = _RANKED.sub(lambda m: _ranked(m, voice), text)
    text = _FRACTION.sub(
        lambda m: f"{number_words(m[1], voice.reading)} trên {number_words(m[2], voice.reading)}", text
    )
    text = _LETTERED.sub(lambda m: f"{number_words(m[1], voice.reading)} {m[2]}", text)
    text = _PLAIN.sub(lambda m: number_words(m[1], voice.reading), text)
    return _BEHIND_LETTERS.sub(lambda m: f" {number_words(m[1], voice.reading)} ", text)


def say_roman(text: str, voice: ReadAloud) -> str:
    """Roman numerals behind the words that number by them, and those that can be nothing else."""
    text = _RANKED.sub(lambda m: _ranked(m, voice), text)
    text = _HEADING.sub(lambda m: f"{_value(m[1], voice)}.", text)
    text = _HEADED.sub(lambda m: _headed(m, voice), text)
    return _ROMAN.sub(lambda m: _value(m[0], voice), text)


def _range(found: re.Match[str], voice: ReadAloud) -> str:
    first, unit, last, last_unit = found.groups()
    said = [number_words(each, voice.reading) for each in (first, last)]
    if _SCORE.search(before(found)):
        return " ".join(said)
    units = ["" if each is None else f" {_unit(each, voice)}" for each in (unit, last_unit)]
    return f"{said[0]}{units[0]} đến {said[1]}{units[1]}"


def _measured(found: re.Match[str], voice: ReadAloud) -> str:
    return f"{number_words(found[1], voice.reading)} {_unit(found[2], voice)}{_each(found[3], voice)}"


def _each(text: str, voice: ReadAloud) -> str:
    """“/người/tháng” is “một người một tháng”."""
    names = {**voice.vocabulary.units, "s": "giây", "h": "giờ"}
    return "".join(f" một {names.get(name, name)}" for name in text.split("/")[1:])


def _money(found: re.Match[str], voice: ReadAloud) -> str:
    return f"{number_words(found[2], voice.reading)} {_unit(found[1], voice)}"


def _unit(text: str, voice: ReadAloud) -> str:
    return voice.vocabulary.units[text.strip()]


def _ranked(found: re.Match[str], voice: ReadAloud) -> str:
    """“lần thứ 4” is “tư”, “thứ 2, 4, 6” are three days of a week."""
    value = int(found[2]) if found[2].isdecimal() else roman(found[2])
    if value is None:
        return found[0]
    more = re.sub(r"\d", lambda m: monthly(int(m[0]), voice.reading), found[3])
    return f"{found[1]} {ordinal(value, voice.reading)}{more}"


def _headed(found: re.Match[str], voice: ReadAloud) -> str:
    more = re.sub(r"\s?[-–]\s?", " đến ", found[3])
    more = re.sub("[IVXLC]+", lambda m: _value(m[0], voice), more)
    return f"{found[1]} {_value(found[2], voice)}{more}"


def _value(text: str, voice: ReadAloud) -> str:
    number = roman(text)
    return text if number is None else cardinal(number, voice.reading)
