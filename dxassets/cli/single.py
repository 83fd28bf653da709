"""`dxassets banner` and `qr`: single assets to a file of the user's choice."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.api import SCAN_ME, load_campaign, make_banner, make_qr, with_logo
from dxassets.cli import messages
from dxassets.cli.options import read
from dxassets.cli.parser import BUNDLED
from dxassets.cli.speaker import Speaker
from dxassets.kinds import commands


def run_banner(arguments: Sequence[str], speaker: Speaker) -> int:
    """One banner, in the format of the file's suffix."""
    options = read(commands.BANNER, arguments, speaker)
    file = make_banner(
        with_logo(load_campaign(options.campaign or BUNDLED), options.logo),
        options.out,
        day=options.day,
        theme=options.theme,
        preset=options.preset,
        agency=options.agency,
        agency_name=options.agency_name,
        debug=options.debug,
        marks=options.marks,
        proof=options.proof,
        scale=1 if options.scale is None else options.scale,
    )
    speaker.out(speaker.words(messages.WROTE, path=file))
    return 0


def run_qr(arguments: Sequence[str], speaker: Speaker) -> int:
    """One QR code with its label and domain."""
    options = read(commands.QR, arguments, speaker)
    label = SCAN_ME if options.label is None else options.label
    project = None if options.campaign is None else load_campaign(options.campaign)
    made = make_qr(options.url, options.out, label=label, project=project)
    speaker.out(speaker.words(messages.WROTE, path=made))
    return 0
