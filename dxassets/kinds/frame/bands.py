"""A band at the foot, above which the head stands before the ring's open top; and a corner ribbon.

The band's upper edge is an arc of a large circle. Its type stands on arcs along the picture's lower edge,
the day's mark above it. A ribbon is the same, all but straight, and turned into a corner.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from math import acos, cos, hypot, pi, sin

from dxassets.backends.shaper import Shaper
from dxassets.brand import FrameStyle
from dxassets.jobs import NAME_LEFT_OUT
from dxassets.kinds.frame.lettering import (
    READABLE_EM,
    AgencyLine,
    ArcRoom,
    Lettering,
    arc_line,
    fitting_size,
    joined,
    mark_for,
    name_too_long,
    placed_mark,
    turned,
)
from dxassets.kinds.frame.outlines import PITCH, Composed, edge_color, is_pale, outer_rim, rim_color
from dxassets.kinds.frame.ring import RING
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.frame.styles import CENTER, STYLE_OF
from dxassets.ornaments import Motif, Ring, Shape, ring_field
from dxassets.ornaments.model import Spot
from dxassets.vietnamese import abbreviated, upper

OUTER = RING.outer
_EM = 48.0
_LOW = 20.0
"""Least distance of type from the outer edge, and from the band's upper one."""
_ASCENT, _DESCENT, _LEADING = 1.23, 0.25, 1.5
_AGENCY, _APART = 38.0, 7.0
"""The agency's em, and what lies between it and the day."""
_HORNS_END = 2.52
"""The angle from straight up to which modules stand; nearer to the middle there is type."""
_OPEN = Ring(center=CENTER, outer=OUTER, hole_y=519.0, hole=523.0)
"""The thin ring that the band's ends run out into; its top is open."""


@dataclass(frozen=True, slots=True)
class _BandSizes:
    """What tells a band from a ribbon: the mark's sizes (alone, above a second line), and where it stands.

    `agency` is how an agency's name is tried: by how much all stands higher for it, and in how many lines.
    """

    mark: float
    mark_above: float
    below_edge: float
    ribbon: float = 0.0
    most_lines: int = 2
    agency: tuple[tuple[float, int], ...] = ((0.0, 1),)


_HIGHER = 42.0
"""How much higher a ribbon reaches where an agency's name is long; the photo keeps its three fifths."""


_SIZES: Mapping[FrameStyle, _BandSizes] = {
    "foot": _BandSizes(mark=124.0, mark_above=110.0, below_edge=30.0),
    "ribbon": _BandSizes(
        mark=120.0,
        mark_above=120.0,
        below_edge=13.0,
        ribbon=152.0,
        most_lines=3,
        agency=((0.0, 1), (_HIGHER, 1), (_HIGHER, 2)),
    ),
}


def compose(spec: FrameSpec, motif: Motif, shaper: Shaper) -> Composed:
    """All of the band or ribbon."""
    style, look, palette = STYLE_OF[spec.style], _SIZES[spec.style], spec.theme.palette
    setting = name_setting(spec.day.name, spec.style, shaper)
    names = [arc_line(line, palette.ink, room, shaper, size=setting.size) for line, room in setting.lines]
    agency, lift = _agency(spec, names, shaper)
    ring, edge = _raised(style.ring, lift), _raised(_lower_edge(spec.style), lift)
    is_low = len(names) > 1 or bool(agency.lines.areas)
    mark = _mark(spec, ring, look, shaper, is_low=is_low)
    lines = joined([turned(each, style.turn) for each in (*names, agency.lines, mark)])
    context: dict[str, object] = {
        "band": lune_path(edge),
        "ribbon": _between(ring, edge) if look.ribbon else "",
        "edge": _edge_path(ring, OUTER - 6),
        "rim": _rim_path(ring, spec),
        "rim_width": outer_rim(spec.theme, ring).width,
        "open": lune_path(_OPEN),
        "open_color": edge_color(spec.theme) if is_pale(palette) else rim_color(spec.theme),
        "rim_color": rim_color(spec.theme),
        "outer_color": edge_color(spec.theme),
        "field": () if look.ribbon else _horns(spec, motif, ring, lines),
        "figures": _beside_mark(motif, mark, ring, look.ribbon) if look.ribbon else (),
    }
    return Composed(lines, agency, context, lift)


