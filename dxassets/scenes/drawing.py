"""Draws a scene into a room of any shape: the focal group whole, the rest where there is room for it.

Plain SVG that rasterizers and PDF writers draw alike: filled outlines, one clip, no text, filter, mask,
gradient or picture. The same scene, room and tints give the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dxassets.colors import Rgb, blend
from dxassets.geometry import Box, bounding_box
from dxassets.scenes.edges import SceneShape, box_path, edge_path, number
from dxassets.scenes.model import Arrangement, PartPlace, Scene
from dxassets.scenes.parts import ScenePart, plain_role
from dxassets.scenes.tints import CLEAR, Tints

TALL_BELOW = 0.8
"""A place narrower than this many times its height takes the tall arrangement."""
_HAZE = 0.78
"""How much of the haze lies over what is farthest."""
_LEAST_WHOLE = 0.99
"""How much of its width must be seen of a thing that the room's edge may not cut; less is no room for it."""
_LEAST_CUT = 0.3
"""The same of a thing that may be cut: a sliver says nothing."""
_FARTHEST_DODGE = 0.5
"""How far a sun may move from where the scene says, in its own width."""
_OF_GROUP = 0.8
"""How much of a thing stands inside the focal box if it is one of the focal group."""
_MARGINS = (0.04, 0.06, 0.04, 0.05)
"""Left, top, right, bottom: what the focal group leaves free of a room that names no place for it."""
_SEAM = 2.0
"""Scene units by which what runs across goes over the room's edges."""


@dataclass(frozen=True, slots=True)
class SceneRoom:
    """The room that a scene is drawn into; all lengths in one unit, px or mm.

    The focal group fills `focus` (else the room, but for a margin), its feet on the lower edge; hills and
    ground run from edge to edge of `box`. Nothing but land and sky stands in `calm`: there is room for type;
    a sun that would be behind it moves aside, or lower. `shape` says how the room ends, `turned` whether
    modules stand on their corner; `people` draws the focal group alone. Ids of the drawing begin with
    `prefix`.
    """

    box: Box
    focus: Box | None = None
    calm: tuple[Box, ...] = ()
    shape: SceneShape = "open"
    turned: bool = False
    people: bool = False
    prefix: str = "scene"

    @property
    def place(self) -> Box:
        """Where the focal group stands."""
        left, top, right, bottom = _MARGINS
        box = self.box
        return self.focus or Box(
            box.x + left * box.width,
            box.y + top * box.height,
            box.width * (1 - left - right),
            box.height * (1 - top - bottom),
        )

    @property
    def arrangement(self) -> Arrangement:
        """Which of the two arrangements suits."""
        return "tall" if self.place.width < TALL_BELOW * self.place.height else "wide"


@dataclass(frozen=True, slots=True)
class DrawnScene:
    """A scene as it stands in its room: an SVG group, without a root.

    `focal` is where its focal group stands and `boxes` where its things do, in the room's unit: no code and
    no type may cover the first. `left_out` names the parts that had no room.
    """

    markup: str
    arrangement: Arrangement
    focal: Box
    boxes: tuple[Box, ...]
    left_out: tuple[str, ...]


def scene_svg(scene: Scene, parts: Mapping[str, ScenePart], *, tints: Tints, room: SceneRoom) -> DrawnScene:
    """The scene in its room; `parts` holds every part that it names."""
    focal = _group_box(scene, parts, room) if room.people else scene.focal[room.arrangement]
    stage = _staged(focal, room)
    paints = _Paints(tints, room.prefix)
    drawn: list[str] = []
    boxes: list[Box] = []
    left_out: list[str] = []
    for given in scene.placements:
        placement = given.standing(room.arrangement)
        if placement is None:
            continue
        part = parts[placement.part]
        if room.people and not _in_focus(placement, part, scene.focal[room.arrangement]):
            continue
        if placement.across is not None:
            drawn.append(_across(placement, part, stage, paints))
            continue
        box = stage.shown(_standing_box(placement, part))
        dx, dy = _dodged(box, room.calm) if placement.light else (0.0, 0.0)
        box = box.move(dx, dy)
        if _has_no_room(placement, box, room):
            left_out.append(placement.part)
        elif box.overlaps(room.box):
            boxes.append(box)
            moved = (placement.x + dx / stage.scale, placement.y + dy / stage.scale)
            drawn.append(_placed(placement, part, paints, at=moved, turned=room.turned))
    markup = _framed("".join(drawn), stage, room, tints)
    return DrawnScene(markup, room.arrangement, stage.shown(focal), tuple(boxes), tuple(left_out))


