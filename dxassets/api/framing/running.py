"""Frames photos: finds them, names the results, makes what is new, and writes down what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from time import perf_counter

from dxassets.api.framing.collecting import Collected, collect
from dxassets.api.framing.corrections import read_corrections
from dxassets.api.framing.preview import preview_of
from dxassets.api.framing.records import PREVIEW_NAME, REPORT_NAME, REVIEW_NAME, Ledger, held_ledger, made_in
from dxassets.api.framing.report import FramedPhoto, FramesReport, report_to_csv
from dxassets.api.framing.review import review_of
from dxassets.api.framing.tasks import inputs_in, named_tasks
from dxassets.api.framing.wanted import AS_USUAL, PHOTO_FORMATS, DrawnFrame, FrameWanted, drawn_frame
from dxassets.api.single import suffix_of
from dxassets.errors import Lang, OutputError, PhotoError, Problem
from dxassets.project import Project
from dxassets.runners import why_alone
from dxassets.runners.photo_pool import frame_all
from dxassets.runners.photos import (
    FramedFile,
    PhotoBench,
    PhotoOutcome,
    PhotoTask,
    published,
    read_photo_file,
)
from dxassets.store import publish, sweep_top

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
    if _is_same_file(target, source):
        raise PhotoError(Problem(str(file), *_ITSELF))
    bench = PhotoBench(drawn_frame(project, replace(wanted, format=file_format)).kit)
    made, _ = bench.framed(read_photo_file(source, str(photo)), str(photo))
    return publish(target.parent, target.name, made)


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there, or may not be looked at
        return False


_ITSELF = (
    "là chính ảnh gốc; hãy chọn tên khác để không mất ảnh",
    "is the photo itself; choose another name, so that it is not lost",
)


def frame_photos(  # noqa: PLR0913  (each is an option of the command)
    project: Project,
    places: Sequence[str | Path],
    *,
    out: str | Path,
    wanted: FrameWanted = AS_USUAL,
    jobs: int = 1,
    preview: bool = False,
    corrections: str | Path | None = None,
    lang: Lang = "vi",
    observer: FramesObserver | None = None,
) -> FramesReport:
    """All photos at `places`, files and folders, in a frame, into the folder `out`.

    Several photos are made by `jobs` processes, are listed in ``frames.csv``, and are left alone by a
    second run unless they, or the frame, have changed. One photo alone is simply made. The table and the
    preview are in `lang`. With `preview` there are a sheet of how avatars look, and a page on which all
    photos are looked through; `corrections` is the file that this page saves. `InputError` when there is no
    photo, or when the only one can't be read; `OutputError` when `out` can't be
    written. What is finished stays, and calling this again goes on.
    """
    begun = perf_counter()
    folder = Path(out)
    put = None if corrections is None else read_corrections(corrections)
    frame = drawn_frame(project, wanted)
    found = collect(places, out=folder, ours=made_in)
    alone = len(found.photos) == 1 and not found.from_folder
    drawn = _drawn_alone(found, frame, folder) if alone else None  # before anything is written
    inputs = inputs_in(folder, found)
    with held_ledger(folder, alone=alone) as ledger:
        tasks = named_tasks(found, frame, ledger, corrections=put)
        strangers = () if put is None else put.strangers({task.name for task in tasks})
        if drawn is None:
            photos, notes = _many(tasks, found, frame, ledger, jobs=jobs, observer=observer)
        else:
            photos, notes = (_one(tasks[0], frame, ledger, drawn=drawn),), ()
        notes = (*frame.notes, *strangers, *notes)
        report = FramesReport(folder, photos, tuple(found.ignored), 0.0, notes=notes, lang=lang)
        if drawn is None:
            table = ledger.publish_sheet(REPORT_NAME, report_to_csv(report), inputs=inputs)
            report = replace(report, table=table)
        if preview:
            sheet = preview_of(project, report, side=frame.kit.side)
            shown = None if sheet is None else ledger.publish_sheet(PREVIEW_NAME, sheet, inputs=inputs)
            report = replace(report, preview=shown)
        if preview and drawn is None:
            page = review_of(project, report, frame, tasks)
            kept = None if page is None else ledger.publish_sheet(REVIEW_NAME, page, inputs=inputs)
            report = replace(report, review=kept)
    return replace(report, seconds=perf_counter() - begun)


def _drawn_alone(found: Collected, frame: DrawnFrame, folder: Path) -> tuple[PhotoOutcome, bytes]:
    """The only photo in its frame, not written yet; its problem is the user's error."""
    (source,) = found.photos
    outcome, made = PhotoBench(frame.kit).draw(PhotoTask(source.path, source.shown, folder, ""))
    if outcome.framed is None:
        raise PhotoError(*outcome.problems)
    return outcome, made


def _one(
    task: PhotoTask, frame: DrawnFrame, ledger: Ledger, *, drawn: tuple[PhotoOutcome, bytes]
) -> FramedPhoto:
    """Write the only photo's result, under a name that is nobody else's."""
    ledger.save_if_possible()
    if task.correction is not None:
        drawn = PhotoBench(frame.kit).draw(task)
        if drawn[0].framed is None:
            raise PhotoError(*drawn[0].problems)
    outcome = published(replace(drawn[0], task=task), drawn[1])
    if outcome.stops:
        raise OutputError(*outcome.problems)
    ledger.note(outcome)
    ledger.save_if_possible()
    return _made(outcome)


def _many(
    tasks: Sequence[PhotoTask],
    found: Collected,
    frame: DrawnFrame,
    ledger: Ledger,
    *,
    jobs: int,
    observer: FramesObserver | None,
) -> tuple[tuple[FramedPhoto, ...], tuple[Problem, ...]]:
    """Each photo and what became of it, in the order found; then closed folders. And why it took longer."""
    folder = ledger.folder
    sweep_top(folder)
    current = _current(tasks, ledger, frame.kit.seal)
    todo = [task for task in tasks if task.name not in current]
    closed = [
        PhotoOutcome(PhotoTask(Path(each.where), each.where, folder, ""), problems=(each,))
        for each in found.closed
    ]
    outcomes: dict[str, PhotoOutcome] = {}
    told = count(1)

    def tell(outcome: PhotoOutcome) -> None:
        if observer is not None:
            observer(FramesProgress(next(told), len(todo) + len(closed), outcome))

    def note(outcome: PhotoOutcome) -> None:
        ledger.note(outcome)
        outcomes[outcome.task.name] = outcome
        tell(outcome)

    ledger.save()
    try:
        for outcome in closed:
            tell(outcome)
        workers = max(1, min(jobs, -(-len(todo) // WORTH_A_PROCESS)))
        alone = why_alone() if workers > 1 else None
        frame_all(todo, frame.kit, workers=workers if alone is None else 1, observe=note)
    finally:
        sweep_top(folder)
        ledger.save()
    rows = (*(_row(task, current, outcomes) for task in tasks), *map(_made, closed))
    return rows, () if alone is None else (alone,)


def _current(tasks: Iterable[PhotoTask], ledger: Ledger, seal: str) -> Mapping[str, FramedFile]:
    """What is known of those results that need nothing, by their names."""
    listed = list(tasks)

    def look_up(task: PhotoTask) -> FramedFile | None:
        return ledger.current(task.name, task.path, seal=seal, correction=task.correction)

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
