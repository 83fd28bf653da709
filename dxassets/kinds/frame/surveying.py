"""What is wrong with a campaign's frames before any is drawn: names of days that no ring has room for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dxassets.errors import AssetError, FitError, InputError, Problem
from dxassets.kinds.faces import Survey
from dxassets.kinds.frame.render import check_name
from dxassets.kinds.frame.styles import styles_of
from dxassets.project import Project
from dxassets.renderers.faces import shaper_of


def survey_frames(project: Project) -> Survey:
    """Each day's name set on its arc; an agency's name that is too long is left out, which is no fault."""
    return Survey(tuple(_too_long(project)))


def _too_long(project: Project) -> Iterator[Problem]:
    try:
        shaper = shaper_of(project.resources)
    except InputError:
        return  # a font that is missing is a problem of its own
    for at, day in enumerate(project.campaign.days):
        try:
            for theme in project.brand.themes:
                for style in styles_of(theme):
                    check_name(day.name, style, theme, shaper)
        except FitError as error:
            where = f"{project.source}: days[{at}].name"
            yield from (replace(problem, where=where) for problem in error.problems)
        except AssetError:
            continue  # so is a character that the face lacks
