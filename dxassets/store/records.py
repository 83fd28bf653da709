"""What the manifest says of each asset, and how that is written as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from pydantic import TypeAdapter


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
    """An asset that was left out on purpose, with the reason and the cure."""

    path: str
    kind: str
    reason_vi: str
    reason_en: str


@cache
def record_adapter() -> TypeAdapter[Record]:
    """Reads and writes one record."""
    return TypeAdapter(Record)


def record_to_json(record: Record) -> bytes:
    """`record` as one line of JSON, without the line's end."""
    return record_adapter().dump_json(record)


def record_from_json(line: bytes) -> Record | None:
    """The record in that line, or None when the line is torn."""
    try:
        return record_adapter().validate_json(line)
    except ValueError:
        return None


def pretty(document: Any) -> bytes:
    """JSON for people and for version control: indented, Vietnamese as it is, a line end at the end."""
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
