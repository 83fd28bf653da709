"""Looks at what lies at a path: whatever a user's folders are like, that is an answer, never an exception."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Literal

from dxassets.errors import OutputError, Problem

Kind = Literal["folder", "file", "nothing"]
_TOLD_WHEN_READ = frozenset({errno.EACCES, errno.EPERM, errno.ELOOP, errno.EIO})
"""Something may be there, and reading it will say what is wrong with it."""
_NOTHING_THERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENAMETOOLONG, errno.EINVAL})


def kind_of(path: Path) -> Kind:
    """What lies there. A link is what it leads to; what may not be looked at counts as a file."""
    try:
        return "folder" if stat.S_ISDIR(path.stat().st_mode) else "file"
    except ValueError:  # a zero byte is in no name
        return "nothing"
    except OSError as error:
        return "file" if error.errno in _TOLD_WHEN_READ or os.path.lexists(path) else "nothing"


def is_link(path: Path) -> bool:
    """Whether it is a link, as far as one may know."""
    try:
        return path.is_symlink()
    except (OSError, ValueError):
        return False


def is_gone(path: Path) -> bool:
    """Whether there is surely nothing; a folder that was closed still holds what it held."""
    try:
        path.stat()
    except ValueError:
        return True
    except OSError as error:
        return error.errno in _NOTHING_THERE
    return False


def real(path: Path) -> Path:
    """The path without links. Unlike Path.resolve, it takes a link that leads to itself."""
    return Path(os.path.realpath(path))


def entries_of(folder: Path) -> frozenset[str]:
    """The names of all that lies in an output folder; none while there is no such folder.

    `OutputError` when it can't be listed: then nobody knows what would be written over.
    """
    try:
        return frozenset(entry.name for entry in os.scandir(folder))
    except (PermissionError, TimeoutError) as error:
        raise OutputError(Problem(str(folder), *_UNLISTED)) from error
    except OSError:  # not there yet, or no folder: whoever writes into it will say so
        return frozenset()


_UNLISTED = (
    "không xem được trong thư mục này đã có gì; hãy xin quyền đọc, hoặc chọn nơi khác bằng --out",
    "what is in this folder can't be seen; get the right to read it, or choose another place with --out",
)
