"""The day's scene behind a banner's type: its people where the composition leaves room, calm behind type."""

from __future__ import annotations

from dxassets.brand import Theme
from dxassets.geometry import Box
from dxassets.jobs import DayWords
from dxassets.renderers.scenes import draw_scene
from dxassets.resources import Resources
from dxassets.scenes import SceneRoom
from dxassets.typesetting.layout import Layout

_TURNED = "lozenges"
"""The motif whose modules stand on their corner."""


def draw_day_scene(day: DayWords, theme: Theme, layout: Layout, resources: Resources) -> str:
    """The scene as SVG in the preset's unit; nothing where the composition has no room for one."""
    room, plan = layout.scene_box, layout.brief.plan.scene
    if room is None or plan is None or day.scene is None:
        return ""
    asked = SceneRoom(
        room,
        focus=layout.scene_focus,
        calm=_calm(layout),
        shape=plan.shape,
        turned=day.motif == _TURNED,
    )
    return draw_scene(resources, day.scene, palette=theme.palette, room=asked).markup


def _calm(layout: Layout) -> tuple[Box, ...]:
    """Where type and code stand, with a little air."""
    air = 0.012 * layout.brief.size.short_side
    boxes = [line.ink for line in layout.lines] + list(layout.badges)
    boxes += [box for box in (layout.panel, layout.slot and layout.slot.box) if box is not None]
    if layout.card is not None:
        boxes.append(layout.card.box)
    return tuple(box.pad(air) for box in boxes)
