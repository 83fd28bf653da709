"""Lints a letter file."""

from __future__ import annotations

from pathlib import Path

from dxassets.checks.nd30 import Finding, lint_file
from dxassets.checks.nd30.times import times_width
from dxassets.errors import InputError, Problem
from dxassets.foreign import os_error

_MOST_BYTES = 100 << 20


def lint(file: str | Path) -> tuple[Finding, ...]:
    """What in a Word file or PDF breaks Nghị định 30, Phụ lục I; `InputError` when it can't be read."""
    path = Path(file)
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise InputError(
                Problem(str(file), "lớn hơn 100 MB, không phải công văn", "is over 100 MB: no letter")
            )
        data = path.read_bytes()
    except OSError as error:
        vi, en = os_error(error)
        raise InputError(Problem(str(file), f"không đọc được: {vi}", f"can't be read: {en}")) from error
    return lint_file(data, path.name, times_width)
