"""The day's scene behind a picture's type: its people where the composition leaves room, calm behind type.

An agency's own photo or drawing takes the same room: cut to the composition's shape or, where that is open,
fading out before the type begins. So no type lies on it, whatever it shows.
"""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.brand import Theme
from dxassets.colors import Rgb
from dxassets.days import is_scene_file
from dxassets.geometry import Box, bounding_box
from dxassets.jobs import SCENE_COARSE, SCENE_LEFT_OUT, DayWords
from dxassets.presets import Preset
from dxassets.renderers.pictures.logo import MOST_UPSCALED, needed_px_per_unit
from dxassets.renderers.pictures.pieces import bled
from dxassets.renderers.scenes import draw_scene
from dxassets.resources import Resource, Resources, called
from dxassets.scenes import SceneRoom, SceneShape, tints_of
from dxassets.scenes.cropping import PhotoRoom, open_room
from dxassets.scenes.edges import box_path, edge_path
from dxassets.typesetting.layout import Layout

Notes = tuple[tuple[str, str], ...]
_TURNED = "lozenges"
"""The motif whose modules stand on their corner."""
LEAST_SHARP = 1 / MOST_UPSCALED
"""Of the px that are needed; with fewer a photo is told to be coarse."""
_DENSITY = 2.0
"""Px of a photo for a px of a screen, so that it is sharp on dense ones, too."""
_AIR, _NEAR = 0.012, 0.01
"""Of the short side, round all type; and what two boxes may be apart that were reckoned alike, px or mm."""
_UPPER = 0.44
"""How far down its room a photo's focal point stands: a little above the middle, as faces do."""
_FADE, _SHADE = 0.22, 0.4
"""Of the room: what a photo takes to come out of the ground, and how far ground reaches into a shape."""
_SHADED = 0.5


@dataclass(frozen=True, slots=True)
class DrawnDay:
    """The scene as SVG in the preset's unit (nothing without room for one), and what is told of it."""

    svg: str = ""
    notes: Notes = ()


def draw_day_scene(
    day: DayWords, theme: Theme, layout: Layout, resources: Resources, *, preset: Preset, coarser: float = 1.0
) -> DrawnDay:
    """The scene of a day; a photo with `coarser` times fewer px than it could have."""
    if day.scene is None:
        return DrawnDay()
    room, plan = layout.scene_box, layout.brief.plan.scene
    own = is_scene_file(day.scene)
    if room is None or plan is None:
        why = f"{SCENE_LEFT_OUT}: the composition has no room for it"
        return DrawnDay(notes=(("scene", why),) if own else ())
    if own:
        free = photo_room(layout, preset.bleed)
        file = resources.read(day.scene)
        return _own(file, day, theme, layout, free, shape=plan.shape, preset=preset, coarser=coarser)
    alone = theme.cast == "people"
    asked = SceneRoom(
        bled(room, layout.brief.size, preset.bleed),
        focus=layout.scene_focus,
        calm=_calm(layout),
        shape="open" if alone else plan.shape,
        people=alone,
        turned=day.motif == _TURNED,
    )
    return DrawnDay(draw_scene(resources, day.scene, palette=theme.palette, room=asked).markup)


def _calm(layout: Layout) -> tuple[Box, ...]:
    """Where type and code stand, with a little air."""
    air = _AIR * layout.brief.size.short_side
    boxes = [line.ink for line in layout.lines] + list(layout.badges)
    boxes += [box for box in (layout.panel, layout.slot and layout.slot.box) if box is not None]
    if layout.card is not None:
        boxes.append(layout.card.box)
    return tuple(box.pad(air) for box in (*boxes, *_panels(layout)))


def _panels(layout: Layout) -> tuple[Box, ...]:
    return () if layout.calm_panel is None else (layout.calm_panel,)


# --- an agency's own photo or drawing ----------------------------------------------------------------


