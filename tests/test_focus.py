"""Where a photo is put when nobody says where: the maths by numbers and laws, the finding on drawn people.

The people are those of docs/portraits. The detector takes them for faces as it does photographed ones, which
docs/focus.md measures; no picture of a real person is part of this project.
"""

from __future__ import annotations

from functools import cache
from math import hypot
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dxassets.backends.rasterizer import resized, svg_to_pixels
from dxassets.backends.subject import find_subject, standing_out
from dxassets.framing import (
    FACES_SEEN,
    HEAD_RADIUS,
    HEAD_RISE,
    MOST_ZOOM_UNASKED,
    Fit,
    Opening,
    Placement,
    Subject,
    Turn,
    placement_for,
    settle,
    transform_of,
)
from dxassets.geometry import Box, Size

PORTRAITS = Path(__file__).parent.parent / "docs" / "portraits"
NOSES = {"ao-dai": (0.51, 0.46), "garden": (0.467, 0.487), "office": (0.622, 0.467)}  # shares of the sides


def face_at(photo: Size, x: float, y: float, height: float) -> Box:
    """A face of `height` px around (x, y) px, as shares."""
    return Box(
        (x - height / 2) / photo.width,
        (y - height / 2) / photo.height,
        height / photo.width,
        height / photo.height,
    )


def seen_circle(placement: Placement, photo: Size) -> tuple[float, float, float]:
    """Middle and radius of what the opening shows, in px of the photo."""
    radius = photo.short_side / (2 * placement.zoom)
    return placement.focus_x * photo.width, placement.focus_y * photo.height, radius


def shows(placement: Placement, photo: Size, x: float, y: float, radius: float) -> bool:
    at_x, at_y, reach = seen_circle(placement, photo)
    return hypot(x - at_x, y - at_y) + radius <= reach * 1.000001


# --- the maths, by hand ---------------------------------------------------------------------------


def test_a_face_is_shown_with_hair_above_and_shoulders_below() -> None:
    """3000 × 4000, a face 500 px high at (1400, 1500): 2.6 × 500 px are seen, centred 0.15 × 500 higher."""
    photo = Size(3000, 4000)
    placed = placement_for(Subject("face", (face_at(photo, 1400, 1500, 500),)), photo, opening_px=700)
    assert placed.zoom == pytest.approx(3000 / 1300)
    assert placed.focus_x * 3000 == pytest.approx(1400)
    assert placed.focus_y * 4000 == pytest.approx(1425)
    assert placed.rotation == 0


def test_a_small_face_is_not_brought_closer_than_five_times() -> None:
    photo = Size(6000, 4000)
    placed = placement_for(Subject("face", (face_at(photo, 3000, 1000, 200),)), photo, opening_px=700)
    assert placed.zoom == MOST_ZOOM_UNASKED == 5.0


@pytest.mark.parametrize(("short_side", "zoom"), [(1400, 4.0), (1050, 3.0), (700, 2.0), (300, 1.0)])
def test_a_photo_is_enlarged_twice_where_the_face_needs_it(short_side: int, zoom: float) -> None:
    photo = Size(short_side, short_side * 2)
    face = face_at(photo, short_side / 2, short_side, short_side / 20)
    placed = placement_for(Subject("face", (face,)), photo, opening_px=700)
    assert placed.zoom == pytest.approx(zoom)


@pytest.mark.parametrize("fit", ["auto", "group"])
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_photo_on_its_side_is_placed_as_it_is_when_upright(turn: Turn, fit: Fit) -> None:
    """The face lies at the same place of the opening, as large, and upright."""
    upright, lying = Size(3000, 4000), Size(3000, 4000) if turn == 180 else Size(4000, 3000)
    box = face_at(upright, 1100, 1500, 500)
    straight = placement_for(Subject("face", (box,)), upright, opening_px=700, fit=fit)
    turned = placement_for(Subject("face", (box,), turn=turn), lying, opening_px=700, fit=fit)
    opening = Opening(0.5, 0.45, 0.35)
    came = {90: (1500, 3000 - 1100), 180: (3000 - 1100, 4000 - 1500), 270: (4000 - 1500, 1100)}[turn]
    here = transform_of(straight, upright, opening, side=1000).apply(1100, 1500)
    there = transform_of(turned, lying, opening, side=1000).apply(*came)
    assert there == pytest.approx(here, abs=1e-6)
    assert turned.zoom == pytest.approx(straight.zoom)
    assert (turned.rotation - turn) % 360 == pytest.approx(0)


