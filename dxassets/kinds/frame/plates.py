"""The plate under a mark, in the theme's shape: at the foot of a ring, half on it and half on the photo."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Literal

from dxassets.backends.shaper import Shaper
from dxassets.colors import Rgb
from dxassets.geometry import Box
from dxassets.kinds.frame.lettering import AgencyLine, Lettering, mark_for, placed_mark
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.frame.styles import CENTER
from dxassets.ornaments import Ring

Shape = Literal["round", "lozenge", "ribbon", "seal", "block"]
_HEIGHT, _ABOVE_NAME = 104.0, 100.0
"""Of the mark, alone at the foot and above the agency's name."""
_NARROW, _MORE, _MORE_ABOVE_NAME = 3.5, 1.12, 1.04
"""A mark that is narrower than 10/10, in heights, is so much higher, while it is narrower. Above a name it
would soon stand in the face."""
_ABOVE, _BESIDE = 0.36, 0.5
"""Of the plate round its mark, in heights of the mark."""
_CUT: dict[Shape, float] = {"round": 0.5, "seal": 0.5, "lozenge": 0.3, "ribbon": 0.0, "block": 0.08}
"""How far from either end a plate's lower edge begins, in its heights."""
_AIR = 15.0
"""Between the plate and the letters, or the rim, below it."""
_LETTERS = 66.0
"""How far from the outer edge the agency's letters reach."""


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate with its mark: its path, the line inside its edge, its colours."""

    path: str
    inner: str
    ground: Rgb
    halo: Rgb
    line: Rgb
    box: Box
    mark: Lettering


def plate_at_foot(
    spec: FrameSpec, ring: Ring, agency: AgencyLine, shaper: Shaper, *, shape: Shape
) -> Plate | None:
    """The plate with the day's mark; None for a day without one."""
    text, palette = spec.day.mark, spec.theme.palette
    if text is None:
        return None
    letters = agency.lines.areas
    height = _ABOVE_NAME if letters else _HEIGHT
    mark = mark_for(text, height, shaper)
    if mark.width < _NARROW * height:  # thin numerals, which would not be seen at 40 px
        height *= min(_MORE_ABOVE_NAME if letters else _MORE, _NARROW * height / mark.width)
        mark = mark_for(text, height, shaper)
    high = mark.height + 2 * _ABOVE * height
    wide = mark.width + 2 * _BESIDE * height
    half = wide / 2 - _CUT[shape] * high
    far = ring.outer - _AIR
    if letters:
        far = ring.outer - _LETTERS - _AIR
        half = min(half, max(abs(area.box.center_x - CENTER) + area.box.width / 2 for area in letters))
    bottom = CENTER + sqrt(far**2 - half**2)
    box = Box(CENTER - wide / 2, bottom - high, wide, high)
    lines = placed_mark(
        mark,
        box.y + (high - mark.height) / 2,
        shaper,
        ink=palette.badge_ink,
        bar=palette.badge_ink,
    )
    return Plate(
        plate_path(box, shape),
        plate_path(box.pad(-8), shape) if shape in {"seal", "lozenge"} and not letters else "",
        palette.badge,
        palette.ground[0],
        palette.badge_ink,
        box,
        lines,
    )


def plate_path(box: Box, shape: Shape) -> str:
    """A plate's outline."""
    x, y, right, bottom, middle = box.x, box.y, box.right, box.bottom, box.center_y
    if shape in {"round", "seal", "block"}:
        radius = 0.16 * box.height if shape == "block" else box.height / 2
        flat, side = box.width - 2 * radius, box.height - 2 * radius
        corner = f"a{radius:.2f} {radius:.2f} 0 0 1"
        return (
            f"M{x + radius:.2f} {y:.2f}h{flat:.2f}{corner} {radius:.2f} {radius:.2f}v{side:.2f}"
            f"{corner} {-radius:.2f} {radius:.2f}h{-flat:.2f}{corner} {-radius:.2f} {-radius:.2f}v{-side:.2f}"
            f"{corner} {radius:.2f} {-radius:.2f}z"
        )
    if shape == "lozenge":
        cut = _CUT[shape] * box.height
        return (
            f"M{x + cut:.2f} {y:.2f}H{right - cut:.2f}L{right:.2f} {middle:.2f}"
            f"L{right - cut:.2f} {bottom:.2f}H{x + cut:.2f}L{x:.2f} {middle:.2f}z"
        )
    notch = 0.22 * box.height
    return (
        f"M{x:.2f} {y:.2f}H{right:.2f}L{right - notch:.2f} {middle:.2f}L{right:.2f} {bottom:.2f}"
        f"H{x:.2f}L{x + notch:.2f} {middle:.2f}z"
    )
