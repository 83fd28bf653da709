"""The lines that a drawn frame shows: a stroked rectangle, or the ring between two rectangles."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

_Box = tuple[float, float, float, float]
_CORNERS = 5
"""Points of a closed rectangle."""
_THIN_PT = 0.01


def frame_edges(item: Any, raw: Any) -> Iterator[_Box]:
    """The bounds (pt; left, bottom, right, top) of the edges of a path that is a frame; none of any other.

    `raw` is PDFium's C interface, which alone tells a path's points.
    """
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(item, fill, stroke):
        return
    points = _points(item, raw)
    if stroke.value and not fill.value and len(points) == _CORNERS:
        outer = _bounds(points)
        half = _width(item, raw) / 2
        inner = (outer[0] + half, outer[1] + half, outer[2] - half, outer[3] - half)
        outer = (outer[0] - half, outer[1] - half, outer[2] + half, outer[3] + half)
    elif fill.value == raw.FPDF_FILLMODE_ALTERNATE and len(points) == 2 * _CORNERS:
        inner, outer = sorted((_bounds(points[:_CORNERS]), _bounds(points[_CORNERS:])), key=_area)
    else:
        return
    left, bottom, right, top = outer
    for edge, thick in (
        ((left, bottom, inner[0], top), inner[0] - left),
        ((inner[2], bottom, right, top), right - inner[2]),
        ((left, bottom, right, inner[1]), inner[1] - bottom),
        ((left, inner[3], right, top), top - inner[3]),
    ):
        if thick > _THIN_PT:
            yield edge


def _points(item: Any, raw: Any) -> list[tuple[float, float]]:
    """The points of a path on its page."""
    matrix = item.get_matrix()
    found: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    count: int = raw.FPDFPath_CountSegments(item)
    for at in range(count if count in {_CORNERS, 2 * _CORNERS} else 0):
        raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(item, at), x, y)
        found.append(matrix.on_point(x.value, y.value))
    return found


def _width(item: Any, raw: Any) -> float:
    width = ctypes.c_float()
    return width.value if raw.FPDFPageObj_GetStrokeWidth(item, width) else 0.0


def _bounds(points: list[tuple[float, float]]) -> _Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _area(box: _Box) -> float:
    left, bottom, right, top = box
    return (right - left) * (top - bottom)
