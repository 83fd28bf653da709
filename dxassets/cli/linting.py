"""`dxassets lint`."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from dxassets.api.linting import MOST_BYTES, LintReport, examine, mend, show
from dxassets.checks.nd30 import DocumentScope, Finding
from dxassets.cli import messages
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker
from dxassets.cli.streams import STREAM, receive
from dxassets.errors import InputError, Problem

_USUAL = "administrative"


def run_lint(arguments: Sequence[str], speaker: Speaker) -> int:
    """1 when the decree is broken; warnings alone end with 0. Silent when an administrative document is good.

    What any other is, it says first: what applies to it is not what a reader would think.
    With ``--fix`` it tells what is left to a person, of the new file.
    """
    options = read("lint", arguments, speaker)
    if options.tracked and not options.fix:
        raise InputError(Problem("--tracked", *messages.TRACKED_NEEDS_FIX))
    report = _report(options, speaker)
    if speaker.as_json:
        speaker.document(
            {
                "file": options.file,
                "scope": {"id": report.scope.id, "vi": report.scope.vi, "en": report.scope.en},
                "findings": [_to_json(finding) for finding in report.findings],
            }
        )
    else:
        _scope(report.scope, speaker, found=bool(report.findings))
        for finding in report.findings:
            _say(finding, speaker)
    return 1 if any(finding.rule.severity == "error" for finding in report.findings) else 0


def _report(options: Namespace, speaker: Speaker) -> LintReport:
    """What is found; the files that were asked for are written on the way."""
    file = receive(MOST_BYTES) if options.file == STREAM else options.file
    if options.report:
        show(file, options.report, lang=speaker.lang)
        speaker.err(speaker.words(messages.WROTE, path=options.report))
    if not options.fix:
        return examine(file)
    report = mend(file, options.fix, tracked=options.tracked)
    speaker.err(speaker.words(messages.WROTE, path=options.fix))
    if report.findings:
        speaker.err(speaker.words(messages.LINT_LEFT, count=len(report.findings)))
    return report


def _scope(scope: DocumentScope, speaker: Speaker, *, found: bool) -> None:
    said = speaker.words(messages.LINT_SCOPE, scope=scope.vi if speaker.lang == "vi" else scope.en)
    if scope.id != _USUAL:
        speaker.out(said)
    elif found:
        speaker.err(said)


def _say(finding: Finding, speaker: Speaker) -> None:
    at = 0 if speaker.lang == "vi" else 1
    speaker.out(
        speaker.words(
            messages.LINT_ERROR if finding.rule.severity == "error" else messages.LINT_WARNING,
            rule=finding.rule.id,
            where=finding.where[at],
            wrong=finding.wrong[at],
            cure=finding.cure[at],
            clause=finding.rule.clause,
        )
    )


def _to_json(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.id,
        "severity": finding.rule.severity,
        "clause": finding.rule.clause,
        "where": dict(zip(("vi", "en"), finding.where, strict=True)),
        "wrong": dict(zip(("vi", "en"), finding.wrong, strict=True)),
        "cure": dict(zip(("vi", "en"), finding.cure, strict=True)),
    }
