"""Sizes, boxes and lengths. y grows downwards, as in SVG and in rasters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MM_PER_INCH = 25.4
CSS_PX_PER_INCH = 96.0


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height, in the unit that the context names."""

    width: float
    height: float

    @property
    def aspect(self) -> float:
        """Width over height."""
        return self.width / self.height

    @property
    def short_side(self) -> float:
        """The smaller of both sides."""
        return min(self.width, self.height)


@dataclass(frozen=True, slots=True)
class Insets:
    """Distances from the four sides, inwards."""

    top: float
    right: float
    bottom: float
    left: float


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle; `x`, `y` is its top left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    @property
    def center_x(self) -> float:
        """The x half way across."""
        return self.x + self.width / 2

    @property
    def center_y(self) -> float:
        """The y half way down."""
        return self.y + self.height / 2

    def inset(self, insets: Insets) -> Box:
        """The box that is left when `insets` are taken off its sides."""
        return Box(
            self.x + insets.left,
            self.y + insets.top,
            self.width - insets.left - insets.right,
            self.height - insets.top - insets.bottom,
        )

    def pad(self, distance: float) -> Box:
        """The box grown by `distance` on every side."""
        return self.inset(Insets(-distance, -distance, -distance, -distance))

    def scale(self, factor: float) -> Box:
        """The box in a unit `factor` times smaller."""
        return Box(self.x * factor, self.y * factor, self.width * factor, self.height * factor)

    def move(self, dx: float, dy: float) -> Box:
        """The box moved by `dx`, `dy`."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def contains(self, other: Box, tolerance: float = 0.0) -> bool:
        """Whether `other` lies inside, give or take `tolerance`."""
        return (
            other.x >= self.x - tolerance
            and other.y >= self.y - tolerance
            and other.right <= self.right + tolerance
            and other.bottom <= self.bottom + tolerance
        )

    def meet(self, other: Box) -> Box:
        """What lies in both boxes; an empty box where they are apart."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(x, y, max(0.0, right - x), max(0.0, bottom - y))

    def part(self, region: tuple[float, float, float, float]) -> Box:
        """A region of the box: left, top, width and height as shares of it."""
        left, top, width, height = region
        return Box(
            self.x + left * self.width, self.y + top * self.height, width * self.width, height * self.height
        )

    def overlaps(self, other: Box) -> bool:
        """Whether both share more than an edge."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )


def bounding_box(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds all `boxes` (at least one)."""
    found = list(boxes)
    left = min(box.x for box in found)
    top = min(box.y for box in found)
    right = max(box.right for box in found)
    bottom = max(box.bottom for box in found)
    return Box(left, top, right - left, bottom - top)
