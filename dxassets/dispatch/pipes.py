"""Tables in a document's text: rows between pipes, below a row of heads and a row of dashes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dxassets.dispatch.model import Align, Column, Table

_DASHES = re.compile(r":?-+:?")
_NARROW, _WIDE = 5, 60
"""Letters by which a column's share of the width is told, at least and at most."""


def table_height(lines: Sequence[str], at: int) -> int:
    """How many lines from `at` on are a table; 0 when none begins there."""
    if at + 1 >= len(lines):
        return 0
    heads, dashes = cells_of(lines[at]), cells_of(lines[at + 1])
    if not heads or len(heads) != len(dashes) or not all(map(_DASHES.fullmatch, dashes)) or not all(heads):
        return 0
    end = at + 2
    while end < len(lines) and len(cells_of(lines[end])) == len(heads):
        end += 1
    return end - at


def cells_of(line: str) -> list[str]:
    """The cells of a row; none when it isn't one. A pipe in a cell has a backslash before it."""
    said = line.strip()
    if len(said) < 2 or not said.startswith("|") or not said.endswith("|") or said.endswith("\\|"):
        return []
    return [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", said[1:-1])]


def read_table(lines: Sequence[str], where: str) -> Table:
    """The table that `lines` are; its columns share the width by their longest words and texts."""
    heads, dashes, *rows = [cells_of(line) for line in lines]
    return table_of(heads, rows, aligns=[_align(dash) for dash in dashes], where=where)


def _align(dash: str) -> Align:
    """How a column is set: “:-:” centred, “-:” flush right, as sums are."""
    if not dash.endswith(":"):
        return "left"
    return "center" if dash.startswith(":") else "right"


def table_of(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, aligns: Sequence[Align], where: str
) -> Table:
    """A table of these heads and rows, in which “<br>” breaks a cell's line; `where` it was written."""
    columns = tuple(
        Column(
            id=f"c{at}",
            head=head,
            width=_share([head, *(row[at] for row in rows)]),
            align=aligns[at],
        )
        for at, head in enumerate(heads)
    )
    return Table(columns, tuple(tuple(_lines(cell) for cell in row) for row in rows), where=where)


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in cell.split("<br>") if line.strip())


def _share(texts: Sequence[str]) -> float:
    """A column's share: its longest word at least, its longest text where that is short."""
    longest = max((len(word) for text in texts for word in text.split()), default=1)
    whole = max(map(len, texts), default=1)
    return float(min(max(longest + 2, min(whole, _WIDE), _NARROW), _WIDE))
