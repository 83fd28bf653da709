"""Workers: processes that fulfil orders one at a time, and are put down when one takes too long.

A worker that hangs takes its order with it; the order of one that dies is tried once more; another is
started in its place. Orders wait for a free worker in a line for each address (`lines`), and all lines
together are short: who comes when they are full is told so at once. Whoever leaves takes the order out of its
line, and equal orders that are there at the same time are one.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from dxassets.api import Project
from dxassets.api.live import Made
from dxassets.errors import DxassetsError
from dxassets.server.lines import Turns
from dxassets.server.orders import Answer, Order, Refusal, Skill
from dxassets.server.workers import BrokenError, Worker

_WATCH_SECONDS = 1.0


class BusyError(Exception):
    """The line is full."""


class SlowError(Exception):
    """An order took too long, in line or in work."""


@dataclass(eq=False)
class _Errand:
    """An order, for whom it is made, and until when (by the loop's clock)."""

    order: Order
    asker: str
    until: float
    answer: asyncio.Future[Made]
    clients: int = 0
    tries: int = 0
    end: asyncio.TimerHandle | None = field(default=None, repr=False)

    def fail(self, error: Exception) -> None:
        """Tell all who wait why there is nothing."""
        if not self.answer.done():
            self.answer.set_exception(error)
            self.answer.exception()  # there may be nobody who hears it


class Pool:
    """So many workers of one skill. Call `start` and `stop` in the running loop."""

    def __init__(self, project: Project, skill: Skill, *, workers: int, queue: int, seconds: float) -> None:
        self.skill: Skill = skill
        self.workers = workers
        self.restarts = 0
        self._project = project
        self._queue = queue
        self._seconds = seconds
        self._lines: Turns[_Errand] = Turns()
        self._jobs: dict[Order, _Errand] = {}
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(2 * workers, thread_name_prefix=f"dxassets-{skill}")
        self._stopped = False

    @property
    def busy(self) -> int:
        """Workers that are at an order."""
        return len(self._all) - len(self._idle)

    @property
    def waiting(self) -> int:
        """Orders in line."""
        return len(self._lines)

    @property
    def alive(self) -> bool:
        """Whether any worker is there."""
        return any(worker.lives for worker in self._all)

    async def start(self) -> None:
        """Start all workers; raises what kept one of them from getting ready."""
        await asyncio.gather(*(self._hire() for _ in range(self.workers)))
        self._spawn(self._watch())

    async def stop(self) -> None:
        """Put all workers down. Orders that are under way fail."""
        self._stopped = True
        for task in list(self._tasks):
            task.cancel()
        for worker in list(self._all):
            worker.kill()
        self._all.clear()
        self._idle.clear()
        for job in list(self._jobs.values()):
            self._close(job)
            job.fail(BrokenError())
        self._threads.shutdown(wait=True, cancel_futures=True)

    async def fulfil(self, order: Order, *, asker: str = "") -> Made:
        """The file of an order; `BusyError`, `SlowError`, `BrokenError`, or the `DxassetsError` it met.

        Who is cancelled leaves the line. What is in work by then ends by itself: a new worker costs more.
        """
        job = self._jobs.get(order) or self._enter(order, asker)
        job.clients += 1
        try:
            return await asyncio.shield(job.answer)
        finally:
            job.clients -= 1
            if not job.clients and self._lines.remove(job.asker, job):
                self._close(job)
                job.answer.cancel()

    # --- the line

    def _enter(self, order: Order, asker: str) -> _Errand:
        """A new order in the line of whoever asks; `BusyError` when there is no room."""
        loop = asyncio.get_running_loop()
        if not self._idle and len(self._lines) >= self._queue:
            last = self._lines.give_way(asker)
            if last is None:
                raise BusyError
            self._close(last)
            last.fail(BusyError())
        job = _Errand(order, asker, loop.time() + self._seconds, loop.create_future())
        self._jobs[order] = job
        job.end = loop.call_at(job.until, self._expire, job)
        self._lines.add(asker, job)
        self._advance()
        return job

    def _expire(self, job: _Errand) -> None:
        """An order has waited as long as it may; one that is in work ends by itself."""
        if self._lines.remove(job.asker, job):
            self._close(job)
            job.fail(SlowError())

    def _close(self, job: _Errand) -> None:
        """An order is no more under way."""
        if job.end is not None:
            job.end.cancel()
        if self._jobs.get(job.order) is job:
            del self._jobs[job.order]

    def _advance(self) -> None:
        """Gives free workers what comes next."""
        while self._idle and len(self._lines) and not self._stopped:
            worker = self._idle.pop()
            if not worker.lives:
                self._replace(worker)
                continue
            asker, job = self._lines.take()
            self._spawn(self._work(worker, asker, job))

    async def _work(self, worker: Worker, asker: str, job: _Errand) -> None:
        """One order in one worker's hands."""
        loop = asyncio.get_running_loop()
        begun = loop.time()
        work = loop.run_in_executor(self._threads, worker.fulfil, job.order)
        work.add_done_callback(_seen)
        again = False
        try:
            answer = await asyncio.wait_for(asyncio.shield(work), max(0.0, job.until - begun))
        except TimeoutError:
            self._replace(worker)
            job.fail(SlowError())
        except (EOFError, OSError):
            self._replace(worker)
            again = job.tries == 0 and job.clients > 0
            job.tries += 1
            if not again:
                job.fail(BrokenError())
        else:
            self._idle.append(worker)
            _tell(job, answer)
        self._lines.done(asker, loop.time() - begun)
        if again:  # it may have died of something else
            self._lines.add(job.asker, job, first=True)
        else:
            self._close(job)
        self._advance()

    # --- the workers

    def _replace(self, worker: Worker) -> None:
        """Put a worker down and start another."""
        worker.kill()
        self._all.discard(worker)
        if self._stopped:
            return
        self.restarts += 1
        self._spawn(self._hire_again())

    async def _watch(self) -> None:
        """Workers may die while they have nothing to do."""
        while True:
            await asyncio.sleep(_WATCH_SECONDS)
            for worker in [each for each in self._idle if not each.lives]:
                self._idle.remove(worker)
                self._replace(worker)

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
        worker = await loop.run_in_executor(self._threads, Worker, self._project, self.skill)
        if self._stopped:
            worker.kill()
            return
        self._all.add(worker)
        self._idle.append(worker)
        self._advance()

    def _spawn(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _tell(job: _Errand, answer: Answer) -> None:
    """Give an answer to all who wait for it."""
    if isinstance(answer, Refusal):
        job.fail(answer.error or BrokenError(answer.where))
    elif not job.answer.done():
        job.answer.set_result(answer)


def _seen(work: asyncio.Future[Answer]) -> None:
    """What becomes of an order that nobody waits for any more is nobody's business."""
    if not work.cancelled():
        work.exception()
