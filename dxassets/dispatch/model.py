"""What a letter holds, frozen. Nothing here knows Word, HTML or a file's syntax."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field

from dxassets.models import BilingualError, Identifier, Line, Model


def _upper(text: str) -> str:
    if text != text.upper():
        raise BilingualError(f"“{text}” phải viết in hoa (NĐ 30)", f"{text!r} must be in capitals")
    return text


def _symbol(text: str) -> str:
    if not re.fullmatch(r"/[^\s/]+", text):
        raise BilingualError(
            f"“{text}” phải có dạng /STTTT-CNTT: gạch chéo, không có khoảng trắng, không có số",
            f"{text!r} must look like /STTTT-CNTT: a slash, no blanks, no number",
        )
    return _upper(text)


def _subject(text: str) -> str:
    if text.lower().startswith("v/v") or text.endswith("."):
        raise BilingualError(
            "không gõ “V/v” ở đầu và dấu chấm ở cuối trích yếu; máy tự thêm V/v",
            "leave out “V/v” at the start and the stop at the end; V/v is added for you",
        )
    return text


def _entry(text: str) -> str:
    if text.startswith(("-", "–", "+")) or text.endswith((";", ".", ",")):
        raise BilingualError(
            f"“{text}”: không gõ gạch đầu dòng và dấu ở cuối; máy tự thêm",
            f"{text!r}: leave out the dash and the final mark; they are added for you",
        )
    return text


Capitals = Annotated[Line, AfterValidator(_upper)]
Entry = Annotated[Line, AfterValidator(_entry)]


class Issuer(Model):
    """Who issues the letter: the body above it (may be none), its own name in lines, and in running text."""

    parent: tuple[Capitals, ...] = ()
    body: Annotated[tuple[Capitals, ...], Field(min_length=1)]
    name: Line


class Signer(Model):
    """Authority and title in lines (``KT. GIÁM ĐỐC``, ``PHÓ GIÁM ĐỐC``), and the name below the signature."""

    authority: Annotated[tuple[Capitals, ...], Field(min_length=1)]
    name: Line | Literal[""]  # empty in a template: nobody's name is made up


class Particulars(Model):
    """The letter's particulars, as a clerk gives them."""

    symbol: Annotated[Line, AfterValidator(_symbol)]
    place: Line
    month: Annotated[int, Field(ge=1, le=12)]
    year: Annotated[int, Field(ge=1945, le=2199)]
    subject: Annotated[Line, AfterValidator(_subject)]
    addressees: Annotated[tuple[Entry, ...], Field(min_length=1)]
    recipients: Annotated[tuple[Entry, ...], Field(min_length=1)]
    filing: Entry
    annexes: tuple[Line, ...] = ()
    mentions: tuple[Line, ...] = ()  # other places, years and sites that the text means to name
    issuer: Issuer
    signer: Signer


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `url` when it is a link."""

    text: str
    bold: bool = False
    italic: bool = False
    url: str | None = None


TABLE_PT = 12.0
"""Of text in tables, unless the table says otherwise."""

ParagraphKind = Literal["text", "clause", "point"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: running text, a khoản's title (`clause`) or a điểm's (`point`); `where` it was written."""

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


Block: TypeAlias = Paragraph | QrPlace


class Column(Model):
    """A table's column: `width` is its share, `group` its name on the head's upper storey."""

    id: Identifier
    head: Line
    group: Line | None = None
    width: Annotated[float, Field(gt=0)]
    align: Literal["left", "center"] = "left"


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

    `size_pt` is its text's: the decree is silent on tables, 11-13 is usual.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]
    size_pt: float = TABLE_PT

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


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex: its name in lines, its text, and a table after it."""

    title: tuple[str, ...]
    landscape: bool
    blocks: tuple[Block, ...]
    table: Table | None


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A whole công văn: particulars, text, annexes. All strings are NFC."""

    particulars: Particulars
    body: tuple[Block, ...]
    annexes: tuple[Annex, ...]

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
