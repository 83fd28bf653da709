"""What an output folder knows of the results in it, so that a second run makes only what is new.

It lies in ``.dxassets/frames.json``: each result's name, its photo (relative to the folder), and what
was made. A name is written down before its file appears: whatever lies there under a name of ours is
ours, however a run ended.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from time import monotonic

from pydantic import TypeAdapter

from dxassets.digest import digest
from dxassets.errors import PhotoError
from dxassets.runners.photos import FramedFile, PhotoOutcome, read_photo_file, result_key
from dxassets.store import WORK_FOLDER, place_in, pretty, publish_changed, remove

LEDGER = f"{WORK_FOLDER}/frames.json"
LOCK = f"{WORK_FOLDER}/lock"
REPORT_NAME = "frames.csv"
PREVIEW_NAME = "xem-truoc.png"
_FORMAT = 1
_SECONDS_BETWEEN = 2.0


@dataclass(frozen=True, slots=True)
class ResultRecord:
    """One result by its name: whose it is, and what was made; `framed` None: promised, not made yet."""

    photo: str
    framed: FramedFile | None = None


@dataclass
class Ledger:
    """The records of one output folder, by the results' names; written now and then, and at the end."""

    folder: Path
    records: dict[str, ResultRecord] = field(default_factory=dict[str, ResultRecord])
    _written: float = 0.0

    def id_of(self, path: Path) -> str:
        """How a photo is known here: its path from this folder, so that both may be moved together."""
        there, here = os.path.abspath(path), os.path.abspath(self.folder)  # noqa: PTH100  (keeps links)
        try:
            told = os.path.relpath(there, here)
        except ValueError:  # another drive of Windows
            told = there
        return told.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode()

    def names(self, tail: str) -> Mapping[str, str]:
        """The name of each photo's result with that end; a photo framed for two days has two results."""
        return {record.photo: name for name, record in self.records.items() if name.endswith(tail)}

    def held(self) -> set[str]:
        """Names whose photo still lies where it was."""
        return {name for name, record in self.records.items() if (self.folder / record.photo).exists()}

    def promise(self, name: str, photo: str) -> None:
        """Note whose name that is, unless it is noted."""
        record = self.records.get(name)
        if record is None or record.photo != photo:
            self.records[name] = ResultRecord(photo)

    def current(self, name: str, path: Path, *, seal: str) -> FramedFile | None:
        """What is known of a result that lies there whole and that the photo would give again."""
        record = self.records.get(name)
        if record is None or record.framed is None:
            return None
        framed = record.framed
        try:
            result = place_in(self.folder, name)
            if result.stat().st_size != framed.bytes or digest(result.read_bytes()) != framed.sha256:
                return None
            photo = read_photo_file(path, name)
        except (OSError, PhotoError):  # whoever makes it again will say what is wrong
            return None
        return framed if result_key(seal, photo) == framed.key else None

    def note(self, outcome: PhotoOutcome) -> None:
        """Write down what became of a photo. An older result that it no longer gives is taken away."""
        name = outcome.task.name
        record = self.records[name]
        if outcome.framed is not None:
            self.records[name] = replace(record, framed=outcome.framed)
        elif record.framed is not None and outcome.key not in {None, record.framed.key}:
            remove(self.folder, name)
            self.records[name] = replace(record, framed=None)
        if monotonic() - self._written > _SECONDS_BETWEEN:
            self.save()

    def save(self) -> None:
        """Write the ledger, whole or not at all; `OutputError` when it can't be written."""
        said = {name: _adapter().dump_python(record) for name, record in sorted(self.records.items())}
        publish_changed(self.folder, LEDGER, pretty({"format": _FORMAT, "results": said}))
        self._written = monotonic()


def open_ledger(folder: Path) -> Ledger:
    """The ledger of `folder`; an empty one where there is none that can be read."""
    try:
        document = json.loads((folder / LEDGER).read_bytes())
        records = {
            str(name): _adapter().validate_python(record, strict=False)
            for name, record in document["results"].items()
            if document["format"] == _FORMAT and "/" not in name and place_in(folder, name)
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        records = {}
    return Ledger(folder, records)


def made_in(folder: Path) -> frozenset[str]:
    """The names of all that earlier runs made in `folder`: no photos to be framed again."""
    if not (folder / LEDGER).is_file():
        return frozenset()
    return frozenset([*open_ledger(folder).records, REPORT_NAME, PREVIEW_NAME])


@cache
def _adapter() -> TypeAdapter[ResultRecord]:
    return TypeAdapter(ResultRecord)
