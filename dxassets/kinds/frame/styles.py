"""The compositions a frame may have, on the grid of `ring`: where each shows the photo, and what is cut.

Each is a row of numbers. The web page gets the same openings with its frames, so a photo lies alike in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, radians, sin
from types import MappingProxyType
from typing import get_args

from dxassets.brand import FrameStyle, Theme
from dxassets.framing import Opening
from dxassets.kinds.frame.ring import INNER_RIM, OPENING, RING, SIDE
from dxassets.ornaments import Ring

STYLES: tuple[FrameStyle, ...] = get_args(FrameStyle)
LEAST_PHOTO, _LEAST_IN_RING = 0.60, 0.46
"""Least share of the circle that apps cut in which the photo is seen; the broad ring leaves it less."""
CENTER = SIDE / 2


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle in the grid's units."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Style:
    """One composition.

    `ring` is the ring that type and modules stand on; for a band at the foot its hole is the circle of which
    the band's upper edge is an arc. `opening` is the circle that a photo covers: its middle is where a face
    comes to stand. `clear` must be transparent, and `least_photo` of the cut circle with it. `turn` is in
    degrees, clockwise, by which all but the opening is turned; `is_round`: nothing lies outside the circle.
    """

    ring: Ring
    opening: Opening
    clear: Circle
    least_photo: float = LEAST_PHOTO
    turn: float = 0.0
    is_round: bool = True

    @property
    def edge(self) -> float:
        """Radius of the circle that holds all of it, as a share of the side; a square's is what apps cut."""
        return self.ring.outer / SIDE if self.is_round else 0.5

    def clear_above(self, lift: float) -> Circle:
        """`clear` above a ribbon that reaches so much more into the photo."""
        away, along = radians(self.turn), self.clear
        return Circle(along.x + lift * sin(away), along.y - lift * cos(away), along.radius)


def _opening(x: float, y: float, radius: float) -> Opening:
    return Opening(x / SIDE, y / SIDE, radius / SIDE)


def _holed(ring: Ring, *, clear: Circle, is_round: bool = True) -> Style:
    """A slim ring round a hole. Its opening reaches above the hole, so that a chin clears the plate below."""
    radius = ring.hole + INNER_RIM / 2 + _ABOVE
    return Style(ring, _opening(ring.center, ring.hole_y - _ABOVE, radius), clear, is_round=is_round)


_ABOVE = 24.0
_SLIM = Ring(center=CENTER, outer=RING.outer, hole_y=536.0, hole=451.0)
_WOVEN = Ring(center=CENTER, outer=RING.outer, hole_y=CENTER, hole=447.0)
_BOWL = Ring(center=CENTER, outer=RING.outer, hole_y=-92.0, hole=844.0)
_CHORD = Ring(center=CENTER, outer=RING.outer, hole_y=-9312.0, hole=10_000.0)
"""The ribbon's upper edge: all but straight."""
_RIBBON_TURN = -38.0
_ASIDE = 92.0
"""How far a face stands from the middle, away from the ribbon."""

_BY_ID: dict[FrameStyle, Style] = {
    "foot": Style(_BOWL, _opening(CENTER, 432.0, 538.0), Circle(CENTER, 372.0, 350.0)),
    "badge": _holed(_SLIM, clear=Circle(CENTER, 420.5, 335.5)),
    "woven": _holed(_WOVEN, clear=Circle(CENTER, 431.0, 336.0)),
    "ribbon": Style(
        _CHORD,
        _opening(
            CENTER + _ASIDE * sin(radians(_RIBBON_TURN)), CENTER - _ASIDE * cos(radians(_RIBBON_TURN)), 552.0
        ),
        Circle(CENTER + 190 * sin(radians(_RIBBON_TURN)), CENTER - 190 * cos(radians(_RIBBON_TURN)), 336.0),
        turn=_RIBBON_TURN,
    ),
    "ring": Style(RING, OPENING, Circle(RING.center, RING.hole_y, RING.hole), _LEAST_IN_RING),
    "square": _holed(_SLIM, clear=Circle(CENTER, 420.5, 335.5), is_round=False),
}
STYLE_OF: Mapping[FrameStyle, Style] = MappingProxyType(_BY_ID)


def styles_of(theme: Theme, *, every: bool = False) -> tuple[FrameStyle, ...]:
    """The theme's own composition and the square one; with `every` all others too, as the web page offers."""
    others = STYLES if every else ()
    return tuple(dict.fromkeys((theme.frame, *others, "square")))
