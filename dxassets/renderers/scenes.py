"""Finds scenes and their parts; each file opened once, and kept by the digest of its bytes.

The rule, and the only place that knows it: a scene is called ``scenes/<id>.toml``, in the campaign's folder
or the project's, or else ``templates/scenes/<id>.toml``; a part is ``scenes/parts/<id>.svg``, or else
``templates/scenes/parts/<id>.svg``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dxassets.brand import Palette
from dxassets.errors import InputError, Problem
from dxassets.models import IDENTIFIER, not_among, suggest
from dxassets.resources import Resources
from dxassets.scenes import (
    ROLES,
    DrawnScene,
    PartPlace,
    Scene,
    ScenePart,
    SceneRoom,
    flat_tints_of,
    parse_scene,
    read_part,
    scene_svg,
    tints_of,
)

_FOLDERS = ("scenes", "templates/scenes")
_PARTS = "parts"


def scene_ids(resources: Resources) -> list[str]:
    """Every scene that a day may have, sorted."""
    return _ids(resources, "", ".toml")


def part_ids(resources: Resources) -> list[str]:
    """Every part that a scene may be composed of, sorted."""
    return _ids(resources, f"/{_PARTS}", ".svg")


def _ids(resources: Resources, below: str, suffix: str) -> list[str]:
    found = {
        name.removeprefix(f"{folder}{below}/").removesuffix(suffix)
        for folder in _FOLDERS
        for name in resources.names(f"{folder}{below}", suffix)
    }
    return sorted(name for name in found if re.fullmatch(IDENTIFIER.pattern, name))


def scene_file(resources: Resources, scene_id: str) -> str | None:
    """The name of the file that a scene is told in; None where there is none."""
    return _file(resources, f"{scene_id}.toml")


def part_file(resources: Resources, part_id: str) -> str | None:
    """The name of the file that a part is drawn in; None where there is none."""
    return _file(resources, f"{_PARTS}/{part_id}.svg")


def _file(resources: Resources, name: str) -> str | None:
    names = [f"{folder}/{name}" for folder in _FOLDERS]
    return next((each for each in names if resources.find(each) is not None), None)


def scene_files(resources: Resources, scene_id: str) -> list[str]:
    """The names of all files that a scene is made of: its own first, then its parts', sorted."""
    scene = scene_of(resources, scene_id)
    parts = [part_file(resources, part_id) for part_id in scene.part_ids]
    return [*_named(scene_file(resources, scene_id)), *(name for each in parts for name in _named(each))]


def _named(name: str | None) -> list[str]:
    return [] if name is None else [name]


def scene_of(resources: Resources, scene_id: str) -> Scene:
    """The scene of that id; `InputError` when there is none, or it can't be used, with all that is wrong."""
    name = scene_file(resources, scene_id)
    if name is None:
        raise InputError(not_among("scene", scene_id, known=scene_ids(resources)))
    file = resources.read(name)
    scene = _told(scene_id, name, file.sha256, file.data)
    problems = [
        problem
        for at, placement in enumerate(scene.placements)
        for problem in _placement_problems(resources, placement, f"{name}: parts[{at}]")
    ]
    if problems:
        raise InputError(*problems)
    return scene


def part_of(resources: Resources, part_id: str) -> ScenePart:
    """The part of that id; `InputError` when there is none, or its drawing can't be used."""
    name = part_file(resources, part_id)
    if name is None:
        raise InputError(not_among("part", part_id, known=part_ids(resources)))
    file = resources.read(name)
    return _opened(part_id, name, file.sha256, file.data)


@lru_cache(maxsize=64)
def _told(scene_id: str, name: str, _sha256: str, data: bytes) -> Scene:
    return parse_scene(data, name, scene_id)


@lru_cache(maxsize=512)
def _opened(part_id: str, name: str, _sha256: str, data: bytes) -> ScenePart:
    return read_part(data, name, part_id)


def _placement_problems(resources: Resources, placement: PartPlace, where: str) -> list[Problem]:
    """What a scene's own file can't know: whether the part is there, and has the roles that are changed."""
    if part_file(resources, placement.part) is None:
        return [not_among(f"{where}.part", placement.part, known=part_ids(resources))]
    try:
        roles = part_of(resources, placement.part).roles
    except InputError as error:
        return list(error.problems)
    problems = [
        not_among(f"{where}.roles", role, known=roles) for role in placement.roles if role not in roles
    ]
    asked = [(f"{where}.roles.{role}", other) for role, other in placement.roles.items()]
    asked += [(f"{where}.down", placement.down)] if placement.down is not None else []
    return problems + [_no_role(at, role) for at, role in asked if role not in ROLES]


def _no_role(where: str, role: str) -> Problem:
    vi, en = suggest(role, ROLES)
    return Problem(
        where,
        f"không có vai màu “{role}”; danh sách ở docs/scenes.md.{vi}".removesuffix("."),
        f"there is no role {role!r}; docs/scenes.md lists them.{en}".removesuffix("."),
    )


def unused_parts(resources: Resources) -> list[str]:
    """Parts that no scene is composed of, sorted."""
    used = {part for each in scene_ids(resources) for part in scene_of(resources, each).part_ids}
    return [part_id for part_id in part_ids(resources) if part_id not in used]


def draw_scene(resources: Resources, scene_id: str, *, palette: Palette, room: SceneRoom) -> DrawnScene:
    """A scene in the colours of a theme; `InputError` when it can't be used."""
    scene = scene_of(resources, scene_id)
    parts = {part_id: part_of(resources, part_id) for part_id in scene.part_ids}
    tints = flat_tints_of(palette) if palette.flat else tints_of(palette)
    return scene_svg(scene, parts, tints=tints, room=room)
