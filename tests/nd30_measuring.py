# ruff: noqa: E501  (a document, or what is said of it, is a line)
"""Holds the linter to its corpus: of each rule, how many planted faults it finds, and how many it makes up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dxassets.checks.nd30 import LintReport, examine
from dxassets.checks.nd30.times import times_width
from dxassets.errors import Lang
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


@dataclass
class Edition:
    """Of one way to write the files: documents, those whose scope was told right, faults."""

    documents: int = 0
    scopes: int = 0
    faults: Tally = field(default_factory=Tally)


EDITIONS: Mapping[str, tuple[str, str]] = {
    "a.docx": ("Word", "Word"),
    "b.docx": ("Word, saved again by LibreOffice", "Word, LibreOffice lưu lại"),
    "a.pdf": ("PDF by LibreOffice", "PDF của LibreOffice"),
    "b.pdf": ("PDF by a printer's driver (fonts F1, F2)", "PDF của trình in (phông F1, F2)"),
    "c.pdf": ("PDF printed again by cairo", "PDF do cairo in lại"),
}
"""What `editions` gives, by the names of its files, and how the README calls it."""


@dataclass(frozen=True)
class Measured:
    """What the linter said of each file of the corpus."""

    reports: Mapping[tuple[str, str], LintReport]
    tallies: Mapping[str, Tally]
    editions: Mapping[str, Edition]
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
    ways: defaultdict[str, Edition] = defaultdict(Edition)
    wrong: list[str] = []
    for case, name, data in files:
        report = reports[case.id, name] = examine(data, name, times_width)
        told, planted = frozenset(finding.rule.id for finding in report.findings), case.breaks_as(name)
        ways[name].documents += 1
        ways[name].scopes += report.scope.id == case.scope
        for rule in told | planted:
            for tally in (tallies[rule], ways[name].faults):
                tally.found += rule in told & planted
                tally.made_up += rule in told - planted
                tally.missed += rule in planted - told
        if told != planted or report.scope.id != case.scope:
            wrong.append(
                f"{case.id} {name}: {report.scope.id} {sorted(told)}, wanted {case.scope} {sorted(planted)}"
            )
    return Measured(reports, tallies, ways, tuple(wrong))


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


def summary(editions: Mapping[str, Edition], lang: Lang) -> str:
    """The measurement as the READMEs show it: by how the files were written, and of all."""
    heads = {
        "vi": "| dạng tệp | văn bản | đúng phạm vi | lỗi đã cài | tìm ra | báo thừa | độ chính xác | độ phủ |",
        "en": "| files | documents | scope right | faults planted | found | made up | precision | recall |",
    }
    whole = Edition()
    rows = [heads[lang], f"| --- |{' ---: |' * 7}"]
    for name, called in EDITIONS.items():
        edition = editions[name]
        whole.documents, whole.scopes = whole.documents + edition.documents, whole.scopes + edition.scopes
        whole.faults.found += edition.faults.found
        whole.faults.made_up += edition.faults.made_up
        whole.faults.missed += edition.faults.missed
        rows.append(_row(_files(called[lang == "vi"], edition), edition.faults))
    total = {"vi": "**tất cả**", "en": "**all**"}[lang]
    return "\n".join([*rows, _row(_files(total, whole), whole.faults)])


def _files(name: str, edition: Edition) -> str:
    return f"{name} | {edition.documents} | {edition.scopes}"


def _row(name: str, tally: Tally) -> str:
    planted, told = tally.found + tally.missed, tally.found + tally.made_up
    shares = (tally.found / told if told else 1.0, tally.found / planted if planted else 1.0)
    shown = " | ".join(f"{number(100 * share, 'vi', places=0)} %" for share in shares)
    return f"| {name} | {planted} | {tally.found} | {tally.made_up} | {shown} |"
