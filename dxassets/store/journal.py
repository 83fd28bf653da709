"""The diary of a running build: one JSON line for each asset, so that a killed build can go on.

A line is written *before* its file takes its name, and counts only when the
file on disk has the line's SHA-256. So whatever was finished when the build
died is known, to the last file, and nothing half-made is. Each agency has a
file of its own, so that going on takes no longer than what was asked for.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from dxassets.foreign import output_error
from dxassets.store.records import Record, record_from_json, record_to_json

_ENDING = ".jsonl"


def shard_of(path: str) -> str:
    """The folder in which an asset lies: all that lies there is told in one shard. Nothing at the top."""
    name, slash, _ = path.partition("/")
    return name if slash else ""


class Journal:
    """Appends to and reads the journal in the folder `path`; several processes may append at once.

    While it is there, a build is under way, or was stopped.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self) -> None:
        """Say that a build is under way, before it writes anything."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise output_error(self.path, error) from error

    def is_open(self) -> bool:
        """Whether a build is under way, or was stopped."""
        return self.path.exists()

    def append(self, record: Record) -> None:
        """Add `record`; `OutputError` when the disk refuses."""
        # The line end in front keeps this line whole even after one that was torn off.
        line = b"\n" + record_to_json(record) + b"\n"
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        file = self._file(shard_of(record.path))
        try:
            try:
                descriptor = os.open(file, flags, 0o666)
            except FileNotFoundError:
                self.begin()
                descriptor = os.open(file, flags, 0o666)
            try:
                written = os.write(descriptor, line)
                if written != len(line):
                    os.write(descriptor, line[written:])
            finally:
                os.close(descriptor)
        except OSError as error:
            raise output_error(file, error) from error

    def read(self, shard: str) -> tuple[Record, ...]:
        """The records of every whole line about one folder, oldest first; torn lines are passed over."""
        file = self._file(shard)
        try:
            lines = file.read_bytes().splitlines()
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise output_error(file, error) from error
        found = (record_from_json(line) for line in lines if line)
        return tuple(record for record in found if record is not None)

    def shards(self) -> set[str]:
        """The folders of which something was written down."""
        return {file.name.removesuffix(_ENDING) for file in self.path.glob(f"*{_ENDING}")}

    def settle(self, shard: str) -> None:
        """Take away what was said of one folder: its shard says it now."""
        self._unlink(self._file(shard))

    def drop(self) -> None:
        """Take the journal away: its build is sealed."""
        for file in self.path.glob(f"*{_ENDING}"):
            self._unlink(file)
        with suppress(OSError):
            self.path.rmdir()

    def _file(self, shard: str) -> Path:
        return self.path / f"{shard}{_ENDING}"

    def _unlink(self, file: Path) -> None:
        try:
            file.unlink(missing_ok=True)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            raise output_error(file, error) from error
