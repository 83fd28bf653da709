"""The module idea, drawn: fields of modules that dissolve, and the brocade band. Pure geometry.

Both motifs are made from one small square. For `pixels` it stands upright and
dissolves like a picture into its pixels; for `lozenges` it is turned by 45° and
nested, as in brocade. Shapes come as SVG path data grouped by tone and opacity,
so that a hundred squares are one path.
"""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from dxassets.geometry import Box

Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]
_OPACITY_STEPS = 8
_DENSE = 0.4
"""Nearness to the corner from which a module without neighbours looks lost."""


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


def square_path(x: float, y: float, side: float, *, rounding: float = 0.18) -> str:
    """An upright square with softly rounded corners; (`x`, `y`) is its centre."""
    half, r = side / 2, side * rounding
    inner = side - 2 * r
    return (
        f"M{x - half + r:.2f} {y - half:.2f}h{inner:.2f}q{r:.2f} 0 {r:.2f} {r:.2f}v{inner:.2f}"
        f"q0 {r:.2f} {-r:.2f} {r:.2f}h{-inner:.2f}q{-r:.2f} 0 {-r:.2f} {-r:.2f}v{-inner:.2f}"
        f"q0 {-r:.2f} {r:.2f} {-r:.2f}z"
    )


def lozenge_path(x: float, y: float, half_width: float, half_height: float) -> str:
    """A square turned by 45° (or a flatter lozenge) round (`x`, `y`)."""
    return (
        f"M{x:.2f} {y - half_height:.2f}l{half_width:.2f} {half_height:.2f}"
        f"l{-half_width:.2f} {half_height:.2f}l{-half_width:.2f} {-half_height:.2f}z"
    )


def _ring_path(x: float, y: float, outer: float, inner: float) -> str:
    """A lozenge with a lozenge hole (even-odd or opposite winding)."""
    hole = (
        f"M{x:.2f} {y - inner:.2f}l{-inner:.2f} {inner:.2f}l{inner:.2f} {inner:.2f}l{inner:.2f} {-inner:.2f}z"
    )
    return lozenge_path(x, y, outer, outer) + hole


def module_field(  # noqa: PLR0913  (each is a property of the field that a designer turns)
    box: Box,
    corner: Corner,
    *,
    pitch: float,
    reach: float,
    motif: Literal["pixels", "lozenges"],
    tones: int,
    seed: str,
    strength: float = 1.0,
    calm: Sequence[Box] = (),
) -> tuple[Shape, ...]:
    """Modules that are dense at a corner of `box` and dissolve over `reach` (same unit as `box`).

    `tones` is the number of palette colours; the first is the commonest. No
    module stands in a `calm` box, so that type keeps its contrast. Same seed,
    same field, on every machine.
    """
    random = Random(seed)
    right, low = corner.endswith("right"), corner.startswith("bottom")
    cells: dict[tuple[int, int], tuple[float, float, float, tuple[float, ...]]] = {}
    for row in range(math.ceil(box.height / pitch)):
        for column in range(math.ceil(box.width / pitch)):
            draws = (random.random(), random.random(), random.random(), random.random())
            dx, dy = (column + 0.5) * pitch, (row + 0.5) * pitch
            nearness = 1 - math.hypot(dx, dy * 1.08) / reach
            if nearness <= 0 or draws[0] > 0.12 + nearness**1.35 * 1.15:
                continue
            x = box.right - dx if right else box.x + dx
            y = box.bottom - dy if low else box.y + dy
            cell = Box(x - pitch / 2, y - pitch / 2, pitch, pitch)
            if not any(cell.overlaps(quiet) for quiet in calm):
                cells[row, column] = (x, y, nearness, draws)
    grouped: dict[tuple[int, int], list[str]] = {}
    for place, (x, y, nearness, draws) in cells.items():
        if nearness > _DENSE and _neighbours(place, cells) < 2:
            continue  # type has cut it off from the others: a crumb
        tone = _tone(draws[2], tones)
        level = (0.1 + 0.9 * nearness**1.25) * (0.45 + 0.55 * draws[1]) * strength
        is_spark = tone == tones - 1 and tones > 2
        if is_spark:  # half-transparent accents turn to mud: few, small and clear
            level = max(level, 0.85 * strength)
        step = max(1, min(_OPACITY_STEPS, round(level * _OPACITY_STEPS)))
        size = 1.0 if is_spark else draws[3]
        grouped.setdefault((tone, step), []).append(
            _module(motif, x, y, pitch=pitch, draw=size, nearness=nearness)
        )
    return tuple(
        Shape("".join(paths), tone, step / _OPACITY_STEPS) for (tone, step), paths in sorted(grouped.items())
    )


