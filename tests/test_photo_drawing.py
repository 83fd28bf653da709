"""A photo lies where the transform says, to a fraction of a px, whatever was reduced or turned on the way."""

from __future__ import annotations

import io
from math import cos, radians, sin

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image

from dxassets.backends.photo_canvas import draw_photo
from dxassets.backends.photos import Photo
from dxassets.colors import Rgb
from dxassets.framing import Opening, Placement, Transform, settle, transform_of
from dxassets.geometry import Size
from dxassets.renderers.photo import FrameLayer, frame_photo, least_side
from tests.photo_support import CORNERS, Reals, exif, in_file, marked, portrait, read, saved, waved, waves

GROUND = Rgb(7, 29, 91)


def photo_of(image: Image.Image) -> Photo:
    return Photo(image, image.width, image.height, "png")


def placed(scale: float, degrees: float, x: float, y: float) -> Transform:
    """Scaled, turned clockwise, and moved so that the photo's corner comes to (x, y)."""
    a, b = scale * cos(radians(degrees)), scale * sin(radians(degrees))
    return Transform(a, b, -b, a, x, y)


def colors_under(
    transform: Transform, size: tuple[int, int], box: tuple[int, int, int, int], length: float
) -> tuple[Reals, NDArray[np.bool_]]:
    """What `waves` show in the middle of each px of `box`; and which px lie well inside the photo."""
    left, top, right, bottom = box
    u, v = np.meshgrid(np.arange(left, right) + 0.5, np.arange(top, bottom) + 0.5)
    back = transform.inverse()
    x, y = back.a * u + back.c * v + back.e, back.b * u + back.d * v + back.f
    away = 3 / transform.scale + 3
    inside = (x > away) & (x < size[0] - away) & (y > away) & (y < size[1] - away)
    return waves(x, y, length), inside


SIZE = (420, 330)
PLACES = {
    "as it is": placed(1, 0, 0, 0),
    "moved by half a px": placed(1, 0, 0.5, -0.5),
    "moved by a fraction": placed(1, 0, 13.37, 7.81),
    "smaller": placed(0.37, 0, 11.3, 9.8),
    "smaller still": placed(0.11, 0, 3.25, 4.75),
    "larger": placed(1.73, 0, -60.2, -41.9),
    "much larger": placed(6.1, 0, -800.3, -700.7),
    "turned a little": placed(0.61, 7, 40.3, -2.2),
    "turned, larger": placed(1.4, -33, -120.5, 60.25),
    "turned, smaller": placed(0.23, 151, 120.1, 60.6),
    "a quarter": placed(0.5, 90, 190.2, 4.9),
    "a half": placed(0.77, 180, 330.5, 250.25),
    "three quarters": placed(0.5, -90, 3.3, 220.6),
    "nearly a quarter": placed(0.5, 89.5, 190.2, 4.9),
    "forty-five": placed(0.6, 45, 150.0, 10.0),
    "across": placed(0.6, 135, 220.0, 90.0),
}


@pytest.mark.parametrize("name", PLACES)
def test_every_px_of_the_frame_shows_its_own_point_of_the_photo(name: str) -> None:
    """Against the formula that the photo was painted with; half a px off would be 2 to 4 levels."""
    transform = PLACES[name]
    length = 60 / transform.scale
    photo, box = photo_of(waved(*SIZE, length)), (0, 0, 300, 240)
    drawn = draw_photo(photo, transform, box=box, ground=GROUND).astype(float)
    right, inside = colors_under(transform, SIZE, box, length)
    assert inside.sum() > 1000 or transform.scale < 0.2
    apart = np.abs(drawn - right)[inside]
    assert apart.mean() < 0.8
    assert apart.max() < 6
    shifted, _ = colors_under(placed_after(transform, 0.5), SIZE, box, length)
    assert np.abs(drawn - shifted)[inside].mean() > 1.5


def placed_after(transform: Transform, shift: float) -> Transform:
    """The transform, all moved right and down by `shift` px of the frame."""
    return Transform(
        transform.a, transform.b, transform.c, transform.d, transform.e + shift, transform.f + shift
    )


@given(st.floats(0.15, 2), st.floats(-180, 180), st.floats(-60, 60), st.floats(-60, 60), st.integers(0, 50))
@settings(max_examples=30, deadline=None)
def test_any_transform_puts_the_middle_where_it_says(
    scale: float, degrees: float, dx: float, dy: float, left: int
) -> None:
    width, height = SIZE
    plain = placed(scale, degrees, 0, 0)
    x, y = plain.apply(width / 2, height / 2)
    transform = placed(scale, degrees, 120 + dx - x, 100 + dy - y)
    box = (left, 3, left + 170, 190)
    length = 60 / scale
    drawn = draw_photo(photo_of(waved(width, height, length)), transform, box=box).astype(float)
    right, inside = colors_under(transform, SIZE, box, length)
    if inside.sum() > 200:
        assert np.abs(drawn - right)[inside].mean() < 0.9


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("size", [(1203, 905), (905, 1203)], ids=["landscape", "portrait"])
@pytest.mark.parametrize("file_format", ["jpeg", "png"])
def test_what_was_reduced_and_turned_upright_lies_where_the_original_does(
    file_format: str, size: tuple[int, int], orientation: int
) -> None:
    """1203 × 905 is no multiple of 2, 3 or 4: the last px of a reduced photo reaches beyond the original."""
    length, side = 320.0, 150
    data = saved(in_file(waved(*size, length), orientation), file_format, exif=exif(orientation))
    photo = read(data, least=side if file_format == "jpeg" else side / 2)
    assert photo.step >= 4
    scale = side / 905
    transform = placed(scale, 0, 0, 0)
    box = (0, 0, int(size[0] * scale), int(size[1] * scale))
    drawn = draw_photo(photo, transform, box=box).astype(float)
    right, inside = colors_under(transform, size, box, length)
    apart = np.abs(drawn - right)[inside]
    assert apart.mean() < 1.0
    shifted, _ = colors_under(placed_after(transform, 0.3), size, box, length)
    assert np.abs(drawn - shifted)[inside].mean() > 1.2


