"""A page must look like its drawing: the PDF and the SVG are rasterised by two engines and compared.

What the PDF writer leaves out or draws otherwise (a lost gradient, a blank
pattern, a mask turned round) is a large difference over an area. What two right
engines do differently is a pixel's cover along edges: both pictures are shrunk
by averaging before they are compared, so that edges weigh little.
"""

from __future__ import annotations

import re
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.pdf_reader import page_to_pixels
from dxassets.backends.rasterizer import svg_to_pixels
from dxassets.checks.pictures import Picture
from dxassets.errors import GateError, Problem
from dxassets.notation import told

MOST_MEAN, MOST_ODD = 1.0, 70.0
"""Most difference of 0–255: on average, and at the 99.9th percentile of the pixels.

Measured over every print preset, theme, day and page kind of the bundled campaign: at
most 0.45 and 52, where PDFium puts a thin rule on whole pixels. Pages with a lost
gradient, a lost line of type, a shift or a wrong colour are refused in the tests.
"""
_AREA_PX, _SHRINK = 900_000, 4
"""So many pixels are drawn, then averaged in squares of 4 × 4: PDFium puts thin bars on whole pixels."""
_Pixels = NDArray[np.uint8]
_Means = NDArray[np.float32]


def check_likeness(picture: Picture, drawing: str) -> None:
    """`GateError` when the page does not look like `drawing`, the SVG of the whole sheet."""
    mean, odd = difference(picture, drawing)
    if mean > MOST_MEAN or odd > MOST_ODD:
        raise GateError(
            Problem(
                "",
                *told(
                    "trang PDF khác hình gốc: lệch trung bình {}, chỗ lệch nhất {} (trên 255)",
                    "the PDF page differs from its drawing: {} on average, {} at worst (of 255)",
                    *(mean, odd),
                    places=2,
                ),
            )
        )


def difference(picture: Picture, drawing: str) -> tuple[float, float]:
    """Mean and 99.9th percentile of how page and drawing differ, 0–255, slightly blurred, edges aside."""
    width, height = picture.size
    page = page_to_pixels(picture.data, 0, px_per_mm=sqrt(_AREA_PX / (width * height)))
    drawn = svg_to_pixels(_stretched(drawing, page.shape[1], page.shape[0]))
    first, second = _shrunk(page), _shrunk(drawn)
    apart = np.maximum(_beyond(first, second), _beyond(second, first)).max(axis=2)
    at = min(ceil(0.999 * apart.size), apart.size - 1)
    return float(apart.mean()), float(np.partition(apart, at, axis=None)[at])


def _shrunk(pixels: _Pixels) -> _Means:
    """Averages of squares of pixels."""
    height, width = pixels.shape[0] // _SHRINK, pixels.shape[1] // _SHRINK
    even = pixels[: height * _SHRINK, : width * _SHRINK]
    rows = even.reshape(height, _SHRINK, width * _SHRINK * 3).sum(axis=1, dtype=np.uint16)
    squares = rows.reshape(height, width, _SHRINK, 3).sum(axis=2, dtype=np.uint16)
    return squares.astype(np.float32) / np.float32(_SHRINK * _SHRINK)


def _beyond(picture: _Means, other: _Means) -> _Means:
    """How far each value lies outside those that the other picture has there and right beside it."""
    low, high = other, other
    for axis in (0, 1):
        low = _nearest(low, axis, np.minimum)
        high = _nearest(high, axis, np.maximum)
    return np.maximum(np.maximum(low - picture, picture - high), 0)


def _nearest(values: _Means, axis: int, choose: np.ufunc) -> _Means:
    """The least or greatest of each value and its two neighbours along an axis."""
    padded = np.concatenate([values.take([0], axis=axis), values, values.take([-1], axis=axis)], axis=axis)
    length = values.shape[axis]
    before, after = (padded.take(range(start, start + length), axis=axis) for start in (0, 2))
    return choose(choose(before, values), after)


def _stretched(svg: str, width: int, height: int) -> str:
    """The SVG at just that many px; a page that is rounded up to whole px is stretched alike.

    A page knows no crisp edges, so they are smooth here as well.
    """
    head, _, rest = svg.partition(">")
    head = re.sub(r' (width|height)="[^"]*"', "", head)
    rest = rest.replace(' shape-rendering="crispEdges"', "")
    return f'{head} preserveAspectRatio="none" width="{width}" height="{height}">{rest}'
