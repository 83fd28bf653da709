"""The recipe of an avatar frame: a ring or square with a hole for the face, type set on the arc.

Drawn on a grid of 1080 units. Facebook and Zalo cut a circle out of the square
that people upload, so a ring keeps all its ink inside that circle; the hole sits
a little high, where a face is, and leaves the foot to the day's mark. The day's
name stands on the upper arc, the agency's short name (if any) on the lower one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, atan2, cos, pi, sin, sqrt

from dxassets.backends import rasterizer
from dxassets.backends.shaper import Shaper
from dxassets.brand import Palette, Theme
from dxassets.colors import Rgb, contrast, luminance, mix
from dxassets.errors import FitError, Problem
from dxassets.geometry import Box
from dxassets.jobs import MEDIA_TYPES, NAME_LEFT_OUT, Facts, Hole, Job, Rendered, TextArea
from dxassets.kinds.frame.ring import INNER_RIM, RING, SIDE
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.frame.words import frame_alt
from dxassets.ornaments import Motif, Shape, module_field, ring_field
from dxassets.renderers.faces import shaper_of, templates_of
from dxassets.renderers.motifs import motif_of
from dxassets.renderers.svg import language
from dxassets.resources import Resources
from dxassets.typesetting.blocks import Draft
from dxassets.typesetting.marks import Mark, fit_mark, place_mark
from dxassets.vietnamese import abbreviated, upper

READ_AT, MARK_SEEN_AT = 200, 40
"""Sides in px of the copies in which the type must be read, and the mark made out."""
MARK_HEIGHT, _LARGEST_ABOVE_NAME, _SMALLEST_ABOVE_NAME = 120.0, 106.0, 96.0
_WIDEST_MARK = 3.8
"""In heights: the ring curves away below both ends of a wider one. 10/10 takes 3.52."""
_SEEN_SMALL = 78.0
"""Height from which a mark is made out at 40 px; smaller lines of a mark in words are read at 200."""
_ARC_SIZE, _ARC_SMALLEST, _WIDEST_ARC = 51.0, 39.0, 1.2 * pi
_FOOT_SIZE, _FOOT_SMALLEST, _WIDEST_FOOT = 38.0, 32.0, 0.62 * pi
_PITCH = 26.0
_AIR = 9.0
"""Least distance of the mark from the letters below it."""
_ON_WHITE = 3.0
"""A ground with less contrast than this vanishes on a white page: its outer rim is a broad one."""
_CORNER_STEP = 1.35
"""Contrast of a square's corners with the ring, so that the circle is seen."""


@dataclass(frozen=True, slots=True)
class Rim:
    """A circular line: its middle, the radius of its centre line, and its width."""

    x: float
    y: float
    radius: float
    width: float
    color: Rgb


@dataclass(frozen=True, slots=True)
class _Foot:
    """The agency's name on the lower arc, in the wording that fits; nothing when none does."""

    shown: str | None = None
    areas: tuple[TextArea, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


def render(job: Job[FrameSpec], resources: Resources) -> Rendered:
    """The frame as PNG with transparency, or as SVG; `FitError` when the day's name is too long."""
    spec = job.spec
    shaper = shaper_of(resources)
    palette = spec.theme.palette
    name = _arc(spec.day.name, palette, shaper)
    foot = _foot(spec.agency_name, palette, shaper)
    marks, bars = _mark(spec.day.mark, palette, shaper, foot.areas)
    texts = (*name, *foot.areas, *marks)
    motif = motif_of(resources, spec.day.motif)
    context = _context(spec, motif, _field(spec, motif, texts))
    ground = templates_of(resources, job.inputs).render(f"frame/{spec.style}.svg.j2", context)
    outlines = dict.fromkeys((area.outline, area.color) for area in texts)  # letters of one arc share theirs
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {language(spec.day.lang)} '
        f'width="{spec.size}" height="{spec.size}" '
        f'viewBox="0 0 {SIDE:g} {SIDE:g}">{ground}{bars}'
        + "".join(f'<g fill="{color}">{outline}</g>' for outline, color in outlines)
        + "</svg>"
    )
    facts = Facts(
        width=spec.size,
        height=spec.size,
        unit="px",
        mode="rgba",
        scale=spec.size / SIDE,
        safe=Box(0, 0, SIDE, SIDE),
        texts=texts,
        hole=Hole(RING.center, RING.hole_y, RING.hole, RING.outer if spec.style == "ring" else None),
        notes=foot.notes,
    )
    alt = None if foot.shown == spec.agency_name else frame_alt(spec, foot.shown)
    if spec.format == "svg":
        return Rendered(svg.encode(), MEDIA_TYPES["svg"], facts, alt=alt)
    encoded = rasterizer.encode_pixels(rasterizer.svg_to_pixels(svg, alpha=True), "png", None)
    data = encoded.data if encoded else b""
    return Rendered(data, MEDIA_TYPES["png"], facts, alt=alt)


