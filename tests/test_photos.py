"""Photos are read right: every format, turned upright, in sRGB, reduced; nothing else of the file is left."""

from __future__ import annotations

import io
import struct
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import pyvips
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from dxassets.backends.photo_canvas import OutputFormat, encode_photo
from dxassets.backends.photos import Photo
from dxassets.colors import Rgb
from tests.photo_support import (
    ADOBE_RGB,
    CORNERS,
    FORMATS,
    GRAY_GAMMA_1_8,
    Reals,
    animation,
    exif,
    in_file,
    marked,
    png_chunk,
    portrait,
    read,
    saved,
    vips_profile,
)

TURNED = ("jpeg", "png", "webp", "heif", "avif", "tiff")
"""The formats that can say how the camera was held."""
SIZES = ((90, 60), (60, 90))
PATCHES = [(200, 120, 40), (40, 160, 90), (90, 90, 200), (128, 128, 128), (250, 250, 250), (20, 15, 10)]
LOSSY = {"jpeg": 4, "webp": 8, "heif": 8, "avif": 6}
"""How far an 8-bit value may stray in a format's coding; the others are exact."""


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


def patches(mode: str = "RGB") -> Image.Image:
    """A row of flat colours, 40 px each."""
    image = Image.new("RGB", (40 * len(PATCHES), 40))
    for index, color in enumerate(PATCHES):
        image.paste(color, (40 * index, 0, 40 * index + 40, 40))
    return image.convert(mode)


def shown(photo: Photo) -> Reals:
    """The mean colour of each patch."""
    return np.array(
        [photo.pixels[10:30, 40 * i + 10 : 40 * i + 30].mean(axis=(0, 1)) for i in range(len(PATCHES))]
    )


def to_srgb(colors: Reals, primaries: tuple[tuple[float, float], ...], gamma: float | None) -> Reals:
    """The same light in sRGB by the textbook: to linear, to XYZ, to linear sRGB, clipped, to 8 bits."""

    def to_xyz(points: tuple[tuple[float, float], ...]) -> Reals:
        columns = np.array([(x / y, 1, (1 - x - y) / y) for x, y in points]).T
        return columns * np.linalg.solve(columns, (0.3127 / 0.3290, 1, (1 - 0.3127 - 0.3290) / 0.3290))

    light = colors / 255
    light = (
        light**gamma if gamma else np.where(light <= 0.04045, light / 12.92, ((light + 0.055) / 1.055) ** 2.4)
    )
    srgb = np.linalg.inv(to_xyz(((0.64, 0.33), (0.30, 0.60), (0.15, 0.06)))) @ to_xyz(primaries)
    light = (light @ srgb.T).clip(0, 1)
    return 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)


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


# --- colours ----------------------------------------------------------------------------------------


def test_display_p3_is_brought_to_srgb() -> None:
    for file_format in ("jpeg", "png", "webp", "heif", "avif", "tiff"):
        photo = read(saved(patches(), file_format, icc_profile=vips_profile("p3")))
        right = to_srgb(np.array(PATCHES, float), ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), None)
        assert np.abs(shown(photo) - right).max() < 3 + LOSSY.get(file_format, 0), file_format
        assert np.abs(np.array(PATCHES) - right).max() > 15  # it makes a difference


def test_adobe_rgb_is_brought_to_srgb() -> None:
    right = to_srgb(np.array(PATCHES, float), ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06)), 2.19921875)
    for file_format in ("jpeg", "tiff"):
        photo = read(saved(patches(), file_format, icc_profile=ADOBE_RGB))
        assert np.abs(shown(photo) - right).max() < 3 + LOSSY.get(file_format, 0)
    assert np.abs(np.array(PATCHES) - right).max() > 15


def test_a_gray_profile_is_applied() -> None:
    gray = patches("L")
    levels = np.array([gray.getpixel((40 * i + 20, 20)) for i in range(len(PATCHES))], dtype=float)
    light = (levels / 255) ** 1.8
    right = 255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    for file_format in ("jpeg", "png", "tiff"):
        found = shown(read(saved(gray, file_format, icc_profile=GRAY_GAMMA_1_8)))
        assert np.ptp(found, axis=1).max() < 2
        assert np.abs(found.mean(axis=1) - right).max() < 4
    assert np.abs(levels - right).max() > 8


