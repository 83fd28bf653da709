"""One asset from job to file: render, check, publish. What a worker does; an executor may run it anywhere."""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from dxassets.backends.object_stores import StoredObject
from dxassets.digest import digest
from dxassets.errors import DxassetsError, OutputError, Problem
from dxassets.jobs import AnyJob, Facts, Findings, Rendered
from dxassets.kinds.registry import check, render
from dxassets.resources import PinnedResources, Resources
from dxassets.runners.depot import TOKEN_FILE, Depot
from dxassets.runners.holding import hold, lacking
from dxassets.runners.sameness import Tools, skew
from dxassets.store import (
    AssetSize,
    CodeRecord,
    Journal,
    Record,
    journal_of,
    place_in,
    preview_path,
    publish,
)

MOST_UNPUBLISHED = 4
"""Finished assets that a worker holds while the disk still takes the one before."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Where finished assets go: into `folder`, which workers on this machine share with the builder.

    A worker elsewhere writes into a folder of that name only while it finds the builder's `token` in it;
    else it sends the bytes. It keeps no journal, for lines that two machines append may tear each other.
    """

    folder: Path
    token: str | None = None
    elsewhere: bool = False
    run: str = ""
    """Which run of a build this is: within one, what a process wrote last is known to lie there."""
    depot: Depot | None = None
    """Where a worker elsewhere puts an asset itself, if it can; else its bytes go by the builder."""

    def is_here(self) -> bool:
        """Whether this process sees the builder's own folder."""
        if not self.elsewhere:
            return True
        try:
            return self.token is not None and (self.folder / TOKEN_FILE).read_text("ascii") == self.token
        except (OSError, ValueError):
            return False


