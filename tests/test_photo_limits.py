"""What is no photo, is broken, or is too large is told in both languages, and costs little."""

from __future__ import annotations

import io
import os
import struct
import sys
import time
import warnings
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
import pyvips
from PIL import Image, ImageFile, features

from dxassets.backends.photo_limits import BYTES_A_PIXEL, MOST_MEMORY, PhotoFormat
from dxassets.backends.photos import read_photo
from dxassets.errors import PhotoError
from tests.photo_support import (
    FORMATS,
    WHITE,
    bomb,
    exif,
    large_jpeg,
    peak_memory,
    png_chunk,
    png_head,
    portrait,
    read,
    saved,
)

SEND_AGAIN = "gửi lại ảnh gốc"
KINDS = {
    "jpeg": saved(portrait(160, 120), "jpeg"),
    "jpeg, progressive": saved(portrait(160, 120), "jpeg", progressive=True),
    "jpeg, gray": saved(portrait(160, 120).convert("L"), "jpeg"),
    "jpeg, optimised, halved chroma": saved(portrait(160, 120), "jpeg", optimize=True, subsampling=2),
    "jpeg, restarts": saved(portrait(160, 120), "jpeg", restart_marker_rows=1),
    "jpeg, cmyk": saved(portrait(160, 120).convert("CMYK"), "jpeg"),
    "png": saved(portrait(160, 120), "png"),
    "webp": saved(portrait(160, 120), "webp"),
    "webp, lossless": saved(portrait(160, 120), "webp", lossless=True),
    "heif": saved(portrait(160, 120), "heif"),
    "avif": saved(portrait(160, 120), "avif"),
    "tiff": saved(portrait(160, 120), "tiff"),
    "tiff, lzw": saved(portrait(160, 120), "tiff", compression="tiff_lzw"),
    "tiff, jpeg": saved(portrait(160, 120), "tiff", compression="jpeg"),
    "tiff, deflate": saved(portrait(160, 120), "tiff", compression="tiff_adobe_deflate"),
    "bmp": saved(portrait(160, 120), "bmp"),
    "gif": saved(portrait(160, 120), "gif"),
}


def refused(data: bytes, *, least: float = 10_000.0) -> str:
    """The Vietnamese words with which `data` is refused."""
    with pytest.raises(PhotoError) as caught:
        read(data, least=least)
    (problem,) = caught.value.problems
    assert problem.where == "ảnh.jpg"
    assert problem.en.isascii() or "×" in problem.en
    assert caught.value.exit_code == 2
    return problem.vi


# --- what is no photo -------------------------------------------------------------------------------


def test_an_empty_file_is_told_as_empty() -> None:
    assert "0 byte" in refused(b"")
    assert SEND_AGAIN in refused(b"")


@pytest.mark.parametrize(
    "data",
    [
        "Kính gửi các đồng chí,\nđây là tệp văn bản.".encode(),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n",
        b"8BPS\0\1" + bytes(64),
        b"%PDF-1.7\n",
        b"PK\3\4" + bytes(40),
        b"\0\0\1\0\1\0\x20\x20" + bytes(60),
        b"\xff\xd8",
        bytes(5000),
        struct.pack(">I", 24) + b"ftypisom\0\0\0\0isommp42" + bytes(100),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    ],
    ids=["text", "eps", "psd", "pdf", "zip", "ico", "two bytes", "zeros", "video", "svg"],
)
def test_what_is_no_photo_is_refused_with_the_formats_that_are(data: bytes) -> None:
    told = refused(data)
    assert "không phải ảnh" in told
    assert all(name in told for name in ("JPG", "PNG", "WebP", "HEIC", "AVIF", "TIFF", "BMP", "GIF"))


@pytest.mark.parametrize("kind", KINDS)
def test_the_name_of_a_format_alone_is_no_photo(kind: str) -> None:
    for length in (12, 16, 32, 64):
        told = refused(KINDS[kind][:length])
        assert SEND_AGAIN in told or "không phải ảnh" in told


# --- what is broken ---------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.1, 0.4, 0.7, 0.9, 0.97])
@pytest.mark.parametrize("kind", KINDS)
def test_a_file_that_is_cut_short_is_refused_not_shown_half(kind: str, share: float) -> None:
    data = KINDS[kind]
    read(data)
    told = refused(data[: int(len(data) * share)])
    assert "chưa tải về đủ" in told
    assert SEND_AGAIN in told


@pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.95])
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith("jpeg")])
def test_a_cut_jpeg_with_an_end_put_behind_is_refused_too(kind: str, share: float) -> None:
    """libjpeg paints the rest gray and says nothing."""
    data = KINDS[kind]
    cut = data[: int(len(data) * share)].rstrip(b"\xff") + b"\xff\xd9"
    assert "chưa tải về đủ" in refused(cut)


@pytest.mark.parametrize("kind", ["jpeg", "jpeg, gray", "jpeg, restarts", "jpeg, cmyk"])
def test_a_jpeg_that_claims_more_than_it_has_is_refused(kind: str) -> None:
    data = bytearray(KINDS[kind])
    at = data.index(b"\xff\xc0")
    data[at + 5 : at + 7] = (1200).to_bytes(2, "big")
    for least in (20, 10_000):
        assert "chưa tải về đủ" in refused(bytes(data), least=least)


@pytest.mark.parametrize(
    "kind", ["jpeg", "jpeg, progressive", "png", "webp", "webp, lossless", "heif", "avif", "tiff, lzw"]
)
def test_a_download_that_broke_off_leaves_zeros_and_is_refused(kind: str) -> None:
    data = KINDS[kind]
    for share in (0.3, 0.6, 0.9):
        whole = int(len(data) * share)
        assert "chưa tải về đủ" in refused(data[:whole] + bytes(len(data) - whole))


def test_a_photo_that_really_ends_gray_is_not_refused() -> None:
    image = portrait(161, 123)
    image.paste((128, 128, 128), (0, 80, 161, 123))
    for options in (
        {},
        {"progressive": True},
        {"optimize": True},
        {"subsampling": 2, "restart_marker_rows": 1},
    ):
        for mode in ("RGB", "L"):
            for least in (10_000, 20):
                read(saved(image.convert(mode), "jpeg", **options), least=least)


@pytest.mark.parametrize("size", [(161, 123), (333, 257), (64, 4000), (1001, 999), (35, 33)])
def test_no_whole_jpeg_is_taken_for_a_cut_one(size: tuple[int, int]) -> None:
    for options in ({}, {"progressive": True}, {"subsampling": 2, "progressive": True, "quality": 30}):
        for least in (32, 60, 130, 10_000):
            read(saved(portrait(*size), "jpeg", **options), least=least)


def test_what_stands_behind_a_jpeg_is_not_looked_at() -> None:
    """Phones put videos, depth and second pictures there."""
    whole = read(KINDS["jpeg"]).pixels
    for behind in (bytes(5000), KINDS["jpeg"], os.urandom(3000), b"\xff\xd9" * 9, b"MotionPhoto_Data"):
        for kind in ("jpeg", "jpeg, progressive"):
            found = read(KINDS[kind] + behind).pixels
            assert np.abs(found.astype(int) - whole).mean() < 1


def test_kinds_that_no_photo_has_are_refused_with_a_cure() -> None:
    image = pyvips.Image.new_from_array(np.linspace(0, 1, 64 * 64, dtype=np.float32).reshape(64, 64))
    assert "32 bit" in refused(image.tiffsave_buffer())
    assert "JPG" in refused(image.tiffsave_buffer())
    lab = (
        pyvips.Image.new_from_array(np.asarray(portrait(64, 64)))
        .copy(interpretation="srgb")
        .colourspace("lab")
    )
    assert "JPG" in refused(lab.tiffsave_buffer())


@pytest.mark.parametrize("file_format", FORMATS)
def test_noise_behind_a_right_head_is_told_or_shown_but_never_a_crash(file_format: str) -> None:
    data = saved(portrait(96, 64), file_format)
    rng = np.random.default_rng(11)
    for _ in range(40):
        spoiled = bytearray(data)
        at = int(rng.integers(12, len(data) - 40))
        spoiled[at : at + 40] = rng.bytes(40)
        try:
            photo = read(bytes(spoiled))
        except PhotoError:
            continue
        assert photo.pixels.dtype == np.uint8


# --- what is too large or too small -----------------------------------------------------------------


