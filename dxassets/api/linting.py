"""Lints a letter file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dxassets.checks.nd30 import Finding, Report
from dxassets.checks.nd30 import examine as examine_data
from dxassets.checks.nd30.times import times_width
from dxassets.errors import InputError, Problem
from dxassets.foreign import os_error

MOST_BYTES = 100 << 20
_TOO_LARGE = ("lớn hơn 100 MB, không phải công văn", "is over 100 MB: no letter")
_PDF_HEAD = 1024
"""Bytes within which a PDF's own mark stands, as readers take it."""


def lint(file: str | Path | bytes) -> tuple[Finding, ...]:
    """What in a Word file or PDF breaks Nghị định 30, Phụ lục I; `InputError` when it can't be read.

    Nothing in a document whose form is ruled otherwise: `examine` says what it is.
    """
    return examine(file).findings


def examine(file: str | Path | bytes) -> Report:
    """What a Word file or PDF is, and which rules that apply to it are broken; `InputError` when it can't be read.

    Given as bytes it is a PDF if it begins like one, and Word otherwise; messages call it ``-``.
    """
    if isinstance(file, bytes):
        return _lint_bytes(file)
    path = Path(file)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(Problem(str(file), *_TOO_LARGE))
        data = path.read_bytes()
    except OSError as error:
        vi, en = os_error(error)
        raise InputError(Problem(str(file), f"không đọc được: {vi}", f"can't be read: {en}")) from error
    return examine_data(data, path.name, times_width)


def _lint_bytes(data: bytes) -> Report:
    if len(data) > MOST_BYTES:
        raise InputError(Problem("-", *_TOO_LARGE))
    name = "-.pdf" if b"%PDF-" in data[:_PDF_HEAD] else "-.docx"
    try:
        return examine_data(data, name, times_width)
    except InputError as error:
        raise InputError(*(replace(problem, where="-") for problem in error.problems)) from error
