"""Frames photos: finds them, names the results, makes what is new, and writes down what became of each."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from dxassets.api.framing.collecting import Collected, collect
from dxassets.api.framing.naming import assign_names, tail_of
from dxassets.api.framing.preview import publish_preview
from dxassets.api.framing.records import LOCK, REPORT_NAME, Ledger, made_in, open_ledger
from dxassets.api.framing.report import FramedPhoto, FramesReport, report_to_csv
from dxassets.api.framing.wanted import AS_USUAL, PHOTO_FORMATS, FrameWanted, Look, look_of
from dxassets.api.project import Project
from dxassets.api.single import suffix_of
from dxassets.errors import OutputError, PhotoError, Problem
from dxassets.runners.photo_pool import frame_all
from dxassets.runners.photos import (
    FramedFile,
    PhotoBench,
    PhotoOutcome,
    PhotoTask,
    read_photo_file,
)
from dxassets.store import locked, publish, publish_changed, sweep_top

WORTH_A_PROCESS = 16
"""Photos for which starting one more process (about a second) pays."""
_HASHING_THREADS = 2
"""Each holds a photo's whole file."""


@dataclass(frozen=True, slots=True)
class FramesProgress:
    """How far a run is: `done` of `total`, and what just became of one photo."""

    done: int
    total: int
    outcome: PhotoOutcome


FramesObserver = Callable[[FramesProgress], None]


def frame_photo(
    project: Project, photo: str | Path, *, file: str | Path, wanted: FrameWanted = AS_USUAL
) -> Path:
    """One photo in a frame, to `file`, whose suffix decides the format. Returns the file that was written.

    `InputError` for a frame that can't be, `PhotoError` for a photo that can't be read, or that is
    itself the file to write.
    """
    target, source = Path(file), Path(photo)
    file_format = suffix_of(target, PHOTO_FORMATS)
    if target.exists() and source.exists() and target.samefile(source):
        raise PhotoError(Problem(str(file), *_ITSELF))
    bench = PhotoBench(look_of(project, replace(wanted, format=file_format)).kit)
    made, _ = bench.framed(read_photo_file(source, str(photo)), str(photo))
    return publish(target.parent, target.name, made)


_ITSELF = (
    "là chính ảnh gốc; hãy chọn tên khác để không mất ảnh",
    "is the photo itself; choose another name, so that it is not lost",
)


def frame_photos(
    project: Project,
    places: Sequence[str | Path],
    *,
    out: str | Path,
    wanted: FrameWanted = AS_USUAL,
    jobs: int = 1,
    preview: bool = False,
    observer: FramesObserver | None = None,
) -> FramesReport:
    """All photos at `places`, files and folders, in a frame, into the folder `out`.

    Several photos are made by `jobs` processes, are listed in ``frames.csv``, and are left alone by a
    second run unless they, or the frame, have changed. One photo alone is simply made.
    `InputError` when there is no photo, or when the only one can't be read; `OutputError` when `out`
    can't be written. What is finished stays, and calling this again goes on.
    """
    begun = perf_counter()
    folder = Path(out)
    look = look_of(project, wanted)
    found = collect(places, out=folder, ours=made_in)
    if len(found.photos) == 1 and not found.from_folder:
        photos = (_one(found, look, folder),)
        table = None
    else:
        with locked(folder / LOCK):
            photos = _many(found, look, folder, jobs=jobs, observer=observer)
            report = FramesReport(folder, photos, tuple(found.ignored), 0.0)
            table = publish_changed(folder, REPORT_NAME, report_to_csv(report))
    shown = publish_preview(project, photos, folder, inputs=_inputs_in(folder, found)) if preview else None
    return FramesReport(
        folder,
        photos,
        tuple(found.ignored),
        perf_counter() - begun,
        notes=look.notes,
        table=table,
        preview=shown,
    )


