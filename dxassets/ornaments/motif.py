"""What a motif is, and our own two handwritings: pixels and lozenges."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from types import MappingProxyType

from dxassets.ornaments.model import (
    OPACITY_STEPS,
    Frieze,
    Layer,
    RingModule,
    RingSpot,
    Spot,
    opacity_step,
    tone_of,
)
from dxassets.ornaments.paths import lozenge_path, ringed_lozenge_path, square_path, turned_square_path

_NESTED = (0.98, 0.72, 0.5, 0.26, 0.12)
"""Radii of a band's nested figures, as shares of its half height."""


class Motif(ABC):
    """One module, and how modules stand: in a field, on a ring, and as the figures of a band."""

    @property
    @abstractmethod
    def id(self) -> str:
        """What the campaign's days call it."""

    @property
    def size(self) -> float:
        """Side of a cell, in the field's pitch."""
        return 1.0

    @property
    def row(self) -> float:
        """From one row of a field or ring to the next, in cells."""
        return 1.0

    @property
    def is_brick(self) -> bool:
        """Whether every other row is shifted by half a cell."""
        return False

    @property
    def strength(self) -> float:
        """How much more opaque than squares its modules must be, to weigh as much."""
        return 1.0

    @property
    def is_whole(self) -> bool:
        """Whether a ring ends with a whole figure, not where type cuts it."""
        return True

    @abstractmethod
    def module(self, spot: Spot, cell: float) -> str:
        """One module of a field, inside its cell of that side."""

    def ring_rows(self, fitting: int) -> int:
        """Rows of a ring, of those that fit."""
        return fitting

    @property
    @abstractmethod
    def ring_middle(self) -> float:
        """Where on a ring modules have their full size: in cells from the outermost row's edge."""

    @abstractmethod
    def ring_module(self, spot: RingSpot, tones: int) -> RingModule | None:
        """How a module of a ring is drawn; None where it is gone."""

    @abstractmethod
    def turned(self, place: tuple[float, float], angle: float, *, cell: float, module: RingModule) -> str:
        """One module of a ring, its head turned by `angle` from straight up."""

    def wished_pitch(self, half: float, edge: float) -> float:
        """From one figure of a band to the next, before a whole number of them is made to fit."""
        return 2.06 * half + edge

    @abstractmethod
    def frieze(self, frieze: Frieze) -> list[Layer]:
        """The figures of a band and what stands between them, from the back to the front."""


def dissolved(spot: RingSpot, tones: int, *, strength: float = 1.0) -> RingModule | None:
    """A module of a ring that dissolves inwards and towards its start, like a picture into its pixels."""
    depth, nearness, draws = spot.row / spot.rows, spot.nearness, spot.draws
    if spot.scatter > 1.1 * nearness**0.85 - 0.35 * depth * (1 - nearness):
        return None
    tone = tone_of(draws[1], tones)
    if tone == tones - 1 and tones > 2:  # half-transparent accents turn to mud: clear, or not at all
        return RingModule(tone, OPACITY_STEPS, 0.9) if nearness > 0.35 else None
    level = (0.1 + 0.9 * nearness**1.3) * (0.55 + 0.45 * draws[0])
    return RingModule(tone, opacity_step(level * strength), 1.0 if draws[1] % 0.1 < 0.088 else 0.55)


class _Nested(Motif):
    """What both of ours share: modules of one square, and nested figures in a band."""

    @property
    def ring_middle(self) -> float:
        return WOVEN_ROWS / 2

    @staticmethod
    def _side(spot: Spot, cell: float) -> float:
        """Side of a module: near the corner they close ranks, far from it they shrink."""
        side = cell * (0.62 + 0.26 * min(1.0, spot.nearness * 1.4))
        return side * 0.55 if spot.size > 0.9 else side

    def frieze(self, frieze: Frieze) -> list[Layer]:
        layers: list[Layer] = []
        for index in range(min(frieze.colors, len(_NESTED))):
            layers.append(("figure", index, self._figures(frieze, frieze.half * _NESTED[index])))
            if index == 0:
                layers.append(("ground", 0, self._figures(frieze, frieze.half * 0.84)))
        notches = [
            self._notch(index * frieze.pitch, frieze, sign)
            for index in range(frieze.count + 1)
            for sign in (-1, 1)
        ]
        return [*layers, ("triangle", 0, "".join(notches))]

    def _figures(self, frieze: Frieze, radius: float) -> str:
        return "".join(self._figure(x, frieze.middle, radius, frieze.half) for x in frieze.centers)

    @abstractmethod
    def _figure(self, x: float, y: float, radius: float, half: float) -> str:
        """One nested figure of a band."""

    @abstractmethod
    def _notch(self, x: float, frieze: Frieze, sign: int) -> str:
        """The triangle between two figures, at the upper edge (`sign` -1) or the lower one."""


