"""`dxassets letter`: the letter of the campaign, or of an agency that passes it on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dxassets.api import LetterWanted, load_campaign, make_letters
from dxassets.api.letters import letter_explained
from dxassets.api.project import with_text
from dxassets.cli import messages
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker
from dxassets.dispatch import PDF_VARIANTS, Edition, PdfVariant
from dxassets.errors import InputError, Problem
from dxassets.kinds import commands
from dxassets.models import not_among


def run_letter(arguments: Sequence[str], speaker: Speaker) -> int:
    """The letter as a Word file and as a PDF."""
    options = read(commands.LETTER, arguments, speaker)
    project = with_text(load_campaign(options.campaign), options.text)
    for understood in letter_explained(project) if options.explain else ():
        speaker.err(speaker.words(messages.UNDERSTOOD, line=understood.line(speaker.lang)))
    made = make_letters(
        project,
        options.out or ".",
        wanted=LetterWanted(
            number=options.number,
            issued=None if options.date is None else _date(options.date),
            signer=options.signer,
            agencies=tuple(options.agency),
            all_agencies=options.all_agencies,
            split_annex=options.split_annex,
            edition=Edition(draft=options.draft, pdf_variant=_variant(options.pdf_variant)),
        ),
    )
    for file in made.files:
        speaker.out(speaker.words(messages.WROTE, path=file))
    for problem in (*made.skipped, *made.notices):
        speaker.warning(problem)
    for problem in made.failed:
        speaker.problem(problem)
    return made.exit_code


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        vi, en = messages.BAD_DATE
        raise InputError(Problem("--date", vi.format(text=text), en.format(text=text))) from error


def _variant(text: str | None) -> PdfVariant:
    for variant in PDF_VARIANTS:
        if text in {None, variant}:
            return variant
    raise InputError(not_among("--pdf-variant", text or "", known=PDF_VARIANTS))
