"""Which column of an office's own table is which, by its heading: in any order, with or without marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dxassets.agencies.listed import CHECK_COLUMN
from dxassets.agencies.table import TableRow
from dxassets.vietnamese import clean, fold

HEADINGS = {
    "id": "Mã",
    "name": "Tên cơ quan",
    "short_name": "Tên viết tắt",
    "level": "Cấp",
    "district": "Huyện",
    "parent": "Cơ quan cấp trên",
    CHECK_COLUMN: "Kiểm tra",
}
"""What the columns are called in a table that people edit, in their order."""
_ALSO = {
    "id": "id; ma co quan; ma don vi; ma so; ma viet tat; code",
    "name": (
        "name; ten; ten don vi; ten co quan don vi; ten day du; ten goi; ten to chuc; ten co quan to chuc; "
        "co quan; don vi; co quan don vi; full name; agency"
    ),
    "short_name": "short name; ten ngan; ten ngan gon; ten gon; ten rut gon; ten goi tat; viet tat; ten tat",
    "level": "level; cap don vi; cap co quan; cap hanh chinh; loai; loai co quan; loai don vi",
    "district": "district; quan huyen; ten huyen; thuoc huyen; huyen thi xa thanh pho",
    "parent": "parent; cap tren; co quan chu quan; don vi chu quan; don vi cap tren; truc thuoc; thuoc",
    CHECK_COLUMN: "check; kiem tra lai; can kiem tra; can kiem tra lai; to check",
}
"""The other words by which a column is known, folded."""
_COLUMN_OF = {
    word.strip(): column
    for column, words in _ALSO.items()
    for word in (*words.split(";"), fold(HEADINGS[column]))
}
_LOOKED_AT = 40
"""Rows in which the headings are looked for: a title may stand above them."""


@dataclass(frozen=True, slots=True)
class Headed:
    """A table's headings: their row, where each column is, doubled ones, and those that we do not know."""

    row: TableRow
    places: tuple[tuple[str, int], ...]
    twice: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


def column_of(heading: str) -> str | None:
    """The column that a heading names, or None. Marks, case, signs and what is in brackets do not count."""
    bare = re.sub(r"\(.*?\)|\[.*?\]", " ", heading)
    words = re.sub(r"[^a-z0-9]+", " ", fold(clean(bare))).strip()
    return _COLUMN_OF.get(words)


def headed(rows: Sequence[TableRow]) -> Headed | None:
    """The first row that names the agencies' names; None when no row does."""
    for row in rows[:_LOOKED_AT]:
        named = [(column_of(cell) if isinstance(cell, str) else None) for cell in row.cells]
        if "name" in named:
            return _headed(row, named)
    return None


def _headed(row: TableRow, named: Sequence[str | None]) -> Headed:
    places: dict[str, int] = {}
    twice: list[tuple[str, str]] = []
    unknown: list[str] = []
    for at, column in enumerate(named):
        said = clean(str(row.cells[at]))
        if column is None:
            unknown += [said] if said else []
        elif column in places:
            twice.append((clean(str(row.cells[places[column]])), said))
        else:
            places[column] = at
    return Headed(row, tuple(places.items()), tuple(twice), tuple(unknown))
