"""Files that are written under temporary names, and take their own together when all of them are whole."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from dxassets.foreign import output_error
from dxassets.store.files import PART, flush, make_parents, place_in


class Staging:
    """Files to come: `put` and `opened` write them aside, `commit` names them, `drop` takes them away.

    What dies in between leaves temporary files that `sweep` knows, and nothing that anybody would read.
    """

    def __init__(self) -> None:
        self.files: list[tuple[Path, Path]] = []
        """The temporary file and the name that it will have, of each."""

    def put(self, folder: Path, path: str, data: bytes) -> Path:
        """Write `data` aside; where it will lie. `OutputError` when that can't be done, as for `publish`."""
        with self.opened(folder, path) as file:
            file.write(data)
        return self.files[-1][1]

    @contextmanager
    def opened(self, folder: Path, path: str) -> Generator[IO[bytes]]:
        """A file to write aside bit by bit, which will lie at `path` below `folder`."""
        target = place_in(folder, path)
        temporary = target.parent / f".{secrets.token_hex(6)}{PART}"
        try:
            make_parents(folder, target)
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
            with os.fdopen(os.open(temporary, flags, 0o666), "wb") as file:
                yield file
                flush(file)
        except OSError as error:
            _remove(temporary)
            raise output_error(target, error) from error
        except BaseException:
            _remove(temporary)
            raise
        self.files.append((temporary, target))

    def commit(self) -> None:
        """Give every file its name; `OutputError` for one that can't have it."""
        for temporary, target in self.files:
            rename(temporary, target)
        self.files.clear()

    def drop(self) -> None:
        """Take away what was written and has no name yet."""
        for temporary, _ in self.files:
            _remove(temporary)
        self.files.clear()


def rename(temporary: Path, target: Path) -> None:
    """Give a finished file its name; one that has it already is passed over."""
    try:
        if temporary.exists():
            temporary.replace(target)
    except OSError as error:
        raise output_error(target, error) from error


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink(missing_ok=True)
