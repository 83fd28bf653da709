"""What is no photo or is broken is told in both languages, and reading leaves all as it was."""

from __future__ import annotations

import os
import struct
import warnings
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import pyvips
from PIL import Image, ImageFile, features

from dxassets.backends.photos import read_photo
from dxassets.errors import PhotoError
from tests.photo_support import FORMATS, KINDS, SEND_AGAIN, WHITE, large_jpeg, portrait, read, refused, saved

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
