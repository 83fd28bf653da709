"""Executors: one that works in this process, and a pool of processes that never outlives its parent."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import ParamSpec, TypeVar

from dxassets.errors import Problem
from dxassets.foreign import os_error
from dxassets.runners.forking import shielded, worker_context

ParamT = ParamSpec("ParamT")
ResultT = TypeVar("ResultT")
_MOST_ON_WINDOWS = 61  # Windows waits for no more at once


_SHARED_MEMORY = "mở quyền ghi /dev/shm, hoặc ", "make /dev/shm writable, or "


class SerialExecutor(Executor):
    """Works in the calling thread, at once."""

    def submit(
        self, fn: Callable[ParamT, ResultT], /, *args: ParamT.args, **kwargs: ParamT.kwargs
    ) -> Future[ResultT]:
        """A finished future. Ctrl-C goes through to the caller."""
        future: Future[ResultT] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  (that is what a future is for)
            future.set_exception(error)
        return future


def why_alone() -> Problem | None:
    """Why this machine lets no other process share the work, None where it does.

    A pool's queues are made of semaphores. In some containers and on some web hosts there are none, since
    ``/dev/shm`` may not be written, or is full.
    """
    try:
        ProcessPoolExecutor(1, mp_context=get_context("spawn")).shutdown()
    except (OSError, ImportError, NotImplementedError) as error:
        told = os_error(error) if isinstance(error, OSError) else ("hệ thống không có", str(error))
        open_vi, open_en = ("", "") if sys.platform == "win32" else _SHARED_MEMORY
        return Problem(
            "--jobs",
            f"làm bằng một tiến trình nên lâu hơn: máy không cho các tiến trình làm chung ({told[0]}); "
            f"hãy {open_vi}thêm --jobs 1 để không còn dòng này",
            f"done by one process, which takes longer: this machine lets none share its work ({told[1]}); "
            f"{open_en}add --jobs 1 and this line goes away",
        )
    return None


class ElsewhereExecutor(Executor):
    """One whose workers may be on other machines, and get what they read from the builder, by digest."""

    def workers(self) -> int:
        """How many work for it just now; they come and go."""
        raise NotImplementedError


class LastingPool(Executor):
    """A pool of processes that is replaced when one of them dies: `renew` puts fresh ones in their place."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._stack = ExitStack()
        self._pool = self._stack.enter_context(process_pool(workers))

    def submit(
        self, fn: Callable[ParamT, ResultT], /, *args: ParamT.args, **kwargs: ParamT.kwargs
    ) -> Future[ResultT]:
        """What a process will have made of it; `BrokenExecutor` when one has died."""
        try:
            with shielded():
                return self._pool.submit(fn, *args, **kwargs)
        except OSError as error:  # not even a process can be had
            raise BrokenProcessPool(str(error)) from error

    def renew(self) -> None:
        """Fresh processes; `BrokenExecutor` when these die before they do anything at all."""
        self._stack.close()
        self._stack = ExitStack()
        self._pool = self._stack.enter_context(process_pool(self.workers))
        self.submit(os.getpid).result()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """When the body raised, all stop where they are; else all is finished first."""
        self._stack.__exit__(kind, error, trace)


@contextmanager
def process_pool(
    workers: int, *, prepare: Callable[[], None] | None = None
) -> Generator[ProcessPoolExecutor]:
    """A pool of that many fresh processes. When the body raises, they stop where they are.

    Each calls `prepare` once before its first work. A worker ends when this process
    does, however that comes about: a killed build must not leave workers that write
    into its folder.
    """
    if sys.platform == "win32":
        workers = min(workers, _MOST_ON_WINDOWS)
    context = worker_context()
    stop_reader, stop_writer = context.Pipe(duplex=False)
    pool = ProcessPoolExecutor(
        workers,
        mp_context=context,
        initializer=_start,
        initargs=(stop_reader, prepare, dict(os.environ), __file__),
    )
    try:
        yield pool
    except BaseException:
        stop_writer.send_bytes(b"stop")  # nobody takes it out, so every worker sees it
        pool.shutdown(cancel_futures=True)
        raise
    else:
        pool.shutdown()
    finally:
        stop_writer.close()
        stop_reader.close()


def _start(
    stop: Connection, prepare: Callable[[], None] | None, environment: dict[str, str], code: str
) -> None:
    """Make this worker quiet: one drawing thread, deaf to Ctrl-C, gone with its parent; then ready."""
    if code != __file__:
        os._exit(1)  # it has loaded another dxassets: better no picture than another one
    os.environ.clear()  # the server that forked it is older
    os.environ.update(environment)
    os.environ["VIPS_CONCURRENCY"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_watch, args=(stop,), daemon=True).start()
    if prepare is not None:
        prepare()


def _watch(stop: Connection) -> None:
    parent = parent_process()
    wait([stop] if parent is None else [stop, parent.sentinel])
    os._exit(1)  # files are whole or absent at any moment, so there is nothing to put in order
