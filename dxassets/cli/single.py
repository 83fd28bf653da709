"""`dxassets banner` and `qr`: single assets to a file of the user's choice, or to standard output."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from typing import Any

from dxassets.api import SCAN_ME, draw_banner, draw_qr, make_banner, make_qr, with_logo
from dxassets.api.single import FORMATS, QR_FORMATS, QrFormat
from dxassets.cli import messages
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.scene import with_scene_asked
from dxassets.cli.speaker import Speaker
from dxassets.cli.streams import STREAM, format_of, refuse_terminal, send
from dxassets.kinds import commands
from dxassets.presets import Format


def run_banner(arguments: Sequence[str], speaker: Speaker) -> int:
    """One banner, in the format that is asked for or that the file's suffix names."""
    options = read(commands.BANNER, arguments, speaker)
    file_format: Format = format_of(options.out, options.format, known=FORMATS)
    if options.out == STREAM:
        refuse_terminal(file_format)
    project = with_logo(open_campaign(options.campaign, speaker), options.logo)
    project = with_scene_asked(project, options)
    wanted = _wanted(options)
    if options.out == STREAM:
        picture = draw_banner(project, file_format, **wanted)
        for note in picture.notes:
            speaker.warning(note)
        send(picture.data)
        return 0
    file = make_banner(project, options.out, file_format=file_format, remark=speaker.warning, **wanted)
    speaker.out(speaker.words(messages.WROTE, path=file))
    return 0


def _wanted(options: Namespace) -> dict[str, Any]:
    """What the banner shows."""
    return {
        "day": options.day,
        "theme": options.theme,
        "preset": options.preset,
        "agency": options.agency,
        "agency_name": options.agency_name,
        "debug": options.debug,
        "marks": options.marks,
        "proof": options.proof,
        "scale": 1 if options.scale is None else options.scale,
    }


def run_qr(arguments: Sequence[str], speaker: Speaker) -> int:
    """One QR code with its label and domain."""
    options = read(commands.QR, arguments, speaker)
    file_format: QrFormat = format_of(options.out, options.format, known=QR_FORMATS)
    label = SCAN_ME if options.label is None else options.label
    project = None if options.campaign is None else open_campaign(options.campaign, speaker)
    if options.out == STREAM:
        refuse_terminal(file_format)
        send(draw_qr(options.url, file_format, label=label, project=project).data)
        return 0
    made = make_qr(options.url, options.out, label=label, project=project, file_format=file_format)
    speaker.out(speaker.words(messages.WROTE, path=made))
    return 0
