"""Scenes as data: drawings composed of small parts, tinted by the theme's palette. Reads no file itself."""

from __future__ import annotations

from dxassets.scenes.drawing import DrawnScene, SceneRoom, scene_svg
from dxassets.scenes.edges import SceneShape
from dxassets.scenes.flat_tints import flat_tints_of
from dxassets.scenes.model import Arrangement, PartPlace, Scene, SceneFile, parse_scene
from dxassets.scenes.parts import ScenePart, read_part
from dxassets.scenes.tints import ROLES, Tints, tints_of

__all__ = [
    "ROLES",
    "Arrangement",
    "DrawnScene",
    "PartPlace",
    "Scene",
    "SceneFile",
    "ScenePart",
    "SceneRoom",
    "SceneShape",
    "Tints",
    "flat_tints_of",
    "parse_scene",
    "read_part",
    "scene_svg",
    "tints_of",
]
