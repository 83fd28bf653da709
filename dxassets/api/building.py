"""Builds a campaign: plan, select what is to do, run, publish the index, seal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from dxassets.api.checking import font_problems, unserved_agencies
from dxassets.api.index_page import publish_index
from dxassets.api.showing import run_to_html
from dxassets.api.storing import is_store, mirror_of, ship
from dxassets.errors import InputError, Problem
from dxassets.file_names import file_part
from dxassets.jobs import LOGO_TOO_SMALL, NAME_LEFT_OUT, SCENE_COARSE, SCENE_LEFT_OUT, AnyJob, Plan, Skip
from dxassets.planner import Selection, Wanted, plan_selection, select, tools
from dxassets.project import Project
from dxassets.runners import Outcome, crew_for, gathered, run_jobs, warm_up
from dxassets.store import (
    FORMAT,
    MANIFEST_NAME,
    CampaignName,
    Manifest,
    Record,
    Shelf,
    SkipRecord,
    merge_records,
    open_shelf,
    peek,
)

EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: `done` of `total`, and what just became of one asset."""

    done: int
    total: int
    outcome: Outcome


Observer = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Failure:
    """An asset that could not be made, and why."""

    path: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did. `index` is the page of all that was built.

    On `without_logo` the agency's logo would be too small; on `without_name`, frames, its name too long;
    `without_scene` have no room for the campaign's own photo, which on `coarse_scene` is not sharp.
    `notes` say how this machine made it otherwise than was asked. Of all files `sent` had to be put into the
    `store` that was asked for; `folder` is the copy that is kept here.
    """

    folder: Path
    made: tuple[str, ...]
    up_to_date: tuple[str, ...]
    skipped: tuple[Skip, ...]
    failed: tuple[Failure, ...]
    without_logo: tuple[str, ...]
    without_name: tuple[str, ...]
    seconds: float
    index: Path
    manifest: Path
    notes: tuple[Problem, ...] = ()
    without_scene: tuple[str, ...] = ()
    coarse_scene: tuple[str, ...] = ()
    store: str | None = None
    sent: int = 0

    @property
    def exit_code(self) -> int:
        """0, or 1 when an asset failed."""
        return 1 if self.failed else 0

    def __repr__(self) -> str:
        return (
            f"Report({str(self.folder)!r}, made={len(self.made)}, up_to_date={len(self.up_to_date)}, "
            f"skipped={len(self.skipped)}, failed={len(self.failed)})"
        )

    def _repr_html_(self) -> str:
        counts = {
            "made": len(self.made),
            "current": len(self.up_to_date),
            "skipped": len(self.skipped),
            "failed": len(self.failed),
        }
        problems = ((failure.path, problem) for failure in self.failed for problem in failure.problems)
        return run_to_html(counts, problems, place=self.index)


@dataclass(frozen=True, slots=True)
class Preview:
    """What a build would do."""

    to_make: tuple[str, ...]
    up_to_date: tuple[str, ...]
    skipped: tuple[Skip, ...]

    def __repr__(self) -> str:
        counts = f"up_to_date={len(self.up_to_date)}, skipped={len(self.skipped)}"
        return f"Preview(to_make={len(self.to_make)}, {counts})"

    def _repr_html_(self) -> str:
        counts = {"to_make": len(self.to_make), "current": len(self.up_to_date), "skipped": len(self.skipped)}
        return run_to_html(counts)


@dataclass
class _Tally:
    """Outcomes of a running build, gathered and passed on to the observer."""

    total: int
    observer: Observer | None
    records: list[Record] = field(default_factory=list[Record])
    failed: list[Failure] = field(default_factory=list[Failure])

    def note(self, outcome: Outcome) -> None:
        """Count one outcome and tell it."""
        if outcome.record is None:
            self.failed.append(Failure(outcome.path, outcome.problems))
        else:
            self.records.append(outcome.record)
        if self.observer is not None:
            self.observer(Progress(len(self.records) + len(self.failed), self.total, outcome))

    def noted(self, name: str, start: str) -> tuple[str, ...]:
        """The paths of assets with a note of that name that begins so."""
        paths = [each.path for each in self.records if dict(each.notes).get(name, "").startswith(start)]
        return tuple(sorted(paths))


def plan(project: Project, wanted: Wanted | Sequence[Wanted] = EVERYTHING) -> Plan:
    """Everything that a build of `wanted` makes. `InputError` tells every unknown id or text at once.

    Of several wishes that name the same asset the last one counts.
    """
    wishes = (wanted,) if isinstance(wanted, Wanted) else wanted
    plans = [_planned(project, select(wish, project)) for wish in wishes]
    jobs = {job.path: job for each in plans for job in each.jobs}
    skipped = {skip.path: skip for each in plans for skip in each.skipped}
    unserved = {office.agency: office for each in plans for office in each.unserved}
    return Plan(
        tuple(jobs[path] for path in sorted(jobs)),
        tuple(skipped[path] for path in sorted(skipped)),
        tuple(unserved[agency] for agency in sorted(unserved)),
    )


def _planned(project: Project, selection: Selection) -> Plan:
    """The plan for all agencies that can be served; `InputError` where that is none."""
    unserved = unserved_agencies(project, selection.agencies)
    names = {office.agency for office in unserved}
    served = tuple(agency for agency in selection.agencies if agency.id not in names)
    problems = list(font_problems(project, ()))
    if not served:
        problems += [problem for office in unserved for problem in office.problems]
    try:
        planned = plan_selection(project, replace(selection, agencies=served or selection.agencies))
    except InputError as error:
        raise InputError(*problems, *error.problems) from error
    if problems:
        raise InputError(*problems)
    return replace(planned, unserved=unserved)


def output_folder(project: Project, out: str | Path) -> Path:
    """Where the campaign's files go below `out`."""
    return (mirror_of(out) if is_store(out) else Path(out)) / file_part(project.campaign.id)