def _group_box(scene: Scene, parts: Mapping[str, ScenePart], room: SceneRoom) -> Box:
    """The focal group's own box: without company, it may be as large as its place."""
    focal = scene.focal[room.arrangement]
    standing = [each for given in scene.placements if (each := given.standing(room.arrangement))]
    boxes = [
        _standing_box(each, parts[each.part]) for each in standing if _in_focus(each, parts[each.part], focal)
    ]
    return bounding_box(boxes) if boxes else focal


@dataclass(frozen=True, slots=True)
class _Stage:
    """How scene units lie in the room: the middle of the standing line, a unit's length, the room's edges."""

    x: float
    y: float
    scale: float
    edges: Box

    def shown(self, box: Box) -> Box:
        """A box of scene units in the room's unit."""
        return box.scale(self.scale).move(self.x, self.y)


def _staged(focal: Box, room: SceneRoom) -> _Stage:
    """The focal group as large as its place allows, in the middle of it, its feet below."""
    place = room.place
    scale = min(place.width / focal.width, place.height / focal.height)
    x, y = place.center_x - focal.center_x * scale, place.bottom - focal.bottom * scale
    return _Stage(x, y, scale, room.box.move(-x, -y).scale(1 / scale))


def _framed(inside: str, stage: _Stage, room: SceneRoom, tints: Tints) -> str:
    """What was drawn in scene units, cut to the room."""
    edge = f"{room.prefix}-edge"
    sky = "" if room.shape == "open" else _filled(box_path(room.box), tints["sky"])
    place = f"translate({number(stage.x)} {number(stage.y)}) scale({number(stage.scale, 5)})"
    return (
        f'<defs><clipPath id="{edge}"><path d="{edge_path(room.box, room.shape)}"/></clipPath></defs>'
        f'<g clip-path="url(#{edge})">{sky}<g transform="{place}">{inside}</g></g>'
    )


def _standing_box(placement: PartPlace, part: ScenePart) -> Box:
    """The part's box in scene units."""
    foot_x, foot_y = part.foot
    box = part.view.move(-foot_x, -foot_y).scale(placement.scale)
    if placement.flip:
        box = Box(-box.right, box.y, box.width, box.height)
    return box.move(placement.x, placement.y)


def _in_focus(placement: PartPlace, part: ScenePart, focal: Box) -> bool:
    """Whether it belongs to the group that is always seen whole: most of it stands there, uncut."""
    if placement.group:
        return True
    if placement.across is not None or placement.light or placement.cut:
        return False
    box = _standing_box(placement, part)
    wide = min(box.right, focal.right) - max(box.x, focal.x)
    high = min(box.bottom, focal.bottom) - max(box.y, focal.y)
    return wide > 0 and high > 0 and wide * high >= _OF_GROUP * box.width * box.height


def _has_no_room(placement: PartPlace, box: Box, room: SceneRoom) -> bool:
    """Whether a thing would be cut that may not be, or would stand where type will."""
    seen = min(box.right, room.box.right) - max(box.x, room.box.x)
    if seen < (_LEAST_CUT if placement.cut else _LEAST_WHOLE) * box.width:
        return True
    return any(box.overlaps(each) for each in room.calm)


def _dodged(box: Box, calm: Sequence[Box]) -> tuple[float, float]:
    """How far a sun moves to leave type alone: aside, or lower behind the hills, whichever is less.

    No further than is told by `_FARTHEST_DODGE`: then it stays, and is left out.
    """
    for each in calm:
        if box.overlaps(each):
            ways = ((each.right - box.x, 0.0), (each.x - box.right, 0.0), (0.0, each.bottom - box.y))
            dx, dy = min(ways, key=lambda way: abs(way[0]) + abs(way[1]))
            if abs(dx) + abs(dy) <= _FARTHEST_DODGE * box.width:
                return dx, dy
    return 0.0, 0.0


