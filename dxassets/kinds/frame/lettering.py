"""The type of a frame: lines on arcs, and the day's mark, so large that small copies still show them.

Drawn upright; what is turned with its composition is turned as a whole, about the frame's middle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from math import cos, radians, sin

from dxassets.backends.shaper import Shaper
from dxassets.colors import Rgb
from dxassets.errors import FitError, Problem
from dxassets.geometry import Box
from dxassets.jobs import NAME_LEFT_OUT, TextArea
from dxassets.kinds.frame.styles import CENTER
from dxassets.typesetting.blocks import Draft
from dxassets.typesetting.marks import WEIGHT, Mark, fit_mark, place_mark
from dxassets.vietnamese import abbreviated, upper

READ_AT, MARK_SEEN_AT = 170, 40
"""Sides in px of the smallest copies in which the type must be read, and the mark made out."""
READABLE_EM = 38.0
"""Least em of what is read: 5.98 px on the smallest copy."""
WIDEST_MARK = 3.8
"""In heights: the ring curves away below both ends of a wider one. 10/10 takes 3.52."""
_SEEN_SMALL = 78.0
"""Height from which a mark is made out at 40 px; smaller lines of a mark in words are read."""
_WEIGHT = 700
_HEAVY_ENOUGH, _THICKER = 700, 0.0002
"""A mark in a lighter weight is drawn thicker, by so many em for each unit of weight."""


@dataclass(frozen=True, slots=True)
class ArcRoom:
    """Where a line may stand on an arc: sizes, widest angle (rad), and the baseline's radius by size."""

    largest: float
    widest: float
    radius: Callable[[float], float]
    at_foot: bool = False
    smallest: float = READABLE_EM


@dataclass(frozen=True, slots=True)
class Lettering:
    """Type that was set, each area with its outline; `svg` is what is drawn with it and is no type: bars."""

    areas: tuple[TextArea, ...] = ()
    svg: str = ""

    @property
    def boxes(self) -> list[Box]:
        """The boxes of all ink."""
        return [area.box for area in self.areas]


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """The agency's name in the wording that fits; nothing when none does, and the manifest is told."""

    lines: Lettering = field(default_factory=Lettering)
    shown: str | None = None
    notes: tuple[tuple[str, str], ...] = ()


def fitting_size(text: str, room: ArcRoom, shaper: Shaper) -> float | None:
    """The largest size in which capitals stand in that room; None if it would be too small."""
    size = room.largest
    while size >= room.smallest:
        angle = shaper.arc_angle(text, _WEIGHT, radius=room.radius(size), size=size, at_foot=room.at_foot)
        if angle <= room.widest:
            return size
        size -= 1
    return None


def arc_line(text: str, color: Rgb, room: ArcRoom, shaper: Shaper, *, size: float) -> Lettering:
    """A line on an arc, letter by letter."""
    glyphs = shaper.arc_glyphs(
        text,
        _WEIGHT,
        center=(CENTER, CENTER),
        radius=room.radius(size),
        size=size,
        at_foot=room.at_foot,
    )
    letters = [char for char in text if char != " "]
    if len(letters) != len(glyphs):  # a mark that no letter takes in is a glyph of its own, or none
        letters = [text] * len(glyphs)
    # upright boxes round turned letters overlap, so each area knows the whole line; padded, for an
    # upright I fills its own and would show no ground
    line = "".join(svg for svg, _ in glyphs)
    return Lettering(
        tuple(
            TextArea(letter, box.pad(0.08 * size), color, size, _WEIGHT, line, seen_at=READ_AT)
            for letter, (_, box) in zip(letters, glyphs, strict=True)
        )
    )


def name_too_long(name: str) -> FitError:
    """That no composition has room for a day's name."""
    return FitError(
        Problem(
            "",
            f"tên ngày “{name}” quá dài cho vòng khung; hãy rút ngắn",
            f"the day's name {name!r} is too long for the ring; shorten it",
        )
    )


