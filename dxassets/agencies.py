"""The agencies of a campaign, and the CSV file that lists them, which any spreadsheet program can edit."""

from __future__ import annotations

import csv

from dxassets.errors import CampaignError, Problem
from dxassets.models import Identifier, Line, Model, validate
from dxassets.rows import rows_of
from dxassets.vietnamese import clean

_COLUMNS = ("id", "name", "short_name", "level", "district", "parent")


class Agency(Model):
    """An office that speaks: its full name as the law writes it, and its accepted short name."""

    id: Identifier
    name: Line
    short_name: Line
    level: str = ""
    district: str = ""
    parent: str = ""


def parse_agencies(data: bytes, source: str) -> tuple[Agency, ...]:
    """The agencies CSV (UTF-8, with or without BOM; comma or semicolon); problems by line number."""
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
    missing = [column for column in _COLUMNS[:3] if column not in (reader.fieldnames or ())]
    if missing:
        raise CampaignError(
            Problem(
                f"{source}:1",
                f"thiếu cột {', '.join(missing)}",
                f"lacks the column {', '.join(missing)}",
            )
        )
    return _collect_agencies(reader, source)


def _collect_agencies(reader: csv.DictReader[str], source: str) -> tuple[Agency, ...]:
    """Every row as an `Agency`; all bad rows together in one `CampaignError`."""
    agencies: dict[str, Agency] = {}
    problems: list[Problem] = []
    for row in reader:
        where = f"{source}:{reader.line_num}"
        cells = {column: clean(row.get(column) or "") for column in _COLUMNS}
        try:
            agency = validate(Agency, cells, where)
        except CampaignError as error:
            problems += error.problems
            continue
        if agency.id in agencies:
            problems.append(
                Problem(where, f"mã “{agency.id}” bị lặp", f"the id {agency.id!r} stands here a second time")
            )
        agencies[agency.id] = agency
    if not agencies and not problems:
        problems.append(Problem(source, "không có cơ quan nào", "holds no agency"))
    if problems:
        raise CampaignError(*problems)
    return tuple(agencies.values())
