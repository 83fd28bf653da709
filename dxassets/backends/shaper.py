"""Lines of type in the weights of the brand's face: measured, and as outlines, straight or on a circle."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from dxassets.backends.fonts import Bounds, Font, Glyph, missing_characters
from dxassets.brand import nearest_weight
from dxassets.geometry import Box
from dxassets.typesetting.ink import Ink

__all__ = ["Font", "Glyph", "Shaper", "missing_characters"]


class Shaper:
    """The weights of a face, and of the spare one. `measure` is what layout is given."""

    def __init__(self, fonts: Mapping[int, bytes], spare: Mapping[int, bytes] | None = None) -> None:
        self._data = dict(fonts)
        self._spare = dict(spare or {})
        self._fonts: dict[int, Font] = {}
        self._inks: dict[tuple[str, int], Ink] = {}

    def font(self, weight: int) -> Font:
        """The font of that weight, or of the nearest that the brand has, opened once."""
        if weight not in self._fonts:
            nearest = nearest_weight(self._data, weight)
            if nearest == weight:
                spare = nearest_weight(self._spare, weight) if self._spare else None
                self._fonts[weight] = Font(self._data[weight], None if spare is None else self._spare[spare])
            else:
                self._fonts[weight] = self.font(nearest)
        return self._fonts[weight]

    def standing_in(self, weight: int) -> int:
        """The weight that is drawn for `weight`: itself, or the nearest that the brand has."""
        return nearest_weight(self._data, weight)

    @cached_property
    def measure(self) -> _Measure:
        """One measuring function for this shaper's whole life, so that layouts can be kept by it."""
        return _Measure(self)

    def missing(self, text: str, weight: int = 600) -> list[str]:
        """The characters of `text` that the face lacks."""
        return self.font(weight).missing(text)

    def ink(self, text: str, weight: int) -> Ink:
        """Advance and ink of `text`, in em."""
        found = self._inks.get((text, weight))
        if found is None:
            if len(self._inks) > 8192:
                self._inks.clear()
            found = self._inks[text, weight] = self.font(weight).ink(text)
        return found

    def line_to_svg(self, text: str, weight: int, *, x: float, baseline: float, size: float) -> str:
        """One line as an SVG group of outlines; it takes the fill of its parent."""
        font = self.font(weight)
        scale = size / font.units_per_em
        paths = "".join(
            f'<path transform="translate({glyph.x:g} {glyph.y:g})" d="{font.outline(glyph.id)}"/>'
            for glyph in font.shape(text)
            if font.outline(glyph.id)
        )
        return f'<g transform="translate({x:.3f} {baseline:.3f}) scale({scale:.6f})">{paths}</g>'

    def arc_angle(
        self, text: str, weight: int, *, radius: float, size: float, at_foot: bool = False
    ) -> float:
        """The angle that `text` takes on a circle, in radians; see `arc_glyphs`."""
        ink = self.ink(text, weight)
        return ink.advance * size / _spacing_radius(ink, radius, size=size, at_foot=at_foot)

    def arc_glyphs(
        self,
        text: str,
        weight: int,
        *,
        center: tuple[float, float],
        radius: float,
        size: float,
        at_foot: bool = False,
    ) -> tuple[tuple[str, Box], ...]:
        """One line set glyph by glyph on a circle, from left to right, its middle straight up or down.

        `radius` is that of the baseline. On the top the letters stand outwards; with
        `at_foot` they stand inwards on the lower half. Kerning is kept: each glyph stands
        upright to the curve at the middle of its own advance. Gives each glyph's SVG path
        and the upright box round its ink; blanks are left out.
        """
        font = self.font(weight)
        scale = size / font.units_per_em
        glyphs = font.shape(text)
        total = sum(glyph.advance for glyph in glyphs) * scale
        spacing = _spacing_radius(self.ink(text, weight), radius, size=size, at_foot=at_foot)
        side = -1 if at_foot else 1
        placed: list[tuple[str, Box]] = []
        for glyph in glyphs:
            if not font.outline(glyph.id):
                continue
            along = ((glyph.x + glyph.advance / 2) * scale - total / 2) / spacing
            angle = side * along  # by which the glyph is turned, clockwise
            x = center[0] + math.sin(along) * radius
            y = center[1] - side * math.cos(along) * radius
            path = (
                f'<path transform="translate({x:.3f} {y:.3f}) rotate({math.degrees(angle):.4f}) '
                f'scale({scale:.6f}) translate({-glyph.advance / 2:g} {glyph.y:g})" '
                f'd="{font.outline(glyph.id)}"/>'
            )
            placed.append((path, _turned_box(font.bounds(glyph.id), glyph, (x, y), angle, scale)))
        return tuple(placed)


def _spacing_radius(ink: Ink, radius: float, *, size: float, at_foot: bool) -> float:
    """The radius on which letters keep the distances that the font gives them.

    On the top that is the baseline, and heads stand wider. At the foot heads lean
    together, so there it is where the tallest mark ends: no two marks can touch.
    """
    return radius + ink.top * size if at_foot else radius


def _turned_box(bounds: Bounds, glyph: Glyph, origin: tuple[float, float], angle: float, scale: float) -> Box:
    """The upright box round a glyph's ink after it was turned by `angle` about `origin`."""
    cos, sin = math.cos(angle) * scale, math.sin(angle) * scale
    corners = [
        (x - glyph.advance / 2, y + glyph.y)
        for x in (bounds.left, bounds.right)
        for y in (bounds.top, bounds.bottom)
    ]
    xs = [origin[0] + x * cos - y * sin for x, y in corners]
    ys = [origin[1] + x * sin + y * cos for x, y in corners]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


@dataclass(frozen=True, eq=False, slots=True)
class _Measure:
    """`Shaper.ink` as a value that compares by identity."""

    shaper: Shaper

    def __call__(self, text: str, weight: int) -> Ink:
        return self.shaper.ink(text, weight)
