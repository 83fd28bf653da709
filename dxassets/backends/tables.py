"""Tables in PDFs that WeasyPrint has laid out: heads on every page, and cells that name their heads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dxassets.backends.silence import quietly_imported

with quietly_imported:
    import pydyf

_pydyf: Any = pydyf
_TALL = "break-before: page; break-inside: auto"
"""A row that no page holds begins one of its own, below the head, and goes on below the head of the next."""


def give_tall_rows_a_head(document: Any) -> bool:
    """Mark rows that are taller than a page, so that they keep the head when laid out again; whether any is.

    WeasyPrint drops the head of a page on which a row that may not be broken leaves no room for it.
    """
    headless = [each for page in document.pages for each in _without_head(page._page_box)]  # noqa: SLF001
    found = False
    for table, row in headless:
        if row.get("style") != _TALL:
            row.set("style", _TALL)
            found = True
            if row is next(table.iter("tbody"), [None])[0]:  # the whole table begins with it
                table.set("style", f"{table.get('style', '')}; break-before: page")
    return found


def _without_head(box: Any) -> Iterator[tuple[Any, Any]]:
    """Each table below `box` that has a head and does not show it here, with its first row here."""
    if getattr(box, "is_table_wrapper", False):
        table = box.get_wrapped_table()
        groups = list(table.children)
        has_head = table.element is not None and table.element.find("thead") is not None
        if has_head and groups and not groups[0].is_header and groups[0].children:
            yield table.element, groups[0].children[0].element
        return
    for child in getattr(box, "children", ()):
        yield from _without_head(child)


@dataclass(slots=True)
class _TaggedCell:
    """A cell of a tagged table: its structure element, and the columns it stands in."""

    element: Any
    columns: range


def name_heads(pdf: Any) -> None:
    """Give each cell of a tagged table the names of all heads above it, and each head what it is the head of.

    WeasyPrint names heads by the first column that they stand in, and miscounts columns below cells that
    reach over several rows; a head of two storeys is then nobody's (ISO 14289-1, 7.5).
    """
    for item in pdf.objects:
        if isinstance(item, _pydyf.Dictionary) and item.get("S") == "/Table":
            _name_heads_of(item, pdf)


def _name_heads_of(table: Any, pdf: Any) -> None:
    heads: list[_TaggedCell] = []
    for row in _rows(table, pdf):
        cells = list(row)
        for cell in cells:
            above = [head.element["ID"] for head in heads if _meet(head.columns, cell.columns)]
            cell.element["A"]["Headers"] = _pydyf.Array(above)
        for cell in cells:
            if cell.element["S"] == "/TH":
                cell.element["A"]["Scope"] = "/Column"
                heads.append(cell)


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _rows(table: Any, pdf: Any) -> Iterator[list[_TaggedCell]]:
    """The rows of a table, with the columns of each cell: those that cells from above do not reach into."""
    taken: dict[int, int] = {}
    for row in _below(table, "/TR", pdf):
        cells: list[_TaggedCell] = []
        column = 0
        for element in _kids(row, pdf):
            if element.get("S") not in {"/TH", "/TD"}:
                continue
            while taken.get(column, 0):
                column += 1
            shape = element["A"]
            columns = range(column, column + int(shape.get("ColSpan", 1)))
            cells.append(_TaggedCell(element, columns))
            column = columns.stop
        taken = {at: rows - 1 for at, rows in taken.items() if rows > 1}
        for cell in cells:
            over = int(cell.element["A"].get("RowSpan", 1)) - 1
            taken |= dict.fromkeys(cell.columns, over) if over else {}
        yield cells


def _below(element: Any, tag: str, pdf: Any) -> Iterator[Any]:
    """The nearest structure elements of that kind below one."""
    for kid in _kids(element, pdf):
        if kid.get("S") == tag:
            yield kid
        else:
            yield from _below(kid, tag, pdf)


def _kids(element: Any, pdf: Any) -> Iterator[Any]:
    """The structure elements right below one; its marked content is passed over."""
    for kid in element.get("K", ()):
        if isinstance(kid, bytes):
            found = pdf.objects[int(kid.split()[0])]
            if isinstance(found, _pydyf.Dictionary) and found.get("Type") == "/StructElem":
                yield found
