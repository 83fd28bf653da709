"""What a theme's template may draw with: the canvas, the module field, the band and the border."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import hypot, sqrt

from dxassets.geometry import Box, Insets
from dxassets.ornaments import Band, Corner, Motif, Shape, brocade_band, module_field
from dxassets.typesetting.layout import Layout

_STACKED = frozenset({"square", "portrait", "tower"})


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
        share = 0.45 if family == "tower" else 0.62 if family in _STACKED else 0.74
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
        if self.layout.brief.plan.scene is not None:
            return ()  # a scene has modules of its own, in its light
        pitch = 0.036 * sqrt(self.width * self.height)
        box = self.canvas
        if self.layout.band is not None and self.layout.brief.family != "ribbon":
            box = Box(box.x, box.y, box.width, self.layout.band.y - box.y)
        if self.layout.brief.bordered:  # inside the frame, with a little air
            inner, line = self.border[-1]
            box = inner.pad(-(line + 0.3 * pitch))
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

    @cached_property
    def _calm(self) -> tuple[Box, ...]:
        """Where type and code stand, with a little air."""
        layout = self.layout
        air = 0.006 * (self.width + self.height)
        boxes = [line.ink for line in layout.lines] + [bar.box for bar in layout.bars] + list(layout.rules)
        if layout.slot is not None:
            boxes.append(layout.slot.box)
        boxes += layout.badges
        if layout.card is not None:
            card = layout.panel or layout.card.box
            # no crumbs between the code and the edge, where the code stands at the edge
            right = card.right if layout.brief.center else self.canvas.right
            boxes.append(Box(card.x, card.y, right - card.x, card.height))
        return tuple(box.pad(air) for box in boxes)

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
    def below_band(self) -> str:
        """Path of what lies below a band that does not end at the picture's foot."""
        place = self.layout.band
        box = self.canvas
        if place is None or self.layout.brief.family == "ribbon" or place.bottom >= box.bottom:
            return ""
        # the overlap hides the seam between two antialiased edges
        top = place.bottom - 0.02 * place.height
        return f"M{box.x:g} {top:g}H{box.right:g}V{box.bottom:g}H{box.x:g}z"

    @property
    def border(self) -> tuple[tuple[Box, float], ...]:
        """A double frame inside the safe edge: boxes with their line widths."""
        brief = self.layout.brief
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
