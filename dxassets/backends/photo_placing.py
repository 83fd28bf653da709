"""Which px of a photo show in which px of a frame, before anything is filtered."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from dxassets.framing import Transform

Pixels = NDArray[np.uint8]

HAIR = 1e-6
"""Px; sums of floats that should meet an edge come this near."""
_SAME = 1e-9


_UPRIGHT = {
    2: (False, True, False),
    3: (False, True, True),
    4: (False, False, True),
    5: (True, False, False),
    6: (True, True, False),
    7: (True, True, True),
    8: (True, False, True),
}
"""By EXIF's orientation: swap rows and columns first, then mirror left to right, and top to bottom."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Along one axis: the px of the frame that a photo covers whole, and the stretch of it that they show."""

    start: int
    count: int
    first: float
    last: float


def run_along(offset: float, scale: float, length: int, within: tuple[int, int]) -> Coverage | None:
    """For a photo of `length` px that begins at `offset`, each px `scale` px of the frame long."""
    start = max(within[0], ceil(offset - HAIR))
    stop = min(within[1], floor(offset + scale * length + HAIR))
    if stop <= start:
        return None
    first, last = (start - offset) / scale, (stop - offset) / scale
    return Coverage(start, stop - start, max(0.0, first), min(float(length), last))


def quarters_of(place: Transform, size: tuple[int, int]) -> tuple[int, Transform]:
    """By how many quarters a picture is turned first, which costs no sharpness, and how it lies then.

    Clockwise; what is left is a turn of at most 45°. `size` is the picture's width and height.
    """
    quarters, (width, height) = 0, size
    while place.a < abs(place.b) - _SAME * place.scale:  # px (u, v) becomes (height - v, u)
        place = Transform(
            -place.c, -place.d, place.a, place.b, place.e + place.c * height, place.f + place.d * height
        )
        quarters, width, height = quarters + 1, height, width
    return quarters, place


def is_turned(place: Transform) -> bool:
    """Whether the axes of the photo lie askew in the frame."""
    return abs(place.b) > _SAME * place.scale


def stretch(ends: list[float], reach: int, length: int) -> tuple[int, int]:
    """The px from the least of `ends` to the largest, and `reach` more, within 0 and `length`."""
    return max(0, floor(min(ends)) - reach), min(length, ceil(max(ends)) + reach)


def upright_origin(orientation: int, spare: tuple[int, int]) -> tuple[int, int]:
    """Where the corner of a picture lies that was turned by EXIF's orientation.

    `spare`: by how much its px reached beyond the right and the lower edge of the original.
    """
    swapped, mirrored, flipped = _UPRIGHT.get(orientation, (False, False, False))
    if swapped:
        spare = spare[1], spare[0]
    return -spare[0] if mirrored else 0, -spare[1] if flipped else 0


def is_swapped(orientation: int) -> bool:
    """Whether width and height change places when a photo is turned upright."""
    return _UPRIGHT.get(orientation, (False,))[0]
