"""The transform of a photo under a frame: by numbers that the web page shares, and by its laws."""

from __future__ import annotations

import json
from dataclasses import replace
from math import cos, hypot, pi, sin
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dxassets.framing import MOST_ZOOM, Opening, Placement, settle, transform_of
from dxassets.geometry import Size

NUMBERS = json.loads((Path(__file__).parent / "data" / "framing.json").read_text(encoding="utf-8"))
OPENING = Opening(*NUMBERS["opening"])
SIDE = float(NUMBERS["side"])

sides = st.integers(1, 12_000)
photos = st.builds(Size, sides, sides)
placements = st.builds(
    Placement, st.floats(-2, 3), st.floats(-2, 3), st.floats(0.1, 12), st.floats(-1000, 1000)
)


def numbers_of(placement: Placement) -> tuple[float, float, float, float]:
    return placement.focus_x, placement.focus_y, placement.zoom, placement.rotation


def moved(
    placement: Placement, photo: Size, opening: Opening, *, side: float, dx: float, dy: float
) -> Placement:
    """What the page does when a photo is dragged by `dx`, `dy` px of the frame."""
    back = transform_of(placement, photo, opening, side=side).inverse()
    return settle(
        replace(
            placement,
            focus_x=placement.focus_x - (back.a * dx + back.c * dy) / photo.width,
            focus_y=placement.focus_y - (back.b * dx + back.d * dy) / photo.height,
        ),
        photo,
    )


@pytest.mark.parametrize("case", NUMBERS["cases"], ids=lambda case: "x".join(map(str, case["photo"])))
def test_the_numbers_that_the_web_page_shares(case: dict[str, Any]) -> None:
    photo = Size(*case["photo"])
    settled = settle(Placement(*case["asked"]), photo)
    made = transform_of(settled, photo, OPENING, side=SIDE)
    dx, dy = NUMBERS["drag"]
    dragged = moved(settled, photo, OPENING, side=SIDE, dx=dx, dy=dy)
    assert numbers_of(settled) == pytest.approx(case["settled"], abs=1e-8)
    assert (made.a, made.b, made.c, made.d, made.e, made.f) == pytest.approx(case["transform"], abs=1e-6)
    assert numbers_of(dragged) == pytest.approx(case["dragged"], abs=1e-8)


def test_a_landscape_photo_by_hand() -> None:
    """4000 × 3000 at zoom 1: the short side spans the opening, its middle lies in the opening's middle."""
    made = transform_of(Placement(), Size(4000, 3000), Opening(0.5, 0.5, 0.25), side=1200)
    assert made.scale == pytest.approx(0.2)
    assert made.apply(2000, 1500) == pytest.approx((600, 600))
    assert made.apply(2000, 0) == pytest.approx((600, 300))
    assert made.apply(500, 3000) == pytest.approx((300, 900))


def test_turned_a_quarter_clockwise_the_top_is_on_the_right() -> None:
    made = transform_of(Placement(rotation=90), Size(1000, 1000), Opening(0.5, 0.5, 0.5), side=1000)
    assert made.apply(500, 0) == pytest.approx((1000, 500))


@given(placements, photos)
def test_a_settled_photo_covers_the_whole_opening(placement: Placement, photo: Size) -> None:
    back = transform_of(settle(placement, photo), photo, OPENING, side=SIDE).inverse()
    for step in range(32):
        angle = step * pi / 16
        x, y = back.apply(
            SIDE * (OPENING.x + OPENING.radius * sin(angle)), SIDE * (OPENING.y + OPENING.radius * cos(angle))
        )
        slack = 1e-6 * max(photo.width, photo.height)
        assert -slack <= x <= photo.width + slack
        assert -slack <= y <= photo.height + slack


@given(placements, photos)
def test_settling_again_changes_nothing(placement: Placement, photo: Size) -> None:
    once = settle(placement, photo)
    assert numbers_of(settle(once, photo)) == pytest.approx(numbers_of(once), abs=1e-9)
    assert 1 <= once.zoom <= MOST_ZOOM
    assert -180 < once.rotation <= 180


@given(placements, photos, st.floats(-50, 50), st.floats(-50, 50))
def test_the_inverse_leads_back(placement: Placement, photo: Size, x: float, y: float) -> None:
    made = transform_of(settle(placement, photo), photo, OPENING, side=SIDE)
    there = made.apply(x, y)
    assert made.inverse().apply(*there) == pytest.approx((x, y), abs=1e-6 * max(photo.width, photo.height))


@given(st.floats(-179, 180), st.floats(-200, 200), st.floats(-200, 200))
def test_a_dragged_photo_follows_the_finger(rotation: float, dx: float, dy: float) -> None:
    """Where there is room to move, the point below the finger moves with it."""
    photo = Size(3000, 3000)
    before = settle(Placement(0.5, 0.5, 6.0, rotation), photo)
    after = moved(before, photo, OPENING, side=SIDE, dx=dx, dy=dy)
    start = transform_of(before, photo, OPENING, side=SIDE).apply(1400, 1600)
    end = transform_of(after, photo, OPENING, side=SIDE).apply(1400, 1600)
    assert hypot(end[0] - start[0] - dx, end[1] - start[1] - dy) < 1e-6
