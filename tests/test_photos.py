"""Photos are read right: every format, turned upright, reduced; nothing else of the file is left."""

from __future__ import annotations

import io
import struct
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, PngImagePlugin

from dxassets.backends.photo_canvas import OutputFormat, encode_photo
from dxassets.backends.photos import Photo
from tests.photo_support import (
    CORNERS,
    FORMATS,
    animation,
    exif,
    in_file,
    marked,
    png_chunk,
    portrait,
    read,
    saved,
    see_through,
    vips_profile,
)

TURNED = ("jpeg", "png", "webp", "heif", "avif", "tiff")
"""The formats that can say how the camera was held."""
SIZES = ((90, 60), (60, 90))


def corner_colors(photo: Photo) -> dict[str, tuple[int, ...]]:
    """What the photo shows in the middle of each corner's mark."""
    height, width = photo.pixels.shape[:2]
    away = min(width, height) // 10
    return {
        corner: tuple(
            photo.pixels[
                height - 1 - away if "bottom" in corner else away,
                width - 1 - away if "right" in corner else away,
            ].tolist()
        )
        for corner in CORNERS
    }


# --- formats and orientation ------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_shows_the_same_picture(file_format: str) -> None:
    picture = marked(90, 60)
    photo = read(saved(picture, file_format))
    assert (photo.width, photo.height, photo.format) == (90, 60, file_format)
    assert photo.pixels.dtype == np.uint8
    assert np.abs(photo.pixels - np.asarray(picture, dtype=np.int16)).mean() < 2.5


@pytest.mark.parametrize("size", SIZES, ids=["landscape", "portrait"])
@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("file_format", TURNED)
def test_a_photo_comes_upright_however_the_camera_was_held(
    file_format: str, orientation: int, size: tuple[int, int]
) -> None:
    data = saved(in_file(marked(*size), orientation), file_format, exif=exif(orientation))
    photo = read(data)
    assert (photo.width, photo.height) == size
    assert photo.pixels.shape == (size[1], size[0], 3)
    for corner, color in corner_colors(photo).items():
        assert color == pytest.approx(CORNERS[corner], abs=12), corner


def test_a_turned_photo_is_turned_once_and_not_by_a_broken_tag() -> None:
    whole = saved(marked(90, 60), "jpeg", exif=exif(6))
    assert (read(whole).width, read(whole).height) == (60, 90)
    for broken in (exif(0), exif(9), exif(65535), b"Exif\0\0" + bytes(40), b"Exif\0\0II*\0\xff\xff\xff\xff"):
        photo = read(saved(marked(90, 60), "jpeg", exif=broken))
        assert (photo.width, photo.height) == (90, 60)
        assert corner_colors(photo)["top-left"] == pytest.approx(CORNERS["top-left"], abs=12)


@pytest.mark.parametrize("file_format", ["gif", "png", "webp", "avif"])
def test_of_an_animated_picture_the_first_frame_counts(file_format: str) -> None:
    photo = read(animation(file_format, "#c81414", "#1414c8"))
    assert photo.pixels.reshape(-1, 3).mean(axis=0) == pytest.approx((200, 20, 20), abs=5)


def test_the_name_says_nothing_the_bytes_say_all() -> None:
    assert read(saved(marked(64, 64), "png")).format == "png"  # its name is ảnh.jpg


# --- reduced scale ----------------------------------------------------------------------------------


