"""The linter: holds any clerk's Word file or PDF against Nghị định 30/2020/NĐ-CP, Phụ lục I.

`lint_file` takes bytes, nothing else: no file system, no fonts of the system.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dxassets.backends.word_looks import Mending
from dxassets.backends.written import UnreadableError
from dxassets.checks.nd30.body_checks import check_body
from dxassets.checks.nd30.copy_checks import check_copy
from dxassets.checks.nd30.drawn_checks import Measure
from dxassets.checks.nd30.end_checks import check_annexes, check_end
from dxassets.checks.nd30.from_word import letter_of_word, letter_of_words
from dxassets.checks.nd30.head_checks import check_head
from dxassets.checks.nd30.letter import Letter
from dxassets.checks.nd30.mending import mending_of
from dxassets.checks.nd30.page_checks import check_pages
from dxassets.checks.nd30.pdf_page_checks import check_pdf_pages
from dxassets.checks.nd30.rules import RULES, Fault, Finding, Rule, told
from dxassets.checks.nd30.scope import DocumentScope, scope_of
from dxassets.checks.nd30.title_checks import check_title
from dxassets.checks.nd30.urgency_checks import check_urgency
from dxassets.checks.nd30.word_page_checks import check_word_pages
from dxassets.errors import InputError, Problem

__all__ = [
    "RULES",
    "DocumentScope",
    "Examined",
    "Fault",
    "Finding",
    "LintReport",
    "Measure",
    "Rule",
    "examine",
    "examined",
    "lint_file",
    "mend_file",
    "told",
]


@dataclass(frozen=True, slots=True)
class LintReport:
    """What a file is, and what is wrong with it: errors before warnings."""

    scope: DocumentScope
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """A file's lines and parts, and the report on it."""

    letter: Letter
    report: LintReport


def lint_file(data: bytes, name: str, measure: Measure) -> tuple[Finding, ...]:
    """What `examine` finds wrong with the document in `data`; empty when nothing is."""
    return examine(data, name, measure).findings


def examine(data: bytes, name: str, measure: Measure) -> LintReport:
    """What the document in `data` is, and which rules it breaks of those that apply to it."""
    return examined(data, name, measure).report


def examined(data: bytes, name: str, measure: Measure) -> Examined:
    """What the document is, with its lines, so that the faults can be shown where they are.

    `name` tells Word from PDF by its suffix. `InputError` when the file is neither,
    or is encrypted, damaged, or unfolds to too much.
    """
    try:
        letter = _letter(data, name)
    except UnreadableError as error:
        raise InputError(Problem(name, error.vi, error.en)) from error
    scope = scope_of(letter)
    faults = {(fault.rule, fault.where): fault for fault in _faults(letter, scope, measure)}
    found = [told(fault) for fault in faults.values()]
    return Examined(
        letter, LintReport(scope, tuple(sorted(found, key=lambda finding: finding.rule.severity)))
    )


def _letter(data: bytes, name: str) -> Letter:
    """The letter in a file; `UnreadableError` when there is none."""
    suffix = name.rpartition(".")[2].lower()
    if suffix not in {"docx", "pdf"}:
        vi, en = (
            f"đuôi “.{suffix}”: chỉ soi được .docx và .pdf",
            f"ends in .{suffix}; only .docx and .pdf can be read",
        )
        raise UnreadableError(vi, en)
    letter = letter_of_word(data) if suffix == "docx" else _of_pdf(data)
    if not any(line.text for line in letter.lines):
        raise UnreadableError(
            "không có chữ nào đọc được (bản quét?)", "holds no text that can be read (a scan?)"
        )
    return letter


def _of_pdf(data: bytes) -> Letter:
    from dxassets.checks.nd30.from_pdf import letter_of_pdf  # noqa: PLC0415  (a Word file does not wait for pdfium)

    return letter_of_pdf(data)


def _faults(letter: Letter, scope: DocumentScope, measure: Measure) -> Iterator[Fault]:
    """Every rule that is broken, of those that apply."""
    if not scope.is_ruled:
        return
    yield from check_pages(letter)
    yield from check_word_pages(letter, measure)
    yield from check_pdf_pages(letter)
    if scope.id == "administrative":
        yield from check_head(letter, measure)
        yield from check_end(letter)
        yield from check_urgency(letter)
    yield from check_copy(letter)
    if scope.id not in {"annex", "copy"}:
        yield from check_title(letter, measure)
        yield from check_body(letter, ends=scope.id == "administrative")
    yield from check_annexes(letter)


def mend_file(data: bytes, name: str, measure: Measure, *, tracked: bool) -> bytes:
    """The Word file with what can be mended of its faults, its text untouched.

    With `tracked`, changes of looks are kept as changes that a person may take or refuse.
    `InputError` for a PDF.
    """
    from dxassets.backends.word_mender import mended, read_for_mending  # noqa: PLC0415  (only who mends waits)

    if not name.lower().endswith(".docx"):
        vi, en = "chỉ sửa được tệp Word (.docx)", "only a Word file (.docx) can be mended"
        raise InputError(Problem(name, vi, en))
    try:
        for _ in range(_PASSES):
            letter = letter_of_words(read_for_mending(data))
            mending = mending_of(letter, list(_faults(letter, scope_of(letter), measure)), measure)
            if mending == Mending():
                break
            data = mended(data, mending, tracked=tracked)
    except UnreadableError as error:
        raise InputError(Problem(name, error.vi, error.en)) from error
    return data


_PASSES = 3
"""What one change moves, such as wider margins, the next pass sets right."""
