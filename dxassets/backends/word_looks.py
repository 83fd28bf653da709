"""How parts of a Word file are to look: what `word_mender` is asked to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Looks:
    """How a paragraph is to look; None leaves a thing as it is. Sizes, gaps pt, indents mm, lines em."""

    size_pt: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    color: str | None = None
    family: str | None = None
    align: str | None = None
    left_mm: float | None = None
    right_mm: float | None = None
    first_mm: float | None = None
    before_pt: float | None = None
    after_pt: float | None = None
    line_em: float | None = None
    tight: bool = False
    """Without the blanks beside “/” and “-” in its letters, which are a symbol's."""


@dataclass(frozen=True, slots=True)
class Page:
    """A section's paper, margins and numbering (mm): None leaves a thing as it is."""

    size: tuple[float, float] | None = None
    margins: Mapping[str, float] = field(default_factory=dict[str, float])
    starts_at: int | None = None


@dataclass(frozen=True, slots=True)
class Mending:
    """All that is to be changed: paragraphs, sections and tables by number.

    `rules` are lines to draw below paragraphs: how long (mm), of a room of how many. `tables` are their new
    indents and widths (mm); `heads` the tables whose first row is to repeat. `number_pt` is the size of the
    page number that is to stand centred in the top margin, and not on the first page.
    """

    looks: Mapping[int, Looks] = field(default_factory=dict[int, Looks])
    pages: Mapping[int, Page] = field(default_factory=dict[int, Page])
    rules: Mapping[int, tuple[float, float]] = field(default_factory=dict[int, tuple[float, float]])
    tables: Mapping[int, tuple[float, float]] = field(default_factory=dict[int, tuple[float, float]])
    heads: frozenset[int] = frozenset()
    number_pt: float | None = None
    number_family: str = "Times New Roman"
