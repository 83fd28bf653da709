"""The linter: holds any clerk's Word file or PDF against Nghị định 30/2020/NĐ-CP, Phụ lục I.

`lint_file` takes bytes, nothing else: no file system, no fonts of the system.
"""

from __future__ import annotations

from collections.abc import Iterator

from dxassets.backends.written import UnreadableError
from dxassets.checks.nd30.body_checks import check_body
from dxassets.checks.nd30.end_checks import check_annexes, check_end
from dxassets.checks.nd30.from_pdf import letter_of_pdf
from dxassets.checks.nd30.from_word import letter_of_word
from dxassets.checks.nd30.head_checks import Measure, check_head
from dxassets.checks.nd30.letter import Letter
from dxassets.checks.nd30.page_checks import check_pages
from dxassets.checks.nd30.pdf_page_checks import check_pdf_pages
from dxassets.checks.nd30.rules import RULES, Fault, Finding, Rule, told
from dxassets.checks.nd30.urgency_checks import check_urgency
from dxassets.errors import InputError, Problem

__all__ = ["RULES", "Fault", "Finding", "Measure", "Rule", "lint_file", "told"]


def lint_file(data: bytes, name: str, measure: Measure) -> tuple[Finding, ...]:
    """What is wrong with the letter in `data`, errors before warnings; empty when nothing is.

    `name` tells Word from PDF by its suffix. `InputError` when the file is neither,
    or is encrypted, damaged, or unfolds to too much.
    """
    try:
        letter = _letter(data, name)
    except UnreadableError as error:
        raise InputError(Problem(name, error.vi, error.en)) from error
    faults = {(fault.rule, fault.where): fault for fault in _faults(letter, measure)}
    found = [told(fault) for fault in faults.values()]
    return tuple(sorted(found, key=lambda finding: finding.rule.severity))


def _letter(data: bytes, name: str) -> Letter:
    """The letter in a file; `UnreadableError` when there is none."""
    suffix = name.rpartition(".")[2].lower()
    if suffix not in {"docx", "pdf"}:
        vi, en = (
            f"đuôi “.{suffix}”: chỉ soi được .docx và .pdf",
            f"ends in .{suffix}; only .docx and .pdf can be read",
        )
        raise UnreadableError(vi, en)
    letter = letter_of_word(data) if suffix == "docx" else letter_of_pdf(data)
    if not any(line.text for line in letter.lines):
        raise UnreadableError(
            "không có chữ nào đọc được (bản quét?)", "holds no text that can be read (a scan?)"
        )
    return letter


def _faults(letter: Letter, measure: Measure) -> Iterator[Fault]:
    yield from check_pages(letter)
    yield from check_pdf_pages(letter)
    if not letter.parts.is_annex_only:
        yield from check_head(letter, measure)
        yield from check_body(letter)
        yield from check_end(letter)
        yield from check_urgency(letter)
    yield from check_annexes(letter)
