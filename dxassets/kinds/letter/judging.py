"""Which of several letters can be made: a fault of their files stops all, one agency's only that agency's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dxassets.dispatch import LetterFill, WrittenLetter, open_holes
from dxassets.errors import InputError, Problem
from dxassets.kinds.letter.belonging import judge_belonging
from dxassets.kinds.letter.law import Verdict, judge_source
from dxassets.kinds.letter.word_source import written_letter
from dxassets.project import Project

if TYPE_CHECKING:  # planning makes the letters that are judged here
    from dxassets.kinds.letter.planning import PlannedLetter


@dataclass
class Judgement:
    """What is wrong with letters: for all of them, and by the agency whose letter alone can't be made.

    `open` are the holes that are left in an agency's letter, which may be a draft as long as it has any.
    """

    errors: dict[Problem, None] = field(default_factory=dict[Problem, None])
    warnings: dict[Problem, None] = field(default_factory=dict[Problem, None])
    refused: dict[str, tuple[Problem, ...]] = field(default_factory=dict[str, tuple[Problem, ...]])
    open: dict[str, tuple[Problem, ...]] = field(default_factory=dict[str, tuple[Problem, ...]])
    authors: dict[str, str] = field(default_factory=dict[str, str])
    """Who issues a document that belongs to no campaign."""
    _held: set[bytes] = field(default_factory=set[bytes])

    def hold(
        self, letter: WrittenLetter, project: Project, *, passed_on: WrittenLetter | None = None
    ) -> None:
        """Hold a letter's files against the campaign, each once: one template is many agencies'."""
        if letter.data in self._held or project.letter_is_alone:
            return
        self._held.add(letter.data)
        verdict = judge_belonging(letter, project, passed_on=passed_on)
        self.errors.update(dict.fromkeys(verdict.errors))
        self.warnings.update(dict.fromkeys(verdict.warnings))


def judge_letters(
    letters: Sequence[PlannedLetter],
    fill: LetterFill,
    project: Project,
    *,
    original: PlannedLetter,
    others: bool = False,
) -> Judgement:
    """What the decree and the campaign say to the files of `letters`, whatever format and part is made.

    `original` is the issuing agency's, which the others cite and go with. There are `others` where a large
    plan is made in parts: they go on where none of these can.
    """
    found = Judgement()
    passed_on = None
    if any(letter.forward is not None for letter in letters):
        passed_on = _read(original, project, [])
    if passed_on is not None:
        found.hold(passed_on, project)
    groups: dict[tuple[str, str], dict[str, tuple[Problem, ...]]] = {}
    for letter in letters:
        verdict = _judged(letter, fill, project, passed_on, found)
        level = "" if letter.forward is None else letter.forward.level
        groups.setdefault((letter.dispatch, level), {})[letter.agency.id] = verdict.errors
        found.warnings.update(dict.fromkeys(verdict.warnings))
    for group in groups.values():
        shared = _in_all(group.values())
        found.errors.update(dict.fromkeys(shared))
        single = {
            agency: tuple(each for each in told if each not in shared) for agency, told in group.items()
        }
        found.refused.update({agency: told for agency, told in single.items() if told})
    if len(found.refused) == len(letters) and not others:  # nobody is left for whom to go on
        found.errors.update(dict.fromkeys(each for told in found.refused.values() for each in told))
    return found


def _judged(
    letter: PlannedLetter,
    fill: LetterFill,
    project: Project,
    passed_on: WrittenLetter | None,
    found: Judgement,
) -> Verdict:
    """What the decree says to one letter; what the campaign says to its files goes into `found`."""
    problems: list[Problem] = []
    read = _read(letter, project, problems)
    if read is None:
        return Verdict(errors=tuple(problems))
    found.hold(read, project, passed_on=passed_on if letter.forward is not None else None)
    if project.letter_is_alone:
        found.authors[letter.agency.id] = read.dispatch.particulars.issuer.name
    if left := open_holes(read, fill):
        found.open[letter.agency.id] = left
    return judge_source(read, fill)


def _read(letter: PlannedLetter, project: Project, problems: list[Problem]) -> WrittenLetter | None:
    try:
        return written_letter(letter.dispatch, project.resources.data, forward=letter.forward)
    except InputError as error:
        problems += error.problems
        return None


def _in_all(told: Iterable[tuple[Problem, ...]]) -> frozenset[Problem]:
    """The problems of each letter of several; of a single one nobody can say whose they are, so none."""
    first, *others = told
    return frozenset(each for each in first if others and all(each in other for other in others))
