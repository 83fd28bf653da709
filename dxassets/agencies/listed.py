"""A campaign's own list, `agencies.csv`: read with its lines, and written."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from dxassets.agencies.csv_text import csv_bytes, unguarded
from dxassets.agencies.model import COLUMNS, NEEDED, Agency
from dxassets.errors import CampaignError, Problem
from dxassets.models import validate
from dxassets.rows import rows_of
from dxassets.vietnamese import clean

NOTHING: Mapping[str, str] = MappingProxyType({})
"""Nothing is to be checked."""
CHECK_COLUMN = "check"
"""A column for whoever edits the list: as long as a row has something here, it is to be looked at."""
TO_CHECK = "kiểm tra lại"
"""What stands there in a new campaign's list."""


@dataclass(frozen=True, slots=True)
class ListedRow:
    """An agency as its line says it, nothing derived; `check` is what stands in the column of that name."""

    line: int
    agency: Agency
    check: str = ""


@lru_cache(maxsize=8)
def parse_agencies(data: bytes, source: str) -> tuple[Agency, ...]:
    """The agencies CSV (UTF-8, with or without BOM; comma or semicolon); problems by line number."""
    return tuple(row.agency for row in listed_rows(data, source))


def listed_rows(data: bytes, source: str) -> tuple[ListedRow, ...]:
    """The rows of the agencies CSV; `CampaignError` with all that is wrong, by line number."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CampaignError(
            Problem(
                source,
                "không phải UTF-8; trong Excel chọn “CSV UTF-8” khi lưu",
                "is not UTF-8; in Excel save it as “CSV UTF-8”",
            )
        ) from error
    reader = rows_of(text)
    missing = [column for column in NEEDED if column not in (reader.fieldnames or ())]
    if missing:
        raise CampaignError(
            Problem(
                f"{source}:1",
                f"thiếu cột {', '.join(missing)}",
                f"lacks the column {', '.join(missing)}",
            )
        )
    return _collected(reader, source)


def _collected(reader: csv.DictReader[str], source: str) -> tuple[ListedRow, ...]:
    """Every row; all bad rows together in one `CampaignError`."""
    rows: dict[str, ListedRow] = {}
    problems: list[Problem] = []
    for row in reader:
        where = f"{source}:{reader.line_num}"
        cells = {column: unguarded(clean(row.get(column) or "")) for column in COLUMNS}
        try:
            agency = validate(Agency, cells, where)
        except CampaignError as error:
            problems += error.problems
            continue
        if agency.id in rows:
            problems.append(
                Problem(where, f"mã “{agency.id}” bị lặp", f"the id {agency.id!r} stands here a second time")
            )
        rows[agency.id] = ListedRow(reader.line_num, agency, clean(row.get(CHECK_COLUMN) or ""))
    if not rows and not problems:
        problems.append(Problem(source, "không có cơ quan nào", "holds no agency"))
    if problems:
        raise CampaignError(*problems)
    return tuple(rows.values())


def agencies_csv(agencies: Iterable[Agency], *, to_check: Mapping[str, str] = NOTHING) -> bytes:
    """`agencies.csv` of those agencies; `to_check` says, by id, what is to be looked at."""
    return csv_bytes(table_of(agencies, (*COLUMNS, CHECK_COLUMN), to_check=to_check))


def table_of(
    agencies: Iterable[Agency], headings: tuple[str, ...], *, to_check: Mapping[str, str]
) -> list[tuple[str, ...]]:
    """The headings and a row for each agency; the last column, what is to be checked, only if anything is."""
    rows = [
        (
            *(agency.id, agency.name, agency.short_name, agency.level, agency.district, agency.parent),
            to_check.get(agency.id, ""),
        )
        for agency in agencies
    ]
    wide = len(headings) if any(row[-1] for row in rows) else len(headings) - 1
    return [row[:wide] for row in (headings, *rows)]
