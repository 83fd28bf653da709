"""Dates and hours as they are spoken: 10/10 is “mười tháng mười”, 7h30 is “bảy giờ ba mươi phút”."""

from __future__ import annotations

import re
from calendar import monthrange

from dxassets.spoken.numerals import cardinal, monthly, number_words, roman
from dxassets.spoken.voice import DASH, ReadAloud, before, span

_LEAP_YEAR = 2024
_EDGE, _END = r"(?<![\w/.,])", r"(?![\w/]|[.,]\d)"
_ISO = re.compile(rf"{_EDGE}(\d{{4}})-(\d{{2}})-(\d{{2}}){_END}")
_DOTTED = re.compile(rf"{_EDGE}(\d{{1,2}})([-.])(\d{{1,2}})\2(\d{{4}}){_END}")
_TWO = re.compile(
    rf"{_EDGE}(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}))?{DASH}(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}))?{_END}"
)
_DAYS = re.compile(rf"{_EDGE}(\d{{1,2}}){DASH}(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}))?{_END}")
_MONTHS = re.compile(rf"{_EDGE}(\d{{1,2}})/(\d{{4}}){DASH}(\d{{1,2}})/(\d{{4}}){_END}")
_ONE = re.compile(rf"{_EDGE}(\d{{1,2}})/(\d{{1,2}})(?:/(\d{{4}}))?{_END}")
_MONTH = re.compile(rf"{_EDGE}(\d{{1,2}})/(\d{{4}}){_END}")
_OF_YEAR = re.compile(rf"(?i)\b(quý|tuần|kỳ|học kỳ|đợt)\s+(\d{{1,2}}|[IVX]+)/(\d{{4}}){_END}")
_NAMED_DAY = re.compile(r"(?i)\b(ngày)\s+(\d{1,2})(?=\s+(?:tháng|và\s+\d{1,2}/|và\s+ngày\s+\d{1,2}/))")
_NAMED_MONTHS = re.compile(
    rf"(?i)\b(tháng|quý)\s+(\d{{1,2}}|[IVX]+){DASH}(\d{{1,2}}|[IVX]+)(?:/(\d{{4}}))?{_END}"
)
_NAMED = re.compile(r"(?i)\b(tháng|quý)\s+(\d{1,2}|[IVX]+)(?![\w/]|[.,]\d)")
_COUNTED = re.compile(
    r"(?i)\s+(?:tổng\s+)?(?:số|dân|diện tích|hộ|xã|phường|huyện|thị trấn|thôn|bon|buôn|người|"
    r"đại biểu|thành viên|ủy viên|đơn vị|cơ quan|"
    r"trường|chỉ tiêu|học sinh|phiếu|tiêu chí|nhiệm vụ|mục tiêu)(?!\w)"
)
_PARTS = re.compile(r"(?i)\s+(?:tổng\s+)?(?:số|dân số|diện tích)(?!\w)")
_CLOCK = (
    r"(\d{1,2})(?:\s?[hH](?![a-zà-ỹ])|\s?g(?=\d)|:(?=\d\d)|\s+giờ(?=\s*\d))"
    r"\s?(\d{2})?(?:\s*(?:phút|ph|p)(?!\w))?"
)
_HOURS = re.compile(rf"{_EDGE}{_CLOCK}{DASH}{_CLOCK}(?![\w:]|[.,/]\d)")
_BARE_HOURS = re.compile(rf"{_EDGE}(\d{{1,2}}){DASH}{_CLOCK}(?![\w:]|[.,/]\d)")
_HOUR = re.compile(rf"{_EDGE}{_CLOCK}(?![\w:]|[.,/]\d)")


def say_dates(text: str, voice: ReadAloud) -> str:
    """`text` with its dates in words; what is no date of any calendar is left for the numbers."""
    text = _NAMED_DAY.sub(lambda m: f"{m[1]} {_day(m[2], voice)}", text)
    text = _ISO.sub(lambda m: _date(m, voice, m[3], m[2], year=m[1]), text)
    text = _DOTTED.sub(lambda m: _date(m, voice, m[1], m[3], year=m[4]), text)
    text = _MONTHS.sub(lambda m: _two_months(m, voice), text)
    text = _TWO.sub(lambda m: _two_dates(m, voice), text)
    text = _DAYS.sub(lambda m: _two_days(m, voice), text)
    text = _OF_YEAR.sub(lambda m: f"{m[1]} {_numbered(m[2], voice)} {_year(m[3], voice)}", text)
    text = _NAMED_MONTHS.sub(lambda m: _named_months(m, voice), text)
    text = _ONE.sub(lambda m: _date(m, voice, m[1], m[2], year=m[3]), text)
    text = _MONTH.sub(lambda m: _month_of(m, voice), text)
    text = _NAMED.sub(lambda m: f"{m[1]} {_numbered(m[2], voice)}", text)
    return re.sub(r"(?i)\b(mùng|mồng)\s+(?:mùng|mồng)(?=\s)", r"\1", text)