def _neighbours(place: tuple[int, int], cells: Container[tuple[int, int]]) -> int:
    """How many of the eight cells around `place` are drawn."""
    row, column = place
    return sum(
        (row + down, column + across) in cells
        for down in (-1, 0, 1)
        for across in (-1, 0, 1)
        if down or across
    )


def _tone(draw: float, tones: int) -> int:
    """The palette index for a draw in 0–1: most are the first, few the last."""
    for index, limit in enumerate((0.52, 0.82, 0.94)):
        if draw < limit or index == tones - 1:
            return min(index, tones - 1)
    return tones - 1


def _module(motif: str, x: float, y: float, *, pitch: float, draw: float, nearness: float) -> str:
    """One module; near the corner they close ranks, far from it they shrink."""
    side = pitch * (0.62 + 0.26 * min(1.0, nearness * 1.4))
    if draw > 0.9:
        side *= 0.55
    if motif == "pixels":
        return square_path(x, y, side)
    half = side * 0.56
    return _ring_path(x, y, half, half * 0.5) if draw > 0.45 else lozenge_path(x, y, half, half)


def ring_field(
    ring: Ring,
    *,
    pitch: float,
    start: float,
    end: float,
    motif: Literal["pixels", "lozenges"],
    tones: int,
    seed: str,
    calm: Sequence[Box] = (),
) -> tuple[Shape, ...]:
    """Modules along both sides of a ring, whole at angle `end` and dissolving towards `start`.

    Angles are radians from straight up; each module is turned with the curve, in
    rows that follow the outer circle. `pixels` dissolve like a picture; `lozenges`
    are woven into a band of nested figures, mirrored about its mid-row. Nothing
    crosses either edge of the ring or a `calm` box.
    """
    random = Random(seed)
    air = 0.55 * pitch
    rows = int((ring.outer - air - ring.inner_at(math.pi)) // pitch) + 1
    middle = ring.outer - air - _WOVEN_ROWS / 2 * pitch
    columns = int((end - start) * middle / pitch)
    cells: dict[tuple[int, int], tuple[float, float, _Module]] = {}
    for row in range(rows if motif == "pixels" else min(rows, _WOVEN_ROWS)):
        radius = ring.outer - air - (row + 0.5) * pitch
        for column in range(columns):
            angle = end - (column + 0.5) * (end - start) / columns
            nearness = 1 - (end - angle) / (end - start)
            draws = (random.random(), random.random())
            # an even scatter: pure chance makes clumps and holes
            scatter = (_DITHER[row % 4][column % 4] + draws[0]) / 16
            if motif == "pixels":
                module = _dissolved(row / rows, nearness, scatter, draws, tones)
            else:
                module = _woven(row, column, nearness, scatter, tones)
            is_inside = radius - pitch / 2 - air >= ring.inner_at(angle)
            if module and is_inside and not _is_calm(ring, radius, angle, pitch, calm):
                cells[row, column] = (radius, angle, module)
    grouped: dict[tuple[int, int], list[str]] = {}
    for place, (radius, angle, module) in cells.items():
        if place[1] < _DENSE * columns and _neighbours(place, cells) < 3:
            continue  # the hole's edge or type has cut it off from the others: a crumb
        paths = grouped.setdefault((module.tone, module.step), [])
        size = pitch * min(1.0, radius / middle)
        for turn in (-angle, angle):
            paths.append(_turned_module(motif, ring.point(radius, turn), turn, size, module))
    return tuple(
        Shape("".join(paths), tone, step / _OPACITY_STEPS) for (tone, step), paths in sorted(grouped.items())
    )


_DITHER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))
"""Bayer's matrix: the order in which a field of pixels fills evenly."""
_WOVEN_ROWS = 5
"""Rows of a woven band: a mid-row and two on either side."""
_FIGURE = 6
"""Modules from one woven figure's middle to the next."""


