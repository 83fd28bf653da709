"""Fields of modules: dense at a picture's corner and dissolving, or along both flanks of a ring."""

from __future__ import annotations

import math
from collections.abc import Container, Sequence
from dataclasses import replace
from random import Random

from dxassets.geometry import Box
from dxassets.ornaments.model import (
    OPACITY_STEPS,
    Corner,
    Ring,
    RingModule,
    RingSpot,
    Shape,
    Spot,
    opacity_step,
    tone_of,
)
from dxassets.ornaments.motif import Motif

_DENSE = 0.4
"""Nearness to the corner from which a module without neighbours looks lost."""
_DITHER = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))
"""Bayer's matrix: the order in which a field of pixels fills evenly."""
_Paths = dict[tuple[int, int], list[str]]
"""Path data by tone and opacity."""


def module_field(  # noqa: PLR0913  (each is a property of the field that a designer turns)
    box: Box,
    corner: Corner,
    *,
    pitch: float,
    reach: float,
    motif: Motif,
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
    spots = _spots(box, corner, pitch=pitch * motif.size, reach=reach, motif=motif, seed=seed, calm=calm)
    company = 2 if motif.size <= 1 else 1  # a larger module holds its own
    grouped: _Paths = {}
    for place, (spot, hue) in spots.items():
        if spot.nearness > _DENSE and _neighbours(place, spots) < company:
            continue  # type has cut it off from the others: a crumb
        tone = tone_of(hue, tones)
        level = (0.1 + 0.9 * spot.nearness**1.25) * (0.45 + 0.55 * spot.shade) * strength * motif.strength
        if tone == tones - 1 and tones > 2:  # half-transparent accents turn to mud: few, small and clear
            level = max(level, 0.85 * strength)
            drawn = replace(spot, size=1.0)
        else:
            drawn = spot
        path = motif.module(drawn, pitch * motif.size)
        grouped.setdefault((tone, opacity_step(level)), []).append(path)
    return _shapes(grouped)


def _spots(
    box: Box, corner: Corner, *, pitch: float, reach: float, motif: Motif, seed: str, calm: Sequence[Box]
) -> dict[tuple[int, int], tuple[Spot, float]]:
    """The spots of a field by row and column from its corner, each with what chance drew for its tone."""
    random = Random(seed)
    right, low = corner.endswith("right"), corner.startswith("bottom")
    step, first = pitch * motif.row, 0.5 / motif.row
    found: dict[tuple[int, int], tuple[Spot, float]] = {}
    for row in range(math.ceil(box.height / step)):
        shift = 1.0 if motif.is_brick and row % 2 else 0.5
        for column in range(math.ceil(box.width / pitch)):
            draws = (random.random(), random.random(), random.random(), random.random())
            dx, dy = (column + shift) * pitch, (row + first) * step
            nearness = 1 - math.hypot(dx, dy * 1.08) / reach
            if nearness <= 0 or draws[0] > 0.12 + nearness**1.35 * 1.15:
                continue
            x = box.right - dx if right else box.x + dx
            y = box.bottom - dy if low else box.y + dy
            cell = Box(x - pitch / 2, y - pitch / 2, pitch, pitch)
            if not any(cell.overlaps(quiet) for quiet in calm):
                away = math.atan2(-dx if right else dx, dy if low else -dy)
                found[row, column] = Spot(x, y, nearness, away, draws[1], draws[3]), draws[2]
    return found


def ring_field(
    ring: Ring,
    *,
    pitch: float,
    start: float,
    end: float,
    motif: Motif,
    tones: int,
    seed: str,
    calm: Sequence[Box] = (),
) -> tuple[Shape, ...]:
    """Modules along both sides of a ring, whole at angle `end` and dissolving towards `start`.

    Angles are radians from straight up; each module is turned with the curve, in
    rows that follow the outer circle. `pixels` and drawings dissolve like a picture;
    `lozenges` are woven into a band of nested figures, mirrored about its mid-row.
    Nothing crosses either edge of the ring or a `calm` box.
    """
    random = Random(seed)
    air, pitch = 0.55 * pitch, pitch * motif.size
    step = pitch * motif.row
    rows = int((ring.outer - air - ring.inner_at(math.pi)) // step) + 1
    middle = ring.outer - air - motif.ring_middle * pitch
    columns = int((end - start) * middle / pitch)
    cells: dict[tuple[int, int], tuple[float, float, RingModule]] = {}
    for row in range(motif.ring_rows(rows)):
        radius = ring.outer - air - (row + 0.5 / motif.row) * step
        shift = 1.0 if motif.is_brick and row % 2 else 0.5
        for column in range(columns):
            angle = end - (column + shift) * (end - start) / columns
            nearness = max(0.0, 1 - (end - angle) / (end - start))  # a rounding error has no power
            draws = (random.random(), random.random())
            # an even scatter: pure chance makes clumps and holes
            scatter = (_DITHER[row % 4][column % 4] + draws[0]) / 16
            module = motif.ring_module(RingSpot(row, rows, column, nearness, scatter, draws), tones)
            is_inside = radius - pitch / 2 - air >= ring.inner_at(angle)
            if module and is_inside and not _is_calm(ring, radius, angle, pitch, calm):
                cells[row, column] = (radius, angle, module)
    grouped: _Paths = {}
    for place, (radius, angle, module) in cells.items():
        if place[1] < _DENSE * columns and _neighbours(place, cells) < 3:
            continue  # the hole's edge or type has cut it off from the others: a crumb
        paths = grouped.setdefault((module.tone, module.step), [])
        cell = pitch * min(1.0, radius / middle)
        for turn in (-angle, angle):
            paths.append(motif.turned(ring.point(radius, turn), turn, cell=cell, module=module))
    return _shapes(grouped)


def _shapes(grouped: _Paths) -> tuple[Shape, ...]:
    return tuple(
        Shape("".join(paths), tone, step / OPACITY_STEPS) for (tone, step), paths in sorted(grouped.items())
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


def _is_calm(ring: Ring, radius: float, angle: float, pitch: float, calm: Sequence[Box]) -> bool:
    """Whether the module there, or its mirror image, would stand in a calm box."""
    cells = [
        Box(x - pitch / 2, y - pitch / 2, pitch, pitch)
        for x, y in (ring.point(radius, angle), ring.point(radius, -angle))
    ]
    return any(cell.overlaps(box) for cell in cells for box in calm)
