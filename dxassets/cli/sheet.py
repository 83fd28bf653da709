"""`dxassets sheet`: the approval sheet of a built campaign."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from dxassets.api import Shown, make_sheet
from dxassets.api.approval_sheet import SHEET_FORMATS, SheetFormat, sheet_documents
from dxassets.cli import messages
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker
from dxassets.cli.streams import STREAM, format_of, refuse_terminal, send
from dxassets.errors import InputError, Problem


def run_sheet(arguments: Sequence[str], speaker: Speaker) -> int:
    """One PDF, or one tall PNG, with every picture that was built."""
    options = read("sheet", arguments, speaker)
    shown = Shown(
        themes=tuple(options.theme),
        presets=tuple(options.preset),
        days=tuple(options.day),
        agencies=tuple(options.agency),
    )
    file_format: SheetFormat = format_of(options.out, options.format, known=SHEET_FORMATS)
    project = open_campaign(options.campaign, speaker)
    built, by = options.built or "output", options.by or "theme"
    if options.out == STREAM:
        refuse_terminal(file_format)
        documents = sheet_documents(project, file_format, built=built, by=by, shown=shown)
        first, *more = islice(documents, 2)
        if more:
            raise InputError(Problem("-o", *messages.ONE_SHEET))
        send(first)
        return 0
    for file in make_sheet(project, options.out, built=built, by=by, shown=shown, file_format=file_format):
        speaker.out(speaker.words(messages.WROTE, path=file))
    return 0
