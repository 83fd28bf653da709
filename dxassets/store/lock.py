"""One build at a time in one folder. The system frees the lock when its holder dies."""

from __future__ import annotations

import errno
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from dxassets.errors import OutputError, Problem
from dxassets.foreign import output_error

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


_STEP = 0.05
_HELD = frozenset({errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK, 0})
"""What systems say of a lock that somebody holds (Wine says nothing); anything else is said of the disk."""


def _take_within(file: IO[bytes], patience: float) -> None:
    """Take the lock, trying again for that many seconds; OSError when it stays another's."""
    until = monotonic() + patience
    while True:
        try:
            return _take(file)
        except OSError as error:
            if error.errno not in _HELD or monotonic() >= until:
                raise
        sleep(_STEP)


@contextmanager
def locked(path: Path, *, patience: float = 0.0, busy: Problem | None = None) -> Generator[None]:
    """Hold the lock file `path`; `OutputError` when another build still holds it after `patience` seconds.

    `busy` is what is told then, where it is no build that others hold the lock for.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("ab")
    except OSError as error:
        raise output_error(path, error) from error
    with file:
        try:
            _take_within(file, patience)
        except OSError as error:
            told = busy or _building(path) if error.errno in _HELD else _lockless(path)
            raise OutputError(told) from error
        yield


def _building(path: Path) -> Problem:
    return Problem(
        str(path.parent.parent),
        "một lượt dựng khác đang ghi vào đây; hãy đợi xong rồi chạy lại, hoặc đổi --out",
        "another build is writing here; wait for it and try again, or use another --out",
    )


def _lockless(path: Path) -> Problem:
    """For disks without locks: some network shares answer ENOLCK or EOPNOTSUPP, failing ones EIO."""
    return Problem(
        str(path.parent.parent),
        "ổ đĩa này không khóa được tệp (thường là ổ mạng), nên hai lượt có thể ghi đè nhau; "
        "hãy chọn thư mục trên ổ của máy này bằng --out, rồi chép kết quả sang",
        "this disk can't lock files (network shares often can't), so two runs might write over one another; "
        "choose a folder on this machine's own disk with --out, and copy the result",
    )
