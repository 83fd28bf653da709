"""Turns SVG into pixels and pixels into files. The only module that imports pyvips.

One libvips thread a process: the pool runs a process a core, and a picture of
this size gains nothing from more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.banding import MOST, banding
from dxassets.backends.silence import quietly_imported
from dxassets.colors import Rgb
from dxassets.geometry import Box

os.environ.setdefault("VIPS_CONCURRENCY", "1")

with quietly_imported:
    import pyvips

pyvips.cache_set_max(0)  # our own caches know what comes back; libvips' would only hold memory

Pixels = NDArray[np.uint8]
DeepPixels = NDArray[np.uint16]
RasterFormat = Literal["png", "jpg", "webp", "avif"]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A finished file, and the setting that made it."""

    data: bytes
    setting: str


def svg_to_pixels(svg: str, *, alpha: bool = False) -> Pixels:
    """The SVG at its own width and height in px, as height × width × 3 (× 4 with `alpha`)."""
    image: Any = pyvips.Image.svgload_buffer(svg.encode(), unlimited=True)
    if not alpha and image.hasalpha():
        image = image.flatten(background=[255, 255, 255])
    return np.asarray(image.numpy(), dtype=np.uint8)


def type_mask(outline: str, view: Box, width: int, height: int) -> Pixels:
    """How much of each pixel the outlines cover, 0–255, as height × width; `view` shown at that many px."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'preserveAspectRatio="none" '
        f'viewBox="{view.x:.5f} {view.y:.5f} {view.width:.5f} {view.height:.5f}">{outline}</svg>'
    )
    return np.ascontiguousarray(svg_to_pixels(svg, alpha=True)[..., 3])


def blend(pixels: Pixels, mask: Pixels, color: Rgb, left: int, top: int) -> None:
    """Lays `color` over `pixels` (RGB) where `mask` covers them; its corner is at (`left`, `top`) px."""
    region = pixels[top : top + mask.shape[0], left : left + mask.shape[1]]
    alpha = mask[..., None].astype(np.uint16)
    over = np.array(color, dtype=np.uint16) * alpha + region * (255 - alpha)
    region[...] = (over + 127) // 255


def encode_pixels(pixels: Pixels, file_format: RasterFormat, max_bytes: int | None) -> Encoded | None:
    """The best file of that format within `max_bytes`, or None when there is none that is fit to be seen.

    PNG is lossless first, then a palette; the others go down in quality. A setting
    that could break a smooth ground into bands is looked at before it is taken.
    """
    image: Any = _image(pixels)
    for setting in _SETTINGS[file_format]():
        data: bytes = setting.save(image)
        if max_bytes is not None and len(data) > max_bytes:
            continue
        if setting.may_band and banding(read_pixels(data), pixels) > MOST:
            continue
        return Encoded(data, setting.name)
    return None


def _image(pixels: Pixels) -> Any:
    return pyvips.Image.new_from_array(pixels, interpretation="srgb")


@dataclass(frozen=True, slots=True)
class _Encoding:
    """One way to write a format; `may_band` where it has been seen to break gradients."""

    name: str
    save: Callable[[Any], bytes]
    may_band: bool = False


def _png_settings() -> Iterator[_Encoding]:
    yield _Encoding("png", lambda image: image.pngsave_buffer(strip=True))
    for dither in (1.0, 0.6, 0.0):  # dithering can lose a rare colour; without it, the rare ones are kept
        yield _Encoding(
            f"png palette, dither {dither}",
            lambda image, dither=dither: image.pngsave_buffer(
                palette=True, Q=90, dither=dither, effort=7, strip=True
            ),
            may_band=True,
        )
    yield _Encoding(  # a photo's soft shades need all 256
        "png palette, quality 100",
        lambda image: image.pngsave_buffer(palette=True, Q=100, dither=1.0, effort=7, strip=True),
        may_band=True,
    )


def _jpg_settings() -> Iterator[_Encoding]:
    for quality in (90, 84, 78, 72):
        yield _Encoding(
            f"jpg quality {quality}",
            lambda image, quality=quality: image.jpegsave_buffer(
                Q=quality,
                strip=True,
                optimize_coding=True,
                # text on saturated grounds bleeds when chroma is halved
                subsample_mode="off" if quality >= 84 else "on",
                background=[255, 255, 255],
            ),
            may_band=quality < 84,
        )


def _webp_settings() -> Iterator[_Encoding]:
    """Effort 2 and plain chroma: with effort 4 and smart chroma the same picture takes four times as long."""
    for quality in (90, 82, 74):
        yield _Encoding(
            f"webp quality {quality}",
            lambda image, quality=quality: image.webpsave_buffer(Q=quality, effort=2, strip=True),
            may_band=quality < 90,
        )


def _avif_settings() -> Iterator[_Encoding]:
    """Effort 1 and whole chroma: effort 4 takes eight times as long for a tenth less."""
    for quality in (70, 60, 50):
        yield _Encoding(
            f"avif quality {quality}",
            lambda image, quality=quality: image.heifsave_buffer(
                Q=quality, effort=1, compression="av1", subsample_mode="off", strip=True
            ),
            may_band=quality < 70,
        )


_SETTINGS: dict[RasterFormat, Callable[[], Iterator[_Encoding]]] = {
    "png": _png_settings,
    "jpg": _jpg_settings,
    "webp": _webp_settings,
    "avif": _avif_settings,
}


def read_pixels(data: bytes) -> Pixels:
    """All pixels of a finished file; ValueError when it can't be read, or breaks off before its end."""
    try:
        image: Any = pyvips.Image.new_from_buffer(data, "", access="sequential", fail_on="truncated")
        return np.asarray(image.numpy(), dtype=np.uint8)
    except pyvips.Error as error:
        raise ValueError("not a readable picture") from error