def preview(
    project: Project, wanted: Wanted = EVERYTHING, *, out: str | Path = "output", force: bool = False
) -> Preview:
    """What `build` would make, without making or writing anything."""
    planned = plan(project, wanted)
    todo, current = _split(planned.jobs, peek(output_folder(project, out)), force=force)
    unserved = (
        Skip("", refusal.agency, problem.vi, problem.en)
        for refusal in planned.unserved
        for problem in refusal.problems
    )
    return Preview(tuple(job.path for job in todo), current, (*planned.skipped, *unserved))


def build(
    project: Project,
    wanted: Wanted | Sequence[Wanted] = EVERYTHING,
    *,
    out: str | Path = "output",
    jobs: int | None = None,
    force: bool = False,
    executor: Executor | str | None = None,
    observer: Observer | None = None,
) -> Report:
    """Make what is missing or out of date of `wanted`, below `out` (a folder, or ``s3://bucket/prefix``).

    With `force` everything is made again.

    `jobs` processes work at it (one, when nothing is said), or `executor`'s workers: one of
    `concurrent.futures`, or a Dask cluster by its scheduler's address (``tcp://HOST:8786``, or ``local:N``).
    `InputError` before anything is written when the input is wrong; `OutputError` when the folder can't be
    written or gets full. A build that was stopped at any moment is finished by calling this again.
    """
    begun = perf_counter()
    folder = output_folder(project, out)
    if is_store(out):
        work = partial(build, project, wanted, jobs=jobs, force=force, executor=executor)
        return _stored(str(out), folder, work, observer)
    if executor is None and (jobs or 1) > 1 and not (folder / MANIFEST_NAME).exists():
        warm_up()  # there will be much to do
    planned = plan(project, wanted)
    with gathered(executor) as given, open_shelf(folder) as shelf:
        todo, current = _split(planned.jobs, shelf, force=force)
        tally = _Tally(len(todo) + len(planned.unserved), observer)
        for refusal in planned.unserved:
            tally.note(Outcome(refusal.agency, None, refusal.problems))
        with crew_for(len(todo), jobs=jobs, given=given) as (chosen, workers, notes):
            run_jobs(
                todo, project.resources, folder=folder, executor=chosen, workers=workers, observe=tally.note
            )
        manifest = _manifest(project, planned, shelf, tally)
        index = publish_index(project, manifest, folder)
        shelf.seal(manifest)
    return Report(
        folder=folder,
        made=tuple(sorted(record.path for record in tally.records)),
        up_to_date=current,
        skipped=planned.skipped,
        failed=tuple(sorted(tally.failed, key=lambda failure: failure.path)),
        without_logo=tally.noted("logo", LOGO_TOO_SMALL),
        without_name=tally.noted("agency_name", NAME_LEFT_OUT),
        seconds=perf_counter() - begun,
        index=index,
        manifest=folder / MANIFEST_NAME,
        notes=(*shelf.notes, *notes),
        without_scene=tally.noted("scene", SCENE_LEFT_OUT),
        coarse_scene=tally.noted("scene_sharpness", SCENE_COARSE),
    )


def _stored(url: str, folder: Path, work: Callable[..., Report], observer: Observer | None) -> Report:
    """A build into the copy of a store that is kept here, and from there into the store."""
    reports: list[Report] = []

    def make(send: Callable[[str], None]) -> None:
        def watch(progress: Progress) -> None:
            if progress.outcome.record is not None:
                send(progress.outcome.path)
            if observer is not None:
                observer(progress)

        reports.append(work(out=folder.parent, observer=watch))

    sent = ship(url, folder, make)
    return replace(reports[0], store=url, sent=sent)


def _split(jobs: Iterable[AnyJob], shelf: Shelf, *, force: bool) -> tuple[list[AnyJob], tuple[str, ...]]:
    """The jobs that are to do, and the paths of those that need nothing."""
    todo: list[AnyJob] = []
    current: list[str] = []
    for job in jobs:
        if force or shelf.current(job.path, job.key) is None:
            todo.append(job)
        else:
            current.append(job.path)
    return todo, tuple(current)


def _manifest(project: Project, planned: Plan, shelf: Shelf, tally: _Tally) -> Manifest:
    """What now lies in the folder: this build's assets, and those of earlier builds that it did not touch.

    An older asset that failed or is skipped this time says something that is no
    longer so; it is taken away.
    """
    keys = {job.path: job.key for job in planned.jobs}
    outdated = {failure.path for failure in tally.failed} | {skip.path for skip in planned.skipped}
    kept = dict(shelf.records)
    for path in outdated & kept.keys():
        if kept[path].key != keys.get(path):
            shelf.discard(path)
            del kept[path]
    assets = merge_records(kept.values(), tally.records)
    settled = {record.path for record in assets} | keys.keys()
    older = shelf.manifest.skipped if shelf.manifest is not None else ()
    skipped = {skip.path: skip for skip in older if skip.path not in settled}
    for skip in planned.skipped:
        skipped[skip.path] = SkipRecord(skip.path, skip.kind, skip.reason_vi, skip.reason_en)
    return Manifest(
        FORMAT,
        CampaignName(project.campaign.id, project.campaign.title),
        project.input_digests(),
        dict(tools()),
        assets,
        tuple(skipped.values()),
    )
