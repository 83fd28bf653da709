"""What ornaments are made of: shapes, bands, rings, and how one module of a field or ring is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]
Layer = tuple[str, int, str]
"""A band's shape: its colour's role and index, and its path."""
OPACITY_STEPS = 8


@dataclass(frozen=True, slots=True)
class Shape:
    """Path data with the tone (index into a palette) and opacity that it is filled with."""

    path: str
    tone: int
    opacity: float


@dataclass(frozen=True, slots=True)
class Band:
    """A brocade band along x from 0: shapes with the name of their colour's role."""

    length: float
    thickness: float
    layers: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring whose hole sits higher than its outer circle: room for the mark at the foot."""

    center: float
    outer: float
    hole_y: float
    hole: float

    def inner_at(self, angle: float) -> float:
        """Distance from the outer centre to the hole's edge, at an angle from straight up (radians)."""
        lift = self.center - self.hole_y
        return lift * math.cos(angle) + math.sqrt(self.hole**2 - (lift * math.sin(angle)) ** 2)

    def point(self, radius: float, angle: float) -> tuple[float, float]:
        """The point at `radius` from the outer centre, at an angle from straight up."""
        return self.center + math.sin(angle) * radius, self.center - math.cos(angle) * radius


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one module of a field stands: its middle, how near to the corner (1 is there), what chance drew.

    `away` is the angle, from straight up, at which the corner looks at it; `shade` and `size` are 0–1.
    """

    x: float
    y: float
    nearness: float
    away: float
    shade: float
    size: float


@dataclass(frozen=True, slots=True)
class RingSpot:
    """Where one module of a ring stands: row from the outer edge, column from the whole end, chance.

    `scatter` (0–1) is in an even order: what lies above the density there is gone.
    """

    row: int
    rows: int
    column: int
    nearness: float
    scatter: float
    draws: tuple[float, float]


@dataclass(frozen=True, slots=True)
class RingModule:
    """How one module of a ring is drawn: colour, opacity in steps, size (1 is full), and its hole's share."""

    tone: int
    step: int
    size: float = 1.0
    hole: float = 0.0


@dataclass(frozen=True, slots=True)
class Frieze:
    """The strip between a band's edges: `count` figures `pitch` apart, `half` high either side of `middle`.

    `colors` is the number of the palette's colours for figures.
    """

    count: int
    pitch: float
    middle: float
    half: float
    colors: int

    @property
    def centers(self) -> list[float]:
        """Where figures stand along the band."""
        return [(index + 0.5) * self.pitch for index in range(self.count)]


def opacity_step(level: float) -> int:
    """An opacity of 0–1 in steps, never none."""
    return max(1, min(OPACITY_STEPS, round(level * OPACITY_STEPS)))


def tone_of(draw: float, tones: int) -> int:
    """The palette index for a draw in 0–1: most are the first, few the last."""
    for index, limit in enumerate((0.52, 0.82, 0.94)):
        if draw < limit or index == tones - 1:
            return min(index, tones - 1)
    return tones - 1
