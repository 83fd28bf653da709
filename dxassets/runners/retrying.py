"""Batches under way: what a worker says is proven, what a dead one left is tried again, a killer is named."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import dataclass, field, replace
from typing import Literal

from dxassets.errors import DxassetsError, InputError, OutputError, Problem
from dxassets.jobs import AnyJob
from dxassets.resources import PinnedResources, Resources
from dxassets.runners.depot import TOKEN_FILE
from dxassets.runners.executors import ElsewhereExecutor, LastingPool
from dxassets.runners.forking import shielded
from dxassets.runners.keeping import Keeper
from dxassets.runners.sameness import Tools
from dxassets.runners.tasks import (
    Delivery,
    Lacking,
    Outcome,
    Task,
    is_proven,
    make_assets,
    put_down,
)
from dxassets.store import journal_of, sweep

WAITING_PER_WORKER = 2
"""Batches under way for each worker: one being made, one waiting."""
MOST_DEATHS_ALONE = 2
"""Workers that a job may kill while nothing else is under way: then it is the job."""
MOST_KILLERS = 8
"""Jobs in a row that kill their workers: then it is the machine."""
_PATIENCE = 60
"""Seconds to await workers elsewhere, of whom some may be gone; without a token they write nothing."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Jobs of one task, and what became of earlier tries.

    At first it is under way beside others; after a loss alone, and then each of its jobs by itself. It
    `sends` bytes where the file that a worker wrote was not found, and carries `files` that one lacked.
    """

    jobs: tuple[AnyJob, ...]
    resources: PinnedResources
    way: Literal["beside others", "alone"] = "beside others"
    deaths: int = 0
    sends: bool = False
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes], repr=False)


@dataclass
class JobRun:
    """One run of jobs through an executor.

    `source` has the files that workers may lack; `keeper` sees what they put into the build's store.
    `meanwhile` does a little of what else there is to do, while all wait for workers; False when nothing is.
    """

    executor: Executor
    workers: int
    delivery: Delivery
    source: Resources
    observe: Callable[[Outcome], None]
    tools: Tools | None
    keeper: Keeper | None = None
    meanwhile: Callable[[], bool] = lambda: False
    _waiting: dict[Future[list[Outcome] | Lacking], Batch] = field(
        default_factory=dict[Future[list[Outcome] | Lacking], Batch]
    )
    _again: deque[Batch] = field(default_factory=deque[Batch])
    _suspects: deque[Batch] = field(default_factory=deque[Batch])
    _killers: int = 0
    _died: bool = False

    def all(self, fresh: Iterator[Batch]) -> None:
        """Make all batches. However this ends, nothing of it is under way afterwards."""
        try:
            while True:
                self._fill(fresh)
                if not self._waiting:
                    break
                self._take()
        finally:
            self._end()
        if self._died or self.delivery.elsewhere:
            sweep(self.delivery.folder)  # what a killed worker had not finished

    # --- what is under way --------------------------------------------------------------------------

    def _fill(self, fresh: Iterator[Batch]) -> None:
        """Hand out batches, a few for each worker; only one while it is to be seen which kills its worker."""
        workers = self._crew()
        while True:
            careful = self._suspects or any(batch.way == "alone" for batch in self._waiting.values())
            most = 1 if careful or workers == 1 else WAITING_PER_WORKER * workers
            if len(self._waiting) >= most:
                return
            batch = self._next(fresh)
            if batch is None:
                return
            self._submit(batch)

    def _crew(self) -> int:
        """How many work now. Those elsewhere may come while others are at it."""
        if isinstance(self.executor, ElsewhereExecutor):
            return max(2, self.executor.workers())
        return self.workers

    def _next(self, fresh: Iterator[Batch]) -> Batch | None:
        for others in (self._again, self._suspects):
            if others:
                return others.popleft()
        return next(fresh, None)

    def _submit(self, batch: Batch) -> None:
        delivery = Delivery(self.delivery.folder, elsewhere=True) if batch.sends else self.delivery
        task = Task(batch.jobs, batch.resources, delivery, self.tools, batch.files)
        try:
            with shielded():
                future = self.executor.submit(make_assets, task)
        except BrokenExecutor as error:  # a worker died just now; what waits will say so, too
            self._again.appendleft(batch)
            self._break(error)
        except RuntimeError as error:  # closed behind our back
            raise DxassetsError(Problem("executor", *_CLOSED)) from error
        else:
            self._waiting[future] = batch

    def _take(self) -> None:
        """Wait for a batch, and see what became of it."""
        while not any(future.done() for future in self._waiting):
            if not self.meanwhile():
                break
        done, _ = wait(self._waiting, return_when=FIRST_COMPLETED)
        broken: BrokenExecutor | None = None
        for future in done:
            broken = self._settle(future) or broken
        if broken is not None:
            self._break(broken)

    def _settle(self, future: Future[list[Outcome] | Lacking]) -> BrokenExecutor | None:
        """See what became of one batch; the error, where its whole pool is broken."""
        batch = self._waiting.pop(future)
        try:
            told = future.result()
        except CancelledError as error:
            raise DxassetsError(Problem("--cluster", *_GONE)) from error
        except BrokenExecutor as error:
            self._lose(batch, error)
            return error
        except Exception as error:  # noqa: BLE001  (a worker's death comes as any library's own error)
            self._lose(batch, error)
        else:
            if isinstance(told, Lacking):
                self._again.appendleft(replace(batch, files=self._files(batch, told)))
            else:
                self._believe(batch, told)
        return None

    def _break(self, error: BrokenExecutor) -> None:
        """A pool is broken: nothing that waits will be made. Put another in its place."""
        if not isinstance(self.executor, LastingPool):
            raise DxassetsError(Problem("executor", *_BROKEN)) from error
        for future in list(wait(self._waiting).done):
            self._settle(future)
        try:
            self.executor.renew()
        except BrokenExecutor as again:
            raise DxassetsError(Problem("--jobs", *_NONE_STARTS)) from again

    def _end(self) -> None:
        """Nothing more is to be written: take the token away, call back what waits, await the rest."""
        if self.delivery.elsewhere:
            (self.delivery.folder / TOKEN_FILE).unlink(missing_ok=True)
        if self.keeper is not None:
            self.keeper.close()
        for future in self._waiting:
            future.cancel()
        if self._waiting and not isinstance(self.executor, LastingPool):  # which stops where it is
            wait(self._waiting, timeout=_PATIENCE if self.delivery.elsewhere else None)

    # --- what workers say ---------------------------------------------------------------------------

    def _believe(self, batch: Batch, told: list[Outcome]) -> None:
        """Tell what is proven; what is not is asked for again, as bytes."""
        jobs = {job.path: job for job in batch.jobs}
        for outcome in told if self.keeper is None else self.keeper.seen(told):
            if outcome.refused:
                raise InputError(*outcome.problems)
            job = jobs.pop(outcome.path)
            if outcome.record is None:
                self._tell(outcome)
            elif outcome.record.key == job.key and is_proven(
                outcome.record, outcome.data, self.delivery.folder
            ):
                self._keep(outcome)
            else:
                jobs[job.path] = job
        for job in jobs.values():
            if batch.sends:
                self._tell(Outcome(job.path, None, (Problem(job.path, *_UNPROVEN),)))
            else:
                self._again.append(replace(batch, jobs=(job,), sends=True))

    def _keep(self, outcome: Outcome) -> None:
        """Write what was sent, and the journal where its worker does not; then tell it."""
        record, folder = outcome.record, self.delivery.folder
        assert record is not None  # noqa: S101  (for the type checker)
        self._killers = 0
        if outcome.data is not None:
            put_down(record, outcome.data, preview=outcome.preview, folder=folder, journal=journal_of(folder))
        elif self.delivery.elsewhere:
            journal_of(folder).append(record)
        self._tell(replace(outcome, data=None, preview=None))

    def _tell(self, outcome: Outcome) -> None:
        self.observe(outcome)
        if outcome.stops:
            raise OutputError(*outcome.problems)

    def _files(self, batch: Batch, lacking: Lacking) -> dict[str, bytes]:
        """The files that a worker lacks; all of them at the second time, for it may be another worker."""
        wanted = set(batch.resources.pins.values()) if batch.files else set(lacking.digests)
        here = replace(batch.resources, roots=self.source.roots, given=self.source.given, held=None)
        named = {sha256: name for name, sha256 in batch.resources.pins.items() if sha256 in wanted}
        return {sha256: here.read(name).data for sha256, name in named.items()}

    # --- deaths -------------------------------------------------------------------------------------

    def _lose(self, batch: Batch, error: Exception) -> None:
        """A batch was lost: try it alone, then its jobs one by one; at last a job is the one that kills."""
        self._died = True
        if batch.way == "beside others":
            self._suspects.append(replace(batch, way="alone"))
            return
        first, *others = batch.jobs
        if others:
            self._suspects.extendleft(replace(batch, jobs=(job,)) for job in reversed(batch.jobs))
            return
        lost = replace(batch, deaths=batch.deaths + 1)
        if lost.deaths < MOST_DEATHS_ALONE:
            self._suspects.appendleft(lost)
            return
        self._killers += 1
        if self._killers >= MOST_KILLERS:
            problem = (
                Problem("--jobs", *_ALL_KILL) if self._is_own_pool else Problem("--cluster", *_ALL_KILL_THERE)
            )
            raise DxassetsError(problem) from error
        words = _KILLED if self._is_own_pool else _KILLED_THERE
        name = type(error).__name__
        self._tell(Outcome(first.path, None, (Problem(first.path, *(each.format(name) for each in words)),)))

    @property
    def _is_own_pool(self) -> bool:
        return isinstance(self.executor, LastingPool)


_KILLED = (
    "lần nào cũng làm tiến trình dừng đột ngột ({0}; có thể do hết bộ nhớ); hãy thử --jobs 1",
    "kills its worker each time ({0}; out of memory, perhaps); run again with --jobs 1",
)
_KILLED_THERE = (
    "lần nào cũng làm tiến trình dừng đột ngột ({0}; có thể do hết bộ nhớ); hãy thêm bộ nhớ cho máy vẽ",
    "kills its worker each time ({0}; out of memory, perhaps); give the workers more memory",
)

_GONE = (
    "mất liên lạc với cụm máy (scheduler dừng hoặc mạng đứt); hãy bật lại cụm, rồi chạy lại lệnh này",
    "the cluster is gone (its scheduler stopped, or the network broke); start it and run this command again",
)
_CLOSED = (
    "executor đã bị đóng giữa chừng; hãy mở cái mới rồi chạy lại để làm tiếp",
    "the executor was closed in the middle; open another and run again to go on",
)
_BROKEN = (
    "một tiến trình của executor bị dừng đột ngột, executor hỏng hẳn; hãy mở cái mới rồi chạy lại",
    "a worker of the given executor died, and the executor with it; open another and run again to go on",
)
_NONE_STARTS = (
    (
        "không khởi động được tiến trình con nào (có thể do hết bộ nhớ); hãy chạy lại với --jobs 1 "
        '(tệp lệnh Python thì cần `if __name__ == "__main__":`)'
    ),
    'no worker starts (out of memory?); use --jobs 1 (a script needs its `if __name__ == "__main__":`)',
)
_ALL_KILL = (
    (
        f"{MOST_KILLERS} tệp liền nhau đều làm tiến trình dừng đột ngột (có thể do hết bộ nhớ); hãy chạy lại "
        "đúng lệnh này để làm tiếp, thêm --jobs 1 nếu lại bị"
    ),
    (
        f"{MOST_KILLERS} files in a row killed their workers (out of memory?); run the same command again to "
        "go on, with --jobs 1 if it comes back"
    ),
)
_ALL_KILL_THERE = (
    (
        f"{MOST_KILLERS} tệp liền nhau đều làm tiến trình dừng đột ngột (có thể do hết bộ nhớ); hãy xem lại "
        "các máy vẽ, rồi chạy lại đúng lệnh này để làm tiếp"
    ),
    (
        f"{MOST_KILLERS} files in a row killed their workers (out of memory?); look at the workers, then run "
        "the same command again to go on"
    ),
)
_UNPROVEN = (
    "tệp nhận về không đúng như máy làm ra nó đã báo; hãy chạy lại",
    "what arrived is not what its worker told; run again",
)
