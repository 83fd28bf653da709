"""`dxassets sheet`: the approval sheet of a built campaign."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.api import Shown, load_campaign, make_sheet
from dxassets.cli import messages
from dxassets.cli.parser import BUNDLED, Parser
from dxassets.cli.speaker import Speaker


def run_sheet(arguments: Sequence[str], speaker: Speaker) -> int:
    """One PDF, or one tall PNG, with every picture that was built."""
    parser = Parser("sheet", speaker.lang)
    parser.place("campaign", "campaign", metavar="CAMPAIGN", optional=True)
    parser.value("--built", text="built", metavar="DIR")
    parser.value("--by", text="by", metavar="theme|preset|day|agency")
    parser.values("--agency", text="shown_agency", metavar="ID")
    parser.values("--day", text="day", metavar="ID")
    parser.values("--theme", text="theme", metavar="ID")
    parser.values("--preset", text="preset", metavar="ID")
    parser.value("-o", "--out", "--output", text="sheet_file", metavar="FILE", required=True)
    options = parser.read(arguments)
    shown = Shown(
        themes=tuple(options.theme),
        presets=tuple(options.preset),
        days=tuple(options.day),
        agencies=tuple(options.agency),
    )
    files = make_sheet(
        load_campaign(options.campaign or BUNDLED),
        options.out,
        built=options.built or "output",
        by=options.by or "theme",
        shown=shown,
    )
    for file in files:
        speaker.out(speaker.words(messages.WROTE, path=file))
    return 0