def _one(found: Collected, look: Look, folder: Path) -> FramedPhoto:
    """The only photo; its problem is the user's error."""
    (source,) = found.photos
    tail = tail_of(look.day, look.kit.file_format)
    (name,) = assign_names([("", source.path.stem)], tail=tail, known={}, taken=_inputs_in(folder, found))
    outcome = PhotoBench(look.kit).frame(PhotoTask(source.path, source.shown, folder, name))
    if outcome.framed is None:
        raise (OutputError if outcome.stops else PhotoError)(*outcome.problems)
    return _made(outcome)


def _many(
    found: Collected, look: Look, folder: Path, *, jobs: int, observer: FramesObserver | None
) -> tuple[FramedPhoto, ...]:
    """Each photo and what became of it, in the order in which they were found."""
    sweep_top(folder)
    ledger = open_ledger(folder)
    tasks = _named(found, look, ledger)
    current = _current(tasks, ledger, look.kit.seal)
    todo = [task for task in tasks if task.name not in current]
    outcomes: dict[str, PhotoOutcome] = {}

    def note(outcome: PhotoOutcome) -> None:
        ledger.note(outcome)
        outcomes[outcome.task.name] = outcome
        if observer is not None:
            observer(FramesProgress(len(outcomes), len(todo), outcome))

    ledger.save()
    try:
        workers = max(1, min(jobs, -(-len(todo) // WORTH_A_PROCESS)))
        frame_all(todo, look.kit, workers=workers, observe=note)
    finally:
        sweep_top(folder)
        ledger.save()
    closed = tuple(FramedPhoto(problem.where, "failed", problems=(problem,)) for problem in found.closed)
    return (*(_row(task, current, outcomes) for task in tasks), *closed)


def _named(found: Collected, look: Look, ledger: Ledger) -> list[PhotoTask]:
    """A task for each photo. A name once given stays, and nothing that is not ours is written over."""
    folder = ledger.folder
    tail = tail_of(look.day, look.kit.file_format)
    ids = [ledger.id_of(source.path) for source in found.photos]
    mine = set(ids)
    others = {name for name in ledger.held() if ledger.records[name].photo not in mine}
    strange = {entry.name for entry in os.scandir(folder)} - ledger.records.keys()
    names = assign_names(
        [(each, source.path.stem) for each, source in zip(ids, found.photos, strict=True)],
        tail=tail,
        known=ledger.names(tail),
        taken={*others, *strange, *_inputs_in(folder, found)},
    )
    for name, photo in zip(names, ids, strict=True):
        ledger.promise(name, photo)
    return [
        PhotoTask(source.path, source.shown, folder, name)
        for source, name in zip(found.photos, names, strict=True)
    ]


def _inputs_in(folder: Path, found: Collected) -> set[str]:
    """The names of photos that lie in the output folder itself: no result may take them."""
    here = folder.resolve()
    return {source.path.name for source in found.photos if source.path.parent.resolve() == here}


def _current(tasks: Iterable[PhotoTask], ledger: Ledger, seal: str) -> Mapping[str, FramedFile]:
    """What is known of those results that need nothing, by their names."""
    listed = list(tasks)

    def look_up(task: PhotoTask) -> FramedFile | None:
        return ledger.current(task.name, task.path, seal=seal)

    with ThreadPoolExecutor(_HASHING_THREADS) as threads:  # hashing lets go of the interpreter
        known = list(threads.map(look_up, listed))
    return {task.name: framed for task, framed in zip(listed, known, strict=True) if framed is not None}


def _row(
    task: PhotoTask, current: Mapping[str, FramedFile], outcomes: Mapping[str, PhotoOutcome]
) -> FramedPhoto:
    framed = current.get(task.name)
    if framed is not None:
        return FramedPhoto(task.shown, "current", task.folder / task.name, framed)
    return _made(outcomes[task.name])


def _made(outcome: PhotoOutcome) -> FramedPhoto:
    task = outcome.task
    if outcome.framed is None:
        return FramedPhoto(task.shown, "failed", problems=outcome.problems)
    return FramedPhoto(task.shown, "made", task.folder / task.name, outcome.framed)
