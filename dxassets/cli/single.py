"""`dxassets banner` and `qr`: single assets to a file of the user's choice."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.api import SCAN_ME, load_campaign, make_banner, make_qr, with_logo
from dxassets.cli import messages
from dxassets.cli.parser import BUNDLED, Parser
from dxassets.cli.speaker import Speaker


def run_banner(arguments: Sequence[str], speaker: Speaker) -> int:
    """One banner, in the format of the file's suffix."""
    parser = Parser("banner", speaker.lang)
    parser.value("--day", text="day", metavar="ID", required=True)
    parser.value("--theme", text="theme", metavar="ID", required=True)
    parser.value("--preset", text="preset", metavar="ID", required=True)
    parser.value("--agency", text="agency", metavar="ID")
    parser.value("--agency-name", text="agency_name", metavar="TEXT")
    parser.value("-o", "--out", "--output", text="file", metavar="FILE", required=True)
    parser.value("--campaign", text="campaign", metavar="CAMPAIGN")
    parser.value("--logo", text="logo", metavar="FILE")
    parser.switch("--debug", text="debug")
    parser.switch("--marks", text="marks")
    parser.switch("--proof", text="proof_banner")
    parser.value("--scale", text="scale", metavar="1|2", whole=True)
    options = parser.read(arguments)
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
    parser = Parser("qr", speaker.lang)
    parser.place("url", "url", metavar="URL")
    parser.value("-o", "--out", "--output", text="file", metavar="FILE", required=True)
    parser.value("--label", text="label", metavar="TEXT")
    options = parser.read(arguments)
    label = SCAN_ME if options.label is None else options.label
    speaker.out(speaker.words(messages.WROTE, path=make_qr(options.url, options.out, label=label)))
    return 0
