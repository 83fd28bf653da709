"""A ring woven of the day's figures, large enough to be seen at 40 px; type stands on plain cloth."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, degrees, pi, sin

from dxassets.backends.shaper import Shaper
from dxassets.brand import FrameStyle, Theme
from dxassets.colors import Rgb
from dxassets.kinds.frame.lettering import ArcRoom, Lettering, agency_line, joined
from dxassets.kinds.frame.outlines import Composed, Rim, edge_color, reach, ring_path
from dxassets.kinds.frame.plates import plate_at_foot
from dxassets.kinds.frame.rings import foot_room, name_line, name_room
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.frame.styles import CENTER, STYLE_OF
from dxassets.ornaments import Motif, Ring
from dxassets.ornaments.model import Frieze

_EM = 48.0
_FOOT = foot_room(0.62 * pi)
_EDGE = 8.0
_AIR = 2.0
_PITCH = 1.04
"""From one figure to the next, in the motif's own pitch, before a whole number is made to fit."""
_APART = 0.09
"""Radians between type and weave."""
_COLORS = 3
"""Of a figure: more would be too fine to be seen small."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Where the middle of one figure of the weave lies, and how far it is turned (degrees)."""

    x: float
    y: float
    turn: float


@dataclass(frozen=True, slots=True)
class Weave:
    """A woven part of the ring: its ground, one figure, where figures stand, and the line at both ends.

    A figure has layers; its middle lies at x = `middle`.
    """

    ground: str
    middle: float
    layers: tuple[tuple[str, Rgb], ...]
    figures: tuple[Figure, ...]
    ends: str


def room_of(style: FrameStyle, theme: Theme) -> ArcRoom:
    """Where the day's name stands along the top."""
    del theme
    return name_room(STYLE_OF[style].ring, _EM, outer=_EDGE, inner=_EDGE)


def compose(spec: FrameSpec, motif: Motif, shaper: Shaper) -> Composed:
    """All of the ring."""
    ring, palette = STYLE_OF[spec.style].ring, spec.theme.palette
    name = name_line(spec, room_of(spec.style, spec.theme), shaper)
    agency = agency_line(spec.agency_name, palette.ink_soft, _FOOT, shaper)
    plate = plate_at_foot(spec, ring, agency, shaper, shape="lozenge")
    start = reach(name.boxes) + _APART
    if agency.lines.areas:
        end = reach(agency.lines.boxes) - _APART
        spans = [(start, end), (2 * pi - end, 2 * pi - start)]
    else:
        spans = [(start, 2 * pi - start)]
    context: dict[str, object] = {
        "weaves": [_weave(spec, motif, ring, start=begin, end=end) for begin, end in spans],
        "weave_end": palette.band.edges[0],
        "rims": _rims(spec, ring),
        "ring_path": ring_path(ring),
        "plate": plate,
    }
    mark = Lettering() if plate is None else plate.mark
    return Composed(joined((name, agency.lines, mark)), agency, context)


def _rims(spec: FrameSpec, ring: Ring) -> tuple[Rim, ...]:
    """The selvedges: a line at the outer edge and one round the hole."""
    color = spec.theme.palette.band.edges[0]
    outer = edge_color(spec.theme)
    return (
        Rim(CENTER, ring.hole_y, ring.hole + _EDGE / 2, _EDGE, color),
        Rim(CENTER, CENTER, ring.outer - _EDGE / 2, _EDGE, color if spec.theme.border is None else outer),
    )


def _weave(spec: FrameSpec, motif: Motif, ring: Ring, *, start: float, end: float) -> Weave:
    """Figures from one angle (straight up is 0, clockwise) to another, a whole number of them."""
    colors = spec.theme.palette.band
    thick = ring.outer - ring.hole
    middle = ring.hole + thick / 2
    half = thick / 2 - _EDGE - _AIR
    length = (end - start) * middle
    count = max(1, round(length / (motif.wished_pitch(half, 0.0) * _PITCH)))
    used = min(_COLORS, len(colors.figures))
    pitch = length / count
    frieze = Frieze(1, pitch, 0.0, half, used)
    by_role = {
        "ground": (colors.ground,),
        "figure": colors.figures,
        "triangle": (colors.triangles,),
    }
    layers = tuple((path, by_role[role][index]) for role, index, path in motif.frieze(frieze))
    step = (end - start) / count
    figures: list[Figure] = []
    for at in range(count):
        angle = start + (at + 0.5) * step
        figures.append(Figure(CENTER + middle * sin(angle), CENTER - middle * cos(angle), degrees(angle)))
    ends = "".join(
        f"M{ax:.2f} {ay:.2f}L{bx:.2f} {by:.2f}"
        for (ax, ay), (bx, by) in (
            (ring.point(ring.hole, angle), ring.point(ring.outer - 1, angle)) for angle in (start, end)
        )
    )
    return Weave(_sector(ring, start, end), pitch / 2, layers, tuple(figures), ends)


def _sector(ring: Ring, start: float, end: float) -> str:
    """A piece of the ring between two angles, under its rims."""
    outer, inner = ring.outer - 1, ring.hole + 1
    large = int(end - start > pi)
    (ax, ay), (bx, by) = ring.point(outer, start), ring.point(outer, end)
    (cx, cy), (dx, dy) = ring.point(inner, end), ring.point(inner, start)
    return (
        f"M{ax:.2f} {ay:.2f}A{outer:g} {outer:g} 0 {large} 1 {bx:.2f} {by:.2f}"
        f"L{cx:.2f} {cy:.2f}A{inner:g} {inner:g} 0 {large} 0 {dx:.2f} {dy:.2f}z"
    )