@dataclass(frozen=True, slots=True)
class _Module:
    """How one module of a ring is drawn: colour, opacity in steps, size (1 is full), and its hole's share."""

    tone: int
    step: int
    size: float = 1.0
    hole: float = 0.0


def _is_calm(ring: Ring, radius: float, angle: float, pitch: float, calm: Sequence[Box]) -> bool:
    """Whether the module there, or its mirror image, would stand in a calm box."""
    cells = [
        Box(x - pitch / 2, y - pitch / 2, pitch, pitch)
        for x, y in (ring.point(radius, angle), ring.point(radius, -angle))
    ]
    return any(cell.overlaps(box) for cell in cells for box in calm)


def _dissolved(
    depth: float, nearness: float, scatter: float, draws: tuple[float, float], tones: int
) -> _Module | None:
    """A pixel of the dissolving field, or None where it is gone; `depth` runs from the outer edge inwards."""
    if scatter > 1.1 * nearness**0.85 - 0.35 * depth * (1 - nearness):
        return None
    tone = _tone(draws[1], tones)
    if tone == tones - 1 and tones > 2:  # half-transparent accents turn to mud: clear, or not at all
        return _Module(tone, _OPACITY_STEPS, 0.9) if nearness > 0.35 else None
    level = (0.1 + 0.9 * nearness**1.3) * (0.55 + 0.45 * draws[0])
    step = max(1, min(_OPACITY_STEPS, round(level * _OPACITY_STEPS)))
    return _Module(tone, step, 1.0 if draws[1] % 0.1 < 0.088 else 0.55)


