"""Draws a scene into a room of any shape: the focal group whole, the rest where there is room for it.

Plain SVG that rasterizers and PDF writers draw alike: filled outlines, one clip, no text, filter, mask,
gradient or picture. The same scene, room and tints give the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from dxassets.colors import Rgb, blend
from dxassets.geometry import Box
from dxassets.scenes.model import Arrangement, Placement, Scene
from dxassets.scenes.parts import Part, PartShape, plain_role
from dxassets.scenes.tints import CLEAR, Tints

Shape = Literal["open", "panel", "arch", "disc"]
Free = Literal["left", "right"]
TALL_BELOW = 0.8
"""A room narrower than this many times its height takes the tall arrangement."""
_HAZE = 0.78
"""How much of the haze lies over what is farthest."""
_STICKS_OUT = 0.01
"""How far, in its own width, a part may reach over the picture's edge before it is left out."""
_MARGINS = (0.04, 0.06, 0.04, 0.05)
"""Left, top, right, bottom: what the focal group leaves free of a room that names no place for it."""


@dataclass(frozen=True, slots=True)
class DrawnScene:
    """A scene as it stands in its room.

    `focal` is where its focal group stands and `boxes` where its other things do, in the room's unit: no code
    and no type may cover the first. `left_out` names the parts that had no room.
    """

    markup: str
    arrangement: Arrangement
    focal: Box
    boxes: tuple[Box, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Stage:
    """How scene units lie in the room: its middle and standing line, and the px of a unit."""

    x: float
    y: float
    scale: float
    room: Box

    def box(self, view: Box) -> Box:
        return view.scale(self.scale).move(self.x, self.y)


def scene_svg(
    scene: Scene,
    parts: Mapping[str, Part],
    *,
    tints: Tints,
    room: Box,
    focus: Box | None = None,
    calm: Sequence[Box] = (),
    shape: Shape = "open",
    free: Sequence[Free] = (),
    turned: bool = False,
    prefix: str = "scene",
) -> DrawnScene:
    """The scene in `room`, as an SVG group without a root; all lengths in the unit of `room`.

    `parts` holds every part that it names. Its focal group fills `focus` (else the room, but for a margin),
    its feet on the lower edge; hills and ground run from edge to edge. Nothing but land and sky stands in
    `calm`. `shape` cuts the room, with a sky of its own; `free` sides slope down to the ground instead of
    ending at an edge. `turned`: modules stand on their corner. Ids begin with `prefix`.
    """
    place = focus or _inner(room)
    arrangement: Arrangement = "tall" if place.width < TALL_BELOW * place.height else "wide"
    stage = _stage(scene.focal[arrangement], place, room)
    drawn: list[str] = []
    boxes: list[Box] = []
    left_out: list[str] = []
    sheet = _Sheet(tints, prefix)
    for given in scene.placements:
        placement = given.standing(arrangement)
        if placement is None:
            continue
        part = parts[placement.part]
        if placement.across is not None:
            drawn.append(_across(placement, part, stage, sheet))
            continue
        box = stage.box(_standing_box(placement, part))
        if _has_no_room(placement, box, room, calm):
            left_out.append(placement.part)
        elif box.overlaps(room):
            boxes.append(box)
            drawn.append(_placed(placement, part, sheet, turned=turned))
    inside = f'<g transform="translate({_n(stage.x)} {_n(stage.y)}) scale({_n(stage.scale, 5)})">{"".join(drawn)}</g>'
    sky = "" if shape == "open" else _rect(room, tints["sky"])
    cut = _cut(room, stage.y, shape, free)
    markup = (
        f'<defs><clipPath id="{prefix}-edge"><path d="{cut}"/></clipPath></defs>'
        f'<g clip-path="url(#{prefix}-edge)">{sky}{inside}</g>'
    )
    focal = stage.box(scene.focal[arrangement])
    return DrawnScene(markup, arrangement, focal, tuple(boxes), tuple(left_out))


def _inner(room: Box) -> Box:
    left, top, right, bottom = _MARGINS
    return Box(
        room.x + left * room.width,
        room.y + top * room.height,
        room.width * (1 - left - right),
        room.height * (1 - top - bottom),
    )


def _stage(focal: Box, place: Box, room: Box) -> _Stage:
    """The focal group as large as its place allows, in the middle of it, its feet below."""
    scale = min(place.width / focal.width, place.height / focal.height)
    return _Stage(place.center_x - focal.center_x * scale, place.bottom - focal.bottom * scale, scale, room)


def _standing_box(placement: Placement, part: Part) -> Box:
    """The part's box in scene units."""
    foot_x, foot_y = part.foot
    box = part.view.move(-foot_x, -foot_y).scale(placement.scale)
    if placement.flip:
        box = Box(-box.right, box.y, box.width, box.height)
    return box.move(placement.x, placement.y)


def _has_no_room(placement: Placement, box: Box, room: Box, calm: Sequence[Box]) -> bool:
    over = _STICKS_OUT * box.width
    sticks_out = box.x < room.x - over or box.right > room.right + over
    return (sticks_out and not placement.cut) or (
        not placement.light and any(box.overlaps(each) for each in calm)
    )


def _placed(placement: Placement, part: Part, sheet: _Sheet, *, turned: bool = False) -> str:
    across = -placement.scale if placement.flip else placement.scale
    turn = " rotate(-45)" if turned and placement.light else ""
    foot_x, foot_y = part.foot
    return (
        f'<g transform="translate({_n(placement.x)} {_n(placement.y)}) scale({_n(across, 4)} {_n(placement.scale, 4)})'
        f'{turn} translate({_n(-foot_x)} {_n(-foot_y)})">{sheet.drawn(placement, part)}</g>'
    )


def _across(placement: Placement, part: Part, stage: _Stage, sheet: _Sheet) -> str:
    """A part from edge to edge, stretched or repeated, and what lies below it."""
    left = (stage.room.x - stage.x) / stage.scale
    right = (stage.room.right - stage.x) / stage.scale
    foot_x, foot_y = part.foot
    back = f"translate({_n(-foot_x)} {_n(-foot_y)})"
    drawn: list[str] = []
    for x, wide in _standing_across(placement, part, left, right):
        scales = f"scale({_n(wide, 4)} {_n(placement.scale, 4)})"
        drawn.append(f'<g transform="translate({_n(x)} {_n(placement.y)}) {scales} {back}">{sheet.drawn(placement, part)}</g>')
    if placement.down is not None:
        bottom = (stage.room.bottom - stage.y) / stage.scale
        height = max(bottom - placement.y, 0.0) + 2
        color = _hazy(sheet.tints, placement.down, placement.depth)
        drawn.append(_rect(Box(left - 2, placement.y - 1, right - left + 4, height), color))
    return "".join(drawn)


def _standing_across(
    placement: Placement, part: Part, left: float, right: float
) -> Iterator[tuple[float, float]]:
    """Where copies of the part stand between two edges, and how wide each is drawn; + 2 units at the seams."""
    width = part.view.width * placement.scale
    sign = -1 if placement.flip else 1
    if placement.across == "stretch":
        reach = 2 * max(abs(left - placement.x), abs(right - placement.x))
        middle = placement.x if reach <= width else (left + right) / 2
        yield middle, sign * placement.scale * max(1.0, (right - left + 4) / width if reach > width else 1.0)
        return
    first = math.floor((left - placement.x) / width + 0.5)
    last = math.ceil((right - placement.x) / width - 0.5)
    for at in range(first, last + 1):
        yield placement.x + at * width, sign * placement.scale


@dataclass(slots=True)
class _Sheet:
    """Gives parts their colours; one that comes again in the same colours is drawn once, and referred to."""

    tints: Tints
    prefix: str
    _known: dict[str, str] = field(default_factory=dict[str, str])

    def drawn(self, placement: Placement, part: Part) -> str:
        """The part's shapes in scene units of its own drawing."""
        used = {shape.role for shape in part.shapes} - set(CLEAR)
        colors = {role: _hazy(self.tints, _role(role, placement.roles), placement.depth) for role in used}
        markup = _markup(part.shapes, tuple(sorted(colors.items())), *(str(self.tints[role]) for role in CLEAR))
        known = self._known.get(markup)
        if known is not None:
            return f'<use href="#{known}"/>'
        name = self._known[markup] = f"{self.prefix}-{len(self._known) + 1}"
        return f'<g id="{name}">{markup}</g>'


def _role(role: str, others: Mapping[str, str]) -> str:
    """The role that stands in for `role`, light and shade kept."""
    plain = plain_role(role)
    return others.get(plain, plain) + role[len(plain) :]


def _hazy(tints: Tints, role: str, depth: float) -> Rgb:
    return blend(tints[role], tints["haze"], depth * _HAZE) if depth else tints[role]


@lru_cache(maxsize=2048)
def _markup(shapes: tuple[PartShape, ...], colors: tuple[tuple[str, Rgb], ...], *clear: str) -> str:
    """The shapes with their colours."""
    fills = {role: f'"{color}"' for role, color in colors}
    for (role, opacity), color in zip(CLEAR.items(), clear, strict=True):
        fills[role] = f'"{color}" fill-opacity="{opacity:g}"'
    return "".join(f"<{shape.tag} fill={fills[shape.role]}{shape.geometry}/>" for shape in shapes)


def _rect(box: Box, color: Rgb) -> str:
    return f'<path fill="{color}" d="{_box_path(box)}"/>'


def _box_path(box: Box) -> str:
    return f"M{_n(box.x)} {_n(box.y)}H{_n(box.right)}V{_n(box.bottom)}H{_n(box.x)}Z"


def _cut(room: Box, floor: float, shape: Shape, free: Sequence[Free]) -> str:
    """The outline that nothing of the scene leaves."""
    if shape == "open":
        return _sloped(room, floor, free) if free else _box_path(room)
    radius = {"panel": 0.06 * min(room.width, room.height), "arch": 0.0, "disc": min(room.width, room.height) / 2}
    if shape == "arch":
        top = room.y + min(room.width / 2, room.height)
        half = _n(room.width / 2)
        return (
            f"M{_n(room.x)} {_n(room.bottom)}V{_n(top)}A{half} {_n(top - room.y)} 0 0 1 {_n(room.right)} {_n(top)}"
            f"V{_n(room.bottom)}Z"
        )
    return _rounded(room, radius[shape])


def _rounded(box: Box, radius: float) -> str:
    r = _n(radius)
    return (
        f"M{_n(box.x + radius)} {_n(box.y)}H{_n(box.right - radius)}A{r} {r} 0 0 1 {_n(box.right)} {_n(box.y + radius)}"
        f"V{_n(box.bottom - radius)}A{r} {r} 0 0 1 {_n(box.right - radius)} {_n(box.bottom)}H{_n(box.x + radius)}"
        f"A{r} {r} 0 0 1 {_n(box.x)} {_n(box.bottom - radius)}V{_n(box.y + radius)}"
        f"A{r} {r} 0 0 1 {_n(box.x + radius)} {_n(box.y)}Z"
    )


def _sloped(room: Box, floor: float, free: Sequence[Free]) -> str:
    """The room with its free sides sloping up from the lower corner, as a hill begins."""
    reach = min(0.34 * room.width, 0.9 * room.height)
    low = room.bottom
    left, right = room.x, room.right
    start = f"M{_n(left)} {_n(low)}"
    if "left" in free:
        start += (
            f"C{_n(left + 0.42 * reach)} {_n(low)} {_n(left + 0.5 * reach)} {_n(floor - 0.1 * room.height)} "
            f"{_n(left + reach)} {_n(floor - 0.34 * room.height)}V{_n(room.y)}"
        )
    else:
        start += f"V{_n(room.y)}"
    if "right" in free:
        return (
            f"{start}H{_n(right - reach)}V{_n(floor - 0.34 * room.height)}"
            f"C{_n(right - 0.5 * reach)} {_n(floor - 0.1 * room.height)} {_n(right - 0.42 * reach)} {_n(low)} "
            f"{_n(right)} {_n(low)}Z"
        )
    return f"{start}H{_n(right)}V{_n(low)}Z"


def _n(value: float, digits: int = 2) -> str:
    """A number for SVG, without zeros that say nothing."""
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
