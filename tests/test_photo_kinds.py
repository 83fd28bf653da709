"""Photos of kinds that are rare but whole: padded with zeros, gray in 16 bits, TIFF for large files."""

from __future__ import annotations

import io
import struct
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import pyvips
from PIL import Image

from dxassets.backends.jpeg_heads import JpegHead
from dxassets.backends.photo_limits import MOST_PARTS
from tests.photo_support import (
    KINDS,
    peak_memory,
    png_chunk,
    portrait,
    read,
    refused,
    saved,
)

PADDED = [kind for kind in KINDS if kind.startswith(("png", "webp", "heif", "avif"))]

# --- zeros at the end -------------------------------------------------------------------------------


@pytest.mark.parametrize("zeros", [1, 256, 5000, 1 << 20])
@pytest.mark.parametrize("kind", PADDED)
def test_zeros_behind_a_whole_photo_do_no_harm(kind: str, zeros: int) -> None:
    plain = read(KINDS[kind])
    padded = read(KINDS[kind] + bytes(zeros))
    assert (padded.width, padded.height, padded.format) == (plain.width, plain.height, plain.format)
    assert np.array_equal(padded.pixels, plain.pixels)


@pytest.mark.parametrize("kind", ["heif", "avif"])
def test_an_empty_box_at_the_end_does_no_harm(kind: str) -> None:
    room = struct.pack(">I4s", 8 + 4000, b"free") + bytes(4000)
    assert np.array_equal(read(KINDS[kind] + room).pixels, read(KINDS[kind]).pixels)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("kind", PADDED)
def test_zeros_in_the_place_of_a_photo_are_still_refused(kind: str, share: float) -> None:
    data = KINDS[kind]
    whole = int(len(data) * share)
    for zeros in (len(data) - whole, len(data) + 4096):
        assert "chưa tải về đủ" in refused(data[:whole] + bytes(zeros))


class Counted(bytes):
    """A file's bytes that count how often somebody looks at a few of them."""

    looks = 0

    def __getitem__(self, key: Any) -> Any:
        self.looks += 1
        return super().__getitem__(key)


@pytest.mark.parametrize("kind", ["png", "heif", "avif"])
def test_a_million_tiny_parts_are_refused_after_a_look_at_the_first_of_them(kind: str) -> None:
    """However many parts a file has, the search for its end is over after so many."""
    part = png_chunk(b"teXt", b"") if kind == "png" else struct.pack(">I4s", 8, b"free")
    whole = KINDS[kind]
    head, tail = (whole[:-12], whole[-12:]) if kind == "png" else (whole, b"")
    many = Counted(head + part * 1_000_000 + tail + bytes(4096))
    assert "chưa tải về đủ" in refused(many)
    assert MOST_PARTS < many.looks < 4 * MOST_PARTS
    few = Counted(head + part * 1000 + tail + bytes(4096))
    assert np.array_equal(read(few).pixels, read(whole).pixels)
    assert 1000 < few.looks < 4 * 1100


# --- gray in 16 bits --------------------------------------------------------------------------------


def deep_gray() -> np.ndarray:
    """From black at the left to white at the right, H × W."""
    return np.broadcast_to(np.linspace(0, 65535, 256).astype(np.uint16), (64, 256))


@pytest.mark.parametrize(("order", "white_is_zero"), [("<", False), (">", False), ("<", True)])
def test_a_deep_gray_tiff_is_no_negative(order: str, *, white_is_zero: bool) -> None:
    pixels = deep_gray()
    stored = (65535 - pixels if white_is_zero else pixels).astype(f"{order}u2").tobytes()
    tags = [
        (256, 4, 256),
        (257, 4, 64),
        (258, 3, 16),
        (259, 3, 1),
        (262, 3, 0 if white_is_zero else 1),
        (273, 4, 8),
        (277, 3, 1),
        (278, 4, 64),
        (279, 4, len(stored)),
    ]
    entries = b"".join(
        struct.pack(f"{order}HHI", tag, kind, 1)
        + (struct.pack(f"{order}I", value) if kind == 4 else struct.pack(f"{order}HH", value, 0))
        for tag, kind, value in tags
    )
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8 + len(stored))
    data = head + stored + struct.pack(f"{order}H", len(tags)) + entries + bytes(4)
    row = read(data).pixels[32, :, 0].astype(int)
    assert np.abs(row - np.arange(256)).max() <= 1


