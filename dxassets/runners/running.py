"""Takes jobs through an executor: grouped so that caches help, few at a time so that memory stays low."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import groupby, islice
from pathlib import Path

from dxassets.errors import DxassetsError, OutputError, Problem
from dxassets.jobs import AnyJob
from dxassets.kinds.registry import kind_of
from dxassets.resources import Resources
from dxassets.runners.executors import shielded
from dxassets.runners.tasks import Outcome, Task, make_assets

BATCHES_PER_WORKER = 8
LARGEST_BATCH = 16
WAITING_PER_WORKER = 2
"""Batches under way for each worker: one being made, one waiting."""


def run_jobs(
    jobs: Iterable[AnyJob],
    resources: Resources,
    *,
    folder: Path,
    executor: Executor,
    workers: int,
    observe: Callable[[Outcome], None],
) -> None:
    """Make all `jobs` with `executor`, telling each outcome as it is known.

    `OutputError` when the folder can't be written (nothing more is tried), and
    `DxassetsError` when a worker died. Whatever was finished is in the journal.
    """
    tasks = iter([Task(batch, resources, folder) for batch in batches(list(jobs), workers)])
    waiting: set[Future[list[Outcome]]] = set()
    try:
        while True:
            room = WAITING_PER_WORKER * workers - len(waiting) if workers > 1 else 1
            for task in islice(tasks, room):
                with shielded():
                    waiting.add(executor.submit(make_assets, task))
            if not waiting:
                return
            done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                _tell(future.result(), observe)
    except BrokenExecutor as error:
        raise DxassetsError(
            Problem(
                "--jobs",
                "một tiến trình con bị dừng đột ngột (có thể do hết bộ nhớ); chạy lại đúng lệnh này "
                "để làm tiếp, thêm --jobs 1 nếu lại bị",
                "a worker was killed (out of memory, perhaps); run the same command again to go on, "
                'with --jobs 1 if it comes back (a script needs its `if __name__ == "__main__":`)',
            )
        ) from error


def _tell(outcomes: list[Outcome], observe: Callable[[Outcome], None]) -> None:
    for outcome in outcomes:
        observe(outcome)
        if outcome.stops:
            raise OutputError(*outcome.problems)


def batches(jobs: list[AnyJob], workers: int) -> Iterator[tuple[AnyJob, ...]]:
    """The jobs in batches, each of one look (kind, preset, theme, day), the costly looks first.

    Within a look the background is drawn once and reused. A worker alone gets
    one job at a time, so that progress shows.
    """
    ordered = sorted(jobs, key=lambda job: (-kind_of(job.kind).cost(job), _look(job), job.path))
    size = 1 if workers == 1 else max(1, min(LARGEST_BATCH, len(jobs) // (workers * BATCHES_PER_WORKER)))
    for _, group in groupby(ordered, key=_look):
        look = iter(group)
        while batch := tuple(islice(look, size)):
            yield batch


def _look(job: AnyJob) -> tuple[str, str, str, str, str]:
    suffix = job.path.rpartition(".")[2]
    return (job.kind, job.preset or "", job.theme or "", job.day or "", suffix)
