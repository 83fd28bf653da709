"""`dxassets banner`, `qr` and `letter`: single assets to a file of the user's choice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dxassets.api import SCAN_ME, load_campaign, make_banner, make_letter, make_qr
from dxassets.cli import catalog
from dxassets.cli.parser import BUNDLED, Parser
from dxassets.cli.speaker import Speaker
from dxassets.errors import InputError, Problem


def run_banner(arguments: Sequence[str], speaker: Speaker) -> int:
    """One banner, in the format of the file's suffix."""
    parser = Parser("banner", speaker.lang)
    parser.value("--day", text="day", metavar="ID", required=True)
    parser.value("--theme", text="theme", metavar="ID", required=True)
    parser.value("--preset", text="preset", metavar="ID", required=True)
    parser.value("--agency", text="agency", metavar="ID")
    parser.value("--agency-name", text="agency_name", metavar="TEXT")
    parser.value("-o", "--output", text="file", metavar="FILE", required=True)
    parser.value("--campaign", text="campaign", metavar="CAMPAIGN")
    options = parser.read(arguments)
    file = make_banner(
        load_campaign(options.campaign or BUNDLED),
        options.output,
        day=options.day,
        theme=options.theme,
        preset=options.preset,
        agency=options.agency,
        agency_name=options.agency_name,
    )
    speaker.out(speaker.words(catalog.WROTE, path=file))
    return 0


def run_qr(arguments: Sequence[str], speaker: Speaker) -> int:
    """One QR code with its label and domain."""
    parser = Parser("qr", speaker.lang)
    parser.place("url", "url", metavar="URL")
    parser.value("-o", "--output", text="file", metavar="FILE", required=True)
    parser.value("--label", text="label", metavar="TEXT")
    options = parser.read(arguments)
    label = SCAN_ME if options.label is None else options.label
    speaker.out(speaker.words(catalog.WROTE, path=make_qr(options.url, options.output, label=label)))
    return 0


def run_letter(arguments: Sequence[str], speaker: Speaker) -> int:
    """The letter as a Word file and as a PDF."""
    parser = Parser("letter", speaker.lang)
    parser.value("--number", text="number", metavar="N")
    parser.value("--date", text="date", metavar="YYYY-MM-DD")
    parser.value("--signer", text="signer", metavar="NAME")
    parser.value("-o", "--output", text="letter_folder", metavar="DIR")
    parser.value("--campaign", text="campaign", metavar="CAMPAIGN")
    options = parser.read(arguments)
    files = make_letter(
        load_campaign(options.campaign or BUNDLED),
        options.output or ".",
        number=options.number,
        issued=None if options.date is None else _date(options.date),
        signer=options.signer,
    )
    for file in files:
        speaker.out(speaker.words(catalog.WROTE, path=file))
    return 0


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        vi, en = catalog.BAD_DATE
        raise InputError(Problem("--date", vi.format(text=text), en.format(text=text))) from error
