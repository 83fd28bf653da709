"""Writes a new folder whole or not at all."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from dxassets.errors import OutputError, Problem
from dxassets.foreign import output_error
from dxassets.store.files import publish


def publish_folder(folder: Path, files: Mapping[str, bytes], *, last: str) -> tuple[Path, ...]:
    """Write `files` (POSIX paths) as a new `folder`, or into an empty one; the paths on disk, `last` last.

    They are written beside it first and take their places by renaming. `OutputError` when that can't be done,
    or when somebody else has put something there meanwhile; nothing is left behind then.
    """
    names = [*(name for name in files if name != last), *([last] if last in files else [])]
    target = folder.resolve()  # “.” has no parent of its own
    made = [each for each in target.parents if not each.exists()]
    workshop = target.parent / f".{secrets.token_hex(6)}.part"
    try:
        for name in names:
            publish(workshop, name, files[name])
        if target.exists():
            _fill(target, workshop, last)
        else:
            workshop.rename(target)
    except BaseException as error:
        shutil.rmtree(workshop, ignore_errors=True)
        for parent in made:
            with suppress(OSError):
                parent.rmdir()  # only what is empty
        if isinstance(error, OSError) and not isinstance(error, OutputError):
            raise output_error(folder, error) from error
        raise
    return tuple(folder / name for name in names)


def _fill(folder: Path, workshop: Path, last: str) -> None:
    """Move what is in the workshop into an empty folder, which may be somebody's current one."""
    if any(folder.iterdir()):
        vi, en = "vừa có tệp khác được đặt vào đây", "somebody has just put something here"
        raise OutputError(Problem(str(folder), vi, en))
    moved: list[Path] = []
    try:
        for entry in sorted(workshop.iterdir(), key=lambda each: each.name == last):
            target = folder / entry.name
            entry.rename(target)
            moved.append(target)
        workshop.rmdir()
    except BaseException:
        for target in moved:
            if target.is_dir():
                shutil.rmtree(target, ignore_errors=True)
            else:
                target.unlink(missing_ok=True)
        raise
