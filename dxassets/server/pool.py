"""Workers: processes that fulfil orders one at a time, and are put down when one takes too long.

A worker that hangs or dies takes only its own order with it; another is started in
its place. Orders wait in line for a free worker, and the line is short: who comes
when it is full is told so at once.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import cast

from dxassets.api import Project
from dxassets.api.live import Made
from dxassets.errors import DxassetsError
from dxassets.server.orders import Answer, Order, OrderDesk, Refusal, Skill

_START_SECONDS = 120.0


class BusyError(Exception):
    """The line is full."""


class SlowError(Exception):
    """An order took too long, in line or in work."""


class BrokenError(Exception):
    """A worker died of an order, or met an error that nobody foresaw; `where` are places in the code."""

    def __init__(self, where: tuple[str, ...] = ()) -> None:
        super().__init__("worker failed")
        self.where = where


class Pool:
    """So many workers of one skill. Call `start` and `stop` in the running loop."""

    def __init__(self, project: Project, skill: Skill, *, workers: int, queue: int, seconds: float) -> None:
        self.skill: Skill = skill
        self.workers = workers
        self.waiting = 0
        self.restarts = 0
        self._project = project
        self._queue = queue
        self._seconds = seconds
        self._idle: asyncio.LifoQueue[_Worker] = asyncio.LifoQueue()
        self._all: set[_Worker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(2 * workers, thread_name_prefix=f"dxassets-{skill}")
        self._stopped = False

    @property
    def busy(self) -> int:
        """Workers that are at an order."""
        return len(self._all) - self._idle.qsize()

    @property
    def alive(self) -> bool:
        """Whether any worker is there."""
        return bool(self._all)

    async def start(self) -> None:
        """Start all workers; raises what kept one of them from getting ready."""
        await asyncio.gather(*(self._hire() for _ in range(self.workers)))

    async def stop(self) -> None:
        """Put all workers down. Orders that are under way fail."""
        self._stopped = True
        for task in list(self._starting):
            task.cancel()
        for worker in list(self._all):
            worker.kill()
        self._all.clear()
        self._threads.shutdown(wait=True, cancel_futures=True)

    async def fulfil(self, order: Order) -> Made:
        """The file of an order; `BusyError`, `SlowError`, `BrokenError`, or the `DxassetsError` it met."""
        if self._idle.empty() and self.waiting >= self._queue:
            raise BusyError
        loop = asyncio.get_running_loop()
        until = loop.time() + self._seconds
        worker = await self._free(until)
        left = max(0.01, until - loop.time())
        work = loop.run_in_executor(self._threads, worker.fulfil, order)
        work.add_done_callback(_seen)
        try:
            answer = await asyncio.wait_for(asyncio.shield(work), left)
        except (TimeoutError, asyncio.CancelledError) as error:
            self._replace(worker)
            if isinstance(error, TimeoutError):
                raise SlowError from error
            raise
        except (EOFError, OSError) as error:
            self._replace(worker)
            raise BrokenError from error
        self._idle.put_nowait(worker)
        if isinstance(answer, Refusal):
            raise answer.error or BrokenError(answer.where)
        return answer

    async def _free(self, until: float) -> _Worker:
        """A worker with nothing to do, as soon as there is one."""
        if not self._idle.empty():
            return self._idle.get_nowait()
        self.waiting += 1
        try:
            async with asyncio.timeout_at(until):
                return await self._idle.get()
        except TimeoutError as error:
            raise SlowError from error
        finally:
            self.waiting -= 1

    def _replace(self, worker: _Worker) -> None:
        """Put a worker down and start another."""
        worker.kill()
        self._all.discard(worker)
        if self._stopped:
            return
        self.restarts += 1
        task = asyncio.get_running_loop().create_task(self._hire_again())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _hire_again(self) -> None:
        """One more worker; when it can't be started now, it is tried again."""
        while not self._stopped:
            with suppress(DxassetsError, OSError, EOFError, BrokenError):
                await self._hire()
                return
            await asyncio.sleep(1.0)

    async def _hire(self) -> None:
        """Start one worker and wait until it is ready."""
        loop = asyncio.get_running_loop()
        worker = await loop.run_in_executor(self._threads, _Worker, self._project, self.skill)
        if self._stopped:
            worker.kill()
            return
        self._all.add(worker)
        self._idle.put_nowait(worker)


def _seen(work: asyncio.Future[Answer]) -> None:
    """What becomes of an order that nobody waits for any more is nobody's business."""
    if not work.cancelled():
        work.exception()


class _Worker:
    """One process and the pipe to it. Its methods block, so they run in threads."""

    def __init__(self, project: Project, skill: Skill) -> None:
        context = get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_work, args=(theirs, project, skill), daemon=True, name=f"dxassets-{skill}"
        )
        self._process.start()
        theirs.close()
        try:
            if not self._pipe.poll(_START_SECONDS):
                raise EOFError  # noqa: TRY301  (a worker that does not start is as good as dead)
            ready = cast("Refusal | None", self._pipe.recv())
        except (EOFError, OSError):
            self.kill()
            raise
        if ready is not None:
            self.kill()
            raise ready.error or BrokenError(ready.where)

    def fulfil(self, order: Order) -> Answer:
        """Hand an order over and wait for its answer; EOFError or OSError when the worker died."""
        self._pipe.send(order)
        return cast("Answer", self._pipe.recv())

    def kill(self) -> None:
        """End the process; whoever waits for its answer gets EOFError."""
        self._process.kill()
        self._process.join(5)


def _work(pipe: Connection, project: Project, skill: Skill) -> None:
    """The life of a worker: get ready, say so, fulfil orders until the pipe ends."""
    os.environ["VIPS_CONCURRENCY"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which lets work end
    if sys.platform != "win32":
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    desk = OrderDesk(project)
    ready = _tried(lambda: desk.prepare(skill))
    pipe.send(ready)
    if ready is not None:
        return
    while True:
        try:
            order = cast("Order", pipe.recv())
        except (EOFError, OSError):
            return
        found: list[Made] = []
        refused = _tried(lambda order=order, found=found: found.append(desk.fulfil(order)))
        pipe.send(refused or found[0])


def _tried(action: Callable[[], None]) -> Refusal | None:
    """None when `action` went well, else why not."""
    try:
        action()
    except DxassetsError as error:
        return Refusal(type(error)(*error.problems))
    except Exception as error:  # noqa: BLE001  (one order must not end the worker; its place is told)
        return Refusal(None, places_of(error))
    return None


def places_of(error: BaseException) -> tuple[str, ...]:
    """Type and places of an error, without its message, which may hold what somebody typed."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    return (type(error).__name__, *(f"{frame.name} ({frame.filename}:{frame.lineno})" for frame in frames))


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)
