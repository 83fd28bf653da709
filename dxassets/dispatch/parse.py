"""From a clerk's files to a `Dispatch`; everything that is wrong is told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Annotated, Any, Literal, cast

from pydantic import Field

from dxassets.dispatch.composing import grounds_in, laid_out
from dxassets.dispatch.frontmatter import TomlText, decode, split_front_matter
from dxassets.dispatch.holes import HoleWords, fill_blocks, fill_particulars
from dxassets.dispatch.kinds import DOCUMENT_KINDS, LETTER, DocumentKind
from dxassets.dispatch.model import (
    MOST_MEASURES,
    TABLE_PT,
    Annex,
    Block,
    Column,
    Dispatch,
    ReportLine,
    Table,
)
from dxassets.dispatch.particulars import Capitals, Particulars
from dxassets.dispatch.prose import Markup, parse_prose
from dxassets.dispatch.required import check_kind
from dxassets.errors import DispatchError, Problem
from dxassets.models import Line, Model, clean_strings, not_among, suggest

Cell = str | tuple[str, ...]


class _AnnexTable(Model):
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]
    rows: tuple[dict[str, Cell], ...] = ()
    size: Annotated[float, Field(ge=11, le=13)] = TABLE_PT


class _AnnexFile(Model):
    title: Annotated[tuple[Capitals, ...], Field(min_length=1)]
    landscape: bool = False
    end_mark: bool = False
    text: str = ""
    table: _AnnexTable | None = None
    report: Annotated[tuple[ReportLine, ...], Field(max_length=MOST_MEASURES)] = ()


class _AnnexNames(Model):
    attached: tuple[Line, ...] = ()
    annexes: tuple[Line, ...] = ()
    original: Line | Literal[""] = ""


def annex_names(data: bytes, source: str) -> tuple[str, ...]:
    """The files that the letter in `data` names, so that they can be fetched for `parse_dispatch`.

    Those that it issues come first, then its annexes.
    """
    names = _named(data, source)
    return (*names.attached, *names.annexes)


def original_name(data: bytes, source: str) -> str:
    """The file of the document that the one in `data` is a copy of; empty when it names none."""
    return _named(data, source).original


def part_names(data: bytes, source: str) -> tuple[str, ...]:
    """What the parts of the letter in `data` are called in file names: what it issues, then its annexes."""
    names = _named(data, source)
    issued = _numbered("kem-theo", len(names.attached))
    return (*issued, *_numbered("phu-luc", len(names.annexes)))


def _numbered(name: str, count: int) -> tuple[str, ...]:
    return (name,) if count == 1 else tuple(f"{name}-{number}" for number in range(1, count + 1))


def kind_of_letter(data: bytes, source: str) -> str:
    """The slug of the kind that the letter in `data` is; a công văn's where it says none or a wrong one."""
    front, _, _ = split_front_matter(decode(data, source, []), source, [])
    kind = str(front.read([]).get("kind", LETTER))
    return kind if kind in DOCUMENT_KINDS else LETTER


def _named(data: bytes, source: str) -> _AnnexNames:
    problems: list[Problem] = []
    front, _, _ = split_front_matter(decode(data, source, problems), source, problems)
    raw = front.read(problems)
    asked = {key: raw[key] for key in ("attached", "annexes", "original") if key in raw}
    names = front.check(asked, _AnnexNames, problems)
    if names is None or problems:
        raise DispatchError(*problems)
    return names


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
    data: bytes,
    annexes: Mapping[str, bytes],
    source: str,
    *,
    words: HoleWords | None = None,
    has_text: bool = True,
) -> Dispatch:
    """The letter in `data`; `annexes` holds the bytes of the files that it names, by that name.

    Raises `DispatchError` with every problem of all files together; each says
    where (``dispatch.md:12``; `source` is the file's name) and what to do. With
    `words` it is a template, whose ``{holes}`` they fill. Without `has_text` its
    text is given in another way, and may be empty here.
    """
    given = None if words is None else tuple(words.items())
    return _parsed(data, tuple(annexes.items()), source, words=given, has_text=has_text)


@lru_cache(maxsize=64)
def _parsed(
    data: bytes,
    files: tuple[tuple[str, bytes], ...],
    source: str,
    *,
    words: tuple[tuple[str, tuple[str, ...]], ...] | None,
    has_text: bool,
) -> Dispatch:
    """`parse_dispatch`, kept: each of a hundred offices that pass a letter on reads the same one."""
    annexes, holes = dict(files), None if words is None else dict(words)
    problems: list[Problem] = []
    text = decode(data, source, problems)
    if problems:
        raise DispatchError(*problems)
    front, prose, before = split_front_matter(text, source, problems)
    if problems:
        raise DispatchError(*problems)
    raw = front.read(problems)
    readable = not problems
    body = parse_prose(prose, source, before, problems, markup=markup_of(raw))
    if holes is not None:
        raw = fill_particulars(raw, holes, front, problems)
        body = fill_blocks(body, holes, problems)
    particulars = front.check(raw, Particulars, problems) if readable else None
    if readable:
        check_kind(raw, front, problems)
    problems += _text_problems(raw, body, f"{source}:{before}", has_text=has_text)
    parsed = [_attached_named(name, annexes, front, problems) for name in _names(raw, "attached")]
    parsed += [_annex_named(name, annexes, front, problems) for name in _names(raw, "annexes")]
    if particulars is None or problems:
        raise DispatchError(*problems)
    return Dispatch(particulars, body, tuple(annex for annex in parsed if annex is not None))


