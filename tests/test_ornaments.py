"""Module fields, rings and brocade bands: where they may stand, and that chance is the same everywhere."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.geometry import Box
from dxassets.ornaments import (
    LOZENGES,
    PIXELS,
    Band,
    Corner,
    Motif,
    Ring,
    Shape,
    brocade_band,
    lozenge_path,
    module_field,
    ring_field,
    square_path,
)
from tests.drawing_support import Pixels

MOTIFS = (PIXELS, LOZENGES)
CORNERS: tuple[Corner, ...] = ("top-left", "top-right", "bottom-left", "bottom-right")
BOX = Box(20, 10, 360, 180)
RING = Ring(center=200, outer=196, hole_y=180, hole=140)


def drawn(paths: Sequence[str], width: int = 400, height: int = 200) -> Pixels:
    """How much of each pixel the paths cover."""
    body = "".join(f'<path d="{path}"/>' for path in paths)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">{body}</svg>'
    return svg_to_pixels(svg, alpha=True)[..., 3]


def field(
    corner: Corner = "top-right",
    motif: Motif = PIXELS,
    *,
    seed: str = "digital",
    tones: int = 4,
    strength: float = 1.0,
    calm: Sequence[Box] = (),
) -> tuple[Shape, ...]:
    return module_field(
        BOX, corner, pitch=10, reach=180, motif=motif, tones=tones, seed=seed, strength=strength, calm=calm
    )


def paths_of(shapes: Sequence[Shape]) -> list[str]:
    return [shape.path for shape in shapes]


# --- single modules -------------------------------------------------------------------------------


def test_a_module_is_centred_and_as_large_as_asked() -> None:
    for path, area in ((square_path(50, 40, 20), 20 * 20), (lozenge_path(50, 40, 20, 10), 2 * 20 * 10)):
        cover = drawn([path], 100, 80).astype(float) / 255
        rows, columns = np.indices(cover.shape) + 0.5
        assert (rows * cover).sum() / cover.sum() == pytest.approx(40, abs=0.05)
        assert (columns * cover).sum() / cover.sum() == pytest.approx(50, abs=0.05)
        assert 0.95 * area < cover.sum() <= area * 1.01


# --- fields ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
def test_same_seed_same_field(motif: Motif) -> None:
    assert field(motif=motif) == field(motif=motif)
    assert field(motif=motif) != field(motif=motif, seed="light")
    assert field(motif=PIXELS) != field(motif=LOZENGES)


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
@pytest.mark.parametrize("corner", CORNERS)
def test_a_field_is_dense_in_its_corner_and_dissolves(corner: Corner, motif: Motif) -> None:
    shapes = field(corner, motif)
    cover = np.sum([drawn([shape.path]) * shape.opacity for shape in shapes], axis=0) / 255
    quarters = {
        "top-left": cover[:100, :200],
        "top-right": cover[:100, 200:],
        "bottom-left": cover[100:, :200],
        "bottom-right": cover[100:, 200:],
    }
    sums = {name: part.sum() for name, part in quarters.items()}
    assert max(sums, key=lambda name: sums[name]) == corner
    x, y = (BOX.right if "right" in corner else BOX.x), (BOX.bottom if "bottom" in corner else BOX.y)
    rows, columns = np.indices(cover.shape) + 0.5
    distance = np.hypot(columns - x, rows - y)
    assert cover[distance < 40].mean() > 3 * cover[(distance > 100) & (distance < 140)].mean() > 0
    assert not cover[distance > 180 + 10].any()


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
def test_no_module_stands_where_type_does(motif: Motif) -> None:
    calm = (Box(300, 10, 80, 40), Box(230, 71, 33, 21))
    cover = drawn(paths_of(field(motif=motif, calm=calm)))
    assert cover.any()
    for box in calm:
        assert not cover[int(box.y) : int(box.bottom), int(box.x) : int(box.right)].any()


def test_what_is_calm_changes_nothing_elsewhere() -> None:
    calm = Box(230, 71, 33, 21)
    free, kept = drawn(paths_of(field())), drawn(paths_of(field(calm=(calm,))))
    around = calm.pad(10)
    free[int(around.y) : int(around.bottom), int(around.x) : int(around.right)] = 0
    kept[int(around.y) : int(around.bottom), int(around.x) : int(around.right)] = 0
    assert np.array_equal(free, kept)


@given(st.text(max_size=8), st.integers(1, 5), st.floats(0.1, 1), st.sampled_from(MOTIFS))
def test_tones_and_opacities_are_those_of_the_palette(
    seed: str, tones: int, strength: float, motif: Motif
) -> None:
    shapes = field(motif=motif, seed=seed, tones=tones, strength=strength)
    assert {shape.tone for shape in shapes} <= set(range(tones))
    assert all(0 < shape.opacity <= 1 for shape in shapes)
    assert len({(shape.tone, shape.opacity) for shape in shapes}) == len(shapes)


def test_the_first_tone_is_the_commonest() -> None:
    counts = [sum(shape.path.count("z") for shape in field() if shape.tone == tone) for tone in range(4)]
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] > 0


# --- rings ----------------------------------------------------------------------------------------


@given(st.floats(-math.pi, math.pi))
def test_the_inner_edge_is_the_holes_circle(angle: float) -> None:
    x, y = RING.point(RING.inner_at(angle), angle)
    assert math.hypot(x - RING.center, y - RING.hole_y) == pytest.approx(RING.hole)


def test_angles_run_clockwise_from_straight_up() -> None:
    assert RING.point(100, 0) == (200, 100)
    assert RING.point(100, math.pi / 2) == pytest.approx((300, 200))
    assert RING.inner_at(0) > RING.inner_at(math.pi / 2) > RING.inner_at(math.pi)  # the hole sits high


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
def test_modules_of_a_ring_cross_neither_edge_and_stand_on_both_sides(motif: Motif) -> None:
    start, end = 0.4 * math.pi, 0.8 * math.pi
    shapes = ring_field(RING, pitch=9, start=start, end=end, motif=motif, tones=3, seed="a")
    cover = drawn(paths_of(shapes), 400, 400)
    rows, columns = np.indices(cover.shape) + 0.5
    x, y = columns - RING.center, rows - RING.center
    assert (np.hypot(x, y)[cover > 0] < RING.outer).all()
    assert (np.hypot(x, rows - RING.hole_y)[cover > 0] > RING.hole).all()
    angles = np.abs(np.arctan2(x, -y))[cover > 0]
    assert angles.min() > start - 0.1
    assert angles.max() < end + 0.1
    left, right = (cover[:, :200] > 0).sum(), (cover[:, 200:] > 0).sum()
    assert left == pytest.approx(right, rel=0.05)
    assert left > 500


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
def test_no_module_of_a_ring_stands_in_a_calm_box(motif: Motif) -> None:
    box = Box(40, 250, 60, 60)
    plain, calm = (
        drawn(
            paths_of(
                ring_field(RING, pitch=9, start=1.2, end=2.6, motif=motif, tones=3, seed="a", calm=boxes)
            ),
            400,
            400,
        )
        for boxes in ((), (box,))
    )
    inside = slice(250, 310), slice(40, 100)
    assert (plain[inside] > 0).any()
    assert not (calm[inside] > 0).any()
    assert not (calm[250:310, 300:360] > 0).any()  # the other flank is its mirror image


def test_a_woven_ring_is_mirrored_about_its_middle_row_and_dissolves_upwards() -> None:
    shapes = ring_field(RING, pitch=7, start=0.9, end=2.5, motif=LOZENGES, tones=3, seed="a")
    cover = drawn(paths_of(shapes), 400, 400)
    rows, columns = np.indices(cover.shape) + 0.5
    away = np.hypot(columns - RING.center, rows - RING.center)
    middle = RING.outer - 0.55 * 7 - 2.5 * 7
    angle = np.arctan2(columns - RING.center, RING.center - rows)
    lowest = (angle > 2.0) & (angle < 2.5) & (cover > 0)  # whole there: each row has its counterpart
    outside, within = (lowest & (away > middle + 3.5)).sum(), (lowest & (away < middle - 3.5)).sum()
    assert outside == pytest.approx(within, rel=0.15)
    upper = (angle > 0.9) & (angle < 1.4) & (cover > 0)
    assert 0 < upper.sum() < 0.6 * lowest.sum()


# --- bands ----------------------------------------------------------------------------------------


def band(motif: Motif, length: float = 400, thickness: float = 60) -> Band:
    return brocade_band(length, thickness, motif=motif, figures=3, edges=2)


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
@pytest.mark.parametrize("length", [400.0, 137.0, 61.0])
def test_a_band_stays_in_its_strip(motif: Motif, length: float) -> None:
    made = band(motif, length)
    assert (made.length, made.thickness) == (length, 60)
    cover = drawn([path for _, _, path in made.layers], 400, 120)
    assert not cover[60:].any()
    assert (cover[:60, : int(length)] == 255).all()  # its ground leaves no gap


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
def test_a_band_is_mirrored_about_its_middle_line(motif: Motif) -> None:
    for role, index, path in band(motif).layers:
        cover = drawn([path], 400, 60).astype(int)
        assert np.abs(cover - cover[::-1]).max() <= 6, (role, index)


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
def test_a_whole_number_of_figures_fills_a_band(motif: Motif) -> None:
    path = next(path for role, index, path in band(motif).layers if (role, index) == ("figure", 1))
    columns = drawn([path], 400, 60).astype(int).sum(axis=0)
    assert np.abs(columns - columns[::-1]).max() <= 12 * 2  # the first and last are whole, and alike
    starts = np.flatnonzero((columns[1:] > 0) & (columns[:-1] == 0))
    assert len(starts) >= 5
    assert np.ptp(np.diff(starts)) <= 1


@pytest.mark.parametrize("motif", MOTIFS, ids=lambda motif: motif.id)
def test_a_band_uses_as_many_colours_as_there_are(motif: Motif) -> None:
    made = brocade_band(400, 60, motif=motif, figures=4, edges=1)
    used = {(role, index) for role, index, _ in made.layers}
    assert used == {("ground", 0), ("edge", 0), *(("figure", index) for index in range(4)), ("triangle", 0)}


def test_the_two_motifs_are_two_handwritings() -> None:
    straight, stepped = band(LOZENGES).layers, band(PIXELS).layers
    assert [layer[:2] for layer in straight] == [layer[:2] for layer in stepped]
    figure = next(path for role, _, path in stepped if role == "figure")
    assert not re.search(r"[lL]", figure)  # steps have no slanted side
