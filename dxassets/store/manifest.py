"""`manifest.json`: what a build made, sorted, with no clock and no machine in it.

A small campaign's is in one piece. Of a large one it is a small root, which names the digest of each
agency's shard (`AGENCY/manifest.json`) and sums up what stands there.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter

from dxassets.digest import digest
from dxassets.errors import OutputError, Problem
from dxassets.foreign import output_error
from dxassets.store.documents import is_whole, to_document
from dxassets.store.journal import shard_of
from dxassets.store.records import Record, SkipRecord
from dxassets.store.shards import FORMAT, Listed, Shard, lists_of, shard_from_json

MANIFEST_NAME = "manifest.json"
LARGEST_WHOLE = 2000
"""Assets of a manifest in one piece; of more than that, each agency's stand in a shard of its own."""
Reason = tuple[str, str]


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
class Summary:
    """What the root tells of a shard; `skipped` counts what was left out, by the reason's key."""

    digest: str
    agency: str
    assets: int
    bytes: int
    least_contrast: float | None
    failed: int
    skipped: dict[str, int]


@dataclass(frozen=True, slots=True)
class Root:
    """A built folder, in short. `inputs` are data files and SHA-256, `tools` are programs and versions.

    `shards` sums up every folder; those in `whole` stand in the root itself. `unserved` are agencies for
    which nothing could be made, `reasons` why something was left out, by their keys.
    """

    campaign: CampaignName
    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    tools: Mapping[str, str] = field(default_factory=dict[str, str])
    shards: Mapping[str, Summary] = field(default_factory=dict[str, Summary])
    reasons: Mapping[str, Reason] = field(default_factory=dict[str, Reason])
    unserved: Mapping[str, Reason] = field(default_factory=dict[str, Reason])
    pages: Mapping[str, str] = field(default_factory=dict[str, str])
    pages_key: str = ""
    whole: Mapping[str, Shard] = field(default_factory=dict[str, Shard])
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Manifest:
    """A built folder, told whole: the root, with the records of its shards."""

    campaign: CampaignName
    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    tools: Mapping[str, str] = field(default_factory=dict[str, str])
    assets: tuple[Record, ...] = ()
    skipped: tuple[SkipRecord, ...] = ()
    failed: tuple[SkipRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class _RootFile(Listed):
    format: Literal[2]
    campaign: CampaignName
    inputs: dict[str, str]
    tools: dict[str, str]
    unserved: dict[str, Reason]
    reasons: dict[str, Reason]
    pages: dict[str, str]
    pages_keys: dict[str, str]
    shards: dict[str, Summary]


@dataclass(frozen=True, slots=True)
class _FirstFormat:
    """What version 1 of the manifest held: no checksums, and what an asset was made from in every record."""

    format: Literal[1]
    campaign: CampaignName
    inputs: dict[str, str]
    tools: dict[str, str]
    assets: tuple[Record, ...] = ()
    skipped: tuple[SkipRecord, ...] = ()


@cache
def _adapter() -> TypeAdapter[_RootFile]:
    return TypeAdapter(_RootFile)


@cache
def _first_adapter() -> TypeAdapter[_FirstFormat]:
    return TypeAdapter(_FirstFormat)


def root_to_json(root: Root) -> bytes:
    """`root` as its file: equal roots, equal bytes."""
    inside = [root.whole[name] for name in sorted(root.whole)]
    pages = {path: sha256 for shard in inside for path, sha256 in shard.pages.items()}
    keys = {shard.name: shard.pages_key for shard in inside if shard.pages_key}
    head = {
        "format": FORMAT,
        "campaign": {"id": root.campaign.id, "title": root.campaign.title},
        "inputs": _sorted(root.inputs),
        "tools": _sorted(root.tools),
        "unserved": _sorted(root.unserved),
        "reasons": _sorted(root.reasons),
        "pages": _sorted({**pages, **root.pages}),
        "pages_keys": _sorted({**keys, **({".": root.pages_key} if root.pages_key else {})}),
        "shards": {
            name: _summary_to_json(root.shards[name])
            for name in sorted(root.shards)
            if name not in root.whole
        },
    }
    return to_document(head, lists_of(inside))


def summed_up(shard: Shard, sha256: str, reasons: dict[str, Reason]) -> Summary:
    """What the root says of `shard`, whose file has that digest; its reasons are added to `reasons`."""
    skipped: Counter[str] = Counter()
    for skip in shard.skipped:
        reason = (skip.reason_vi, skip.reason_en)
        key = digest(json.dumps(reason).encode())[:8]
        reasons[key] = reason
        skipped[key] += 1
    records = shard.records.values()
    contrasts = [each.least_contrast for each in records if each.least_contrast is not None]
    return Summary(
        sha256,
        next((each.agency for each in records), shard.name),
        len(records),
        sum(each.bytes for each in records),
        min(contrasts, default=None),
        len(shard.failed),
        dict(sorted(skipped.items())),
    )


def read_root(folder: Path) -> Root | None:
    """The root of a built folder's manifest; None when there is none.

    `NewerManifestError` and `DamagedManifestError` when one is there that must not be taken for absent;
    `OutputError` when the disk won't give it.
    """
    path = folder / MANIFEST_NAME
    data = read_bytes(path)
    return None if data is None else root_of(path, data)


def read_bytes(path: Path) -> bytes | None:
    """What a manifest's file holds; None when there is none."""
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise output_error(path, error) from error


def root_of(path: Path, data: bytes) -> Root:
    """The root in `data`, which was read from `path`; errors as of `read_root`."""
    refuse_newer(path, data)
    if not is_whole(data):
        try:
            return _of_first_format(_first_adapter().validate_json(data))
        except ValueError as error:
            raise damaged(path, data) from error
    try:
        found = _adapter().validate_json(data)
        records = found.records()
    except (ValueError, KeyError) as error:
        raise damaged(path, data) from error
    whole = split(records.values(), found.skipped, found.failed)
    for name, key in found.pages_keys.items():
        if name != ".":
            own = {page: each for page, each in found.pages.items() if shard_of(page) == name}
            whole[name] = replace(whole.get(name, Shard(name)), pages=own, pages_key=key)
    front = {page: each for page, each in found.pages.items() if shard_of(page) == ""}
    reasons = dict(found.reasons)
    return Root(
        found.campaign,
        found.inputs,
        found.tools,
        found.shards | {name: summed_up(shard, "", reasons) for name, shard in whole.items()},
        reasons,
        found.unserved,
        front,
        found.pages_keys.get(".", ""),
        whole,
    )


def _of_first_format(found: _FirstFormat) -> Root:
    whole = split(found.assets, found.skipped, ())
    reasons: dict[str, Reason] = {}
    shards = {name: summed_up(shard, "", reasons) for name, shard in whole.items()}
    return Root(found.campaign, found.inputs, found.tools, shards, reasons, whole=whole, format=1)


def split(
    records: Iterable[Record], skipped: Iterable[SkipRecord], failed: Iterable[SkipRecord]
) -> dict[str, Shard]:
    """Everything by its folder."""
    assets: dict[str, dict[str, Record]] = {}
    skips: dict[str, list[SkipRecord]] = {}
    fails: dict[str, list[SkipRecord]] = {}
    for record in records:
        assets.setdefault(shard_of(record.path), {})[record.path] = record
    for gathered, things in ((skips, skipped), (fails, failed)):
        for thing in things:
            gathered.setdefault(shard_of(thing.path), []).append(thing)
    return {
        name: Shard(name, assets.get(name, {}), tuple(skips.get(name, ())), tuple(fails.get(name, ())))
        for name in sorted({*assets, *skips, *fails})
    }


def read_manifest(folder: Path, *, only: Collection[str] | None = None) -> Manifest | None:
    """The manifest of a built folder, of the folders `only` where that is given; None when there is none.

    `NewerManifestError` and `DamagedManifestError` when one is there that must not be taken for absent, or
    a shard is not the one that the root names; `OutputError` when the disk won't give it.
    """
    root = read_root(folder)
    if root is None:
        return None
    shards = [
        root.whole[name] if name in root.whole else sealed_shard(folder, name, root.shards[name].digest)
        for name in sorted(root.shards)
        if only is None or name in only
    ]
    records = sorted(
        (each for shard in shards for each in shard.records.values()), key=lambda each: each.path
    )
    return Manifest(
        root.campaign,
        root.inputs,
        root.tools,
        tuple(records),
        tuple(skip for shard in shards for skip in shard.skipped),
        tuple(failure for shard in shards for failure in shard.failed),
    )


def shard_path(name: str) -> str:
    """Where the shard of that folder lies, relative to the campaign's."""
    return f"{name}/{MANIFEST_NAME}"


def sealed_shard(folder: Path, name: str, sha256: str) -> Shard:
    """The shard of that name and digest; `DamagedManifestError` for any other."""
    path = folder / shard_path(name)
    data = read_bytes(path) or b""
    refuse_newer(path, data)
    shard = shard_from_json(data) if digest(data) == sha256 else None
    if shard is None or shard.name != name:
        raise damaged(path, data)
    return shard


def refuse_newer(path: Path, data: bytes) -> None:
    """`NewerManifestError` for what a version made that knows more; a turned bit is not taken for one."""
    if _format_of(data) > FORMAT and not is_whole(_NAMED_AS.sub(rb"\g<1>%d," % FORMAT, data, count=1)):
        raise NewerManifestError(
            Problem(
                str(path),
                "do bản dxassets mới hơn làm ra; hãy cập nhật dxassets, hoặc chọn thư mục khác",
                "was made by a newer version of dxassets; update dxassets, or choose another folder",
            )
        )


def damaged(path: Path, data: bytes) -> DamagedManifestError:
    """The error of a manifest or shard that is not what was written."""
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


_NAMED_AS = re.compile(rb'(\A\{\s*(?:"digest": "[^"\n]*",\s*)?"format": ?)([0-9]{1,9}),')


def _format_of(data: bytes) -> int:
    """The format that a manifest names; 0 where it names none."""
    found = _NAMED_AS.match(data)
    if found is not None:
        return int(found[2])
    try:
        document: Any = json.loads(data)
    except ValueError:
        return 0
    named = document.get("format") if isinstance(document, dict) else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return named if isinstance(named, int) else 0


def merge_records(older: Iterable[Record], newer: Iterable[Record]) -> tuple[Record, ...]:
    """One record for each path, the newer where both have one, in the order of the paths."""
    by_path = {record.path: record for record in older}
    by_path.update((record.path, record) for record in newer)
    return tuple(by_path[path] for path in sorted(by_path))


def _sorted(table: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(table.items()))


def _summary_to_json(summary: Summary) -> dict[str, object]:
    return {
        "digest": summary.digest,
        "agency": summary.agency,
        "assets": summary.assets,
        "bytes": summary.bytes,
        "least_contrast": summary.least_contrast,
        "failed": summary.failed,
        "skipped": summary.skipped,
    }
