"""`dxassets frame`: photos in an avatar frame."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from functools import partial

from dxassets.api import (
    FramedPhoto,
    FramesObserver,
    FramesProgress,
    FramesReport,
    FrameWanted,
    frame_photos,
    load_campaign,
    report_to_json,
)
from dxassets.cli import messages, progress
from dxassets.cli.parser import BUNDLED, Parser
from dxassets.cli.speaker import Speaker
from dxassets.errors import InputError, Problem


def run_frame(arguments: Sequence[str], speaker: Speaker) -> int:
    """Frame one photo, or all of a folder, and tell what became of them."""
    options = _options(arguments, speaker)
    usual = FrameWanted()
    wanted = FrameWanted(
        day=options.day,
        theme=options.theme,
        style=usual.style if options.style is None else options.style,
        agency=options.agency,
        size=usual.size if options.size is None else options.size,
        focus=usual.focus if options.focus is None else options.focus,
        zoom=_number("--zoom", options.zoom),
        rotate=_number("--rotate", options.rotate) or 0.0,
        circle=options.circle,
        format=(usual.format if options.format is None else options.format).lower(),
        ground=usual.ground if options.ground is None else options.ground,
    )
    jobs = os.cpu_count() or 1 if options.jobs is None else options.jobs
    if jobs < 1:
        raise InputError(Problem("--jobs", *messages.BAD_JOBS))
    if not options.out.strip():  # as when a script's variable is not set
        raise InputError(Problem("--out", *messages.NO_FOLDER))
    with _observer(speaker) as observer:
        report = frame_photos(
            load_campaign(options.campaign or BUNDLED),
            options.photos,
            out=options.out,
            wanted=wanted,
            jobs=jobs,
            preview=options.preview,
            lang=speaker.lang,
            observer=observer,
        )
    if wanted.circle and wanted.format in {"jpg", "jpeg"} and not speaker.as_json:
        speaker.warning(Problem("--circle", *messages.CIRCLE_JPG))
    _tell(report, speaker)
    return report.exit_code


def _options(arguments: Sequence[str], speaker: Speaker) -> Namespace:
    parser = Parser("frame", speaker.lang)
    parser.place("photos", "photos", metavar="PHOTO|DIR", many=True)
    parser.value("-o", "--out", text="photos_folder", metavar="DIR", required=True)
    parser.value("--day", text="frame_day", metavar="ID")
    parser.value("--theme", text="frame_theme", metavar="ID")
    parser.value("--style", text="frame_style", metavar="ring|square")
    parser.value("--agency", text="frame_agency", metavar="ID")
    parser.value("--size", text="size", metavar="PX", whole=True)
    parser.value("--focus", text="focus", metavar="auto|center|X,Y")
    parser.value("--zoom", text="zoom", metavar="Z")
    parser.value("--rotate", text="rotate", metavar="DEG")
    parser.switch("--circle", text="circle")
    parser.value("--format", text="frame_format", metavar="jpg|png|webp")
    parser.value("--ground", text="ground", metavar="#rrggbb")
    parser.switch("--preview", text="preview")
    parser.value("--campaign", text="campaign", metavar="CAMPAIGN")
    parser.value("--jobs", text="jobs", metavar="N", whole=True)
    parser.switch("--json", text="json")
    return parser.read(arguments)


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


def _tell_notes(photo: FramedPhoto, speaker: Speaker) -> None:
    for note in photo.notes:
        speaker.warning(note)
