"""Workers that die, lie or look elsewhere, for tests of what a build makes of that."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

from dxassets.runners.executors import LastingPool, SerialExecutor
from dxassets.runners.tasks import Lacking, Outcome, Task, make_assets

DEADLY = "DXASSETS_TEST_DEADLY"
"""Names the asset that kills its worker."""


def make_or_die(task: Task) -> list[Outcome] | Lacking:
    """What a worker does whose machine has too little memory for one asset."""
    if any(job.path == os.environ.get(DEADLY) for job in task.jobs):
        os.kill(os.getpid(), signal.SIGKILL)
    return make_assets(task)


class DeadlyPool(LastingPool):
    """A real pool, in which one asset kills its worker."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return super().submit(make_or_die if fn is make_assets else fn, *args, **kwargs)


class MortalPool(LastingPool):
    """No processes: each task with one of the `deadly` assets breaks the pool, and all that waits in it."""

    def __init__(self, *deadly: str, starts: bool = True) -> None:
        self.workers = 2
        self.deadly = deadly
        self.starts = starts
        self.tried: list[tuple[str, ...]] = []
        self.waiting: list[tuple[Future[Any], Task]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        (task,) = args
        paths = tuple(job.path for job in task.jobs)
        self.tried.append(paths)
        future: Future[Any] = Future()
        if set(paths) & set(self.deadly):
            future.set_exception(BrokenProcessPool("killed"))
        else:
            future.set_result(fn(*args, **kwargs))
        return future

    def renew(self) -> None:
        if not self.starts:
            raise BrokenProcessPool("killed again")

    def __exit__(self, *_: object) -> None:
        """Nothing to stop."""


class Elsewhere(Executor):
    """A worker with a disk of its own: what it writes into the builder's folder lands in another."""

    def __init__(self, disk: Path) -> None:
        self.disk = disk

    def submit(self, fn: Callable[..., Any], /, *args: Any, **_: Any) -> Future[Any]:
        task: Task = args[0]
        delivery = replace(task.delivery, folder=self.disk)
        return SerialExecutor().submit(fn, replace(task, delivery=delivery))
