"""Of a look's second picture only the band is read, and nothing that is wrong in it gets through."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest

from dxassets.backends import read_pictures
from dxassets.backends.rasterizer import encode_pixels, read_pixels
from dxassets.backends.read_pictures import SeenPictures
from dxassets.backends.shared_stream import surround_of
from tests.png_support import SIGNATURE, Pixels, chunks_of, strict

CHANCE = np.random.default_rng(11)
TOP, BOTTOM, HEIGHT, WIDTH = 12, 20, 40, 31


def noise(height: int, width: int = WIDTH) -> Pixels:
    return CHANCE.integers(0, 256, (height, width, 3), dtype=np.uint8)


GROUND = noise(HEIGHT)
SURROUND = surround_of(GROUND, TOP, BOTTOM)
FIRST, SECOND, THIRD = (SURROUND.around(noise(BOTTOM - TOP)) for _ in range(3))


@pytest.fixture
def whole_reads(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files that libvips read whole."""
    found: list[bytes] = []

    def read(data: bytes) -> Pixels:
        found.append(data)
        return read_pixels(data)

    monkeypatch.setattr(read_pictures, "read_pixels", read)
    return found


def pixels_of(seen: SeenPictures, data: bytes) -> Pixels:
    return seen.read(data)[0]


# --- what is read, and how often -----------------------------------------------------------------------


def test_the_first_is_read_whole_and_then_only_bands(whole_reads: list[bytes]) -> None:
    seen = SeenPictures()
    for data in (FIRST, SECOND, THIRD, FIRST):
        assert np.array_equal(pixels_of(seen, data), strict(data).pixels)
    assert whole_reads == [FIRST]


def test_what_stands_round_the_band_is_unpacked_once_and_not_for_one_picture_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows: list[int] = []
    unpacked: Callable[..., Pixels] = read_pictures._unpacked

    def counted(*given: object) -> Pixels:
        found = unpacked(*given)
        rows.append(len(found))
        return found

    monkeypatch.setattr(read_pictures, "_unpacked", counted)
    seen = SeenPictures()
    pixels_of(seen, FIRST)
    assert rows == []
    pixels_of(seen, SECOND)
    assert rows == [TOP, HEIGHT - BOTTOM, BOTTOM - TOP]
    pixels_of(seen, THIRD)
    assert rows[3:] == [BOTTOM - TOP]


def test_another_look_is_read_whole_and_the_last_two_are_kept(whole_reads: list[bytes]) -> None:
    seen = SeenPictures()
    looks = [surround_of(noise(HEIGHT), TOP, BOTTOM) for _ in range(3)]
    one, two, three = [[look.around(noise(BOTTOM - TOP)) for _ in range(3)] for look in looks]
    for data in (one[0], two[0], one[1], two[1]):
        pixels_of(seen, data)
    assert whole_reads == [one[0], two[0]]
    pixels_of(seen, three[0])
    pixels_of(seen, two[2])
    pixels_of(seen, one[2])  # the oldest was let go
    assert whole_reads == [one[0], two[0], three[0], one[2]]
    assert len(seen._seen) == 2


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_any_other_png_is_read_as_ever(whole_reads: list[bytes], channels: int) -> None:
    encoded = encode_pixels(CHANCE.integers(0, 256, (9, 7, channels), dtype=np.uint8), "png", None)
    assert encoded is not None
    seen = SeenPictures()
    for _ in range(2):
        assert np.array_equal(pixels_of(seen, encoded.data), read_pixels(encoded.data))
    assert whole_reads == [encoded.data] * 2


def test_nobody_writes_into_what_is_kept() -> None:
    seen = SeenPictures()
    for data in (FIRST, SECOND):
        with pytest.raises(ValueError, match="read-only"):
            pixels_of(seen, data)[0, 0] = 0


def test_a_band_may_be_the_whole_picture() -> None:
    surround = surround_of(GROUND, 0, HEIGHT)
    seen = SeenPictures()
    for _ in range(3):
        data = surround.around(noise(HEIGHT))
        assert np.array_equal(pixels_of(seen, data), strict(data).pixels)


# --- what is wrong ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("bit", range(8))
def test_a_bit_that_flipped_anywhere_is_noticed(bit: int, *, known: bool) -> None:
    surround = surround_of(noise(7, 5), 2, 5)
    first, second, third = (surround.around(noise(3, 5)) for _ in range(3))
    for at in range(len(second)):
        seen = SeenPictures()
        if known:
            pixels_of(seen, first)
            pixels_of(seen, third)
        broken = bytearray(second)
        broken[at] ^= 1 << bit
        with pytest.raises(ValueError, match="not a readable picture"):
            pixels_of(seen, bytes(broken))