def test_a_gray_photo_with_the_profile_of_a_screen_keeps_its_grays() -> None:
    found = shown(read(saved(patches("L"), "png", icc_profile=vips_profile("p3"))))
    plain = shown(read(saved(patches("L"), "png")))
    assert np.abs(found - plain).max() < 2


def cmyk_patches() -> Image.Image:
    """The patches in the inks of libvips' own profile."""
    flat = np.array(PATCHES, dtype=np.uint8).repeat(40, axis=0)[None].repeat(40, axis=0)
    picture = pyvips.Image.new_from_array(flat).copy(interpretation="srgb")
    inks = picture.icc_transform(
        "cmyk", input_profile="srgb", intent="relative", black_point_compensation=True
    )
    return Image.frombytes("CMYK", (inks.width, inks.height), inks.write_to_memory())


@pytest.mark.parametrize("file_format", ["jpeg", "tiff"])
def test_cmyk_comes_back_through_its_profile(file_format: str) -> None:
    data = saved(cmyk_patches(), file_format, icc_profile=vips_profile("cmyk"))
    assert (b"Adobe" in data) == (file_format == "jpeg")  # Pillow writes Adobe's inverted inks
    found = shown(read(data))
    inks = pyvips.Image.new_from_array(np.asarray(cmyk_patches())).copy(interpretation="cmyk")
    back = inks.icc_transform("srgb", input_profile="cmyk", intent="relative", black_point_compensation=True)
    assert np.abs(found - back.numpy()[20, 20::40]).max() < 3
    printable = [0, 1, 3, 4, 5]  # no ink on paper is as blue as the third
    assert np.abs(found - np.array(PATCHES))[printable].max() < 12
    naive = shown(read(saved(cmyk_patches(), file_format)))
    assert np.abs(naive - np.array(PATCHES)).max() > 50


@pytest.mark.parametrize("file_format", ["jpeg", "tiff"])
def test_cmyk_without_a_profile_is_mixed_simply(file_format: str) -> None:
    inks = np.array(
        [[0, 0, 0, 0], [255, 0, 0, 0], [0, 255, 0, 0], [0, 0, 255, 0], [0, 0, 0, 128], [0, 255, 255, 51]]
    )
    flat = inks.astype(np.uint8).repeat(40, axis=0)[None].repeat(40, axis=0)
    photo = read(saved(Image.frombytes("CMYK", (240, 40), flat.tobytes()), file_format))
    right = (255 - inks[:, :3]) * (255 - inks[:, 3:]) / 255
    assert np.abs(shown(photo) - right).max() < 6


def test_a_cmyk_jpeg_that_is_not_adobes_is_not_inverted() -> None:
    data = saved(Image.new("CMYK", (64, 64), (255, 0, 0, 0)), "jpeg")  # cyan
    at = data.index(b"\xff\xee")
    length = struct.unpack(">H", data[at + 2 : at + 4])[0]
    plain = data[:at] + data[at + 2 + length :]  # without Adobe's mark the numbers mean what they say
    assert read(data).pixels[32, 32] == pytest.approx((0, 255, 255), abs=3)
    assert read(plain).pixels[32, 32] == pytest.approx((0, 0, 0), abs=3)  # no cyan, all the others


@pytest.mark.parametrize("spoil", ["cut", "noise", "another space"])
@pytest.mark.parametrize("file_format", ["jpeg", "png", "tiff"])
def test_a_broken_profile_stops_no_photo(file_format: str, spoil: str) -> None:
    profile = vips_profile("p3")
    broken = {
        "cut": profile[:200],
        "noise": profile[:128] + np.random.default_rng(3).bytes(len(profile) - 128),
        "another space": vips_profile("cmyk"),
    }[spoil]
    found = shown(read(saved(patches(), file_format, icc_profile=broken)))
    assert np.abs(found - np.array(PATCHES)).max() < 4


def test_a_profile_that_is_srgb_changes_nothing() -> None:
    picture = portrait(120, 160)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert np.array_equal(read(saved(picture, "png", icc_profile=profile)).pixels, np.asarray(picture))


@pytest.mark.parametrize("file_format", ["heif", "avif"])
def test_primaries_that_are_only_named_by_number_count(file_format: str) -> None:
    """HEIF and AVIF can say Display P3 in two bytes, without a profile."""
    data = bytearray(saved(patches(), file_format))
    at = data.index(b"colrnclx")
    data[at + 8 : at + 10] = (12).to_bytes(2, "big")
    right = to_srgb(np.array(PATCHES, float), ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)), None)
    assert np.abs(shown(read(bytes(data))) - right).max() < 3 + LOSSY[file_format]


