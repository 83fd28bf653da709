"""The old ring: a broad one whose hole sits high, the day's name on its upper arc, the mark at its foot."""

from __future__ import annotations

from math import asin, floor, pi, sqrt

from dxassets.backends.shaper import Shaper
from dxassets.brand import FrameStyle, Theme
from dxassets.geometry import Box
from dxassets.jobs import TextArea
from dxassets.kinds.frame.lettering import (
    WIDEST_MARK,
    AgencyLine,
    ArcRoom,
    Lettering,
    agency_line,
    arc_line,
    fitting_size,
    joined,
    mark_for,
    name_too_long,
    placed_mark,
)
from dxassets.kinds.frame.outlines import PITCH, Composed, reach, rims, ring_path
from dxassets.kinds.frame.ring import INNER_RIM, RING, SIDE
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.ornaments import Motif, Ring, Shape, ring_field
from dxassets.vietnamese import upper

_MARK_HEIGHT, _LARGEST_ABOVE_NAME, _SMALLEST_ABOVE_NAME = 120.0, 106.0, 96.0
_EM, WIDEST = 51.0, 1.2 * pi
_AIR = 9.0
"""Least distance of the mark from the letters below it."""


_RIM_AIR = 8.0
"""What type keeps free of both rims together, at least."""


def name_room(ring: Ring, largest: float = _EM, *, outer: float = 0.0, inner: float = 0.0) -> ArcRoom:
    """Along the top of a ring, so that Ặ clears the hole's edge below and Ẳ the outer edge above.

    `outer` and `inner` are the widths of the rims, where the ring is so slim that they count.
    """
    low, high = ring.inner_at(0) + inner, ring.outer - outer

    def baseline(size: float) -> float:
        ascent, descent = 1.23 * size, 0.25 * size
        return low + descent + 0.56 * (high - low - ascent - descent)

    return ArcRoom(min(largest, floor((high - low - _RIM_AIR) / 1.48)), WIDEST, baseline)


def foot_room(widest: float) -> ArcRoom:
    """Along the lower edge, so that Ặ clears the outer rim below it."""
    return ArcRoom(38.0, widest, lambda size: RING.outer - 17 - 0.25 * size, at_foot=True)


_FOOT = foot_room(0.62 * pi)


def name_line(spec: FrameSpec, room: ArcRoom, shaper: Shaper) -> Lettering:
    """The day's name in capitals; `FitError` when it is too long for its room."""
    size = name_size(spec.day.name, room, shaper)
    return arc_line(upper(spec.day.name), spec.theme.palette.ink, room, shaper, size=size)


def name_size(name: str, room: ArcRoom, shaper: Shaper) -> float:
    """The size in which a day's name stands along the top; `FitError` when it is too long."""
    size = fitting_size(upper(name), room, shaper)
    if size is None:
        raise name_too_long(name)
    return size


def room_of(style: FrameStyle, theme: Theme) -> ArcRoom:
    """Where the day's name stands along the top of the broad ring."""
    del style, theme
    return name_room(RING)


def compose(spec: FrameSpec, motif: Motif, shaper: Shaper) -> Composed:
    """All of the ring."""
    palette = spec.theme.palette
    name = name_line(spec, name_room(RING), shaper)
    agency = agency_line(spec.agency_name, palette.ink_soft, _FOOT, shaper)
    mark = _mark(spec, agency, shaper)
    context: dict[str, object] = {
        "field": flanks(spec, motif, RING, name=name.boxes, foot=agency.lines.boxes, beside=mark.boxes),
        "rims": rims(spec.theme, RING),
        "ring_path": ring_path(RING),
    }
    return Composed(joined((name, agency.lines, mark)), agency, context)


def _mark(spec: FrameSpec, agency: AgencyLine, shaper: Shaper) -> Lettering:
    """The mark at the foot of the ring, above the agency's name if any."""
    text, palette = spec.day.mark, spec.theme.palette
    if text is None:
        return Lettering()
    edge, low = RING.hole_y + RING.hole + INNER_RIM, RING.center + RING.outer
    height = _MARK_HEIGHT
    top = edge + 0.37 * (low - edge - height)
    if agency.lines.areas:
        half = mark_for(text, _LARGEST_ABOVE_NAME, shaper).width / 2
        room = free_above(agency.lines.areas, half, shaper) - edge
        height = min(_LARGEST_ABOVE_NAME, max(_SMALLEST_ABOVE_NAME, room - 22))
        top = edge + max(13.0, 0.5 * (room - height))  # the slash reaches higher than the numerals
    mark = mark_for(text, height, shaper, widest=WIDEST_MARK)
    top += (height - mark.height) / 2
    return placed_mark(mark, top, shaper, ink=palette.ink, bar=palette.bar)


def free_above(foot: tuple[TextArea, ...], half: float, shaper: Shaper) -> float:
    """How far down a box of that half width may reach on the axis, to clear each letter of the lower arc."""
    lowest = RING.center + RING.outer
    for letter in foot:
        nearest = abs(letter.box.center_x - RING.center) - letter.box.width / 2
        if nearest < half + _AIR:
            above = shaper.ink(letter.text, letter.weight).top * letter.size
            far = _FOOT.radius(letter.size) + above - _AIR
            lowest = min(lowest, RING.center + sqrt(far**2 - min(half, nearest + letter.box.width) ** 2))
    return lowest


def flanks(
    spec: FrameSpec,
    motif: Motif,
    ring: Ring,
    *,
    name: list[Box],
    foot: list[Box],
    beside: list[Box],
) -> tuple[Shape, ...]:
    """The modules on both flanks, from what stands at the foot (type, and `beside`) up to the day's name."""
    beside = [_beside(beside)] if beside else []
    end = 0.9 * pi if beside or foot else pi
    if motif.is_whole:  # a woven band ends with a whole figure, not where type cuts it
        band = ring.outer - 3 * PITCH
        ends = [asin((ring.center - box.x) / band) for box in beside]
        ends += [pi - reach(foot[-1:]) + 0.06 for _ in foot[:1]]
        end = pi - max(ends, default=0.0)
    return ring_field(
        ring,
        pitch=PITCH,
        start=min(reach(name) + 0.1, 0.6 * pi),
        end=end,
        motif=motif,
        tones=len(spec.theme.palette.modules),
        seed=f"{spec.day.motif} ring",
        calm=[*beside, *(box.pad(0.5 * PITCH) for box in foot)],
    )


def _beside(marks: list[Box]) -> Box:
    """What the mark keeps free, down to the lower edge."""
    left, top = min(box.x for box in marks), min(box.y for box in marks)
    return Box(left, top, 2 * (RING.center - left), SIDE - top).pad(1.1 * PITCH)