def _baseline(size: float) -> float:
    """Radius of the upper baseline, so that Ặ clears the hole's edge below and Ẳ the outer edge above."""
    ascent, descent = 1.23 * size, 0.25 * size
    spare = RING.outer - RING.inner_at(0) - ascent - descent
    return RING.inner_at(0) + descent + 0.56 * spare


def _arc(name: str, palette: Palette, shaper: Shaper) -> tuple[TextArea, ...]:
    """The day's name in capitals along the top, as large as the ring's thickness and a good angle allow."""
    size = size_on_arc(name, shaper)
    return _set(upper(name), palette.ink, shaper, radius=_baseline(size), size=size)


def size_on_arc(name: str, shaper: Shaper) -> float:
    """The size in which a day's name stands along the top; `FitError` when it is too long."""
    text = upper(name)
    size = _ARC_SIZE
    while shaper.arc_angle(text, 700, radius=_baseline(size), size=size) > _WIDEST_ARC:
        size -= 1
        if size < _ARC_SMALLEST:
            raise FitError(
                Problem(
                    "",
                    f"tên ngày “{name}” quá dài cho vòng khung; hãy rút ngắn",
                    f"the day's name {name!r} is too long for the ring; shorten it",
                )
            )
    return size


def _foot(name: str | None, palette: Palette, shaper: Shaper) -> _Foot:
    """The agency's name along the bottom: smaller, then abbreviated, then left out; the manifest is told."""
    if not name:
        return _Foot()
    for wording in dict.fromkeys((name, abbreviated(name))):
        text = upper(wording)
        size = _FOOT_SIZE
        while size >= _FOOT_SMALLEST:
            radius = _foot_radius(size)
            if shaper.arc_angle(text, 700, radius=radius, size=size, at_foot=True) <= _WIDEST_FOOT:
                areas = _set(text, palette.ink_soft, shaper, radius=radius, size=size, at_foot=True)
                how = "full" if wording == name else "abbreviated"
                return _Foot(wording, areas, (("agency_name", how),)) if areas else _Foot()
            size -= 1
    return _Foot(notes=(("agency_name", NAME_LEFT_OUT),))


def _foot_radius(size: float) -> float:
    """Radius of the lower baseline, so that Ặ clears the outer rim below it."""
    return RING.outer - 17 - 0.25 * size


def _set(
    text: str, color: Rgb, shaper: Shaper, *, radius: float, size: float, at_foot: bool = False
) -> tuple[TextArea, ...]:
    """A line on an arc, letter by letter."""
    middle = (RING.center, RING.center)
    glyphs = shaper.arc_glyphs(text, 700, center=middle, radius=radius, size=size, at_foot=at_foot)
    letters = [char for char in text if char != " "]
    if len(letters) != len(glyphs):  # a mark that no letter takes in is a glyph of its own, or none
        letters = [text] * len(glyphs)
    # upright boxes round turned letters overlap, so each area knows the whole line; padded, for an
    # upright I fills its own and would show no ground
    line = "".join(svg for svg, _ in glyphs)
    return tuple(
        TextArea(letter, box.pad(0.08 * size), color, size, 700, line, seen_at=READ_AT)
        for letter, (_, box) in zip(letters, glyphs, strict=True)
    )


