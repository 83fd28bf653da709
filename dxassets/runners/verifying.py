"""Reads a built folder back against its manifest, and that too: every byte, every size, every code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dxassets.digest import digest
from dxassets.errors import DxassetsError, InputError, Problem
from dxassets.foreign import os_error
from dxassets.kinds.registry import kind_of
from dxassets.notation import told
from dxassets.store import (
    MANIFEST_NAME,
    WORK_FOLDER,
    DamagedManifestError,
    Record,
    Root,
    forget_seen,
    journal_of,
    place_in,
    read_bytes,
    refuse_newer,
    root_of,
    salvaged_records,
    shard_from_json,
    shard_of,
    shard_path,
    unsound_lines,
)

_INDEX = "index*.html"
"""Pages of an index, where the manifest is of the first format, which does not know them, or is damaged."""


def verify(folder: Path) -> list[Problem]:
    """All that differs from what the manifest says, or in the manifest itself; empty when all is well.

    No file is taken for read already. The next build looks again at every folder in which something is named.
    `InputError` when there is no manifest to hold the folder against.
    """
    data = read_bytes(folder / MANIFEST_NAME)
    if data is None:
        raise InputError(
            Problem(
                str(folder),
                f"không có {MANIFEST_NAME} đọc được; hãy chọn thư mục của một chiến dịch đã dựng, "
                "ví dụ output/chien-dich-2026",
                f"holds no readable {MANIFEST_NAME}; give the folder of a built campaign, "
                "such as output/chien-dich-2026",
            )
        )
    known = {MANIFEST_NAME}
    problems = list(_of_manifest(folder, data, known))
    if journal_of(folder).is_open():
        problems.append(
            Problem(
                str(folder),
                "lượt dựng gần nhất bị dừng giữa chừng; chạy lại lệnh dựng để làm tiếp",
                "the last build was stopped half way; run it again to finish it",
            )
        )
    forget_seen(folder, {shard_of(problem.where) for problem in problems})
    return problems + list(_extra(folder, known))


def _of_manifest(folder: Path, data: bytes, known: set[str]) -> Iterator[Problem]:
    """What is wrong with the manifest and with all that it tells; its paths are added to `known`."""
    try:
        root = root_of(folder / MANIFEST_NAME, data)
    except DamagedManifestError:
        altered = list(_altered(MANIFEST_NAME, data, known))
        if not altered:
            raise
        known.update(_pages_there(folder))
        yield from altered
        yield from _of_records(folder, salvaged_records(data), known)
        return
    if root.format == 1:
        known.update(_pages_there(folder))
    yield from _of_pages(folder, root.pages.items(), known)
    for name in sorted(root.shards):
        yield from _of_shard(folder, root, name, known)


def _pages_there(folder: Path) -> Iterator[str]:
    """The pages of an index of which no manifest tells."""
    return (page.relative_to(folder).as_posix() for page in folder.rglob(_INDEX))


def _of_shard(folder: Path, root: Root, name: str, known: set[str]) -> Iterator[Problem]:
    """What is wrong in the folder `name`."""
    shard = root.whole.get(name)
    path = shard_path(name)
    if shard is None:
        known.add(path)
        data = read_bytes(folder / path)
        if data is None:
            yield Problem(path, "không còn", "is gone")
            return
        refuse_newer(folder / path, data)
        shard = shard_from_json(data)
        if shard is None:
            found = list(_altered(path, data, known))
            yield from found or [Problem(path, "đã bị sửa hoặc hỏng", "was changed, or is damaged")]
            yield from _of_records(folder, salvaged_records(data), known)
            return
        if digest(data) != root.shards[name].digest:
            yield Problem(
                path, f"không phải bản mà {MANIFEST_NAME} nêu", f"is not the one that {MANIFEST_NAME} names"
            )
    yield from _of_pages(folder, shard.pages.items(), known)
    yield from _of_records(folder, shard.records.values(), known)


def _altered(where: str, data: bytes, known: set[str]) -> Iterator[Problem]:
    """The records of a damaged document that do not say what was written."""
    for path in unsound_lines(data):
        known.add(path)
        yield Problem(
            path or where,
            f"mục của tệp này trong {where} đã bị sửa hoặc hỏng; hãy chạy lại dxassets build",
            f"what {where} says of this file was changed, or is damaged; run dxassets build again",
        )


def _of_pages(folder: Path, pages: Iterable[tuple[str, str]], known: set[str]) -> Iterator[Problem]:
    """Pages of the index that are not as they were written."""
    for path, sha256 in pages:
        known.add(path)
        try:
            is_same = digest(place_in(folder, path).read_bytes()) == sha256
        except OSError as error:
            vi, en = os_error(error)
            yield Problem(path, f"không đọc được: {vi}", f"can't be read: {en}")
            continue
        if not is_same:
            yield Problem(path, "trang mục lục này đã bị sửa", "this page of the index was changed")


def _of_records(folder: Path, records: Iterable[Record], known: set[str]) -> Iterator[Problem]:
    for record in records:
        known.add(record.path)
        yield from _differences(folder, record)


def _differences(folder: Path, record: Record) -> Iterator[Problem]:
    """How the file differs from its record; a wrong digest is enough said."""
    try:
        data = place_in(folder, record.path).read_bytes()
    except OSError as error:
        vi, en = os_error(error)
        yield Problem(record.path, f"không đọc được: {vi}", f"can't be read: {en}")
        return
    if len(data) != record.bytes or digest(data) != record.sha256:
        yield Problem(
            record.path,
            f"đã bị sửa: {len(data)} byte, trong bản kê là {record.bytes}",
            f"was changed: {len(data)} bytes, the manifest says {record.bytes}",
        )
        return
    yield from _unlike_pictures(data, record)


def _unlike_pictures(data: bytes, record: Record) -> Iterator[Problem]:
    """Whether the picture has the recorded size and says the recorded codes."""
    try:
        kind = kind_of(record.kind)
        size = kind.read_back(data, record.media_type)
        said = sorted(set(kind.codes_in(data, record.media_type))) if record.codes else []
    except DxassetsError as error:
        yield from (replace(problem, where=record.path) for problem in error.problems)
        return
    except ValueError as error:
        yield Problem(record.path, f"không đọc lại được: {error}", f"can't be read back: {error}")
        return
    wanted = record.size
    tolerance = 0.5 if wanted and wanted.unit == "mm" else 0.01
    if size and wanted and max(abs(size[0] - wanted.width), abs(size[1] - wanted.height)) > tolerance:
        yield Problem(
            record.path,
            *told(
                f"cỡ {{}} × {{}}, trong bản kê là {{}} × {{}} {wanted.unit}",
                f"is {{}} × {{}}, the manifest says {{}} × {{}} {wanted.unit}",
                *(size[0], size[1], wanted.width, wanted.height),
            ),
        )
    expected = sorted({code.payload for code in record.codes})
    if said != expected:
        yield Problem(
            record.path,
            f"mã QR đọc được {said or 'không có gì'}, trong bản kê là {expected}",
            f"its QR codes say {said or 'nothing'}, the manifest says {expected}",
        )


def _extra(folder: Path, known: set[str]) -> Iterator[Problem]:
    """Files that the manifest does not know."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if not path.is_dir() and name.parts[0] != WORK_FOLDER and name.as_posix() not in known:
            yield Problem(name.as_posix(), "không có trong bản kê", "is not in the manifest")
