"""Numbers in Vietnamese words: whole ones, decimals, digits one by one, Roman numerals."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field

from dxassets.models import Model

LEAST_RATE, MOST_RATE = 80, 300
"""Syllables a minute, from a very slow loudspeaker to a hurried newsreader."""
MOST_CARDINAL = 15
"""Digits beyond which a number is read digit by digit: nobody hears a number of that size."""
_DIGITS = "không một hai ba bốn năm sáu bảy tám chín".split()
_BILLION = 1_000_000_000
_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Reading(Model):
    """How a region says what is said in several ways; `rate` in syllables a minute, pauses included.

    `early_day` is the word before the days 1 to 9 of a month, empty for none; `addresses` says whether
    web addresses are spelled or left out.
    """

    five: Literal["lăm", "nhăm", "năm"] = "lăm"
    four: Literal["tư", "bốn"] = "tư"
    zero: Literal["linh", "lẻ"] = "linh"
    thousand: Literal["nghìn", "ngàn"] = "nghìn"
    early_day: Literal["mùng", "mồng", ""] = "mùng"
    addresses: Literal["spell", "leave-out"] = "spell"
    rate: Annotated[int, Field(ge=LEAST_RATE, le=MOST_RATE)] = 160


def cardinal(number: int, reading: Reading) -> str:
    """A whole number in words: 2005 is “hai nghìn không trăm linh năm”."""
    if number < 0:
        return f"âm {cardinal(-number, reading)}"
    if number < _BILLION:
        return _below_billion(number, reading, whole=False)
    high, low = divmod(number, _BILLION)
    rest = f" {_below_billion(low, reading, whole=True)}" if low else ""
    return f"{cardinal(high, reading)} tỷ{rest}"


def _below_billion(number: int, reading: Reading, *, whole: bool) -> str:
    """Up to three groups; with `whole` more stands before them, so that hundreds are said even if none."""
    if number == 0:
        return _DIGITS[0]
    groups = ((number // 1_000_000, "triệu"), (number // 1000 % 1000, reading.thousand), (number % 1000, ""))
    said: list[str] = []
    for value, name in groups:
        if value:
            words = _group(value, reading, whole=whole or bool(said))
            if not name and value >= 100 and (whole or said) and not groups[1][0]:
                words = (
                    f"{_DIGITS[0]} {reading.thousand} {words}"  # “một triệu một trăm” would be another number
                )
            said.append(f"{words} {name}".rstrip())
    return " ".join(said)


def _group(value: int, reading: Reading, *, whole: bool) -> str:
    """1 to 999."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    said = [f"{_DIGITS[hundreds]} trăm"] if hundreds or whole else []
    if tens > 1:
        said.append(f"{_DIGITS[tens]} mươi")
    elif tens == 1:
        said.append("mười")
    elif ones and said:
        said.append(reading.zero)
    if ones:
        said.append(_one(ones, tens, reading))
    return " ".join(said)


def _one(ones: int, tens: int, reading: Reading) -> str:
    """The last digit, which changes its sound behind tens."""
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 4 and tens > 1:
        return reading.four
    if ones == 5 and tens:
        return "lăm" if tens == 1 and reading.five == "nhăm" else reading.five
    return _DIGITS[ones]


def digits(text: str) -> str:
    """The digits of `text` one by one."""
    return " ".join(_DIGITS[int(char)] for char in text if char in "0123456789")


def number_words(text: str, reading: Reading) -> str:
    """A number as it is written (1.234,5; 0,05; 05; 4.0) in words."""
    whole, _, part = text.partition(",")
    if re.fullmatch(r"\d{1,3}(?:[.\u00a0\u202f]\d{3})+", whole):
        said = _whole(re.sub(r"\D", "", whole), reading)
    else:
        said = " chấm ".join(_whole(piece, reading) for piece in whole.split("."))
    return f"{said} phẩy {_decimals(part, reading)}" if part else said


def _whole(text: str, reading: Reading) -> str:
    if len(text) > MOST_CARDINAL or (len(text) > 2 and text.startswith("0")):
        return digits(text)
    return cardinal(int(text), reading)


def _decimals(text: str, reading: Reading) -> str:
    """Two decimals are a number, more are digits: 3,14 is “mười bốn”, 3,05 is “không năm”."""
    if len(text) > 2 or text.startswith("0"):
        return digits(text)
    return cardinal(int(text), reading)


def roman(text: str) -> int | None:
    """The value of a Roman numeral below 400; None for what is none."""
    if _ROMAN.fullmatch(text) is None:
        return None
    values = [_VALUES[char] for char in text]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def ordinal(number: int, reading: Reading) -> str:
    """What follows “thứ”: nhất, tư, and the number itself for all others."""
    return {1: "nhất", 4: "tư"}.get(number) or cardinal(number, reading)


def monthly(number: int, reading: Reading) -> str:
    """What follows “tháng” and “quý”: the fourth is “tư”."""
    return "tư" if number == 4 else cardinal(number, reading)
