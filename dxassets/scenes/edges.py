"""How a scene's room ends: at its own edges, or cut to a card, an arch, a disc or a bowed side."""

from __future__ import annotations

from typing import Literal

from dxassets.geometry import Box

SceneShape = Literal["open", "full", "panel", "arch", "disc", "bow-left", "bow-right"]
"""All but `open`, where the theme's ground is the sky, bring a sky of their own; `full` fills the room."""
_ROUND = 0.06
"""The corners of a card, of its short side."""
_BOW = 0.14
"""How deep a bowed side is, of the width."""


def edge_path(room: Box, shape: SceneShape) -> str:
    """The outline that nothing of the scene leaves."""
    if shape in {"open", "full"}:
        return box_path(room)
    if shape == "arch":
        return _rounded(room, min(room.width / 2, room.height), 0.0)
    if shape in {"bow-left", "bow-right"}:
        return _bowed(room, left=shape == "bow-left")
    short = min(room.width, room.height)
    radius = short / 2 if shape == "disc" else _ROUND * short
    return _rounded(room, radius, radius)


def box_path(box: Box) -> str:
    """An upright rectangle."""
    return f"M{number(box.x)} {number(box.y)}H{number(box.right)}V{number(box.bottom)}H{number(box.x)}Z"


def _rounded(box: Box, above: float, below: float) -> str:
    """A box with round corners of those two radii."""
    x, y, right, bottom = (number(value) for value in (box.x, box.y, box.right, box.bottom))
    a, b = number(above), number(below)
    return (
        f"M{x} {number(box.y + above)}A{a} {a} 0 0 1 {number(box.x + above)} {y}H{number(box.right - above)}"
        f"A{a} {a} 0 0 1 {right} {number(box.y + above)}V{number(box.bottom - below)}"
        f"A{b} {b} 0 0 1 {number(box.right - below)} {bottom}H{number(box.x + below)}"
        f"A{b} {b} 0 0 1 {x} {number(box.bottom - below)}Z"
    )


def _bowed(room: Box, *, left: bool) -> str:
    """A box one side of which is a bow, as far out as the box."""
    bow = _BOW * room.width
    near, far, inwards = (room.x, room.right, 1) if left else (room.right, room.x, -1)
    start = number(near + inwards * bow)
    return (
        f"M{number(far)} {number(room.y)}H{start}"
        f"Q{number(near - inwards * bow)} {number(room.center_y)} {start} {number(room.bottom)}"
        f"H{number(far)}Z"
    )


def number(value: float, digits: int = 2) -> str:
    """A number for SVG, without zeros that say nothing."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