@dataclass(frozen=True, slots=True)
class Task:
    """Jobs that one worker makes one after another, what they are made from, and where they go.

    `tools` are the builder's, for a worker elsewhere to compare with its own; `files` are resources by
    their digest, sent to a worker that lacks them.
    """

    jobs: tuple[AnyJob, ...]
    resources: Resources
    delivery: Delivery
    tools: Tools | None = None
    files: Mapping[str, bytes] = field(default_factory=dict[str, bytes], repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: its record, or what was wrong. `stops`: no other job can fare better.

    `data` are the bytes, and `preview` those of its preview, of an asset that its worker could not put down;
    `stored` is what lies in the build's store, if its worker put it there.
    A worker that `refused` must not be believed at all.
    """

    path: str
    record: Record | None = None
    problems: tuple[Problem, ...] = ()
    stops: bool = False
    data: bytes | None = field(default=None, repr=False)
    preview: bytes | None = field(default=None, repr=False)
    refused: bool = False
    stored: StoredObject | None = None


@dataclass(frozen=True, slots=True)
class Lacking:
    """A worker has not made its task: it has no file of these digests."""

    digests: tuple[str, ...]


def make_assets(task: Task) -> list[Outcome] | Lacking:
    """Each job's outcome, in their order; after one that `stops`, no more are tried.

    A worker elsewhere whose tools differ refuses; one that finds the token gone in the middle makes no more.
    """
    refusal = () if task.tools is None else skew(task.tools, where=worker_name())
    if refusal:
        return [Outcome(task.jobs[0].path, None, refusal, refused=True)]
    resources = task.resources
    if isinstance(resources, PinnedResources) and resources.held is not None:
        try:
            held = hold(task.files)
        except DxassetsError as error:
            return [Outcome(task.jobs[0].path, None, error.problems, refused=True)]
        resources = replace(resources, held=held)
        missing = lacking(held, resources.pins.values())
        if missing:
            return Lacking(missing)
    delivery = task.delivery
    bench = Bench(
        resources,
        delivery.folder if delivery.is_here() else None,
        delivery.is_here,
        journals=not delivery.elsewhere,
        run=delivery.run,
        depot=delivery.depot,
    )
    return [outcome for outcome in _made(task, bench) if outcome is not None]


def _made(task: Task, bench: Bench) -> Iterator[Outcome | None]:
    """What became of each job, and None for one that was drawn, but not published any more."""
    if len(task.jobs) == 1:
        yield _put(_draw(task.jobs[0], bench), bench)
        return
    writes_here = bench.folder is not None
    put: deque[Future[Outcome | None]] = deque()
    with ThreadPoolExecutor(1) as publisher:
        for job in task.jobs:
            if bench.is_stopped or (writes_here and not bench.may_write()):
                break  # the build has ended
            put.append(publisher.submit(_put, _draw(job, bench), bench))
            if len(put) > MOST_UNPUBLISHED:
                yield put.popleft().result()
    yield from (each.result() for each in put)


def worker_name() -> str:
    """What a worker is called in messages: its machine and process."""
    return f"{socket.gethostname()}:{os.getpid()}"


@dataclass
class Bench:
    """Where a worker makes its jobs; the last asset stays on it for the next agency that wants the same.

    Without a `folder`, or where it `may_write` there no more, it hands over bytes.
    """

    resources: Resources
    folder: Path | None
    may_write: Callable[[], bool] = lambda: True
    """Whether the build still goes on: asked once more when an asset is drawn."""
    journals: bool = True
    run: str = ""
    depot: Depot | None = None
    is_stopped: bool = False
    """Whether a job `stops` all others."""
    _last: tuple[str, Rendered, Findings] | None = None

    def make(self, job: AnyJob) -> tuple[Rendered, Findings]:
        """The finished and checked bytes of `job`."""
        if self._last is not None and self._last[0] == job.key:  # frames and codes name no agency
            return self._last[1], self._last[2]
        rendered = render(job, self.resources)
        findings = check(job, rendered)
        self._last = (job.key, rendered, findings)
        return rendered, findings


_WRITTEN: dict[str, tuple[str, str]] = {}
"""The run under way, with the digest and the path of what this process wrote last in it."""


def _twin(run: str, record: Record) -> str | None:
    """The path of the file that was written last, if it holds the same bytes: sizes without a name do."""
    sha256, path = _WRITTEN.get(run, ("", ""))
    return path if sha256 == record.sha256 else None


def _note_written(run: str, record: Record) -> None:
    """Remember it for the next; of other runs nothing is known."""
    _WRITTEN.clear()
    if run:
        _WRITTEN[run] = record.sha256, record.path


@dataclass(frozen=True, slots=True)
class _Unpublished:
    """An asset that is finished, and lies nowhere yet."""

    record: Record
    data: bytes
    preview: bytes | None

    @property
    def path(self) -> str:
        """Where it will lie."""
        return self.record.path


def _draw(job: AnyJob, bench: Bench) -> _Unpublished | Outcome:
    """Render and check one job. One asset's failure is an outcome, never an exception."""
    try:
        rendered, findings = bench.make(job)
        preview = None if rendered.preview is None else rendered.preview()
        return _Unpublished(record_of(job, rendered, findings), rendered.data, preview)
    except Exception as error:  # noqa: BLE001  (told by name; one asset must not stop the others)
        return _failed(job.path, error)


def _put(drawn: _Unpublished | Outcome, bench: Bench) -> Outcome | None:
    """Publish what was drawn. While the disk takes its time to hold a file, the next is drawn."""
    if bench.is_stopped:
        return None
    try:
        outcome = drawn if isinstance(drawn, Outcome) else _published(drawn, bench)
    except Exception as error:  # noqa: BLE001  (as above)
        outcome = _failed(drawn.path, error)
    bench.is_stopped = outcome.stops
    return outcome


def _published(drawn: _Unpublished, bench: Bench) -> Outcome:
    record = drawn.record
    stored = None if bench.depot is None else bench.depot.put(record, drawn.data)
    if bench.folder is None or not bench.may_write():
        sent = None if stored else drawn.data
        return Outcome(record.path, record, data=sent, preview=drawn.preview, stored=stored)
    put_down(
        record,
        drawn.data,
        preview=drawn.preview,
        folder=bench.folder,
        journal=journal_of(bench.folder) if bench.journals else None,
        twin=_twin(bench.run, record),
    )
    _note_written(bench.run, record)
    return Outcome(record.path, record, stored=stored)


def _failed(path: str, error: Exception) -> Outcome:
    problems = error.problems if isinstance(error, DxassetsError) else (unexpected(error),)
    return Outcome(path, None, problems, stops=isinstance(error, OutputError))


def put_down(
    record: Record,
    data: bytes,
    *,
    preview: bytes | None,
    folder: Path,
    journal: Journal | None,
    twin: str | None = None,
) -> None:
    """An asset's preview, its line in the journal, then its file: in that order, each whole.

    `twin` is a file in `folder` that has just been written with the same bytes.
    """
    if preview is not None:
        publish(folder, preview_path(record.sha256), preview)
    if journal is not None:
        journal.append(record)
    publish(folder, record.path, data, twin=twin)


def is_proven(record: Record, data: bytes | None, folder: Path) -> bool:
    """Whether an asset is what its record says: the bytes that were sent, or the file in `folder`."""
    if data is None:
        try:
            data = place_in(folder, record.path).read_bytes()
        except OSError:
            return False
    return len(data) == record.bytes and digest(data) == record.sha256


def record_of(job: AnyJob, rendered: Rendered, findings: Findings) -> Record:
    """What the manifest says of a finished asset."""
    facts = rendered.facts
    return Record(
        path=job.path,
        kind=job.kind,
        preset=job.preset,
        theme=job.theme,
        day=job.day,
        agency=job.agency,
        title=job.title,
        size=_size(facts),
        bytes=len(rendered.data),
        sha256=digest(rendered.data),
        media_type=rendered.media_type,
        alt=rendered.alt or job.alt,
        codes=_codes(facts, findings),
        least_contrast=None if findings.least_contrast is None else round(findings.least_contrast, 2),
        inputs=dict(job.inputs),
        key=job.key,
        notes=facts.notes,
    )


def _size(facts: Facts) -> AssetSize | None:
    """The size in px or mm; None for a text, which has neither."""
    if facts.mode == "text":
        return None
    return AssetSize(_number(facts.width), _number(facts.height), facts.unit)


def _codes(facts: Facts, findings: Findings) -> tuple[CodeRecord, ...]:
    """The codes that were read back, each with its module: px on a screen, mm on paper."""
    on_screen = facts.unit == "px"
    found: list[CodeRecord] = []
    for payload, side in sorted(set(findings.decoded)):
        module = round(side, 3) or None  # a Word file's codes stand where Word puts them
        found.append(CodeRecord(payload, module if on_screen else None, None if on_screen else module))
    return tuple(found)


def _number(length: float) -> int | float:
    return int(length) if length == int(length) else round(length, 3)


def unexpected(error: Exception) -> Problem:
    """An error that nobody foresaw, on one line; a programmer finds the place by its type and words."""
    told: Sequence[str] = str(error).splitlines() or [""]
    message = f"{type(error).__name__}: {told[0]}"
    return Problem("", f"lỗi chưa lường trước ({message})", f"unexpected error ({message})")