def test_a_deep_gray_png_keeps_what_is_see_through() -> None:
    picture = Image.fromarray(deep_gray().copy())
    out = io.BytesIO()
    picture.save(out, "PNG")
    data = out.getvalue()
    at = data.index(b"IDAT") - 4
    data = data[:at] + png_chunk(b"tRNS", struct.pack(">H", int(deep_gray()[0, 100]))) + data[at:]
    row = read(data).pixels[32, :, 0].astype(int)
    assert row[100] == 255, "the white ground"
    assert np.abs(np.delete(row - np.arange(256), 100)).max() <= 1


# --- BigTIFF ----------------------------------------------------------------------------------------


def test_a_tiff_for_large_files_is_read_as_any_other() -> None:
    picture: Any = pyvips.Image.new_from_array(np.asarray(portrait(160, 120))).copy(interpretation="srgb")
    data = picture.tiffsave_buffer(bigtiff=True)
    assert data[:4] in {b"II+\0", b"MM\0+"}
    photo = read(data)
    assert photo.format == "tiff"
    assert np.array_equal(photo.pixels, np.asarray(portrait(160, 120)))
    for share in (0.001, 0.5):
        assert "chưa tải về đủ" in refused(data[: int(len(data) * share)])


# --- memory -----------------------------------------------------------------------------------------


def test_the_data_that_prove_a_jpeg_whole_read_like_one_file() -> None:
    data = KINDS["jpeg, progressive"]
    end = data.rindex(b"\xff\xd9")
    head = JpegHead(data, 160, 120, ((1, 1),) * 3, data.index(b"\xff\xda") + 14, progressive=True)
    with head.with_more_data() as file:
        whole = file.read()
        assert whole[:end] == data[:end]
        assert whole.endswith(b"\xff\xd9")
        assert len(whole) > len(data)
        for at in (0, 5, end - 3, end, end + 7, len(whole), len(whole) + 9):
            file.seek(at)
            assert file.read(11) == whole[at : at + 11]
            assert file.tell() == max(at, min(at + 11, len(whole)))
        file.seek(-4, io.SEEK_END)
        assert file.read() == whole[-4:]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_a_progressive_photo_of_48_megapixels_and_whole_chroma_takes_less_than_400_mb(tmp_path: Path) -> None:
    """The scans are 280 MB, the file is 29; a second copy of it would be too much."""
    grain = np.random.default_rng(3).normal(0, 24, (1024, 1024, 1))
    tile = (np.asarray(portrait(1024, 1024)) + grain).clip(0, 255).astype(np.uint8)
    picture: Any = pyvips.Image.new_from_array(tile).copy(interpretation="srgb").replicate(8, 6)
    photo = tmp_path / "48.jpg"
    photo.write_bytes(
        picture.crop(0, 0, 8064, 6048).jpegsave_buffer(Q=93, interlace=True, subsample_mode="off")
    )
    assert photo.stat().st_size > 28e6
    megabytes, told = peak_memory(photo, least=800)
    assert told == "8064 6048 4"
    assert megabytes < 390


def test_a_padded_photo_counts_twice_against_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[float] = []

    def noted(*_: int, held: float, **__: object) -> None:
        told.append(held)

    monkeypatch.setattr("dxassets.backends.photos.check_size", noted)
    data = saved(portrait(160, 120), "webp")
    read(data + bytes(1000))
    assert set(told) == {2 * len(data) + 1000}
