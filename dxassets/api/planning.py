"""What a build of some wishes makes: all of it at once, or a few agencies at a time, so that none is held."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dxassets.api.checking import font_problems, unserved_agencies
from dxassets.errors import InputError, Problem
from dxassets.file_names import file_part
from dxassets.jobs import AnyJob, Plan, Skip, Unserved
from dxassets.planner import FileDigests, Selection, Wanted, nothing_to_make, plan_selection, select
from dxassets.project import Project
from dxassets.store import shard_of

EVERYTHING = Wanted()
ThingT = TypeVar("ThingT", AnyJob, Skip)
AGENCIES_AT_ONCE = 64
"""Agencies that are planned together."""
MOST_HELD = 4000
"""Jobs of a plan that is kept for its second reading; a larger one is made again."""


@dataclass(frozen=True, slots=True)
class PlanPart:
    """What is made for some agencies, in the order of the paths; all that is planned for their folders."""

    jobs: tuple[AnyJob, ...]
    skipped: tuple[Skip, ...]
    folders: frozenset[str]


def plan(project: Project, wanted: Wanted | Sequence[Wanted] = EVERYTHING) -> Plan:
    """Everything that a build of `wanted` makes. `InputError` tells every unknown id or text at once.

    Of several wishes that name the same asset the last one counts.
    """
    stream = PlanStream(project, wanted)
    parts = list(stream.parts())
    return Plan(
        tuple(sorted((job for part in parts for job in part.jobs), key=lambda job: job.path)),
        tuple(sorted((skip for part in parts for skip in part.skipped), key=lambda skip: skip.path)),
        stream.unserved,
    )


class PlanStream:
    """The plan of some wishes, some agencies at a time, as often as it is asked for."""

    def __init__(self, project: Project, wanted: Wanted | Sequence[Wanted] = EVERYTHING) -> None:
        self._project = project
        self.wishes: tuple[Wanted, ...] = (wanted,) if isinstance(wanted, Wanted) else tuple(wanted)
        self._selections = [select(wish, project) for wish in self.wishes]
        agencies = {agency.id: agency for selection in self._selections for agency in selection.agencies}
        self.agencies: tuple[str, ...] = tuple(agencies)
        found = unserved_agencies(project, tuple(agencies.values()))
        self.unserved: tuple[Unserved, ...] = tuple(sorted(found, key=lambda office: office.agency))
        self._problems = list(font_problems(project, ()))
        names = {office.agency for office in self.unserved}
        for selection in self._selections:
            if all(agency.id in names for agency in selection.agencies):
                asked = {agency.id for agency in selection.agencies}
                self._problems += [
                    problem for each in self.unserved if each.agency in asked for problem in each.problems
                ]
        self._served = [agency for agency in agencies if agency not in names]
        self._files = FileDigests(project.resources)
        self._kept: list[PlanPart] | None = None

    @property
    def is_held(self) -> bool:
        """Whether it was read to its end, and is small enough to be kept."""
        return self._kept is not None

    def parts(self) -> Iterator[PlanPart]:
        """The plan, part by part. `InputError` tells all that is wrong at once, after the last."""
        if self._kept is not None:
            yield from self._kept
            return
        kept: list[PlanPart] | None = []
        held = 0
        for part in self._planned():
            held += len(part.jobs)
            if kept is not None:
                kept.append(part)
                kept = kept if held <= MOST_HELD else None
            yield part
        self._kept = kept

    def _planned(self) -> Iterator[PlanPart]:
        problems = list(self._problems)
        everybody = {file_part(agency) for agency in self.agencies}
        shared_jobs: dict[str, AnyJob] = {}
        shared_skips: dict[str, Skip] = {}
        is_empty = [True] * len(self._selections)
        for start in range(0, len(self._served), AGENCIES_AT_ONCE) or range(1):
            some = frozenset(self._served[start : start + AGENCIES_AT_ONCE])
            folders = frozenset(map(file_part, some))
            jobs: dict[str, AnyJob] = {}
            skips: dict[str, Skip] = {}
            for at, selection in enumerate(self._selections):
                for planned in self._plans(selection, some, problems):
                    is_empty[at] = is_empty[at] and not planned.jobs and not planned.skipped
                    jobs.update((job.path, job) for job in planned.jobs)
                    skips.update((skip.path, skip) for skip in planned.skipped)
            _set_apart(jobs, shared_jobs, folders)
            _set_apart(skips, shared_skips, folders)
            yield PlanPart(
                tuple(jobs[path] for path in sorted(jobs)),
                tuple(skips[path] for path in sorted(skips) if path not in jobs),
                folders,
            )
        yield from _shared(shared_jobs, shared_skips, everybody)
        for selection, empty in zip(self._selections, is_empty, strict=True):
            if empty and not problems:
                problems.append(nothing_to_make(selection))
        if problems:
            raise InputError(*dict.fromkeys(problems))

    def _plans(self, selection: Selection, some: frozenset[str], problems: list[Problem]) -> Iterator[Plan]:
        """The plan for those agencies, where they are among the wanted and nothing is wrong."""
        agencies = tuple(agency for agency in selection.agencies if agency.id in some)
        if not agencies and some:
            return
        try:
            yield plan_selection(
                self._project, replace(selection, agencies=agencies or selection.agencies), files=self._files
            )
        except InputError as error:
            problems += error.problems


def _set_apart(things: dict[str, ThingT], shared: dict[str, ThingT], folders: frozenset[str]) -> None:
    """Move what lies in none of `folders` to what all parts share: a kind may plan it with each of them."""
    for path in [path for path in things if shard_of(path) not in folders]:
        shared[path] = things.pop(path)


def _shared(jobs: dict[str, AnyJob], skips: dict[str, Skip], everybody: set[str]) -> Iterator[PlanPart]:
    """What is nobody's of those that were asked for, once; what is somebody's came with its owner."""
    alone = tuple(jobs[path] for path in sorted(jobs) if shard_of(path) not in everybody)
    left_out = tuple(
        skips[path] for path in sorted(skips) if path not in jobs and shard_of(path) not in everybody
    )
    if alone or left_out:
        yield PlanPart(alone, left_out, frozenset())
