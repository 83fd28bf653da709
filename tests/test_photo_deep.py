"""HDR photos of more than 8 bits, in all their depth: HEIC and AVIF of 10 and 12, PNG of 16."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from dxassets.backends import photos
from dxassets.backends.rasterizer import deep_numbers
from tests.photo_support import png_chunk, read, refused
from tests.rare_photo_support import deep_avif, deep_heif, hdr_file

RAMP = np.linspace(0.1, 0.5, 96)[None, :, None] * np.linspace(0.7, 1, 64)[:, None, None] * np.ones(3)


def sky(file_format: str, depth: int) -> bytes:
    """Dark blue that becomes lighter, in PQ."""
    row = np.linspace(0.1, 0.5, 1200)[None, :, None] * np.ones((80, 1, 3))
    if file_format == "png":
        return hdr_file(row, "png", "pq")
    return deep_heif(row, "pq", depth) if file_format == "heif" else deep_avif(row, "pq", depth)


DEPTHS = [("heif", 10), ("heif", 12), ("avif", 10), ("avif", 12), ("png", 16)]


@pytest.mark.parametrize(("file_format", "depth"), DEPTHS)
def test_a_dark_sky_of_more_than_8_bits_shows_no_steps(file_format: str, depth: int) -> None:
    """PQ of 8 bits has steps of 3 there; a picture that is averaged has them no more."""
    flat = read(sky("avif", 8)).pixels[40, 8:-8, 0].astype(int)
    deep = read(sky(file_format, depth)).pixels[40, 8:-8, 0].astype(int)
    assert np.diff(flat).max() == 3
    assert np.diff(deep).max() == 1
    assert np.abs(deep - flat).max() <= 3
    small = read(sky(file_format, depth), least=20)
    assert (small.step, small.width, small.height) == (2, 1200, 80)
    assert np.abs(small.pixels[20, 4:-4, 0].astype(int) - deep[::2]).max() <= 2


@pytest.mark.parametrize("depth", [10, 12])
def test_numbers_reach_from_none_to_all(depth: int) -> None:
    """They come as the uppermost bits of 16; white is white all the same."""
    codes = np.repeat(np.array([0.0, 0.5, 1.0]), 32)[None, :, None] * np.ones((32, 1, 3))
    for step in (1, 2):
        numbers = deep_numbers(deep_avif(codes, "pq", depth), step=step)
        assert numbers is not None
        assert numbers.shape == (32 // step, 96 // step, 3)
        assert [int(numbers[4, at // step, 1]) for at in (8, 40, 72)] == pytest.approx(
            [0, 32_768, 65_535], abs=40
        )
        assert (numbers.min(), numbers.max()) == (0, 65_535)
    assert deep_numbers(deep_avif(codes, "pq", 8), step=1) is None


@pytest.mark.parametrize("orientation", [2, 3, 6, 8])
def test_a_deep_avif_is_turned_once(orientation: int) -> None:
    """As its boxes say. Pillow, which reads it in 8 bits, makes EXIF of them; libvips turns by itself."""
    deep, flat = (read(deep_avif(RAMP, "pq", depth, orientation=orientation)) for depth in (10, 8))
    assert (deep.width, deep.height) == ((64, 96) if orientation > 4 else (96, 64))
    assert (flat.width, flat.height) == (deep.width, deep.height)
    assert deep.told_upright
    assert flat.told_upright
    assert np.abs(deep.pixels.astype(int) - flat.pixels).max() <= 3


@pytest.mark.parametrize("orientation", [3, 6])
def test_a_deep_png_is_turned_by_exif_behind_its_px(orientation: int) -> None:
    plain = hdr_file(RAMP, "png", "pq")
    exif = Image.Exif()
    exif[0x0112] = orientation
    end = plain.index(b"IEND") - 4
    photo = read(plain[:end] + png_chunk(b"eXIf", exif.tobytes()[6:]) + plain[end:])
    upright = np.rot90(read(plain).pixels, {3: 2, 6: 3}[orientation])
    assert photo.told_upright
    assert np.array_equal(photo.pixels, upright)


@pytest.mark.parametrize(("file_format", "depth"), [("avif", 10), ("png", 16)])
def test_a_deep_photo_that_is_cut_short_is_refused(file_format: str, depth: int) -> None:
    data = sky(file_format, depth)
    assert "hỏng" in refused(data[: len(data) * 3 // 4])


@pytest.mark.parametrize("spare", [0, 1])
def test_a_deep_photo_too_large_for_all_its_depth_is_read_in_8_bits(
    spare: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = sky("png", 16)
    monkeypatch.setattr(photos, "MOST_MEMORY", 1200 * 80 * photos._DEEP_BYTES + len(data) - spare)
    steps = np.diff(read(data).pixels[40, 8:-8, 0].astype(int))
    assert steps.max() == (3 if spare else 1)
