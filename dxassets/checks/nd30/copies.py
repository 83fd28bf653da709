"""Finds what a copy adds below the document that it is a copy of (Phụ lục I, Phần II, mục II; Mẫu 3.1)."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.checks.nd30.letter import Line
from dxassets.decree import COPIES
from dxassets.vietnamese import fold

_FORMS = frozenset(fold(form) for form in COPIES)
_LEVEL_MM = 3.0
"""How far above the name of its form a copy's own lines may begin: both stand on one level."""


def form_of_copy(lines: Sequence[Line]) -> int | None:
    """The line that says “SAO Y”, “SAO LỤC” or “TRÍCH SAO” and nothing else; None in what is no copy."""
    found = [at for at, line in enumerate(lines) if is_form(line)]
    return found[-1] if found else None


def is_form(line: Line) -> bool:
    """Whether a line names a copy's form, in capitals or at least in bold."""
    text = line.text
    return fold(text) in _FORMS and (text == text.upper() or line.is_bold) and not line.in_ruled_table


def start_of_copy(lines: Sequence[Line], form: int) -> int:
    """The first of the copy's own lines."""
    mark = lines[form]
    if mark.places:
        level = mark.places[0].baseline - _LEVEL_MM
        return next(
            at for at, line in enumerate(lines) if line.page == mark.page and line.places[0].baseline > level
        )
    if mark.cell is None:
        return form
    return next(
        at for at, line in enumerate(lines) if line.cell is not None and line.cell.table == mark.cell.table
    )
