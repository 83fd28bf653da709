"""Rules of the lines drawn below the motto, the issuer's name and the subject (II.1.b, II.2.b, II.5.b)."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence

from dxassets.backends.written import PdfRule
from dxassets.checks.nd30.letter import Letter, Line
from dxassets.checks.nd30.looks import is_underline
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Fault, Said
from dxassets.notation import told

Measure = Callable[[str, bool, float], float]
"""The width (mm) of a text in Times New Roman, bold or not, at a size in pt."""

_ABSENT: Said = ("không có", "is missing")
_TYPED = re.compile(r"[_―—─¯\s]{3,}")
_FORGIVEN_MM = 0.7
_UNDER_MM = 6.0
"""How far below a text's baseline its line stands at most."""
_EMPTY = 3
_ROOM_MM = 165.0
"""Between the margins of an upright page."""
_WHOLE, _PART = (0.95, 1.05), (0.32, 0.51)


def check_drawn(letter: Letter, measure: Measure) -> Iterator[Fault]:
    """The drawn rules: a border, a drawn line, a cell's lower edge, or a row of typed underscores."""
    parts = letter.parts
    if parts.motto is not None:
        yield from _one_rule("H3", [parts.motto], letter, measure, _WHOLE)
    if parts.body_name:
        yield from _one_rule("H6", parts.body_name, letter, measure, _PART)


def check_title_rule(letter: Letter, measure: Measure) -> Iterator[Fault]:
    """The line below the subject of a named kind. A kind without one has its line by its model alone."""
    parts = letter.parts
    if parts.about:
        last = [parts.reference] if parts.reference is not None else []
        yield from _one_rule("V5", parts.about, letter, measure, _PART, below=[*parts.about, *last])


def _one_rule(
    rule: str,
    lines: Sequence[Line],
    letter: Letter,
    measure: Measure,
    share: tuple[float, float],
    *,
    below: Sequence[Line] = (),
) -> Iterator[Fault]:
    where, widths = short(lines[-1]), [_width(line, measure) for line in (*lines, *below)]
    spans = [(share[0] * each - _FORGIVEN_MM, share[1] * each + _FORGIVEN_MM) for each in widths]
    spans += [span for line in lines for span in _wrapped(line, measure, share)]

    def fits(length: float) -> bool:
        return any(least <= length <= most for least, most in spans)

    lengths = [length for line in (lines[-1], *below[-1:]) for length in _lengths(letter, line, measure)]
    lengths += [length for line in lines for length in line.rules_mm]
    if any(map(fits, lengths)) or (not lengths and any(map(fits, _floating(letter)))):
        return
    if not lengths:
        yield Fault(rule, where, _ABSENT)
        return
    length, width = lengths[0], max(widths[: len(lines)])
    yield Fault(
        rule,
        where,
        told("dài {} mm, chữ dài {} mm", "is {} mm, the text {} mm long", length, width, places=0),
    )


def _width(line: Line, measure: Measure) -> float:
    if line.places:
        return line.places[0].right - line.places[0].left
    return measure(line.text, line.is_bold, max(line.sizes, default=13.0))


def _wrapped(line: Line, measure: Measure, share: tuple[float, float]) -> Iterator[tuple[float, float]]:
    """What lengths will do below a Word paragraph that its room breaks into lines nobody has counted."""
    if line.places or (line.cell is not None and line.cell.width_mm <= 0):
        return
    whole, room = _width(line, measure), line.cell.width_mm if line.cell is not None else _ROOM_MM
    if whole > room:
        count = math.ceil(whole / room)
        yield share[0] * whole / count / 2 - _FORGIVEN_MM, share[1] * room + _FORGIVEN_MM


def _floating(letter: Letter) -> Iterator[float]:
    """Lengths of lines drawn above the text of a Word file: a floating shape may be anchored far off."""
    first = letter.parts.body[0] if letter.parts.body else None
    for line in letter.lines if letter.word is not None else ():
        if line is first:
            return
        if line.text or line.cell is None:
            yield from line.rules_mm


def _lengths(letter: Letter, line: Line, measure: Measure) -> list[float]:
    """Lengths of the lines drawn or typed below `line`."""
    if letter.pdf is not None:
        found = [
            rule.right - rule.left - 0.4
            for rule in letter.pdf.rules
            if _is_below(rule, line) and not is_underline(rule, line)
        ]
        typed = [other for other in letter.lines if _is_typed_below(other, line)]
        return found + [other.places[0].right - other.places[0].left for other in typed]
    at = letter.lines.index(line)
    found: list[float] = []
    for other in letter.lines[at + 1 : at + 1 + _EMPTY]:
        if _TYPED.fullmatch(other.text) and other.text:
            found.append(measure(other.text, other.is_bold, max(other.sizes, default=13.0)))
        elif other.text or other.cell != line.cell:
            break
        found += other.rules_mm
    return found


def _is_typed_below(other: Line, line: Line) -> bool:
    if not other.text or not _TYPED.fullmatch(other.text) or other.page != line.page:
        return False
    one, two = line.places[-1], other.places[0]
    return 0 < two.baseline - one.baseline < _UNDER_MM and abs(one.center - two.center) < 3


def _is_below(rule: PdfRule, line: Line) -> bool:
    place = line.places[-1]
    flat = rule.bottom - rule.top < 1.2
    under = 0 < rule.top - place.baseline < _UNDER_MM
    return rule.page == line.page and flat and under and abs((rule.left + rule.right) / 2 - place.center) < 3
