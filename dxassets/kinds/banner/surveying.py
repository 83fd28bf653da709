"""What is wrong with a campaign's banners before any is drawn: templates, logos, and texts without room."""

from __future__ import annotations

from collections.abc import Iterator

from dxassets.errors import InputError, Problem
from dxassets.kinds.banner.coarse import coarse_photos
from dxassets.kinds.banner.misfits import misfits
from dxassets.kinds.faces import Survey
from dxassets.project import Project
from dxassets.renderers.pictures.logos import Logos
from dxassets.renderers.pictures.plans import plans_of


def survey_banners(project: Project) -> Survey:
    """Files that are missing or can't be used, and texts that some picture has no room for."""
    missing = tuple(_missing_files(project))
    wrong = (*missing, *_bad_plans(project), *_bad_logos(project), *misfits(project))
    return Survey(wrong, tuple(coarse_photos(project)))


def _bad_plans(project: Project) -> tuple[Problem, ...]:
    """Compositions and scenes that can't be used."""
    try:
        plans_of(project)
    except InputError as error:
        return error.problems
    return ()


def _missing_files(project: Project) -> Iterator[Problem]:
    named = [f"brand/{logo.file}" for logo in project.brand.logos if logo.file]
    named += [f"templates/banner/{theme.id}.svg.j2" for theme in project.brand.every_theme]
    for name in named:
        if project.resources.find(name) is None:
            yield Problem(name, "không tìm thấy tệp này", "no such file")


def _bad_logos(project: Project) -> Iterator[Problem]:
    """What is wrong with the logos that agencies would sign with; those that are missing are told already."""
    logos = Logos(project.brand, project.resources)
    for office in project.campaign.offices:
        logos.of(office)
    for name, problem in logos.problems.items():
        if project.resources.find(name) is not None:
            yield problem