class _Pixels(_Nested):
    """Upright squares that dissolve; a band's figures climb in steps, like cross-stitch."""

    @property
    def id(self) -> str:
        return "pixels"

    @property
    def is_whole(self) -> bool:
        return False

    def module(self, spot: Spot, cell: float) -> str:
        return square_path(spot.x, spot.y, self._side(spot, cell))

    def ring_module(self, spot: RingSpot, tones: int) -> RingModule | None:
        return dissolved(spot, tones)

    def turned(self, place: tuple[float, float], angle: float, *, cell: float, module: RingModule) -> str:
        return turned_square_path(*place, cell * 0.38 * module.size, angle)

    def _figure(self, x: float, y: float, radius: float, half: float) -> str:
        unit = half / 6
        steps = max(0, round(radius / unit) - 1)
        rows: list[str] = []
        for row in range(-steps, steps + 1):
            width = (2 * (steps - abs(row)) + 1) * unit
            rows.append(
                f"M{x - width / 2:.2f} {y + (row - 0.5) * unit:.2f}h{width:.2f}v{unit:.2f}h{-width:.2f}z"
            )
        return "".join(rows)

    def _notch(self, x: float, frieze: Frieze, sign: int) -> str:
        base, unit = frieze.middle + sign * frieze.half, frieze.half / 6
        rows: list[str] = []
        for step in range(3):
            width = (5 - 2 * step) * unit
            top = base - sign * unit * (step + 0.5) - unit / 2
            rows.append(f"M{x - width / 2:.2f} {top:.2f}h{width:.2f}v{unit:.2f}h{-width:.2f}z")
        return "".join(rows)


class _Lozenges(_Nested):
    """Squares turned by 45°, nested as in brocade; on a ring they are woven into a band of figures."""

    @property
    def id(self) -> str:
        return "lozenges"

    def module(self, spot: Spot, cell: float) -> str:
        half = self._side(spot, cell) * 0.56
        if spot.size > 0.45:
            return ringed_lozenge_path(spot.x, spot.y, half, half * 0.5)
        return lozenge_path(spot.x, spot.y, half, half)

    def ring_rows(self, fitting: int) -> int:
        return min(fitting, WOVEN_ROWS)

    def ring_module(self, spot: RingSpot, tones: int) -> RingModule | None:
        return _woven(spot, tones)

    def turned(self, place: tuple[float, float], angle: float, *, cell: float, module: RingModule) -> str:
        """Tips point along the curve and across it."""
        half = cell * 0.335 * module.size
        path = turned_square_path(*place, half, angle + math.pi / 4)
        if module.hole:
            path += turned_square_path(*place, half * module.hole, angle + math.pi / 4, hole=True)
        return path

    def _figure(self, x: float, y: float, radius: float, half: float) -> str:
        del half
        return lozenge_path(x, y, radius, radius)

    def _notch(self, x: float, frieze: Frieze, sign: int) -> str:
        base, size = frieze.middle + sign * frieze.half, min(frieze.half * 0.5, frieze.pitch * 0.3)
        return f"M{x - size:.2f} {base:.2f}h{2 * size:.2f}L{x:.2f} {base - sign * size:.2f}z"


WOVEN_ROWS = 5
"""Rows of a woven band: a mid-row and two on either side."""
_FIGURE = 6
"""Modules from one woven figure's middle to the next."""


def _woven(spot: RingSpot, tones: int) -> RingModule | None:
    """A lozenge of the woven band: its distance from the figure's middle decides what it is."""
    across = abs(spot.column % _FIGURE - _FIGURE // 2)
    distance = across + abs(spot.row - WOVEN_ROWS // 2)
    if spot.scatter > 0.25 + 1.5 * spot.nearness:
        return None
    level = 0.16 + 0.84 * min(1.0, spot.nearness * 1.25) ** 1.2
    step = opacity_step(level)
    if distance == 0:  # a half-transparent accent turns to mud
        return RingModule(tones - 1 if step > OPACITY_STEPS // 2 else 0, step)
    if distance == 1:
        return RingModule(0, step, hole=0.52)
    if distance == 2:
        return RingModule(0, step)
    if distance == 3:
        return RingModule(min(1, tones - 1), step, hole=0.52)
    return RingModule(min(1, tones - 1), step, 0.6)


PIXELS: Motif = _Pixels()
LOZENGES: Motif = _Lozenges()
OWN_MOTIFS: Mapping[str, Motif] = MappingProxyType({each.id: each for each in (PIXELS, LOZENGES)})
"""Our own, by their ids; every other motif is a drawing."""
