"""Pixels and files: what libvips writes, Pillow reads."""

from __future__ import annotations

import io
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image

from dxassets.backends.rasterizer import (
    RasterFormat,
    blend,
    encode_pixels,
    picture_size,
    read_pixels,
    svg_to_pixels,
    thumbnail,
    type_mask,
)
from dxassets.colors import Rgb
from dxassets.geometry import Box
from tests.drawing_support import Pixels, difference, open_picture, read_picture, shaper

FORMATS: tuple[RasterFormat, ...] = ("png", "jpg", "webp")
PILLOW_NAMES = {"png": "PNG", "jpg": "JPEG", "webp": "WEBP"}
HEAD = 'xmlns="http://www.w3.org/2000/svg"'
GROUND = (
    '<linearGradient id="g" x2="1" y2="1"><stop stop-color="#061850"/><stop offset="1" stop-color="#0950a4"/>'
    '</linearGradient><rect width="240" height="120" fill="url(#g)"/>'
    '<circle cx="200" cy="30" r="40" fill="#39d0f2"/>'
)


def svg(body: str, view: Box, width: float, height: float) -> str:
    box = f"{view.x:g} {view.y:g} {view.width:g} {view.height:g}"
    return f'<svg {HEAD} width="{width:g}" height="{height:g}" viewBox="{box}">{body}</svg>'


WHOLE = Box(0, 0, 240, 120)
YELLOW = Rgb(0xFF, 0xD2, 0x3F)


def noise(width: int, height: int, channels: int = 3) -> Pixels:
    return np.random.default_rng(7).integers(0, 256, (height, width, channels), dtype=np.uint8)


def drawing(width: int = 240, height: int = 120) -> Pixels:
    return svg_to_pixels(svg(GROUND, WHOLE, width, height))


# --- drawing --------------------------------------------------------------------------------------


def test_an_svg_has_its_own_size_and_colours() -> None:
    pixels = svg_to_pixels(svg('<rect width="5" height="20" fill="#c8102e"/>', Box(0, 0, 10, 20), 10, 20))
    assert pixels.shape == (20, 10, 3)
    assert pixels.dtype == np.uint8
    assert (pixels[:, :5] == (0xC8, 0x10, 0x2E)).all()
    assert (pixels[:, 5:] == 255).all()  # paper is white


def test_with_alpha_what_is_not_drawn_is_transparent() -> None:
    pixels = svg_to_pixels(svg('<rect width="5" height="20"/>', Box(0, 0, 10, 20), 10, 20), alpha=True)
    assert pixels.shape == (20, 10, 4)
    assert (pixels[:, :5, 3] == 255).all()
    assert (pixels[:, 5:, 3] == 0).all()


def test_edges_are_smooth_and_straight_ones_exact() -> None:
    pixels = svg_to_pixels(svg('<rect width="4.5" height="4"/>', Box(0, 0, 8, 4), 8, 4), alpha=True)
    assert (pixels[:, :4, 3] == 255).all()
    assert np.abs(pixels[:, 4, 3].astype(int) - 128).max() <= 1
    assert (pixels[:, 5:, 3] == 0).all()


@pytest.mark.parametrize("region", [Box(20, 30, 180, 60), Box(0, 0, 240, 120), Box(21, 33, 177, 51)])
def test_type_laid_over_a_picture_equals_the_whole_drawn_at_once(region: Box) -> None:
    line = shaper().line_to_svg("Đắk Nông ẲỘ", 800, x=30.3, baseline=74.7, size=21)
    whole = svg_to_pixels(svg(f'{GROUND}<g fill="{YELLOW}">{line}</g>', WHOLE, 240, 120))
    layered = drawing().copy()
    mask = type_mask(line, region, int(region.width), int(region.height))
    blend(layered, mask, YELLOW, int(region.x), int(region.y))
    assert np.abs(layered.astype(int) - whole.astype(int)).max() <= 2  # two roundings
    solid = (whole == YELLOW).all(axis=2)
    assert solid.sum() > 200
    assert np.array_equal(layered[solid], whole[solid])
    bare = (whole == drawing()).all(axis=2)
    assert np.array_equal(layered[bare], whole[bare])