def test_the_photo_reaches_its_own_edge_and_no_further() -> None:
    photo = photo_of(Image.new("RGB", (100, 80), (250, 250, 250)))
    drawn = draw_photo(photo, placed(0.5, 0, 10, 20), box=(0, 0, 80, 80), ground=GROUND)
    assert (drawn[20:60, 10:60] == 250).all()
    outside = drawn.copy()
    outside[20:60, 10:60] = GROUND
    assert (outside == GROUND).all()


def test_a_turned_photo_reaches_its_own_edge() -> None:
    photo = photo_of(Image.new("RGB", (100, 80), (250, 250, 250)))
    transform = placed(1, 30, 60, 10)
    drawn = draw_photo(photo, transform, box=(0, 0, 180, 160), ground=GROUND)
    u, v = np.meshgrid(np.arange(180) + 0.5, np.arange(160) + 0.5)
    back = transform.inverse()
    x, y = back.a * u + back.c * v + back.e, back.b * u + back.d * v + back.f
    inside = (x > 0) & (x < 100) & (y > 0) & (y < 80)
    far = (x < -1.5) | (x > 101.5) | (y < -1.5) | (y > 81.5)
    assert (drawn[inside] >= 248).all()
    assert (drawn[far] == GROUND).all()


def test_a_box_is_the_same_px_as_the_whole() -> None:
    photo = photo_of(portrait(300, 260))
    for transform in (placed(0.43, 0, 5.5, 3.25), placed(0.43, 25, 60, 3), placed(1.9, 12, -90, -140)):
        whole = draw_photo(photo, transform, box=(0, 0, 140, 130)).astype(int)
        part = draw_photo(photo, transform, box=(31, 17, 99, 101)).astype(int)
        assert np.abs(part - whole[17:101, 31:99]).mean() < 0.6


def test_a_photo_far_away_leaves_the_ground() -> None:
    photo = photo_of(portrait(64, 64))
    for degrees in (0, 20, 90):
        drawn = draw_photo(photo, placed(1, degrees, 5000, 5000), box=(0, 0, 40, 30), ground=GROUND)
        assert drawn.shape == (30, 40, 3)
        assert (drawn == GROUND).all()


def test_reducing_does_not_shimmer() -> None:
    """A fine chequer becomes an even gray, not a pattern."""
    chequer = (np.indices((900, 900)).sum(axis=0) % 2 * 255).astype(np.uint8)
    photo = photo_of(Image.fromarray(np.dstack([chequer] * 3)))
    for degrees in (0, 17):
        drawn = draw_photo(
            photo, placed(0.13, degrees, 40, 5), box=(0, 0, 100, 100), ground=Rgb(128, 128, 128)
        )
        assert np.abs(drawn[30:70, 30:70].astype(int) - 127).max() < 8


# --- under a frame ----------------------------------------------------------------------------------

SIDE = 240
OPENING = Opening(0.5, 0.45, 0.35)
RING = (200, 16, 46)


def ring(side: int = SIDE, *, square: bool = False) -> FrameLayer:
    """A red ring (or square) with a hole a little smaller than the opening."""
    middle = np.arange(side) + 0.5
    away = np.hypot(middle[None, :] - side / 2, middle[:, None] - side / 2)
    hole = np.hypot(middle[None, :] - OPENING.x * side, middle[:, None] - OPENING.y * side)
    outer = np.ones_like(away) if square else (0.49 * side - away + 0.5).clip(0, 1)
    alpha = outer * (hole - (OPENING.radius * side - 2) + 0.5).clip(0, 1)
    pixels = np.empty((side, side, 4), dtype=np.uint8)
    pixels[..., :3] = RING
    pixels[..., 3] = (alpha * 255).round()
    return FrameLayer(pixels, OPENING, 0.5 if square else 0.49, GROUND)


def seen(data: bytes) -> NDArray[np.int64]:
    return np.asarray(Image.open(io.BytesIO(data))).astype(int)