def _rooms(edge: Ring, count: int, largest: float) -> list[ArcRoom]:
    """Arcs for that many lines below a band's upper edge, from the innermost, which is read first."""

    def room(at: int) -> ArcRoom:
        def radius(size: float) -> float:
            return OUTER - _LOW - _DESCENT * size - (count - 1 - at) * _LEADING * size

        top = radius(largest) - _ASCENT * largest
        return ArcRoom(largest, 2 * _free(edge, top), radius, at_foot=True)

    return [room(at) for at in range(count)]


def _free(edge: Ring, radius: float) -> float:
    """How far from straight down a circle of that radius stays below the band's upper edge (rad)."""
    angle = 0.0
    while angle < 0.48 * pi and edge.inner_at(pi - angle - 0.01) <= radius - _LOW:
        angle += 0.01
    return angle


@dataclass(frozen=True, slots=True)
class NameSetting:
    """A day's name in one line or more, the innermost first, each with its room; all in one size."""

    size: float
    lines: tuple[tuple[str, ArcRoom], ...]


def name_setting(name: str, style: FrameStyle, shaper: Shaper) -> NameSetting:
    """The day's name in capitals, in as few lines as take it; `FitError` when none do."""
    words, edge = upper(name).split(), _lower_edge(style)
    for count in range(1, _SIZES[style].most_lines + 1):
        size = _EM
        while size >= READABLE_EM:
            rooms = _rooms(edge, count, size)
            for lines in _broken(words, count):
                pairs = tuple(zip(lines, rooms, strict=True))
                if all(fitting_size(line, room, shaper) == size for line, room in pairs):
                    return NameSetting(size, pairs)
            size -= 1
    raise name_too_long(name)


def _lower_edge(style: FrameStyle) -> Ring:
    """The edge below which the day's name stands: a band's upper one, a ribbon's lower one."""
    return _raised(STYLE_OF[style].ring, -_SIZES[style].ribbon)


def _raised(edge: Ring, lift: float) -> Ring:
    return replace(edge, hole_y=edge.hole_y - lift)


def _broken(words: list[str], count: int) -> list[list[str]]:
    """Every way to set the words in that many lines, the most even ones first."""
    ways: list[list[str]] = []
    for breaks in combinations(range(1, len(words)), count - 1):
        edges = (0, *breaks, len(words))
        ways.append([" ".join(words[start:end]) for start, end in pairwise(edges)])
    return sorted(ways, key=lambda lines: max(map(len, lines)) - min(map(len, lines)))


def _agency(spec: FrameSpec, names: list[Lettering], shaper: Shaper) -> tuple[AgencyLine, float]:
    """The agency's name between mark and day, and by how much all stands higher for it.

    Left out where the day takes more than a line.
    """
    if not spec.agency_name:
        return AgencyLine(), 0.0
    left_out = AgencyLine(notes=(("agency_name", NAME_LEFT_OUT),)), 0.0
    if len(names) > 1:
        return left_out
    size, lower = names[0].areas[0].size, _lower_edge(spec.style)
    for wording in dict.fromkeys((spec.agency_name, abbreviated(spec.agency_name))):
        for lift, count in _SIZES[spec.style].agency:
            rooms = _agency_rooms(_raised(lower, lift), count, below=size)
            for texts in _broken(upper(wording).split(), count):
                pairs = tuple(zip(texts, rooms, strict=True))
                if all(fitting_size(text, room, shaper) for text, room in pairs):
                    color = spec.theme.palette.ink_soft
                    lines = joined(
                        [arc_line(text, color, room, shaper, size=_AGENCY) for text, room in pairs]
                    )
                    how = "full" if wording == spec.agency_name else "abbreviated"
                    return AgencyLine(lines, wording, (("agency_name", how),)), lift
    return left_out


def _agency_rooms(edge: Ring, count: int, *, below: float) -> list[ArcRoom]:
    """Arcs for an agency's name above the day's, whose em is `below`, from the innermost, read first."""

    def room(at: int) -> ArcRoom:
        lines = (_DESCENT + _ASCENT) * (below + (count - 1 - at) * _AGENCY)
        baseline = OUTER - _LOW - lines - _APART - _DESCENT * _AGENCY
        widest = 2 * _free(edge, baseline - _ASCENT * _AGENCY)
        return ArcRoom(_AGENCY, widest, lambda _: baseline, at_foot=True)

    return [room(at) for at in range(count)]


