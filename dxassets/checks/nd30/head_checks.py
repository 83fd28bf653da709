"""Rules of the letterhead: names, rules, number, date, subject (Phụ lục I, Phần I, mục II.1-II.5)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from dxassets.checks.nd30.drawn_checks import Measure, check_drawn
from dxassets.checks.nd30.letter import Letter, Line, Parts, joined, same
from dxassets.checks.nd30.looks import (
    apart,
    cut,
    off_centre,
    sized,
    small_letters,
    together,
    underlined,
    underscored,
)
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Fault, Said
from dxassets.decree import kind_symbol_faults, names_province_kind, place_faults, symbol_faults
from dxassets.notation import told

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_ABSENT: Said = ("không có", "is missing")
_HEAD: Said = ("đầu trang 1", "top of page 1")
_NUMBER = re.compile(r"Số:(\s*)([0-9\s._…]*)/([^\s/]+)")
_DATE = re.compile(r"(.+), ngày\s*(\S*)\s*tháng\s*(\S*)\s*năm\s*([0-9]{4}|)")
_BLANK = re.compile(r"[.…_]+")
_UNDATED = {"BIÊN BẢN"}
"""Minutes name their time in the text (Phụ lục III, mẫu 1.9)."""
_SETS = {(12.0, 13.0, 13.0), (13.0, 14.0, 14.0)}


def check_head(letter: Letter, measure: Measure) -> Iterator[Fault]:
    """Every rule of the letterhead that is broken."""
    parts = letter.parts
    yield from _nation(letter)
    yield from check_names(parts)
    yield from check_drawn(letter, measure)
    yield from _sizes_agree(parts)
    yield from check_number(parts)
    yield from check_date(parts)
    yield from _subject(parts)


def _nation(letter: Letter) -> Iterator[Fault]:
    parts = letter.parts
    if parts.nation is None:
        yield Fault("H1", _HEAD, _ABSENT)
    else:
        words = [] if parts.nation.text.replace("HOÀ", "HÒA") == NATION else [_written(parts.nation)]
        lines = [parts.nation]
        found = words + sized(lines, 12, 13) + cut(lines, bold=True, italic=False) + underlined(lines)
        found += off_centre(lines)
        if found:
            yield Fault("H1", short(parts.nation), together(found))
    if parts.motto is None:
        yield Fault("H2", _HEAD, _ABSENT)
    else:
        words = [] if parts.motto.text == MOTTO else [_written(parts.motto)]
        lines = [parts.motto]
        found = words + sized(lines, 13, 14) + cut(lines, bold=True, italic=False) + underlined(lines)
        found += off_centre(lines) + apart(parts.nation, parts.motto) + underscored(lines, letter)
        if found:
            yield Fault("H2", short(parts.motto), together(found))


def _written(line: Line) -> Said:
    return f"viết là “{line.text}”", f"is written {line.text!r}"


def check_names(parts: Parts) -> Iterator[Fault]:
    """Rules of the bodies' names (mục II.2)."""
    if parts.parent:
        found = small_letters(parts.parent) + sized(parts.parent, 12, 13)
        found += cut(parts.parent, bold=False, italic=False) + underlined(parts.parent)
        found += off_centre(parts.parent)
        if found:
            yield Fault("H4", short(parts.parent[0]), together(found))
    if not parts.body_name:
        yield Fault("H5", _HEAD, _ABSENT)
        return
    found = small_letters(parts.body_name) + sized(parts.body_name, 12, 13)
    found += (
        cut(parts.body_name, bold=True, italic=False)
        + underlined(parts.body_name)
        + off_centre(parts.body_name)
    )
    if parts.parent:
        found += apart(parts.parent[0], parts.body_name[0])
    if found:
        yield Fault("H5", short(parts.body_name[0]), together(found))


def _sizes_agree(parts: Parts) -> Iterator[Fault]:
    lines = (parts.nation, parts.motto, parts.date)
    if all(line is not None and len(line.sizes) == 1 for line in lines):
        sizes = tuple(next(iter(line.sizes)) for line in lines if line is not None)
        if tuple(round(size * 2) / 2 for size in sizes) not in _SETS:
            yield Fault("H7", _HEAD, told("{}–{}–{}", "{}–{}–{}", *sizes))


