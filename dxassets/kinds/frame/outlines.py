"""What compositions of a frame share: rims, corners and paths of circles, and what a composition is."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cos, pi, sin, sqrt

from dxassets.brand import Palette, Theme
from dxassets.colors import Rgb, contrast, luminance, mix
from dxassets.geometry import Box
from dxassets.kinds.frame.lettering import AgencyLine, Lettering
from dxassets.kinds.frame.ring import INNER_RIM, RING, SIDE
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.frame.styles import CENTER
from dxassets.ornaments import Motif, Ring, Shape, module_field

PITCH = 26.0
"""From one module of a frame to the next."""
_ON_WHITE = 3.0
"""A ground with less contrast than this vanishes on a white page: its outer rim is a broad one."""
_CORNER_STEP = 1.35
"""Contrast of a square's corners with the ring, so that the circle is seen."""


@dataclass(frozen=True, slots=True)
class Rim:
    """A circular line: its middle, the radius of its centre line, and its width."""

    x: float
    y: float
    radius: float
    width: float
    color: Rgb


@dataclass(frozen=True, slots=True)
class Composed:
    """A frame's type, the agency's part of it, and what its template draws below.

    `lift` is by how much more than usual a ribbon reaches into the photo.
    """

    lines: Lettering
    agency: AgencyLine
    context: dict[str, object]
    lift: float = 0.0


def circle_path(x: float, y: float, radius: float) -> str:
    """A circle as a closed path."""
    return (
        f"M{x - radius:g} {y:g}a{radius:g} {radius:g} 0 1 0 {2 * radius:g} 0"
        f"a{radius:g} {radius:g} 0 1 0 {-2 * radius:g} 0z"
    )


def ring_path(ring: Ring) -> str:
    """The ground of a ring (even-odd), ended under the middle of its rims.

    Two edges on one line would let the dark one shine through.
    """
    return circle_path(CENTER, CENTER, ring.outer - 1) + hole_path(ring)


def hole_path(ring: Ring) -> str:
    """The hole, up to the middle of its rim."""
    return circle_path(CENTER, ring.hole_y, ring.hole + INNER_RIM / 2)


def edge_color(theme: Theme) -> Rgb:
    """The colour of the line at the outer edge: the theme's border, if it has one."""
    return theme.border or theme.palette.accent


def rim_color(theme: Theme) -> Rgb:
    """The colour of the line beside the photo."""
    return theme.border or theme.palette.bar


def outer_rim(theme: Theme, ring: Ring) -> Rim:
    """The line at the outer edge; a broader one where the ring would vanish on a white page."""
    broad = 12.0 if ring == RING else 8.0
    width = broad if is_pale(theme.palette) else 5.0
    return Rim(CENTER, CENTER, ring.outer - width / 2, width, edge_color(theme))


def rims(theme: Theme, ring: Ring) -> tuple[Rim, ...]:
    """The lines round the hole and at the outer edge."""
    return (
        Rim(CENTER, ring.hole_y, ring.hole + INNER_RIM / 2, INNER_RIM, rim_color(theme)),
        outer_rim(theme, ring),
    )


def is_pale(palette: Palette) -> bool:
    """Whether a ring would vanish on a white page."""
    return contrast(luminance(palette.ground[0]), 1.0) < _ON_WHITE


def corner_ground(palette: Palette) -> Rgb:
    """The ground of a square's corners: deeper (on white, tinted) until it stands out from the ring."""
    ring = palette.ground[0]
    deep = palette.accent if is_pale(palette) else palette.band.ground
    for step in range(1, 21):
        color = mix(ring, deep, step / 20)
        if contrast(luminance(color), luminance(ring)) >= _CORNER_STEP:
            return color
    return deep


def corners(spec: FrameSpec, motif: Motif) -> tuple[Shape, ...]:
    """Modules in the four corners, each a mirror image, outside the circle that a picture is cut to."""
    inside = SIDE / 2 * (1 + 1 / sqrt(2)) - SIDE * 0.02
    calm = [Box(SIDE - inside, SIDE - inside, 2 * inside - SIDE, 2 * inside - SIDE)]
    # boxes along the circle keep the modules off its rim
    for step in range(64):
        angle = step * 2 * pi / 64
        x, y = SIDE / 2 + sin(angle) * 522, SIDE / 2 - cos(angle) * 522
        calm.append(Box(x - 26, y - 26, 52, 52))
    fields = (
        module_field(
            Box(0, 0, SIDE, SIDE),
            corner,
            pitch=PITCH,
            reach=250.0,
            motif=motif,
            tones=len(spec.theme.palette.modules),
            seed=f"{spec.day.motif} corner",
            strength=0.9,
            calm=calm,
        )
        for corner in ("top-left", "top-right", "bottom-left", "bottom-right")
    )
    return tuple(shape for field in fields for shape in field)


def reach(boxes: list[Box]) -> float:
    """The angle from straight up of the last letter of an arc, in radians."""
    return atan2(boxes[-1].right - CENTER, CENTER - boxes[-1].center_y)
