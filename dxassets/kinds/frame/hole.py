"""A frame's gates: the face shows through, and nothing of a ring lies outside the circle that is cut."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from dxassets.checks.pictures import Picture
from dxassets.errors import GateError, Problem
from dxassets.jobs import Facts, Hole
from dxassets.notation import number

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
    _check_share(alpha, hole)
    if hole.outer is None:
        return
    middle = alpha.shape[1] / 2
    from_middle = np.hypot(columns + 0.5 - middle, rows + 0.5 - middle)
    if alpha[from_middle > hole.outer * scale + 1.5].any():
        raise _stop("khung ra ngoài hình tròn", "the ring leaves the circle")


def _check_share(alpha: NDArray[np.uint8], hole: Hole) -> None:
    """Of the circle that apps cut, the photo has at least its share."""
    height, width = alpha.shape
    rows, columns = np.ogrid[:height, :width]
    cut = np.hypot(columns + 0.5 - width / 2, rows + 0.5 - height / 2) < width / 2
    share = float((255 - alpha[cut].astype(np.float64)).mean()) / 255
    if share < hole.least_photo:
        (vi, en), (least_vi, least_en) = _percent(share), _percent(hole.least_photo)
        raise _stop(
            f"ảnh chỉ còn {vi} của hình tròn, cần ít nhất {least_vi}",
            f"the photo is left with {en} of the circle, at least {least_en} is needed",
        )


def _percent(share: float) -> tuple[str, str]:
    return f"{number(100 * share, 'vi', places=1)} %", f"{number(100 * share, 'en', places=1)}%"


def _stop(vi: str, en: str) -> GateError:
    return GateError(Problem("", vi, en))
