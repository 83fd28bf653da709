"""Finds what a photo shows: its faces, or else the part that stands out.

Chosen by measurement, see docs/focus.md. Faces are found by a small network, YuNet, in numpy
(`backends/yunet`), whose numbers are part of this package: nothing is fetched, and no other library is
needed.

What stands out, where there is no face, is told by colour alone: the place whose colour lies farthest from
the picture's usual one, the middle counting more than the edges.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.rasterizer import resized
from dxassets.backends.yunet.search import Copied, search
from dxassets.framing import Subject
from dxassets.geometry import Box

Pixels = NDArray[np.uint8]

GIST = 48  # px of the longer side that what stands out is looked for in
MOST_ENLARGED = 2.0  # more only blurs
POWER = 4  # the higher, the more the most different place counts alone
MIDDLE, UPPER_MIDDLE = 0.5, 0.42  # where people put what they take a picture of; higher up in portrait photos
REACH = 0.35  # share of the sides at which the middle's weight has fallen to 0.6
LEAST_DIFFERENT = 12.0  # of 255; what differs less is one colour
MOST_SPREAD = 0.9  # of what a picture without any difference would give; above, nothing stands out


def find_subject(picture: Pixels | Copied, *, may_turn: bool = False) -> Subject | None:
    """The faces in an sRGB picture (height × width × 3, any size), else what stands out, else None.

    Looks at copies that it reduces itself. The same picture always gives the same answer. With `may_turn` the
    picture may lie on its side or on its head, and the subject says so.
    """
    copied = _copied(picture)
    seen = search(copied, may_turn=may_turn)
    if not seen.faces:
        return standing_out(copied)
    boxes, scores = tuple(face.box for face in seen.faces), tuple(face.score for face in seen.faces)
    return Subject("face", boxes, scores, seen.turn)


@dataclass(frozen=True, slots=True, eq=False)
class _CopiedPixels:
    """Copies of an array."""

    pixels: Pixels

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.pixels.shape[0], self.pixels.shape[1]

    def copy(self, width: int, height: int) -> Pixels:
        """At another size."""
        return resized(np.ascontiguousarray(self.pixels), width, height)


def _copied(picture: Pixels | Copied) -> Copied:
    return _CopiedPixels(picture) if isinstance(picture, np.ndarray) else picture


# --- what stands out ------------------------------------------------------------------------------


def standing_out(picture: Pixels | Copied) -> Subject | None:
    """The middle and the spread of what differs most from the picture's usual colour."""
    copied = _copied(picture)
    factor = min(GIST / max(copied.shape), MOST_ENLARGED)
    height, width = (max(1, round(side * factor)) for side in copied.shape)
    difference = _difference(copied.copy(width, height))
    if difference.max() < LEAST_DIFFERENT:
        return None
    height, width = difference.shape
    x, y = (np.arange(width) + 0.5) / width, (np.arange(height) + 0.5) / height
    middle = UPPER_MIDDLE if height > width else MIDDLE
    prior = np.exp(-((x[None] - MIDDLE) ** 2 + (y[:, None] - middle) ** 2) / (2 * REACH**2))
    center_x, center_y, spread = _spread(prior * (difference / difference.max()) ** POWER, x, y)
    if spread > MOST_SPREAD * _spread(prior, x, y)[2]:
        return None
    return Subject("salient", (Box(center_x - spread, center_y - spread, 2 * spread, 2 * spread),))


def _difference(pixels: Pixels) -> NDArray[np.float64]:
    """How far each place's colour lies from the picture's median, as height × width; about 0 to 255.

    Light, red against green and yellow against blue, each smoothed over 3 × 3 px.
    """
    red, green, blue = (pixels[..., band].astype(np.float64) for band in range(3))
    axes = ((red + green + blue) / 3, red - green, (red + green) / 2 - blue)
    squares = sum((_smooth(axis - np.median(axis)) ** 2 for axis in axes), np.zeros(pixels.shape[:2]))
    return np.sqrt(squares)


def _smooth(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The mean of each place and its eight neighbours."""
    height, width = values.shape
    padded = np.pad(values, 1, mode="edge")
    shifts = [padded[dy : dy + height, dx : dx + width] for dy in range(3) for dx in range(3)]
    return np.mean(shifts, axis=0)


def _spread(
    weights: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64]
) -> tuple[float, float, float]:
    """Weighted mean x and y, and the weights' mean distance from it along an axis, in shares of the sides."""
    total = weights.sum()
    center_x, center_y = (weights * x).sum() / total, (weights * y[:, None]).sum() / total
    around = (x[None] - center_x) ** 2 + (y[:, None] - center_y) ** 2
    return float(center_x), float(center_y), float(np.sqrt((weights * around).sum() / total / 2))
