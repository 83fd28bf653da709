"""The letter for reading in a page: the form's own wording, and blanks that say that they are blank."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dxassets.backends.qr import QrMatrix, encode, matrix_to_path
from dxassets.dispatch import (
    Block,
    Dispatch,
    HeadCell,
    LetterFill,
    QrPlace,
    Run,
    Table,
    Wording,
    word_letter,
)
from dxassets.dispatch.composing import text_of
from dxassets.dispatch.form import MOTTO, NATION
from dxassets.jobs import LinkWords

QUIET_ZONE = 4
"""Light modules around a QR symbol (ISO/IEC 18004)."""


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table: rows of head cells, and rows of cells, each cell in lines."""

    head: tuple[tuple[HeadCell, ...], ...]
    rows: tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class PageBlock:
    """A paragraph (`runs`), a table, a QR code (`path` on `side` modules), or a box for one to come."""

    kind: str
    runs: tuple[Run, ...] = ()
    label: str = ""
    domain: str = ""
    path: str = ""
    side: int = 0
    table: PageTable | None = None


@dataclass(frozen=True, slots=True)
class PageAnnex:
    """An annex with its three heads."""

    word: str
    title: tuple[str, ...]
    reference: str
    blocks: tuple[PageBlock, ...]
    table: PageTable | None


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The letter as a page shows it. `has_blanks`: number or date are still to be written in."""

    words: Wording
    nation: str
    motto: str
    body: tuple[PageBlock, ...]
    annexes: tuple[PageAnnex, ...]
    has_blanks: bool


def letter_page(dispatch: Dispatch, fill: LetterFill, links: tuple[LinkWords, ...]) -> LetterPage:
    """The letter to read; a QR code whose link is not among `links` becomes an empty box."""
    words = word_letter(dispatch, fill)
    codes = {link.id: (encode(link.url), link.domain) for link in links}
    return LetterPage(
        words=words,
        nation=NATION,
        motto=MOTTO,
        body=_blocks(text_of(dispatch), codes),
        annexes=tuple(
            PageAnnex(
                head.word,
                head.title,
                head.reference,
                _blocks(annex.blocks, codes),
                None if annex.table is None else PageTable(annex.table.head(), annex.table.rows),
            )
            for annex, head in zip(dispatch.annexes, words.annexes, strict=True)
        ),
        has_blanks=fill.number is None or fill.date is None,
    )


def blank_parts(text: str) -> list[tuple[str, bool]]:
    """`text` in parts, each with whether it is a blank: two no-break spaces or more."""
    return [(part, part.startswith("\u00a0\u00a0")) for part in re.split("(\u00a0{2,})", text) if part]


def _blocks(blocks: tuple[Block, ...], codes: dict[str, tuple[QrMatrix, str]]) -> tuple[PageBlock, ...]:
    shown: list[PageBlock] = []
    for block in blocks:
        if isinstance(block, Table):
            shown.append(PageBlock("table", table=PageTable(block.head(), block.rows)))
        elif not isinstance(block, QrPlace):
            shown.append(PageBlock(block.kind, block.runs))
        elif block.id in codes:
            matrix, domain = codes[block.id]
            path = matrix_to_path(matrix, x=QUIET_ZONE, y=QUIET_ZONE, module=1)
            shown.append(PageBlock("code", (), block.label, domain, path, matrix.side + 2 * QUIET_ZONE))
        else:
            shown.append(PageBlock("box", (), block.label))
    return tuple(shown)