# --- depth, palettes, alpha -------------------------------------------------------------------------


def deep(bands: int) -> tuple[pyvips.Image, Reals]:
    """A ramp of 16-bit values, and what it is in 8 bits."""
    ramp = np.linspace(0, 65535, 64 * 64).astype(np.uint16).reshape(64, 64)
    kind = {1: "grey16", 3: "rgb16"}[bands]
    image = pyvips.Image.new_from_array(np.dstack([ramp] * bands)).copy(interpretation=kind)
    return image, ramp / 257.0


@pytest.mark.parametrize("bands", [1, 3], ids=["gray", "rgb"])
@pytest.mark.parametrize("file_format", ["png", "tiff", "tiff of a big-endian machine"])
def test_sixteen_bits_become_eight(file_format: str, bands: int) -> None:
    image, right = deep(bands)
    if file_format == "png":
        data = image.pngsave_buffer(bitdepth=16)
    elif file_format == "tiff" or bands == 3:
        data = image.tiffsave_buffer(compression="lzw", predictor="horizontal")
    else:
        data = saved(Image.frombytes("I;16B", (64, 64), image.numpy().astype(">u2").tobytes()), "tiff")
    found = read(data).pixels.astype(float)
    assert np.abs(found - right[..., None]).max() <= 1.01


def test_a_palette_keeps_its_colors() -> None:
    for file_format in ("png", "gif", "bmp", "tiff"):
        photo = read(saved(patches().quantize(16), file_format))
        assert np.abs(shown(photo) - np.array(PATCHES)).max() < 5, file_format


def test_black_and_white_is_read() -> None:
    for file_format in ("png", "tiff", "bmp"):
        found = shown(read(saved(patches().convert("1", dither=Image.Dither.NONE), file_format)))
        assert set(found.flatten().tolist()) == {0.0, 255.0}, file_format


GROUND = Rgb(10, 200, 60)


def see_through() -> Image.Image:
    """Red: whole, half and not at all, each 30 px wide."""
    image = Image.new("RGBA", (90, 40))
    for index, alpha in enumerate((255, 128, 0)):
        image.paste((220, 20, 40, alpha), (30 * index, 0, 30 * index + 30, 40))
    return image


@pytest.mark.parametrize("file_format", ["png", "webp", "tiff", "avif", "heif"])
def test_alpha_shows_the_ground(file_format: str) -> None:
    row = read(saved(see_through(), file_format), ground=GROUND).pixels[20].astype(int)
    tolerance = LOSSY.get(file_format, 0) + 1
    assert row[15] == pytest.approx((220, 20, 40), abs=tolerance)
    assert row[45] == pytest.approx((115, 110, 50), abs=tolerance)
    assert row[75] == pytest.approx(tuple(GROUND), abs=tolerance)


def test_a_colour_behind_nothing_does_not_bleed_when_the_photo_is_reduced() -> None:
    """What is wholly see-through has a colour in the file, too; here a loud one."""
    pixels = np.zeros((400, 400, 4), dtype=np.uint8)
    pixels[...] = (255, 0, 255, 0)
    pixels[:, :201] = (20, 40, 60, 255)
    found = read(saved(Image.fromarray(pixels), "png"), least=50, ground=Rgb(20, 40, 60)).pixels.astype(int)
    assert found.shape[0] < 400
    assert np.abs(found - (20, 40, 60)).max() <= 1


def test_see_through_palettes_and_keyed_colors_show_the_ground() -> None:
    paletted = see_through().convert("RGB").quantize(8)
    clear = paletted.getpixel((45, 20))
    for file_format in ("png", "gif"):
        found = read(saved(paletted, file_format, transparency=clear), ground=GROUND).pixels
        assert tuple(found[20, 45]) == tuple(GROUND), file_format
    keyed = Image.new("RGB", (64, 64), (1, 2, 3))
    keyed.paste((200, 100, 50), (0, 0, 32, 64))
    found = read(saved(keyed, "png", transparency=(1, 2, 3)), ground=GROUND).pixels
    assert tuple(found[5, 50]) == tuple(GROUND)
    assert tuple(found[5, 5]) == (200, 100, 50)
    gray = read(saved(keyed.convert("LA"), "png"), ground=GROUND).pixels
    assert gray[5, 50].tolist() == [2, 2, 2]


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
