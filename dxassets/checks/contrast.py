"""Text contrast on real pixels, by WCAG 2.2 success criterion 1.4.3.

The outlines that were drawn say which pixels of the finished picture are type
and which lie behind it; both luminances are then read from the picture itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.rasterizer import type_mask
from dxassets.backends.read_pictures import SharedRows
from dxassets.checks.pictures import Picture
from dxassets.colors import contrast, linear, luminance
from dxassets.errors import GateError, Problem
from dxassets.geometry import CSS_PX_PER_INCH, MM_PER_INCH, Box
from dxassets.jobs import Facts, TextArea
from dxassets.notation import number, plain

LEAST, LEAST_LARGE = 4.5, 3.0
_LARGE_PX, _LARGE_BOLD_PX = 24.0, 18.66
"""Large-scale text: 18 pt, or 14 pt bold, in CSS px (WCAG 2.2, definition of large scale)."""
_MOST_BEHIND, _MOST_INSIDE = 1000, 120
_ODD_PIXELS, _RINGING = 0.005, 0.04
"""Share of pixels at either end that may be odd ones, or a lossy encoder's ringing."""
_Light = NDArray[np.float32]
_Places = NDArray[np.intp]
_NOWHERE: _Places = np.empty(0, dtype=np.intp)
_CHANNEL = np.array([linear(value) for value in range(256)], dtype=np.float32)
_RED, _GREEN, _BLUE = ((share * _CHANNEL).astype(np.float32) for share in (0.2126, 0.7152, 0.0722))


def least_contrast(picture: Picture, facts: Facts) -> float | None:
    """The least contrast of all lines of type; `GateError` when one is below its limit."""
    if not facts.texts:
        return None
    shared = picture.shared
    known = {} if shared is None else shared.judged
    view = (facts.scale, facts.offset, facts.unit)
    least, areas = float("inf"), list[TextArea]()
    for area in facts.texts:
        judged = known.get((area.text, area.box, view))
        if judged is not None and judged[0] is area:  # to compare outlines would take longer than to look
            least = min(least, judged[1])
        else:
            areas.append(area)
    for area, found in zip(areas, _contrasts(picture, facts, areas), strict=True):
        limit = LEAST_LARGE if is_large(area, facts) else LEAST
        if found < limit:
            raise _too_faint(area, found, limit)
        if shared is not None and _is_outside(picture, facts, area, shared):
            known[area.text, area.box, view] = (area, found)
        least = min(least, found)
    return round(least, 2)


def _contrasts(picture: Picture, facts: Facts, areas: Sequence[TextArea]) -> Iterator[float]:
    """The contrast of each of these lines."""
    samples = [_samples(picture, facts, area) for area in areas]
    if not samples:
        return
    # one look at the picture for all lines: many small ones cost more than they see
    flat = picture.pixels.reshape(-1, picture.pixels.shape[2])
    seen = flat.take(np.concatenate([places for sample in samples for places in sample]), axis=0)
    light, solid = relative_luminance(seen), seen[:, 3] == 255 if seen.shape[1] == 4 else None
    start = 0
    for area, (behind, inside) in zip(areas, samples, strict=True):
        middle, end = start + len(behind), start + len(behind) + len(inside)
        ground = light[start:middle]
        if solid is not None:
            ground = ground[solid[start:middle]]  # what shows through a frame is not its ground
        yield _contrast(area, ground, light[middle:end], lossy=picture.is_lossy)
        start = end


def _is_outside(picture: Picture, facts: Facts, area: TextArea, shared: SharedRows) -> bool:
    """Whether a line stands in rows that all pictures of the look share, where it has one contrast."""
    _, top, _, bottom = picture.pixel_edges(_in_file(facts, area))
    return bottom <= shared.top or top >= shared.bottom


def _in_file(facts: Facts, area: TextArea) -> Box:
    return area.box.move(facts.offset, facts.offset).scale(facts.scale)


def _too_faint(area: TextArea, found: float, limit: float) -> GateError:
    return GateError(
        Problem(
            "",
            f"chữ “{area.text}” tương phản {number(found, 'vi', places=2)}, cần ít nhất {plain(limit, 'vi')}",
            f"{area.text!r} has a contrast of {number(found, 'en', places=2)}, "
            f"at least {plain(limit, 'en')} is needed",
        )
    )


