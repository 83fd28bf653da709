"""Text contrast on real pixels, by WCAG 2.2 success criterion 1.4.3.

The outlines that were drawn say which pixels of the finished picture are type
and which lie behind it; both luminances are then read from the picture itself.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.checks.pictures import Picture
from dxassets.colors import contrast, linear, luminance
from dxassets.errors import GateError, Problem
from dxassets.geometry import CSS_PX_PER_INCH, MM_PER_INCH, Box
from dxassets.jobs import Facts, TextArea

LEAST, LEAST_LARGE = 4.5, 3.0
_LARGE_PX, _LARGE_BOLD_PX = 24.0, 18.66
"""Large-scale text: 18 pt, or 14 pt bold, in CSS px (WCAG 2.2, definition of large scale)."""
_MOST_SAMPLES = 12_000
_ALMOST_ALL, _RINGING = (0.5, 99.5), (4, 96)
"""Percentiles taken as the darkest and the lightest ground: one odd pixel, or an encoder's ringing, is not it."""
_CHANNEL = np.array([linear(value) for value in range(256)], dtype=np.float32)
_RED, _GREEN, _BLUE = 0.2126 * _CHANNEL, 0.7152 * _CHANNEL, 0.0722 * _CHANNEL


def least_contrast(picture: Picture, facts: Facts) -> float | None:
    """The least contrast of all lines of type; `GateError` when one is below its limit."""
    least: float | None = None
    for area in facts.texts:
        found = _contrast_of(picture, facts, area)
        limit = LEAST_LARGE if is_large(area, facts) else LEAST
        if found < limit:
            raise GateError(
                Problem(
                    "",
                    f"chữ “{area.text}” tương phản {found:.2f}, cần ít nhất {limit:g}",
                    f"{area.text!r} has a contrast of {found:.2f}, at least {limit:g} is needed",
                )
            )
        least = found if least is None else min(least, found)
    return None if least is None else round(least, 2)


def is_large(area: TextArea, facts: Facts) -> bool:
    """Whether a line counts as large-scale text."""
    to_px = CSS_PX_PER_INCH / MM_PER_INCH if facts.unit == "mm" else 1.0
    size = area.size * facts.scale * to_px
    return size >= _LARGE_PX or (size >= _LARGE_BOLD_PX and area.weight >= 700)


def _contrast_of(picture: Picture, facts: Facts, area: TextArea) -> float:
    """Contrast of one line against the lightest and the darkest pixel behind it."""
    in_file = area.box.move(facts.offset, facts.offset).scale(facts.scale)
    # only whole pixels inside the ink box: beyond it the neighbour begins
    pixels, shown = picture.part(in_file, grow=False)
    if pixels.size == 0:
        return 1.0
    view = shown.scale(1 / facts.scale).move(-facts.offset, -facts.offset)
    cover = _coverage(area.outline, view, pixels.shape[1], pixels.shape[0])
    behind = cover == 0
    if picture.is_lossy:
        behind = _away_from_edges(cover)
    if pixels.shape[2] == 4:
        # what shows through a frame is not its ground; and a turned letter's box reaches beyond its ground
        behind = behind & (pixels[..., 3] == 255) & _grown(cover > 0, round(0.05 * area.size * facts.scale))
    step = max(1, int((behind.size / _MOST_SAMPLES) ** 0.5))
    light = _luminance(pixels[::step, ::step])
    ground = light[behind[::step, ::step]]
    inside = light[cover[::step, ::step] >= 0.9 * cover.max()]
    if ground.size == 0 or inside.size == 0:
        return 1.0
    lowest, highest = np.percentile(ground, _RINGING if picture.is_lossy else _ALMOST_ALL)
    ink = luminance(area.color)
    if abs(float(np.median(inside)) - ink) > abs(float(np.median(inside)) - float(np.median(ground))):
        return 1.0  # the type that should be here is not
    return min(contrast(ink, float(lowest)), contrast(ink, float(highest)))


def _luminance(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """WCAG relative luminance of each pixel; what is see-through counts as its own colour."""
    return _RED[pixels[..., 0]] + _GREEN[pixels[..., 1]] + _BLUE[pixels[..., 2]]


@lru_cache(maxsize=256)
def _coverage(outline: str, view: Box, width: int, height: int) -> NDArray[np.uint8]:
    """How much of each pixel the outlines cover, 0–255."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" preserveAspectRatio="none" '
        f'viewBox="{view.x:.5f} {view.y:.5f} {view.width:.5f} {view.height:.5f}">{outline}</svg>'
    )
    return np.ascontiguousarray(svg_to_pixels(svg, alpha=True)[..., 3])


def _away_from_edges(cover: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Pixels behind the type that no lossy encoder mixed with it: 2 px away if enough are, else fewer."""
    for halo in (2, 1):
        free = ~_grown(cover > 0, halo)
        if free.sum() > 0.04 * free.size:
            return free
    return cover == 0


def _grown(mask: NDArray[np.bool_], distance: int) -> NDArray[np.bool_]:
    """`mask` grown by `distance` px in all directions (a square, row by row, then column by column)."""
    height, width = mask.shape
    padded = np.pad(mask, distance)
    rows = np.zeros((height, padded.shape[1]), dtype=bool)
    for shift in range(2 * distance + 1):
        rows |= padded[shift : shift + height]
    grown = np.zeros_like(mask)
    for shift in range(2 * distance + 1):
        grown |= rows[:, shift : shift + width]
    return grown
