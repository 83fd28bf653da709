"""Turns the light of HDR photos (PQ and HLG) into sRGB, as Chromium shows them on a usual screen.

The light of ITU-R BT.2100 is taken relative to the reference white of BT.2408, and what is brighter than that
white is pressed into what is left by one curve for all three colours, so that hue stays: that of "reference
white tone mapping", which browsers use (SMPTE ST 2094-50, annex C). docs/colours.md has what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.icc_profiles import BT2020, SRGB, Primaries, xyz_of

HdrTransfer = Literal["pq", "hlg"]
Pixels = NDArray[np.uint8]
DeepPixels = NDArray[np.uint16]
_Reals = NDArray[np.floating[Any]]

REFERENCE_WHITE = 203.0
"""cd/m² of a white sheet in HDR pictures (ITU-R BT.2408-7, table 1)."""
USUAL_PEAK = 1000.0
"""cd/m² of the brightest place where a file doesn't tell (the nominal peak of HLG, ITU-R BT.2100-2)."""
_LUMINANCE = np.array([0.2627, 0.6780, 0.0593], dtype=np.float32)
"""How much of the luminance each of BT.2020's primaries gives (ITU-R BT.2020-2, table 4)."""
_BAND = 64
"""Rows that are worked on at once: floats of a whole photo would need a gigabyte."""
_STEPS = 16_384
"""Of linear light, from which a table leads to 8 bits; the steepest of them is a fifth of one there."""


@dataclass(frozen=True, slots=True)
class HdrLight:
    """How the numbers of an HDR photo mean light; `peak` is the brightest place's, in cd/m²."""

    transfer: HdrTransfer
    primaries: Primaries = BT2020
    peak: float = USUAL_PEAK


def to_srgb(pixels: Pixels | DeepPixels, light: HdrLight, *, depth: int = 8, step: int = 1) -> Pixels:
    """The px (H × W × 3) of an HDR photo, numbers of `depth` bits, in sRGB; averaged over `step` × `step`."""
    height, width = (-(-side // step) for side in pixels.shape[:2])
    shown = np.empty((height, width, 3), dtype=np.uint8)
    meant, encoded = _meant(light.transfer, depth), _encoded()
    for top in range(0, height, _BAND):
        band = pixels[top * step : (top + _BAND) * step]
        linear = _linear(meant[_averaged(band, step) if step > 1 else band], light)
        shown[top : top + _BAND] = encoded[(linear * (_STEPS - 1) + 0.5).astype(np.int32)]
    return shown


def _averaged(band: Pixels | DeepPixels, step: int) -> DeepPixels:
    """The mean of each `step` × `step` numbers; at the edge what is missing is as what is there."""
    height, width = band.shape[:2]
    more = ((0, -height % step), (0, -width % step), (0, 0))
    squares = np.pad(band, more, mode="edge").reshape(-(-height // step), step, -(-width // step), step, 3)
    return (squares.mean(axis=(1, 3), dtype=np.float32) + 0.5).astype(np.uint16)


@cache
def _meant(transfer: HdrTransfer, depth: int) -> _Reals:
    """What each number of so many bits means: PQ's in cd/m², HLG's as light of the scene."""
    codes = np.arange(2**depth) / (2**depth - 1)
    return (_pq(codes) if transfer == "pq" else _hlg(codes)).astype(np.float32)


@cache
def _encoded() -> Pixels:
    """Linear light, from 0 to 1 in `_STEPS`, as sRGB in 8 bits (IEC 61966-2-1)."""
    linear = np.linspace(0.0, 1.0, _STEPS)
    curve = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return (255 * curve + 0.5).astype(np.uint8)


def _linear(meant: _Reals, light: HdrLight) -> _Reals:
    """The linear sRGB (0 to 1) of HDR colours (… × 3)."""
    wide = _shown(meant, light) * np.float32(1 / REFERENCE_WHITE)
    if light.peak > REFERENCE_WHITE:
        strongest = wide.max(axis=-1, keepdims=True)
        pressed = _pressed(strongest, light.peak / REFERENCE_WHITE)
        wide *= np.divide(pressed, strongest, out=np.ones_like(strongest), where=strongest > 0)
    return (wide @ _between(BT2020, SRGB)).clip(0.0, 1.0)


def _shown(meant: _Reals, light: HdrLight) -> _Reals:
    """The light that a reference screen shows, in cd/m² of BT.2020's primaries."""
    wide = (meant @ _between(light.primaries, BT2020)).clip(0.0, None)
    if light.transfer == "pq":
        return wide
    luminance = (wide @ _LUMINANCE)[..., None]
    return (
        1000 * wide * luminance ** np.float32(0.2)
    )  # the gamma of a screen of 1000 cd/m² (BT.2100-2, table 5)


def _pq(codes: _Reals) -> _Reals:
    """Cd/m² of PQ's numbers (SMPTE ST 2084; ITU-R BT.2100-2, table 4)."""
    m1, m2, c1, c2, c3 = 2610 / 16384, 2523 / 32, 3424 / 4096, 2413 / 128, 2392 / 128
    root = codes ** (1 / m2)
    return 10_000.0 * ((root - c1).clip(0.0, None) / (c2 - c3 * root)) ** (1 / m1)


def _hlg(codes: _Reals) -> _Reals:
    """Scene light, 0 to 1, of HLG's numbers (ARIB STD-B67; ITU-R BT.2100-2, table 5)."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    return np.where(codes <= 0.5, codes**2 / 3, (np.exp((codes - c) / a) + b) / 12)


def _pressed(light: _Reals, peak: float) -> _Reals:
    """Light relative to white, pressed from 0 … `peak` into 0 … 1 (ST 2094-50, annex C, headroom 0).

    Up to white all is darkened alike; from there to the peak a quadratic Bézier curve goes on as steeply.
    """
    white = 1.0 - 0.5 * min(log2(peak) / log2(USUAL_PEAK / REFERENCE_WHITE), 1.0)
    bent = 0.65
    middle_x, middle_y = (1 - bent) + bent / white, (1 - bent) * white + bent
    share = np.linspace(0.0, 1.0, 257)
    before, between, after = (1 - share) ** 2, 2 * share * (1 - share), share**2
    curve_x = before + between * middle_x + after * peak
    curve_y = before * white + between * middle_y + after
    return np.where(light <= 1.0, light * white, np.interp(light, curve_x, curve_y)).astype(light.dtype)


@cache
def _between(one: Primaries, other: Primaries) -> NDArray[np.float32]:
    """From linear colours of one space, as rows, to those of another."""
    return (np.linalg.inv(xyz_of(other)) @ xyz_of(one)).T.astype(np.float32)
