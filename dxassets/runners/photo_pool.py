"""Photos through one process or several: a photo that kills its process is told, and the others go on."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass
from functools import partial

from dxassets.errors import DxassetsError, OutputError, Problem
from dxassets.runners.executors import process_pool
from dxassets.runners.forking import shielded
from dxassets.runners.photos import FrameKit, PhotoBench, PhotoOutcome, PhotoTask

_WAITING_PER_WORKER = 2
_DEATHS_TO_GIVE_UP = 3
_DEADLY = (
    "ảnh này làm chương trình đọc ảnh dừng đột ngột; hãy mở ảnh, lưu lại thành JPEG rồi thử lại",
    "it kills the program that reads it; open it, save it as JPEG and try again",
)


def frame_all(
    tasks: Iterable[PhotoTask],
    kit: FrameKit,
    *,
    workers: int,
    observe: Callable[[PhotoOutcome], None],
) -> None:
    """Frame all photos with that many processes (1: this one), telling each outcome as it is known.

    `OutputError` when the folder can't be written: nothing more is tried then. A photo that kills its
    process is told as failed, and the others go on.
    """
    if workers <= 1:
        bench = PhotoBench(kit)
        for task in tasks:
            _tell(bench.frame(task), observe)
        return
    todo = deque(tasks)
    deaths = _Deaths()
    while todo:
        suspects = _run_pool(todo, kit, workers, deaths.relieved(observe))
        _run_singly(deque(suspects), kit, deaths, deaths.relieved(observe))


@dataclass
class _Deaths:
    """Counts processes that died while nothing at all was made: then it is not the photos' fault."""

    count: int = 0
    relieved_by_result: bool = False

    def relieved(self, observe: Callable[[PhotoOutcome], None]) -> Callable[[PhotoOutcome], None]:
        """`observe`, which also notes that a result was made."""

        def note(outcome: PhotoOutcome) -> None:
            self.relieved_by_result |= outcome.framed is not None
            observe(outcome)

        return note

    def another(self, error: BrokenExecutor) -> None:
        """One more; `DxassetsError` when it is time to give up."""
        self.count += 1
        if self.count >= _DEATHS_TO_GIVE_UP and not self.relieved_by_result:
            raise DxassetsError(Problem("--jobs", *_ALL_DIE)) from error


_ALL_DIE = (
    "các tiến trình con đều bị dừng đột ngột; hãy chạy lại với --jobs 1",
    'all workers were killed; run again with --jobs 1 (a script needs its `if __name__ == "__main__":`)',
)


def _run_pool(
    todo: deque[PhotoTask], kit: FrameKit, workers: int, observe: Callable[[PhotoOutcome], None]
) -> list[PhotoTask]:
    """Frame all of `todo` with a pool; when a worker dies, those photos that may have been the cause."""
    waiting: dict[Future[PhotoOutcome], PhotoTask] = {}
    try:
        with process_pool(workers, prepare=partial(_lay_out, kit)) as pool:
            while todo or waiting:
                while todo and len(waiting) < _WAITING_PER_WORKER * workers:
                    with shielded():
                        waiting[pool.submit(_frame_here, todo[0])] = todo[0]
                    todo.popleft()
                done, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    outcome = future.result()
                    del waiting[future]
                    _tell(outcome, observe)
    except BrokenExecutor:
        return list(waiting.values())
    return []


def _run_singly(
    todo: deque[PhotoTask], kit: FrameKit, deaths: _Deaths, observe: Callable[[PhotoOutcome], None]
) -> None:
    """Frame photos one at a time in a process beside this one, so that it is known which one kills it."""
    while todo:
        try:
            with process_pool(1, prepare=partial(_lay_out, kit)) as pool:
                while todo:
                    with shielded():
                        future = pool.submit(_frame_here, todo[0])
                    outcome = future.result()
                    _tell(outcome, observe)
                    todo.popleft()
        except BrokenExecutor as error:
            deaths.another(error)
            guilty = todo.popleft()
            observe(PhotoOutcome(guilty, problems=(Problem(guilty.shown, *_DEADLY),)))


def _tell(outcome: PhotoOutcome, observe: Callable[[PhotoOutcome], None]) -> None:
    observe(outcome)
    if outcome.stops:
        raise OutputError(*outcome.problems)


_BENCH: list[PhotoBench] = []
"""A worker's own, laid out when it starts."""


def _lay_out(kit: FrameKit) -> None:
    _BENCH[:] = [PhotoBench(kit)]


def _frame_here(task: PhotoTask) -> PhotoOutcome:
    return _BENCH[0].frame(task)
