"""`dxassets site`: the campaign's static web site."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dxassets import notation
from dxassets.api.letters import LetterWanted, letter_fill
from dxassets.api.site import SERVERS, SiteReport, SiteWanted, build_site, check_site, make_links
from dxassets.api.site.links import LETTER_TEXT
from dxassets.cli import messages
from dxassets.cli.building import watching
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.progress import shown
from dxassets.cli.speaker import Speaker, problems_to_json
from dxassets.errors import InputError, Problem


def run_site(arguments: Sequence[str], speaker: Speaker) -> int:
    """Build what the site offers, write its pages, and tell how to open it."""
    options = read("site", arguments, speaker)
    out = options.out or "output/site"
    if options.check and options.links:
        raise InputError(Problem("--links", *messages.ONE_JOB))
    if options.check:
        return _check(options.check, out, speaker)
    if options.links:
        return _links(options, speaker)
    for server in options.rules:
        if server not in SERVERS:
            vi, en = messages.BAD_RULES
            raise InputError(Problem("--rules", vi.format(text=server), en.format(text=server)))
    jobs = os.cpu_count() or 1 if options.jobs is None else options.jobs
    if jobs < 1:
        raise InputError(Problem("--jobs", *messages.BAD_JOBS))
    project = open_campaign(options.campaign, speaker)
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
        prerender=tuple(options.prerender),
        sums=None if options.sums is None else Path(options.sums),
    )
    with watching(project, speaker) as observer:
        report = build_site(
            project,
            out,
            wanted=wanted,
            built=options.built or "output",
            jobs=jobs,
            observer=observer,
            rules=options.rules,
        )
    _tell(report, speaker)
    return report.exit_code


def _links(options: Namespace, speaker: Speaker) -> int:
    """Each agency's own link as tables, and a letter to each; tell where they are."""
    project, folder = open_campaign(options.campaign, speaker), Path(options.out or "output/links")
    letter = LetterWanted(
        options.number, None if options.date is None else _date(options.date), options.signer
    )

    def tables_made() -> None:
        if not speaker.as_json:
            speaker.err(speaker.words(messages.LINK_TABLES, folder=folder))

    with shown(speaker.words(messages.LINKING), speaker) as step:
        made = make_links(
            project, folder, address=options.url, agencies=tuple(options.agency), letter=letter,
            tables_made=tables_made, step=step,
        )  # fmt: skip
    for note in made.notices:
        speaker.warning(note)
    for problem in made.failed:
        speaker.problem(problem)
    if speaker.as_json:
        speaker.document(
            {
                "folder": str(folder),
                "agencies": made.agencies,
                "files": [str(file) for file in made.files],
                "failed": problems_to_json(made.failed),
                "notes": problems_to_json(made.notices),
            }
        )
        return made.exit_code
    if made.kept:
        speaker.out(speaker.words(messages.LINKS_KEPT, path=folder / LETTER_TEXT))
    counts = {"agencies": speaker.number(made.agencies), "letters": speaker.number(made.letters)}
    speaker.out(speaker.words(messages.LINKS_DONE, folder=folder.resolve(), **counts))
    return made.exit_code


def _check(place: str, out: str, speaker: Speaker) -> int:
    """Compare what was published with what was built, and tell what differs."""
    report = check_site(place, built=Path(out))
    if speaker.as_json:
        speaker.document(
            {
                "place": report.place,
                "against": report.against,
                "files": report.files,
                "missing": list(report.missing),
                "other": list(report.other),
                "surplus": list(report.surplus),
            }
        )
        return report.exit_code
    lines = ((messages.SITE_MISSING, report.missing), (messages.SITE_OTHER, report.other))
    for text, paths in (*lines, (messages.SITE_SURPLUS, report.surplus)):
        for path in paths:
            speaker.out(speaker.words(text, path=path))
    counts = {
        name: speaker.number(len(paths)) for name, (_, paths) in zip(("missing", "other"), lines, strict=True)
    }
    said = messages.SITE_DIFFERS if report.exit_code else messages.SITE_SAME
    counts = {"files": report.files, "missing": len(report.missing), "other": len(report.other)}
    parts = {name: speaker.number(count) for name, count in counts.items()}
    speaker.out(speaker.words(said, place=report.place, **parts))
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