def check_number(parts: Parts) -> Iterator[Fault]:
    """Rules of number and symbol (mục II.3)."""
    if parts.number is None:
        yield Fault("N1", _HEAD, _ABSENT)
        return
    line = parts.number
    found = sized([line], 13, 13) + cut([line], bold=False, italic=False) + off_centre([line])
    found += apart(parts.body_name[-1] if parts.body_name else None, line, most_mm=4.0)
    match = _NUMBER.fullmatch(line.text)
    if match is None:
        found.append(_written(line))
    else:
        found += symbol_faults(match.group(3), of_letter=not parts.named_kind)
    if found:
        yield Fault("N1", short(line), together(found))
    if match is not None:
        for wrong in kind_symbol_faults(match.group(3), parts.named_kind):
            yield Fault("N4", short(line), wrong)
        yield from _number_itself(line, match, parts)


def _number_itself(line: Line, match: re.Match[str], parts: Parts) -> Iterator[Fault]:
    """The number's digits, and what is only custom about it."""
    digits, symbol = match.group(2).strip(), match.group(3)
    if digits and (not digits.isdecimal() or len(digits) < 2 or int(digits) == 0):
        yield Fault("N2", short(line), same(f"“{digits}”"))
    if not parts.named_kind and not re.search("[-‐‑‒–—―−]", symbol):
        yield Fault("N3", short(line), ("thiếu đơn vị soạn thảo", "lack the drafting unit"))


def check_date(parts: Parts) -> Iterator[Fault]:
    """Rules of place and date (mục II.4)."""
    if parts.date is None:
        if parts.named_kind not in _UNDATED:
            yield Fault("D1", _HEAD, _ABSENT)
        return
    line = parts.date
    found = sized([line], 13, 14) + cut([line], bold=False, italic=True) + underlined([line])
    match = _DATE.fullmatch(_BLANK.sub(" ", " ".join(line.text.split())))
    if match is None:
        found.append(_written(line))
    else:
        place, day, month, _ = match.groups()
        found += place_faults(place)
        if day and not re.fullmatch("[0-9]{2}", day):
            found.append((f"có ngày “{day}”", f"has the day {day!r}"))
        if month and not re.fullmatch(r"01|02|[3-9]|1[0-2]", month):
            found.append((f"có tháng “{month}”", f"has the month {month!r}"))
    if line.text[-1:].isdigit():  # a year still to be filled in leaves no ink to be centred
        found += apart(parts.nation, line)
    found += off_centre([line])
    if found:
        yield Fault("D1", short(line), together(found))
    if match is not None and names_province_kind(match.group(1)):
        yield Fault("D3", short(line), same(f"“{match.group(1)}”"))
    if match is not None:
        yield from _real_date(line, *match.groups()[1:])


def _real_date(line: Line, day: str, month: str, year: str) -> Iterator[Fault]:
    if not (day.isdecimal() and month.isdecimal() and year.isdecimal()):
        return
    try:
        datetime.date(int(year), int(month), int(day))
    except ValueError:
        yield Fault("D2", short(line), same(f"{day}/{month}/{year}"))


def _subject(parts: Parts) -> Iterator[Fault]:
    if parts.named_kind or (not parts.subject and parts.salutation is None):
        return
    if not parts.subject:
        yield Fault("V1", _HEAD, _ABSENT)
        return
    lines, text = parts.subject, joined(parts.subject)
    found = (
        sized(lines, 12, 13) + cut(lines, bold=False, italic=False) + off_centre(lines) + underlined(lines)
    )
    found += apart(parts.body_name[-1] if parts.body_name else parts.number, lines[0], most_mm=4.0)
    if not text.startswith("V/v "):
        found.append((f"mở đầu “{text[:8]}”", f"begins with {text[:8]!r}"))
    if text.endswith("."):
        found.append(("có dấu chấm cuối", "ends with a stop"))
    if found:
        yield Fault("V1", short(lines[0]), together(found))
    yield from _subject_gap(parts)


def _subject_gap(parts: Parts) -> Iterator[Fault]:
    """6 pt between the number and the subject."""
    number, subject = parts.number, parts.subject[0]
    if number is None:
        return
    gap = None
    if number.shape is not None and subject.shape is not None:
        gap = max(number.shape.after_pt, 0) + subject.shape.before_pt
    elif number.places and subject.places and number.page == subject.page:
        pitch = (subject.places[0].baseline - number.places[0].baseline) * 72 / 25.4
        size = max(subject.sizes, default=12)
        gap = pitch - 1.15 * size
        gap = 6.0 if 4 <= gap <= 9 else gap
    if gap is not None and abs(gap - 6) > 0.6:
        yield Fault("V2", short(subject), told("{} pt", "{} pt", gap, places=0))
