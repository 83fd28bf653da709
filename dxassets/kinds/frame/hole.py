"""A frame's gates: the face shows through, and nothing of a ring lies outside the circle that is cut."""

from __future__ import annotations

import numpy as np

from dxassets.checks.pictures import Picture
from dxassets.errors import GateError, Problem
from dxassets.jobs import Facts, Hole

LEAST_HOLE = 0.62
"""Least diameter of the hole, as a share of the frame's."""


def check_hole(picture: Picture, facts: Facts, hole: Hole) -> None:
    """Alpha is 0 inside the hole; outside a ring's outer circle too; something is drawn between."""
    if 2 * hole.radius < LEAST_HOLE * facts.width / facts.scale:
        raise _stop("lỗ cho khuôn mặt quá nhỏ", "the hole for the face is too small")
    pixels = picture.pixels
    if pixels.shape[2] != 4:
        raise _stop("ảnh không có nền trong suốt", "the picture has no transparency")
    alpha = pixels[..., 3]
    rows, columns = np.ogrid[: alpha.shape[0], : alpha.shape[1]]
    scale = (
        alpha.shape[1] * facts.scale / facts.width
    )  # px a unit, also where an SVG was drawn at another size
    distance = np.hypot(columns + 0.5 - hole.x * scale, rows + 0.5 - hole.y * scale)
    if alpha[distance < hole.radius * scale - 1.5].any():
        raise _stop("lỗ cho khuôn mặt không trong suốt hết", "the hole for the face is not all transparent")
    if not alpha.any():
        raise _stop("khung trống", "the frame is empty")
    if hole.outer is None:
        return
    middle = alpha.shape[1] / 2
    from_middle = np.hypot(columns + 0.5 - middle, rows + 0.5 - middle)
    if alpha[from_middle > hole.outer * scale + 1.5].any():
        raise _stop("khung ra ngoài hình tròn", "the ring leaves the circle")


def _stop(vi: str, en: str) -> GateError:
    return GateError(Problem("", vi, en))
