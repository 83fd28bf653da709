"""`dxassets register`: what a book of outgoing documents holds, and the book in print."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.api.book_printing import book_told, print_book
from dxassets.cli import messages
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker


def run_register(arguments: Sequence[str], speaker: Speaker) -> int:
    """Each year of the book with its next number; with a file, that year in print."""
    options = read("register", arguments, speaker)
    told = book_told(options.book)
    for note in told.notes:
        speaker.warning(note)
    written = None
    if options.out is not None:
        written = print_book(open_campaign(options.campaign, speaker), told, options.out, year=options.year)
    if speaker.as_json:
        speaker.document({"years": [year.to_json() for year in told.years]})
        return 0
    for year in told.years:
        speaker.out(speaker.words(messages.BOOK_YEAR, **year.to_json()))
    if not told.years:
        speaker.out(speaker.words(messages.BOOK_EMPTY))
    if written is not None:
        speaker.out(speaker.words(messages.WROTE, path=written))
    return 0
