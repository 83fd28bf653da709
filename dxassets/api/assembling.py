"""Takes a plan through an output folder: what is to do, what became of it, and the seal.

Folder by folder: each is looked at, its jobs are handed out, and when the last of them is known its shard is
put on the shelf. So what is held in memory is a few agencies, however many there are.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from dxassets.api.index_cards import SHOWN_AS_THEY_ARE
from dxassets.api.index_page import IndexDesk
from dxassets.api.left_lying import folders_of, is_narrow, of_gone_office, unnamed
from dxassets.api.planning import MOST_HELD, PlanPart, PlanStream
from dxassets.api.shard_writing import ShardWriter
from dxassets.errors import Problem
from dxassets.file_names import file_part
from dxassets.jobs import AnyJob, Skip
from dxassets.planner import tools
from dxassets.project import Project
from dxassets.runners import Outcome
from dxassets.store import (
    CampaignName,
    Reason,
    Record,
    Root,
    Shard,
    Shelf,
    SkipRecord,
    shard_of,
)

_MOST_WAITING = 64
"""Folders that have ended and wait until there is time to put them in order."""


@dataclass(frozen=True, slots=True)
class Folder:
    """One agency's folder: the shard that lies there, the jobs to do, and what is no longer named."""

    shard: Shard
    planned: Mapping[str, str]
    """The keys of all that is planned there, by path."""
    todo: tuple[AnyJob, ...]
    skipped: tuple[SkipRecord, ...]
    unnamed: tuple[str, ...]
    failed: tuple[SkipRecord, ...]
    """What could not be made before, and is not planned now."""
    is_settled: bool
    """Whether nothing is to do here, not even to write down."""

    def current(self) -> list[str]:
        """The paths of what is planned and needs nothing."""
        waiting = {job.path for job in self.todo}
        return [path for path in self.planned if path not in waiting]


@dataclass
class _Open:
    """A folder whose jobs are under way."""

    folder: Folder
    waiting: int
    made: dict[str, Record] = field(default_factory=dict[str, Record])
    failed: dict[str, SkipRecord] = field(default_factory=dict[str, SkipRecord])


