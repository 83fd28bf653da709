"""Writes a file whole or not at all, and never outside the folder it was given."""

from __future__ import annotations

import os
import re
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath
from time import sleep
from typing import IO

from dxassets.errors import OutputError, Problem
from dxassets.foreign import output_error

PART = ".part"
"""How a temporary file ends."""
_HELD_SECONDS = (0.05, 0.1, 0.2, 0.4)
"""How long a virus scanner may look at a file that was just written, before it counts as open elsewhere."""
_OURS = re.compile(r"\.[0-9a-f]{12}\.part")


def publish(folder: Path, path: str, data: bytes, *, twin: str | None = None) -> Path:
    """Write `data` to `path` (POSIX, relative) below `folder`, atomically; the path on disk.

    The bytes go to a temporary file in the same folder, are flushed to the disk,
    and take the name in one step. `OutputError` when that can't be done, and
    when `path` leads out of `folder` by ``..`` or by a symbolic link.
    Where `twin` was just written with the same bytes, it gets this name, too, if the disk can do that.
    """
    target = place_in(folder, path)
    try:
        make_parents(folder, target)
        if twin is None or not _link(place_in(folder, twin), target):
            _write(target, data)
    except OutputError:
        raise
    except OSError as error:
        raise output_error(target, error) from error
    return target


def publish_changed(folder: Path, path: str, data: bytes) -> Path:
    """`publish`, unless the file already holds just that."""
    target = place_in(folder, path)
    try:
        unchanged = target.is_file() and target.read_bytes() == data
    except OSError as error:
        raise output_error(target, error) from error
    return target if unchanged else publish(folder, path, data)


def remove(folder: Path, path: str) -> None:
    """Take the file `path` away, if it is there; `OutputError` when that can't be done."""
    target = place_in(folder, path)
    try:
        target.unlink(missing_ok=True)
    except OSError as error:
        raise output_error(target, error) from error


def sweep(folder: Path) -> None:
    """Take away the temporary files that a killed run left below `folder`."""
    _remove_parts(_parts_below(str(folder)))


def sweep_top(folder: Path) -> None:
    """`sweep`, in `folder` itself only, for a folder that may hold much that is not ours."""
    _remove_parts(folder.glob(f".*{PART}"))


def _parts_below(folder: str) -> Iterator[Path]:
    """Files that end as ours do, in `folder` and in all folders below; links are not followed."""
    try:
        with os.scandir(folder) as entries:
            found = list(entries)
    except OSError:
        return
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _parts_below(entry.path)
        elif entry.name.endswith(PART):
            yield Path(entry.path)


def _remove_parts(leftovers: Iterable[Path]) -> None:
    for leftover in leftovers:
        if _OURS.fullmatch(leftover.name):  # other programs' unfinished files may be called .part, too
            with suppress(OSError):
                leftover.unlink()


def place_in(folder: Path, path: str) -> Path:
    """Where `path` lies below `folder`; `OutputError` when it would lie outside."""
    parts = PurePosixPath(path).parts
    strange = {"..", "."} & set(path.split("/")) or "\\" in path or ":" in path or "\0" in path
    if not parts or strange or PurePosixPath(path).is_absolute():
        raise OutputError(
            Problem(path, "đường dẫn này ra khỏi thư mục đầu ra", "this path leads out of the output folder")
        )
    return folder.joinpath(*parts)


def make_parents(folder: Path, target: Path) -> None:
    """Make the folders above `target`; a symbolic link among them must not lead out of `folder`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    root, parent = (Path(os.path.realpath(path)) for path in (folder, target.parent))
    if parent != root and root not in parent.parents:
        raise OutputError(
            Problem(
                str(target),
                f"một liên kết (symlink) dẫn ra ngoài thư mục đầu ra, tới {parent}; hãy xóa liên kết đó",
                f"a symbolic link leads out of the output folder, to {parent}; remove that link",
            )
        )


def flush(file: IO[bytes]) -> None:
    """Have the disk hold what was written, before the file takes its name."""
    file.flush()
    os.fsync(file.fileno())


def _write(target: Path, data: bytes) -> None:
    """`data` under a temporary name, flushed, then under its own; nothing is left behind on failure."""
    temporary = target.parent / f".{secrets.token_hex(6)}{PART}"
    try:
        # Not tempfile: it makes files that only their owner may read, and a web server is somebody else.
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        descriptor = os.open(temporary, flags, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            flush(file)
        _take_name(temporary, target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _link(twin: Path, target: Path) -> bool:
    """Whether `twin` has the name `target`, too, now; not every disk knows files with two names."""
    temporary = target.parent / f".{secrets.token_hex(6)}{PART}"
    try:
        temporary.hardlink_to(twin)
        _take_name(temporary, target)
    except OSError:
        return False
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)  # two names of one file do not replace each other
    return True


def _take_name(temporary: Path, target: Path) -> None:
    """Give the file its name; on Windows again after a moment, where another program holds one of the two."""
    for seconds in _HELD_SECONDS if sys.platform == "win32" else ():
        try:
            temporary.replace(target)
        except PermissionError:
            sleep(seconds)
        else:
            return
    temporary.replace(target)
