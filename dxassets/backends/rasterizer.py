"""Turns SVG into pixels and pixels into files. The only module that imports pyvips.

One libvips thread a process: the pool runs a process a core, and a picture of
this size gains nothing from more.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

os.environ.setdefault("VIPS_CONCURRENCY", "1")

import pyvips

from dxassets.colors import Rgb
from dxassets.geometry import Box

pyvips.cache_set_max(0)  # our own caches know what comes back; libvips' would only hold memory

Pixels = NDArray[np.uint8]
RasterFormat = Literal["png", "jpg", "webp"]


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


@lru_cache(maxsize=64)
def type_mask(outline: str, view: Box, width: int, height: int) -> Pixels:
    """How much of each pixel the outlines cover, 0–255, as height × width; `view` is shown at that many px.

    The last masks are kept: type that was just drawn is looked at again by the checks.
    """
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'preserveAspectRatio="none" '
        f'viewBox="{view.x:.5f} {view.y:.5f} {view.width:.5f} {view.height:.5f}">{outline}</svg>'
    )
    mask = np.ascontiguousarray(svg_to_pixels(svg, alpha=True)[..., 3])
    mask.flags.writeable = False
    return mask


def blend(pixels: Pixels, mask: Pixels, color: Rgb, left: int, top: int) -> None:
    """Lays `color` over `pixels` (RGB) where `mask` covers them; its corner is at (`left`, `top`) px."""
    region = pixels[top : top + mask.shape[0], left : left + mask.shape[1]]
    alpha = mask[..., None].astype(np.uint16)
    over = np.array(color, dtype=np.uint16) * alpha + region * (255 - alpha)
    region[...] = (over + 127) // 255


def encode_pixels(pixels: Pixels, file_format: RasterFormat, max_bytes: int | None) -> Encoded | None:
    """The best file of that format within `max_bytes`, or None when no setting is light enough.

    PNG is lossless first, then a palette; JPEG and WebP go down in quality.
    """
    image: Any = _image(pixels)
    for setting, save in _SETTINGS[file_format]():
        data: bytes = save(image)
        if max_bytes is None or len(data) <= max_bytes:
            return Encoded(data, setting)
    return None


def _image(pixels: Pixels) -> Any:
    return pyvips.Image.new_from_array(pixels, interpretation="srgb")


_Setting = tuple[str, Callable[[Any], bytes]]


def _png_settings() -> Iterator[_Setting]:
    yield "png", lambda image: image.pngsave_buffer(strip=True)
    for dither in (1.0, 0.6):
        yield (
            f"png palette, dither {dither}",
            lambda image, dither=dither: image.pngsave_buffer(
                palette=True, Q=90, dither=dither, effort=7, strip=True
            ),
        )


def _jpg_settings() -> Iterator[_Setting]:
    for quality in (90, 84, 78, 72):
        yield (
            f"jpg quality {quality}",
            lambda image, quality=quality: image.jpegsave_buffer(
                Q=quality,
                strip=True,
                optimize_coding=True,
                # text on saturated grounds bleeds when chroma is halved
                subsample_mode="off" if quality >= 84 else "on",
                background=[255, 255, 255],
            ),
        )


def _webp_settings() -> Iterator[_Setting]:
    for quality in (88, 80, 72):
        yield (
            f"webp quality {quality}",
            lambda image, quality=quality: image.webpsave_buffer(Q=quality, strip=True, smart_subsample=True),
        )


_SETTINGS: dict[RasterFormat, Callable[[], Iterator[_Setting]]] = {
    "png": _png_settings,
    "jpg": _jpg_settings,
    "webp": _webp_settings,
}


def read_pixels(data: bytes, crop: Box | None = None) -> Pixels:
    """The pixels of a finished file, or of a part of it (px)."""
    image: Any = pyvips.Image.new_from_buffer(data, "", access="sequential")
    if crop is not None:
        left, top = max(int(crop.x), 0), max(int(crop.y), 0)
        width, height = min(int(crop.width), image.width - left), min(int(crop.height), image.height - top)
        image = image.crop(left, top, width, height)
    return np.asarray(image.numpy(), dtype=np.uint8)


def picture_size(data: bytes) -> tuple[int, int, int]:
    """Width and height in px, and the number of channels, from the file's head."""
    image: Any = pyvips.Image.new_from_buffer(data, "", access="sequential")
    return int(image.width), int(image.height), int(image.bands)


def thumbnail(pixels: Pixels, longest: int) -> bytes:
    """A small WebP of a picture, its longer side `longest` px."""
    small: Any = _image(pixels).thumbnail_image(longest, height=longest)
    return small.webpsave_buffer(Q=72, strip=True)
