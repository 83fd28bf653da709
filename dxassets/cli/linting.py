"""`dxassets lint`."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.api.linting import MOST_BYTES, examine
from dxassets.cli import messages
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker
from dxassets.cli.streams import STREAM, receive


_USUAL = "administrative"


def run_lint(arguments: Sequence[str], speaker: Speaker) -> int:
    """1 when the decree is broken; warnings alone end with 0. Silent when an administrative document is good.

    What any other is, it says first: what applies to it is not what a reader would think.
    """
    options = read("lint", arguments, speaker)
    report = examine(receive(MOST_BYTES) if options.file == STREAM else options.file)
    findings, scope = report.findings, report.scope
    at = 0 if speaker.lang == "vi" else 1
    if speaker.as_json:
        speaker.document(
            {
                "file": options.file,
                "scope": {"id": scope.id, "vi": scope.vi, "en": scope.en},
                "findings": [
                    {
                        "rule": finding.rule.id,
                        "severity": finding.rule.severity,
                        "clause": finding.rule.clause,
                        "where": dict(zip(("vi", "en"), finding.where, strict=True)),
                        "wrong": dict(zip(("vi", "en"), finding.wrong, strict=True)),
                        "cure": dict(zip(("vi", "en"), finding.cure, strict=True)),
                    }
                    for finding in findings
                ],
            }
        )
    else:
        said = speaker.words(messages.LINT_SCOPE, scope=(scope.vi, scope.en)[at])
        if scope.id != _USUAL:
            speaker.out(said)
        elif findings:
            speaker.err(said)
        for finding in findings:
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
    return 1 if any(finding.rule.severity == "error" for finding in findings) else 0
