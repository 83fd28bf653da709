"""A slim ring, also as a square: the day's name on its upper arc, the mark on a plate at its foot."""

from __future__ import annotations

from math import pi

from dxassets.backends.shaper import Shaper
from dxassets.brand import FrameStyle, Theme
from dxassets.kinds.frame.lettering import ArcRoom, Lettering, agency_line, joined
from dxassets.kinds.frame.outlines import (
    Composed,
    corner_ground,
    corners,
    hole_path,
    outer_rim,
    rims,
    ring_path,
)
from dxassets.kinds.frame.plates import plate_at_foot
from dxassets.kinds.frame.ring import INNER_RIM, SIDE
from dxassets.kinds.frame.rings import flanks, foot_room, name_line, name_room
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.kinds.frame.styles import STYLE_OF
from dxassets.ornaments import Motif

_EM = 47.0
_FOOT = foot_room(0.62 * pi)


def room_of(style: FrameStyle, theme: Theme) -> ArcRoom:
    """Where the day's name stands along the top."""
    ring = STYLE_OF[style].ring
    return name_room(ring, _EM, outer=outer_rim(theme, ring).width, inner=INNER_RIM)


def compose(spec: FrameSpec, motif: Motif, shaper: Shaper) -> Composed:
    """All of the ring, and for a square its corners."""
    ring, palette = STYLE_OF[spec.style].ring, spec.theme.palette
    name = name_line(spec, room_of(spec.style, spec.theme), shaper)
    agency = agency_line(spec.agency_name, palette.ink_soft, _FOOT, shaper)
    plate = plate_at_foot(spec, ring, agency, shaper, shape=spec.theme.badge)
    context: dict[str, object] = {
        "field": flanks(
            spec,
            motif,
            ring,
            name=name.boxes,
            foot=agency.lines.boxes,
            beside=[] if plate is None else [plate.box],
        ),
        "rims": rims(spec.theme, ring),
        "ring_path": ring_path(ring),
        "plate": plate,
    }
    if spec.style == "square":
        context["square_path"] = f"M0 0H{SIDE:g}V{SIDE:g}H0z" + hole_path(ring)
        context["corner"] = corner_ground(palette)
        context["corners"] = corners(spec, motif)
    mark = Lettering() if plate is None else plate.mark
    return Composed(joined((name, agency.lines, mark)), agency, context)
