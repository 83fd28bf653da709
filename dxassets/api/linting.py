"""Lints a letter file, mends what can be mended in it, and shows where its faults are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dxassets.checks.nd30 import Examined, Finding, LintReport, examined, mend_file
from dxassets.checks.nd30.times import times_width
from dxassets.errors import InputError, Lang, Problem
from dxassets.foreign import os_error
from dxassets.store import publish

MOST_BYTES = 100 << 20
_TOO_LARGE = ("lớn hơn 100 MB, không phải công văn", "is over 100 MB: no letter")
_SAME = (
    "là chính tệp gốc; tệp gốc không bao giờ bị ghi đè",
    "is the file itself; the original is never written over",
)
_NO_WORD = ("phải là tệp .docx", "must be a .docx file")
_STDIN = "-"
_PDF_HEAD = 1024
"""Bytes within which a PDF's own mark stands, as readers take it."""


def lint(file: str | Path | bytes) -> tuple[Finding, ...]:
    """What in a Word file or PDF breaks Nghị định 30, Phụ lục I; `InputError` when it can't be read.

    Nothing in a document whose form is ruled otherwise: `examine` says what it is.
    Given as bytes it is a PDF if it begins like one, and Word otherwise; messages call it ``-``.
    """
    return examine(file).findings


def examine(file: str | Path | bytes) -> LintReport:
    """What a Word file or PDF is, and which rules that apply to it are broken."""
    return _examined(*_read(file)).report


def mend(file: str | Path | bytes, out: str | Path, *, tracked: bool = False) -> LintReport:
    """Write a Word file with what can be mended without touching its text; what is left to a person.

    `tracked` keeps changes of looks as changes that Word shows. The original is never written over.
    """
    data, name = _read(file)
    target = _beside(file, out)
    if target.suffix.lower() != ".docx":
        raise InputError(Problem(str(out), *_NO_WORD))
    done = mend_file(data, name, times_width, tracked=tracked)
    publish(target.parent, target.name, done)
    return _examined(done, target.name).report


def show(file: str | Path | bytes, out: str | Path, *, lang: Lang = "vi") -> LintReport:
    """Write the report on a file as HTML with its faults marked, and give it."""
    from dxassets.api.lint_report import lint_page  # noqa: PLC0415  (draws pages: only who looks waits for it)

    data, name = _read(file)
    target = _beside(file, out)
    found = _examined(data, name)
    publish(target.parent, target.name, lint_page(data, name, found, lang=lang).encode())
    return found.report


def _examined(data: bytes, name: str) -> Examined:
    try:
        return examined(data, name, times_width)
    except InputError as error:
        where = _STDIN if name.startswith(f"{_STDIN}.") else name
        raise InputError(*(replace(problem, where=where) for problem in error.problems)) from error


def _beside(file: str | Path | bytes, out: str | Path) -> Path:
    """Where to write; `InputError` when that is the file itself."""
    target = Path(out)
    if not isinstance(file, bytes) and target.exists() and target.samefile(file):
        raise InputError(Problem(str(out), *_SAME))
    return target


def _read(file: str | Path | bytes) -> tuple[bytes, str]:
    """A file's bytes and its name, by whose suffix it is read."""
    if isinstance(file, bytes):
        if len(file) > MOST_BYTES:
            raise InputError(Problem("-", *_TOO_LARGE))
        return file, "-.pdf" if b"%PDF-" in file[:_PDF_HEAD] else "-.docx"
    path = Path(file)
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError(Problem(str(file), *_TOO_LARGE))
        return path.read_bytes(), path.name
    except OSError as error:
        vi, en = os_error(error)
        raise InputError(Problem(str(file), f"không đọc được: {vi}", f"can't be read: {en}")) from error
