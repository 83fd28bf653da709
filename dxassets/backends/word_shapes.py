"""What a Word file is made of, as plain values: styles of paragraphs, pages, cells, boxes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Align = Literal["left", "center", "right", "both"]


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """A named style. `line_pt` is an exact line height, None is single; `outline` a level from 1."""

    name: str
    id: str
    size_pt: float
    bold: bool = False
    italic: bool = False
    align: Align = "left"
    left_mm: float = 0.0
    right_mm: float = 0.0
    first_line_mm: float = 0.0  # negative hangs
    before_pt: float = 0.0
    after_pt: float = 0.0
    line_pt: float | None = None
    keep_with_next: bool = False
    outline: int | None = None


@dataclass(frozen=True, slots=True)
class PageShape:
    """A page and its margins (mm); `number_top_mm` is where the page number stands from the upper edge."""

    width_mm: float
    height_mm: float
    top_mm: float
    bottom_mm: float
    left_mm: float
    right_mm: float
    number_top_mm: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid: paragraphs of one style, from `row`, `column`, reaching over `rows`, `columns`."""

    row: int
    column: int
    lines: tuple[str, ...]
    style: ParagraphStyle
    rows: int = 1
    columns: int = 1
    middle: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """A box around one line of words: its size, how thick its border is, and the colour of both (RRGGBB)."""

    text: str
    width_mm: float
    height_mm: float
    thick_pt: float
    color: str = "000000"