@given(st.integers(33, 700), st.integers(33, 700), st.floats(1, 900), st.sampled_from(["jpeg", "png"]))
@settings(max_examples=60, deadline=None)
def test_a_reduced_photo_is_small_but_never_too_small(
    width: int, height: int, least: float, file_format: str
) -> None:
    image = Image.new("RGB", (width, height), (90, 60, 30))
    photo = read(saved(image, file_format), least=least)
    assert (photo.width, photo.height) == (width, height)
    rows, columns = photo.pixels.shape[:2]
    assert (columns, rows) == (-(-width // photo.step), -(-height // photo.step))
    assert min(rows, columns) >= min(least, width, height)
    assert min(rows, columns) < 4 * least + 1 or photo.step > 1


@pytest.mark.parametrize("size", [(803, 611), (611, 803), (800, 608)])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_large_jpeg_is_decoded_at_reduced_scale(size: tuple[int, int], progressive: bool) -> None:
    photo = read(saved(portrait(*size), "jpeg", progressive=progressive, subsampling=2), least=150)
    assert photo.step == 4
    assert (photo.width, photo.height) == size
    whole = portrait(*size).reduce(4)
    assert np.abs(photo.pixels - np.asarray(whole, dtype=np.int16)).mean() < 2


# --- what is written --------------------------------------------------------------------------------

SECRETS = (b"Exif", b"GPS", b"Secret Camera", b"http", b"XMP", b"Photoshop", b"8BIM", b"JFXX", b"MPF")


def jpeg_segments(data: bytes) -> list[bytes]:
    """Markers up to the scan; for APP2 with its name."""
    found, at = list[bytes](), 2
    while data[at : at + 2] != b"\xff\xda":
        marker, length = data[at : at + 2], struct.unpack(">H", data[at + 2 : at + 4])[0]
        found.append(marker + (data[at + 4 : at + 15] if marker == b"\xff\xe2" else b""))
        at += 2 + length
    return found


def png_kinds(data: bytes) -> list[bytes]:
    """The kinds of a PNG's chunks."""
    found, at = list[bytes](), 8
    while at < len(data):
        found.append(data[at + 4 : at + 8])
        at += 12 + struct.unpack(">I", data[at : at + 4])[0]
    return found


def test_nothing_of_the_file_is_written_but_its_pixels() -> None:
    data = saved(
        portrait(200, 200),
        "jpeg",
        exif=exif(1, place=True),
        comment="Nhà tôi",
        icc_profile=vips_profile("p3"),
    )
    assert all(secret in data for secret in (b"Exif", b"Secret Camera", "Nhà tôi".encode()))
    pixels = read(data).pixels
    jpg, png, webp = (encode_photo(pixels, each) for each in ("jpg", "png", "webp"))
    for made in (jpg, png, webp):
        assert not [secret for secret in (*SECRETS, "Nhà tôi".encode()) if secret in made]
        opened = Image.open(io.BytesIO(made))
        assert set(opened.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "icc_profile",
            "loop",
            "background",
            "timestamp",
            "duration",
        }
        profile: Any = ImageCms.ImageCmsProfile(io.BytesIO(opened.info["icc_profile"]))
        assert profile.profile.profile_description == "sRGB"
    allowed = {b"\xff\xe0", b"\xff\xe2ICC_PROFILE", b"\xff\xdb", b"\xff\xc0", b"\xff\xc4"}
    assert set(jpeg_segments(jpg)) == allowed
    assert set(png_kinds(png)) == {b"IHDR", b"iCCP", b"IDAT", b"IEND"}
    assert [webp[at : at + 4] for at in (12, 30)] == [b"VP8X", b"ICCP"]


def test_the_profile_that_is_written_is_srgb() -> None:
    """Against libvips' own: the same colours through both, to half a level."""
    made = Image.open(io.BytesIO(encode_photo(np.zeros((8, 8, 3), np.uint8), "png"))).info["icc_profile"]
    assert len(made) < 600
    ours: Any = ImageCms.ImageCmsProfile(io.BytesIO(made))
    theirs: Any = ImageCms.ImageCmsProfile(io.BytesIO(vips_profile("srgb")))
    transform = ImageCms.buildTransform(ours, theirs, "RGB", "RGB", ImageCms.Intent.ABSOLUTE_COLORIMETRIC)
    sample = portrait(160, 160)
    moved = np.asarray(ImageCms.applyTransform(sample, transform), dtype=int)
    assert np.abs(moved - np.asarray(sample)).max() <= 1
    for name in ("red_colorant", "green_colorant", "blue_colorant"):
        apart = np.array(getattr(ours.profile, name)) - np.array(getattr(theirs.profile, name))
        assert np.abs(apart).max() < 1e-3


def test_red_letters_keep_their_edges_in_a_jpg() -> None:
    """Yellow on red, a px wide: with halved chroma the line would turn orange."""
    pixels = np.full((64, 64, 3), (200, 16, 46), dtype=np.uint8)
    pixels[:, 32] = (255, 222, 59)
    data = encode_photo(pixels, "jpg")
    opened: Any = Image.open(io.BytesIO(data))
    assert opened.layer == [(1, 1, 1, 0), (2, 1, 1, 1), (3, 1, 1, 1)]
    assert not opened.info.get("progressive")
    assert np.abs(read(data).pixels[:, 32].astype(int) - (255, 222, 59)).mean() < 12


@pytest.mark.parametrize("file_format", ["jpg", "png", "webp"])
def test_the_same_picture_gives_the_same_bytes(file_format: OutputFormat) -> None:
    pixels = np.asarray(portrait(160, 200))
    first, second = (encode_photo(pixels, file_format) for _ in range(2))
    assert first == second


def test_alpha_is_kept_by_png_and_webp_and_laid_on_white_by_jpg() -> None:
    pixels = np.asarray(see_through())
    for file_format in ("png", "webp"):
        opened = Image.open(io.BytesIO(encode_photo(pixels, file_format)))
        assert np.asarray(opened)[20, [15, 45, 75], 3].tolist() == [255, 128, 0]
    row = read(encode_photo(pixels, "jpg")).pixels[20].astype(int)
    assert row[75] == pytest.approx((255, 255, 255), abs=3)
    assert row[45] == pytest.approx((237, 137, 147), abs=5)


def test_png_is_lossless_and_quality_counts_for_the_others() -> None:
    pixels = np.asarray(portrait(160, 200))
    assert np.array_equal(read(encode_photo(pixels, "png")).pixels, pixels)
    for file_format in ("jpg", "webp"):
        sizes = [len(encode_photo(pixels, file_format, quality=quality)) for quality in (60, 80, 95)]
        assert all(less < more for less, more in pairwise(sizes))


def test_text_in_a_png_is_not_carried_on() -> None:
    data = saved(portrait(64, 64), "png")
    at = data.index(b"IDAT") - 4
    data = data[:at] + png_chunk(b"tEXt", b"Comment\0http://example.test") + data[at:]
    assert b"http" not in encode_photo(read(data).pixels, "png")


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/>'
    b"</rdf:RDF></x:xmpmeta>"
)


@pytest.mark.parametrize("file_format", ["jpeg", "png", "webp", "avif"])
def test_an_orientation_in_xmp_alone_turns_nothing(file_format: str) -> None:
    """As in browsers; with EXIF, EXIF counts."""
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    options: dict[str, Any] = {"pnginfo": info} if file_format == "png" else {"xmp": XMP}
    data = saved(marked(90, 60), file_format, **options)
    assert b"Orientation" in data
    photo = read(data)
    assert (photo.width, photo.height, photo.told_upright) == (90, 60, False)
    for corner, color in corner_colors(photo).items():
        assert color == pytest.approx(CORNERS[corner], abs=12), corner
    both = read(saved(in_file(marked(90, 60), 8), file_format, exif=exif(8), **options))
    assert (both.width, both.height, both.told_upright) == (90, 60, True)
