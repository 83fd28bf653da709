"""The diary of a running build: one JSON line for each asset, so that a killed build can go on.

A line is written *before* its file takes its name, and counts only when the
file on disk has the line's SHA-256. So whatever was finished when the build
died is known, to the last file, and nothing half-made is.
"""

from __future__ import annotations

import os
from pathlib import Path

from dxassets.store.files import output_error
from dxassets.store.records import Record, record_from_json, record_to_json


class Journal:
    """Appends to and reads the journal at `path`; several processes may append at once."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, record: Record) -> None:
        """Add `record`; `OutputError` when the disk refuses."""
        # The line end in front keeps this line whole even after one that was torn off.
        line = b"\n" + record_to_json(record) + b"\n"
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(self.path, flags, 0o666)
            try:
                written = os.write(descriptor, line)
                if written != len(line):
                    os.write(descriptor, line[written:])
            finally:
                os.close(descriptor)
        except OSError as error:
            raise output_error(self.path, error) from error

    def read(self) -> tuple[Record, ...]:
        """Every whole line's record, oldest first; torn lines are passed over."""
        try:
            lines = self.path.read_bytes().splitlines()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise output_error(self.path, error) from error
        found = (record_from_json(line) for line in lines if line)
        return tuple(record for record in found if record is not None)

    def drop(self) -> None:
        """Take the journal away: its build is sealed."""
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise output_error(self.path, error) from error