def picture_size(data: bytes) -> tuple[int, int, int]:
    """Width and height in px, and the number of channels, from the file's head."""
    image: Any = pyvips.Image.new_from_buffer(data, "", access="sequential")
    return int(image.width), int(image.height), int(image.bands)


def thumbnail(pixels: Pixels, longest: int) -> bytes:
    """A small WebP of a picture, its longer side `longest` px."""
    small: Any = _image(pixels).thumbnail_image(longest, height=longest)
    return small.webpsave_buffer(Q=72, strip=True)


def webp_of(pixels: Pixels) -> bytes:
    """A picture, with alpha or without, as a WebP in which nobody sees a loss."""
    image: Any = _image(pixels)
    return image.webpsave_buffer(Q=88, alpha_q=100, effort=4, smart_subsample=True, strip=True)


def deep_numbers(data: bytes, *, step: int) -> DeepPixels | None:
    """The RGB numbers of a picture of more than 8 bits as of 16, their means over `step` × `step` px.

    None for other pictures; ValueError when its bytes are broken. Turned as a HEIF's boxes say, EXIF is not
    asked.
    """
    try:
        image: Any = pyvips.Image.new_from_buffer(data, "", access="sequential", fail_on="error")
        if image.format != "ushort" or image.bands != 3:
            return None
        bits = int(image.get("bits-per-sample")) if image.get_typeof("bits-per-sample") else 16
        image = image.shrink(step, step, ceil=True) if step > 1 else image
        numbers = np.array(image.numpy(), dtype=np.uint16)
    except pyvips.Error as error:
        raise ValueError("not a readable picture") from error
    if bits < 16:  # they come as the uppermost bits of 16
        numbers |= numbers >> np.uint16(bits)
    return numbers


def picture_to_rgba(data: bytes) -> Pixels:
    """A foreign picture in full, as 8-bit sRGB with alpha; ValueError when its bytes are broken."""
    try:
        image: Any = pyvips.Image.new_from_buffer(data, "", access="sequential", fail_on="error")
        if image.get_typeof("icc-profile-data"):
            image = image.icc_transform("srgb", embedded=True)
        image = image.colourspace("srgb").cast("uchar")
        if not image.hasalpha():
            image = image.addalpha()
        return np.asarray(image.numpy(), dtype=np.uint8)
    except pyvips.Error as error:
        raise ValueError("not a readable picture") from error


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    """A picture at another size in px (Lanczos; what is see-through bleeds into nothing)."""
    image: Any = _image(pixels).thumbnail_image(width, height=height, size="force")
    return np.asarray(image.numpy(), dtype=np.uint8)


def pixels_to_png(pixels: Pixels) -> bytes:
    """A lossless PNG with nothing but its pixels."""
    data: bytes = _image(pixels).pngsave_buffer(strip=True)
    return data
