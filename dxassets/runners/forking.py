"""How workers begin: forked from a server that has loaded what is slow to load, or else from nothing."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import Any

PRELOADED = (
    "dxassets.runners.tasks",
    "dxassets.backends.motif_reader",
    "dxassets.backends.qr",
    "dxassets.backends.templating",
    "dxassets.logos.styles",
    "dxassets.renderers.scenes",
    "dxassets.typesetting.compositions",
)
"""Modules that every worker needs, and that neither start a thread nor open libvips, Pango or numpy."""


def worker_context() -> BaseContext:
    """How processes begin here. What is forked from our server is as if fresh."""
    return get_context("forkserver" if _server_runs() else "spawn")


def warm_up() -> None:
    """Have workers' modules loaded beside whatever comes next, so that a pool is there when it is wanted.

    Where processes can't be forked from one that has loaded them, nothing happens.
    """
    _server_runs()


@contextmanager
def shielded() -> Generator[None]:
    """Processes that are started in the body never see Ctrl-C; it reaches this one right after.

    On Windows this one does not see it in the body, either.
    """
    if sys.platform == "win32":
        # handed down to processes that begin in the body: a young one would tell where it was stopped
        handle = ctypes.windll.kernel32.SetConsoleCtrlHandler
        handle(None, 1)
        try:
            yield
        finally:
            handle(None, 0)
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@cache
def _server_runs() -> bool:
    """Whether a server of ours runs, begun when first asked for.

    It runs no thread and has opened no drawing library. Another's may have done either, so it is not used.
    """
    if sys.platform != "linux" or "forkserver" not in get_all_start_methods() or sys.flags.ignore_environment:
        return False
    from multiprocessing import forkserver  # noqa: PLC0415  (not on Windows)

    server: Any = getattr(forkserver, "_forkserver", None)
    if getattr(server, "_forkserver_pid", None) is not None:
        return False
    context = get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    try:
        with shielded(), _same_code():
            forkserver.ensure_running()
    except (
        OSError
    ):  # no socket can be made: the folder for temporary files is full, read-only, or named too long
        return False
    finally:
        context.set_forkserver_preload(["__main__"])  # as it comes, for whoever starts another
    return True


@contextmanager
def _same_code() -> Generator[None]:
    """What is begun in the body imports from where this process does, not from the folder that it stands in.

    A server loads its modules before it hears of our `sys.path` (fixed in Python 3.13.1), and a command's
    first place is the current folder: an older checkout there would draw under our keys.
    """
    told = {"PYTHONSAFEPATH": "1", "PYTHONPATH": os.pathsep.join(each or os.getcwd() for each in sys.path)}  # noqa: PTH109
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