def _placed(
    placement: PartPlace, part: ScenePart, paints: _Paints, *, at: tuple[float, float], turned: bool
) -> str:
    turn = " rotate(-45)" if turned and placement.light else ""
    wide = -placement.scale if placement.flip else placement.scale
    return _group(placement, part, paints, at=at, wide=wide, turn=turn)


def _group(
    placement: PartPlace,
    part: ScenePart,
    paints: _Paints,
    *,
    at: tuple[float, float],
    wide: float,
    turn: str = "",
) -> str:
    """The part with its foot at `at`, `wide` times as wide as it is drawn."""
    foot_x, foot_y = part.foot
    foot = f" translate({number(-foot_x)} {number(-foot_y)})" if (foot_x, foot_y) != (0, 0) else ""
    place = f"translate({number(at[0])} {number(at[1])})"
    high = placement.scale
    scale = "" if wide == high == 1 else f" scale({number(wide, 4)} {number(high, 4)})"
    return f'<g transform="{place}{scale}{turn}{foot}">{paints.drawn(placement, part)}</g>'


def _across(placement: PartPlace, part: ScenePart, stage: _Stage, paints: _Paints) -> str:
    """A part from edge to edge, stretched or repeated, and what lies below it: land, by its class."""
    edges = stage.edges.pad(_SEAM)
    drawn = [
        _group(placement, part, paints, at=(x, placement.y), wide=wide)
        for x, wide in _standing_across(placement, part, edges)
    ]
    if placement.down is not None:
        below = Box(edges.x, placement.y - 1, edges.width, max(edges.bottom - placement.y, 0.0) + 1)
        drawn.append(_filled(box_path(below), _hazy(paints.tints, placement.down, placement.depth)))
    return f'<g class="land">{"".join(drawn)}</g>'


def _standing_across(placement: PartPlace, part: ScenePart, edges: Box) -> Iterator[tuple[float, float]]:
    """Where copies of the part stand between two edges, and how wide each is drawn."""
    width = part.view.width * placement.scale
    wide = -placement.scale if placement.flip else placement.scale
    if placement.across == "stretch":
        reach = 2 * max(placement.x - edges.x, edges.right - placement.x)
        if reach <= width:
            yield placement.x, wide
        else:
            yield edges.center_x, wide * max(1.0, edges.width / width)
        return
    first = math.floor((edges.x - placement.x) / width + 0.5)
    last = math.ceil((edges.right - placement.x) / width - 0.5)
    for at in range(first, last + 1):
        yield placement.x + at * width, wide


@dataclass(slots=True)
class _Paints:
    """Gives parts their colours; one that comes again in the same colours is drawn once, and referred to."""

    tints: Tints
    prefix: str
    _known: dict[str, str] = field(default_factory=dict[str, str])

    def drawn(self, placement: PartPlace, part: ScenePart) -> str:
        """The part's shapes, in the units of its own drawing."""
        used = {shape.role for shape in part.shapes} - set(CLEAR)
        colors = {role: _hazy(self.tints, _role(role, placement.roles), placement.depth) for role in used}
        clear = (str(self.tints[role]) for role in CLEAR)
        markup = _markup(part, tuple(sorted(colors.items())), *clear)
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
    return _blended(tints[role], tints["haze"], depth * _HAZE) if depth else tints[role]


_blended = lru_cache(maxsize=8192)(blend)


@lru_cache(maxsize=2048)
def _markup(part: ScenePart, colors: tuple[tuple[str, Rgb], ...], *clear: str) -> str:
    """The shapes with their colours; kept for every part, theme and depth."""
    fills = {role: f'"{color}"' for role, color in colors}
    for (role, opacity), color in zip(CLEAR.items(), clear, strict=True):
        fills[role] = f'"{color}" fill-opacity="{opacity:g}"'
    return "".join(f"<{shape.tag} fill={fills[shape.role]}{shape.geometry}/>" for shape in part.shapes)


def _filled(path: str, color: Rgb) -> str:
    return f'<path fill="{color}" d="{path}"/>'
