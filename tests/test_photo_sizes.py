"""What is too large or too small is told before it costs anything; what is let in keeps to its memory."""

from __future__ import annotations

import io
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
import pyvips
from PIL import Image

from dxassets.backends import photos
from dxassets.backends.photo_limits import BYTES_A_PIXEL, MOST_MEMORY, PhotoFormat
from tests.photo_support import (
    FORMATS,
    KINDS,
    bomb,
    exif,
    large_jpeg,
    peak_memory,
    png_chunk,
    png_head,
    portrait,
    read,
    refused,
    saved,
)


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The format of each photo that a decoder is set to work on, from now on."""
    seen: list[str] = []

    def noting(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def noted(image: Any, *given: Any, **options: Any) -> Any:
            seen.append(name)
            return step(image, *given, **options)

        return noted

    for name, opener in photos._OPENERS.items():
        # WebP's decoder takes its memory as soon as the file is opened, the others' when they are set to work
        step = "_open" if name == "webp" else "load"
        monkeypatch.setattr(opener, step, noting(name, getattr(opener, step)))
    return seen


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_photo_that_is_read_is_seen_to_be_decoded(decoded: list[str], file_format: str) -> None:
    read(saved(portrait(64, 64), file_format))
    assert set(decoded) == {file_format}


@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")
def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path: Path, decoded: list[str]) -> None:
    file = tmp_path / "bom.png"
    file.write_bytes(bomb())
    told = refused(file.read_bytes(), least=600)
    assert decoded == []
    assert "50000 × 50000" in told
    assert "thu nhỏ" in told
    (tmp_path / "nhỏ.png").write_bytes(KINDS["png"])
    small, _ = peak_memory(tmp_path / "nhỏ.png", least=600)
    large, answer = peak_memory(file, least=600)
    assert "too large" in answer
    assert large - small < 20
    assert read(bomb(900, 700)).pixels.max() == 0  # as a picture of this kind is right


@pytest.mark.parametrize("file_format", ["png", "gif", "bmp", "tiff", "webp", "jpeg"])
def test_a_small_file_that_claims_a_huge_size_is_refused_undecoded(
    decoded: list[str], file_format: str
) -> None:
    data = bytearray(saved(portrait(64, 64), file_format))
    side = 60_000
    if file_format == "png":
        data = bytearray(
            png_head(side, side) + png_chunk(b"IDAT", zlib.compress(bytes(900))) + png_chunk(b"IEND", b"")
        )
    elif file_format == "gif":
        data[6:10] = struct.pack("<HH", side, side)
    elif file_format == "bmp":
        data[18:26] = struct.pack("<ii", side, side)
    elif file_format == "tiff":
        for tag in (256, 257):
            at = bytes(data).index(struct.pack("<HHI", tag, 4, 1))
            data[at + 8 : at + 12] = struct.pack("<I", side)
    elif file_format == "webp":
        data = bytearray(saved(portrait(64, 64), "webp", exif=exif()))
        data[24:30] = (16_000).to_bytes(3, "little") * 2
    else:
        at = data.index(b"\xff\xc0")
        data[at + 5 : at + 9] = struct.pack(">HH", side, side)
    assert "quá lớn" in refused(bytes(data), least=600)
    assert decoded == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")
@pytest.mark.parametrize("progressive", [False, True], ids=["baseline", "progressive"])
def test_a_photo_of_48_megapixels_needs_less_than_400_mb(tmp_path: Path, progressive: bool) -> None:
    file = tmp_path / "48.jpg"
    file.write_bytes(large_jpeg(8064, 6048, interlace=progressive))
    needed, told = peak_memory(file, least=762)
    assert told == "8064 6048 4"
    assert needed < 400


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")
def test_200_megapixels_are_read_as_jpeg_and_refused_as_png(tmp_path: Path) -> None:
    file = tmp_path / "200.jpg"
    file.write_bytes(large_jpeg(16_320, 12_240))
    needed, told = peak_memory(file, least=762)
    assert told == "16320 12240 8"
    assert needed < 400
    needed, told = peak_memory(file, least=12_240)
    assert told == "16320 12240 4"  # what memory allows, however near one looks
    assert needed < 400
    black = pyvips.Image.black(16_320, 12_240, bands=3).copy(interpretation="srgb")
    file.write_bytes(black.pngsave_buffer())
    needed, told = peak_memory(file, least=762)
    assert "too large (16320 × 12240 px)" in told
    assert needed < 200


def hungriest(file_format: str, size: tuple[int, int]) -> bytes:
    """A photo of the kind that its decoder needs most memory for: with alpha, where the format has it."""
    image = portrait(400, 300).resize(size, Image.Resampling.BILINEAR)
    if file_format == "gif":
        return saved(image.quantize(32, method=Image.Quantize.FASTOCTREE), "gif", transparency=3)
    if file_format == "heif":
        deep = np.asarray(image.convert("RGBA")).astype(np.uint16) * 257
        held = pillow_heif.from_bytes("RGBA;16", size, deep.tobytes())
        out = io.BytesIO()
        held.save(out, quality=10, enc_params={"preset": "ultrafast"})
        return out.getvalue()
    if file_format != "bmp":
        image.putalpha(200)
    options: dict[str, dict[str, object]] = {
        "png": {"compress_level": 1},
        "tiff": {"compression": "tiff_lzw"},
        "webp": {"method": 0, "quality": 60},
        "avif": {"quality": 30, "speed": 10},
    }
    return saved(image, file_format, **options.get(file_format, {}))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")
@pytest.mark.parametrize("file_format", [each for each in FORMATS if each != "jpeg"])
def test_no_decoder_needs_more_for_a_px_than_the_limits_reckon_with(
    tmp_path: Path, file_format: PhotoFormat
) -> None:
    """So that the largest photo that is let in keeps the process under 1 GB."""
    needs: list[int] = []
    for size in ((400, 300), (6000, 4100)):  # the second is just too large to be kept whole
        file = tmp_path / "ảnh"
        file.write_bytes(hungriest(file_format, size))
        needed, told = peak_memory(file, least=4100)
        assert told.startswith(f"{size[0]} {size[1]} ")
        needs.append(needed * 2**20 - file.stat().st_size)
    small, large = needs
    assert (large - small) / 24.6e6 < BYTES_A_PIXEL[file_format]
    assert small + MOST_MEMORY < 1e9


@pytest.mark.parametrize("size", [(1, 4000), (4000, 1), (31, 31), (12, 5000)])
def test_a_strip_or_an_icon_is_refused_as_too_small(size: tuple[int, int]) -> None:
    for file_format in ("jpeg", "png", "webp", "tiff", "bmp", "gif"):
        told = refused(saved(Image.new("RGB", size), file_format))
        assert f"quá nhỏ ({size[0]} × {size[1]} px)" in told
        assert "từ 32 px" in told


@pytest.mark.parametrize("size", [(32, 32), (32, 4000), (4000, 33)])
def test_what_is_just_large_enough_is_read(size: tuple[int, int]) -> None:
    for file_format in FORMATS:
        photo = read(saved(Image.new("RGB", size, (9, 120, 60)), file_format))
        assert (photo.width, photo.height) == size


def test_a_jpeg_with_endless_scans_is_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A few bytes each, and each makes the decoder walk through the whole picture."""
    data = large_jpeg(6000, 5000, interlace=True)
    start = data.rindex(b"\xff\xda")
    scan, scans = data[start : start + 14] + bytes(4), data.count(b"\xff\xda")
    begun: list[Any] = []

    def begin(image: Any) -> None:
        begun.append(image)
        raise OSError

    monkeypatch.setattr(photos._OPENERS["jpeg"], "load", begin)
    most = 133  # × 30 MP: just under four thousand million, above which photo_limits lets nothing in
    assert "quá lớn" in refused(data[:-2] + scan * (most + 1 - scans) + b"\xff\xd9", least=600)
    assert begun == []
    assert "quá lớn" not in refused(data[:-2] + scan * (most - scans) + b"\xff\xd9", least=600)
    assert len(begun) == 1
