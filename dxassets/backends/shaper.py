"""Shapes text with HarfBuzz and gives its outlines. The only module that imports uharfbuzz.

Fonts come as bytes from the brand folder; no system font is ever looked up.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.silence import quietly_imported
from dxassets.brand import nearest_weight
from dxassets.errors import AssetError, Problem
from dxassets.geometry import Box
from dxassets.typesetting.ink import Ink

with quietly_imported:
    import uharfbuzz as hb


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shaped glyph: its id, and where its origin stands on the line (font units, y down)."""

    id: int
    x: float
    y: float
    advance: float


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Ink bounds of a glyph in font units, y down; `empty` for blanks."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def empty(self) -> bool:
        return self.right <= self.left


class Font:
    """One font file: shaping, glyph bounds and glyph outlines, each kept once asked for."""

    def __init__(self, data: bytes) -> None:
        self._face = hb.Face(data)
        self._font = hb.Font(self._face)
        self._lines: dict[str, tuple[Glyph, ...]] = {}
        self._outlines: dict[int, str] = {}
        self._bounds: dict[int, _Bounds] = {}

    @property
    def units_per_em(self) -> int:
        """Font units in an em."""
        return int(self._face.upem)

    def missing(self, text: str) -> list[str]:
        """The characters of `text` that the font can't draw, in order, once each."""
        return [char for char in dict.fromkeys(text) if not self._has(char)]

    def _has(self, char: str) -> bool:
        return char == " " or self._font.get_nominal_glyph(ord(char)) is not None

    def shape(self, text: str) -> tuple[Glyph, ...]:
        """`text` on one line from left to right, kerned; `AssetError` when a glyph is missing."""
        found = self._lines.get(text)
        if found is None:
            if len(self._lines) > 4096:
                self._lines.clear()
            found = self._lines[text] = self._shape(text)
        return found

    def _shape(self, text: str) -> tuple[Glyph, ...]:
        missing = self.missing(text)
        if missing:
            raise AssetError(missing_characters("", missing))
        if not text:
            return ()  # HarfBuzz gives no positions for an empty buffer
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        hb.shape(self._font, buffer, {"kern": True, "liga": True})
        glyphs: list[Glyph] = []
        pen = 0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            dx, dy, advance, _ = position.position
            glyphs.append(Glyph(int(info.codepoint), pen + dx, -dy, advance))
            pen += advance
        return tuple(glyphs)

    def ink(self, text: str) -> Ink:
        """Advance and ink bounds of `text` on one line, in em."""
        glyphs = self.shape(text)
        placed = [(glyph, self.bounds(glyph.id)) for glyph in glyphs]
        inked = [(glyph, bounds) for glyph, bounds in placed if not bounds.empty]
        em = self.units_per_em
        advance = sum(glyph.advance for glyph in glyphs) / em
        if not inked:
            return Ink(advance, 0, 0, 0, 0)
        return Ink(
            advance,
            min(glyph.x + bounds.left for glyph, bounds in inked) / em,
            min(glyph.y + bounds.top for glyph, bounds in inked) / em,
            max(glyph.x + bounds.right for glyph, bounds in inked) / em,
            max(glyph.y + bounds.bottom for glyph, bounds in inked) / em,
        )

    def bounds(self, glyph_id: int) -> _Bounds:
        """Ink bounds of one glyph, font units, y down."""
        found = self._bounds.get(glyph_id)
        if found is None:
            extents = self._font.get_glyph_extents(glyph_id)
            if extents is None:  # HarfBuzz knows no such glyph; a blank has none either
                return _Bounds(0, 0, 0, 0)
            left, top = extents.x_bearing, -extents.y_bearing
            found = _Bounds(left, top, left + extents.width, top - extents.height)
            self._bounds[glyph_id] = found
        return found

    def outline(self, glyph_id: int) -> str:
        """The glyph as SVG path data in font units, y down."""
        found = self._outlines.get(glyph_id)
        if found is None:
            commands: list[str] = []
            self._font.draw_glyph(glyph_id, _PATH_COMMANDS, commands)
            found = self._outlines[glyph_id] = "".join(commands)
        return found

    def mask(
        self, text: str, *, x: float, baseline: float, size: float, width: int, height: int
    ) -> NDArray[np.uint8]:
        """How much of each pixel one line covers, 0–255, as height × width; lengths in px.

        HarfBuzz fills the outlines itself: the same coverage as that of `outline` drawn
        as SVG, in a twentieth of the time.
        """
        scale = size / self.units_per_em
        ink = hb.RasterDraw()
        for glyph in self.shape(text):
            ink.transform = (
                *(scale, 0.0, 0.0, scale),
                *(x + glyph.x * scale, height - baseline - glyph.y * scale),
            )
            ink.draw_glyph(self._font, glyph.id)
        ink.extents = hb.RasterExtents(0, 0, width, height, 0)
        image = ink.render()
        if image is None:
            return np.zeros((height, width), dtype=np.uint8)
        rows = np.frombuffer(image.buffer, dtype=np.uint8).reshape(height, image.extents.stride)
        return np.ascontiguousarray(rows[::-1, :width])  # it counts rows from below


class Shaper:
    """The weights of the display face. `measure` is what layout is given."""

    def __init__(self, fonts: Mapping[int, bytes]) -> None:
        self._data = dict(fonts)
        self._fonts: dict[int, Font] = {}
        self._inks: dict[tuple[str, int], Ink] = {}

    def font(self, weight: int) -> Font:
        """The font of that weight, or of the nearest that the brand has, opened once."""
        if weight not in self._fonts:
            nearest = nearest_weight(self._data, weight)
            self._fonts[weight] = Font(self._data[nearest]) if nearest == weight else self.font(nearest)
        return self._fonts[weight]

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


def _turned_box(
    bounds: _Bounds, glyph: Glyph, origin: tuple[float, float], angle: float, scale: float
) -> Box:
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


def missing_characters(where: str, missing: list[str]) -> Problem:
    """The problem of characters that no brand font can draw."""
    named = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in missing)
    return Problem(
        where,
        f"phông chữ không có ký tự {named}; hãy bỏ hoặc thay ký tự này",
        f"the typeface has no {named}; remove or replace it",
    )


def _path_commands() -> hb.DrawFuncs:
    """HarfBuzz callbacks that write SVG path commands, with y turned down."""

    def move(x: float, y: float, out: list[str]) -> None:
        out.append(f"M{x:g} {-y:g}")

    def line(x: float, y: float, out: list[str]) -> None:
        out.append(f"L{x:g} {-y:g}")

    def quadratic(cx: float, cy: float, x: float, y: float, out: list[str]) -> None:
        out.append(f"Q{cx:g} {-cy:g} {x:g} {-y:g}")

    def cubic(ax: float, ay: float, bx: float, by: float, x: float, y: float, out: list[str]) -> None:
        out.append(f"C{ax:g} {-ay:g} {bx:g} {-by:g} {x:g} {-y:g}")

    def close(out: list[str]) -> None:
        out.append("Z")

    functions = hb.DrawFuncs()
    functions.set_move_to_func(move)
    functions.set_line_to_func(line)
    functions.set_quadratic_to_func(quadratic)
    functions.set_cubic_to_func(cubic)
    functions.set_close_path_func(close)
    return functions


_PATH_COMMANDS = _path_commands()