def _woven(row: int, index: int, nearness: float, scatter: float, tones: int) -> _Module | None:
    """A lozenge of the woven band: its distance from the figure's middle decides what it is."""
    across = abs(index % _FIGURE - _FIGURE // 2)
    distance = across + abs(row - _WOVEN_ROWS // 2)
    if scatter > 0.25 + 1.5 * nearness:
        return None
    level = 0.16 + 0.84 * min(1.0, nearness * 1.25) ** 1.2
    step = max(1, min(_OPACITY_STEPS, round(level * _OPACITY_STEPS)))
    if distance == 0:  # a half-transparent accent turns to mud
        return _Module(tones - 1 if step > _OPACITY_STEPS // 2 else 0, step)
    if distance == 1:
        return _Module(0, step, hole=0.52)
    if distance == 2:
        return _Module(0, step)
    if distance == 3:
        return _Module(min(1, tones - 1), step, hole=0.52)
    return _Module(min(1, tones - 1), step, 0.6)


def _turned_module(
    motif: str, place: tuple[float, float], angle: float, pitch: float, module: _Module
) -> str:
    """One module on the ring: a square along the curve, or a lozenge whose tips point along and across it."""
    x, y = place
    if motif == "pixels":
        return _turned_square(x, y, pitch * 0.38 * module.size, angle)
    half = pitch * 0.335 * module.size
    path = _turned_square(x, y, half, angle + math.pi / 4)
    if module.hole:
        path += _turned_square(x, y, half * module.hole, angle + math.pi / 4, hole=True)
    return path


def _turned_square(x: float, y: float, half: float, angle: float, *, hole: bool = False) -> str:
    """A square of side 2 × `half` turned by `angle`; a hole runs the other way round."""
    corners = [(-half, -half), (half, -half), (half, half), (-half, half)]
    if hole:
        corners.reverse()
    cos, sin = math.cos(angle), math.sin(angle)
    points = (f"{x + px * cos - py * sin:.2f} {y + px * sin + py * cos:.2f}" for px, py in corners)
    return "M" + "L".join(points) + "z"


def brocade_band(
    length: float, thickness: float, *, motif: Literal["pixels", "lozenges"], figures: int, edges: int
) -> Band:
    """A band of nested lozenges with triangles between, mirrored about its mid-line.

    For `lozenges` the figures have straight sides; for `pixels` they climb in
    steps, like cross-stitch. A whole number of figures fills the length.
    `figures` and `edges` are the numbers of palette colours of each kind.
    """
    edge = thickness * 0.055
    layers: list[tuple[str, int, str]] = [("ground", 0, f"M0 0H{length:.2f}V{thickness:.2f}H0z")]
    inset = 0.0
    for index in range(edges):
        height = edge * (1.5 if index == 0 else 0.8)
        top, foot = inset, thickness - inset - height
        layers.append(
            (
                "edge",
                index,
                f"M0 {top:.2f}H{length:.2f}v{height:.2f}H0zM0 {foot:.2f}H{length:.2f}v{height:.2f}H0z",
            )
        )
        inset += height + edge * 0.8
    inset += edge * 0.6
    half = thickness / 2 - inset
    count = max(1, round(length / (2.06 * half + edge)))
    pitch = length / count
    centers = [(index + 0.5) * pitch for index in range(count)]
    layers += _figures(centers, thickness / 2, half, figures, motif)
    layers.append(("triangle", 0, _triangles(count, pitch, thickness / 2, half, motif)))
    return Band(length, thickness, tuple(layers))


def _figures(
    centers: Sequence[float], middle: float, half: float, figures: int, motif: str
) -> list[tuple[str, int, str]]:
    """Nested lozenges at each centre, from the largest to the smallest."""
    layers: list[tuple[str, int, str]] = []
    radii = [half * share for share in (0.98, 0.72, 0.5, 0.26, 0.12)]
    for index in range(min(figures, len(radii))):
        radius = radii[index]
        layers.append(("figure", index, "".join(_figure(x, middle, radius, half, motif) for x in centers)))
        if index == 0:
            inner = half * 0.84
            layers.append(("ground", 0, "".join(_figure(x, middle, inner, half, motif) for x in centers)))
    return layers


def _figure(x: float, y: float, radius: float, half: float, motif: str) -> str:
    """A lozenge with straight sides, or the same in steps of a module."""
    if motif == "lozenges":
        return lozenge_path(x, y, radius, radius)
    unit = half / 6
    steps = max(0, round(radius / unit) - 1)
    rows: list[str] = []
    for row in range(-steps, steps + 1):
        width = (2 * (steps - abs(row)) + 1) * unit
        rows.append(f"M{x - width / 2:.2f} {y + (row - 0.5) * unit:.2f}h{width:.2f}v{unit:.2f}h{-width:.2f}z")
    return "".join(rows)


def _triangles(count: int, pitch: float, middle: float, half: float, motif: str) -> str:
    """Triangles in the notches between the lozenges, above and below."""
    size = min(half * 0.5, pitch * 0.3)
    paths: list[str] = []
    for index in range(count + 1):
        x = index * pitch
        for sign in (-1, 1):
            base = middle + sign * half
            if motif == "lozenges":
                paths.append(f"M{x - size:.2f} {base:.2f}h{2 * size:.2f}L{x:.2f} {base - sign * size:.2f}z")
                continue
            unit = half / 6
            for step in range(3):
                width = (5 - 2 * step) * unit
                top = base - sign * unit * (step + 0.5) - unit / 2
                paths.append(f"M{x - width / 2:.2f} {top:.2f}h{width:.2f}v{unit:.2f}h{-width:.2f}z")
    return "".join(paths)