@pytest.mark.skipif(sys.platform != "linux", reason="reads a process's memory from /proc")
def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    file = tmp_path / "bom.png"
    file.write_bytes(bomb())
    begun = time.perf_counter()
    told = refused(file.read_bytes(), least=600)
    assert time.perf_counter() - begun < 0.5
    assert "50000 × 50000" in told
    assert "thu nhỏ" in told
    (tmp_path / "nhỏ.png").write_bytes(KINDS["png"])
    small, _ = peak_memory(tmp_path / "nhỏ.png", least=600)
    large, answer = peak_memory(file, least=600)
    assert "too large" in answer
    assert large - small < 20
    assert read(bomb(900, 700)).pixels.max() == 0  # as a picture of this kind is right


@pytest.mark.parametrize("file_format", ["png", "gif", "bmp", "tiff", "webp", "jpeg"])
def test_a_small_file_that_claims_a_huge_size_is_refused_at_once(file_format: str) -> None:
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
    begun = time.perf_counter()
    assert "quá lớn" in refused(bytes(data), least=600)
    assert time.perf_counter() - begun < 0.5


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


def test_a_jpeg_with_endless_scans_is_refused_before_they_are_read() -> None:
    """A few bytes each, and each makes the decoder walk through the whole picture."""
    data = large_jpeg(6000, 5000, interlace=True)
    start = data.rindex(b"\xff\xda")
    scan = data[start : start + 14] + bytes(4)
    begun = time.perf_counter()
    assert "quá lớn" in refused(data[:-2] + scan * 2000 + b"\xff\xd9", least=600)
    assert time.perf_counter() - begun < 0.5


# --- what is left as it was -------------------------------------------------------------------------


def test_reading_changes_nothing_of_pillow_for_others() -> None:
    before = (
        Image.MAX_IMAGE_PIXELS,
        ImageFile.LOAD_TRUNCATED_IMAGES,
        ImageFile.MAXBLOCK,
        [name for name in Image.OPEN if "HEI" in name],
        list(warnings.filters),
    )
    for data in KINDS.values():
        read(data)
    after = (
        Image.MAX_IMAGE_PIXELS,
        ImageFile.LOAD_TRUNCATED_IMAGES,
        ImageFile.MAXBLOCK,
        [name for name in Image.OPEN if "HEI" in name],
        list(warnings.filters),
    )
    assert before == after


def test_odd_files_warn_nobody() -> None:
    """pytest makes an error of every warning; Pillow has one for each of these."""
    odd = saved(portrait(64, 64), "jpeg", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + bytes(30))
    read(odd)
    read(saved(portrait(64, 64).quantize(8), "png", transparency=bytes(range(8))))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        read(large_jpeg(10_000, 9_500), least=600)  # Pillow warns from 89 MP on
    assert not caught


def test_libtiff_writes_nothing_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    assert features.check("libtiff")
    data = KINDS["tiff, jpeg"]
    for share in (0.2, 0.5, 0.9):
        refused(data[: int(len(data) * share)])
        refused(data[: int(len(data) * share)] + bytes(len(data)))
    os.write(2, b"still here")
    assert capfd.readouterr().err == "still here"


def test_threads_that_read_together_leave_all_as_it_was(capfd: pytest.CaptureFixture[str]) -> None:
    before = list(warnings.filters)
    jobs = [KINDS["tiff, jpeg"], KINDS["jpeg"], KINDS["tiff, lzw"][:9000], KINDS["heif"], KINDS["png"]] * 12

    def attempt(data: bytes) -> str:
        try:
            return read(data).format
        except PhotoError:
            return "refused"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(attempt, jobs))
    assert found == ["tiff", "jpeg", "refused", "heif", "png"] * 12
    assert list(warnings.filters) == before
    os.write(2, b"still here")
    assert capfd.readouterr().err == "still here"


def test_where_is_the_name_that_was_given() -> None:
    with pytest.raises(PhotoError, match=r"^thư mục/Ảnh thẻ \(1\)\.HEIC: damaged or cut short") as caught:
        read_photo(KINDS["heif"][:400], where="thư mục/Ảnh thẻ (1).HEIC", least=100, ground=WHITE)
    assert isinstance(caught.value, ValueError)
    assert caught.value.lines("vi")[0].startswith("thư mục/Ảnh thẻ (1).HEIC: tệp ảnh bị hỏng")


def test_a_program_that_takes_files_cut_short_for_whole_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does when it is imported
    for kind, data in KINDS.items():
        assert SEND_AGAIN in refused(data[: len(data) * 6 // 10]), kind
    assert ImageFile.LOAD_TRUNCATED_IMAGES, "the other's choice is restored"
