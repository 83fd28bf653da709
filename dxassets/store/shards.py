"""A shard: all that a manifest says of one agency's folder, in a file beside its assets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Literal

from pydantic import TypeAdapter

from dxassets.digest import digest
from dxassets.store.documents import is_whole, to_document, whole_lines
from dxassets.store.records import SUM_DIGITS, AssetSize, CodeRecord, Record, SkipRecord, checked, unchecked

FORMAT = 2
"""The manifest's own version; a reader that knows another one must not guess."""
FilesTable = dict[str, dict[str, str]]
"""The files (with SHA-256) that assets were made from, by the checksum of the line that says so."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One folder's assets by path, what was left out there, what could not be made, and its index pages.

    `pages` are the SHA-256 of the pages, `pages_key` is the digest of what decides how they look.
    """

    name: str
    records: Mapping[str, Record] = field(default_factory=dict[str, Record])
    skipped: tuple[SkipRecord, ...] = ()
    failed: tuple[SkipRecord, ...] = ()
    pages: Mapping[str, str] = field(default_factory=dict[str, str])
    pages_key: str = ""


@dataclass(frozen=True, slots=True)
class _RecordLine:
    """A record as it is written: what it was made from stands in a table, once for all that share it."""

    path: str
    kind: str
    preset: str | None
    theme: str | None
    day: str | None
    agency: str
    title: str
    size: AssetSize | None
    bytes: int
    sha256: str
    media_type: str
    alt: str
    codes: tuple[CodeRecord, ...]
    least_contrast: float | None
    made_from: str
    key: str
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Files:
    """A line of that table."""

    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class _SummedFiles:
    sum: str
    files: dict[str, str]


@dataclass(frozen=True, slots=True)
class Listed:
    """The lists that a shard and a manifest in one piece have in common."""

    made_from: tuple[_SummedFiles, ...]
    assets: tuple[_RecordLine, ...]
    skipped: tuple[SkipRecord, ...]
    failed: tuple[SkipRecord, ...]

    def records(self) -> dict[str, Record]:
        """The records by path, as they were before they were written."""
        tables = {each.sum: each.files for each in self.made_from}
        return {line.path: _record(line, tables[line.made_from]) for line in self.assets}


@dataclass(frozen=True, slots=True)
class _ShardFile(Listed):
    format: Literal[2]
    folder: str
    pages: dict[str, str]
    pages_key: str


@cache
def _shard_files() -> TypeAdapter[_ShardFile]:
    return TypeAdapter(_ShardFile)


@cache
def _adapter_of(kind: type[_RecordLine | _Files]) -> TypeAdapter[_RecordLine | _Files]:
    return TypeAdapter(kind)


@cache
def _skips() -> TypeAdapter[SkipRecord]:
    return TypeAdapter(SkipRecord)


def lists_of(shards: Iterable[Shard]) -> dict[str, list[bytes]]:
    """The lists of a document about those shards, everything in the order of the paths."""
    found = list(shards)
    records = sorted(chain.from_iterable(each.records.values() for each in found), key=lambda each: each.path)
    tables: dict[str, bytes] = {}
    known: dict[int, str] = {}
    lines: list[bytes] = []
    for record in records:
        files = known.get(id(record.inputs))
        if files is None:
            line = checked(_adapter_of(_Files).dump_json(_Files(dict(sorted(record.inputs.items())))))
            files = known[id(record.inputs)] = line[8 : 8 + SUM_DIGITS].decode()
            tables[files] = line
        lines.append(checked(_adapter_of(_RecordLine).dump_json(_line(record, files))))
    return {
        "made_from": [tables[files] for files in sorted(tables)],
        "assets": lines,
        "skipped": _skip_lines(chain.from_iterable(each.skipped for each in found)),
        "failed": _skip_lines(chain.from_iterable(each.failed for each in found)),
    }


_OF_A_SHARD = (b'"digest": "', b'"format": ', b'"folder": "', b'"pages_key": "')
"""Of which one may have a turned bit."""


def shard_to_json(shard: Shard) -> bytes:
    """`shard` as its file: equal shards, equal bytes."""
    head = {
        "format": FORMAT,
        "folder": shard.name,
        "pages": dict(sorted(shard.pages.items())),
        "pages_key": shard.pages_key,
    }
    return to_document(head, lists_of([shard]))


def shard_from_json(data: bytes) -> Shard | None:
    """The shard in a file that is whole; None for any other."""
    if not is_whole(data):
        return None
    try:
        found = _shard_files().validate_json(data)
        records = found.records()
    except (ValueError, KeyError):
        return None
    return Shard(found.folder, records, found.skipped, found.failed, found.pages, found.pages_key)


def looks_like_a_shard(data: bytes | None) -> bool:
    """Whether a file is one of ours, whole or damaged: a web app has a `manifest.json`, too."""
    return data is not None and sum(word in data for word in _OF_A_SHARD) >= len(_OF_A_SHARD) - 1


def salvaged_records(data: bytes) -> tuple[Record, ...]:
    """The records of a damaged document that are sound, each read by itself."""
    tables: dict[str, dict[str, str]] = {}
    lines: list[_RecordLine] = []
    for line in whole_lines(data):
        for kind in (_Files, _RecordLine):
            try:
                found = _adapter_of(kind).validate_json(line)
            except ValueError:
                continue
            if isinstance(found, _Files):
                tables[digest(line)[:SUM_DIGITS]] = found.files
            else:
                lines.append(found)
            break
    return tuple(_record(line, tables[line.made_from]) for line in lines if line.made_from in tables)


def unsound_lines(data: bytes) -> list[str]:
    """What the records of a damaged document call themselves whose checksums do not fit."""
    damaged = (
        line
        for line in data.splitlines()
        if line.startswith(b'{"sum":') and unchecked(line.removesuffix(b",")) is None
    )
    return [line.partition(b'"path":"')[2].partition(b'"')[0].decode(errors="replace") for line in damaged]


def _skip_lines(skips: Iterable[SkipRecord]) -> list[bytes]:
    return [checked(_skips().dump_json(skip)) for skip in sorted(skips, key=lambda each: each.path)]


def _line(record: Record, files: str) -> _RecordLine:
    return _RecordLine(
        record.path,
        record.kind,
        record.preset,
        record.theme,
        record.day,
        record.agency,
        record.title,
        record.size,
        record.bytes,
        record.sha256,
        record.media_type,
        record.alt,
        record.codes,
        record.least_contrast,
        files,
        record.key,
        record.notes,
    )


def _record(line: _RecordLine, files: dict[str, str]) -> Record:
    return Record(
        line.path,
        line.kind,
        line.preset,
        line.theme,
        line.day,
        line.agency,
        line.title,
        line.size,
        line.bytes,
        line.sha256,
        line.media_type,
        line.alt,
        line.codes,
        line.least_contrast,
        files,
        line.key,
        line.notes,
    )
