"""`dxassets sheet`: the contact sheet of a built campaign."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.api import Shown, load_campaign, make_sheet
from dxassets.cli import messages
from dxassets.cli.options import read
from dxassets.cli.parser import BUNDLED
from dxassets.cli.speaker import Speaker


def run_sheet(arguments: Sequence[str], speaker: Speaker) -> int:
    """One PDF, or one tall PNG, with every picture that was built."""
    options = read("sheet", arguments, speaker)
    shown = Shown(
        themes=tuple(options.theme),
        presets=tuple(options.preset),
        days=tuple(options.day),
        agencies=tuple(options.agency),
    )
    files = make_sheet(
        load_campaign(options.campaign or BUNDLED),
        options.output,
        out=options.out or "output",
        by=options.by or "theme",
        shown=shown,
    )
    for file in files:
        speaker.out(speaker.words(messages.WROTE, path=file))
    return 0
