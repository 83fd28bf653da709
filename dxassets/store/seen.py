"""What is known of files that were read before: bytes need no second look while nothing moved.

As in git's index, an entry counts only while size, time of change, time of the inode's change and inode are
what they were when the bytes were hashed. No ordinary program sets the inode's time, so a file that was
written over can't hide by setting its time back. A file that changed within `RACY` seconds before it was
hashed is not entered: another change might bear the same time. `verify` believes no entry, and strikes out
those of what it finds changed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from dxassets.digest import digest
from dxassets.store.files import place_in

RACY = 2.0
"""Seconds: the coarsest time that a disk in use writes down (FAT)."""
_HASHING_THREADS = 4
_PLAIN = re.compile(r"(?:[A-Za-z0-9_@-][A-Za-z0-9._@-]*/)*[A-Za-z0-9_@-][A-Za-z0-9._@-]*")
"""A path that can't lead anywhere else."""
_Stamp = tuple[int, int, int, int]


class SeenFiles:
    """The files of one folder of a campaign, with the digests that they had; kept in the file `place`.

    `now` is the disk's own clock, in ns, at a moment before the first look; None where nothing is to be kept.
    """

    def __init__(self, folder: Path, place: Path, *, now: int | None) -> None:
        self._folder, self._place = folder, place
        self._before = None if now is None else now - int(RACY * 1e9)
        self._known = _read(place)
        self._fresh: dict[str, tuple[_Stamp, str]] = {}

    def sound(self, wanted: Mapping[str, tuple[int | None, str]]) -> set[str]:
        """Those of `wanted` (paths with size and digest) whose file lies there with just these bytes."""
        found: set[str] = set()
        unread: list[str] = []
        for path, (size, sha256) in wanted.items():
            stamp = self._stamp(path)
            if stamp is None or size not in {None, stamp[0]}:
                continue
            if self._known.get(path) == (stamp, sha256):
                self._fresh[path] = (stamp, sha256)
                found.add(path)
            else:
                unread.append(path)
        found.update(path for path, is_good in self._hashed(unread, wanted) if is_good)
        return found

    def note(self, wanted: Mapping[str, tuple[int | None, str]]) -> None:
        """Look at those files of `wanted` for later's sake; what is too young to be kept is not read."""
        if self._before is not None:
            stamps = {path: self._stamp(path) for path in wanted}
            old = {path for path, stamp in stamps.items() if stamp and max(stamp[1:3]) < self._before}
            self.sound({path: wanted[path] for path in old})

    def save(self) -> None:
        """Keep what is known now. A disk that refuses costs nothing but time."""
        if self._before is None or self._known == self._fresh:
            return
        document = {path: [*stamp, sha256] for path, (stamp, sha256) in sorted(self._fresh.items())}
        with suppress(OSError):
            self._place.parent.mkdir(parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
            descriptor = os.open(self._place, flags, 0o666)  # a torn one is as good as none
            try:
                os.write(descriptor, json.dumps(document, separators=(",", ":")).encode())
            finally:
                os.close(descriptor)

    def _hashed(
        self, paths: list[str], wanted: Mapping[str, tuple[int | None, str]]
    ) -> Iterable[tuple[str, bool]]:
        def look(path: str) -> tuple[str, bool]:
            try:
                stamp = self._stamp(path)
                is_good = digest(Path(self._at(path)).read_bytes()) == wanted[path][1]
            except OSError:
                return path, False
            if is_good and stamp is not None and self._before is not None and max(stamp[1:3]) < self._before:
                self._fresh[path] = (stamp, wanted[path][1])
            return path, is_good

        if len(paths) <= _HASHING_THREADS:
            return [look(path) for path in paths]
        with ThreadPoolExecutor(_HASHING_THREADS) as threads:  # hashing lets go of the interpreter
            return list(threads.map(look, paths))

    def _at(self, path: str) -> str:
        """Where a file lies; `OutputError` when that would be outside."""
        return f"{self._folder}/{path}" if _PLAIN.fullmatch(path) else str(place_in(self._folder, path))

    def _stamp(self, path: str) -> _Stamp | None:
        """What the disk says of a file; None where there is none (an `OutputError` is an `OSError`)."""
        try:
            said = os.stat(self._at(path))  # noqa: PTH116  (a hundred thousand of them)
        except OSError:
            return None
        return (said.st_size, said.st_mtime_ns, said.st_ctime_ns, said.st_ino)


def forget(place: Path) -> None:
    """Strike out what is known of one folder; its files are read again by the next build."""
    with suppress(OSError):
        place.unlink(missing_ok=True)


def _read(place: Path) -> dict[str, tuple[_Stamp, str]]:
    """What was kept; nothing where that is torn."""
    found: dict[str, tuple[_Stamp, str]] = {}
    with suppress(OSError, ValueError, TypeError, AttributeError):
        document = cast("dict[str, Any]", json.loads(place.read_bytes()))
        for path, (size, changed, moved, inode, sha256) in document.items():
            found[path] = ((int(size), int(changed), int(moved), int(inode)), str(sha256))
    return found
