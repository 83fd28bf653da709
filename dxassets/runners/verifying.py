"""Reads a built folder back against its manifest: every byte, every size, every code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from dxassets.digest import digest
from dxassets.errors import DxassetsError, InputError, Problem
from dxassets.foreign import os_error
from dxassets.kinds.registry import kind_of
from dxassets.notation import told
from dxassets.store import MANIFEST_NAME, WORK_FOLDER, Record, journal_of, place_in, read_manifest

_OURS = frozenset({"index.html"})
"""Indexes: made from the manifest, so not in it."""


def verify(folder: Path) -> list[Problem]:
    """All that differs from what the manifest says; empty when all is well.

    `InputError` when there is no manifest to hold the folder against.
    """
    manifest = read_manifest(folder)
    if manifest is None:
        raise InputError(
            Problem(
                str(folder),
                f"không có {MANIFEST_NAME} đọc được; hãy chọn thư mục của một chiến dịch đã dựng, "
                "ví dụ output/chien-dich-2026",
                f"holds no readable {MANIFEST_NAME}; give the folder of a built campaign, "
                "such as output/chien-dich-2026",
            )
        )
    problems = [problem for record in manifest.assets for problem in _differences(folder, record)]
    if journal_of(folder).path.exists():
        problems.append(
            Problem(
                str(folder),
                "lượt dựng gần nhất bị dừng giữa chừng; chạy lại lệnh dựng để làm tiếp",
                "the last build was stopped half way; run it again to finish it",
            )
        )
    return problems + list(_extra(folder, {record.path for record in manifest.assets}))


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
        if path.is_dir() or name.parts[0] == WORK_FOLDER or name.name in _OURS:
            continue
        if name.as_posix() not in known | {MANIFEST_NAME}:
            yield Problem(name.as_posix(), "không có trong bản kê", "is not in the manifest")
