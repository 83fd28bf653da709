"""`dxassets site`: the campaign's static web site."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date

from dxassets import notation
from dxassets.api import load_campaign
from dxassets.api.letters import letter_fill
from dxassets.api.site import SiteReport, SiteWanted, build_site
from dxassets.cli import messages
from dxassets.cli.building import watching
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker, problems_to_json
from dxassets.errors import InputError, Problem


def run_site(arguments: Sequence[str], speaker: Speaker) -> int:
    """Build what the site offers, write its pages, and tell how to open it."""
    options = read("site", arguments, speaker)
    jobs = os.cpu_count() or 1 if options.jobs is None else options.jobs
    if jobs < 1:
        raise InputError(Problem("--jobs", *messages.BAD_JOBS))
    project = load_campaign(options.campaign)
    wanted = SiteWanted(
        agencies=tuple(options.agency),
        days=tuple(options.day),
        themes=tuple(options.theme),
        presets=tuple(options.preset),
        letter=letter_fill(
            project,
            number=options.number,
            issued=None if options.date is None else _date(options.date),
            signer=options.signer,
        ),
        address=options.url,
    )
    with watching(project, speaker) as observer:
        report = build_site(
            project,
            options.out or "output/site",
            wanted=wanted,
            built=options.built or "output",
            jobs=jobs,
            observer=observer,
        )
    _tell(report, speaker)
    return report.exit_code


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        vi, en = messages.BAD_DATE
        raise InputError(Problem("--date", vi.format(text=text), en.format(text=text))) from error


def _tell(report: SiteReport, speaker: Speaker) -> None:
    """What the site holds, and where to look."""
    if speaker.as_json:
        speaker.document(
            {
                "folder": str(report.folder),
                "index": str(report.index),
                "agencies": report.agencies,
                "banners": report.banners,
                "files": report.files,
                "bytes": report.bytes,
                "removed": report.removed,
                "built": report.built,
                "failed": [
                    {"path": failure.path, "problems": problems_to_json(failure.problems)}
                    for failure in report.failed
                ],
                "notes": problems_to_json(report.notes),
                "seconds": round(report.seconds, 3),
            }
        )
        return
    for note in report.notes:
        speaker.warning(note)
    speaker.out(
        speaker.words(
            messages.SITE_DONE,
            banners=speaker.number(report.banners),
            agencies=speaker.number(report.agencies),
            files=speaker.number(report.files),
            size=notation.weight(report.bytes, speaker.lang),
            built=speaker.number(report.built),
            failed=speaker.number(len(report.failed)),
            seconds=speaker.number(report.seconds, places=1),
        )
    )
    speaker.out(speaker.words(messages.SITE_OPEN, path=report.index.resolve()))
