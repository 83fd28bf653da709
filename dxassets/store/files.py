"""Writes a file whole or not at all, and never outside the folder it was given."""

from __future__ import annotations

import errno
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
from dxassets.foreign import os_error

PART = ".part"
"""How a temporary file ends."""
LONGEST_ON_WINDOWS = 259
"""Letters of a whole path that every Windows takes."""
_NO_PATH = frozenset({2, 3, 234})  # ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND, ERROR_MORE_DATA
_HELD_SECONDS = (0.05, 0.1, 0.2, 0.4)
"""How long a virus scanner may look at a file that was just written, before it counts as open elsewhere."""
_OURS = re.compile(r"\.[0-9a-f]{12}\.part")


def publish(folder: Path, path: str, data: bytes) -> Path:
    """Write `data` to `path` (POSIX, relative) below `folder`, atomically; the path on disk.

    The bytes go to a temporary file in the same folder, are flushed to the disk,
    and take the name in one step. `OutputError` when that can't be done, and
    when `path` leads out of `folder` by ``..`` or by a symbolic link.
    """
    target = place_in(folder, path)
    try:
        make_parents(folder, target)
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


def output_error(target: Path, error: OSError) -> OutputError:
    """Why `target` can't be written, with the cure."""
    why_vi, why_en = os_error(error)
    unknown = (
        f"không ghi được ({why_vi}); hãy chọn nơi khác bằng --out",
        f"can't be written ({why_en}); choose another place with --out",
    )
    vi, en = _windows_reason(target, error) or _REASONS.get(error.errno or 0, unknown)
    return OutputError(Problem(str(target), vi, en))


_OPEN_ELSEWHERE = (
    "tệp đang mở trong chương trình khác (Word, Excel, trình xem PDF…); hãy đóng tệp ở đó rồi làm lại",
    "is open in another program (Word, Excel, a PDF viewer); close it there and try again",
)
_FULL = (
    "đĩa đã đầy; hãy dọn bớt hoặc chọn nơi khác bằng --out",
    "the disk is full; make room or choose another place with --out",
)
_DENIED = (
    "không có quyền ghi, hoặc tệp đang mở trong chương trình khác; hãy đóng tệp hoặc đổi --out",
    "may not be written, or is open in another program; close it or choose another place with --out",
)
_IN_THE_WAY = (
    "có một tệp đứng ở chỗ của thư mục; hãy chọn nơi khác bằng --out",
    "a file stands where a folder should be; choose another place with --out",
)
_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: _DENIED,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.EISDIR: (
        "có một thư mục đứng ở chỗ của tệp; hãy xóa hoặc đổi tên thư mục đó",
        "a folder stands where a file should be; remove or rename it",
    ),
    errno.ELOOP: (
        "liên kết (symlink) này dẫn vòng về chính nó; hãy xóa nó hoặc chọn nơi khác bằng --out",
        "this link leads back to itself; remove it or choose another place with --out",
    ),
    errno.ENAMETOOLONG: (
        "đường dẫn quá dài; hãy chọn thư mục ngắn hơn bằng --out",
        "the path is too long; choose a shorter folder with --out",
    ),
}
_BAD_NAME = (
    'Windows không cho đặt tên như vậy; hãy chọn tên khác, không có < > : " / \\ | ? *',
    'Windows allows no such name; choose another one, without < > : " / \\ | ? *',
)
_ON_WINDOWS: dict[int, tuple[str, str]] = {
    32: _OPEN_ELSEWHERE,  # ERROR_SHARING_VIOLATION
    33: _OPEN_ELSEWHERE,  # ERROR_LOCK_VIOLATION
    19: (
        "ổ đĩa chỉ cho đọc; hãy chọn nơi khác bằng --out",
        "the drive is read-only; choose another place with --out",
    ),
    15: (
        "không có ổ đĩa này; hãy chọn nơi khác bằng --out",
        "there is no such drive; choose another place with --out",
    ),
    21: (
        "ổ đĩa chưa sẵn sàng; hãy cắm lại rồi làm lại",
        "the drive is not ready; plug it in again and try again",
    ),
    123: _BAD_NAME,  # ERROR_INVALID_NAME
    206: _REASONS[errno.ENAMETOOLONG],  # ERROR_FILENAME_EXCED_RANGE
}
"""By Windows' own numbers, where Python's `errno` makes one of several causes."""


def _windows_reason(target: Path, error: OSError) -> tuple[str, str] | None:
    """What Windows means; of a path that is too long it mostly says that there is none."""
    number: int = getattr(error, "winerror", None) or 0
    if number in _NO_PATH and len(str(target.absolute())) > LONGEST_ON_WINDOWS:
        return _REASONS[errno.ENAMETOOLONG]
    return _ON_WINDOWS.get(number)


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
