"""`manifest.json`: what a build made, sorted, with no clock and no machine in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from dxassets.errors import OutputError, Problem
from dxassets.store.files import output_error
from dxassets.store.records import Record, SkipRecord, record_from_json

MANIFEST_NAME = "manifest.json"
FORMAT = 1
"""The manifest's own version; a reader that knows another one must not guess."""


_RECORD = re.compile(rb"^  \{\n.*?^  \}", re.MULTILINE | re.DOTALL)
"""A record as `manifest_to_json` sets it: two blanks before its braces, more before all that is in it."""


class NewerManifestError(OutputError):
    """The manifest was written by a version that knows more; it must not be written over."""


class DamagedManifestError(OutputError):
    """A manifest lies there and can't be read whole. `data` are its bytes."""

    def __init__(self, problem: Problem, data: bytes) -> None:
        super().__init__(problem)
        self.data = data


@dataclass(frozen=True, slots=True)
class CampaignName:
    """Which campaign was built."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A built folder, told. `inputs` are data files and SHA-256, `tools` are programs and versions."""

    format: int
    campaign: CampaignName
    inputs: dict[str, str] = field(default_factory=dict[str, str])
    tools: dict[str, str] = field(default_factory=dict[str, str])
    assets: tuple[Record, ...] = ()
    skipped: tuple[SkipRecord, ...] = ()


@cache
def _adapter() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)


def manifest_to_json(manifest: Manifest) -> bytes:
    """`manifest` with its records in the order of their paths: equal manifests, equal bytes."""
    in_order = Manifest(
        manifest.format,
        manifest.campaign,
        dict(sorted(manifest.inputs.items())),
        dict(sorted(manifest.tools.items())),
        tuple(sorted(manifest.assets, key=lambda record: record.path)),
        tuple(sorted(manifest.skipped, key=lambda skip: skip.path)),
    )
    return _adapter().dump_json(in_order, indent=1) + b"\n"


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a built folder; None when there is none.

    `NewerManifestError` and `DamagedManifestError` when one is there that must not be taken for absent;
    `OutputError` when the disk won't give it.
    """
    path = folder / MANIFEST_NAME
    try:
        data = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise output_error(path, error) from error
    try:
        manifest = _adapter().validate_json(data)
    except ValueError as error:
        raise _unread(path, data, _format_of(data)) from error
    if manifest.format != FORMAT:
        raise _unread(path, data, manifest.format)
    return manifest


def _unread(path: Path, data: bytes, version: int) -> OutputError:
    if version > FORMAT:
        return NewerManifestError(
            Problem(
                str(path),
                "do bản dxassets mới hơn làm ra; hãy cập nhật dxassets, hoặc chọn thư mục khác",
                "was made by a newer version of dxassets; update dxassets, or choose another folder",
            )
        )
    return DamagedManifestError(
        Problem(
            str(path),
            "bị hỏng, không đọc hết được; hãy chạy lại dxassets build: bản hỏng được giữ lại, "
            "chỉ những tệp không còn dấu vết mới phải làm lại",
            "is damaged and can't be read whole; run dxassets build again: the damaged one is kept, "
            "and only files without a trace are made again",
        ),
        data,
    )


def _format_of(data: bytes) -> int:
    """The format that a manifest names; 0 where it names none."""
    try:
        document: Any = json.loads(data)
    except ValueError:
        return 0
    named = document.get("format") if isinstance(document, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return named if isinstance(named, int) else 0


def salvaged_records(data: bytes) -> tuple[Record, ...]:
    """The records of a damaged manifest that are whole, each read by itself."""
    found = (record_from_json(each) for each in _RECORD.findall(data))
    return tuple(record for record in found if record is not None)


def merge_records(older: Iterable[Record], newer: Iterable[Record]) -> tuple[Record, ...]:
    """One record for each path, the newer where both have one, in the order of the paths."""
    by_path = {record.path: record for record in older}
    by_path.update((record.path, record) for record in newer)
    return tuple(by_path[path] for path in sorted(by_path))
