"""`manifest.json`: what a build made, sorted, with no clock and no machine in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from dxassets.store.records import Record, SkipRecord

MANIFEST_NAME = "manifest.json"
FORMAT = 1
"""The manifest's own version; a reader that knows another one must not guess."""


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
    """The manifest of a built folder; None when there is none or it can't be read."""
    try:
        manifest = _adapter().validate_json((folder / MANIFEST_NAME).read_bytes())
    except (OSError, ValueError):
        return None
    return manifest if manifest.format == FORMAT else None


def merge_records(older: Iterable[Record], newer: Iterable[Record]) -> tuple[Record, ...]:
    """One record for each path, the newer where both have one, in the order of the paths."""
    by_path = {record.path: record for record in older}
    by_path.update((record.path, record) for record in newer)
    return tuple(by_path[path] for path in sorted(by_path))
