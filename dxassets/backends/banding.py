"""Whether an encoder broke a smooth ground into steps: the finished picture against the one it was given.

Only smooth ground is looked at (blocks whose pixels hardly differ): there a step
of two levels shows as an edge, while between letters and ornaments ten go unseen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
MOST = 3.0
"""Most levels of 255 that the mean of a smooth block may be off, at the 99th percentile of the blocks.

Measured on five banners: JPEG from quality 72, WebP from 74 and AVIF from 50 stay below; JPEG 50,
AVIF 30, 16 colours, or a dithered palette that lost a rare colour (18 levels) lie above.
"""
_BLOCK = 8
_SMOOTH = 8
_SAMPLES = 6000


def banding(finished: Pixels, given: Pixels) -> float:
    """How far smooth blocks of `finished` are off those of `given` (RGB), in levels of 255.

    The means of blocks are compared, so that fine dithering, which the eye averages
    as well, counts as little as it shows. 0 where nothing is smooth.
    """
    before, after = _blocks(given), _blocks(finished)
    seen = before[:, :, ::2, ::2]  # a quarter of the pixels tells what is smooth
    smooth = _inner((seen.max(axis=(2, 3)) - seen.min(axis=(2, 3)) <= _SMOOTH).all(axis=2))
    if not smooth.any():
        return 0.0
    places = np.flatnonzero(smooth)
    places = places[:: max(1, len(places) // _SAMPLES)]
    rows, columns = np.divmod(places, smooth.shape[1])
    apart = np.abs(_means(after[rows, columns]) - _means(before[rows, columns]))
    return float(np.percentile(apart.max(axis=1), 99))


def _means(blocks: Pixels) -> NDArray[np.float32]:
    return blocks.mean(axis=(1, 2), dtype=np.float32)


def _inner(smooth: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Smooth blocks among smooth blocks: beside an edge, every encoder is off, and nobody sees it."""
    inner = np.zeros_like(smooth)
    height, width = smooth.shape
    if height < 3 or width < 3:
        return inner
    middle = np.ones((height - 2, width - 2), dtype=bool)
    for down in range(3):
        for across in range(3):
            middle &= smooth[down : down + height - 2, across : across + width - 2]
    inner[1:-1, 1:-1] = middle
    return inner


def _blocks(pixels: Pixels) -> Pixels:
    """All whole blocks as rows × columns × 8 × 8 × 3."""
    rows, columns = pixels.shape[0] // _BLOCK, pixels.shape[1] // _BLOCK
    whole = pixels[: rows * _BLOCK, : columns * _BLOCK, :3]
    return whole.reshape(rows, _BLOCK, columns, _BLOCK, 3).swapaxes(1, 2)
