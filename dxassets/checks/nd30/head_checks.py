"""Rules of the letterhead: names, rules, number, date, subject (Phụ lục I, Phần I, mục II.1-II.5)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence

from dxassets.backends.written import PdfRule
from dxassets.checks.nd30.letter import Letter, Line, Parts, joined, same
from dxassets.checks.nd30.looks import (
    apart,
    cut,
    is_underline,
    off_centre,
    sized,
    small_letters,
    together,
    underlined,
    underscored,
)
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Fault, Said
from dxassets.decree import names_province_kind, place_faults, symbol_faults
from dxassets.notation import told

Measure = Callable[[str, bool, float], float]
"""The width (mm) of a text in Times New Roman, bold or not, at a size in pt."""

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
_ABSENT: Said = ("không có", "is missing")
_HEAD: Said = ("đầu trang 1", "top of page 1")
_NUMBER = re.compile(r"Số:(\s*)([0-9\s._…]*)/([^\s/]+)")
_DATE = re.compile(r"(.+), ngày\s*(\S*)\s*tháng\s+(\S+)\s+năm\s+([0-9]{4})")
_SETS = {(12.0, 13.0, 13.0), (13.0, 14.0, 14.0)}


def check_head(letter: Letter, measure: Measure) -> Iterator[Fault]:
    """Every rule of the letterhead that is broken."""
    parts = letter.parts
    yield from _nation(letter)
    yield from _names(parts)
    yield from _drawn(letter, measure)
    yield from _sizes_agree(parts)
    yield from _number(parts)
    yield from _date(parts)
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


def _names(parts: Parts) -> Iterator[Fault]:
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


def _drawn(letter: Letter, measure: Measure) -> Iterator[Fault]:
    """The two drawn rules. A border, a drawn line or a cell's lower edge will do; typed dashes will not."""
    parts = letter.parts
    if parts.motto is not None:
        text = [parts.motto]
        yield from _one_rule("H3", text, _lengths(letter, text), _widest(text, measure), (0.95, 1.05))
    if parts.body_name:
        widest = _widest(parts.body_name, measure)
        yield from _one_rule("H6", parts.body_name, _lengths(letter, parts.body_name), widest, (0.32, 0.51))


def _one_rule(
    rule: str, lines: Sequence[Line], lengths: Sequence[float], width: float, share: tuple[float, float]
) -> Iterator[Fault]:
    where = short(lines[-1])
    if not lengths:
        yield Fault(rule, where, _ABSENT)
        return
    least, most = share
    if not any(least * width - 0.7 <= length <= most * width + 0.7 for length in lengths):
        length = lengths[0]
        yield Fault(
            rule,
            where,
            told("dài {} mm, chữ dài {} mm", "is {} mm, the text {} mm long", length, width, places=0),
        )


def _widest(lines: Sequence[Line], measure: Measure) -> float:
    if lines[0].places:
        return max(line.places[0].right - line.places[0].left for line in lines)
    return max(measure(line.text, line.is_bold, max(line.sizes, default=13.0)) for line in lines)


def _lengths(letter: Letter, lines: Sequence[Line]) -> list[float]:
    """Lengths of the lines drawn below `lines`."""
    if letter.pdf is not None:
        below = [rule for rule in letter.pdf.rules if _is_below(rule, lines[-1])]
        return [rule.right - rule.left - 0.4 for rule in below if not is_underline(rule, lines[-1])]
    at = letter.lines.index(lines[-1])
    found = [length for line in lines for length in line.rules_mm]
    for line in letter.lines[at + 1 : at + 4]:
        if line.text or line.cell != lines[-1].cell:
            break
        found += line.rules_mm
    return found


def _is_below(rule: PdfRule, line: Line) -> bool:
    place = line.places[0]
    flat = rule.bottom - rule.top < 1.2
    under = 0 < rule.top - place.baseline < 4
    return rule.page == line.page and flat and under and abs((rule.left + rule.right) / 2 - place.center) < 3


def _sizes_agree(parts: Parts) -> Iterator[Fault]:
    lines = (parts.nation, parts.motto, parts.date)
    if all(line is not None and len(line.sizes) == 1 for line in lines):
        sizes = tuple(next(iter(line.sizes)) for line in lines if line is not None)
        if tuple(round(size * 2) / 2 for size in sizes) not in _SETS:
            yield Fault("H7", _HEAD, told("{}–{}–{}", "{}–{}–{}", *sizes))


def _number(parts: Parts) -> Iterator[Fault]:
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
        yield from _number_itself(line, match, parts)


def _number_itself(line: Line, match: re.Match[str], parts: Parts) -> Iterator[Fault]:
    """The number's digits, and what is only custom about it."""
    gap, digits, symbol = match.group(1), match.group(2).strip(), match.group(3)
    if digits and (not digits.isdecimal() or len(digits) < 2 or int(digits) == 0):
        yield Fault("N2", short(line), same(f"“{digits}”"))
    loose: list[Said] = []
    if digits and not gap:
        loose.append(("không có dấu cách sau “Số:”", "have no blank after “Số:”"))
    if not parts.named_kind and not re.search("[-‐‑‒–—―−]", symbol):
        loose.append(("thiếu đơn vị soạn thảo", "lack the drafting unit"))
    if loose:
        yield Fault("N3", short(line), together(loose))


def _date(parts: Parts) -> Iterator[Fault]:
    if parts.date is None:
        yield Fault("D1", _HEAD, _ABSENT)
        return
    line = parts.date
    found = sized([line], 13, 14) + cut([line], bold=False, italic=True) + underlined([line])
    match = _DATE.fullmatch(" ".join(line.text.split()))
    if match is None:
        found.append(_written(line))
    else:
        place, day, month, _ = match.groups()
        found += place_faults(place)
        if day and not re.fullmatch("[0-9]{2}", day):
            found.append((f"có ngày “{day}”", f"has the day {day!r}"))
        if not re.fullmatch(r"01|02|[3-9]|1[0-2]", month):
            found.append((f"có tháng “{month}”", f"has the month {month!r}"))
    found += apart(parts.nation, line) + off_centre([line])
    if found:
        yield Fault("D1", short(line), together(found))
    if match is not None and names_province_kind(match.group(1)):
        yield Fault("D3", short(line), same(f"“{match.group(1)}”"))
    if match is not None:
        yield from _real_date(line, *match.groups()[1:])


def _real_date(line: Line, day: str, month: str, year: str) -> Iterator[Fault]:
    if not (day.isdecimal() and month.isdecimal()):
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
