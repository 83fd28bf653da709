"""Somebody's own frame: a drawing with one see-through hole, found and checked.

The hole is looked for on a coarse grid of its transparency, inside the circle that apps cut. Outside a ring
all is see-through, too: what reaches that circle's edge is a hole only if it covers the middle, as where a
frame is but a band. The web page has the same in `templates/site/js/hole.js`; both are tested with the
drawings in `tests/data/holes.json`.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, pi
from typing import Literal

from dxassets.backends.rasterizer import Pixels, picture_to_rgba, resized, svg_to_pixels
from dxassets.errors import InputError, Problem
from dxassets.framing import Opening
from dxassets.logos import PngLogo, read_frame, refused
from dxassets.notation import number

GRID = 135
"""Cells along a side of the grid on which the hole is looked for."""
_SEEN = 128
"""A cell whose ink covers less than this of 255 shows the photo."""
LEAST_OWN_HOLE = 0.3
"""Least share of the circle that a hole takes; below, a face is not made out at 40 px."""
MOST_OWN_HOLE = 0.97
"""More than this, and nothing of a frame is there."""
SPECK = 0.01
"""Share of the circle below which a hole is between letters, and none for a face."""
FARTHEST_HOLE = 0.15
"""How far the middle of a hole may lie from the picture's, in sides."""
LEAST_OWN_SIDE = 400
"""Px of a PNG's side."""
_SQUARE = 1.02

Fault = Literal["none", "many", "small", "aside", "blank"]
"""Why a frame's hole is no place for a photo."""
_FAULTS: dict[Fault, tuple[str, str]] = {
    "none": (
        "không thấy lỗ trong suốt nào cho ảnh; hãy xóa phần giữa khung rồi xuất lại PNG hoặc SVG",
        "has no see-through hole for a photo; clear its middle and export it again as PNG or SVG",
    ),
    "many": (
        "có nhiều lỗ trong suốt; hãy chỉ để một lỗ cho ảnh, lấp kín những lỗ khác",
        "has several see-through holes; leave one for the photo and fill the others",
    ),
    "small": (
        "lỗ cho ảnh quá nhỏ, cần ít nhất 30 % hình tròn",
        "has too small a hole for a photo; it must take at least 30% of the circle",
    ),
    "aside": (
        "lỗ cho ảnh lệch xa tâm khung; hãy đưa lỗ về giữa",
        "has its hole far from the middle; move it there",
    ),
    "blank": (
        "trong suốt gần hết, không thấy khung đâu; hãy xuất lại cả lớp khung",
        "is see-through nearly everywhere, no frame is to be seen; export its layer again",
    ),
}


@dataclass(frozen=True, slots=True, eq=False)
class OwnFrame:
    """A frame that was read: `pixels` (side × side × 4), and the opening in which a photo shows."""

    pixels: Pixels
    opening: Opening


def read_own_frame(data: bytes, where: str, *, side: int) -> OwnFrame:
    """The frame in a PNG or SVG at `side` px; `InputError` when it is hostile, or has no good hole."""
    drawing = read_frame(data, where)
    if isinstance(drawing, PngLogo):
        _check_shape(drawing.width, drawing.height, where)
        if min(drawing.width, drawing.height) < LEAST_OWN_SIDE:
            raise refused(
                where,
                f"quá nhỏ, cần ít nhất {LEAST_OWN_SIDE} px mỗi cạnh",
                f"is too small; each side must be at least {LEAST_OWN_SIDE} px",
            )
        try:
            pixels = resized(picture_to_rgba(drawing.data), side, side)
        except ValueError as error:
            raise refused(where, "tệp PNG hỏng; hãy xuất lại", "is a broken PNG; export it again") from error
    else:
        view = drawing.view
        _check_shape(view.width, view.height, where)
        pixels = svg_to_pixels(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{side}" height="{side}" '
            f'viewBox="{view.x:g} {view.y:g} {view.width:g} {view.height:g}">{drawing.markup}</svg>',
            alpha=True,
        )
    if pixels.shape[2] != 4:
        raise _fault("none", where)
    grid = resized(pixels, GRID, GRID)[..., 3]
    found = find_hole([[int(value) for value in row] for row in grid])
    if isinstance(found, str):
        raise _fault(found, where)
    return OwnFrame(pixels, found)


def _check_shape(width: float, height: float, where: str) -> None:
    if not 1 / _SQUARE <= width / height <= _SQUARE:
        raise refused(
            where,
            f"khung phải vuông, đang là {number(width, 'vi')} × {number(height, 'vi')}",
            f"a frame is square, this one is {number(width, 'en')} × {number(height, 'en')}",
        )


def _fault(fault: Fault, where: str) -> InputError:
    return InputError(Problem(where, *_FAULTS[fault]))


def find_hole(alpha: list[list[int]]) -> Opening | Fault:
    """The circle round the hole in a square grid (0 is see-through, 255 ink), or what is wrong.

    Holes are cells of less than half ink that touch by their sides.
    """
    count = len(alpha)
    middle = count / 2
    circle = pi * middle**2
    holes: list[list[tuple[int, int]]] = []
    left = {
        (row, column)
        for row in range(count)
        for column in range(count)
        if alpha[row][column] < _SEEN and hypot(column + 0.5 - middle, row + 0.5 - middle) <= middle
    }
    while left:
        cells = _spread(left)
        away = [hypot(column + 0.5 - middle, row + 0.5 - middle) for row, column in cells]
        is_outside = max(away) > middle - 1.5 and min(away) > 0.3 * middle
        if len(cells) >= SPECK * circle and not is_outside:
            holes.append(cells)
    if len(holes) != 1:
        return "many" if holes else "none"
    return _opening_of(holes[0], count, circle)


def _opening_of(cells: list[tuple[int, int]], count: int, circle: float) -> Opening | Fault:
    """The circle round a hole, its middle in the middle of the box round it."""
    if len(cells) > MOST_OWN_HOLE * circle:
        return "blank"
    if len(cells) < LEAST_OWN_HOLE * circle:
        return "small"
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    center_x = sum(columns) / len(cells) + 0.5
    center_y = sum(rows) / len(cells) + 0.5
    if hypot(center_x - count / 2, center_y - count / 2) > FARTHEST_HOLE * count:
        return "aside"
    x, y = (min(columns) + max(columns) + 1) / 2, (min(rows) + max(rows) + 1) / 2
    radius = max(hypot(column + 0.5 - x, row + 0.5 - y) for row, column in cells) + 1
    return Opening(x / count, y / count, radius / count)


def _spread(left: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Takes one cell and all that touch it out of `left`."""
    waiting = [min(left)]
    left.remove(waiting[0])
    cells: list[tuple[int, int]] = []
    while waiting:
        row, column = waiting.pop()
        cells.append((row, column))
        for near in ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1)):
            if near in left:
                left.remove(near)
                waiting.append(near)
    return cells