def _mark(
    text: str | None, palette: Palette, shaper: Shaper, foot: tuple[TextArea, ...]
) -> tuple[tuple[TextArea, ...], str]:
    """The mark at the foot of the ring, above the agency's name if any, and the SVG of its bars."""
    if text is None:
        return (), ""
    edge, low = RING.hole_y + RING.hole + INNER_RIM, RING.center + RING.outer
    height = MARK_HEIGHT
    top = edge + 0.37 * (low - edge - height)
    if foot:
        half = _at_foot(text, _LARGEST_ABOVE_NAME, shaper).width / 2
        room = _free_above(foot, half, shaper) - edge
        height = min(_LARGEST_ABOVE_NAME, max(_SMALLEST_ABOVE_NAME, room - 22))
        top = edge + max(13.0, 0.5 * (room - height))  # the slash reaches higher than the numerals
    mark = _at_foot(text, height, shaper)
    top += (height - mark.height) / 2
    draft = Draft()
    place_mark(draft, mark, RING.center - mark.width / 2, top, shaper.measure)
    between = "".join(f'<path d="{bar.path}"/>' for bar in draft.bars)
    areas = tuple(
        TextArea(
            line.text,
            line.ink,
            palette.ink,
            line.size,
            line.weight,
            shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size),
            seen_at=MARK_SEEN_AT if run.height >= _SEEN_SMALL else READ_AT,
            beside=between,
        )
        for line, run in zip(draft.lines, mark.runs, strict=True)
    )
    return areas, "".join(f'<path d="{bar.path}" fill="{palette.bar}"/>' for bar in draft.bars)


def _at_foot(text: str, height: float, shaper: Shaper) -> Mark:
    """The mark in a room as wide as the widest date: the flanks belong to the modules."""
    widest = _WIDEST_MARK * height
    return fit_mark(text, shaper.measure, width=widest, height=height)


def _free_above(foot: tuple[TextArea, ...], half: float, shaper: Shaper) -> float:
    """How far down a box of that half width may reach on the axis, to clear each letter of the lower arc."""
    lowest = RING.center + RING.outer
    for letter in foot:
        nearest = abs(letter.box.center_x - RING.center) - letter.box.width / 2
        if nearest < half + _AIR:
            reach = (
                _foot_radius(letter.size) + shaper.ink(letter.text, letter.weight).top * letter.size - _AIR
            )
            lowest = min(lowest, RING.center + sqrt(reach**2 - min(half, nearest + letter.box.width) ** 2))
    return lowest


def _field(spec: FrameSpec, motif: Motif, texts: tuple[TextArea, ...]) -> tuple[Shape, ...]:
    """The modules on both flanks, from the type at the foot up to the day's name."""
    marks = [area.box for area in texts if area.seen_at == MARK_SEEN_AT]
    arcs = [area.box for area in texts if area.seen_at == READ_AT]
    name, foot = [box for box in arcs if box.y < RING.center], [box for box in arcs if box.y > RING.center]
    beside = [_beside(marks)] if marks else []
    end = 0.9 * pi if beside or foot else pi
    if motif.is_whole:  # a woven band ends with a whole figure, not where type cuts it
        band = RING.outer - 3 * _PITCH
        ends = [asin((RING.center - box.x) / band) for box in beside]
        ends += [pi - _reach(foot[-1:]) + 0.06 for _ in foot[:1]]
        end = pi - max(ends, default=0.0)
    return ring_field(
        RING,
        pitch=_PITCH,
        start=min(_reach(name) + 0.1, 0.6 * pi),
        end=end,
        motif=motif,
        tones=len(spec.theme.palette.modules),
        seed=f"{spec.day.motif} ring",
        calm=[*beside, *(box.pad(0.5 * _PITCH) for box in foot)],
    )


