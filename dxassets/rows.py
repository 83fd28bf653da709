"""On which line of a spreadsheet's text file (CSV) each row stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType


def rows_of(text: str) -> csv.DictReader[str]:
    """The rows by the names of their columns; the first line says whether commas or semicolons part them."""
    first_line = text.partition("\n")[0]
    return csv.DictReader(io.StringIO(text), delimiter=";" if ";" in first_line else ",")


@lru_cache(maxsize=8)
def lines_of_rows(data: bytes, column: str = "id") -> Mapping[str, int]:
    """The line, counted from 1, on which each row ends, by what stands in `column`; the first of its kind."""
    reader = rows_of(data.decode("utf-8-sig", errors="replace"))
    found: dict[str, int] = {}
    for row in reader:
        found.setdefault((row.get(column) or "").strip(), reader.line_num)
    return MappingProxyType(found)
