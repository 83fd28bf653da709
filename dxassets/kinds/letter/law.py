"""Holds a letter that is to be made to the linter's rules: no letter is made that our own linter refuses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dxassets.dispatch import LetterFill, Slip, WrittenLetter, slips_of
from dxassets.errors import Problem

if TYPE_CHECKING:
    from dxassets.checks.nd30 import Finding

# The linter is imported where it is called: only who makes or checks letters waits for it.


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the decree forbids in a letter, and what is only against custom."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def judge_source(letter: WrittenLetter, fill: LetterFill) -> Verdict:
    """What is wrong in the letter's own files, each with its line."""
    return _verdict(_told(slip) for slip in slips_of(letter, fill))


def judge_file(data: bytes, name: str, *, source: str) -> Verdict:
    """What the linter finds in the finished Word file or PDF of the letter in `source`."""
    from dxassets.checks.nd30 import lint_file  # noqa: PLC0415  (heavy)
    from dxassets.checks.nd30.times import times_width  # noqa: PLC0415  (heavy)

    findings = lint_file(data, name, times_width)
    return _verdict((finding, f"{source} ({name}, {finding.where[0]})") for finding in findings)


def not_told(found: Iterable[Problem], known: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those of `found` whose rule `known` has not told already, better because with its line."""
    rules = {_rule_of(problem) for problem in known}
    return tuple(problem for problem in found if _rule_of(problem) not in rules)


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """Several letters' verdicts as one; what many share is told once."""
    return Verdict(
        tuple(dict.fromkeys(each for verdict in verdicts for each in verdict.errors)),
        tuple(dict.fromkeys(each for verdict in verdicts for each in verdict.warnings)),
    )


def _told(slip: Slip) -> tuple[Finding, str]:
    from dxassets.checks.nd30 import Fault, told  # noqa: PLC0415  (heavy)

    return told(Fault(slip.rule, (slip.where, slip.where), slip.found)), slip.where


def _verdict(found: Iterable[tuple[Finding, str]]) -> Verdict:
    pairs = [(finding, _problem(finding, where)) for finding, where in found]
    return Verdict(
        tuple(problem for finding, problem in pairs if finding.rule.severity == "error"),
        tuple(problem for finding, problem in pairs if finding.rule.severity == "warning"),
    )


def _problem(finding: Finding, where: str) -> Problem:
    rule = finding.rule
    return Problem(
        where,
        f"{finding.wrong[0]}; {finding.cure[0]} [{rule.id}, {rule.clause}]",
        f"{finding.wrong[1]}; {finding.cure[1]} [{rule.id}, {rule.clause}]",
    )


def _rule_of(problem: Problem) -> str:
    return problem.en.rpartition("[")[2].partition(",")[0]
