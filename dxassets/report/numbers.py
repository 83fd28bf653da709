"""What a clerk typed for a number, by Vietnamese marks: 1.234,5. What can be read two ways is told."""

from __future__ import annotations

import re
from decimal import Decimal

from dxassets.notation import plain
from dxassets.vietnamese import clean

MOST_FIGURE = 10**12
"""A figure of a report is at most this; a larger one is a slip."""
_GAP = "[. \u00a0\u202f]"
_PLAIN = re.compile(r"[0-9]+(?:,[0-9]+)?")
_GROUPED = re.compile(rf"[0-9]{{1,3}}(?:({_GAP})[0-9]{{3}})(?:\1[0-9]{{3}})*(?:,[0-9]+)?")
_TWO_WAYS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}")
_ENGLISH = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+")
_NEGATIVE = re.compile(r"[-−–]\s*[0-9.,\s]+|\([0-9.,\s]+\)")
_DATE = re.compile(
    r"[0-9]{1,2}[/\-.][0-9]{1,2}[/\-.][0-9]{2,4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[/\-][0-9]{1,2}"
)
Fault = tuple[str, str]


def read_number(said: str | float, *, decimals: int) -> Decimal | Fault:
    """The number that a cell holds, or in both languages why it is none; never below zero.

    A cell of a number is taken as it is; text by Vietnamese marks. `decimals` are those that it may have.
    """
    if isinstance(said, bool):
        return "là ĐÚNG/SAI, không phải số", "is true or false, no number"
    found = _of_text(said) if isinstance(said, str) else Decimal(repr(said))
    if not isinstance(found, Decimal):
        return found
    return _fault(found, decimals) or found


def _fault(number: Decimal, decimals: int) -> Fault | None:
    if not number.is_finite():
        return "không phải số", "is no number"
    if number < 0:
        return "là số âm; số liệu phải từ 0 trở lên", "is below zero"
    if number > MOST_FIGURE:
        return "lớn quá một nghìn tỉ; hãy xem lại", "is more than 10^12; look again"
    if number != number.quantize(Decimal(1).scaleb(-decimals)):
        shown = _vietnamese(number)
        if decimals == 0:
            return (
                f"là {shown}, không phải số nguyên; nếu là dấu của hàng nghìn thì gõ liền các chữ số",
                f"is {number}, no whole number; if its mark parts thousands, type the digits without it",
            )
        return (
            f"là {shown}, nhiều hơn {decimals} chữ số sau dấu phẩy; hãy gõ lại",
            f"is {number}, more than {decimals} decimals",
        )
    return None


def _of_text(said: str) -> Decimal | Fault:
    text = clean(said)
    if _TWO_WAYS.fullmatch(text):
        whole, part = text.replace(",", ""), text.replace(",", ".")
        return (
            f"“{text}” đọc được hai cách: {whole} hay số lẻ {text}; là {whole} thì gõ liền, không dấu",
            f"{text!r} can be read two ways: {whole} or {part}; type {whole} without a mark if that is meant",
        )
    if _PLAIN.fullmatch(text) or _GROUPED.fullmatch(text):
        return Decimal(re.sub(_GAP, "", text).replace(",", "."))
    if _NEGATIVE.fullmatch(text):
        return f"“{text}” là số âm; số liệu phải từ 0 trở lên", f"{text!r} is below zero"
    if _DATE.fullmatch(text):
        return f"“{text}” là ngày tháng, không phải số", f"{text!r} is a date, no number"
    if _ENGLISH.fullmatch(text):
        return (
            f"“{text}” viết dấu kiểu tiếng Anh; hàng nghìn là dấu chấm, số lẻ là dấu phẩy: 1.234,5",
            f"{text!r} has English marks; thousands take a point, decimals a comma: 1.234,5",
        )
    return (
        f"“{_short(text)}” không phải số; chỉ gõ chữ số, lời giải thích ghi ở cột Ghi chú",
        f"{_short(text)!r} is no number; words belong into the note",
    )


def _vietnamese(number: Decimal) -> str:
    return plain(number, "vi", places=6)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40].rstrip()}…"
