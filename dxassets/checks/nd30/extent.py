"""About how much room a Word file's paragraphs take: only Word knows its pages, yet one page is no six."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from dxassets.backends.written import WordSection
from dxassets.checks.nd30.drawn_checks import Measure
from dxassets.checks.nd30.letter import Letter, Line

_MM_PER_PT = 25.4 / 72
_SURELY_ONE, _SURELY_MORE = 0.92, 1.08
_EMPTY_PT = 14.0


def spans_pages(letter: Letter, section: WordSection, measure: Measure) -> bool:
    """Whether the first section takes more than a page, as far as can be told."""
    if letter.word is None:
        return False
    lines = [line for line in letter.lines if line.section == 0]
    share = page_share(lines, section, measure)
    if any(line.breaks_page for line in lines[1:]) or share > _SURELY_MORE:
        return True
    return share > _SURELY_ONE and letter.word.pages > len(letter.word.sections)


def page_share(lines: Sequence[Line], section: WordSection, measure: Measure) -> float:
    """The height of `lines`, set one below the other, in pages of their section."""
    room = max(50.0, section.width - section.left - section.right)
    page = max(50.0, section.height - section.top - section.bottom)
    height = 0.0
    rows: dict[tuple[int, int], defaultdict[int, float]] = {}
    for line in lines:
        if line.cell is None:
            height += _height(line, room, measure)
        else:
            columns = rows.setdefault((line.cell.table, line.cell.row), defaultdict(float))
            columns[line.cell.column] += _height(line, max(10.0, line.cell.width_mm), measure)
    return (height + sum(max(columns.values()) for columns in rows.values())) / page


def _height(line: Line, room: float, measure: Measure) -> float:
    shape = line.shape
    if shape is None:
        return 0.0
    size = max(line.sizes, default=_EMPTY_PT)
    inner = max(10.0, room - shape.left_mm - shape.right_mm)
    width = measure(line.text, line.is_bold and bool(line.text), size) + max(0.0, shape.first_line_mm)
    pitch = shape.line_pt if shape.line_pt is not None else 1.15 * size * (shape.line_em or 1.0)
    return (max(1, math.ceil(width / inner)) * pitch + shape.before_pt + shape.after_pt) * _MM_PER_PT