@pytest.mark.parametrize("rotation", [0.0, 90.0, 180.0, -90.0, 35.0])
def test_the_photo_shows_in_the_opening_and_the_frame_lies_over_it(rotation: float) -> None:
    photo = photo_of(marked(300, 300))
    placement = Placement(rotation=rotation)
    framed = seen(frame_photo(photo, ring(), placement, circle=False, file_format="png"))
    assert framed.shape == (SIDE, SIDE, 3)
    assert framed[108, 120].tolist() == [120, 120, 120]  # the middle of the opening
    assert framed[220, 120].tolist() == list(RING)
    assert framed[2, 2].tolist() == framed[237, 237].tolist() == list(GROUND)
    transform = transform_of(settle(placement, Size(300, 300)), Size(300, 300), OPENING, side=SIDE)
    for x, y in ((75, 75), (225, 80), (80, 225)):  # gray: inside of all marks
        u, v = transform.apply(x, y)
        assert framed[int(v), int(u)].tolist() == [120, 120, 120]


def test_the_marks_are_where_the_transform_says() -> None:
    photo = photo_of(marked(400, 300))
    placement = Placement(focus_x=0.2, focus_y=0.3, zoom=2.0, rotation=20)
    size = Size(400, 300)
    transform = transform_of(settle(placement, size), size, OPENING, side=SIDE)
    framed = seen(frame_photo(photo, ring(), placement, circle=False, file_format="png"))
    for x, y in ((30, 50), (57, 57)):  # 3 px within the mark's corner, which ends at (60, 60)
        u, v = transform.apply(x, y)
        assert framed[int(v), int(u)].tolist() == list(CORNERS["top-left"])
    u, v = transform.apply(64, 64)
    assert framed[int(v), int(u)].tolist() == [120, 120, 120]


@pytest.mark.parametrize("square", [False, True], ids=["ring", "square"])
def test_a_circle_has_nothing_outside(square: bool) -> None:
    photo, layer = photo_of(portrait(300, 400)), ring(square=square)
    png = seen(frame_photo(photo, layer, Placement(), circle=True, file_format="png"))
    away = np.hypot(*(np.indices((SIDE, SIDE)) + 0.5 - SIDE / 2))
    assert (png[away > layer.circle * SIDE + 1][:, 3] == 0).all()
    assert (png[away < layer.circle * SIDE - 1][:, 3] == 255).all()
    webp = seen(frame_photo(photo, layer, Placement(), circle=True, file_format="webp"))
    assert np.array_equal(webp[..., 3], png[..., 3])
    jpg = seen(frame_photo(photo, layer, Placement(), circle=True, file_format="jpg"))
    assert (jpg[away > layer.circle * SIDE + 12] >= 253).all()
    plain = seen(frame_photo(photo, layer, Placement(), circle=False, file_format="png"))
    inside = away < layer.circle * SIDE - 1
    assert np.abs(plain[inside] - png[inside][:, :3]).max() <= 1


def test_no_gap_shows_between_photo_and_frame() -> None:
    """All light: a gap would let the dark ground through."""
    photo = photo_of(Image.new("RGB", (331, 447), (255, 255, 255)))
    for side in (64, 111, 320, 1080):
        layer = ring(side)
        light = layer.pixels.copy()
        light[..., :3] = 255
        layer = FrameLayer(light, OPENING, 0.49, Rgb(0, 0, 0))
        for rotation in (0, 13, 90, 200.5):
            framed = seen(
                frame_photo(photo, layer, Placement(rotation=rotation), circle=False, file_format="png")
            )
            away = np.hypot(*(np.indices((side, side)) + 0.5 - side / 2))
            assert (framed[away < 0.49 * side - 1] >= 254).all(), (side, rotation)


def test_a_placement_beyond_the_photo_is_settled() -> None:
    photo = photo_of(portrait(300, 400))
    far = frame_photo(photo, ring(), Placement(focus_x=-3, focus_y=9), circle=False, file_format="png")
    edge = frame_photo(photo, ring(), Placement(focus_x=0, focus_y=1), circle=False, file_format="png")
    assert far == edge


def test_a_small_photo_is_enlarged_smoothly() -> None:
    photo = photo_of(waved(40, 40, 40))
    framed = seen(frame_photo(photo, ring(480), Placement(), circle=False, file_format="png"))
    row = framed[int(0.45 * 480), 100:380]
    assert np.abs(np.diff(row, axis=0)).max() < 12


def test_what_must_be_decoded_is_what_is_drawn() -> None:
    layer = ring()
    data = saved(portrait(1600, 1200), "jpeg")
    for zoom in (1.0, 2.0, 4.0):
        least = least_side(layer, zoom)
        photo = read(data, least=least)
        size = Size(photo.width, photo.height)
        k = transform_of(Placement(zoom=zoom), size, layer.opening, side=layer.side).scale
        assert least == pytest.approx(k * size.short_side)
        assert k * photo.step <= 1.0000001 or photo.step == 1


def test_framing_twice_gives_the_same_bytes() -> None:
    data = saved(portrait(800, 600), "jpeg")
    for file_format in ("jpg", "png", "webp"):
        made = {
            frame_photo(
                read(data, least=168), ring(), Placement(rotation=11), circle=True, file_format=file_format
            )
            for _ in range(2)
        }
        assert len(made) == 1