def test_a_face_in_a_corner_is_brought_closer_until_it_is_all_in_the_opening() -> None:
    photo = Size(2000, 2000)
    face = face_at(photo, 270, 270, 400)
    placed = placement_for(Subject("face", (face,)), photo, opening_px=700)
    assert shows(placed, photo, 270, 270, 0.6 * 400)
    assert placed.zoom > 2000 / (2.6 * 400)


def test_a_wide_group_is_shown_whole_with_a_surround() -> None:
    photo = Size(5000, 2000)
    at = [(600, 900), (1900, 1000), (3200, 950), (4400, 1100)]
    faces = tuple(face_at(photo, x, y, 400) for x, y in at)
    placed = placement_for(Subject("face", faces), photo, opening_px=700, fit="group")
    assert 0.4 <= placed.zoom < 1
    assert all(shows(placed, photo, x, y, 0.6 * 400) for x, y in at)
    alone = placement_for(Subject("face", faces), photo, opening_px=700)
    assert alone.zoom > 1


def test_a_face_that_fills_the_photo_is_shown_as_small_as_it_goes() -> None:
    photo = Size(2000, 3000)
    placed = placement_for(Subject("face", (face_at(photo, 1000, 1600, 1500),)), photo, opening_px=700)
    assert placed == settle(Placement(0.5, (1600 - 0.15 * 1500) / 3000, 1.0), photo)


def test_all_faces_of_a_group_are_seen_when_they_fit() -> None:
    photo = Size(4000, 3000)
    at = [(1500, 1200), (2200, 1100), (1900, 1700)]
    faces = tuple(face_at(photo, x, y, 400) for x, y in at)
    placed = placement_for(Subject("face", faces), photo, opening_px=700)
    assert all(shows(placed, photo, x, y - HEAD_RISE * 400, HEAD_RADIUS * 400) for x, y in at)
    assert placed.zoom > 1.5


def test_a_group_too_wide_gives_way_to_its_largest_face() -> None:
    photo = Size(6000, 2000)
    faces = (face_at(photo, 4600, 1000, 420), face_at(photo, 800, 1000, 400))
    placed = placement_for(Subject("face", faces), photo, opening_px=700)
    assert placed == placement_for(Subject("face", faces[:1]), photo, opening_px=700)
    assert placed.focus_x * 6000 == pytest.approx(4600)


def test_passers_by_do_not_count() -> None:
    photo = Size(4000, 3000)
    main, small = face_at(photo, 1500, 1200, 500), face_at(photo, 2600, 900, 150)
    both = placement_for(Subject("face", (main, small)), photo, opening_px=700)
    assert both == placement_for(Subject("face", (main,)), photo, opening_px=700)


def test_a_group_whose_hair_touches_the_edge_is_still_a_group() -> None:
    """The heads' circles reach beyond the photo's top, the faces do not."""
    photo = Size(3000, 3000)
    faces = (face_at(photo, 1100, 1000, 900), face_at(photo, 1950, 1000, 900))
    placed = placement_for(Subject("face", faces), photo, opening_px=700)
    assert shows(placed, photo, 1100, 1000, 0.5 * 900)
    assert shows(placed, photo, 1950, 1000, 0.5 * 900)


def test_what_stands_out_is_brought_to_the_middle_but_never_closer() -> None:
    photo = Size(4000, 3000)
    placed = placement_for(Subject("salient", (Box(0.5, 0.4, 0.2, 0.2),)), photo, opening_px=700)
    assert (placed.focus_x, placed.focus_y, placed.zoom) == pytest.approx((0.6, 0.5, 1.0))


@pytest.mark.parametrize(
    ("photo", "focus_y"),
    [
        (Size(3000, 4000), 0.375),  # as far up as the photo goes: the middle of what is seen is 1500 px down
        (Size(1000, 3000), 1 / 3),
        (Size(4000, 3000), 0.5),
        (Size(3000, 3000), 0.5),
    ],
)
def test_without_any_subject_the_upper_third_of_portraits_is_seen(photo: Size, focus_y: float) -> None:
    placed = placement_for(None, photo, opening_px=700)
    assert (placed.focus_x, placed.focus_y, placed.zoom) == pytest.approx((0.5, focus_y, 1.0))


# --- the maths, by laws ---------------------------------------------------------------------------

