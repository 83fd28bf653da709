"""What stands out in a photo without a face: what counts, and how much; limits on both sides."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from dxassets.backends import subject
from dxassets.backends.rasterizer import resized
from dxassets.backends.subject import find_subject, standing_out
from dxassets.framing import Subject

Pixels = NDArray[np.uint8]
GRAY = 90
LANDSCAPE, PORTRAIT = (720, 960), (960, 720)
"""Height and width."""


def scene(shape: tuple[int, int], *things: tuple[float, float, int], side: float = 0.1) -> Pixels:
    """Gray, with lighter squares: their middle in shares of the sides, and by how much they are lighter."""
    pixels = np.full((*shape, 3), GRAY, dtype=np.uint8)
    half = round(side * min(shape) / 2)
    for x, y, lighter in things:
        row, column = round(y * shape[0]), round(x * shape[1])
        pixels[row - half : row + half, column - half : column + half] += np.uint8(lighter)
    return pixels


def middle(pixels: Pixels) -> tuple[float, float]:
    found = standing_out(pixels)
    assert found is not None
    return found.boxes[0].center_x, found.boxes[0].center_y


def test_of_two_alike_the_one_in_the_middle_counts_more() -> None:
    """By Gauss's bell of 0.35 of the sides: at 0.4 from the middle a thing counts 0.52."""
    x, y = middle(scene(LANDSCAPE, (0.5, 0.5, 100), (0.1, 0.5, 100)))
    assert x == pytest.approx((0.5 + 0.52 * 0.1) / 1.52, abs=0.012)
    assert y == pytest.approx(0.5, abs=0.01)
    x, _ = middle(scene(LANDSCAPE, (0.5, 0.5, 100), (0.9, 0.5, 100)))
    assert x == pytest.approx(1 - (0.5 + 0.52 * 0.1) / 1.52, abs=0.012)


def test_in_an_upright_photo_what_stands_higher_counts_more() -> None:
    """There people put a head; its middle is 0.42 of the height."""
    _, y = middle(scene(PORTRAIT, (0.5, 0.2, 100), (0.5, 0.8, 100)))
    assert y == pytest.approx(0.442, abs=0.012)
    _, y = middle(scene(LANDSCAPE, (0.5, 0.2, 100), (0.5, 0.8, 100)))
    assert y == pytest.approx(0.5, abs=0.01)


def test_what_differs_twice_as_much_counts_sixteen_times() -> None:
    x, _ = middle(scene(LANDSCAPE, (0.3, 0.5, 100), (0.7, 0.5, 50)))
    assert x == pytest.approx((16 * 0.3 + 0.7) / 17, abs=0.01)


@pytest.mark.parametrize(("lighter", "found"), [(11, False), (13, True)])
def test_what_differs_by_less_than_twelve_of_255_is_one_colour(lighter: int, *, found: bool) -> None:
    assert (standing_out(scene(LANDSCAPE, (0.5, 0.5, lighter), side=0.3)) is not None) is found


@pytest.mark.parametrize(("apart", "found"), [(0.21, True), (0.24, False)])
def test_what_is_all_over_the_place_is_no_subject(apart: float, *, found: bool) -> None:
    """Four alike, ever farther from each other: at 0.9 of what an even picture would give, it is too far."""
    four = [(0.5 + dx, 0.5 + dy, 100) for dx in (-apart, apart) for dy in (-apart, apart)]
    assert (standing_out(scene(LANDSCAPE, *four)) is not None) is found


def test_the_answer_is_a_square_around_the_middle_as_wide_as_the_things_are_spread() -> None:
    narrow = standing_out(scene(LANDSCAPE, (0.45, 0.5, 100), (0.55, 0.5, 100)))
    wide = standing_out(scene(LANDSCAPE, (0.35, 0.5, 100), (0.65, 0.5, 100)))
    assert narrow is not None
    assert wide is not None
    for found in (narrow, wide):
        assert found.boxes[0].width == pytest.approx(found.boxes[0].height)
    assert 2 * narrow.boxes[0].width < wide.boxes[0].width < 3.2 * narrow.boxes[0].width


@pytest.mark.parametrize(
    ("shape", "size"),
    [((20, 40), (24, 48)), ((12, 24), (24, 48)), ((10, 20), (20, 40)), ((300, 600), (24, 48))],
)
def test_no_photo_is_enlarged_more_than_twice_to_see_what_stands_out(
    monkeypatch: pytest.MonkeyPatch, shape: tuple[int, int], size: tuple[int, int]
) -> None:
    asked: list[tuple[int, int]] = []

    def noted(pixels: Pixels, width: int, height: int) -> Pixels:
        asked.append((height, width))
        return resized(pixels, width, height)

    monkeypatch.setattr(subject, "resized", noted)
    standing_out(np.zeros((*shape, 3), dtype=np.uint8))
    assert asked == [size]


def test_a_photo_of_nothing_is_not_placed() -> None:
    assert find_subject(scene(LANDSCAPE)) is None
    assert isinstance(find_subject(scene(LANDSCAPE, (0.5, 0.5, 100))), Subject)
