"""What layout knows of a text: how far the pen moves and where its ink lies."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dxassets.geometry import Box


@dataclass(frozen=True, slots=True)
class Ink:
    """A shaped line in em: pen advance, and the bounds of its glyphs (baseline at 0, y down).

    Bounds come from glyph outlines, never from the font's ascent: a stacked
    Vietnamese capital such as Ẳ reaches 1.23 em where the font says 1.00.
    """

    advance: float
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width of the ink."""
        return self.right - self.left

    def box(self, x: float, baseline: float, size: float) -> Box:
        """The ink of this line set at `size` with its pen starting at (`x`, `baseline`)."""
        return Box(
            x + self.left * size,
            baseline + self.top * size,
            self.width * size,
            (self.bottom - self.top) * size,
        )


Measure = Callable[[str, int], Ink]
"""Measures a text in a weight (500–900) of the display face."""
