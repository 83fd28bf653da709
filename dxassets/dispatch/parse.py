"""From a clerk's files to a `Dispatch`; everything that is wrong is told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, cast

from pydantic import Field

from dxassets.dispatch.frontmatter import TomlText, decode, split_front_matter
from dxassets.dispatch.holes import HoleWords, fill_blocks, fill_particulars
from dxassets.dispatch.model import TABLE_PT, Annex, Capitals, Column, Dispatch, Particulars, Table
from dxassets.dispatch.prose import parse_prose
from dxassets.errors import DispatchError, Problem
from dxassets.models import Line, Model, suggest

Cell = str | tuple[str, ...]


class _AnnexTable(Model):
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: tuple[dict[str, Cell], ...] = ()
    size: Annotated[float, Field(ge=11, le=13)] = TABLE_PT


class _AnnexFile(Model):
    title: Annotated[tuple[Capitals, ...], Field(min_length=1)]
    landscape: bool = False
    text: str = ""
    table: _AnnexTable | None = None


class _AnnexNames(Model):
    annexes: tuple[Line, ...] = ()


def annex_names(data: bytes, source: str) -> tuple[str, ...]:
    """The annex files that the letter in `data` names, so that they can be fetched for `parse_dispatch`."""
    problems: list[Problem] = []
    front, _, _ = split_front_matter(decode(data, source, problems), source, problems)
    raw = front.read(problems)
    names = front.check({"annexes": raw.get("annexes", ())}, _AnnexNames, problems)
    if names is None or problems:
        raise DispatchError(*problems)
    return names.annexes


def line_of_annexes(data: bytes, source: str) -> str:
    """``file:line`` of the annexes' names."""
    front, _, _ = split_front_matter(decode(data, source, []), source, [])
    return front.where(("annexes",))


def missing_annex(name: str, where: str, known: Sequence[str]) -> Problem:
    """An annex that is named and not there."""
    vi, en = suggest(name, known)
    return Problem(
        where,
        f"không tìm thấy phụ lục “{name}”.{vi or ' Hãy đặt tệp ấy cạnh công văn, hoặc bỏ tên khỏi annexes.'}",
        f"annex {name!r} is not there.{en or ' Put that file beside the letter, or take it out of annexes.'}",
    )


def parse_dispatch(
    data: bytes, annexes: Mapping[str, bytes], source: str, *, words: HoleWords | None = None
) -> Dispatch:
    """The letter in `data`; `annexes` holds the bytes of the files that it names, by that name.

    Raises `DispatchError` with every problem of all files together; each says
    where (``dispatch.md:12``; `source` is the file's name) and what to do. With
    `words` it is a template, whose ``{holes}`` they fill.
    """
    problems: list[Problem] = []
    text = decode(data, source, problems)
    if problems:
        raise DispatchError(*problems)
    front, prose, before = split_front_matter(text, source, problems)
    if problems:
        raise DispatchError(*problems)
    raw = front.read(problems)
    readable = not problems
    body = parse_prose(prose, source, before, problems)
    if words is not None:
        raw = fill_particulars(raw, words, front, problems)
        body = fill_blocks(body, words, problems)
    particulars = front.check(raw, Particulars, problems) if readable else None
    if not body:
        problems.append(
            Problem(f"{source}:{before}", "chưa có nội dung công văn", "the letter's text is empty")
        )
    parsed = [_annex_named(name, annexes, front, problems) for name in _names(raw)]
    if particulars is None or problems:
        raise DispatchError(*problems)
    return Dispatch(particulars, body, tuple(annex for annex in parsed if annex is not None))


def _names(raw: Mapping[str, Any]) -> list[str]:
    """The annex names in particulars that may yet be wrong."""
    names = raw.get("annexes", [])
    if not isinstance(names, list):
        return []
    return [name for name in cast("list[object]", names) if isinstance(name, str)]


def _annex_named(
    name: str, annexes: Mapping[str, bytes], front: TomlText, problems: list[Problem]
) -> Annex | None:
    if name not in annexes:
        problems.append(missing_annex(name, front.where(("annexes",)), list(annexes)))
        return None
    text = decode(annexes[name], name, problems)
    return _parse_annex(TomlText(text, name), problems) if text else None


def _parse_annex(toml: TomlText, problems: list[Problem]) -> Annex | None:
    found: list[Problem] = []
    raw = toml.read(found)
    prose = raw.get("text", "")
    # The text keeps its line ends, so it goes around the cleaning of strings.
    checked = toml.check({**raw, "text": ""}, _AnnexFile, found) if raw or not found else None
    if not isinstance(prose, str):
        found.append(Problem(toml.where(("text",)), "text: phải là chữ", "text: must be text"))
        prose = ""
    blocks = parse_prose(prose, toml.source, _lines_above(toml, prose), found)
    table = _table(checked.table, toml, found) if checked and checked.table else None
    problems.extend(found)
    if checked is None or found:
        return None
    return Annex(checked.title, checked.landscape, blocks, table)


def _lines_above(toml: TomlText, prose: str) -> int:
    """How many lines stand above the first line of `prose` in its file."""
    key = toml.line(("text",))
    opening = toml.text.split("\n")[key - 1] if toml.text else ""
    quotes_end_line = re.search(r"=\s*(\"\"\"|''')\s*$", opening) is not None
    return key if quotes_end_line and prose else key - 1


def _table(raw: _AnnexTable, toml: TomlText, problems: list[Problem]) -> Table:
    """The table, its rows in the order of its columns; each row must name each column."""
    ids = [column.id for column in raw.columns]
    for at, twice in enumerate(ids):
        if twice in ids[:at]:
            problems.append(
                Problem(
                    toml.where(("table", "columns")),
                    f"hai cột cùng mã “{twice}”",
                    f"two columns have the id {twice!r}",
                )
            )
    for at, row in enumerate(raw.rows):
        _check_row(row, ids, toml.where(("table", "rows", at)), problems)
    rows = tuple(tuple(_lines(row.get(name, "")) for name in ids) for row in raw.rows)
    return Table(raw.columns, rows, raw.size)


def _check_row(row: Mapping[str, Cell], ids: list[str], where: str, problems: list[Problem]) -> None:
    for name in row:
        if name not in ids:
            vi, en = suggest(name, ids)
            problems.append(
                Problem(where, f"bảng không có cột “{name}”.{vi}", f"the table has no column {name!r}.{en}")
            )
    problems.extend(
        Problem(
            where,
            f'hàng này thiếu cột “{name}”; ô trống thì viết {name} = ""',
            f'this row lacks the column {name!r}; an empty cell is {name} = ""',
        )
        for name in ids
        if name not in row
    )


def _lines(cell: Cell) -> tuple[str, ...]:
    lines = (cell,) if isinstance(cell, str) else cell
    return tuple(line for line in lines if line)
