# ruff: noqa: E501  (a document, or what is said of it, is a line)
"""Holds the linter to its corpus: of each rule, how many planted faults it finds, and how many it makes up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dxassets.checks.nd30 import LintReport, examine
from dxassets.checks.nd30.times import times_width
from dxassets.notation import number
from tests.nd30_corpus import Case
from tests.nd30_papers import made
from tests.nd30_printing import converted, printed, reprinted


@dataclass
class Tally:
    """Of one rule: faults that were planted and found, made up, missed."""

    found: int = 0
    made_up: int = 0
    missed: int = 0


@dataclass(frozen=True)
class Measured:
    """What the linter said of each file of the corpus."""

    reports: Mapping[tuple[str, str], LintReport]
    tallies: Mapping[str, Tally]
    wrong: tuple[str, ...]
    """Each file of which the linter said too much or too little."""


def editions(cases: Sequence[Case], folder: Path) -> Iterator[tuple[Case, str, bytes]]:
    """Every document as python-docx's Word file, LibreOffice's, its PDF, a printer's PDF, and cairo's."""
    word = {case.id: made(case.paper) for case in cases}
    again = converted(word, "docx", folder)
    pdf = converted(word, "pdf", folder)
    for case in cases:
        yield case, "a.docx", word[case.id]
        yield case, "b.docx", again[case.id]
        yield case, "a.pdf", pdf[case.id]
        yield case, "b.pdf", printed(pdf[case.id])
        yield case, "c.pdf", reprinted(pdf[case.id], folder / "again")


def measured(files: Iterator[tuple[Case, str, bytes]]) -> Measured:
    """What the linter says of the files, against what was planted."""
    reports: dict[tuple[str, str], LintReport] = {}
    tallies: defaultdict[str, Tally] = defaultdict(Tally)
    wrong: list[str] = []
    for case, name, data in files:
        report = reports[case.id, name] = examine(data, name, times_width)
        told, planted = frozenset(finding.rule.id for finding in report.findings), case.breaks_as(name)
        for rule in told & planted:
            tallies[rule].found += 1
        for rule in told - planted:
            tallies[rule].made_up += 1
        for rule in planted - told:
            tallies[rule].missed += 1
        if told != planted or report.scope.id != case.scope:
            wrong.append(
                f"{case.id} {name}: {report.scope.id} {sorted(told)}, wanted {case.scope} {sorted(planted)}"
            )
    return Measured(reports, tallies, tuple(wrong))


def table(tallies: Mapping[str, Tally]) -> str:
    """The measurement as the guide shows it."""
    rows = [
        "| quy tắc | lỗi đã cài | tìm ra | báo thừa | độ chính xác | độ phủ |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    whole = Tally()
    for rule in sorted(tallies):
        tally = tallies[rule]
        whole.found, whole.made_up = whole.found + tally.found, whole.made_up + tally.made_up
        whole.missed += tally.missed
        rows.append(_row(rule, tally))
    return "\n".join([*rows, _row("**tất cả**", whole)])


def _row(name: str, tally: Tally) -> str:
    planted, told = tally.found + tally.missed, tally.found + tally.made_up
    shares = (tally.found / told if told else 1.0, tally.found / planted if planted else 1.0)
    shown = " | ".join(f"{number(100 * share, 'vi', places=0)} %" for share in shares)
    return f"| {name} | {planted} | {tally.found} | {tally.made_up} | {shown} |"
