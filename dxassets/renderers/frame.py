"""The recipe of an avatar frame: a ring or square with a hole for the face, the day's name on the arc.

Drawn on a grid of 1080 units. Facebook and Zalo cut a circle out of the square
that people upload, so a ring keeps all its ink inside that circle; the hole sits
a little high, where a face is, and leaves the foot to the day's mark.
"""

from __future__ import annotations

from math import cos, pi, sin, sqrt
from typing import cast

from dxassets.backends import rasterizer
from dxassets.backends.shaper import Shaper
from dxassets.brand import Palette
from dxassets.errors import FitError, Problem
from dxassets.framing import Opening
from dxassets.geometry import Box
from dxassets.jobs import MEDIA_TYPES, Facts, FrameSpec, Hole, Job, Rendered, TextArea
from dxassets.ornaments import Corner, Ring, Shape, module_field, ring_field
from dxassets.renderers.faces import shaper_of, templates_of
from dxassets.resources import Resources
from dxassets.typesetting.blocks import Draft, place_mark, set_mark
from dxassets.vietnamese import upper

SIDE = 1080.0
RING = Ring(center=SIDE / 2, outer=534.0, hole_y=486.0, hole=382.0)
OPENING = Opening(RING.center / SIDE, RING.hole_y / SIDE, (RING.hole + 4) / SIDE)
"""Where a photo shows: the hole, and half of the rim round it, so that no gap is seen between both."""
MARK_HEIGHT = 116.0
_ARC_SIZE, _ARC_SMALLEST = 49.0, 36.0
_WIDEST_ARC = 1.2 * pi
_CORNERS: tuple[Corner, ...] = ("top-left", "top-right", "bottom-left", "bottom-right")


def render(job: Job, resources: Resources) -> Rendered:
    """The frame as PNG with transparency, or as SVG; `FitError` when the day's name is too long."""
    spec = cast("FrameSpec", job.spec)
    shaper = shaper_of(resources)
    palette = spec.theme.palette
    texts = _arc(spec.day.name, palette, shaper)
    marks, bars = _mark(spec.day.numerals, palette, shaper)
    reach = shaper.arc_angle(upper(spec.day.name), 700, radius=_baseline(texts[0].size), size=texts[0].size)
    ground = templates_of(resources, job.inputs).render(
        f"frame/{spec.style}.svg.j2", _context(spec, palette, reach / 2)
    )
    body = (
        ground + bars + "".join(f'<g fill="{area.color}">{area.outline}</g>' for area in (texts[0], *marks))
    )
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{spec.size}" height="{spec.size}" '
        f'viewBox="0 0 {SIDE:g} {SIDE:g}">{body}</svg>'
    )
    facts = Facts(
        width=spec.size,
        height=spec.size,
        unit="px",
        mode="rgba",
        scale=spec.size / SIDE,
        safe=Box(0, 0, SIDE, SIDE),
        texts=(*texts, *marks),
        hole=Hole(RING.center, RING.hole_y, RING.hole, RING.outer if spec.style == "ring" else None),
    )
    if spec.format == "svg":
        return Rendered(svg.encode(), MEDIA_TYPES["svg"], facts)
    encoded = rasterizer.encode_pixels(rasterizer.svg_to_pixels(svg, alpha=True), "png", None)
    data = encoded.data if encoded else b""
    return Rendered(data, MEDIA_TYPES["png"], facts)


def _baseline(size: float) -> float:
    """Radius of the arc's baseline, so that Ặ clears the hole's edge below and Ẳ the outer edge above."""
    ascent, descent = 1.23 * size, 0.25 * size
    spare = RING.outer - RING.inner_at(0) - ascent - descent
    return RING.inner_at(0) + descent + 0.56 * spare


def _arc(name: str, palette: Palette, shaper: Shaper) -> tuple[TextArea, ...]:
    """The day's name in capitals along the top, as large as the ring's thickness and a good angle allow."""
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
    glyphs = shaper.arc_glyphs(
        text, 700, center=(RING.center, RING.center), radius=_baseline(size), size=size
    )
    letters = [char for char in text if char != " "]
    # upright boxes round turned letters overlap, so each area knows the whole line
    line = "".join(svg for svg, _ in glyphs)
    return tuple(
        TextArea(letter, box, palette.ink, size, 700, line)
        for letter, (_, box) in zip(letters, glyphs, strict=True)
    )


def _mark(numerals: str, palette: Palette, shaper: Shaper) -> tuple[tuple[TextArea, ...], str]:
    """The numerals at the foot of the ring, and the SVG of their bar."""
    mark = set_mark(numerals, MARK_HEIGHT, shaper.measure)
    foot_of_hole = RING.hole_y + RING.hole
    top = foot_of_hole + (RING.center + RING.outer - foot_of_hole - MARK_HEIGHT) * 0.36
    draft = Draft()
    place_mark(draft, mark, RING.center - mark.width / 2, top, shaper.measure)
    areas = tuple(
        TextArea(
            line.text,
            line.ink,
            palette.ink,
            line.size,
            line.weight,
            shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size),
        )
        for line in draft.lines
    )
    bars = "".join(
        f'<path d="M{"L".join(f"{x:.2f} {y:.2f}" for x, y in bar.points)}z" fill="{palette.bar}"/>'
        for bar in draft.bars
    )
    return areas, bars


def _context(spec: FrameSpec, palette: Palette, half_arc: float) -> dict[str, object]:
    """What a frame's template may use."""
    field = ring_field(
        RING,
        pitch=27.0,
        start=min(half_arc + 0.12, 0.6 * pi),
        end=0.8 * pi,
        motif=spec.day.motif,
        tones=len(palette.modules),
        seed=f"{spec.theme.id} {spec.day.motif} ring",
    )
    return {
        "side": SIDE,
        "ring": RING,
        "palette": palette,
        "field": field,
        "corners": _corners(spec, palette) if spec.style == "square" else (),
        "ring_path": _circle(RING.center, RING.center, RING.outer)
        + _circle(RING.center, RING.hole_y, RING.hole),
        "square_path": f"M0 0H{SIDE:g}V{SIDE:g}H0z" + _circle(RING.center, RING.hole_y, RING.hole),
    }


def _corners(spec: FrameSpec, palette: Palette) -> tuple[tuple[Shape, ...], ...]:
    """Modules in the four corners, outside the circle that a profile picture is cut to."""
    inside = SIDE / 2 * (1 + 1 / sqrt(2)) - SIDE * 0.02
    box = Box(0, 0, SIDE, SIDE)
    calm = [Box(SIDE - inside, SIDE - inside, 2 * inside - SIDE, 2 * inside - SIDE)]
    # boxes along the circle keep the modules off the arc
    for step in range(64):
        angle = step * 2 * pi / 64
        x, y = SIDE / 2 + sin(angle) * 520, SIDE / 2 - cos(angle) * 520
        calm.append(Box(x - 26, y - 26, 52, 52))
    return tuple(
        module_field(
            box,
            corner,
            pitch=27.0,
            reach=165.0,
            motif=spec.day.motif,
            tones=len(palette.modules),
            seed=f"{spec.theme.id} {spec.day.motif} {corner}",
            strength=0.9,
            calm=calm,
        )
        for corner in _CORNERS
    )


def _circle(x: float, y: float, radius: float) -> str:
    """A circle as a closed path."""
    return (
        f"M{x - radius:g} {y:g}a{radius:g} {radius:g} 0 1 0 {2 * radius:g} 0"
        f"a{radius:g} {radius:g} 0 1 0 {-2 * radius:g} 0z"
    )
