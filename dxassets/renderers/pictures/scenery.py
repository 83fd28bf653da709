"""Which scene each day shows: a bundled one, or an agency's own photo or drawing, read through before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dxassets.days import Day, is_scene_file
from dxassets.errors import InputError, Problem
from dxassets.jobs import DayWords
from dxassets.models import not_among
from dxassets.project import Project
from dxassets.renderers.scenes import scene_ids, scene_of
from dxassets.resources import GIVEN_SCENE, Resources, called

if TYPE_CHECKING:
    from dxassets.renderers.own_scenes import SeenScene

_PLACES = 3
"""Digits of a focal point that was found: a photo is placed no finer."""


def unusable_scenes(project: Project) -> Iterator[Problem]:
    """What is wrong with the scenes that days name: there is none, or its files can't be used."""
    known = scene_ids(project.resources)
    for at, day in enumerate(project.campaign.days):
        where = f"{project.source}: days[{at}].scene"
        if day.scene is None:
            continue
        if is_scene_file(day.scene):
            yield from _unusable_file(project.resources, day.scene, where)
        elif day.scene not in known:
            yield not_among(where, day.scene, known=known)
        else:
            try:
                scene_of(project.resources, day.scene)
            except InputError as error:
                yield from error.problems


def _unusable_file(resources: Resources, name: str, where: str) -> Iterator[Problem]:
    if resources.find(name) is None:
        yield Problem(
            "--scene" if name == GIVEN_SCENE else where,
            f"không có tệp “{called(name)}” trong thư mục chiến dịch; hãy chép tệp vào đó hoặc sửa tên",
            f"the campaign's folder has no file {called(name)!r}; put it there, or correct its name",
        )
        return
    try:
        seen_in(resources, name)
    except InputError as error:
        yield from error.problems


def seen_in(resources: Resources, name: str) -> SeenScene:
    """What an own scene shows; `InputError` when it is no photo or drawing that can be used."""
    from dxassets.renderers.own_scenes import look_at  # noqa: PLC0415  (the network only where a photo is)

    return look_at(resources.read(name))


def with_scene_of(words: DayWords, day: Day, resources: Resources) -> DayWords:
    """A day's words with its scene and, of a photo, the point that must be seen."""
    if day.scene is None or not is_scene_file(day.scene):
        return replace(words, scene=day.scene)
    focus = day.focus or seen_in(resources, day.scene).focus
    x, y = (round(share, _PLACES) for share in focus)
    return replace(words, scene=day.scene, focus=(x, y))
