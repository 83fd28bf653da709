"""Where on its page, or at which paragraph, each finding is: for people who would rather look than read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from dxassets.checks.nd30.letter import Letter, Line
from dxassets.checks.nd30.page_checks import short
from dxassets.checks.nd30.rules import Finding, Said

_ABOVE_MM, _BELOW_MM, _BESIDE_MM = 4.5, 1.5, 1.0


@dataclass(frozen=True, slots=True)
class FaultPlace:
    """A finding's place.

    Of a PDF the page (from 1) and boxes on it (mm: left, top, right, bottom), of a Word file the paragraph
    (from 0). Page 0 and paragraph -1 are the whole file's.
    """

    page: int = 0
    boxes: tuple[tuple[float, float, float, float], ...] = ()
    paragraph: int = -1


def marks_of(letter: Letter, findings: Sequence[Finding]) -> tuple[FaultPlace, ...]:
    """The place of each finding, told by the words that say where it is."""
    known: dict[Said, Line] = {}
    for line in (*_lines_of_parts(letter), *letter.lines):
        if line.text:
            known.setdefault(short(line), line)
    pages = (
        {(f"trang {at}", f"page {at}"): at for at in range(1, len(letter.pdf.pages) + 1)}
        if letter.pdf
        else {}
    )
    return tuple(_mark(known.get(each.where), pages.get(each.where, 0)) for each in findings)


def _mark(line: Line | None, page: int) -> FaultPlace:
    if line is None:
        return FaultPlace(page)
    if not line.places:
        return FaultPlace(paragraph=line.paragraph)
    first = line.places[0].baseline
    boxes = tuple(
        (
            place.left - _BESIDE_MM,
            place.baseline - _ABOVE_MM,
            place.right + _BESIDE_MM,
            place.baseline + _BELOW_MM,
        )
        for place in line.places
        if place.baseline >= first  # what goes on overleaf is told by its beginning
    )
    return FaultPlace(line.page, boxes)


def _lines_of_parts(letter: Letter) -> Iterable[Line]:
    """The lines of all parts, which in a PDF may be several of the file's joined to one."""
    for each in fields(letter.parts):
        value = getattr(letter.parts, each.name)
        for line in value if isinstance(value, list) else [value]:  # pyright: ignore[reportUnknownVariableType]
            if isinstance(line, Line):
                yield line
