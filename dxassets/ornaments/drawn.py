"""A motif that somebody drew: its outlines on a unit square, and how they are laid side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from dxassets.models import BilingualError, Model
from dxassets.ornaments.model import Frieze, Layer, RingModule, RingSpot, Spot
from dxassets.ornaments.motif import Motif, dissolved

Point = tuple[float, float]
Outline = tuple[tuple[str, tuple[Point, ...]], ...]
"""Path commands (M, L, Q, C, Z) and absolute points; (0, 0) is the middle, the longer side 1, y runs down."""
_SMALL_FROM = 0.86
"""What chance must draw for a field's module to be a small one."""
_SMALL = 0.62
_STRENGTH = 1.35
"""A figure covers less of its cell than a square does."""


def _number(value: object) -> float:
    """A number as an attribute has it."""
    try:
        number = float(str(value))
    except ValueError:
        number = math.nan
    if math.isnan(number):
        raise BilingualError(
            f"phải là số, như 1.5; đang là “{value}”", f"must be a number such as 1.5, not {value!r}"
        )
    return number


_Number = Annotated[float, BeforeValidator(_number)]


class Tiling(Model):
    """How a drawing is laid side by side: the `data-…` attributes of its `<svg>`."""

    model_config = ConfigDict(alias_generator="data-{}".format, populate_by_name=True)

    size: Annotated[_Number, Field(ge=1, le=3)] = 1.5
    """Side of its cell; 1 is a module of `pixels`."""
    fill: Annotated[_Number, Field(ge=0.5, le=1)] = 0.9
    """How much of its cell a module takes near the corner."""
    rows: Annotated[_Number, Field(ge=0.4, le=1)] = 1.0
    """From one row to the next, in cells."""
    stand: Literal["straight", "brick"] = "straight"
    """``brick``: every other row is shifted by half a cell."""
    turn: Literal["upright", "corner", "quarter"] = "upright"
    """``corner``: heads point away from the corner; ``quarter``: turned by quarters, by chance."""
    band: Literal["apart", "joined"] = "apart"
    """``joined``: the figures of a band touch."""


@dataclass(frozen=True)
class DrawnMotif(Motif):
    """A drawing as a motif. `parts` make the figure, from the back to the front.

    In a field and on a ring all parts have one tone; in a band each has the next of the palette's colours
    for figures. `small` stands for modules that are drawn small, `between` between a band's figures;
    `width` and `height` are the view box's, the longer one 1.
    """

    name: str
    parts: tuple[Outline, ...]
    small: Outline
    between: Outline
    width: float
    height: float
    tiling: Tiling

    @property
    def id(self) -> str:
        """The name of its file."""
        return self.name

    @property
    def size(self) -> float:
        """As its tiling says."""
        return self.tiling.size

    @property
    def row(self) -> float:
        """As its tiling says."""
        return self.tiling.rows

    @property
    def is_brick(self) -> bool:
        """As its tiling says."""
        return self.tiling.stand == "brick"

    @property
    def strength(self) -> float:
        """More than that of squares."""
        return _STRENGTH

    @cached_property
    def _round(self) -> float:
        """Scale at which the drawing may be turned by any angle inside its cell."""
        return min(1.0, 0.5 / max(math.hypot(x, y) for x, y in points_of(self.parts)))

    def module(self, spot: Spot, cell: float) -> str:
        """A whole module, or here and there a small one; they shrink a little where the field dissolves."""
        scale = cell * self.tiling.fill * (0.8 + 0.2 * min(1.0, spot.nearness * 1.4))
        angle = 0.0
        if self.tiling.turn == "corner":
            angle, scale = spot.away, scale * self._round
        elif self.tiling.turn == "quarter":
            angle = math.pi / 2 * (int(spot.shade * 997) % 4)
        place = _Pose(spot.x, spot.y, scale, scale, angle, is_mirrored=spot.away < 0)
        return self._at(place, is_small=spot.size > _SMALL_FROM)

    def _at(self, place: _Pose, *, is_small: bool) -> str:
        if not is_small:
            return "".join(place.path(part) for part in self.parts)
        scale = place.across * _SMALL
        return _Pose(place.x, place.y, scale, scale, place.angle, is_mirrored=place.is_mirrored).path(
            self.small
        )

    @property
    def ring_middle(self) -> float:
        """The inner edge of the outermost row."""
        return 1.0

    def ring_module(self, spot: RingSpot, tones: int) -> RingModule | None:
        """Drawings dissolve like a picture."""
        return dissolved(spot, tones, strength=self.strength)

    def turned(self, place: tuple[float, float], angle: float, *, cell: float, module: RingModule) -> str:
        """Heads point inwards, which is up where a ring is densest; the left flank mirrors the right."""
        scale = cell * self.tiling.fill * self._round
        turned = _Pose(*place, scale, scale, angle + math.pi, is_mirrored=angle < 0)
        return self._at(turned, is_small=module.size < _SMALL)

    def wished_pitch(self, half: float, edge: float) -> float:
        """A figure's width, and a little air unless figures touch."""
        width = 2 * half * self.width / self.height
        return width if self.tiling.band == "joined" else 1.03 * width + edge

    def frieze(self, frieze: Frieze) -> list[Layer]:
        """Figures upright in a row, part by part, and what stands between them."""
        scale = 2 * frieze.half / self.height
        across = frieze.pitch / self.width if self.tiling.band == "joined" else scale
        places = [_Pose(x, frieze.middle, across, scale) for x in frieze.centers]
        layers: list[Layer] = [
            ("figure", index % frieze.colors, "".join(place.path(part) for place in places))
            for index, part in enumerate(self.parts)
        ]
        if self.between:
            gaps = [
                _Pose(index * frieze.pitch, frieze.middle, scale, scale) for index in range(frieze.count + 1)
            ]
            layers.append(("triangle", 0, "".join(gap.path(self.between) for gap in gaps)))
        return layers


@dataclass(frozen=True, slots=True)
class _Pose:
    """Where an outline's middle comes to stand, how large a unit is there across and along, and its turn."""

    x: float
    y: float
    across: float
    along: float
    angle: float = 0.0
    is_mirrored: bool = False

    def path(self, outline: Outline) -> str:
        """The outline there, as path data."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        across = -self.across if self.is_mirrored else self.across
        parts: list[str] = []
        for command, points in outline:
            moved = (
                f"{self.x + x * across * cos - y * self.along * sin:.2f} "
                f"{self.y + x * across * sin + y * self.along * cos:.2f}"
                for x, y in points
            )
            parts.append(command + " ".join(moved))
        return "".join(parts)


def points_of(parts: Iterable[Outline]) -> list[Point]:
    """All points of some outlines, those that only pull a curve included."""
    return [point for part in parts for _, points in part for point in points]
