"""No crumbs: where modules stand close, none is left that type or an edge has cut off from the others."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from dxassets.geometry import Box
from dxassets.ornaments import Motif, Ring, Shape, module_field, ring_field
from tests.test_ornaments import MOTIFS, drawn, paths_of

PITCH = 10.0
BOX = Box(0, 0, 400, 400)
RING = Ring(center=200, outer=196, hole_y=180, hole=100)
Field = Callable[[str, Motif, tuple[Box, ...]], tuple[Shape, ...]]


def corner_field(seed: str, motif: Motif, calm: tuple[Box, ...]) -> tuple[Shape, ...]:
    """Dense at the upper right, gone after 340."""
    return module_field(BOX, "top-right", pitch=PITCH, reach=340, motif=motif, tones=3, seed=seed, calm=calm)


def round_field(seed: str, motif: Motif, calm: tuple[Box, ...]) -> tuple[Shape, ...]:
    """Whole a little below three o'clock, gone near the top."""
    return ring_field(RING, pitch=PITCH, start=0.2, end=1.9, motif=motif, tones=3, seed=seed, calm=calm)


def walls(hole: Box) -> tuple[Box, ...]:
    """Calm on all four sides of a hole, as between lines of type."""
    left, top, right, bottom = hole.x - 90, hole.y - 90, hole.right + 90, hole.bottom + 90
    return (
        Box(left, top, hole.x - left, bottom - top),
        Box(hole.right, top, right - hole.right, bottom - top),
        Box(hole.x, top, hole.width, hole.y - top),
        Box(hole.x, hole.bottom, hole.width, bottom - hole.bottom),
    )


def inked(shapes: tuple[Shape, ...], hole: Box) -> bool:
    cover = drawn(paths_of(shapes), 400, 400) if shapes else np.zeros((400, 400))
    return bool((cover[round(hole.y) : round(hole.bottom), round(hole.x) : round(hole.right)] > 40).any())


def holes(x: float, y: float, columns: int, rows: int) -> Iterator[Box]:
    """Holes with room for at most so many whole cells around a place, at several offsets against the grid."""
    width, height = (columns + 0.9) * PITCH, (rows + 0.9) * PITCH
    for step in range(6):
        dx, dy = 1.7 * step, 2.9 * step % 10
        yield Box(x + dx - width / 2, y + dy - height / 2, width, height)


PLACES: dict[str, tuple[Field, float, float]] = {
    "corner": (corner_field, 330, 60),
    "ring": (round_field, 200 + 146 * math.sin(1.6), 200 - 146 * math.cos(1.6)),
}


SEEDS = ("a", "b", "c", "d", "e")


def left(place: str, motif: Motif, columns: int, rows: int) -> tuple[int, int]:
    """How many holes hold modules without type around them, and how many still do with it."""
    field, x, y = PLACES[place]
    tries = [(hole, seed) for hole in holes(x, y, columns, rows) for seed in SEEDS]
    plain = sum(inked(field(seed, motif, ()), hole) for hole, seed in tries)
    kept = sum(inked(field(seed, motif, walls(hole)), hole) for hole, seed in tries)
    return plain, kept


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
@pytest.mark.parametrize(
    ("place", "columns", "rows"),
    [("corner", 1, 1), ("corner", 1, 2), ("corner", 2, 1), ("ring", 1, 1), ("ring", 1, 3), ("ring", 3, 1)],
)
def test_modules_cut_off_by_type_are_left_out(place: str, columns: int, rows: int, motif: Motif) -> None:
    """In a corner a module needs two neighbours of the eight, on a ring, whose rows bend, three."""
    plain, kept = left(place, motif, columns, rows)
    assert plain > 12, "without the type, modules would stand there"
    assert kept == 0


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
@pytest.mark.parametrize("place", PLACES)
def test_four_modules_that_keep_company_stay(place: str, motif: Motif) -> None:
    plain, kept = left(place, motif, 2, 2)
    assert plain > 12
    assert kept > 4


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
def test_where_a_field_dissolves_a_module_may_stand_alone(motif: Motif) -> None:
    """Far from its corner single modules are what the field is made of."""
    tries = [(hole, seed) for hole in holes(200, 130, 1, 1) for seed in "abcdefghi"]
    assert sum(inked(corner_field(seed, motif, walls(hole)), hole) for hole, seed in tries) > 5
