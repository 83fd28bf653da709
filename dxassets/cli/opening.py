"""Opens the campaign that a command works on, and has what is said of its files tell where these lie."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dxassets.api import load_campaign
from dxassets.cli.speaker import Speaker
from dxassets.errors import Problem
from dxassets.project import Project

_READ = {".md", ".toml", ".csv"}
"""What a clerk writes, by its ending."""


def open_campaign(name: str | Path | None, speaker: Speaker) -> Project:
    """The campaign of that name; the speaker tells from now on where its files lie."""
    project = load_campaign(name)
    speaker.located = places_of(project)
    return project


def places_of(project: Project) -> Callable[[Problem], Problem]:
    """Puts a path that can be opened from here in the place of each bare name of the project's files."""
    folder = Path(project.source).parent
    paths = {path.name: folder / path.name for path in folder.iterdir() if path.suffix in _READ}
    for name in filter(None, (project.campaign.dispatch, project.campaign.agencies)):
        paths.setdefault(name, folder / name)
    paths |= {name: path for name, path in project.resources.given if path.suffix in _READ}
    shown = {name: _from_here(path) for name, path in paths.items()}
    names = "|".join(re.escape(name) for name in sorted(shown, key=len, reverse=True))
    begins = rf"(?:^|(?<=: )|(?<=; ))({names})"
    where, line = re.compile(rf"{begins}(?=:\d|: | \(|$)"), re.compile(rf"{begins}(?=:\d)")

    def located(problem: Problem) -> Problem:
        def found(name: re.Match[str]) -> str:
            return shown[name[0]]

        vi, en = (line.sub(found, text) for text in (problem.vi, problem.en))
        return replace(problem, where=where.sub(found, problem.where), vi=vi, en=en)

    return located


def _from_here(path: Path) -> str:
    """The path as it is opened from the current folder, where it lies below that."""
    whole, here = path.resolve(), Path.cwd().resolve()
    return (whole.relative_to(here) if whole.is_relative_to(here) else path).as_posix()