def _type_box(layout: Layout) -> Box:
    """All that stands on the ground, with a little air; a code on its white panel may lie over a photo."""
    on = layout.panel or (None if layout.card is None else layout.card.box)
    boxes = [line.ink for line in layout.lines if on is None or not on.contains(line.ink, _NEAR)]
    boxes += [*layout.badges, *layout.rules]
    if layout.slot is not None:
        boxes.append(layout.slot.box)
    if layout.card is not None and layout.panel is None:
        boxes.append(layout.card.box)
    return bounding_box(boxes).pad(_AIR * layout.brief.size.short_side)


def photo_room(layout: Layout, bleed: float) -> PhotoRoom:
    """The room that a layout with a scene has for an own photo."""
    plan, whole = layout.brief.plan.scene, Box(0, 0, layout.brief.size.width, layout.brief.size.height)
    box, focus = layout.scene_box or whole, layout.scene_focus or whole
    free, side = open_room(box, layout.calm_panel or _type_box(layout))
    fade = None
    if plan is not None and plan.shape == "open" and side is not None:
        along = free.height if side in {"top", "bottom"} else free.width
        fade = (side, _FADE * along)
    room = bled(box if layout.panel_floats else free, layout.brief.size, bleed)
    target = ((focus.center_x + free.center_x) / 2, free.y + _UPPER * free.height)
    if fade is not None and side == "top":  # below what fades
        target = (target[0], free.y + (_FADE + (1 - _FADE) * _UPPER) * free.height)
    return PhotoRoom(room, target, fade)


def sharpness(px_per_unit: float, preset: Preset) -> float:
    """How many of the px that are needed a photo has along a line, whose px a unit of the preset shows."""
    return px_per_unit / needed_px_per_unit(preset)


def _own(
    file: Resource,
    day: DayWords,
    theme: Theme,
    layout: Layout,
    room: PhotoRoom,
    *,
    shape: SceneShape,
    preset: Preset,
    coarser: float,
) -> DrawnDay:
    from dxassets.renderers.own_scenes import draw_own_scene  # noqa: PLC0415  (Pillow only where a photo is)

    needed = needed_px_per_unit(preset)
    density = needed * (_DENSITY if preset.unit == "px" else 1.0)
    focus = day.focus or (0.5, 0.5)
    drawn = draw_own_scene(
        file, focus, room, palette=theme.palette, grade=theme.grade, density=density, coarser=coarser
    )
    notes = [("scene", f"{called(file.name)}, focus {focus[0]:g},{focus[1]:g}")]
    share = 1.0 if drawn.px_per_unit is None else sharpness(drawn.px_per_unit, preset)
    if share < LEAST_SHARP:
        notes.append(("scene_sharpness", f"{SCENE_COARSE}: {share:.0%} of the px needed"))
    if coarser > 1:
        notes.append(("scene_softened", f"{coarser:g} times fewer px, for the weight of the file"))
    if shape == "open":
        return DrawnDay(drawn.markup, tuple(notes))
    sky = f'<path fill="{tints_of(theme.palette)["sky"]}" d="{box_path(room.box)}"/>'
    shade = _shade(room.box, theme.palette.ground[0]) if layout.calm_panel is None else ""
    return DrawnDay(
        f'<defs><clipPath id="scene-edge"><path d="{edge_path(room.box, shape)}"/></clipPath></defs>'
        f'<g clip-path="url(#scene-edge)">{sky}{drawn.markup}{shade}</g>',
        tuple(notes),
    )


def _shade(box: Box, color: Rgb) -> str:
    """The ground's own colour over the edge of a shape that is nearest to the type, so that both join."""
    reach = _SHADE * box.width
    return (
        f'<defs><linearGradient id="scene-shade" gradientUnits="userSpaceOnUse" x1="{box.x:.2f}" y1="0" '
        f'x2="{box.x + reach:.2f}" y2="0"><stop offset="0" stop-color="{color}" stop-opacity="{_SHADED:g}"/>'
        f'<stop offset="1" stop-color="{color}" stop-opacity="0"/></linearGradient></defs>'
        f'<rect x="{box.x:.2f}" y="{box.y:.2f}" width="{reach:.2f}" height="{box.height:.2f}" '
        'fill="url(#scene-shade)"/>'
    )
