"""Keeps what decoders mutter away from people: states of the whole process, shared by its threads."""

from __future__ import annotations

import os
import threading
import warnings
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, ExitStack, contextmanager


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
