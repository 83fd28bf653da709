"""A page must look like its drawing: the PDF and the SVG are rasterised by two engines and compared.

What the PDF writer leaves out or draws otherwise (a lost gradient, a blank
pattern, a mask turned round) is a large difference over an area. What two right
engines do differently is a pixel's cover along edges: both pictures are shrunk
by averaging before they are compared, so that edges weigh little.
"""

from __future__ import annotations

import re
from math import ceil

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.pdf_reader import page_to_pixels
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.checks.pictures import Picture
from dxassets.errors import GateError, Problem

MOST_MEAN, MOST_ODD = 1.2, 40.0
"""Most difference of 0–255: on average, and at the 99.9th percentile of the pixels.

Measured over every print preset, theme, day and page kind of the bundled campaign:
at most 0.54 and 24. Faults of the size of a letter give 60 and more.
"""
_LONGEST_PX = 960
_SHRINK = 2
_Pixels = NDArray[np.uint8]


def check_likeness(picture: Picture, drawing: str) -> None:
    """`GateError` when the page does not look like `drawing`, the SVG of the whole sheet."""
    mean, odd = difference(picture, drawing)
    if mean > MOST_MEAN or odd > MOST_ODD:
        raise GateError(
            Problem(
                "",
                f"trang PDF khác hình gốc: lệch trung bình {mean:.2f}, chỗ lệch nhất {odd:.0f} (trên 255)",
                f"the PDF page differs from its drawing by {mean:.2f} on average, {odd:.0f} at worst (of 255)",
            )
        )


def difference(picture: Picture, drawing: str) -> tuple[float, float]:
    """Mean and 99.9th percentile of the difference of page and drawing, 0–255, slightly blurred."""
    page = page_to_pixels(picture.data, 0, px_per_mm=_LONGEST_PX / max(picture.size))
    height, width = page.shape[:2]
    drawn = svg_to_pixels(_stretched(drawing, width, height))
    apart = np.abs(_shrunk(page) - _shrunk(drawn)).max(axis=2)
    at = min(ceil(0.999 * apart.size), apart.size - 1)
    return float(apart.mean()), float(np.partition(apart, at, axis=None)[at])


def _shrunk(pixels: _Pixels) -> NDArray[np.int16]:
    """Averages of squares of pixels."""
    height, width = (side // _SHRINK * _SHRINK for side in pixels.shape[:2])
    even = pixels[:height, :width].astype(np.int16)
    total = even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]
    return total // (_SHRINK * _SHRINK)


def _stretched(svg: str, width: int, height: int) -> str:
    """The SVG at just that many px; a page that is rounded up to whole px is stretched alike."""
    head, _, rest = svg.partition(">")
    head = re.sub(r' (width|height)="[^"]*"', "", head)
    return f'{head} preserveAspectRatio="none" width="{width}" height="{height}">{rest}'
