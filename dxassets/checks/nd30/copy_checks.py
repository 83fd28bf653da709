"""Rules of what a copy adds below the document (Phụ lục I, Phần II, mục II.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dxassets.checks.nd30.end_checks import check_end
from dxassets.checks.nd30.head_checks import check_date, check_names, check_number
from dxassets.checks.nd30.letter import Letter, Line
from dxassets.checks.nd30.looks import cut, off_centre, sized, small_letters, together
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Fault

_WIDE_MM = 150.0
"""A line across all of the text's room, whose least width is 155 mm."""
_ABOVE_MM = 20.0


def check_copy(letter: Letter) -> Iterator[Fault]:
    """Every rule of a copy's own part that is broken."""
    copy = letter.parts.copy
    if copy is None or copy.title is None:
        return
    form = [copy.title]
    found = small_letters(form) + sized(form, 13, 14) + cut(form, bold=True, italic=False) + off_centre(form)
    if found:
        yield Fault("C1", short(copy.title), together(found))
    if not _is_ruled_above(letter, copy.title):
        yield Fault("C2", short(copy.title))
    yield from check_names(copy)
    yield from check_number(copy)
    yield from check_date(copy)
    yield from check_end(replace(letter, parts=copy))


def _is_ruled_above(letter: Letter, form: Line) -> bool:
    """Whether a line is drawn across the page above the copy's part."""
    if letter.pdf is not None:
        level = form.places[0].baseline
        return any(
            rule.page == form.page
            and rule.right - rule.left > _WIDE_MM
            and level - _ABOVE_MM < rule.bottom < level
            for rule in letter.pdf.rules
        )
    lines = letter.lines
    table = form.cell.table if form.cell is not None else -1
    beside = (at for at, line in enumerate(lines) if line.cell is not None and line.cell.table == table)
    first = next(beside, lines.index(form))
    return any(length > _WIDE_MM for line in lines[max(0, first - 3) : first + 1] for length in line.rules_mm)
