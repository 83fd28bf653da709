"""`dxassets frame`: photos in an avatar frame."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from dxassets.api import (
    FramedPhoto,
    FramesObserver,
    FramesProgress,
    FramesReport,
    FrameWanted,
    draw_frame,
    frame_photos,
    report_to_json,
)
from dxassets.api.framing.looking import kind_of
from dxassets.cli import messages, progress
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker
from dxassets.cli.streams import STREAM, receive, refuse_terminal, send
from dxassets.errors import InputError, Problem
from dxassets.kinds import commands
from dxassets.resources import bundled_campaigns, holds_campaign
from dxassets.runners.photos import LARGEST_FILE


def run_frame(arguments: Sequence[str], speaker: Speaker) -> int:
    """Frame one photo, or all of a folder, and tell what became of them."""
    options = read(commands.FRAME, arguments, speaker)
    usual = FrameWanted()
    wanted = FrameWanted(
        day=options.day,
        theme=options.theme,
        style=options.style,
        agency=options.agency,
        size=usual.size if options.size is None else options.size,
        focus=usual.focus if options.focus is None else options.focus,
        zoom=_number("--zoom", options.zoom),
        rotate=_number("--rotate", options.rotate) or 0.0,
        circle=options.circle,
        format=(usual.format if options.format is None else options.format).lower(),
        ground=usual.ground if options.ground is None else options.ground,
        fit=usual.fit if options.fit is None else options.fit,
        surround=usual.surround if options.surround is None else options.surround,
        turn=not options.no_turn,
        frame=options.frame,
    )
    jobs = os.cpu_count() or 1 if options.jobs is None else options.jobs
    if jobs < 1:
        raise InputError(Problem("--jobs", *messages.BAD_JOBS))
    if not options.out.strip():  # as when a script's variable is not set
        raise InputError(Problem("--out", *messages.NO_FOLDER))
    _refuse_campaigns(options.photos)
    if STREAM in {options.out, *options.photos}:
        return _stream(options, wanted, speaker)
    with _observer(speaker) as observer:
        report = frame_photos(
            open_campaign(options.campaign, speaker),
            options.photos,
            out=options.out,
            wanted=wanted,
            jobs=jobs,
            preview=options.preview,
            corrections=options.corrections,
            lang=speaker.lang,
            observer=observer,
        )
    if not speaker.as_json:
        _warn_of_white_corners(wanted, speaker)
    _tell(report, speaker)
    return report.exit_code


def _stream(options: Namespace, wanted: FrameWanted, speaker: Speaker) -> int:
    """One photo to standard output, maybe from standard input, and what deserves a look to stderr."""
    (photo, *more) = options.photos
    problems = [
        *([Problem(STREAM, *messages.PHOTO_WITHOUT_NAME)] if options.out != STREAM else []),
        *([Problem("-o", *messages.ONE_PHOTO)] if more or kind_of(Path(photo)) == "folder" else []),
        *(
            Problem(f"--{name}", *messages.NOT_WITH_STREAM)
            for name in ("json", "preview", "corrections")
            if getattr(options, name)
        ),
    ]
    if problems:
        raise InputError(*problems[:1])
    refuse_terminal(wanted.format)
    data = receive(LARGEST_FILE) if photo == STREAM else Path(photo)
    made = draw_frame(open_campaign(options.campaign, speaker), data, wanted=wanted)
    send(made.data)
    _warn_of_white_corners(wanted, speaker)
    for note in made.notes:
        speaker.warning(note)
    return 0


def _warn_of_white_corners(wanted: FrameWanted, speaker: Speaker) -> None:
    if wanted.circle and wanted.format in {"jpg", "jpeg"}:
        speaker.warning(Problem("--circle", *messages.CIRCLE_JPG))


def _refuse_campaigns(places: Sequence[str]) -> None:
    """This command begins with photos: a campaign among them is a slip, and its logos are no photos."""
    bundled = bundled_campaigns()
    found = [
        place
        for place in places
        if holds_campaign(Path(place)) or (place in bundled and kind_of(Path(place)) == "nothing")
    ]
    if found:
        raise InputError(*(Problem(place, *messages.CAMPAIGN_AS_PHOTO) for place in found))


def _number(option: str, text: str | None) -> float | None:
    """A number, with a decimal comma as Vietnamese writes it or with a point."""
    if text is None:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError as error:
        vi, en = messages.BAD_NUMBER
        raise InputError(Problem(option, vi.format(text=text), en.format(text=text))) from error


@contextmanager
def _observer(speaker: Speaker) -> Generator[FramesObserver | None]:
    """Shows progress while the body frames."""
    with progress.shown(speaker.words(messages.FRAMING), speaker) as step:
        yield None if step is None else partial(_tell_step, step)


def _tell_step(step: progress.Step, told: FramesProgress) -> None:
    outcome = told.outcome
    step(told.done, told.total, outcome.task.shown, outcome.problems)


def _tell(report: FramesReport, speaker: Speaker) -> None:
    """The end of a run: what became of the photos, and where to look. Failures were told as they came."""
    if speaker.as_json:
        speaker.document(report_to_json(report))
        return
    for note in report.notes:
        speaker.warning(note)
    for photo in report.photos:
        if photo.status != "failed":
            _tell_notes(photo, speaker)
    for left in report.raw:
        speaker.warning(left)
    if report.table is None:
        for photo in report.photos:
            speaker.out(speaker.words(messages.WROTE, path=photo.result))
    else:
        speaker.out(
            speaker.words(
                messages.FRAMED,
                made=speaker.number(len(report.of("made"))),
                current=speaker.number(len(report.of("current"))),
                failed=speaker.number(len(report.of("failed"))),
                ignored=speaker.number(len(report.ignored)),
                seconds=speaker.number(report.seconds, places=1),
            )
        )
        speaker.out(speaker.words(messages.FRAMES_IN, folder=report.folder, table=report.table))
    if report.preview is not None:
        speaker.out(speaker.words(messages.FRAMES_PREVIEW, path=report.preview))
    if report.review is not None:
        speaker.out(speaker.words(messages.FRAMES_REVIEW, path=report.review))


def _tell_notes(photo: FramedPhoto, speaker: Speaker) -> None:
    for note in photo.notes:
        speaker.warning(note)
