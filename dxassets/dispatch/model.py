"""What a document holds, frozen. Nothing here knows Word, HTML or a file's syntax."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from dxassets.dispatch.particulars import Particulars
from dxassets.models import Identifier, Line, Model


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `url` when it is a link."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


TABLE_PT = 12.0
"""Of text in tables, unless the table says otherwise."""

ParagraphKind = Literal["text", "clause", "point", "basis", "decider", "operative", "part", "part_title"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: running text, a khoản's, section's or article's title (`clause`), a điểm's (`point`).

    Documents with a name have bases too, the line of who decides, “QUYẾT ĐỊNH:” (`operative`), and the names
    of parts and chapters with their titles. `where` it was written.
    """

    kind: ParagraphKind
    runs: tuple[Run, ...]
    where: str = field(default="", compare=False)

    @property
    def text(self) -> str:
        """The words without their styles."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class QrPlace:
    """Where the QR code of the link `id` stands; `label` says what it leads to; `where` it was written."""

    id: str
    label: str
    where: str = field(default="", compare=False)


ReportPart = Literal["number", "task", "unit", "before", "after", "note"]
"""What a column of an annex is in the report that units send back."""
MOST_MEASURES = 100
"""Measures of one report; a form of more would not be filled in."""


Align = Literal["left", "center", "right"]


class Column(Model):
    """A table's column: `width` is its share, `group` its name on the head's upper storey.

    `report` says what it is in the form that units fill in, where its head does not tell.
    """

    id: Identifier
    head: Line
    group: Line | None = None
    width: Annotated[float, Field(gt=0)]
    align: Align = "left"
    report: ReportPart | None = None


class ReportLine(Model):
    """A measure of the form that units fill in: of which task (its number or its words), and in what unit.

    `decimals` are those that its numbers may have; shares and averages are not to `sum`.
    """

    task: Line
    measure: Line
    unit: Line | Literal[""] = ""
    decimals: Annotated[int, Field(ge=0, le=3)] = 0
    sum: bool = True


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of a table's head: its text, first column, and how far it reaches."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, and rows of cells; a cell is lines of text, empty when it is left to be filled in.

    `size_pt` is its text's: the decree is silent on tables, 11-13 is usual. `where` it was written.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    size_pt: float = TABLE_PT
    where: str = field(default="", compare=False)

    def head(self) -> tuple[tuple[HeadCell, ...], ...]:
        """The head: one row, or two when columns stand in groups."""
        if not any(column.group for column in self.columns):
            return (tuple(HeadCell(column.head, at) for at, column in enumerate(self.columns)),)
        upper: list[HeadCell] = []
        lower: list[HeadCell] = []
        for at, column in enumerate(self.columns):
            if column.group is None:
                upper.append(HeadCell(column.head, at, rows=2))
                continue
            lower.append(HeadCell(column.head, at))
            if at and self.columns[at - 1].group == column.group:
                last = upper.pop()
                upper.append(HeadCell(last.text, last.column, columns=last.columns + 1))
            else:
                upper.append(HeadCell(column.group, at))
        return tuple(upper), tuple(lower)

    def widths(self, total: float) -> tuple[float, ...]:
        """The columns' widths, in the unit of `total`, which they fill."""
        whole = sum(column.width for column in self.columns)
        return tuple(total * column.width / whole for column in self.columns)


Block: TypeAlias = Paragraph | QrPlace | Table


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: its name in lines, its text, and a table after it; `end_mark` asks for “./.” below the table.

    With `kind` (a slug) it is no annex but a document that this one issues (Mẫu 1.3); `title` is its subject.
    """

    title: tuple[str, ...]
    landscape: bool
    blocks: tuple[Block, ...]
    table: Table | None
    kind: str = ""
    end_mark: bool = False


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A whole document: particulars, text, what it issues and its annexes. All strings are NFC.

    `original` is what a copy (Mẫu 3.1) is a copy of; None where the copy's part stands alone.
    """

    particulars: Particulars
    body: tuple[Block, ...]
    annexes: tuple[Annex, ...]
    original: Dispatch | None = None

    def qr_ids(
        self, *, letter: bool = True, annex: Callable[[int], bool] = lambda _: True
    ) -> tuple[str, ...]:
        """The links whose codes the letter (if `letter`) and its annexes (by number) show, in order, once."""
        shown = [*self.body] if letter else []
        for number, each in enumerate(self.annexes, start=1):
            shown += each.blocks if annex(number) else ()
        return tuple(dict.fromkeys(block.id for block in shown if isinstance(block, QrPlace)))

    def qr_places(self) -> tuple[QrPlace, ...]:
        """Every place of a QR code, the letter's and the annexes'."""
        blocks = (*self.body, *(block for annex in self.annexes for block in annex.blocks))
        return tuple(block for block in blocks if isinstance(block, QrPlace))
