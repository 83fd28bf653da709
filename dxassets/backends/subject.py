"""Finds what a photo shows: its faces, or else the part that stands out. The only module that imports dlib.

Chosen by measurement, see docs/focus.md. Faces come from dlib's detector of upright frontal faces, whose
weights are part of the library: nothing is fetched. Where dlib has no wheel, or the processor lacks what
its wheels are compiled for, no face is found and the rest still works.

What stands out, where there is no face, is told by colour alone: the place whose colour lies farthest from
the picture's usual one, the middle counting more than the edges.
"""

from __future__ import annotations

import platform
from functools import cache
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.rasterizer import resized
from dxassets.backends.silence import quietly_imported
from dxassets.framing import Subject
from dxassets.geometry import Box

Pixels = NDArray[np.uint8]

# The area a photo is brought to, first and, if no face is found, once more. The detector's window is 80 px:
# in a photo of 4 : 3 the first pass finds faces from 9 % of the longer side up (brows to chin), the second,
# which takes two to three times as long, most from 5 %, as in photos of people in full length.
AREAS = (800 * 600, 1200 * 900)
MOST_ENLARGED = 2.0  # more only blurs
SURE = 0.35  # of dlib's score, which is about 1 for a clear face; badges and emblems were seen to get 0.1

GIST = 48  # px of the longer side that what stands out is looked for in
POWER = 4  # the higher, the more the most different place counts alone
MIDDLE, UPPER_MIDDLE = 0.5, 0.42  # where people put what they take a picture of; higher up in portrait photos
REACH = 0.35  # share of the sides at which the middle's weight has fallen to 0.6
LEAST_DIFFERENT = 12.0  # of 255; what differs less is one colour
MOST_SPREAD = 0.9  # of what a picture without any difference would give; above, nothing stands out


def find_subject(pixels: Pixels) -> Subject | None:
    """The faces in an upright sRGB picture (height × width × 3, any size), else what stands out, else None.

    Reduces the picture itself. The same picture always gives the same answer.
    """
    faces = _faces(pixels)
    return Subject("face", faces) if faces else standing_out(pixels)


def can_find_faces() -> bool:
    """Whether faces can be looked for on this machine."""
    return _detector() is not None


def why_no_faces() -> tuple[str, str] | None:
    """Why faces can't be looked for on this machine, and what to do; None where they can."""
    if can_find_faces():
        return None
    return _NOT_INSTALLED if _has_avx() else _OLD_PROCESSOR


_NOT_INSTALLED = (
    "chưa cài phần tìm khuôn mặt trong ảnh; hãy cài: pip install dlib-bin",
    "what finds faces in photos is not installed; install it: pip install dlib-bin",
)
_OLD_PROCESSOR = (
    "bộ xử lý của máy này không chạy được phần tìm khuôn mặt (cần AVX2)",
    "this machine's processor can't run what finds faces (it needs AVX2)",
)


# --- faces ----------------------------------------------------------------------------------------


def _faces(pixels: Pixels) -> tuple[Box, ...]:
    """The faces' boxes in shares of the sides, the most prominent first; none when there are none."""
    detector = _detector()
    if detector is None:
        return ()
    for area in AREAS:
        gray = _gray(_scaled(pixels, sqrt(area / (pixels.shape[0] * pixels.shape[1]))))
        height, width = gray.shape
        found, scores, _ = detector.run(gray, 0, 0.0)
        if found:
            boxes = [
                Box(one.left() / width, one.top() / height, one.width() / width, one.height() / height)
                for one in found
            ]
            return _prominent(list(zip(scores, boxes, strict=True)))
    return ()


def _prominent(found: list[tuple[float, Box]]) -> tuple[Box, ...]:
    """Large and clear faces first; a doubtful one only where there is no other."""
    ranked = sorted(found, key=lambda one: min(one[0], 1.0) * one[1].height, reverse=True)
    sure = [box for score, box in ranked if score >= SURE]
    return tuple(sure or [ranked[0][1]])


@cache
def _detector() -> Any:
    """The detector, None where it can't run."""
    if not _has_avx():
        return None
    try:
        with quietly_imported:
            import dlib  # noqa: PLC0415
    except ImportError:
        return None
    return dlib.get_frontal_face_detector()


def _has_avx() -> bool:
    """Wheels of dlib for x86 use AVX from their first line on: a processor without must not even load them.

    numpy names sets of features; the smallest that holds AVX is AVX2 (Intel since 2013, AMD since 2015).
    """
    if platform.machine().lower() not in {"x86_64", "amd64"}:
        return True
    config: Any = np.show_config(mode="dicts")
    known = config.get("SIMD Extensions", {})
    return not {"AVX2", "X86_V3"}.isdisjoint([*known.get("baseline", []), *known.get("found", [])])


def _scaled(pixels: Pixels, factor: float) -> Pixels:
    """The picture `factor` times as large, but no more than `MOST_ENLARGED`."""
    height, width = (max(1, round(side * min(factor, MOST_ENLARGED))) for side in pixels.shape[:2])
    return resized(pixels, width, height)


def _gray(pixels: Pixels) -> Pixels:
    """Luma (Rec. 601) as height × width: as many faces found as in colour, in three quarters of the time."""
    weights = np.array((77, 150, 29), dtype=np.uint16)
    return np.ascontiguousarray((pixels @ weights) >> 8, dtype=np.uint8)


# --- what stands out ------------------------------------------------------------------------------


def standing_out(pixels: Pixels) -> Subject | None:
    """The middle and the spread of what differs most from the picture's usual colour."""
    difference = _difference(_scaled(pixels, GIST / max(pixels.shape[:2])))
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
