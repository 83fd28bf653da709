"""`dxassets verify`, `check` and `schema`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dxassets.api import campaign_schema, check_project, verify, write_schema
from dxassets.cli import messages
from dxassets.cli.opening import open_campaign
from dxassets.cli.options import read
from dxassets.cli.speaker import Speaker, problems_to_json
from dxassets.cli.streams import STREAM
from dxassets.errors import InputError


def run_verify(arguments: Sequence[str], speaker: Speaker) -> int:
    """Silent when a built folder is as its manifest says; 1 and all differences otherwise."""
    options = read("verify", arguments, speaker)
    problems = verify(Path(options.folder))
    if speaker.as_json:
        speaker.document({"problems": problems_to_json(problems)})
    for problem in problems:
        speaker.problem(problem)
    return 1 if problems else 0


def run_check(arguments: Sequence[str], speaker: Speaker) -> int:
    """Everything that is wrong with a campaign, errors before warnings; 2 when there are errors."""
    options = read("check", arguments, speaker)
    project = open_campaign(options.campaign, speaker)
    errors, warnings = ([speaker.located(each) for each in found] for found in check_project(project))
    if speaker.as_json:
        speaker.document({"errors": problems_to_json(errors), "warnings": problems_to_json(warnings)})
        return InputError.exit_code if errors else 0
    for problem in errors:
        speaker.problem(problem)
    for problem in warnings:
        speaker.warning(problem)
    if errors:
        return InputError.exit_code
    speaker.out(speaker.words(messages.CHECKED, source=project.source))
    return 0


def run_schema(arguments: Sequence[str], speaker: Speaker) -> int:
    """The JSON Schema of campaign.toml, to stdout or to a file."""
    options = read("schema", arguments, speaker)
    if options.write in {None, STREAM}:
        speaker.document(campaign_schema())
    else:
        speaker.out(speaker.words(messages.WROTE, path=write_schema(options.write)))
    return 0
