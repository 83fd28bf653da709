"""`dxassets report`: forms for figures before and after, and the sums of what came back."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from datetime import date

from dxassets.api.report_forms import ReportWanted, make_forms
from dxassets.api.reporting import ReportCollected, collect_forms
from dxassets.cli import messages
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import REPORT_STEPS, read
from dxassets.cli.progress import shown
from dxassets.cli.speaker import Speaker, problems_to_json
from dxassets.errors import InputError, Problem
from dxassets.models import not_among

_TOLD_ONE_BY_ONE = 20  # units that are named; of more only how many they are
_FORMS, _SUMS = "bieu-so-lieu", "tong-hop"


def run_report(arguments: Sequence[str], speaker: Speaker) -> int:
    """The forms of a campaign in a folder, or the sums of a folder of forms."""
    options = read("report", arguments, speaker)
    steps = REPORT_STEPS.split("|")
    if options.action not in steps:
        raise InputError(not_among(REPORT_STEPS, options.action, known=steps))
    return _forms(options, speaker) if options.action == steps[0] else _collect(options, speaker)


def _forms(options: Namespace, speaker: Speaker) -> int:
    if options.folder is not None and options.campaign not in {None, options.folder}:
        raise InputError(Problem(options.folder, *messages.REPORT_TWO_CAMPAIGNS))
    if options.remind:
        raise InputError(Problem("--remind", *messages.REPORT_ONLY_COLLECT))
    project, folder = open_campaign(options.folder or options.campaign, speaker), options.out or _FORMS
    made = make_forms(project, folder, wanted=_wanted(options))
    if speaker.as_json:
        speaker.document({"files": [path.as_posix() for path in made.files], "measures": made.measures})
        return 0
    count = speaker.number(len(made.files))
    speaker.out(speaker.words(messages.REPORT_FORMS, count=count, folder=folder, measures=made.measures))
    return 0


def _collect(options: Namespace, speaker: Speaker) -> int:
    if options.folder is None:
        raise InputError(Problem("report collect", *messages.REPORT_WHICH_FOLDER))
    project, folder = open_campaign(options.campaign, speaker), options.out or _SUMS
    with shown(speaker.words(messages.REPORT_READING), speaker) as step:
        made = collect_forms(
            project, options.folder, folder, wanted=_wanted(options), remind=options.remind, step=step
        )
    if speaker.as_json:
        told = {"errors": problems_to_json(made.problems), "remarks": problems_to_json(made.remarks)}
        speaker.document({**made.to_json(), **told})
        return made.exit_code
    _tell(made, speaker)
    return made.exit_code


def _tell(made: ReportCollected, speaker: Speaker) -> None:
    for problem in made.problems:
        speaker.problem(problem)
    for problem in made.remarks:
        speaker.warning(problem)
    for file in made.files[:_TOLD_ONE_BY_ONE]:
        speaker.out(speaker.words(messages.WROTE, path=file))
    if len(made.files) > _TOLD_ONE_BY_ONE:
        speaker.out(speaker.words(messages.REPORT_MORE, count=len(made.files) - _TOLD_ONE_BY_ONE))
    counts = {"reported": speaker.number(made.reported), "expected": speaker.number(made.expected)}
    speaker.out(speaker.words(messages.REPORT_COUNTED, **counts))
    if made.missing:
        names = "; ".join(f"{unit.short_name} ({why})" for unit, why in made.missing[:_TOLD_ONE_BY_ONE])
        more = "…" if len(made.missing) > _TOLD_ONE_BY_ONE else ""
        speaker.out(speaker.words(messages.REPORT_MISSING, count=len(made.missing), names=f"{names}{more}"))


def _wanted(options: Namespace) -> ReportWanted:
    return ReportWanted(options.level, tuple(options.agency), _until(options.until))


def _until(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        vi, en = messages.BAD_DATE
        raise InputError(Problem("--until", vi.format(text=text), en.format(text=text))) from error