def _mark(spec: FrameSpec, edge: Ring, look: _BandSizes, shaper: Shaper, *, is_low: bool) -> Lettering:
    """The day's mark below the band's upper edge, or on the ribbon."""
    text, palette = spec.day.mark, spec.theme.palette
    if text is None:
        return Lettering()
    height = look.mark_above if is_low else look.mark
    mark = mark_for(text, height, shaper)
    top = edge.hole_y + edge.hole + look.below_edge + (height - mark.height) / 2
    if look.ribbon:
        return placed_mark(mark, top, shaper, ink=palette.badge_ink, bar=palette.badge_ink)
    return placed_mark(mark, top, shaper, ink=palette.ink, bar=palette.bar)


def _horns(spec: FrameSpec, motif: Motif, ring: Ring, lines: Lettering) -> tuple[Shape, ...]:
    """Modules in the band's two ends, dissolving upwards, clear of all type."""
    return ring_field(
        ring,
        pitch=PITCH,
        start=1.5,
        end=_HORNS_END,
        motif=motif,
        tones=len(spec.theme.palette.modules),
        seed=f"{spec.day.motif} foot",
        calm=[box.pad(0.9 * PITCH) for box in lines.boxes],
    )


def _beside_mark(motif: Motif, mark: Lettering, edge: Ring, ribbon: float) -> tuple[tuple[str, float], ...]:
    """A row of the day's motif on the ribbon, on both sides of the mark, fainter towards its ends.

    So far away and so faint that it doesn't run into the mark where all of it is 40 px.
    """
    cell = 0.36 * ribbon
    middle = edge.hole_y + edge.hole + ribbon / 2
    half = max((box.right for box in mark.boxes), default=CENTER + 0.2 * cell) - CENTER
    found: list[tuple[str, float]] = []
    for at in range(6):
        away = half + (1.3 + 1.2 * at) * cell
        if hypot(away + cell, middle - CENTER) > OUTER:
            break  # apps cut it off
        for side in (-1, 1):
            spot = Spot(CENTER + side * away, middle, 1.0, 0.0, 0.6, 0.5)
            found.append((motif.module(spot, cell), round(0.5 - 0.07 * at, 2)))
    return tuple(found)


def lune_path(ring: Ring) -> str:
    """What of the outer circle lies outside the hole, which reaches beyond its top."""
    outer = OUTER - 1
    (ax, ay), (bx, _) = _ends(ring, outer)
    large = int(ay < ring.hole_y)
    low = int(ay < CENTER)
    return (
        f"M{ax:.2f} {ay:.2f}A{outer:g} {outer:g} 0 {low} 1 {bx:.2f} {ay:.2f}"
        f"A{ring.hole:g} {ring.hole:g} 0 {large} 0 {ax:.2f} {ay:.2f}z"
    )


def _edge_path(ring: Ring, outer: float) -> str:
    """The band's upper edge as a line."""
    (ax, ay), (bx, _) = _ends(ring, outer)
    return f"M{bx:.2f} {ay:.2f}A{ring.hole:g} {ring.hole:g} 0 {int(ay < ring.hole_y)} 0 {ax:.2f} {ay:.2f}"


def _rim_path(ring: Ring, spec: FrameSpec) -> str:
    """The line at the outer edge, from one end of the band to the other."""
    far = outer_rim(spec.theme, ring).radius
    (ax, ay), (bx, _) = _ends(ring, far)
    return f"M{ax:.2f} {ay:.2f}A{far:g} {far:g} 0 {int(ay < CENTER)} 1 {bx:.2f} {ay:.2f}"


def _between(upper_edge: Ring, lower_edge: Ring) -> str:
    """The stripe between two edges, inside the outer circle."""
    outer = OUTER - 1
    (ax, ay), (bx, _) = _ends(upper_edge, outer)
    (cx, cy), (dx, _) = _ends(lower_edge, outer)
    return (
        f"M{bx:.2f} {ay:.2f}A{upper_edge.hole:g} {upper_edge.hole:g} 0 0 0 {ax:.2f} {ay:.2f}"
        f"A{outer:g} {outer:g} 0 0 1 {cx:.2f} {cy:.2f}"
        f"A{lower_edge.hole:g} {lower_edge.hole:g} 0 0 1 {dx:.2f} {cy:.2f}"
        f"A{outer:g} {outer:g} 0 0 1 {bx:.2f} {ay:.2f}z"
    )


def _ends(ring: Ring, outer: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Where a hole's circle cuts the outer one: the right end and the left one."""
    lift = ring.center - ring.hole_y
    along = (lift**2 + outer**2 - ring.hole**2) / (2 * lift)
    angle = acos(max(-1.0, min(1.0, along / outer)))
    x, y = sin(angle) * outer, CENTER - cos(angle) * outer
    return (CENTER + x, y), (CENTER - x, y)
