"""`dxassets letter`: the letter of the campaign, or of an agency that passes it on."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

from dxassets.api import LettersMade, LetterWanted, make_letters
from dxassets.api.letters import letter_explained, letter_sample
from dxassets.api.merging import MergeWanted, make_merged
from dxassets.api.project import with_document, with_text
from dxassets.api.registering import make_merged_registered, make_registered
from dxassets.cli import messages
from dxassets.cli.opening import open_campaign, places_of
from dxassets.cli.options import read
from dxassets.cli.progress import shown
from dxassets.cli.speaker import Speaker
from dxassets.dispatch import PDF_VARIANTS, Edition, PdfVariant
from dxassets.errors import InputError, Problem
from dxassets.kinds import commands
from dxassets.models import not_among
from dxassets.project import Project

_TOLD_ONE_BY_ONE = 20  # files that are named; of more only how many they are
_VIETNAM = timezone(timedelta(hours=7))


def run_letter(arguments: Sequence[str], speaker: Speaker) -> int:
    """The letter as a Word file and as a PDF; one for each row of a table; with a number out of the book."""
    options = read(commands.LETTER, arguments, speaker)
    if options.sample is not None:
        speaker.out(letter_sample(options.sample).rstrip())
        return 0
    project = open_campaign(options.campaign, speaker)
    if options.document is not None:
        _refuse_agencies(options.agency, all_agencies=options.all_agencies)
        project = with_document(project, options.document, belongs=options.campaign is not None)
        speaker.located = places_of(project)
    project = with_text(project, options.text)
    for understood in letter_explained(project) if options.explain else ():
        speaker.err(speaker.words(messages.UNDERSTOOD, line=speaker.located(understood).line(speaker.lang)))
    if options.merge is not None:
        made = _merged(project, options, speaker)
    elif options.one_file or options.two_sided:
        option = "--one-file" if options.one_file else "--two-sided"
        raise InputError(Problem(option, *messages.NOT_WITH_MERGE))
    else:
        made = _made(project, options)
    if options.merge is not None and len(made.files) > _TOLD_ONE_BY_ONE:
        speaker.out(speaker.words(messages.MERGED, count=len(made.files), folder=options.out or "."))
    else:
        for file in made.files:
            speaker.out(speaker.words(messages.WROTE, path=file))
    for problem in (*made.skipped, *made.notices):
        speaker.warning(problem)
    for problem in made.failed:
        speaker.problem(problem)
    return made.exit_code


def _made(project: Project, options: Namespace) -> LettersMade:
    """The letter that is asked for, or those of several agencies."""
    wanted, folder = _wanted(options), options.out or "."
    if options.register is None:
        return make_letters(project, folder, wanted=wanted)
    return make_registered(project, folder, register=options.register, wanted=wanted, today=_today())


def _merged(project: Project, options: Namespace, speaker: Speaker) -> LettersMade:
    """A letter for each row of a table."""
    folder = options.out or "."
    wanted = MergeWanted(_wanted(options), one_file=options.one_file, two_sided=options.two_sided)
    with shown(speaker.words(messages.MERGING), speaker) as step:
        if options.register is None:
            return make_merged(project, folder, table=options.merge, wanted=wanted, step=step)
        return make_merged_registered(
            project, folder, table=options.merge, register=options.register, wanted=wanted, today=_today(),
            step=step,
        )  # fmt: skip


def _wanted(options: Namespace) -> LetterWanted:
    return LetterWanted(
        number=options.number,
        issued=None if options.date is None else _date(options.date),
        signer=options.signer,
        agencies=tuple(options.agency),
        all_agencies=options.all_agencies,
        split_annex=options.split_annex,
        edition=Edition(draft=options.draft, pdf_variant=_variant(options.pdf_variant)),
    )


def _today() -> date:
    """The day where the office is."""
    return datetime.now(_VIETNAM).date()


def _refuse_agencies(agencies: Sequence[str], *, all_agencies: bool) -> None:
    """A document by itself is its issuer's alone: no agency passes it on by the campaign's template."""
    asked = ["--agency"] * bool(agencies) + ["--all-agencies"] * all_agencies
    if asked:
        vi, en = messages.NOT_WITH_DOCUMENT
        raise InputError(*(Problem(option, vi, en) for option in asked))


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
