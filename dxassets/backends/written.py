"""What is read from finished documents: stretches of type, lines, drawn rules. Lengths mm, sizes pt."""

from __future__ import annotations

from dataclasses import dataclass


class UnreadableError(ValueError):
    """The file can't be read; says why in Vietnamese and in English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.vi = vi
        self.en = en


@dataclass(frozen=True, slots=True)
class Type:
    """How letters look: family, size, cut, and colour as RRGGBB (“auto” is black).

    A face of a PDF that tells nothing of itself has no family, and is `vague`: whether it is bold or italic
    can't be judged.
    """

    family: str
    size_pt: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    color: str = "auto"
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Letters of one look."""

    text: str
    type: Type


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands on a page, from its top left corner: first and last letter, baseline."""

    left: float
    right: float
    baseline: float

    @property
    def center(self) -> float:
        """The x half way along."""
        return (self.left + self.right) / 2


@dataclass(frozen=True, slots=True)
class PdfLine:
    """One line of type on a page (from 1), as it was set."""

    page: int
    stretches: tuple[Stretch, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class PdfRule:
    """A thin drawn line or box on a page: its bounds."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page's size, and the bounds of the pictures on it."""

    width: float
    height: float
    pictures: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class PdfWords:
    """What a PDF says: pages, lines in the file's order, rules; families that are not embedded; language."""

    pages: tuple[PdfPage, ...]
    lines: tuple[PdfLine, ...]
    rules: tuple[PdfRule, ...]
    loose_families: tuple[str, ...]
    lang: str


@dataclass(frozen=True, slots=True)
class ParagraphShape:
    """A Word paragraph's layout: alignment, indents (mm), spacing (pt), line height in em or pt.

    `line_em` is set for “auto” spacing (1.0 single), `line_pt` for exact and at-least heights.
    """

    align: str = "left"
    left_mm: float = 0.0
    right_mm: float = 0.0
    first_line_mm: float = 0.0
    before_pt: float = 0.0
    after_pt: float = 0.0
    line_em: float | None = 1.0
    line_pt: float | None = None
    contextual: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a paragraph stands: table, row and column (from 0), the width of its text (mm).

    `left_mm` is where that text's room begins, from the page's left margin.
    """

    table: int
    row: int
    column: int
    width_mm: float
    left_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class WordLine:
    """A Word paragraph: its letters, layout, section and cell, and the lines (mm) drawn at it.

    `page_field` is how the page number in it looks; None when it has none. `breaks_page` when a new page
    begins with it or in it.
    """

    stretches: tuple[Stretch, ...]
    shape: ParagraphShape
    section: int
    cell: Cell | None = None
    rules_mm: tuple[float, ...] = ()
    has_picture: bool = False
    page_field: Type | None = None
    lang: str = ""
    breaks_page: bool = False

    @property
    def has_page_field(self) -> bool:
        """Whether the page number stands here."""
        return self.page_field is not None


@dataclass(frozen=True, slots=True)
class WordTable:
    """A Word table: section, indent, width (mm), borders; of each row whether it repeats, stays whole."""

    section: int
    left_mm: float
    width_mm: float
    bordered: bool
    heads: tuple[bool, ...]
    whole: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class WordSection:
    """A section's page (mm), numbering, and the paragraphs of its headers and footers.

    `number_format` is Word's name for the digits: “decimal”, “lowerRoman”…
    """

    width: float
    height: float
    landscape: bool
    top: float
    right: float
    bottom: float
    left: float
    gutter: float
    first_differs: bool
    starts_at: int | None
    header: tuple[WordLine, ...] = ()
    first_header: tuple[WordLine, ...] = ()
    footers: tuple[WordLine, ...] = ()
    number_format: str = "decimal"


@dataclass(frozen=True, slots=True)
class TextBox:
    """A box with words drawn on the page: its size (mm) and the words."""

    width: float
    height: float
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class WordWords:
    """What a Word file says and how; `pages` as the program counted that saved it, 0 when it didn't."""

    lines: tuple[WordLine, ...]
    tables: tuple[WordTable, ...]
    sections: tuple[WordSection, ...]
    boxes: tuple[TextBox, ...] = ()
    pages: int = 0
