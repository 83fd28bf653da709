"""The colours of a decoded photo: whatever its numbers mean, it becomes 8-bit sRGB without alpha."""

from __future__ import annotations

import struct
import zlib
from functools import cache
from io import BytesIO
from typing import Any

import numpy as np

from dxassets.backends.color_signals import ColorSignal
from dxassets.backends.icc_profiles import COLORS_ALL_OVER, SRGB, rgb_profile
from dxassets.backends.photo_limits import unsupported
from dxassets.backends.photo_placing import Pixels
from dxassets.backends.silence import quietly_imported
from dxassets.backends.tone_mapping import to_srgb
from dxassets.colors import Rgb

with quietly_imported:
    from PIL import Image, ImageChops, ImageCms

_SRGB_PROFILE = rgb_profile("sRGB", SRGB)
_DEEP_GRAYS = {"I;16", "I;16B", "I;16L"}
_TO_8_BIT = ((np.arange(65536, dtype=np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
_PHOTOMETRIC, _WHITE_IS_ZERO = 262, 0
"""The tag that tells which end of the grays is white (TIFF 6.0, section 8). Pillow heeds it up to 8 bits."""
_BAND = 128
_AT_ONCE = 6_000_000
"""Px that are handed over at once, which is a third faster."""
_FEW_PER_PX = 1.5
"""Px that a quick copy's filter sees at least for each of its own."""
FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    Image.DecompressionBombError,
    ImageCms.PyCMSError,
    struct.error,
    zlib.error,
)
"""What decoders raise on hostile bytes; caught around their calls only."""


def plain(image: Any, where: str) -> Any:
    """The same picture in a mode that can be averaged: L, RGB, RGBA, CMYK or LAB."""
    mode = image.mode
    if mode in _DEEP_GRAYS:
        return _plain_gray(image)
    if mode in {"1", "L", "RGB", "P"} and "transparency" in image.info:
        return image.convert("RGBA")
    if mode == "P":
        return image.convert("RGBA" if image.palette.mode == "RGBA" else "RGB")
    if mode == "CMYK" and image.format == "JPEG" and "adobe" not in image.info:
        return ImageChops.invert(image)  # Pillow took it for Adobe's, whose inks are upside down
    if mode in {"L", "RGB", "RGBA", "CMYK", "LAB"}:
        return image
    simple = {"1": "L", "LA": "RGBA", "PA": "RGBA", "La": "LA", "RGBa": "RGBA", "RGBX": "RGB", "YCbCr": "RGB"}
    if mode not in simple:
        raise unsupported(where)
    return plain(image.convert(simple[mode]), where)


def _plain_gray(image: Any) -> Any:
    """A gray picture of 16 bits in 8, as its file tells which end is white, and which gray see-through."""
    deep, clear = np.asarray(image), image.info.get("transparency")
    turn = _TO_8_BIT[::-1] if getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == _WHITE_IS_ZERO else _TO_8_BIT
    gray = Image.fromarray(turn[deep])
    if clear is None:
        return gray
    alpha = Image.fromarray(np.where(deep == clear, np.uint8(0), np.uint8(255)))
    return Image.merge("RGBA", (gray, gray, gray, alpha))


def _to_srgb(image: Any, signal: ColorSignal) -> Any:
    """The picture (no alpha) as RGB in sRGB, as its file tells what its colours mean, when that is usable.

    Untold, CMYK is mixed as browsers do it, (1 - ink) · (1 - black), and all else is taken for sRGB.
    """
    try:
        if image.mode == "LAB":
            return _lab_transform().apply(image)
        if signal.light is not None:
            return Image.fromarray(to_srgb(np.asarray(image.convert("RGB")), signal.light))
        if signal.profile:
            return _through(image, signal.profile)
    except FAILURES:
        pass  # a broken profile spoils the colours a little; it need not stop a photo
    return image if image.mode == "RGB" else image.convert("RGB")  # which would copy all of it


@cache
def _lab_transform() -> Any:
    """From CIE L*a*b* under D50, as TIFF has it (TIFF 6.0, section 23), to sRGB."""
    lab, srgb = (
        ImageCms.ImageCmsProfile(each) for each in (ImageCms.createProfile("LAB"), BytesIO(_SRGB_PROFILE))
    )
    return ImageCms.buildTransform(lab, srgb, "LAB", "RGB", ImageCms.Intent.RELATIVE_COLORIMETRIC)


def _through(image: Any, data: bytes) -> Any:
    """The picture from the profile's space to sRGB; relative colorimetric, black kept black."""
    profile: Any = ImageCms.ImageCmsProfile(BytesIO(data))
    if image.mode == "L" and profile.profile.xcolor_space == "RGB ":
        image = image.convert("RGB")  # a gray picture with the profile of its screen
    transform: Any = ImageCms.buildTransform(
        profile,
        ImageCms.ImageCmsProfile(BytesIO(_SRGB_PROFILE)),
        image.mode,
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    if image.mode == "RGB":
        sample = Image.fromarray(COLORS_ALL_OVER)
        change = np.asarray(ImageChops.difference(transform.apply(sample), sample))
        if change.max() <= 1:
            return image  # sRGB already, as most are
    return transform.apply(image)


def flat(image: Any, ground: Rgb, *, signal: ColorSignal) -> Any:
    """The picture in sRGB and without alpha, on `ground`."""
    if image.mode != "RGBA":
        return _to_srgb(image, signal)
    alpha, colors = image.getchannel("A"), _to_srgb(image.convert("RGB"), signal)
    laid = Image.new("RGB", image.size, tuple(ground))
    laid.paste(colors, (0, 0), alpha)
    return laid


def array_of(image: Any) -> Pixels:
    """The px of an RGB picture; of a large one band by band, which needs half the memory."""
    if image.width * image.height <= _AT_ONCE:
        return np.asarray(image)
    pixels = np.empty((image.height, image.width, 3), dtype=np.uint8)
    for top in range(0, image.height, _BAND):
        band = image.crop((0, top, image.width, min(top + _BAND, image.height)))
        pixels[top : top + _BAND] = np.asarray(band)
    return pixels


def copied(image: Any, width: int, height: int) -> Pixels:
    """The px of an RGB picture at another size, for programs to look at: means, then a short filter."""
    smaller = width < image.width and height < image.height
    how = Image.Resampling.HAMMING if smaller else Image.Resampling.BICUBIC
    return np.asarray(image.resize((width, height), how, reducing_gap=_FEW_PER_PX if smaller else None))
