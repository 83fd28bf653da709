"""A process that dies in the middle of its work, told by what it did to the disk until then."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest

_STEPS = ("open", "write", "fsync", "replace", "rename", "unlink", "remove", "link", "mkdir")
"""What `os` does to a disk; pathlib and the store do all of theirs through these."""


class KilledError(BaseException):
    """What a killed process would not live to see: no handler of errors may take it for one."""


@dataclass
class Disk:
    """Counts the steps below `os` that change a disk, and lets the process die before one of them.

    After its death nothing is done any more: a killed process tidies nothing up.
    """

    dies_before: int
    steps: int = 0
    synced: set[str] = field(default_factory=set[str])
    named: list[tuple[str, str, bool]] = field(default_factory=list[tuple[str, str, bool]])
    """Every file that took another name: the old one, the new one, and whether its bytes were flushed."""
    _open: dict[int, str] = field(default_factory=dict[int, str])

    def step(self, name: str, real: Callable[..., Any], arguments: tuple[Any, ...], **more: Any) -> Any:
        """One step, or death."""
        if name == "open" and not arguments[1] & (os.O_WRONLY | os.O_RDWR):
            return real(*arguments, **more)
        if self.steps >= self.dies_before:
            raise KilledError
        self.steps += 1
        done = real(*arguments, **more)
        if name == "open":
            self._open[done] = os.fspath(arguments[0])
            self.synced.discard(self._open[done])
        elif name == "fsync":
            self.synced.add(self._open.get(arguments[0], ""))
        elif name in {"replace", "rename"}:
            old, new = (os.fspath(path) for path in arguments[:2])
            self.named.append((old, new, old in self.synced))
        return done


@contextmanager
def dying(before: int) -> Generator[Disk]:
    """In the body the process lives for so many steps."""
    disk = Disk(before)
    with pytest.MonkeyPatch.context() as patch:
        for name in _STEPS:
            real = getattr(os, name)

            def step(
                *arguments: Any, _name: str = name, _real: Callable[..., Any] = real, **more: Any
            ) -> Any:
                return disk.step(_name, _real, arguments, **more)

            patch.setattr(os, name, step)
        yield disk


def deaths(work: Callable[[Path], object], fresh: Callable[[], Path], *, every: int = 1) -> Iterator[Path]:
    """Folders in which `work` died: before its first step, its second … up to its last.

    `fresh` makes the folder for each; with `every`, only each so-many-th death is tried. What a process
    does once only, such as laying out fonts, is done beforehand.
    """
    work(fresh())
    for before in count(0, every):
        folder = fresh()
        with dying(before) as disk, suppress(KilledError):
            work(folder)
        if disk.steps < before:
            assert before > 0, "the work does nothing to the disk"
            return
        yield folder