@pytest.mark.parametrize("size", [9.0, 21.0, 96.5])
@pytest.mark.parametrize("weight", [600, 800])
def test_type_that_harfbuzz_fills_looks_as_its_outlines_do(size: float, weight: int) -> None:
    text, region = "SỞ Y TẾ ĐẮK NÔNG – ẲỘg", Box(3, 2, round(15 * size), round(2 * size))
    line = shaper().line_to_svg(text, weight, x=5.3, baseline=1.6 * size, size=size)
    width, height = int(region.width), int(region.height)
    drawn = type_mask(line, region, width, height)
    font = shaper().font(weight)
    filled = font.mask(text, x=5.3 - 3, baseline=1.6 * size - 2, size=size, width=width, height=height)
    assert filled.shape == drawn.shape
    assert filled.flags.c_contiguous
    assert difference(filled, drawn) < 0.5
    assert np.abs(filled.astype(int) - drawn).max() <= 40  # where strokes cross within a pixel


def test_a_mask_of_nothing_is_empty() -> None:
    assert not shaper().font(600).mask(" ", x=1, baseline=8, size=9, width=12, height=10).any()


def test_type_is_cut_at_the_edges_of_its_mask() -> None:
    font = shaper().font(600)
    whole = font.mask("ĐẮK NÔNG", x=2, baseline=30, size=24, width=160, height=40)
    part = font.mask("ĐẮK NÔNG", x=2 - 50, baseline=30 - 10, size=24, width=60, height=20)
    assert np.abs(part.astype(int) - whole[10:30, 50:110]).max() <= 1


def test_nothing_changes_outside_the_mask() -> None:
    ground = noise(60, 40)
    layered = ground.copy()
    blend(layered, np.full((10, 20), 255, np.uint8), YELLOW, 10, 5)
    assert (layered[5:15, 10:30] == YELLOW).all()
    layered[5:15, 10:30] = ground[5:15, 10:30]
    assert np.array_equal(layered, ground)


@pytest.mark.parametrize("level", [0, 1, 128, 254, 255])
def test_a_covered_pixel_is_mixed_by_its_share(level: int) -> None:
    ground = noise(16, 16)
    layered = ground.copy()
    blend(layered, np.full((16, 16), level, np.uint8), YELLOW, 0, 0)
    wanted = ground + (np.array(YELLOW) - ground.astype(float)) * level / 255
    assert np.abs(layered - wanted).max() <= 0.51


def test_a_mask_is_the_coverage_of_its_outline() -> None:
    mask = type_mask('<rect x="10" y="4" width="10" height="4.5"/>', Box(10, 4, 20, 10), 40, 20)
    assert mask.shape == (20, 40)
    assert (mask[:9, :20] == 255).all()
    assert (mask[9:] == 0).all()
    assert (mask[:, 20:] == 0).all()


# --- files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_has_the_size_and_mode_of_its_pixels(file_format: RasterFormat) -> None:
    pixels = drawing()
    encoded = encode_pixels(pixels, file_format, None)
    assert encoded is not None
    image = open_picture(encoded.data)
    assert (image.format, image.mode, image.size) == (PILLOW_NAMES[file_format], "RGB", (240, 120))
    assert difference(np.asarray(image), pixels) <= (0 if file_format == "png" else 1.5)
    assert picture_size(encoded.data) == (240, 120, 3)
    assert np.abs(read_pixels(encoded.data).astype(int) - np.asarray(image).astype(int)).max() <= 2


