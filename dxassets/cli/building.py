"""`dxassets build`."""

from __future__ import annotations

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import partial

from dxassets.api import (
    Observer,
    Preview,
    Progress,
    Project,
    Report,
    Wanted,
    build,
    preview,
    with_logo,
)
from dxassets.cli import messages, progress
from dxassets.cli.catalog import Text
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.scene import with_scene_asked
from dxassets.cli.speaker import Speaker, problems_to_json
from dxassets.errors import InputError, Problem
from dxassets.jobs import Skip


def run_build(arguments: Sequence[str], speaker: Speaker) -> int:
    """Build what is asked for, and tell what became of it."""
    options = read("build", arguments, speaker)
    wanted = Wanted(
        agencies=tuple(options.agency),
        all_agencies=options.all_agencies,
        agency_names=tuple(options.agency_name),
        days=tuple(options.day),
        themes=tuple(options.theme),
        presets=tuple(options.preset),
        sizes=tuple(options.size),
        kinds=tuple(options.kind),
        formats=tuple(options.format),
        debug=options.debug,
        split_annex=options.split_annex,
        marks=options.marks,
        proof=options.proof,
        scale=1 if options.scale is None else options.scale,
    )
    jobs = _jobs(options.jobs, cluster=options.cluster)
    project = with_logo(open_campaign(options.campaign, speaker), options.logo)
    project = with_scene_asked(project, options)
    out = options.out or "output"
    if options.dry_run:
        return _tell_preview(preview(project, wanted, out=out, force=options.force), speaker)
    with watching(project, speaker) as observer:
        report = build(
            project,
            wanted,
            out=out,
            jobs=jobs,
            force=options.force,
            prune=options.prune,
            executor=options.cluster,
            observer=observer,
        )
    _tell_report(report, speaker)
    return report.exit_code


def _jobs(asked: int | None, *, cluster: str | None) -> int | None:
    """How many processes work; None where a cluster says it."""
    if cluster is not None:
        if asked is not None:
            raise InputError(Problem("--jobs", *messages.JOBS_OF_CLUSTER))
        return None
    jobs = os.cpu_count() or 1 if asked is None else asked
    if jobs < 1:
        raise InputError(Problem("--jobs", *messages.BAD_JOBS))
    return jobs


@contextmanager
def watching(project: Project, speaker: Speaker) -> Generator[Observer | None]:
    """Shows progress while the body builds."""
    with progress.shown(speaker.words(messages.BUILDING, title=project.campaign.id), speaker) as step:
        yield None if step is None else partial(_tell_step, step)


def _tell_step(step: progress.Step, told: Progress) -> None:
    outcome = told.outcome
    step(told.done, told.total, outcome.path, outcome.problems if outcome.record is None else ())


def _tell_report(report: Report, speaker: Speaker) -> None:
    """The end of a build: what became of all assets, and where to look. Failures were told as they came."""
    if speaker.as_json:
        speaker.document(
            {
                "folder": str(report.folder),
                "made": list(report.made),
                "up_to_date": list(report.up_to_date),
                "skipped": [_skip_to_json(skip) for skip in report.skipped],
                "failed": [
                    {"path": failure.path, "problems": problems_to_json(failure.problems)}
                    for failure in report.failed
                ],
                "without_logo": list(report.without_logo),
                "without_name": list(report.without_name),
                "without_scene": list(report.without_scene),
                "coarse_scene": list(report.coarse_scene),
                "left": list(report.left),
                "pruned": list(report.pruned),
                "notes": problems_to_json(report.notes),
                "seconds": round(report.seconds, 3),
                "index": str(report.index),
                "manifest": str(report.manifest),
                "store": report.store,
                "sent": report.sent,
            }
        )
        return
    for note in report.notes:
        speaker.warning(note)
    _tell_skips(report.skipped, speaker)
    _tell_paths(messages.WITHOUT_LOGO, report.without_logo, speaker)
    _tell_paths(messages.WITHOUT_NAME, report.without_name, speaker)
    _tell_paths(messages.WITHOUT_SCENE, report.without_scene, speaker)
    _tell_paths(messages.COARSE_SCENE, report.coarse_scene, speaker)
    _tell_paths(messages.LEFT, report.left, speaker)
    _tell_paths(messages.PRUNED, report.pruned, speaker)
    speaker.out(
        speaker.words(
            messages.DONE,
            made=speaker.number(len(report.made)),
            current=speaker.number(len(report.up_to_date)),
            skipped=speaker.number(len(report.skipped)),
            failed=speaker.number(len(report.failed)),
            seconds=speaker.number(report.seconds, places=1),
        )
    )
    if report.store is not None:
        sent = speaker.number(report.sent)
        speaker.out(speaker.words(messages.STORED, store=report.store, sent=sent, folder=report.folder))
    speaker.out(speaker.words(messages.INDEX, path=report.index))


def _tell_paths(text: Text, paths: Sequence[str], speaker: Speaker) -> None:
    """A line about some assets, if there are any: the first by name, the others by number."""
    if paths:
        rest = len(paths) - 3
        more = f" (+{speaker.number(rest)})" if rest > 0 else ""
        speaker.out(speaker.words(text, paths=", ".join(paths[:3]) + more, count=speaker.number(len(paths))))


def _tell_skips(skipped: Sequence[Skip], speaker: Speaker) -> None:
    """Each reason once, with the files that it concerns."""
    by_reason: dict[str, list[str]] = {}
    for skip in skipped:
        by_reason.setdefault(_reason(skip, speaker), []).append(skip.path)
    for reason, paths in by_reason.items():
        told = ", ".join(paths[:3]) + (f" (+{len(paths) - 3})" if len(paths) > 3 else "")
        speaker.out(speaker.words(messages.SKIPPED, paths=told, reason=reason))


def _reason(skip: Skip, speaker: Speaker) -> str:
    return speaker.located(Problem("", skip.reason_vi, skip.reason_en)).line(speaker.lang)


def _skip_to_json(skip: Skip) -> dict[str, str]:
    return {"path": skip.path, "kind": skip.kind, "reason_vi": skip.reason_vi, "reason_en": skip.reason_en}


def _tell_preview(found: Preview, speaker: Speaker) -> int:
    """What a build would do."""
    if speaker.as_json:
        speaker.document(
            {
                "to_make": list(found.to_make),
                "up_to_date": list(found.up_to_date),
                "skipped": [_skip_to_json(skip) for skip in found.skipped],
                "left": list(found.left),
            }
        )
        return 0
    for path in found.to_make:
        speaker.out(speaker.words(messages.WOULD_MAKE, path=path))
    for path in found.up_to_date:
        speaker.out(speaker.words(messages.WOULD_KEEP, path=path))
    for skip in found.skipped:
        speaker.out(speaker.words(messages.WOULD_SKIP, path=skip.path, reason=_reason(skip, speaker)))
    counts = {
        "made": speaker.number(len(found.to_make)),
        "current": speaker.number(len(found.up_to_date)),
        "skipped": speaker.number(len(found.skipped)),
    }
    _tell_paths(messages.LEFT, found.left, speaker)
    speaker.out(speaker.words(messages.WOULD_TOTAL, **counts))
    return 0
