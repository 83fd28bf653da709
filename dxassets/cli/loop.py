"""`dxassets loop`: one loop to a file, or a folder of pictures with playlists."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dxassets.api import with_logo
from dxassets.api.looping import FORMATS, USUAL_SIZE, LoopFormat, make_loop, make_still_loop
from dxassets.cli import messages
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.scene import with_scene_asked
from dxassets.cli.speaker import Speaker
from dxassets.cli.streams import format_of
from dxassets.errors import InputError, Problem
from dxassets.kinds import commands


def run_loop(arguments: Sequence[str], speaker: Speaker) -> int:
    """One loop in the format that the file's suffix names, or with ``--still-loop`` its pictures."""
    options = read(commands.LOOP, arguments, speaker)
    said = {
        "theme": options.theme,
        "size": options.size or USUAL_SIZE,
        "agency": options.agency,
        "agency_name": options.agency_name,
    }
    file_format: LoopFormat | None = None
    if not options.still_loop:
        if len(options.day) > 1:
            raise InputError(Problem("--day", *messages.ONE_DAY_ONLY))
        file_format = format_of(options.out, options.format, known=FORMATS)
    elif Path(options.out).suffix.lower().removeprefix(".") in FORMATS:
        raise InputError(Problem("-o", *messages.FOLDER_FOR_STILLS))
    project = with_logo(open_campaign(options.campaign, speaker), options.logo)
    project = with_scene_asked(project, options)
    if options.still_loop:
        files = make_still_loop(project, options.out, days=options.day, **said)
        speaker.out(speaker.words(messages.WROTE_STILLS, folder=options.out, files=len(files)))
        return 0
    day = options.day[0] if options.day else None
    made = make_loop(project, options.out, day=day, file_format=file_format, **said)
    speaker.out(speaker.words(messages.WROTE, path=made))
    return 0
