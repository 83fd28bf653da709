"""`dxassets init`: a new campaign, from what the command says and what its user answers."""

from __future__ import annotations

import datetime
import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dxassets.api import CampaignWanted, init_campaign, renew_campaign
from dxassets.api.starting.causes import Cause, cause_called, causes
from dxassets.api.starting.renewing import TODO_FILE
from dxassets.api.starting.wanted import (
    checked_day,
    checked_units,
    checked_year,
    issuer_called,
    offices_of,
    usual_cause,
    usual_units,
)
from dxassets.api.starting.writing import new_id
from dxassets.cli import messages
from dxassets.cli.asking import Questions, Stopped
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker
from dxassets.errors import InputError, Problem
from dxassets.resources import Resources, campaign_resources
from dxassets.vietnamese import clean

_YEAR_2022 = 2022
_WITH_FROM = ("province", "cause", "day", "day_name", "issuer", "units")


def run_init(arguments: Sequence[str], speaker: Speaker) -> int:
    """A new campaign folder, ready to be edited."""
    options = read("init", arguments, speaker)
    try:
        if vars(options)["from"] is not None:
            return _renew(options, speaker)
        return _start(options, speaker)
    except (Stopped, KeyboardInterrupt):
        speaker.err("")
        speaker.err(speaker.words(messages.INIT_STOPPED))
        return 130


def _start(options: Namespace, speaker: Speaker) -> int:
    folder = Path(options.folder)
    wanted = CampaignWanted(
        options.province,
        options.year,
        options.cause,
        options.units,
        options.day,
        options.day_name,
        options.issuer,
    )
    this_year = datetime.datetime.now().astimezone().year
    if sys.stdin.isatty():
        new_id(folder)  # a folder that is taken is told before anything is asked
        wanted = asked(wanted, Questions(speaker), campaign_resources(folder), this_year=this_year)
    files = init_campaign(folder, wanted, this_year=this_year)
    _tell(files, folder, speaker)
    return 0


def asked(
    wanted: CampaignWanted, questions: Questions, resources: Resources, *, this_year: int
) -> CampaignWanted:
    """`wanted` with what it lacks asked for; what it says already is checked first."""
    units = checked_units(wanted.units)
    if wanted.year is None:
        usual = str(_YEAR_2022 if units == "2022" else this_year)
        wanted = replace(wanted, year=questions.ask(messages.ASK_YEAR, _year, default=usual))
    units = units or usual_units(checked_year(wanted.year or this_year))
    if wanted.province is None:
        name = questions.ask(messages.ASK_PROVINCE, lambda text: offices_of(text, units)[0])
        wanted = replace(wanted, province=name)
    province, agencies, _ = offices_of(wanted.province or "", units)
    if wanted.cause is None:
        wanted = replace(wanted, cause=_ask_cause(questions, resources))
    _, cause = cause_called(wanted.cause or "", resources)
    wanted = _ask_day(wanted, questions, cause)
    if wanted.issuer is None:
        usual_issuer = issuer_called(None, cause, province, agencies=agencies, units=units)

        def check(text: str) -> str:
            issuer_called(text, cause, province, agencies=agencies, units=units)
            return text

        wanted = replace(wanted, issuer=questions.ask(messages.ASK_ISSUER, check, default=usual_issuer.name))
    return wanted


def _ask_cause(questions: Questions, resources: Resources) -> str:
    """Which cause, by its id or by its number in the list that is shown."""
    known = causes(resources)
    for number, (cause_id, cause) in enumerate(known.items(), start=1):
        questions.tell(f"  {number}. {cause_id}", cause.title)

    def check(text: str) -> str:
        if text.isdecimal() and 1 <= int(text) <= len(known):
            return list(known)[int(text) - 1]
        return cause_called(text, resources)[0]

    return questions.ask(messages.ASK_CAUSE, check, default=usual_cause(resources))


def _ask_day(wanted: CampaignWanted, questions: Questions, cause: Cause) -> CampaignWanted:
    """The day and its name, where the cause has none of its own."""
    year = wanted.year or 0
    if wanted.day is None and cause.day is None:
        mark = questions.ask(messages.ASK_DAY, lambda text: checked_day(text, year)[0])
        wanted = replace(wanted, day=mark)
    if wanted.day_name is None and cause.day is None:
        name = questions.ask(messages.ASK_DAY_NAME, clean, default=cause.usual_day_name)
        wanted = replace(wanted, day_name=name)
    return wanted


def _year(text: str) -> int:
    """A year that was typed; `InputError` when it is none."""
    if not (text.isascii() and text.isdecimal()):
        raise InputError(Problem("--year", *(each.format(text=text) for each in messages.BAD_NUMBER)))
    return checked_year(int(text[:5]))


def _renew(options: Namespace, speaker: Speaker) -> int:
    given = [f"--{name.replace('_', '-')}" for name in _WITH_FROM if vars(options)[name] is not None]
    if given:
        said = (text.format(options=", ".join(given)) for text in messages.INIT_ALONE)
        raise InputError(Problem("--from", *said))
    folder = Path(options.folder)
    made = renew_campaign(folder, vars(options)["from"], year=options.year, lang=speaker.lang)
    _tell(made.files, folder, speaker)
    file = (folder / TODO_FILE).as_posix()
    speaker.out(speaker.words(messages.INIT_AGAIN, count=len(made.todo), file=file))
    for problem in made.todo:
        speaker.out(f"  {problem.line(speaker.lang)}")
    return 0


def _tell(files: Sequence[Path], folder: Path, speaker: Speaker) -> None:
    for file in files:
        speaker.out(speaker.words(messages.WROTE, path=file))
    speaker.out(speaker.words(messages.INIT_NEXT, folder=folder.as_posix()))