def markup_of(raw: Mapping[str, Any]) -> Markup:
    """What is understood of the text of a document with these particulars."""
    return Markup(named=raw.get("kind", LETTER) != LETTER, tables=bool(raw.get("tables", True)))


def _text_problems(
    raw: Mapping[str, Any], body: tuple[Block, ...], where: str, *, has_text: bool
) -> Iterator[Problem]:
    """A text that is missing, or that the kind's model has no place for; bases that are said twice."""
    kind = DOCUMENT_KINDS.get(str(raw.get("kind", LETTER)), DOCUMENT_KINDS[LETTER])
    if not body and kind.text == "must" and has_text:
        yield Problem(where, f"chưa có nội dung {kind.name}", "the letter's text is empty")
    if body and kind.text == "none":
        yield Problem(
            body[0].where,
            f"{kind.name} (Mẫu {kind.model}) chỉ có các dòng của mẫu; hãy bỏ phần chữ này",
            f"{kind.name!r} (Mẫu {kind.model}) has the model's own lines only; take this text out",
        )
    if problem := bases_twice(raw.get("bases"), body, kind):
        yield problem


def bases_twice(bases: object, body: tuple[Block, ...], kind: DocumentKind) -> Problem | None:
    """The problem of bases among the particulars and in the text as well."""
    grounds, _ = grounds_in(body, operative=kind.operative)
    if not bases or not grounds or kind.is_letter:
        return None
    return Problem(
        grounds[0].where,
        "căn cứ đã có ở bases; chỉ ghi một nơi, hãy bỏ ở đây hoặc bỏ bases",
        "what it is based on stands in bases already; say it in one place only",
    )


def _names(raw: Mapping[str, Any], key: str) -> list[str]:
    """The files' names in particulars that may yet be wrong."""
    names = raw.get(key, [])
    if not isinstance(names, list):
        return []
    return [name for name in cast("list[object]", names) if isinstance(name, str)]


class _AttachedFile(Model):
    """The particulars of a document that another one issues: it has no number, date or signature."""

    kind: str
    subject: Line
    landscape: bool = False
    tables: bool = True


def _attached_named(
    name: str, files: Mapping[str, bytes], front: TomlText, problems: list[Problem]
) -> Annex | None:
    """The document in the file `name` that the decision issues (Mẫu 1.3)."""
    if name not in files:
        problems.append(missing_annex(name, front.where(("attached",)), list(files)))
        return None
    found: list[Problem] = []
    own, prose, before = split_front_matter(decode(files[name], name, found), name, found)
    raw = own.read(found) if not found else {}
    checked = own.check(raw, _AttachedFile, found) if not found else None
    blocks = parse_prose(
        prose, name, before, found, markup=Markup(named=True, tables=raw.get("tables", True))
    )
    kind = DOCUMENT_KINDS.get(checked.kind) if checked else None
    if checked and (kind is None or kind.model != "1.4"):
        known = [each.slug for each in DOCUMENT_KINDS.values() if each.model == "1.4"]
        found.append(not_among(own.where(("kind",)), checked.kind, known=known))
    if not blocks and not found:
        found.append(Problem(f"{name}:{before}", "chưa có nội dung", "its text is empty"))
    problems.extend(found)
    if checked is None or found:
        return None
    return Annex((checked.subject,), checked.landscape, tuple(laid_out(blocks)), None, checked.kind)


def _annex_named(
    name: str, annexes: Mapping[str, bytes], front: TomlText, problems: list[Problem]
) -> Annex | None:
    if name not in annexes:
        problems.append(missing_annex(name, front.where(("annexes",)), list(annexes)))
        return None
    text = decode(annexes[name], name, problems)
    return _parse_annex(TomlText(text, name), problems) if text else None


def parse_report_lines(data: bytes, source: str) -> tuple[Annex, tuple[ReportLine, ...]]:
    """The annex in `data`, and what its `[[report]]` says of the form that units fill in.

    `DispatchError` with all that is wrong.
    """
    problems: list[Problem] = []
    toml = TomlText(decode(data, source, problems), source)
    annex = _parse_annex(toml, problems)
    if annex is None or problems:
        raise DispatchError(*problems)
    return annex, _AnnexFile.model_validate(clean_strings({**toml.read([]), "text": ""})).report


def _parse_annex(toml: TomlText, problems: list[Problem]) -> Annex | None:
    found: list[Problem] = []
    raw = toml.read(found)
    prose = raw.get("text", "")
    # The text keeps its line ends, so it goes around the cleaning of strings.
    checked = toml.check({**raw, "text": ""}, _AnnexFile, found) if raw or not found else None
    if not isinstance(prose, str):
        found.append(Problem(toml.where(("text",)), "text: phải là chữ", "text: must be text"))
        prose = ""
    blocks = parse_prose(prose, toml.source, _lines_above(toml, prose), found, markup=Markup(tables=True))
    table = _table(checked.table, toml, found) if checked and checked.table else None
    if checked and checked.end_mark and table is None and not isinstance(next(reversed(blocks), None), Table):
        found.append(
            Problem(
                toml.where(("end_mark",)),
                "end_mark: phụ lục này kết thúc bằng chữ; hãy bỏ dòng này và gõ “./.” liền sau chữ cuối",
                "end_mark: this annex ends with text; leave this out, and end its last word with “./.”",
            )
        )
    problems.extend(found)
    if checked is None or found:
        return None
    return Annex(checked.title, checked.landscape, blocks, table, end_mark=checked.end_mark)


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
