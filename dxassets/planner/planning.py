"""From a selection to jobs: every kind plans its own, and all that is wrong is told together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from dxassets.errors import InputError, Problem
from dxassets.jobs import AnyJob, Plan, Skip
from dxassets.kinds.registry import kind_of
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Selection
from dxassets.planner.sealing import Sealer
from dxassets.project import Project

ThingT = TypeVar("ThingT", AnyJob, Skip)


def plan_selection(project: Project, selection: Selection, *, files: FileDigests | None = None) -> Plan:
    """Everything that a build of `selection` makes, in the order of the paths; perhaps nothing.

    Pure but for the bytes that the project's resources give; `files` keeps what is known of them, for who
    plans piece by piece. `InputError` names every font, template or letter file that is missing, and whatever
    a kind can't make at all.
    """
    files = files or FileDigests(project.resources)
    scope, sealer = Scope(project, selection, files), Sealer(files)
    jobs: list[AnyJob] = []
    skipped: list[Skip] = []
    problems: list[Problem] = []
    for kind in selection.kinds:
        try:
            for planned in kind_of(kind).plan(scope):
                if isinstance(planned, AssetDraft):
                    jobs.append(sealer.seal(planned))
                else:
                    skipped.append(planned)
        except InputError as error:
            problems += error.problems
    problems = list(dict.fromkeys([*files.problems.values(), *problems]))
    if problems:
        raise InputError(*problems)
    return Plan(_by_path(jobs), _by_path(skipped))


def _by_path(things: Iterable[ThingT]) -> tuple[ThingT, ...]:
    return tuple(sorted(things, key=lambda thing: thing.path))


def nothing_to_make(selection: Selection) -> Problem:
    """What is told of a selection that is empty: no kind can be made in those formats."""
    wanted = ", ".join(selection.formats)
    told = "; ".join(f"{kind}: {', '.join(kind_of(kind).formats)}" for kind in selection.kinds)
    return Problem(
        "--format",
        f"không có gì để làm ở dạng {wanted} (có: {told})",
        f"there is nothing to make as {wanted} (there are: {told})",
    )
