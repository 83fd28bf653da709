"""Sets every text of a campaign in every shape and look of its banners, and draws nothing."""

from __future__ import annotations

from collections.abc import Iterator

from dxassets.errors import InputError, Problem
from dxassets.kinds.banner.planning import planned_banners
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.kinds.fitting import misfits_in
from dxassets.kinds.scope import FileDigests, Scope, Selection
from dxassets.project import Project


def misfits(project: Project) -> Iterator[Problem]:
    """A problem, with its place and presets, for each text and logo that some banner can't be set with."""
    return misfits_in(project, looks_of(project))


def looks_of(project: Project) -> Iterator[tuple[int, BannerSpec]]:
    """The issuing agency's banner of each look as a build plans it, with its day's place in the file."""
    campaign = project.campaign
    themes, presets = project.brand.themes, project.presets.presets
    everything = Selection((campaign.issuer,), campaign.days, themes, presets, kinds=())
    place = {day.id: at for at, day in enumerate(campaign.days)}
    try:
        for planned in planned_banners(Scope(project, everything, FileDigests(project.resources))):
            yield place[planned.day], planned.spec
    except InputError:
        return  # a logo, composition or scene that can't be used is told by itself
