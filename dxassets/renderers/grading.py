"""Brings any photo into a theme: its light spread evenly, its colours drawn to a ramp of the palette's.

Whole numbers but for the ramp, so that the same photo gives the same pixels everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dxassets.brand import Palette
from dxassets.colors import Rgb, blend, luminance

Pixels = NDArray[np.uint8]
_WHITE, _BLACK = Rgb(255, 255, 255), Rgb(0, 0, 0)
_LUMA = np.array((54, 183, 19), dtype=np.uint16)
"""Of red, green and blue in 256 (Rec. 709)."""
_ODD = 0.01
"""Share of the px at either end that says nothing of a photo's light."""
_SPREAD, _STEEPEST = 0.7, 1.5
"""How much of the unused light is taken, and how much steeper contrast may get: a foggy day stays one."""
_BAND = 256
_TINTED, _DEEPER = 0.12, 0.3
_LIT, _PALER = 0.38, 0.2
_WHITISH = 0.5


def graded(pixels: Pixels, tone: Sequence[int], palette: Palette, share: float) -> Pixels:
    """A photo, or a part of it, in the palette's light; `tone` is that of the whole photo.

    With a `share` of 1 it is a duotone, with 0 it keeps its own colours. Pixels are H × W × 3.
    """
    toned = np.array(tone, dtype=np.uint8)
    ramp = np.array(_ramp(*_ends(palette)), dtype=np.uint16)
    own = round(256 * (1 - share))
    drawn = np.empty_like(pixels)
    for top in range(0, pixels.shape[0], _BAND):
        band = toned[pixels[top : top + _BAND]]
        light = (band.astype(np.uint16) @ _LUMA) >> 8
        drawn[top : top + _BAND] = (ramp[light] * (256 - own) + band.astype(np.uint16) * own + 128) >> 8
    return drawn


def tone_of(pixels: Pixels) -> tuple[int, ...]:
    """What each of 256 values becomes, so that a photo uses more of the light there is."""
    sample = pixels[:: max(1, pixels.shape[0] // 400), :: max(1, pixels.shape[1] // 400)]
    light = (sample.astype(np.uint16) @ _LUMA) >> 8
    counts: NDArray[np.int64] = np.cumsum(np.bincount(light.ravel(), minlength=256))
    total = int(counts[-1])
    low = int(np.searchsorted(counts, _ODD * total))
    high = int(np.searchsorted(counts, (1 - _ODD) * total))
    dark, bright = _SPREAD * low, 255 - _SPREAD * (255 - high)
    gain = min(255 / max(bright - dark, 1.0), _STEEPEST)
    middle = (dark + bright) / 2
    values = (np.arange(256) - middle) * gain + (middle + 127.5) / 2  # half way to an even exposure
    return tuple(int(value) for value in np.clip(np.rint(values), 0, 255))


def _ends(palette: Palette) -> tuple[Rgb, Rgb, Rgb]:
    """The theme's dark, its middle and its light."""
    deep = min((*palette.ground, palette.ink, palette.card_ink), key=luminance)
    bright = blend(_WHITE, palette.modules[0], _TINTED)
    return blend(deep, _BLACK, _DEEPER), _middle(palette), bright


@lru_cache(maxsize=32)
def _ramp(dark: Rgb, middle: Rgb, bright: Rgb) -> tuple[Rgb, ...]:
    """256 colours from dark to bright, evenly as people see them."""
    lower = [blend(dark, middle, step / 127) for step in range(128)]
    return (*lower, *(blend(middle, bright, step / 128) for step in range(1, 129)))


def _middle(palette: Palette) -> Rgb:
    """The ground, lit by its modules; on white grounds, which are no colour, the accent."""
    lightest = max(palette.ground, key=luminance)
    if luminance(lightest) > _WHITISH:
        return blend(palette.accent, lightest, _PALER)
    return blend(lightest, palette.modules[0], _LIT)
