"""PNGs that share their stream: whole for every reader, the same pixels and bytes whatever came before."""

from __future__ import annotations

import io
import zlib

import cv2
import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from dxassets.backends.rasterizer import encode_pixels, read_pixels
from dxassets.backends.shared_stream import PackedRows, PackedSurround, joined_sum, sum_over, surround_of
from tests.png_support import Pixels, chunks_of, strict

CHANCE = np.random.default_rng(20261010)


def noise(height: int, width: int) -> Pixels:
    return CHANCE.integers(0, 256, (height, width, 3), dtype=np.uint8)


def drawn(height: int, width: int) -> Pixels:
    """Large surfaces with a slow gradient, and a few hard edges: what deflate finds repetitions in."""
    down, across = np.mgrid[0:height, 0:width]
    pixels = np.stack([down // 7, (down + across) // 11, across // 5], axis=2).astype(np.uint8)
    pixels[height // 3 : height // 2 + 1, width // 4 : width // 2 + 1] = (255, 210, 63)
    return pixels


def by_everybody(data: bytes) -> Pixels:
    """The pixels, of which four readers say the same: the strict one, libvips, OpenCV and Pillow."""
    found = strict(data).pixels
    opened = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert opened is not None
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        others = (read_pixels(data), opened[..., ::-1], np.asarray(picture))
    for other in others:
        assert np.array_equal(found, other)
    return found


# --- every rule of PNG, at every seam ---------------------------------------------------------------

BANDS = [
    pytest.param(0, 9, id="begins with the first row"),
    pytest.param(51, 60, id="ends with the last row"),
    pytest.param(0, 60, id="is the whole picture"),
    pytest.param(30, 31, id="is one row"),
    pytest.param(0, 1, id="is the first row"),
    pytest.param(59, 60, id="is the last row"),
    pytest.param(20, 40, id="lies in the middle"),
]


@pytest.mark.parametrize(("top", "bottom"), BANDS)
@pytest.mark.parametrize("make", [noise, drawn])
def test_a_picture_is_whole_wherever_its_band_lies(make, top: int, bottom: int) -> None:
    ground, band = make(60, 83), noise(60, 83)[top:bottom]
    found = by_everybody(surround_of(ground, top, bottom).around(band))
    assert np.array_equal(found[top:bottom], band)
    assert np.array_equal(found[:top], ground[:top])
    assert np.array_equal(found[bottom:], ground[bottom:])


@given(st.data())
def test_any_picture_with_any_band_is_whole(data: st.DataObject) -> None:
    height, width = data.draw(st.integers(1, 40)), data.draw(st.integers(1, 90))
    top = data.draw(st.integers(0, height - 1))
    bottom = data.draw(st.integers(top + 1, height))
    ground = drawn(height, width) if data.draw(st.booleans()) else noise(height, width)
    band = np.full((bottom - top, width, 3), data.draw(st.integers(0, 255)), np.uint8)
    found = strict(surround_of(ground, top, bottom).around(band)).pixels
    ground[top:bottom] = band
    assert np.array_equal(found, ground)


def test_no_row_is_filtered_so_that_none_looks_over_a_seam() -> None:
    picture = strict(surround_of(drawn(60, 83), 20, 40).around(drawn(60, 83)[20:40]))
    assert set(picture.filters) == {0}


def test_only_the_band_and_the_sum_differ_between_pictures_of_a_look() -> None:
    surround = surround_of(drawn(200, 300), 80, 120)
    one, other = chunks_of(surround.around(noise(40, 300))), chunks_of(surround.around(noise(40, 300)))
    assert [chunk.name for chunk in one] == ["IHDR", "IDAT", "IDAT", "IDAT", "IDAT", "IEND"]
    assert [a.data == b.data for a, b in zip(one, other, strict=True)] == [
        True,
        True,
        False,
        True,
        False,
        True,
    ]


def test_each_stretch_stands_on_its_own() -> None:
    """Nothing points back over a seam: each is unpacked without the others, to just its rows."""
    pixels = drawn(200, 300)
    chunks = chunks_of(surround_of(pixels, 80, 120).around(pixels[80:120]))
    above, band, below, total = [chunk.data for chunk in chunks if chunk.name == "IDAT"]
    stretches = ((above[2:], 80), (band, 40), (below, 80))
    for packed, rows in stretches:
        assert len(zlib.decompressobj(-15).decompress(packed)) == rows * 901
    assert all(
        packed.endswith(b"\0\0\xff\xff") for packed, _ in stretches[:2]
    )  # an empty block at a whole byte
    assert len(total) == 4


def test_the_same_picture_has_the_same_bytes_whatever_was_made_before_it() -> None:
    ground, mine, others = drawn(200, 300), noise(40, 300), [noise(40, 300) for _ in range(5)]
    fresh = surround_of(ground, 80, 120).around(mine)
    used = surround_of(ground, 80, 120)
    assert [used.around(other) for other in others] != [fresh] * 5
    assert used.around(mine) == fresh


def test_sharing_costs_next_to_nothing_in_weight() -> None:
    pixels = drawn(600, 800)
    shared = surround_of(pixels, 250, 300).around(pixels[250:300])
    whole = encode_pixels(pixels, "png", None)
    assert whole is not None
    assert len(shared) < 1.01 * len(whole.data)


def test_no_picture_of_a_look_is_lighter_than_what_all_share() -> None:
    surround = surround_of(drawn(60, 83), 20, 40)
    flat = np.zeros((20, 83, 3), np.uint8)
    assert surround.least < len(surround.around(flat)) < surround.least + 120


@pytest.mark.parametrize(("top", "bottom"), [(-1, 5), (5, 5), (6, 5), (0, 61)])
def test_a_band_that_is_none_is_refused(top: int, bottom: int) -> None:
    with pytest.raises(ValueError, match="no band from"):
        surround_of(drawn(60, 83), top, bottom)


def test_pixels_with_transparency_are_refused() -> None:
    with pytest.raises(ValueError, match="no band from"):
        surround_of(np.zeros((60, 83, 4), np.uint8), 20, 40)


@pytest.mark.parametrize("shape", [(19, 83, 3), (20, 82, 3), (20, 83, 4)])
def test_pixels_that_do_not_fit_the_band_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="does not fit rows 20 to 40"):
        surround_of(drawn(60, 83), 20, 40).around(np.zeros(shape, np.uint8))


# --- the sum over all rows --------------------------------------------------------------------------


@given(st.binary(max_size=300), st.binary(max_size=300))
@example(b"", b"")
@example(b"\xff" * 300, b"")
@example(b"", b"\xff" * 300)
def test_two_sums_are_joined(first: bytes, second: bytes) -> None:
    stretch = PackedRows(b"", zlib.adler32(second), len(second))
    assert joined_sum(zlib.adler32(first), stretch) == zlib.adler32(first + second)


@pytest.mark.parametrize("length", [65520, 65521, 65522, 131042, 1_000_003])
@pytest.mark.parametrize("value", [b"\0", b"\1", b"\xff"])
def test_sums_of_long_data_are_joined(length: int, value: bytes) -> None:
    first, second = b"\xfe" * 70_000, value * length
    stretch = PackedRows(b"", zlib.adler32(second), length)
    assert joined_sum(zlib.adler32(first), stretch) == zlib.adler32(first + second)


@pytest.mark.parametrize("make", [noise, drawn])
def test_the_sum_over_a_picture_is_that_of_its_rows(make) -> None:
    pixels = make(70, 83)
    raw = b"".join(b"\0" + row.tobytes() for row in pixels)
    assert sum_over(pixels) == zlib.adler32(raw)


def test_a_surround_says_which_rows_it_leaves_open() -> None:
    surround: PackedSurround = surround_of(drawn(60, 83), 20, 40)
    assert (surround.shape, surround.top, surround.bottom) == ((60, 83), 20, 40)
    assert (surround.above.length, surround.below.length) == (20 * 250, 20 * 250)
