"""The recipe of an avatar frame: a composition with an opening for a face, type set on arcs.

Drawn on a grid of 1080 units. Facebook and Zalo cut a circle out of the square that people upload, so all but
a square's corners keeps inside that circle. Which compositions there are stands in `styles`, one room each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dxassets.backends import rasterizer
from dxassets.backends.shaper import Shaper
from dxassets.brand import FrameStyle, Theme
from dxassets.geometry import Box
from dxassets.jobs import MEDIA_TYPES, Facts, Hole, Job, Rendered
from dxassets.kinds.frame import bands, rings, slim, woven
from dxassets.kinds.frame.lettering import ArcRoom
from dxassets.kinds.frame.outlines import Composed
from dxassets.kinds.frame.ring import SIDE
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.frame.styles import STYLE_OF
from dxassets.kinds.frame.words import frame_alt
from dxassets.ornaments import Motif
from dxassets.renderers.faces import shaper_of, templates_of
from dxassets.renderers.motifs import motif_of
from dxassets.renderers.svg import language
from dxassets.resources import Resources

_COMPOSED: Mapping[FrameStyle, Callable[[FrameSpec, Motif, Shaper], Composed]] = {
    "foot": bands.compose,
    "badge": slim.compose,
    "woven": woven.compose,
    "ribbon": bands.compose,
    "ring": rings.compose,
    "square": slim.compose,
}
_ROOMS: Mapping[FrameStyle, Callable[[FrameStyle, Theme], ArcRoom]] = {
    "badge": slim.room_of,
    "woven": woven.room_of,
    "ring": rings.room_of,
    "square": slim.room_of,
}
"""Where the day's name stands in compositions that have it in one line along the top."""


def composed(spec: FrameSpec, resources: Resources) -> Composed:
    """The composition of a frame; `FitError` when the day's name is too long for it."""
    return _COMPOSED[spec.style](spec, motif_of(resources, spec.day.motif), shaper_of(resources))


def check_name(name: str, style: FrameStyle, theme: Theme, shaper: Shaper) -> None:
    """`FitError` when a day's name is too long for that composition."""
    if style in _ROOMS:
        rings.name_size(name, _ROOMS[style](style, theme), shaper)
    else:
        bands.name_setting(name, style, shaper)


def render(job: Job[FrameSpec], resources: Resources) -> Rendered:
    """The frame as PNG with transparency, or as SVG; `FitError` when the day's name is too long."""
    spec = job.spec
    made = composed(spec, resources)
    svg = _svg(job, made, resources)
    style = STYLE_OF[spec.style]
    clear = style.clear_above(made.lift)
    facts = Facts(
        width=spec.size,
        height=spec.size,
        unit="px",
        mode="rgba",
        scale=spec.size / SIDE,
        safe=Box(0, 0, SIDE, SIDE),
        texts=made.lines.areas,
        hole=Hole(
            clear.x,
            clear.y,
            clear.radius,
            style.ring.outer if style.is_round else None,
            style.least_photo,
        ),
        notes=made.agency.notes,
    )
    alt = None if made.agency.shown == spec.agency_name else frame_alt(spec, made.agency.shown)
    if spec.format == "svg":
        return Rendered(svg.encode(), MEDIA_TYPES["svg"], facts, alt=alt)
    encoded = rasterizer.encode_pixels(rasterizer.svg_to_pixels(svg, alpha=True), "png", None)
    data = encoded.data if encoded else b""
    return Rendered(data, MEDIA_TYPES["png"], facts, alt=alt)


def _svg(job: Job[FrameSpec], made: Composed, resources: Resources) -> str:
    """Ground and ornaments by the style's template, the type over them."""
    spec = job.spec
    context = {"side": SIDE, "palette": spec.theme.palette, "turn": STYLE_OF[spec.style].turn, **made.context}
    ground = templates_of(resources, job.inputs).render(f"frame/{spec.style}.svg.j2", context)
    outlines = dict.fromkeys((area.outline, area.color) for area in made.lines.areas)  # an arc's are shared
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {language(spec.day.lang)} '
        f'width="{spec.size}" height="{spec.size}" '
        f'viewBox="0 0 {SIDE:g} {SIDE:g}">{ground}{made.lines.svg}'
        + "".join(f'<g fill="{color}">{outline}</g>' for outline, color in outlines)
        + "</svg>"
    )
