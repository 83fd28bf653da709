"""A campaign's output folder, opened for one build: what lies there, what is sound, and the seal."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from dxassets.digest import digest
from dxassets.errors import Problem
from dxassets.store.files import publish, publish_changed, remove, sweep, sweep_top
from dxassets.store.journal import shard_of
from dxassets.store.lock import locked
from dxassets.store.manifest import (
    MANIFEST_NAME,
    DamagedManifestError,
    Reason,
    Root,
    Summary,
    merge_records,
    read_bytes,
    read_root,
    refuse_newer,
    root_to_json,
    shard_path,
    summed_up,
)
from dxassets.store.places import (
    OLD_JOURNAL,
    WORK_FOLDER,
    forget_seen,
    journal_of,
    kept_path,
    preview_path,
    seen_place,
)
from dxassets.store.records import Record
from dxassets.store.seen import SeenFiles
from dxassets.store.shards import Shard, looks_like_a_shard, salvaged_records, shard_from_json, shard_to_json


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies in one folder: its shard with the records that are sound, and whether that is all of it.

    Where it is not `intact`, what was written of it is torn, missing, or says something that is not so.
    """

    shard: Shard
    intact: bool


@dataclass
class Shelf:
    """An opened output folder. `notes` tell what was found damaged; `was_stopped`, that a build was.

    Folders are looked at one by one, when they are asked for.
    """

    folder: Path
    root: Root | None
    notes: list[Problem] = field(default_factory=list[Problem])
    was_stopped: bool = False
    is_locked: bool = False
    is_whole: bool = True
    """Whether its manifest is in one piece, so far."""
    assets: int = 0
    """How many assets are known by now."""
    _saved: Mapping[str, Shard] = field(default_factory=dict[str, Shard])
    _held: dict[str, Shard] = field(default_factory=dict[str, Shard])
    _summaries: dict[str, Summary] = field(default_factory=dict[str, Summary])
    _reasons: dict[str, Reason] = field(default_factory=dict[str, Reason])
    _looked_at: dict[str, Lying] = field(default_factory=dict[str, Lying])

    # --- what lies there

    def names(self) -> list[str]:
        """The folders of which anything is known."""
        return sorted({*self._summaries, *self._saved, *self._held, *journal_of(self.folder).shards()})

    def look(self, name: str) -> Lying:
        """What lies in that folder. A damaged shard is kept, and told; its sound records count."""
        known = self._looked_at.get(name)
        if known is not None:
            return known
        if self.is_locked and not self.is_whole and name:
            sweep(self.folder / name)
        shard, intact = self._told(name)
        unfinished = journal_of(self.folder).read(name)
        # A path may stand twice, old in the shard and new in the journal: the file on disk decides.
        candidates = [*shard.records.values(), *unfinished]
        seen = SeenFiles(self.folder, seen_place(self.folder, name), now=self._clock())
        sound = _sound(candidates, seen, within=name)
        pages = seen.sound({path: (None, sha256) for path, sha256 in shard.pages.items()})
        if not unfinished:
            seen.save()
        all_sound = len(sound) == len(shard.records) and len(pages) == len(shard.pages)
        return Lying(replace(shard, records=sound), intact and all_sound and not unfinished)

    def keep_looked_at(self, name: str) -> Lying:
        """`look`, and remember it."""
        self._looked_at[name] = self.look(name)
        return self._looked_at[name]

    @property
    def records(self) -> Mapping[str, Record]:
        """All assets that lie there, sound, by path."""
        return {path: each for name in self.names() for path, each in self.look(name).shard.records.items()}

    def current(self, path: str, key: str) -> Record | None:
        """The record of `path` if the asset lies there and was made from exactly that key."""
        record = self.keep_looked_at(shard_of(path)).shard.records.get(path)
        return record if record is not None and record.key == key else None

    def summaries(self) -> Mapping[str, Summary]:
        """What is known of every folder by now, in short."""
        return self._summaries

    def _told(self, name: str) -> tuple[Shard, bool]:
        """What was written of a folder, and whether it is what the root says."""
        held = self._held.get(name)
        if held is not None:
            return held, True
        inside = self._saved.get(name)
        summary = self._summaries.get(name)
        if inside is not None and not self.was_stopped:
            return inside, self.root is not None
        is_new = inside is None and summary is None and not self.was_stopped and self.root is not None
        if not name or is_new:
            return inside or Shard(name), True
        lying, sha256 = self._shard_on_disk(name, expected=self._is_named(name) and inside is None)
        if inside is not None:
            both = merge_records(inside.records.values(), lying.records.values())
            return replace(inside, records={each.path: each for each in both}), False
        return lying, summary is not None and sha256 == summary.digest

    def _shard_on_disk(self, name: str, *, expected: bool) -> tuple[Shard, str]:
        """The shard in its file, and the digest of that; of a damaged one what is sound, and a note of it."""
        path = self.folder / shard_path(name)
        data = read_bytes(path)
        if data is None or not (expected or looks_like_a_shard(data)):
            if expected:
                self.notes.append(_lost(path))
            return Shard(name), ""
        refuse_newer(path, data)
        shard = shard_from_json(data)
        if shard is not None and shard.name == name:
            return shard, digest(data)
        saved = salvaged_records(data)
        self._keep_damaged(name, data, len(saved))
        return Shard(name, {record.path: record for record in saved}), ""

    def _keep_damaged(self, name: str, data: bytes, count: int) -> None:
        if self.is_locked:
            publish(self.folder, kept_path(name), data)
        kept = kept_path(name)
        self.notes.append(
            Problem(
                str(self.folder / (shard_path(name) if name else MANIFEST_NAME)),
                f"bị hỏng; còn nhận ra {count} tệp, bản hỏng được giữ ở {kept}",
                f"was damaged; {count} of its files are still known, it is kept as {kept}",
            )
        )

    def open_root(self) -> None:
        """Read the root; of a damaged one all that is sound counts, and a note is made of it."""
        self.was_stopped = journal_of(self.folder).is_open()
        try:
            self.root = read_root(self.folder)
        except DamagedManifestError as error:
            saved = salvaged_records(error.data)
            shards = self._shards_there()
            self._keep_damaged("", error.data, len(saved) or len(shards))
            self._saved = _by_folder(saved)
            self._mend(shards)
            return
        if self.root is None:
            self._mend(self._shards_there())
            return
        self._saved = self.root.whole
        self._summaries = dict(self.root.shards)
        self._reasons = dict(self.root.reasons)
        if self.was_stopped:  # shards may be newer than the root
            self._mend(name for name in self._shards_there() if not self._is_sealed(name))
        self._count()

    def _is_sealed(self, name: str) -> bool:
        summary, data = self._summaries.get(name), read_bytes(self.folder / shard_path(name))
        return summary is not None and data is not None and digest(data) == summary.digest

    def _count(self) -> None:
        self.is_whole = not self._summaries.keys() - self._saved.keys()
        self.assets = sum(summary.assets for summary in self._summaries.values())

    def _mend(self, names: Iterable[str]) -> None:
        """Sum up what lies there, where no root tells."""
        for name, shard in self._saved.items():
            self._summaries[name] = summed_up(shard, "", self._reasons)
        for name in names:
            if name not in self._saved:
                shard, sha256 = self._shard_on_disk(name, expected=True)
                self._summaries[name] = summed_up(shard, sha256, self._reasons)
        for name in journal_of(self.folder).shards():
            before = self._summaries.get(name)
            self._summaries[name] = replace(before, digest="") if before else summed_up(Shard(name), "", {})
        self._count()

    def _shards_there(self) -> list[str]:
        """The folders with a shard; others may have a `manifest.json` of their own there."""
        found = self.folder.glob(f"[!.]*/{MANIFEST_NAME}")
        return sorted(path.parent.name for path in found if looks_like_a_shard(read_bytes(path)))

    def _is_named(self, name: str) -> bool:
        """Whether the root says that this folder has a shard."""
        return self.root is not None and name in self.root.shards and bool(self.root.shards[name].digest)

    # --- what is changed

    def begin(self) -> None:
        """Before anything is written: who is stopped from here on has left a journal."""
        journal_of(self.folder).begin()

    def discard(self, path: str) -> None:
        """Take away an asset that this tool once made and that is no longer true, and what is empty then."""
        remove(self.folder, path)
        for parent in PurePosixPath(path).parents[:-1]:
            try:
                (self.folder / parent).rmdir()
            except OSError:
                return

    def put(self, shard: Shard) -> None:
        """Let this be what is known of a folder; written at once where the manifest is in shards."""
        self._looked_at.pop(shard.name, None)
        if not _says_something(shard):
            self._forget(shard.name)
            return
        before = self._summaries.get(shard.name)
        self._held[shard.name] = shard
        self._summaries[shard.name] = summed_up(shard, "", self._reasons)
        self.assets += len(shard.records) - (0 if before is None else before.assets)

    def held_shard(self, name: str) -> Shard | None:
        """What was put of a folder and is not written yet."""
        return self._held.get(name)

    def held(self) -> list[Shard]:
        """The shards that are not written yet: those that were put, and those that stood in the root."""
        for name in self._saved.keys() - self._held.keys():
            self._held[name] = self.look(name).shard
        self._saved = {}
        return list(self._held.values())

    def unwritten(self) -> list[str]:
        """Folders of which the shard that lies there is not the whole truth, and that nobody put in order."""
        waiting = self._held.keys() | self._saved.keys() | {""}
        return [name for name, each in self._summaries.items() if not each.digest and name not in waiting]

    def write(self, shard: Shard) -> None:
        """Write a folder's shard, which need not be held any longer."""
        self.put(shard)
        if not _says_something(shard):
            return
        data = shard_to_json(shard)
        publish_changed(self.folder, shard_path(shard.name), data)
        self._summaries[shard.name] = replace(self._summaries[shard.name], digest=digest(data))
        self._note_seen(shard)
        journal_of(self.folder).settle(shard.name)
        del self._held[shard.name]

    def in_one_piece(self) -> dict[str, Shard]:
        """Every shard, read back where it was written."""
        self.is_whole = True
        found = {name: self._held.get(name) or self.look(name).shard for name in self._summaries}
        for name, shard in found.items():
            self._summaries[name] = summed_up(shard, "", self._reasons)
        return found

    def seal(self, root: Root) -> None:
        """Write the root, then end the journal: the build is whole."""
        for shard in self._held.values():
            self._note_seen(shard)
        publish_changed(self.folder, MANIFEST_NAME, root_to_json(root))
        for name in root.whole:
            if name:
                self._remove_shard(name)
        journal_of(self.folder).drop()

    def with_shards(self, root: Root) -> Root:
        """`root`, with what is known by now of every folder."""
        used = {key for summary in self._summaries.values() for key in summary.skipped}
        reasons = {key: reason for key, reason in self._reasons.items() if key in used}
        return replace(root, shards=dict(sorted(self._summaries.items())), reasons=reasons)

    def drop_previews(self, wanted: set[str]) -> None:
        """Take away the previews of all assets but those with these digests."""
        paths = {preview_path(sha256) for sha256 in wanted}
        for preview in (self.folder / WORK_FOLDER / "previews").glob("*.webp"):
            path = preview.relative_to(self.folder).as_posix()
            if path not in paths:
                remove(self.folder, path)

    def _forget(self, name: str) -> None:
        """Nothing lies in that folder any more, as far as we know."""
        self._held.pop(name, None)
        before = self._summaries.pop(name, None)
        self.assets -= 0 if before is None else before.assets
        self._saved = {each: shard for each, shard in self._saved.items() if each != name}
        forget_seen(self.folder, [name])
        journal_of(self.folder).settle(name)
        if name and (self.folder / name).is_dir():
            self._remove_shard(name)
            with suppress(OSError):
                (self.folder / name).rmdir()

    def _remove_shard(self, name: str) -> None:
        if looks_like_a_shard(read_bytes(self.folder / shard_path(name))):
            remove(self.folder, shard_path(name))

    def _note_seen(self, shard: Shard) -> None:
        """Read back what was published, so that the next build need not."""
        seen = SeenFiles(self.folder, seen_place(self.folder, shard.name), now=self._clock())
        pages = {path: (None, sha256) for path, sha256 in shard.pages.items()}
        seen.note({**{each.path: (each.bytes, each.sha256) for each in shard.records.values()}, **pages})
        seen.save()

    def _clock(self) -> int | None:
        """What the disk's own clock says, in ns; None where nothing may be written."""
        if not self.is_locked:
            return None
        lock = self.folder / WORK_FOLDER / "lock"
        try:
            os.utime(lock)
            return lock.stat().st_mtime_ns
        except OSError:
            return None