@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize("length", [0, 8, 40, len(SECOND) // 2, len(SECOND) - 12, len(SECOND) - 1])
def test_a_file_that_breaks_off_is_noticed(length: int, *, known: bool) -> None:
    seen = SeenPictures()
    if known:
        pixels_of(seen, FIRST)
    with pytest.raises(ValueError, match="not a readable picture"):
        pixels_of(seen, SECOND[:length])


def chunk(name: str, data: bytes) -> bytes:
    body = name.encode() + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def with_chunk(data: bytes, number: int, content: bytes) -> bytes:
    """The file with one chunk's data in the place of another's, under a CRC that is right."""
    chunks = [(each.name, each.data) for each in chunks_of(data)]
    chunks[number] = (chunks[number][0], content)
    return SIGNATURE + b"".join(chunk(*each) for each in chunks)


def deflated(raw: bytes, *, end: int = zlib.Z_FULL_FLUSH) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(raw) + packer.flush(end)


def raw_rows(rows: int, *, first_filter: int = 0) -> bytes:
    found = bytearray()
    for row in noise(rows):
        found += b"\0" + row.tobytes()
    found[0] = first_filter
    return bytes(found)


BAND = 2
"""The band's chunk, by its number."""
WRONG_BANDS = {
    "a row too few": deflated(raw_rows(BOTTOM - TOP - 1)),
    "a row too many": deflated(raw_rows(BOTTOM - TOP + 1)),
    "half a row": deflated(raw_rows(BOTTOM - TOP)[:-20]),
    "a filter that looks at the row above": deflated(raw_rows(BOTTOM - TOP, first_filter=2)),
    "an end": deflated(raw_rows(BOTTOM - TOP), end=zlib.Z_FINISH),
    "no whole byte at its end": deflated(raw_rows(BOTTOM - TOP), end=zlib.Z_FINISH)[:-1],
    "other rows, and the old sum": deflated(raw_rows(BOTTOM - TOP)),
    "nothing": b"",
    "no deflate": b"\xff" * 200,
}


@pytest.mark.parametrize("band", WRONG_BANDS.values(), ids=WRONG_BANDS)
def test_a_band_that_is_wrong_under_a_right_crc_is_noticed(band: bytes) -> None:
    seen = SeenPictures()
    pixels_of(seen, FIRST)
    pixels_of(seen, THIRD)
    with pytest.raises(ValueError, match="not a readable picture"):
        pixels_of(seen, with_chunk(SECOND, BAND, band))


def test_a_wrong_sum_of_the_first_picture_is_noticed() -> None:
    (total,) = struct.unpack(">I", chunks_of(FIRST)[4].data)
    with pytest.raises(ValueError, match="the sum over all rows is wrong"):
        pixels_of(SeenPictures(), with_chunk(FIRST, 4, struct.pack(">I", total ^ 1)))


def test_a_look_whose_foot_leans_on_the_band_is_noticed_with_its_second_picture() -> None:
    """Its first picture is whole; with another band the same bytes behind it would show something else."""
    rows = raw_rows(HEIGHT)
    stride = 1 + 3 * WIDTH
    band = rows[TOP * stride : BOTTOM * stride]
    repeated = (2 * BOTTOM - TOP) * stride
    rows = rows[: BOTTOM * stride] + band + rows[repeated:]  # below the band it comes once more
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    above = packer.compress(rows[: TOP * stride]) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = packer.compress(band) + packer.flush(zlib.Z_SYNC_FLUSH)
    below = packer.compress(rows[BOTTOM * stride :]) + packer.flush(zlib.Z_FINISH)
    size = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    total = struct.pack(">I", zlib.adler32(rows))
    contents = (b"\x78\x9c" + above, middle, below, total)
    stream = b"".join(chunk("IDAT", each) for each in contents)
    leaning = SIGNATURE + chunk("IHDR", size) + stream + chunk("IEND", b"")
    seen = SeenPictures()
    assert np.array_equal(pixels_of(seen, leaning), strict(leaning).pixels)
    other = with_chunk(leaning, BAND, deflated(raw_rows(BOTTOM - TOP)))
    with pytest.raises(ValueError, match="not a readable picture"):
        pixels_of(seen, other)
