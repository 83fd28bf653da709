"""From a selection to jobs: every kind plans its own, and all that is wrong is told together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from dxassets.errors import InputError, Problem
from dxassets.jobs import AnyJob, Plan, Skip
from dxassets.kinds.registry import kind_of
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Selection
from dxassets.planner.sealing import seal
from dxassets.project import Project

ThingT = TypeVar("ThingT", AnyJob, Skip)


def plan_selection(project: Project, selection: Selection) -> Plan:
    """Everything that a build of `selection` makes, in the order of the paths.

    Pure but for the bytes that the project's resources give. `InputError` names every font, template
    or letter file that is missing, and whatever a kind can't make at all.
    """
    files = FileDigests(project.resources)
    scope = Scope(project, selection, files)
    jobs: list[AnyJob] = []
    skipped: list[Skip] = []
    problems: list[Problem] = []
    for kind in selection.kinds:
        try:
            for planned in kind_of(kind).plan(scope):
                if isinstance(planned, AssetDraft):
                    jobs.append(seal(planned, files))
                else:
                    skipped.append(planned)
        except InputError as error:
            problems += error.problems
    problems = list(dict.fromkeys([*files.problems.values(), *problems]))
    if problems:
        raise InputError(*problems)
    if not jobs and not skipped:
        raise InputError(_nothing(selection))
    return Plan(_by_path(jobs), _by_path(skipped))


def _by_path(things: Iterable[ThingT]) -> tuple[ThingT, ...]:
    return tuple(sorted(things, key=lambda thing: thing.path))


def _nothing(selection: Selection) -> Problem:
    wanted = ", ".join(selection.formats)
    told = "; ".join(f"{kind}: {', '.join(kind_of(kind).formats)}" for kind in selection.kinds)
    return Problem(
        "--format",
        f"không có gì để làm ở dạng {wanted} (có: {told})",
        f"there is nothing to make as {wanted} (there are: {told})",
    )
