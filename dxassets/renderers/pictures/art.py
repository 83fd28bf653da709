"""What a theme's template may draw with: the canvas, the module field, the band and the border."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, pi, sin, sqrt

from dxassets.geometry import Box, Insets
from dxassets.ornaments import Band, Corner, Motif, Shape, brocade_band, module_field
from dxassets.typesetting.layout import Layout

_STACKED = frozenset({"square", "portrait", "tower"})


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle, in the preset's unit."""

    x: float
    y: float
    radius: float


def _distance(x: float, y: float, box: Box) -> float:
    """From a point to the nearest of a box; 0 inside it."""
    return hypot(max(box.x - x, 0.0, x - box.right), max(box.y - y, 0.0, y - box.bottom))


@dataclass(frozen=True)
class Art:
    """Geometry for one composition; a template's `art`. Lengths in the preset's unit."""

    layout: Layout
    motif: Motif
    bleed: float
    tones: int
    figures: int
    edges: int
    seed: str
    pictured: bool = False

    @property
    def width(self) -> float:
        """Width of the canvas, without bleed."""
        return self.layout.brief.size.width

    @property
    def height(self) -> float:
        """Height of the canvas, without bleed."""
        return self.layout.brief.size.height

    @property
    def is_small(self) -> bool:
        """Whether the picture is too low or too small for modules in its corners."""
        return self.layout.brief.family == "ribbon" or self.layout.wording == "none"

    @property
    def diagonal(self) -> float:
        """From corner to corner."""
        return hypot(self.width, self.height)

    @property
    def canvas(self) -> Box:
        """The canvas with its bleed."""
        return Box(0, 0, self.width, self.height).pad(self.bleed)

    @property
    def full(self) -> str:
        """Path of the whole canvas with its bleed."""
        box = self.canvas
        return f"M{box.x:g} {box.y:g}H{box.right:g}V{box.bottom:g}H{box.x:g}z"

    @property
    def reach(self) -> float:
        """How far a field of strength 1 dissolves into the picture."""
        family = self.layout.brief.family
        tower = 0.6 if self.layout.band is None else 0.45  # above a band they are between type
        share = tower if family == "tower" else 0.62 if family in _STACKED else 0.74
        return share * sqrt(self.width * self.height)

    @property
    def main_corner(self) -> Corner:
        """The corner that the composition leaves to the modules."""
        stacked = self.layout.brief.family in _STACKED
        return "bottom-right" if stacked and self.layout.band is None else "top-right"

    @property
    def minor_corner(self) -> Corner:
        """The corner for an echo of the main field."""
        return "top-right" if self.main_corner == "bottom-right" else "bottom-right"

    def field(self, corner: Corner, reach: float, strength: float) -> tuple[Shape, ...]:
        """Modules dissolving from `corner`; `reach` as a share of `Art.reach`, `strength` 0–1."""
        if self.pictured and self._is_at_scene(corner):
            return ()  # a scene has modules of its own, in its light
        pitch = 0.036 * sqrt(self.width * self.height)
        box = self.canvas
        if self.layout.band is not None and self.layout.brief.family != "ribbon":
            box = Box(box.x, box.y, box.width, self.layout.band.y - box.y)
        strip = self.layout.panel if self.layout.brief.plan.call == "panel" else None
        if strip is not None:
            box = Box(box.x, box.y, box.width, strip.y - box.y)
        if self.layout.brief.framed:  # inside the frame, with a little air
            inner, line = self.border[-1]
            box = inner.pad(-(line + 0.3 * pitch)).meet(box)
        centered = self.layout.brief.center
        if corner == self.minor_corner and not centered and (reach + 0.9) * self.reach > box.height:
            return ()  # two fields that meet look like a plate out of register
        return module_field(
            box,
            corner,
            pitch=pitch,
            reach=reach * self.reach + self.bleed,
            motif=self.motif,
            tones=self.tones,
            seed=f"{self.seed} {corner.partition('-')[0]}",  # left and right mirror each other
            strength=strength,
            calm=self._calm,
        )

    def _is_at_scene(self, corner: Corner) -> bool:
        """Whether the scene stands in that half of the picture."""
        scene = self.layout.scene_box
        if scene is None:
            return False
        return scene.right > self.width / 2 if corner.endswith("right") else scene.x < self.width / 2

    @cached_property
    def _calm(self) -> tuple[Box, ...]:
        """Where type and code stand, with a little air."""
        layout = self.layout
        air = 0.006 * (self.width + self.height)
        boxes = [line.ink for line in layout.lines] + [bar.box for bar in layout.bars] + list(layout.rules)
        if layout.slot is not None:
            boxes.append(layout.slot.box)
        boxes += layout.badges
        if layout.calm_panel is not None:
            boxes.append(layout.calm_panel)
        if layout.card is not None:
            card = layout.panel or layout.card.box
            # no crumbs between the code and the edge, where the code stands at the edge
            right = card.right if layout.brief.center else self.canvas.right
            boxes.append(Box(card.x, card.y, right - card.x, card.height))
        return tuple(box.pad(air) for box in boxes)

    @cached_property
    def sun(self) -> Disc:
        """A large flat disc behind the people, or in the free corner; it never reaches type on the ground."""
        focus = self.layout.scene_focus
        if focus is None:
            low = self.main_corner == "bottom-right"
            x, y, wish = self.width, (self.height if low else 0.0), 0.8 * self.reach
        else:
            tall = min(focus.height, 1.3 * focus.width)
            x, y, wish = focus.center_x, focus.bottom - 0.6 * tall, 0.56 * tall
        nearest = min((_distance(x, y, box) for box in self._bare_type), default=wish)
        return Disc(x, y, max(0.0, min(wish, nearest)))

    def rays(self, count: int) -> str:
        """Path of so many rays from the sun's middle to beyond the canvas."""
        sun, far = self.sun, 1.3 * self.diagonal
        step = 2 * pi / count
        points = [
            (sun.x + far * cos(turn), sun.y + far * sin(turn))
            for at in range(count)
            for turn in (at * step, (at + 0.5) * step)
        ]
        pairs = zip(points[::2], points[1::2], strict=True)
        middle = f"M{sun.x:.2f} {sun.y:.2f}"
        return "".join(f"{middle}L{x1:.2f} {y1:.2f}L{x2:.2f} {y2:.2f}z" for (x1, y1), (x2, y2) in pairs)

    @property
    def foot(self) -> str:
        """Path of the ground that the people stand on, clear of type; nothing where there are no people."""
        focus, canvas = self.layout.scene_focus, self.canvas
        if focus is None:
            return ""
        top = focus.bottom - 0.05 * focus.height
        beside = [box for box in self._bare_type if box.x < focus.x]
        low = min(max([top, *(box.bottom for box in beside)]), canvas.bottom)
        start = max([canvas.x, *(box.right for box in beside if box.bottom > top)])
        bend = (start + focus.center_x) / 2
        return (
            f"M{canvas.x:.2f} {canvas.bottom:.2f}V{low:.2f}H{start:.2f}"
            f"C{bend:.2f} {low:.2f} {bend:.2f} {top:.2f} {focus.center_x:.2f} {top:.2f}"
            f"H{canvas.right:.2f}V{canvas.bottom:.2f}z"
        )

    @cached_property
    def _bare_type(self) -> tuple[Box, ...]:
        """Where type stands on the ground itself, with a little air: not on the code's panel."""
        layout, air = self.layout, 0.006 * (self.width + self.height)
        boxes = [line.ink for line in layout.lines]
        boxes += [] if layout.slot is None else [layout.slot.box]
        boxes += layout.badges
        bare = [box for box in boxes if layout.panel is None or not box.overlaps(layout.panel)]
        return tuple(box.pad(air) for box in bare)

    @cached_property
    def band(self) -> Band | None:
        """The brocade band, drawn along x; `band_transform` puts it in its place."""
        place = self.layout.band
        if place is None:
            return None
        upright = self.layout.brief.family == "ribbon"
        length, thickness = (place.height, place.width) if upright else (place.width, place.height)
        return brocade_band(
            length + 2 * self.bleed,
            thickness + (self.bleed if upright else 0),
            motif=self.motif,
            figures=self.figures,
            edges=self.edges,
        )

    @property
    def band_transform(self) -> str:
        """SVG transform of the band: along the foot, or turned along the left edge."""
        place = self.layout.band
        if place is None:
            return ""
        if self.layout.brief.family == "ribbon":
            return f"translate({place.right:g} {-self.bleed:g}) rotate(90)"
        return f"translate({-self.bleed:g} {place.y:g})"

    @property
    def border(self) -> tuple[tuple[Box, float], ...]:
        """A double frame inside the safe edge, where there is one: boxes with their line widths."""
        brief = self.layout.brief
        if not brief.framed:
            return ()
        short = min(self.width, self.height)
        thick = max(0.009 * short, 1.0 if brief.on_pixels else 0.0)
        thin = max(0.0035 * short, 1.0 if brief.on_pixels else 0.0)
        trim, outer = brief.trim, 0.028 * short
        sides = (trim.top, trim.right, trim.bottom, trim.left)
        insets = Insets(*(max(outer, side + 0.01 * short) if side else outer for side in sides))
        outside = Box(0, 0, self.width, self.height).inset(insets)
        if brief.on_pixels:
            outside = Box(*(round(side) for side in (outside.x, outside.y, outside.width, outside.height)))
            thick, thin = round(thick), round(thin)
        inner = (
            outside.pad(-(thick / 2 + 0.012 * short + thin / 2))
            if short >= 200 or not brief.on_pixels
            else None
        )
        frames = [(outside.pad(-thick / 2), thick)]
        if inner is not None:
            frames.append((inner, thin))
        return tuple(frames)