def _contrast(area: TextArea, ground: _Light, inside: _Light, *, lossy: bool) -> float:
    """Contrast of a line's colour against the lightest and darkest ground; 1 when the type is not there."""
    if not len(ground) or not len(inside):
        return 1.0
    ordered = np.sort(ground)
    odd = int(len(ordered) * (_RINGING if lossy else _ODD_PIXELS))
    ink, shown = luminance(area.color), float(np.sort(inside)[len(inside) // 2])
    if abs(shown - ink) > abs(shown - float(ordered[len(ordered) // 2])):
        return 1.0
    return min(contrast(ink, float(ordered[odd])), contrast(ink, float(ordered[-1 - odd])))


def relative_luminance(pixels: NDArray[np.uint8]) -> _Light:
    """WCAG relative luminance of each pixel; what is see-through counts as its own colour."""
    return _RED.take(pixels[:, 0]) + _GREEN.take(pixels[:, 1]) + _BLUE.take(pixels[:, 2])


def is_large(area: TextArea, facts: Facts) -> bool:
    """Whether a line counts as large-scale text."""
    to_px = CSS_PX_PER_INCH / MM_PER_INCH if facts.unit == "mm" else 1.0
    size = area.size * facts.scale * to_px
    return size >= _LARGE_PX or (size >= _LARGE_BOLD_PX and area.weight >= 700)


def _samples(picture: Picture, facts: Facts, area: TextArea) -> tuple[_Places, _Places]:
    """Where to look for one line: places behind the type and inside it, as indices of pixels."""
    left, top, right, bottom = picture.pixel_edges(_in_file(facts, area))
    if right <= left or bottom <= top:
        return _NOWHERE, _NOWHERE
    height, width, channels = picture.pixels.shape
    across, down = width / picture.size[0], height / picture.size[1]
    shown = Box(left / across, top / down, (right - left) / across, (bottom - top) / down)
    view = shown.scale(1 / facts.scale).move(-facts.offset, -facts.offset)
    em = area.size * facts.scale * across
    reach = max(2, round(0.05 * em)) if channels == 4 else None
    size = (right - left, bottom - top)
    first, lossy = top * width + left, picture.is_lossy
    cover = area.cover
    if cover is not None and (cover.left, cover.top, cover.width, cover.height) == (left, top, *size):
        mask = np.frombuffer(cover.data, dtype=np.uint8).reshape(size[::-1])
        return _places_of(mask, first=first, stride=width, lossy=lossy, reach=reach)
    spot = _LinePlace(view=view, size=size, first=first, stride=width, lossy=lossy, reach=reach)
    return _places(area.outline, area.beside, spot)


@dataclass(frozen=True, slots=True, kw_only=True)
class _LinePlace:
    """Where in a picture a line stands, and how much of what lies round it counts as its ground."""

    view: Box
    size: tuple[int, int]
    first: int
    stride: int
    lossy: bool
    reach: int | None


@lru_cache(maxsize=256)
def _places(outline: str, beside: str, spot: _LinePlace) -> tuple[_Places, _Places]:
    """Places of a line, kept, because all agencies share all lines but one."""
    cover = type_mask(outline, spot.view, *spot.size)
    other = type_mask(beside, spot.view, *spot.size) if beside else None
    return _places_of(
        cover, other=other, first=spot.first, stride=spot.stride, lossy=spot.lossy, reach=spot.reach
    )


def _places_of(
    cover: NDArray[np.uint8],
    *,
    other: NDArray[np.uint8] | None = None,
    first: int,
    stride: int,
    lossy: bool,
    reach: int | None,
) -> tuple[_Places, _Places]:
    """Places behind a line and inside it, evenly spread; none under the `other` part of the same words.

    With `reach`, only ground within so many px of the type counts: a turned
    letter's box reaches beyond the ring that it stands on.
    """
    behind = _ground(cover, lossy=lossy)
    if other is not None:
        behind &= ~grown(other > 0, 2 if lossy else 1)
    if reach is not None:
        behind &= grown(cover > 0, reach)
    inside = cover >= 0.9 * cover.max()
    return (
        _spread(behind, _MOST_BEHIND, first=first, stride=stride),
        _spread(inside, _MOST_INSIDE, first=first, stride=stride),
    )


def _spread(mask: NDArray[np.bool_], most: int, *, first: int, stride: int) -> _Places:
    """At most about `most` places of `mask`, evenly spread."""
    places = np.flatnonzero(mask)
    places = places[:: max(1, len(places) // most)]
    return first + places // mask.shape[1] * stride + places % mask.shape[1]


def _ground(cover: NDArray[np.uint8], *, lossy: bool) -> NDArray[np.bool_]:
    """Pixels behind the type; for a lossy encoder, which mixes neighbours, some px away from it.

    The outermost pixels lie half outside the ink box, where the neighbour may begin.
    """
    within = np.zeros_like(cover, dtype=bool)
    within[1:-1, 1:-1] = True
    for halo in (2, 1) if lossy else ():
        free = within & ~grown(cover > 0, halo)
        if free.sum() > 0.04 * free.size:
            return free
    return within & (cover == 0)


def grown(mask: NDArray[np.bool_], distance: int) -> NDArray[np.bool_]:
    """`mask` grown by `distance` px in all directions (a square, row by row, then column by column)."""
    height, width = mask.shape
    padded = np.pad(mask, distance)
    rows = np.zeros((height, padded.shape[1]), dtype=bool)
    for shift in range(2 * distance + 1):
        rows |= padded[shift : shift + height]
    grown = np.zeros_like(mask)
    for shift in range(2 * distance + 1):
        grown |= rows[:, shift : shift + width]
    return grown
