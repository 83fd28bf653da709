"""Builds a campaign: plan, select what is to do, run, publish the index, seal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from dxassets.api.assembling import Assembly
from dxassets.api.index_page import INDEX_NAME
from dxassets.api.planning import EVERYTHING, PlanStream
from dxassets.api.showing import run_to_html
from dxassets.api.storing import Shipment, is_store, mirror_of, ship
from dxassets.backends.object_stores import ObjectStore
from dxassets.errors import Problem
from dxassets.file_names import file_part
from dxassets.jobs import LOGO_TOO_SMALL, NAME_LEFT_OUT, SCENE_COARSE, SCENE_LEFT_OUT, Skip
from dxassets.notation import in_both, number
from dxassets.planner import Wanted
from dxassets.project import Project
from dxassets.runners import Outcome, crew_for, gathered, is_elsewhere, run_jobs, warm_up
from dxassets.store import MANIFEST_NAME, open_shelf, peek

_NOTED = (
    ("logo", LOGO_TOO_SMALL),
    ("agency_name", NAME_LEFT_OUT),
    ("scene", SCENE_LEFT_OUT),
    ("scene_sharpness", SCENE_COARSE),
)
"""The notes of assets that a build tells of: how each is called, and how it begins then."""


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
    `notes` say how this machine made it otherwise than was asked. `left` is what lies there that the campaign
    names no longer (files, and folders with a `/`); `pruned` is what of that was taken away on wish. Of all
    files `sent` had to be put into the `store` that was asked for; `folder` is the copy that is kept here.
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
    left: tuple[str, ...] = ()
    pruned: tuple[str, ...] = ()
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
    left: tuple[str, ...] = ()
    """What lies there that the campaign names no longer: `prune` would take it away."""

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
    made: list[str] = field(default_factory=list[str])
    failed: list[Failure] = field(default_factory=list[Failure])
    noted: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    not_stored: int = 0
    """Of those made, how many their workers have not put into the build's store."""

    def note(self, outcome: Outcome) -> None:
        """Count one outcome and tell it."""
        record = outcome.record
        if record is None:
            self.failed.append(Failure(outcome.path, outcome.problems))
        else:
            self.made.append(record.path)
            self.not_stored += outcome.stored is None
            notes = dict(record.notes)
            for name, start in _NOTED:
                if notes.get(name, "").startswith(start):
                    self.noted.setdefault(name, []).append(record.path)
        if self.observer is not None:
            self.observer(Progress(len(self.made) + len(self.failed), self.total, outcome))

    def paths(self, name: str) -> tuple[str, ...]:
        """The paths of assets with a note of that name that says what is worth telling."""
        return tuple(sorted(self.noted.get(name, ())))


def output_folder(project: Project, out: str | Path) -> Path:
    """Where the campaign's files go below `out`."""
    return (mirror_of(out) if is_store(out) else Path(out)) / file_part(project.campaign.id)


def preview(
    project: Project, wanted: Wanted = EVERYTHING, *, out: str | Path = "output", force: bool = False
) -> Preview:
    """What `build` would make, without making or writing anything."""
    stream = PlanStream(project, wanted)
    to_make: list[str] = []
    work = Assembly(project, stream, peek(output_folder(project, out)), force=force)
    work.survey(lambda job: to_make.append(job.path))
    unserved = (
        Skip("", refusal.agency, problem.vi, problem.en)
        for refusal in stream.unserved
        for problem in refusal.problems
    )
    skipped, left = (*work.skipped, *unserved), tuple(sorted(work.left))
    return Preview(tuple(sorted(to_make)), tuple(sorted(work.current)), skipped, left)


def build(
    project: Project,
    wanted: Wanted | Sequence[Wanted] = EVERYTHING,
    *,
    out: str | Path = "output",
    jobs: int | None = None,
    force: bool = False,
    prune: bool = False,
    executor: Executor | str | None = None,
    observer: Observer | None = None,
) -> Report:
    """Make what is missing or out of date of `wanted`, below `out` (a folder, or ``s3://bucket/prefix``).

    With `force` everything is made again; with `prune`, what the campaign names no longer is taken away.

    `jobs` processes work at it (one, when nothing is said), or `executor`'s workers: one of
    `concurrent.futures`, or a Dask cluster by its scheduler's address (``tcp://HOST:8786``, or ``local:N``).
    `InputError` before anything is written when the input is wrong; `OutputError` when the folder can't be
    written or gets full. A build that was stopped at any moment is finished by calling this again.
    """
    folder = output_folder(project, out)
    manner = _Manner(jobs, force, prune, executor)
    if is_store(out):
        return _stored(str(out), folder, partial(_build, project, wanted, folder, manner), observer)
    return _build(project, wanted, folder, manner, observer=observer)


