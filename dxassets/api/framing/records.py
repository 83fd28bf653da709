"""What an output folder knows of the results in it, so that a second run makes only what is new.

It lies in ``.dxassets/frames.json``: each result's name, its photo (relative to the folder), and what
was made; and the sheets (the table, the preview) with their digests. A name is written down before its
file appears: whatever lies there under a name of ours is ours, however a run ended.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from time import monotonic

from pydantic import TypeAdapter

from dxassets.api.framing.looking import entries_of, is_gone
from dxassets.api.framing.naming import same_file_key
from dxassets.digest import digest
from dxassets.errors import OutputError, PhotoError
from dxassets.framing import Placement
from dxassets.runners.photos import FramedFile, PhotoOutcome, read_photo_file, result_key
from dxassets.store import WORK_FOLDER, locked, place_in, pretty, publish_changed, remove

LEDGER = f"{WORK_FOLDER}/frames.json"
LOCK = f"{WORK_FOLDER}/lock"
REPORT_NAME = "frames.csv"
PREVIEW_NAME = "xem-truoc.png"
REVIEW_NAME = "xem-lai.html"
_FORMAT = 1
_SECONDS_BETWEEN = 2.0
_PATIENCE = 10.0
"""Seconds that a single photo waits for another run; it needs the folder for a moment only."""


@dataclass(frozen=True, slots=True)
class ResultRecord:
    """One result by its name: whose it is, and what was made; `framed` None: promised, not made yet.

    `correction` is where somebody has put the photo whose bytes have the digest `corrected`: it holds for
    later runs, too, until the photo is another.
    """

    photo: str
    framed: FramedFile | None = None
    correction: Placement | None = None
    corrected: str | None = None


@dataclass
class Ledger:
    """The records of one output folder, by the results' names; written now and then, and at the end."""

    folder: Path
    records: dict[str, ResultRecord] = field(default_factory=dict[str, ResultRecord])
    sheets: dict[str, str] = field(default_factory=dict[str, str])
    """Names of tables and previews that were made, and the digest of each."""
    kept: bool = True
    """False: the folder can't hold it, so it is forgotten after this run."""
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

    def is_held(self, name: str) -> bool:
        """Whether a result is there, or will be again: its photo lies where it was, or may do so."""
        return not is_gone(self.folder / name) or not is_gone(self.folder / self.records[name].photo)

    def orphans(self, tail: str) -> dict[str, list[str]]:
        """The names of results with that end whose photo is gone, by their keys."""
        found: dict[str, list[str]] = {}
        for name, record in self.records.items():
            framed = record.framed
            if framed is not None and name.endswith(tail) and is_gone(self.folder / record.photo):
                found.setdefault(framed.key, []).append(name)
        return found

    def promise(self, name: str, photo: str) -> None:
        """Note whose name that is, unless it is noted."""
        record = self.records.get(name)
        if record is None or record.photo != photo:
            self.records[name] = ResultRecord(photo)

    def correct(self, name: str, placement: Placement, data: bytes) -> None:
        """Note where the photo with these bytes was put by hand."""
        self.records[name] = replace(self.records[name], correction=placement, corrected=digest(data))

    def correction_of(self, name: str, path: Path) -> Placement | None:
        """Where the photo was put by hand, if it is still the same."""
        record = self.records[name]
        if record.correction is None:
            return None
        try:
            same = digest(read_photo_file(path, name)) == record.corrected
        except PhotoError:  # it is told when it is its turn
            return None
        return record.correction if same else None

    def adopt(self, name: str, photo: str) -> None:
        """Note that a photo lies elsewhere now."""
        self.records[name] = replace(self.records[name], photo=photo)

    def current(
        self, name: str, path: Path, *, seal: str, correction: Placement | None = None
    ) -> FramedFile | None:
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
        return framed if result_key(seal, photo, correction=correction) == framed.key else None

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
        if not self.kept:
            return
        said = {name: _adapter().dump_python(record) for name, record in sorted(self.records.items())}
        document = {"format": _FORMAT, "results": said, "sheets": dict(sorted(self.sheets.items()))}
        publish_changed(self.folder, LEDGER, pretty(document))
        self._written = monotonic()

    def save_if_possible(self) -> None:
        """`save`, but a folder that can't hold the ledger is gone on without."""
        try:
            self.save()
        except OutputError:
            self.kept = False

    def publish_sheet(self, usual: str, data: bytes, *, inputs: AbstractSet[str]) -> Path:
        """Write a table or preview under its usual name, or a numbered one if that is somebody else's.

        `inputs` are the photos of the run in the folder.
        """
        others = {name for name in entries_of(self.folder) | self.records.keys() if not self.is_sheet(name)}
        held = {same_file_key(name) for name in others | inputs}
        name, at = usual, 1
        while same_file_key(name) in held:
            at += 1
            name = usual.replace(".", f"-{at}.")
        self.sheets[name] = digest(data)
        self.save()  # first, as with results
        return publish_changed(self.folder, name, data)

    def is_sheet(self, name: str) -> bool:
        """Whether what lies there is a sheet of ours.

        A table stays ours when somebody has sorted and saved it. A picture doesn't when it has
        changed: it may be somebody's photo by now.
        """
        told = self.sheets.get(name)
        if told is None or name.endswith(".csv"):
            return told is not None
        try:
            return digest((self.folder / name).read_bytes()) == told
        except OSError:
            return False


def open_ledger(folder: Path) -> Ledger:
    """The ledger of `folder`; an empty one where there is none that can be read."""
    try:
        document = json.loads((folder / LEDGER).read_bytes())
        known = document["format"] == _FORMAT
        records = {
            str(name): _adapter().validate_python(record, strict=False)
            for name, record in document["results"].items()
            if known and _is_name(name, folder)
        }
        # before there were sheets in it, a ledger always came with a table
        told = document.get("sheets", {REPORT_NAME: ""})
        sheets = {str(name): str(told[name]) for name in told if known and _is_name(name, folder)}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Ledger(folder)
    return Ledger(folder, records, sheets)


def _is_name(name: str, folder: Path) -> bool:
    """Whether it names a file of the folder itself; `OutputError` when it leads elsewhere."""
    return "/" not in name and bool(place_in(folder, name))


@contextmanager
def held_ledger(folder: Path, *, alone: bool) -> Generator[Ledger]:
    """The folder's ledger while no other run writes there; `OutputError` when one does.

    A single photo (`alone`) waits a little for its turn, and is made even where no ledger can be kept.
    """
    if alone and not _can_keep(folder):
        yield Ledger(folder, kept=False)
        return
    with locked(folder / LOCK, patience=_PATIENCE if alone else 0.0):
        yield open_ledger(folder)


def _can_keep(folder: Path) -> bool:
    lock = folder / LOCK
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        with lock.open("ab"):
            return os.access(lock.parent, os.W_OK)
    except OSError:
        return False


def made_in(folder: Path) -> frozenset[str]:
    """The names of all that earlier runs made in `folder`: no photos to be framed again."""
    ledger = open_ledger(folder)
    return frozenset([*ledger.records, *(name for name in ledger.sheets if ledger.is_sheet(name))])


@cache
def _adapter() -> TypeAdapter[ResultRecord]:
    return TypeAdapter(ResultRecord)
