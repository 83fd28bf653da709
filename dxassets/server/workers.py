"""One process that fulfils orders, one at a time, and the pipe to it."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import cast

from dxassets.api import Project
from dxassets.api.live import Made
from dxassets.errors import DxassetsError
from dxassets.server.logbook import places_of
from dxassets.server.orders import Answer, Order, OrderDesk, Refusal, Skill

_START_SECONDS = 120.0


class BrokenError(Exception):
    """A worker died of an order, or met an error that nobody foresaw; `where` are places in the code."""

    def __init__(self, where: tuple[str, ...] = ()) -> None:
        super().__init__("worker failed")
        self.where = where


class Worker:
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

    @property
    def lives(self) -> bool:
        """Whether its process is there."""
        return self._process.is_alive()

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


def _leave_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)
