"""Keeps what libraries mutter away from people and from our results: states of the whole process."""

from __future__ import annotations

import ctypes
import os
import sys
import threading
import warnings
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager, redirect_stdout, suppress


class Shared(AbstractContextManager[None]):
    """A state of the whole process: entered by the first of its threads, left by the last.

    Each thread that kept and restored the state for itself could restore what another had set.
    """

    def __init__(self, state: Callable[[], AbstractContextManager[None]]) -> None:
        self._state, self._inside, self._lock = state, 0, threading.Lock()
        self._stack = ExitStack()

    def __enter__(self) -> None:
        with self._lock:
            if self._inside == 0:
                self._stack.enter_context(self._state())
            self._inside += 1

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._inside -= 1
            if self._inside == 0:
                self._stack.close()


@contextmanager
def _standard_output_to_error() -> Generator[None]:
    """What is printed reaches standard error, by Python or past it.

    Not thrown away: another thread may be printing something that is wanted. Standard output is our
    results' own, and may be one JSON document.
    """
    with ExitStack() as stack:
        _flush()
        stack.enter_context(redirect_stdout(sys.stderr))
        with suppress(OSError):  # one of the two is closed: then nothing can get through
            kept = os.dup(1)
            stack.callback(os.close, kept)
            os.dup2(2, 1)
            stack.callback(os.dup2, kept, 1)
            stack.callback(_flush)
        yield


def _flush() -> None:
    """Write out what Python and C keep for standard output, before it is led elsewhere."""
    with suppress(AttributeError, OSError, ValueError):  # there is none, or it is closed
        sys.stdout.flush()
    if sys.platform != "win32":
        ctypes.CDLL(None).fflush(None)


quietly_imported = Shared(_standard_output_to_error)
"""To import a library in: whatever it prints meanwhile stays out of standard output."""


@contextmanager
def without_warnings(modules: str) -> Generator[None]:
    """No Python warnings from modules whose names match this regular expression."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=modules)
        yield


@contextmanager
def without_standard_error() -> Generator[None]:
    """Nothing on file descriptor 2, where C libraries write past Python."""
    try:
        kept = os.dup(2)
    except OSError:  # it is closed already
        yield
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)