def agency_line(name: str | None, color: Rgb, room: ArcRoom, shaper: Shaper) -> AgencyLine:
    """The agency's name on its arc: smaller, then abbreviated, then left out."""
    if not name:
        return AgencyLine()
    for wording in dict.fromkeys((name, abbreviated(name))):
        size = fitting_size(upper(wording), room, shaper)
        if size is not None:
            lines = arc_line(upper(wording), color, room, shaper, size=size)
            how = "full" if wording == name else "abbreviated"
            return AgencyLine(lines, wording, (("agency_name", how),)) if lines.areas else AgencyLine()
    return AgencyLine(notes=(("agency_name", NAME_LEFT_OUT),))


def mark_for(text: str, height: float, shaper: Shaper, *, widest: float = WIDEST_MARK) -> Mark:
    """The mark in a room of that height, `widest` heights wide, or larger: its small words must be read."""

    def fitted(high: float) -> Mark:
        return fit_mark(text, shaper.measure, width=widest * high, height=high)

    mark = fitted(height)
    digits = shaper.measure("0", WEIGHT)
    least = READABLE_EM * (digits.bottom - digits.top)
    words = min((run.height for run in mark.runs if run.height < _SEEN_SMALL), default=least)
    return mark if words >= least else fitted(height * least / words)


def placed_mark(mark: Mark, top: float, shaper: Shaper, *, ink: Rgb, bar: Rgb) -> Lettering:
    """The mark in the middle, its ink beginning at `top`, with its slanted bars."""
    draft = Draft()
    place_mark(draft, mark, CENTER - mark.width / 2, top, shaper.measure)
    between = "".join(f'<path d="{each.path}"/>' for each in draft.bars)
    areas = tuple(
        TextArea(
            line.text,
            line.ink,
            ink,
            line.size,
            line.weight,
            _thickened(
                shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size),
                ink,
                shaper,
            ),
            seen_at=MARK_SEEN_AT if run.height >= _SEEN_SMALL else READ_AT,
            beside=between,
        )
        for line, run in zip(draft.lines, mark.runs, strict=True)
    )
    return Lettering(areas, "".join(f'<path d="{each.path}" fill="{bar}"/>' for each in draft.bars))


def _thickened(outline: str, ink: Rgb, shaper: Shaper) -> str:
    """A mark's outlines, with a line along them where the brand has no heavy weight: else 40 px lose them."""
    lacking = _HEAVY_ENOUGH - shaper.standing_in(WEIGHT)
    if lacking <= 0:
        return outline
    width = lacking * _THICKER * shaper.font(WEIGHT).units_per_em  # the outlines' own unit
    return f'<g stroke="{ink}" stroke-width="{width:.1f}">{outline}</g>'


def turned(lines: Lettering, degrees: float) -> Lettering:
    """The same lines turned clockwise about the frame's middle."""
    if not degrees or not lines.areas:
        return lines
    head = f'<g transform="rotate({degrees:g} {CENTER:g} {CENTER:g})">'
    whole = {area.outline: f"{head}{area.outline}</g>" for area in lines.areas}
    areas = tuple(
        replace(
            area,
            box=_turned_box(area.box, degrees),
            outline=whole[area.outline],
            beside=f"{head}{area.beside}</g>" if area.beside else "",
        )
        for area in lines.areas
    )
    return Lettering(areas, f"{head}{lines.svg}</g>" if lines.svg else "")


def joined(parts: Sequence[Lettering]) -> Lettering:
    """All lines together."""
    return Lettering(
        tuple(area for part in parts for area in part.areas), "".join(part.svg for part in parts)
    )


def _turned_box(box: Box, degrees: float) -> Box:
    angle = radians(degrees)
    corners = [(x - CENTER, y - CENTER) for x in (box.x, box.right) for y in (box.y, box.bottom)]
    xs = [CENTER + x * cos(angle) - y * sin(angle) for x, y in corners]
    ys = [CENTER + x * sin(angle) + y * cos(angle) for x, y in corners]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