class Assembly:
    """One build in one folder."""

    def __init__(
        self, project: Project, stream: PlanStream, shelf: Shelf, *, force: bool = False, prune: bool = False
    ) -> None:
        self._project, self._stream, self._shelf = project, stream, shelf
        self._force, self._prune = force, prune
        self._desk = IndexDesk(project, shelf.folder)
        self._writer = ShardWriter(shelf, self._desk)
        self._open: dict[str, _Open] = {}
        self._ended: deque[str] = deque()
        self._judged: dict[str, Folder] = {}
        self._held = 0
        self._to_open: set[int] = set()
        self._changed: set[str] = set()
        self._previews: set[str] = set()
        self._is_narrow = is_narrow(stream.wishes)
        self._complete = self._was_whole = False
        self._seen: set[str] = set()
        self.current: list[str] = []
        self.skipped: list[Skip] = []
        self.left: list[str] = []
        self.pruned: list[str] = []
        self.total = 0

    # --- what is to do

    def survey(self, tell: Callable[[AnyJob], None] | None = None) -> None:
        """Look at every folder that is wanted; `tell` hears of each job to do. `InputError` of the plan."""
        seen: set[str] = set()
        for at, part in enumerate(self._stream.parts()):
            self.skipped += part.skipped
            for name, folder in self._folders(part):
                seen.add(name)
                self.current += folder.current()
                self.total += len(folder.todo)
                if tell is not None:
                    for job in folder.todo:
                        tell(job)
                if not self._prune:
                    self.left += folder.unnamed
                if not folder.is_settled:
                    self._to_open.add(at)
                self._keep(name, folder)
        self._look_beside(seen)
        self._seen = seen
        self._was_whole = self._shelf.is_whole
        self._complete = seen >= set(self._shelf.summaries())

    def _keep(self, name: str, folder: Folder) -> None:
        """Remember what was found, while that is little; else it is looked up again."""
        self._held += 1 + len(folder.shard.records) + len(folder.todo)
        self._previews.update(_previewed(folder.shard.records.values()))
        if self._held <= MOST_HELD:
            self._judged[name] = folder

    def _look_beside(self, seen: set[str]) -> None:
        """Folders that nobody asked for: whole in a manifest of one piece; those of no office are told."""
        gone = set(self._shelf.names()) - folders_of(self._project) - seen - {""}
        for name in sorted(gone):
            if not self._prune:
                self.left.append(f"{name}/")
        if self._shelf.is_whole:
            for name in self._shelf.names():
                if name not in seen:
                    lying = self._shelf.keep_looked_at(name)
                    self._previews.update(_previewed(lying.shard.records.values()))
                    if not lying.intact:
                        self._changed.add(name)

    def _folders(self, part: PlanPart) -> Iterator[tuple[str, Folder]]:
        """The folders of a part, each with what is planned there."""
        jobs: dict[str, list[AnyJob]] = {name: [] for name in sorted(part.folders)}
        skips: dict[str, list[Skip]] = {}
        for job in part.jobs:
            jobs.setdefault(shard_of(job.path), []).append(job)
        for skip in part.skipped:
            skips.setdefault(shard_of(skip.path), []).append(skip)
            jobs.setdefault(shard_of(skip.path), [])
        for name, planned in jobs.items():
            known = self._judged.get(name)
            yield name, known or self._judge(name, planned, skips.get(name, []), whole=name in part.folders)

    def _judge(self, name: str, jobs: list[AnyJob], skips: list[Skip], *, whole: bool) -> Folder:
        """What a folder's shard says, and what the plan says, side by side."""
        is_whole = self._shelf.is_whole
        lying = self._shelf.keep_looked_at(name) if is_whole else self._shelf.look(name)
        shard, planned = lying.shard, {job.path: job.key for job in jobs}
        todo = tuple(job for job in jobs if self._force or not _is_current(shard.records, job))
        settled = shard.records.keys() | planned.keys()
        is_all = whole and not self._is_narrow  # what failed before and is not planned now is past then
        skipped = {skip.path: skip for skip in shard.skipped if not is_all and skip.path not in settled}
        for skip in skips:
            skipped[skip.path] = SkipRecord(skip.path, skip.kind, skip.reason_vi, skip.reason_en)
        beside = [each for path, each in shard.records.items() if path not in planned and path not in skipped]
        unwanted: list[Record] = []
        if beside and whole and (self._prune or not self._is_narrow):
            unwanted = unnamed(self._project, beside)
        kept_skips = tuple(skipped[path] for path in sorted(skipped))
        past = tuple(
            each
            for each in shard.failed
            if not is_all and each.path not in planned and each.path not in skipped
        )
        is_settled = (
            lying.intact
            and not (todo or past != shard.failed or (unwanted and self._prune))
            and kept_skips == shard.skipped
            and not any(skip.path in shard.records for skip in skips)
            and (is_whole or shard.pages_key == self._desk.key_of(name))
        )
        return Folder(
            shard,
            planned,
            todo,
            kept_skips,
            tuple(each.path for each in unwanted),
            past,
            is_settled=is_settled,
        )

    # --- what becomes of it

    def jobs(self) -> Iterator[AnyJob]:
        """The jobs to do, folder by folder; a folder without any is put in order as it comes by."""
        if self._to_open:
            self._shelf.begin()
            self._writer.expect(self.total)
        for at, part in enumerate(self._stream.parts() if self._to_open else ()):
            if at not in self._to_open:
                continue
            todo: list[AnyJob] = []
            for name, folder in self._folders(part):
                self._judged.pop(name, None)
                if folder.is_settled:
                    continue
                self._open[name] = _Open(folder, len(folder.todo))
                todo += folder.todo
                if not folder.todo:
                    self._close(name)
            yield from todo

    def note(self, outcome: Outcome) -> None:
        """Write down what became of a job; with the last one of its folder, the folder is to be closed."""
        name = shard_of(outcome.path)
        work = self._open[name]
        if outcome.record is not None:
            work.made[outcome.path] = outcome.record
        else:
            vi, en = _told(outcome.problems)
            kind = next((job.kind for job in work.folder.todo if job.path == outcome.path), "")
            work.failed[outcome.path] = SkipRecord(outcome.path, kind, vi, en)
        work.waiting -= 1
        if work.waiting == 0:
            self._ended.append(name)
            while len(self._ended) + len(self._writer) > _MOST_WAITING:
                self.put_in_order()

    def put_in_order(self) -> bool:
        """Close a folder that has ended, or write what is known of one; False where nothing waits."""
        if self._ended:
            self._close(self._ended.popleft())
            return True
        return self._writer.write_one()

    def _close(self, name: str) -> None:
        """Put the folder's shard on the shelf.

        An older asset that failed or is skipped this time says something that is no longer so; it is taken
        away.
        """
        work = self._open.pop(name)
        folder, records = work.folder, dict(work.folder.shard.records)
        outdated = {*work.failed, *(skip.path for skip in folder.skipped)}
        for path in outdated & records.keys():
            if records[path].key != folder.planned.get(path):
                self._shelf.discard(path)
                del records[path]
        for path in folder.unnamed if self._prune else ():
            self._shelf.discard(path)
            self.pruned.append(path)
            del records[path]
        records.update(work.made)
        self._previews.update(_previewed(work.made.values()))
        failed = {each.path: each for each in folder.failed} | work.failed
        self._changed.add(name)
        self._writer.put(
            replace(
                folder.shard,
                records={path: records[path] for path in sorted(records)},
                skipped=folder.skipped,
                failed=tuple(failed[path] for path in sorted(failed)),
            )
        )

    # --- the seal

    def seal(self, unserved: Iterable[tuple[str, tuple[Problem, ...]]]) -> Root:
        """Prune, write the index and the manifest."""
        shelf = self._shelf
        while self.put_in_order():
            pass
        if self._prune:
            self._prune_folders()
        for name in [] if shelf.is_whole else shelf.unwritten():
            self._writer.put(shelf.look(name).shard)
        root = self._root(dict(unserved))
        root = self._in_shards(root) if self._writer.is_large else self._in_one_piece(root)
        shelf.seal(root)
        if self._complete or self._was_whole:
            shelf.drop_previews(self._previews)
        return root

    def _root(self, unserved: Mapping[str, tuple[Problem, ...]]) -> Root:
        before, offices = self._shelf.root, {office.id for office in self._project.campaign.offices}
        older: Mapping[str, Reason] = {} if before is None else before.unserved
        told = {
            agency: reason
            for agency, reason in older.items()
            if agency in offices and agency not in self._stream.agencies
        }
        told.update((agency, _told(problems)) for agency, problems in unserved.items())
        campaign = self._project.campaign
        return Root(
            CampaignName(campaign.id, campaign.title),
            self._project.input_digests(),
            dict(tools()),
            unserved=dict(sorted(told.items())),
        )

    def _in_shards(self, root: Root) -> Root:
        self._writer.write_all()
        top = {shard.name: shard for shard in self._shelf.held()}
        root = replace(self._shelf.with_shards(root), whole=top)
        key, before = self._desk.front_key(root), self._shelf.root
        if before is not None and before.pages_key == key and self._desk.is_there(before.pages):
            return replace(root, pages=before.pages, pages_key=key)
        self._shelf.begin()
        return replace(self._desk.with_front(replace(root, pages=_pages_of(before))), pages_key=key)

    def _in_one_piece(self, root: Root) -> Root:
        """All shards inside the root, and all assets on one page if that is enough."""
        shelf, before = self._shelf, self._shelf.root
        old = _pages_of(before)
        shards = shelf.in_one_piece()
        root = self._shelf.with_shards(root)
        single = self._on_one_page(root, shards)
        if single is not None:
            return single
        whole = {name: self._paged(shard) for name, shard in shards.items()}
        root = replace(root, whole=whole, pages=old)
        key = self._desk.front_key(root)
        if before is not None and before.pages_key == key and self._desk.is_there(old):
            return replace(root, pages_key=key)
        shelf.begin()
        return replace(self._desk.with_front(root), pages_key=key)

    def _on_one_page(self, root: Root, shards: Mapping[str, Shard]) -> Root | None:
        """The root with its only page; None where one is not enough."""
        before = self._shelf.root
        bare = {name: replace(shard, pages={}, pages_key="") for name, shard in shards.items()}
        root = replace(root, whole=bare, pages=_pages_of(before))
        if not self._desk.is_small(root):
            return None
        key = self._desk.key_of_one_page(root)
        if before is not None and before.pages_key == key and self._desk.is_there(root.pages):
            return replace(root, pages_key=key)
        self._shelf.begin()
        single = self._desk.on_one_page(root)
        if single is None:
            return None
        for shard in shards.values():
            self._desk.without_pages(shard)
        return replace(single, pages_key=key)

    def _paged(self, shard: Shard) -> Shard:
        """The shard with its pages, which are written where anything may have changed."""
        if shard.name not in self._changed and shard.pages_key == self._desk.key_of(shard.name):
            return shard
        self._shelf.begin()
        return self._desk.with_pages(shard)

    def _prune_folders(self) -> None:
        """Take away what we made for offices that there are no longer, where nothing is planned."""
        asked = {file_part(agency) for agency in self._stream.agencies} | self._seen
        for name in sorted(set(self._shelf.names()) - folders_of(self._project) - asked - {""}):
            self._shelf.begin()
            shard = self._shelf.look(name).shard
            for record in of_gone_office(name, shard.records.values()):
                self._shelf.discard(record.path)
                self.pruned.append(record.path)
            kept = {path: each for path, each in shard.records.items() if path not in self.pruned}
            self._desk.without_pages(shard)
            self._shelf.put(Shard(name, kept))
            self._changed.add(name)


def _pages_of(root: Root | None) -> Mapping[str, str]:
    return {} if root is None else root.pages


def _is_current(records: Mapping[str, Record], job: AnyJob) -> bool:
    record = records.get(job.path)
    return record is not None and record.key == job.key


def _told(problems: Iterable[Problem]) -> Reason:
    """Problems as one reason; where each of them is, stands in front of it."""
    found = list(problems)
    return "; ".join(each.line("vi") for each in found), "; ".join(each.line("en") for each in found)


def _previewed(records: Iterable[Record]) -> Iterator[str]:
    """The digests of those that may have a preview: all that a browser does not show."""
    return (record.sha256 for record in records if record.media_type not in SHOWN_AS_THEY_ARE)