def _beside(marks: list[Box]) -> Box:
    """What the mark keeps free, down to the lower edge."""
    left, top = min(box.x for box in marks), min(box.y for box in marks)
    return Box(left, top, 2 * (RING.center - left), SIDE - top).pad(1.1 * _PITCH)


def _reach(boxes: list[Box]) -> float:
    """The angle from straight up of the last letter of an arc, in radians."""
    return atan2(boxes[-1].right - RING.center, RING.center - boxes[-1].center_y)


def _context(spec: FrameSpec, motif: Motif, field: tuple[Shape, ...]) -> dict[str, object]:
    """What a frame's template may use."""
    hole = _circle(RING.center, RING.hole_y, RING.hole + INNER_RIM / 2)
    return {
        "side": SIDE,
        "palette": spec.theme.palette,
        "field": field,
        "rims": _rims(spec.theme),
        "corner": _corner_ground(spec.theme.palette),
        "corners": _corners(spec, motif) if spec.style == "square" else (),
        # grounds end under the middle of a rim: two edges on one line would let the dark one shine through
        "ring_path": _circle(RING.center, RING.center, RING.outer - 1) + hole,
        "square_path": f"M0 0H{SIDE:g}V{SIDE:g}H0z" + hole,
    }


def _rims(theme: Theme) -> tuple[Rim, ...]:
    """The lines round the hole and at the outer edge, in the colour of the theme's border if it has one."""
    palette = theme.palette
    inner, outer = theme.border or palette.bar, theme.border or palette.accent
    width = 12.0 if _is_pale(palette) else 5.0
    middle = RING.center
    return (
        Rim(middle, RING.hole_y, RING.hole + INNER_RIM / 2, INNER_RIM, inner),
        Rim(middle, middle, RING.outer - width / 2, width, outer),
    )


def _corner_ground(palette: Palette) -> Rgb:
    """The ground of a square's corners: deeper (on white, tinted) until it stands out from the ring."""
    ring = palette.ground[0]
    deep = palette.accent if _is_pale(palette) else palette.band.ground
    for step in range(1, 21):
        color = mix(ring, deep, step / 20)
        if contrast(luminance(color), luminance(ring)) >= _CORNER_STEP:
            return color
    return deep


def _is_pale(palette: Palette) -> bool:
    """Whether the ring would vanish on a white page."""
    return contrast(luminance(palette.ground[0]), 1.0) < _ON_WHITE


def _corners(spec: FrameSpec, motif: Motif) -> tuple[Shape, ...]:
    """Modules in the four corners, each a mirror image, outside the circle that a picture is cut to."""
    inside = SIDE / 2 * (1 + 1 / sqrt(2)) - SIDE * 0.02
    calm = [Box(SIDE - inside, SIDE - inside, 2 * inside - SIDE, 2 * inside - SIDE)]
    # boxes along the circle keep the modules off its rim
    for step in range(64):
        angle = step * 2 * pi / 64
        x, y = SIDE / 2 + sin(angle) * 522, SIDE / 2 - cos(angle) * 522
        calm.append(Box(x - 26, y - 26, 52, 52))
    fields = (
        module_field(
            Box(0, 0, SIDE, SIDE),
            corner,
            pitch=_PITCH,
            reach=250.0,
            motif=motif,
            tones=len(spec.theme.palette.modules),
            seed=f"{spec.day.motif} corner",
            strength=0.9,
            calm=calm,
        )
        for corner in ("top-left", "top-right", "bottom-left", "bottom-right")
    )
    return tuple(shape for field in fields for shape in field)


def _circle(x: float, y: float, radius: float) -> str:
    """A circle as a closed path."""
    return (
        f"M{x - radius:g} {y:g}a{radius:g} {radius:g} 0 1 0 {2 * radius:g} 0"
        f"a{radius:g} {radius:g} 0 1 0 {-2 * radius:g} 0z"
    )