sides = st.integers(1, 12_000)
photos = st.builds(Size, sides, sides)
shares = st.floats(-0.3, 1.3)
lengths = st.floats(0.001, 1.5)
boxes = st.builds(Box, shares, shares, lengths, lengths)
subjects = st.none() | st.builds(
    Subject, st.sampled_from(["face", "salient"]), st.lists(boxes, min_size=1, max_size=6).map(tuple)
)


@given(subjects, photos, st.floats(50, 2000))
def test_every_placement_is_settled_upright_and_sharp(
    found: Subject | None, photo: Size, opening_px: float
) -> None:
    placed = placement_for(found, photo, opening_px=opening_px)
    again = settle(placed, photo)
    assert (again.focus_x, again.focus_y, again.zoom) == pytest.approx(
        (placed.focus_x, placed.focus_y, placed.zoom), abs=1e-12
    )
    assert placed.rotation == 0
    assert 1.0 <= placed.zoom <= MOST_ZOOM_UNASKED
    assert placed.zoom == 1.0 or placed.zoom * opening_px <= 2 * photo.short_side * 1.000001


@given(
    st.builds(Size, st.integers(200, 8000), st.integers(200, 8000)),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0.03, 0.3),
)
def test_a_head_with_room_around_it_lies_inside_the_opening(
    photo: Size, across: float, down: float, share: float
) -> None:
    """Wherever it is, as long as the circle that is wanted around it fits into the photo."""
    height = share * photo.short_side
    reach = FACES_SEEN / 2 * height
    x = reach + across * (photo.width - 2 * reach)
    y = reach + HEAD_RISE * height + down * (photo.height - 2 * reach)
    placed = placement_for(Subject("face", (face_at(photo, x, y, height),)), photo, opening_px=10)
    at_x, at_y, seen = seen_circle(placed, photo)
    if placed.zoom < MOST_ZOOM_UNASKED:
        assert (at_x, at_y, seen) == pytest.approx((x, y - HEAD_RISE * height, reach))
    assert seen >= reach * 0.999999


# --- finding ------------------------------------------------------------------------------------------


@cache
def portrait(name: str) -> NDArray[np.uint8]:
    return svg_to_pixels((PORTRAITS / f"{name}.svg").read_text(encoding="utf-8"))


def has(box: Box, x: float, y: float) -> bool:
    return box.x <= x <= box.right and box.y <= y <= box.bottom


@pytest.mark.parametrize("name", NOSES)
@pytest.mark.parametrize("short_side", [200, 540, 1080])
def test_the_face_of_a_drawn_person_is_found(name: str, short_side: int) -> None:
    whole = portrait(name)
    factor = short_side / min(whole.shape[:2])
    small = resized(whole, round(whole.shape[1] * factor), round(whole.shape[0] * factor))
    found = find_subject(small)
    assert found is not None
    assert found.kind == "face"
    assert len(found.boxes) == 1
    box, (x, y) = found.boxes[0], NOSES[name]
    assert abs(box.center_x - x) < 0.25 * box.width
    assert abs(box.center_y - y) < 0.25 * box.height
    height, width = small.shape[:2]
    assert box.width * width == pytest.approx(box.height * height, rel=0.02)


def test_the_drawn_person_lies_in_the_opening_from_hair_to_chin() -> None:
    """Read off the drawing: hair from 0.24 to the chin at 0.535 of the height, in the middle."""
    photo = Size(1500, 2000)
    placed = placement_for(find_subject(portrait("ao-dai")), photo, opening_px=700)
    assert placed.zoom > 1.1
    assert shows(placed, photo, 0.5 * 1500, 0.24 * 2000, 0)
    assert shows(placed, photo, 0.51 * 1500, 0.535 * 2000, 0)


def test_a_mirrored_photo_gives_the_mirrored_face() -> None:
    straight, mirrored = (find_subject(portrait("office")[:, ::step]) for step in (1, -1))
    assert straight is not None
    assert mirrored is not None
    assert mirrored.boxes[0].center_x == pytest.approx(1 - straight.boxes[0].center_x, abs=0.02)


def test_two_people_side_by_side_are_both_found_and_both_seen() -> None:
    """The two are 1500 px apart on a square photo of 2400 px."""
    pair = np.full((2400, 2400, 3), 200, dtype=np.uint8)
    left, right = resized(portrait("garden"), 1100, 1100), resized(portrait("ao-dai"), 1100, 1467)
    pair[500:1600, 50:1150], pair[400:1867, 1250:2350] = left, right
    found = find_subject(pair)
    assert found is not None
    noses = [(50 + 0.467 * 1100, 500 + 0.487 * 1100), (1250 + 0.51 * 1100, 400 + 0.46 * 1467)]
    for x, y in noses:
        assert any(has(box, x / 2400, y / 2400) for box in found.boxes)
    placed = placement_for(found, Size(2400, 2400), opening_px=700)
    assert all(shows(placed, Size(2400, 2400), x, y, 150) for x, y in noses)


