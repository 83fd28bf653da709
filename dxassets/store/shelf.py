"""A campaign's output folder, opened for one build: what lies there, what is sound, and the seal."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from dxassets.digest import digest
from dxassets.errors import Problem
from dxassets.store.files import place_in, publish, publish_changed, remove, sweep
from dxassets.store.journal import Journal
from dxassets.store.lock import locked
from dxassets.store.manifest import (
    MANIFEST_NAME,
    DamagedManifestError,
    Manifest,
    manifest_to_json,
    merge_records,
    read_manifest,
    salvaged_records,
)
from dxassets.store.records import Record

WORK_FOLDER = ".dxassets"
"""Holds the lock, the journal and the previews; not part of what is handed out."""
DAMAGED = f"{WORK_FOLDER}/{MANIFEST_NAME}.bak"
"""Where a manifest that couldn't be read whole is kept."""
_HASHING_THREADS = 4


def journal_of(folder: Path) -> Journal:
    """The journal of the campaign folder `folder`."""
    return Journal(folder / WORK_FOLDER / "journal.jsonl")


def preview_path(sha256: str) -> str:
    """Where the preview of the asset with that digest lies, relative to the campaign's folder."""
    return f"{WORK_FOLDER}/previews/{sha256}.webp"


@dataclass(frozen=True, slots=True)
class Shelf:
    """An opened output folder: `records` are the assets that lie there, sound, by path.

    `notes` tell what was found damaged.
    """

    folder: Path
    manifest: Manifest | None
    records: Mapping[str, Record]
    notes: tuple[Problem, ...] = ()

    def current(self, path: str, key: str) -> Record | None:
        """The record of `path` if the asset lies there and was made from exactly that key."""
        record = self.records.get(path)
        return record if record is not None and record.key == key else None

    def discard(self, path: str) -> None:
        """Take away an asset that this tool once made and that is no longer true."""
        if path in self.records:
            remove(self.folder, path)

    def seal(self, manifest: Manifest) -> None:
        """Write the manifest, then end the journal: the build is whole."""
        publish_changed(self.folder, MANIFEST_NAME, manifest_to_json(manifest))
        self._drop_old_previews(manifest)
        journal_of(self.folder).drop()

    def _drop_old_previews(self, manifest: Manifest) -> None:
        wanted = {preview_path(record.sha256) for record in manifest.assets}
        for preview in (self.folder / WORK_FOLDER / "previews").glob("*.webp"):
            path = preview.relative_to(self.folder).as_posix()
            if path not in wanted:
                remove(self.folder, path)


@contextmanager
def open_shelf(folder: Path) -> Generator[Shelf]:
    """`folder` locked for one build, with what earlier builds left there, finished or killed.

    `OutputError` when the folder can't be written or another build holds it.
    """
    with locked(folder / WORK_FOLDER / "lock"):
        yield peek(folder, tidy=True)


def peek(folder: Path, *, tidy: bool = False) -> Shelf:
    """What lies in `folder`; with `tidy`, what a killed build left half-made is taken away.

    Of a damaged manifest all records count that are whole; with `tidy`, it is kept beside the journal.
    """
    manifest, saved, notes = _manifest_of(folder, keep=tidy)
    journal = journal_of(folder)
    unfinished = journal.read()
    if tidy and journal.path.exists():
        sweep(folder)
    # A path may stand twice, old in the manifest and new in the journal: the file on disk decides.
    candidates = [*saved, *unfinished]
    found = sound_records(folder, candidates)
    return Shelf(folder, manifest, {record.path: record for record in found}, notes)


def _manifest_of(
    folder: Path, *, keep: bool
) -> tuple[Manifest | None, tuple[Record, ...], tuple[Problem, ...]]:
    """The manifest and its records; of a damaged one what is left of them, and a note of it."""
    try:
        manifest = read_manifest(folder)
    except DamagedManifestError as error:
        saved = salvaged_records(error.data)
        if keep:
            publish(folder, DAMAGED, error.data)
        note = Problem(
            str(folder / MANIFEST_NAME),
            f"bị hỏng; còn nhận ra {len(saved)} tệp, bản hỏng được giữ ở {DAMAGED}",
            f"was damaged; {len(saved)} of its files are still known, the damaged one is kept as {DAMAGED}",
        )
        return None, saved, (note,)
    return manifest, () if manifest is None else manifest.assets, ()


def sound_records(folder: Path, records: Iterable[Record]) -> tuple[Record, ...]:
    """Those records whose file lies there with exactly their bytes; the last one wins a path."""
    candidates = list(records)
    with ThreadPoolExecutor(_HASHING_THREADS) as threads:  # hashing lets go of the interpreter
        sound = list(threads.map(partial(is_sound, folder), candidates))
    return merge_records((), (record for record, is_good in zip(candidates, sound, strict=True) if is_good))


def is_sound(folder: Path, record: Record) -> bool:
    """Whether the asset's file is there, with the recorded size and digest."""
    try:
        target = place_in(folder, record.path)
        return target.stat().st_size == record.bytes and digest(target.read_bytes()) == record.sha256
    except OSError:  # an OutputError is one, too: a record whose path leads out is not sound
        return False