def say_hours(text: str, voice: ReadAloud) -> str:
    """`text` with its hours in words: 7h30, 7 giờ 30, 07:30, 7h30 - 8h."""
    text = _HOURS.sub(lambda m: _two_hours(m, voice), text)
    text = _BARE_HOURS.sub(lambda m: _two_hours(m, voice), text)
    return _HOUR.sub(lambda m: _hour(m[1], m[2], voice) or m[0], text)


def _is_date(day: str, month: str) -> bool:
    return 1 <= int(month) <= 12 and 1 <= int(day) <= monthrange(_LEAP_YEAR, int(month))[1]


def _day(day: str, voice: ReadAloud) -> str:
    said = cardinal(int(day), voice.reading)
    early = voice.reading.early_day
    return f"{early} {said}" if early and int(day) < 10 else said


def _year(year: str | None, voice: ReadAloud) -> str:
    return f"năm {cardinal(int(year), voice.reading)}" if year else ""


def _whole(day: str, month: str, year: str | None, voice: ReadAloud) -> str:
    said = f"{_day(day, voice)} tháng {monthly(int(month), voice.reading)} {_year(year, voice)}"
    return said.rstrip()


def _date(found: re.Match[str], voice: ReadAloud, day: str, month: str, *, year: str | None) -> str:
    """The date; a fraction where the numbers are no date, or count something."""
    if not _is_date(day, month) or (year is None and _counts(found)):
        return found[0] if year else _fraction(found, day, month, voice)
    return _whole(day, month, year, voice)


def _counts(found: re.Match[str]) -> bool:
    """Whether a fraction is meant: 2/3 số hộ, 8/8 huyện, 24/7; “ngày” before it makes it a date."""
    if re.search(r"(?:^|\W)(?:ngày|dịp|lễ)$", before(found)):
        return False
    return _COUNTED.match(found.string, found.end()) is not None or found[0] == "24/7"


def _fraction(found: re.Match[str], part: str, whole: str, voice: ReadAloud) -> str:
    parts = _PARTS.match(found.string, found.end()) and int(part) < int(whole) <= 10
    between = "phần" if parts else "trên"
    return f"{number_words(part, voice.reading)} {between} {number_words(whole, voice.reading)}"


def _two_dates(found: re.Match[str], voice: ReadAloud) -> str:
    day, month, year, last_day, last_month, last_year = found.groups()
    if not (_is_date(day, month) and _is_date(last_day, last_month)):
        return found[0]
    return span(found, _whole(day, month, year, voice), _whole(last_day, last_month, last_year, voice))


def _two_days(found: re.Match[str], voice: ReadAloud) -> str:
    first, last, month, year = found.groups()
    if not (_is_date(first, month) and _is_date(last, month)):
        return found[0]
    return span(found, _day(first, voice), _whole(last, month, year, voice))


def _two_months(found: re.Match[str], voice: ReadAloud) -> str:
    if not all(1 <= int(found[at]) <= 12 for at in (1, 3)):
        return found[0]
    named = before(found).endswith("tháng")
    first, last = (
        f"tháng {monthly(int(found[at]), voice.reading)} {_year(found[at + 1], voice)}" for at in (1, 3)
    )
    return span(found, first.removeprefix("tháng ") if named else first, last)


def _month_of(found: re.Match[str], voice: ReadAloud) -> str:
    if not 1 <= int(found[1]) <= 12:
        return found[0]
    named = before(found).endswith("tháng")
    return f"{'' if named else 'tháng '}{monthly(int(found[1]), voice.reading)} {_year(found[2], voice)}"


def _named_months(found: re.Match[str], voice: ReadAloud) -> str:
    name, first, last, year = found.groups()
    said = (
        f"{name} {_numbered(first, voice)} đến {name.lower()} {_numbered(last, voice)} {_year(year, voice)}"
    )
    return said.rstrip()


def _numbered(text: str, voice: ReadAloud) -> str:
    number = int(text) if text.isdecimal() else roman(text)
    return text if number is None else monthly(number, voice.reading)


def _hour(hour: str, minutes: str | None, voice: ReadAloud) -> str | None:
    if int(hour) > 24 or (minutes and int(minutes) > 59):
        return None
    said = f"{cardinal(int(hour), voice.reading)} giờ"
    if minutes and int(minutes):
        said += f" {cardinal(int(minutes), voice.reading)} phút"
    return said


def _two_hours(found: re.Match[str], voice: ReadAloud) -> str:
    groups = found.groups()
    first = _hour(groups[0], groups[1] if len(groups) == 4 else None, voice)
    last = _hour(groups[-2], groups[-1], voice)
    return found[0] if first is None or last is None else span(found, first, last)