def test_a_person_in_full_length_is_found() -> None:
    """A face of a fifteenth of the photo's height."""
    scene = np.full((2800, 2100, 3), 120, dtype=np.uint8)
    scene[300:1100, 700:1300] = resized(portrait("ao-dai"), 600, 800)
    found = find_subject(scene)
    assert found is not None
    assert found.kind == "face"
    assert has(found.boxes[0], (700 + 0.51 * 600) / 2100, (300 + 0.46 * 800) / 2800)
    assert found.boxes[0].height < 0.08


@pytest.mark.parametrize("name", NOSES)
@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_photo_on_its_side_is_turned_by_its_face(name: str, turn: int) -> None:
    lying = np.ascontiguousarray(np.rot90(portrait(name), turn // 90))
    found = find_subject(lying, may_turn=True)
    assert found is not None
    assert (found.kind, found.turn) == ("face", turn)
    box, (x, y) = found.boxes[0], NOSES[name]
    assert abs(box.center_x - x) < 0.25 * box.width
    assert abs(box.center_y - y) < 0.25 * box.height
    assert find_subject(lying) == find_subject(lying, may_turn=False)


@pytest.mark.parametrize("name", NOSES)
def test_a_copy_from_a_chat_is_placed_as_its_original(name: str) -> None:
    whole = portrait(name)
    placed: list[Placement] = []
    for longest in (4000, 960):
        factor = longest / max(whole.shape[:2])
        size = Size(round(whole.shape[1] * factor), round(whole.shape[0] * factor))
        found = find_subject(resized(whole, int(size.width), int(size.height)))
        placed.append(placement_for(found, size, opening_px=740))
    large, small = placed
    assert small.focus_x == pytest.approx(large.focus_x, abs=0.02)
    assert small.focus_y == pytest.approx(large.focus_y, abs=0.02)
    assert small.zoom == pytest.approx(large.zoom, rel=0.1)


def test_a_face_too_small_is_not_worth_the_search() -> None:
    """A hundredth of the photo's height: what stands out is taken instead."""
    scene = np.full((2800, 2100, 3), 120, dtype=np.uint8)
    scene[300:407, 700:780] = resized(portrait("ao-dai"), 80, 107)
    found = find_subject(scene)
    assert found == standing_out(scene)


@pytest.mark.parametrize(("x", "y"), [(0.3, 0.5), (0.65, 0.3), (0.5, 0.7)])
def test_the_one_red_thing_stands_out(x: float, y: float) -> None:
    picture = np.random.default_rng(3).integers(100, 140, (900, 1200, 3)).astype(np.uint8)
    top, left = round(y * 900) - 80, round(x * 1200) - 80
    picture[top : top + 160, left : left + 160] = (210, 30, 30)
    found = find_subject(picture)
    assert found is not None
    assert found.kind == "salient"
    assert found.boxes[0].center_x == pytest.approx(x, abs=0.03)
    assert found.boxes[0].center_y == pytest.approx(y, abs=0.03)


@pytest.mark.parametrize("shape", [(1, 1), (1, 4000), (4000, 1), (2, 3), (79, 81), (1080, 1920)])
def test_one_colour_shows_nothing(shape: tuple[int, int]) -> None:
    assert find_subject(np.full((*shape, 3), 90, dtype=np.uint8)) is None


def test_fine_grain_all_over_shows_nothing() -> None:
    grain = np.random.default_rng(1).integers(0, 256, (600, 800, 3)).astype(np.uint8)
    assert find_subject(grain) is None


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1))
def test_any_small_picture_gives_an_answer(height: int, width: int, seed: int) -> None:
    picture = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)
    found = standing_out(picture)
    assert found is None or (0 < found.boxes[0].center_x < 1 and 0 < found.boxes[0].center_y < 1)


@pytest.mark.parametrize("shape", [(1, 4000), (4000, 1), (3, 2), (60, 2000)])
def test_extreme_pictures_give_an_answer(shape: tuple[int, int]) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (*shape, 3)).astype(np.uint8)
    found = find_subject(noise)
    assert found is None or found.kind == "salient"
