"""A frame's gates beyond its hole: type inside the circle that is cut, and seen in small copies too.

Profile pictures are shown at 40 to 320 px, cut to a circle. So the finished picture is reduced to each of
those sizes at which a line must be seen, and what a person could still see is measured on the reduced pixels:
the luminance of the pixels that the type covers most, against that of the opaque ones beside it. Small or
thin type loses this contrast when it is reduced, whatever its colours are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.rasterizer import resized, type_mask
from dxassets.checks.contrast import grown, relative_luminance
from dxassets.checks.pictures import Picture, Pixels
from dxassets.colors import contrast
from dxassets.errors import GateError, Problem
from dxassets.geometry import Box
from dxassets.jobs import Facts, TextArea
from dxassets.notation import number

SIDES = (320, 170, 80, 40)
"""Sides in px of the copies that apps show: on a page, on a phone, with messages, with comments."""
LEAST_SEEN = 3.0
"""Least contrast on a reduced copy: WCAG 2.2's limit for large type and for graphics (1.4.3, 1.4.11)."""
LEAST_EM = 5.9
"""Least em in px on a copy in which a line must be read; capitals are then 4.4 px high (Be Vietnam Pro)."""
_READING = 100
"""A line that must be seen on smaller copies than this is a mark: it is made out, not read."""
INSIDE = 0.99
"""Share of the cut circle's radius that type must keep within."""
_MASK_SIDE = 360
_TOUCHED = 25
"""Of 255: what type covers of a pixel before it counts as touched, a tenth."""


@dataclass(frozen=True, slots=True)
class _TypeLine:
    """Type of one size and colour, with the outlines of all of it."""

    text: str
    outline: str
    size: float
    seen_at: int | None


def check_seen(picture: Picture, facts: Facts) -> None:
    """All type lies in the circle that is cut, and shows in the small copies where it must."""
    lines = tuple(_lines(facts.texts))
    side = facts.width / facts.scale  # of the drawing, in its unit
    for line in lines:
        if _furthest(line.outline, side) > INSIDE * side / 2:
            raise _stop(
                f"chữ “{line.text}” ra ngoài hình tròn mà Facebook và Zalo cắt",
                f"{line.text!r} leaves the circle that Facebook and Zalo cut",
            )
    copy = picture.pixels
    for copy_side in SIDES:
        if copy_side > copy.shape[1]:
            continue
        copy = resized(copy, copy_side, copy_side)  # the smaller from the larger: it costs next to nothing
        for line in lines:
            if line.seen_at is not None and line.seen_at <= copy_side:
                _check_line(copy, line, side, is_read=line.seen_at >= _READING)


def _lines(areas: tuple[TextArea, ...]) -> Iterator[_TypeLine]:
    """What is read at one go: the letters of an arc, the numbers of the mark."""
    together: dict[tuple[object, ...], list[TextArea]] = {}
    for area in areas:
        together.setdefault((area.seen_at, area.size, area.color), []).append(area)
    for letters in together.values():
        outline = "".join(dict.fromkeys(area.outline for area in letters))
        first = letters[0]
        yield _TypeLine("".join(area.text for area in letters), outline, first.size, first.seen_at)


@lru_cache(maxsize=64)
def _furthest(outline: str, side: float) -> float:
    """How far from the middle of the drawing the outlines reach, in its unit; outside it counts too."""
    view = Box(-side / 2, -side / 2, 2 * side, 2 * side)
    rows, columns = np.nonzero(type_mask(outline, view, 2 * _MASK_SIDE, 2 * _MASK_SIDE))
    if not len(rows):
        return 0.0
    away = np.hypot(columns + 0.5 - _MASK_SIDE, rows + 0.5 - _MASK_SIDE)
    return float(away.max()) * side / _MASK_SIDE


def _check_line(copy: Pixels, line: _TypeLine, side: float, *, is_read: bool) -> None:
    """One line on a reduced copy of the picture."""
    reduced = copy.shape[1]
    em = line.size * reduced / side
    if is_read and em < LEAST_EM:
        raise _stop(
            f"chữ “{line.text}” chỉ cao {number(em, 'vi', places=1)} px khi ảnh thu còn {reduced} px",
            f"{line.text!r} is only {number(em, 'en', places=1)} px high "
            f"when the picture is {reduced} px wide",
        )
    found = seen_contrast(copy, line.outline, side)
    if found < LEAST_SEEN:
        raise _stop(
            f"chữ “{line.text}” chỉ còn tương phản {number(found, 'vi', places=2)} "
            f"khi ảnh thu còn {reduced} px",
            f"{line.text!r} is left with a contrast of {number(found, 'en', places=2)} "
            f"when the picture is {reduced} px wide",
        )


def seen_contrast(copy: Pixels, outline: str, side: float) -> float:
    """Contrast of a line on a reduced copy: its most covered quarter against the opaque pixels beside it."""
    inked, beside = _places(outline, side, copy.shape[1])
    ground = beside & (copy[..., 3] == 255)  # what shows through a frame is not its ground
    if not inked.any() or not ground.any():
        return 1.0
    light = relative_luminance(copy.reshape(-1, 4)).reshape(copy.shape[:2])
    return contrast(float(light[inked].mean()), float(np.median(light[ground])))


@lru_cache(maxsize=64)
def _places(outline: str, side: float, reduced: int) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Where a line lies on the copy, and its ground: the pixels next to those that it touches.

    What it covers least is ground: of a plate 4 px high, on which a mark stands, there is no other.
    """
    cover = type_mask(outline, Box(0, 0, side, side), reduced, reduced)
    touched = cover > _TOUCHED
    if not touched.any():
        return touched, touched
    inked = cover >= np.quantile(cover[touched], 0.75)
    return inked, grown(touched, 1) & ~touched


def _stop(vi: str, en: str) -> GateError:
    return GateError(Problem("", vi, en))
