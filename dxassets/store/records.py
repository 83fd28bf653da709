"""What the manifest says of each asset, and how that is written as JSON, with a checksum each."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter

from dxassets.digest import digest

SUM_DIGITS = 16
"""Hexadecimal digits of a record's own checksum."""
_SUM = re.compile(rb'\{"sum":"([0-9a-f]{16})",')


@dataclass(frozen=True, slots=True)
class AssetSize:
    """Width and height of a finished asset, in px or mm."""

    width: int | float
    height: int | float
    unit: Literal["px", "mm"]


@dataclass(frozen=True, slots=True)
class CodeRecord:
    """A QR code that was read back from the finished asset: what it says, and the side of a module."""

    payload: str
    module_px: float | None = None
    module_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One published asset. `path` is relative to the campaign's folder; `inputs` are names and SHA-256.

    A text has no `size`.
    """

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
    inputs: dict[str, str]
    key: str
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SkipRecord:
    """An asset that was left out on purpose, or could not be made, with the reason and the cure."""

    path: str
    kind: str
    reason_vi: str
    reason_en: str


@cache
def _adapter() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


def checked(data: bytes) -> bytes:
    """The JSON object `data` with a checksum of its own in front: one line, which proves itself."""
    return b'{"sum":"' + digest(data)[:SUM_DIGITS].encode() + b'",' + data[1:]


def unchecked(line: bytes) -> bytes | None:
    """What `checked` was given; None where the line is torn, or a letter of it is another."""
    found = _SUM.match(line)
    if found is None:
        return None
    data = b"{" + line[found.end() :]
    return data if digest(data)[:SUM_DIGITS].encode() == found[1] else None


def record_to_json(record: Record) -> bytes:
    """`record` as one line of JSON with its checksum, without the line's end."""
    return checked(_adapter().dump_json(record))


def record_from_json(line: bytes) -> Record | None:
    """The record in that line, or None where the line is not what was written."""
    data = unchecked(line)
    try:
        return None if data is None else _adapter().validate_json(data)
    except ValueError:
        return None


def pretty(document: Any) -> bytes:
    """JSON for people and for version control: indented, Vietnamese as it is, a line end at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
