"""A table as an office keeps it, before anybody knows what its columns are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

MOST_TABLE_BYTES = 20_000_000
"""The largest file that is opened; a list of all 3,321 communes takes a hundredth of it."""


@dataclass(frozen=True, slots=True)
class OddCell:
    """A cell that holds no text, and what to do about it, in Vietnamese and in English."""

    vi: str
    en: str


Cell = str | OddCell


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with the number that a spreadsheet shows beside it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class AgencyTable:
    """A table: its title, if it has one, and its rows."""

    title: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True)
class RowDraft:
    """One row, while its id and its parent are still open; `cells` by column."""

    number: int
    cells: Mapping[str, str]

    def cell(self, column: str) -> str:
        """What the row says in that column; “” when it says nothing."""
        return self.cells.get(column, "")

    def saying(self, **cells: str) -> RowDraft:
        """The same row with other words in some columns."""
        return replace(self, cells={**self.cells, **cells})