@pytest.mark.parametrize("file_format", ["png", "webp"])
def test_transparency_is_kept(file_format: RasterFormat) -> None:
    pixels = svg_to_pixels(
        svg('<circle cx="60" cy="60" r="40" fill="#0950a4"/>', WHOLE, 240, 120), alpha=True
    )
    encoded = encode_pixels(pixels, file_format, None)
    assert encoded is not None
    image = open_picture(encoded.data)
    assert image.mode == "RGBA"
    assert np.array_equal(np.asarray(image)[..., 3], pixels[..., 3])


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_carries_nothing_but_the_picture(file_format: RasterFormat) -> None:
    encoded = encode_pixels(drawing(), file_format, None)
    assert encoded is not None
    image = open_picture(encoded.data)
    assert not image.getexif()
    assert not {"icc_profile", "exif", "xmp", "comment"} & set(image.info)
    again = encode_pixels(drawing(), file_format, None)
    assert again == encoded


def weights(pixels: Pixels, file_format: RasterFormat) -> Iterator[tuple[int, str]]:
    """Weight and setting of each step down, found by asking for a byte less each time."""
    limit: int | None = None
    while (encoded := encode_pixels(pixels, file_format, limit)) is not None:
        yield len(encoded.data), encoded.setting
        limit = len(encoded.data) - 1


@pytest.mark.parametrize("file_format", ["jpg", "webp"])
def test_quality_goes_down_only_as_far_as_the_budget_asks(file_format: RasterFormat) -> None:
    steps = list(weights(noise(120, 80), file_format))
    assert len(steps) >= 3
    assert [weight for weight, _ in steps] == sorted((weight for weight, _ in steps), reverse=True)
    qualities = [int(setting.rpartition(" ")[2]) for _, setting in steps]
    assert qualities == sorted(set(qualities), reverse=True)
    assert qualities[-1] >= 70  # below that, type breaks up
    heaviest, best = steps[0]
    exact = encode_pixels(noise(120, 80), file_format, heaviest)
    assert exact is not None
    assert exact.setting == best


def test_png_stays_lossless_until_the_budget_asks_for_a_palette() -> None:
    pixels = drawing(400, 200) // 2 + noise(400, 200) // 32
    lossless = encode_pixels(pixels, "png", None)
    assert lossless is not None
    assert np.array_equal(read_picture(lossless.data), pixels)
    light = encode_pixels(pixels, "png", len(lossless.data) - 1)
    assert light is not None
    assert len(light.data) < len(lossless.data)
    image = open_picture(light.data)
    assert image.mode == "P"
    assert difference(np.asarray(image.convert("RGB")), pixels) < 4


@pytest.mark.parametrize("file_format", FORMATS)
def test_no_file_is_better_than_one_over_the_budget(file_format: RasterFormat) -> None:
    assert encode_pixels(noise(200, 200), file_format, 2_000) is None


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_file_that_breaks_off_is_not_read(file_format: RasterFormat) -> None:
    encoded = encode_pixels(drawing(), file_format, None)
    assert encoded is not None
    assert read_pixels(encoded.data).shape == (120, 240, 3)
    with pytest.raises(ValueError, match="not a readable picture"):
        read_pixels(encoded.data[:-40])


# --- thumbnails -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height", "expected"), [(960, 480, (160, 80)), (100, 400, (40, 160))])
def test_a_thumbnail_is_a_small_webp_of_the_picture(
    width: int, height: int, expected: tuple[int, int]
) -> None:
    pixels = svg_to_pixels(
        svg(GROUND, WHOLE, width, height).replace("<svg", '<svg preserveAspectRatio="none"')
    )
    data = thumbnail(pixels, 160)
    image = open_picture(data)
    assert (image.format, image.size) == ("WEBP", expected)
    wanted = Image.fromarray(pixels).resize(expected, Image.Resampling.BOX)
    assert difference(np.asarray(image.convert("RGB")), np.asarray(wanted)) < 6
    assert len(data) < 10_000
    assert Image.open(io.BytesIO(data)).getexif() == {}
