"""One asset from job to file: render, check, publish. What a worker does; an executor may run it anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dxassets.digest import digest
from dxassets.errors import DxassetsError, OutputError, Problem
from dxassets.jobs import AnyJob, Facts, Findings, Rendered
from dxassets.kinds.registry import check, render
from dxassets.resources import Resources
from dxassets.store import AssetSize, CodeRecord, Journal, Record, journal_of, preview_path, publish


@dataclass(frozen=True, slots=True)
class Task:
    """Jobs that one worker makes one after another, and where they go."""

    jobs: tuple[AnyJob, ...]
    resources: Resources
    folder: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: its record, or what was wrong. `stops`: no other job can fare better."""

    path: str
    record: Record | None = None
    problems: tuple[Problem, ...] = ()
    stops: bool = False


def make_assets(task: Task) -> list[Outcome]:
    """Each job's outcome, in their order; after one that `stops`, no more are tried."""
    bench = Bench(task.resources, task.folder, journal_of(task.folder))
    outcomes: list[Outcome] = []
    for job in task.jobs:
        outcomes.append(make_asset(job, bench))
        if outcomes[-1].stops:
            break
    return outcomes


@dataclass
class Bench:
    """Where a worker makes its jobs; the last asset stays on it for the next agency that wants the same."""

    resources: Resources
    folder: Path
    journal: Journal
    _last: tuple[str, Rendered, Findings] | None = None

    def make(self, job: AnyJob) -> tuple[Rendered, Findings]:
        """The finished and checked bytes of `job`."""
        if self._last is not None and self._last[0] == job.key:  # frames and codes name no agency
            return self._last[1], self._last[2]
        rendered = render(job, self.resources)
        findings = check(job, rendered)
        self._last = (job.key, rendered, findings)
        return rendered, findings


def make_asset(job: AnyJob, bench: Bench) -> Outcome:
    """Render, check and publish one job. One asset's failure is an outcome, never an exception."""
    try:
        rendered, findings = bench.make(job)
        record = record_of(job, rendered, findings)
        if rendered.preview is not None:
            publish(bench.folder, preview_path(record.sha256), rendered.preview())
        bench.journal.append(record)
        publish(bench.folder, job.path, rendered.data)
    except DxassetsError as error:
        return Outcome(job.path, None, error.problems, stops=isinstance(error, OutputError))
    except Exception as error:  # noqa: BLE001  (told by name; one asset must not stop the others)
        return Outcome(job.path, None, (unexpected(error),))
    return Outcome(job.path, record)


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
