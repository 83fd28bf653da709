"""Photos are read in sRGB: every profile, CMYK, gray, 16 bits, palettes, and what is seen through."""

from __future__ import annotations

import struct

import numpy as np
import pytest
import pyvips
from PIL import Image, ImageCms

from dxassets.backends.photos import Photo
from dxassets.colors import Rgb
from tests.photo_support import (
    ADOBE_RGB,
    GRAY_GAMMA_1_8,
    Reals,
    portrait,
    read,
    saved,
    see_through,
    vips_profile,
)

PATCHES = [(200, 120, 40), (40, 160, 90), (90, 90, 200), (128, 128, 128), (250, 250, 250), (20, 15, 10)]
LOSSY = {"jpeg": 4, "webp": 8, "heif": 8, "avif": 6}
"""How far an 8-bit value may stray in a format's coding; the others are exact."""


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
