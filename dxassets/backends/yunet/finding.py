"""Faces in a picture of any size, from what the network says of a small copy of it.

How the network's numbers are read is OpenCV's way (`FaceDetectorYN`), which the tests hold this against.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dxassets.backends.yunet.network import STEP, STRIDES, Doubles, Floats, Pixels, look
from dxassets.geometry import Box

Points = tuple[tuple[float, float], ...]

SAME_FACE = 0.3
"""Of two boxes, as a share of what both cover; more, and they are one face."""
_CROWD = 400
"""Places that are held against one another; a crowd of hundreds has no main face."""


@dataclass(frozen=True, slots=True)
class FoundFace:
    """A face: how sure it is (0 to 1), its box from hairline to chin, and five points; in px of the picture.

    `points` are the eye and, last, the corner of the mouth that lie left in the picture of somebody who
    looks at us: right eye, left eye, nose, right and left corner.
    """

    score: float
    box: Box
    points: Points


def find_faces(picture: Pixels, *, least: float) -> list[FoundFace]:
    """The faces in an sRGB picture (height × width × 3) that score `least` or more, the surest first."""
    height, width = picture.shape[:2]
    room = (-(-height // STEP) * STEP, -(-width // STEP) * STEP, 3)
    padded = picture
    if room != picture.shape:
        padded = np.zeros(room, dtype=np.uint8)
        padded[:height, :width] = picture
    heads = zip(look(padded), STRIDES, strict=True)
    rows = np.concatenate([_read(said, stride, least) for said, stride in heads])
    rows = rows[np.argsort(-rows[:, 0], kind="stable")][:_CROWD]
    return [_face(row) for row in _apart(rows)]


def _read(said: Floats, stride: int, least: float) -> Doubles:
    """Places that are sure enough, a row each: score, box (left, top, width, height), points; in px."""
    chance = 1 / (1 + np.exp(-said[[0, 5]]))
    score = np.sqrt(chance[0] * chance[1])
    down, across = np.nonzero(score >= least)
    numbers = said[:, down, across].astype(np.float64)
    size = np.exp(numbers[3:5]) * stride
    corner = (numbers[1:3] + np.stack((across, down))) * stride - size / 2
    points = (numbers[6:].reshape(5, 2, -1) + np.stack((across, down))) * stride
    return np.vstack((score[down, across], corner, size, points.reshape(10, -1))).T


def _apart(rows: Doubles) -> list[Doubles]:
    """Of places that say the same face the surest only."""
    kept: list[Doubles] = []
    left, top, width, height = rows[:, 1:5].T
    right, bottom, area = left + width, top + height, width * height
    free = np.ones(len(rows), dtype=bool)
    for at, row in enumerate(rows):
        if not free[at]:
            continue
        kept.append(row)
        across = np.minimum(right, right[at]) - np.maximum(left, left[at])
        down = np.minimum(bottom, bottom[at]) - np.maximum(top, top[at])
        shared = np.clip(across, 0, None) * np.clip(down, 0, None)
        free &= shared <= SAME_FACE * (area + area[at] - shared)
    return kept


def _face(row: Doubles) -> FoundFace:
    score, left, top, width, height, *points = map(float, row)
    return FoundFace(score, Box(left, top, width, height), tuple(zip(points[::2], points[1::2], strict=True)))
