"""Tries what can only be told of a finished file: `check` makes it, and throws it away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dxassets.api.planning import plan
from dxassets.api.single import finished
from dxassets.errors import AssetError, InputError, MissingLibraryError, Problem
from dxassets.kinds.faces import Survey
from dxassets.project import Project

_SOUND: set[str] = set()
"""Keys of jobs that this process saw finished: equal keys are equal bytes, which need not be made again."""


def rehearsed(project: Project, surveys: Iterable[Survey]) -> Iterator[Problem]:
    """What stops assets of kinds that found nothing wrong; what this machine lacks `doctor` tells."""
    for survey in surveys:
        wanted = survey.rehearsal
        if survey.errors or wanted is None:
            continue
        try:
            jobs = plan(project, wanted).jobs
        except InputError as error:
            yield from error.problems
            continue
        for job in jobs:
            if job.key in _SOUND:
                continue
            try:
                finished(job, project.resources)
                _SOUND.add(job.key)
            except MissingLibraryError:
                continue
            except (AssetError, InputError) as error:
                yield from error.problems
