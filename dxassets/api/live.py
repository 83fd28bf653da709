"""Single assets as bytes, for a server: nothing is written, and everything typed is untrusted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dxassets.api.planning import plan
from dxassets.api.single import banner_job, finished, sealed
from dxassets.campaign import named_agency
from dxassets.errors import AssetError, InputError, Problem
from dxassets.jobs import AnyJob, Job
from dxassets.kinds.banner.offering import look_parameters, name_parameter
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.kinds.registry import all_kinds, kind_of
from dxassets.kinds.scope import AssetDraft, Wanted
from dxassets.planner import tools
from dxassets.project import Project

if TYPE_CHECKING:  # drawing libraries are loaded where something is drawn
    from dxassets.kinds.banner.live_name import NamePlace

__all__ = ["Made", "NameLayers", "look_parameters", "make_live", "name_parameter", "warm_up"]

_FORBIDDEN_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
"""What Windows allows in no file name."""
_MOST_OF_A_NAME = 60


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file. `key` names its bytes; `name` is ASCII, `title` the name that people read.

    Without `data` the file is the one of the key that the caller said to have.
    """

    data: bytes | None
    media_type: str
    key: str
    name: str
    title: str

    def unless(self, known: str | None) -> Made:
        """The same without its data for whoever has the file of the key `known`."""
        if known is None or known != self.key:
            return self
        return Made(None, self.media_type, self.key, self.name, self.title)

    def __repr__(self) -> str:
        size = "known" if self.data is None else f"{len(self.data)} bytes"
        return f"Made({self.name!r}, {self.media_type!r}, {size})"


def make_live(project: Project, kind_id: str, said: Mapping[str, str], *, known: str | None = None) -> Made:
    """The asset of that kind that the parameters in `said` ask for.

    `InputError` for what can't be asked, `AssetError` for what can't be made. What has the key `known`
    is not drawn again.
    """
    kind = kind_of(kind_id)
    job = _job(project, kind.one_off(project, said))
    called = kind.called(job, project)
    title = file_title(called.title)
    if job.key == known:
        return Made(None, "", job.key, called.name, title)
    rendered = finished(job, project.resources)
    return Made(rendered.data, rendered.media_type, job.key, called.name, title)


def file_title(wished: str) -> str:
    """A file's name for people, as every system takes it."""
    stem, _, suffix = _FORBIDDEN_IN_NAMES.sub("-", wished).rpartition(".")
    return f"{stem[: 2 * _MOST_OF_A_NAME].strip()}.{suffix}"


def _job(project: Project, asked: Wanted | AssetDraft) -> AnyJob:
    """The one job of what was asked for; `InputError` with the reason where there is none."""
    if isinstance(asked, AssetDraft):
        return sealed(asked, project.resources)
    planned = plan(project, asked)
    if not planned.jobs:
        raise InputError(*(Problem("", skip.reason_vi, skip.reason_en) for skip in planned.skipped))
    return planned.jobs[0]


def warm_up(project: Project) -> None:
    """Load what assets are made with, so that no first user waits for it. `MissingLibraryError`."""
    for kind in all_kinds().values():
        kind.prepare()
        offer = kind.offer(project)
        said = (
            {} if offer is None else {each.name: each.example for each in offer.parameters if each.required}
        )
        if said:
            with suppress(AssetError, InputError):  # whoever asks for it will be told
                make_live(project, kind.id, said)
    tools()


@dataclass
class NameLayers:
    """Draws names over banners whose compositions it keeps: a few hundred looks of a few kilobytes each."""

    project: Project
    _places: dict[tuple[str, str, str], NamePlace] = field(default_factory=dict[tuple[str, str, str], Any])

    def base_svg(self, *, day: str, theme: str, preset: str) -> str:
        """The banner without any agency's name; raises `UnknownIdError` and `FitError`."""
        from dxassets.kinds.banner.render import base_to_svg  # noqa: PLC0415  (heavy)

        job = self._issuers(day, theme, preset)
        return base_to_svg(job.spec, job.inputs, self.project.resources)

    def name_svg(self, name: str, *, day: str, theme: str, preset: str) -> str:
        """The name alone, see-through, to lie over `base_svg`.

        Raises `InputError` for what is no name, `FitError` for one that does not fit, and
        `AssetError` for characters that the face lacks.
        """
        from dxassets.kinds.banner.live_name import name_to_svg, place_for_name  # noqa: PLC0415

        agency = named_agency(self.project.campaign, name)
        place = self._places.get((day, theme, preset))
        if place is None:
            job = self._issuers(day, theme, preset)
            place = place_for_name(job.spec, job.inputs, self.project.resources)
            self._places[day, theme, preset] = place
        return name_to_svg(place, (agency.name, agency.short_name))

    def _issuers(self, day: str, theme: str, preset: str) -> Job[BannerSpec]:
        return banner_job(self.project, "svg", day=day, theme=theme, preset=preset)