@dataclass(frozen=True, slots=True)
class _Manner:
    """How to build: what `build` is told of it."""

    jobs: int | None
    force: bool
    prune: bool
    executor: Executor | str | None


def _build(
    project: Project,
    wanted: Wanted | Sequence[Wanted],
    folder: Path,
    manner: _Manner,
    *,
    observer: Observer | None,
    store: ObjectStore | None = None,
) -> Report:
    """A build into a folder of this machine, of which all goes into `store`, too, if there is one."""
    begun = perf_counter()
    jobs = manner.jobs
    if manner.executor is None and (jobs or 1) > 1 and not (folder / MANIFEST_NAME).exists():
        warm_up()  # there will be much to do
    stream = PlanStream(project, wanted)
    if not folder.exists():
        _prove(stream)
    with gathered(manner.executor) as given, open_shelf(folder) as shelf:
        work = Assembly(project, stream, shelf, force=manner.force, prune=manner.prune)
        work.survey()
        tally = _Tally(work.total + len(stream.unserved), observer)
        for refusal in stream.unserved:
            tally.note(Outcome(refusal.agency, None, refusal.problems))

        def observe(outcome: Outcome) -> None:
            tally.note(outcome)
            work.note(outcome)

        with crew_for(work.total, jobs=jobs, given=given) as (chosen, workers, notes):
            run_jobs(
                work.jobs(),
                project.resources,
                folder=folder,
                executor=chosen,
                workers=workers,
                observe=observe,
                meanwhile=work.put_in_order,
                store=store,
            )
        if store is not None and is_elsewhere(chosen) and tally.not_stored:
            notes = (*notes, _by_builder(tally.not_stored))
        work.seal((refusal.agency, refusal.problems) for refusal in stream.unserved)
    report = _report_of(work, tally, folder=folder, notes=(*shelf.notes, *notes))
    return replace(report, seconds=perf_counter() - begun)


def _by_builder(count: int) -> Problem:
    """What is worth knowing of a cluster whose workers do not put their assets into the store themselves."""
    vi, en = in_both(lambda lang: number(count, lang))
    return Problem(
        "--cluster",
        f"số tệp đi qua máy ra lệnh: {vi}, vì máy vẽ không có khóa của kho hoặc không tới được kho; đặt địa "
        "chỉ và khóa (AWS_…) trên máy vẽ thì nhanh hơn",
        f"files that went by the builder: {en}, since their workers have no keys of the store, or do not "
        "reach it; set its address and keys (AWS_…) on the workers, which is faster",
    )


def _report_of(work: Assembly, tally: _Tally, *, folder: Path, notes: tuple[Problem, ...]) -> Report:
    """What was done, the time it took aside."""
    return Report(
        folder=folder,
        made=tuple(sorted(tally.made)),
        up_to_date=tuple(sorted(work.current)),
        skipped=tuple(work.skipped),
        failed=tuple(sorted(tally.failed, key=lambda failure: failure.path)),
        without_logo=tally.paths("logo"),
        without_name=tally.paths("agency_name"),
        seconds=0.0,
        index=folder / INDEX_NAME,
        manifest=folder / MANIFEST_NAME,
        notes=notes,
        without_scene=tally.paths("scene"),
        coarse_scene=tally.paths("scene_sharpness"),
        left=tuple(sorted(work.left)),
        pruned=tuple(sorted(work.pruned)),
    )


def _prove(stream: PlanStream) -> None:
    """Plan all of it once, so that whatever is wrong is told before there is so much as a folder."""
    for _ in stream.parts():
        pass


def _stored(url: str, folder: Path, work: Callable[..., Report], observer: Observer | None) -> Report:
    """A build into the copy of a store that is kept here, and from there into the store."""
    reports: list[Report] = []

    def make(shipment: Shipment) -> None:
        def watch(progress: Progress) -> None:
            outcome = progress.outcome
            if outcome.stored is not None:
                shipment.note(outcome.path, outcome.stored)
            if outcome.record is not None:
                shipment.send(outcome.path)
            if observer is not None:
                observer(progress)

        reports.append(work(observer=watch, store=shipment.store))

    sent = ship(url, folder, make)
    return replace(reports[0], store=url, sent=sent)
