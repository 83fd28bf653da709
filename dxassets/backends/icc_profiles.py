"""Writes small ICC profiles of RGB spaces, by their primaries and curve (ICC.1:2010, version 4).

Written here, not by a library, because a library's profile carries the time of its making: the same
picture would give other bytes every second.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

_Matrix = NDArray[np.float64]

_D50 = (0.9642, 1.0, 0.8249)
"""The white of every profile's connection space (ICC.1:2010, 7.2.16)."""
_BRADFORD: _Matrix = np.array(
    [[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]]
)
"""Cone responses for chromatic adaptation (ICC.1:2010, annex E)."""
D65 = (0.3127, 0.3290)
SRGB_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""g, a, b, c, d of IEC 61966-2-1: (a·x + b)^g from d up, c·x below."""


@dataclass(frozen=True, slots=True)
class Primaries:
    """The chromaticities x, y of a space's red, green, blue and white."""

    red: tuple[float, float]
    green: tuple[float, float]
    blue: tuple[float, float]
    white: tuple[float, float] = D65


SRGB = Primaries((0.64, 0.33), (0.30, 0.60), (0.15, 0.06))
DISPLAY_P3 = Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))
BT2020 = Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046))
_STEPS = np.linspace(0, 255, 9).round().astype(np.uint8)
COLORS_ALL_OVER = np.stack(np.meshgrid(_STEPS, _STEPS, _STEPS), axis=-1).reshape(27, 27, 3)
"""9 × 9 × 9 colours, as a small picture: enough to see whether a profile changes anything."""


@cache
def rgb_profile(name: str, primaries: Primaries, *, curve: tuple[float, ...] = SRGB_CURVE) -> bytes:
    """A matrix profile of a display; `curve` is a gamma alone, or the five numbers of sRGB's form."""
    colorants, adaptation = _colorants(primaries)
    tone = _parametric(curve)
    tags = _named(name) | {
        b"wtpt": _xyz(_D50),
        b"chad": b"sf32\0\0\0\0" + _fixed(adaptation.flatten()),
        b"rXYZ": _xyz(colorants[:, 0]),
        b"gXYZ": _xyz(colorants[:, 1]),
        b"bXYZ": _xyz(colorants[:, 2]),
        b"rTRC": tone,
        b"gTRC": tone,
        b"bTRC": tone,
    }
    return _profile(b"RGB ", tags)


def xyz_of(primaries: Primaries) -> _Matrix:
    """XYZ of red, green and blue (columns), whose sum is the space's own white."""
    directions = np.array([_to_xyz(xy) for xy in (primaries.red, primaries.green, primaries.blue)]).T
    colorants: _Matrix = directions * np.linalg.solve(directions, np.array(_to_xyz(primaries.white)))
    return colorants


def _colorants(primaries: Primaries) -> tuple[_Matrix, _Matrix]:
    """XYZ of red, green and blue (columns), adapted to D50; and the adaptation from their white to D50."""
    white = np.array(_to_xyz(primaries.white))
    gains = (_BRADFORD @ np.array(_D50)) / (_BRADFORD @ white)
    adaptation: _Matrix = np.linalg.inv(_BRADFORD) @ np.diag(gains) @ _BRADFORD
    return adaptation @ xyz_of(primaries), adaptation


def _to_xyz(xy: tuple[float, float]) -> tuple[float, float, float]:
    x, y = xy
    return x / y, 1.0, (1 - x - y) / y


def _profile(space: bytes, tags: dict[bytes, bytes]) -> bytes:
    """Header, tag table and data; equal data are stored once (ICC.1:2010, 7)."""
    places: dict[bytes, int] = {}
    table, body = struct.pack(">I", len(tags)), b""
    begin = 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        if data not in places:
            places[data] = begin + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", tag, places[data], len(data))
    size = begin + len(body)
    header = struct.pack(">I4sI4s4s4s", size, b"\0" * 4, 0x04300000, b"mntr", space, b"XYZ ")
    header += struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _fixed(_D50) + bytes(48)
    return header + table + body


def _named(name: str) -> dict[bytes, bytes]:
    return {b"desc": _text(name), b"cprt": _text("CC0")}


def _text(text: str) -> bytes:
    data = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">III2s2sII", 0, 1, 12, b"en", b"US", len(data), 28) + data


def _xyz(values: tuple[float, ...] | _Matrix) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(values)


def _parametric(curve: tuple[float, ...]) -> bytes:
    """Gamma alone is function type 0, the form of sRGB type 3 (ICC.1:2010, 10.16)."""
    return b"para" + struct.pack(">IHH", 0, 0 if len(curve) == 1 else 3, 0) + _fixed(curve)


def _fixed(values: tuple[float, ...] | _Matrix) -> bytes:
    """s15Fixed16Number of each."""
    return struct.pack(f">{len(values)}i", *(round(float(value) * 65536) for value in values))