def _says_something(shard: Shard) -> bool:
    return bool(shard.records or shard.skipped or shard.failed)


def _by_folder(records: Iterable[Record]) -> dict[str, Shard]:
    found: dict[str, dict[str, Record]] = {}
    for record in records:
        found.setdefault(shard_of(record.path), {})[record.path] = record
    return {name: Shard(name, assets) for name, assets in found.items()}


def _sound(records: Iterable[Record], seen: SeenFiles, *, within: str) -> dict[str, Record]:
    """Those records whose file lies there with exactly their bytes; the last one wins a path."""
    candidates = [record for record in records if shard_of(record.path) == within]
    wanted: dict[str, list[Record]] = {}
    for record in candidates:
        wanted.setdefault(record.path, []).append(record)
    first = seen.sound({path: (each[-1].bytes, each[-1].sha256) for path, each in wanted.items()})
    older = {path: each[0] for path, each in wanted.items() if path not in first and len(each) > 1}
    second = seen.sound({path: (each.bytes, each.sha256) for path, each in older.items()})
    return {path: wanted[path][-1] if path in first else older[path] for path in sorted({*first, *second})}


def _lost(path: Path) -> Problem:
    return Problem(
        str(path),
        "không còn; những tệp của cơ quan này phải làm lại",
        "is gone; this agency's files are made again",
    )


@contextmanager
def open_shelf(folder: Path) -> Generator[Shelf]:
    """`folder` locked for one build, with what earlier builds left there, finished or killed.

    `OutputError` when the folder can't be written or another build holds it.
    """
    with locked(folder / WORK_FOLDER / "lock"):
        shelf = Shelf(folder, None, is_locked=True)
        shelf.open_root()
        if shelf.is_whole or shelf.was_stopped:
            sweep(folder)
            if (folder / OLD_JOURNAL).exists():
                remove(folder, OLD_JOURNAL)
        else:  # of a large one only what is looked at
            sweep_top(folder)
            sweep(folder / WORK_FOLDER)
        yield shelf


def peek(folder: Path) -> Shelf:
    """What lies in `folder`. Of a damaged manifest all records count that are sound."""
    shelf = Shelf(folder, None)
    shelf.open_root()
    return shelf
