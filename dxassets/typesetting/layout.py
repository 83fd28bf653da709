"""What a composition is given (`Brief`) and what it decides (`Layout`). Lengths are in the preset's unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dxassets.geometry import Box, Insets, Size
from dxassets.typesetting.composition import Composition, Region

Role = Literal["agency", "mark", "name", "lead", "slogan", "key", "tail", "call", "domain"]
"""`lead` and `key` are the words of a slogan that the campaign lifts: a step larger, or in the accent."""
UPRIGHT = frozenset({"square", "portrait", "tower"})
"""Families whose column stands above the scene, not beside it."""
_AIR_BELOW = 0.03
"""Between the last line of type and the scene below it, of the shorter side."""
_AIR_BESIDE = 0.06
"""Between a column that was moved and the scene beside it, of the shorter side."""
_MOST_GROWN = 1.3
"""How much higher than its composition says a scene may be below a short slogan."""
_LEAST_FOCUS = 0.38
"""Of the picture's width, for people beside a code."""
_LEAST_PART = 0.36
"""The same of the place that they have without a code."""
_TOUCHING = 0.04
"""Column and scene that overlap by less, as shares of the picture, stand side by side."""
_REACHED = {
    "card": frozenset[str](),
    "left": frozenset({"left", "top", "bottom"}),
    "top": frozenset({"left", "top", "right"}),
    "bottom": frozenset({"left", "bottom", "right"}),
}
"""By kind of panel: the edges of the picture that it goes to."""
_FAR = 0.15
"""Of the picture: an edge so far from the safe area is reached by no panel."""
QUIET_ZONE = 4
"""Light modules around a QR symbol (ISO/IEC 18004, clause 9.1)."""


@dataclass(frozen=True, slots=True)
class Shares:
    """The proportions of an aspect family (see `presets.Proportions`); lengths as shares of its unit."""

    margin: float
    band: float
    agency: float
    mark: float
    name: float
    slogan: float
    tail: float
    call: float
    qr: float
    gap: float


@dataclass(frozen=True, slots=True)
class Words:
    """The texts; there may be no mark. `slogan` holds its wordings, best first, each as one or two parts.

    `whole` is the first of them as one sentence, for ribbons that are too low for two.
    """

    mark: str | None
    name: str
    slogan: tuple[tuple[str, ...], ...]
    call: str
    domain: str
    phrases: tuple[str, ...]
    emphasis: str | None = None
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that decides a composition but the agency's name, which must not move anything else.

    `safe` must stay free of type and code; `trim` is the part of it that a hem or
    a stand takes, so that frames and bands keep out of it as well. Slogan and mark stand in `keep`, which
    some services cut a picture to; `least_symbol` is the side of a code that is scanned from afar.
    """

    family: str
    size: Size
    safe: Insets
    trim: Insets
    shares: Shares
    min_text: float
    levels: frozenset[str]
    center: bool
    capitals: bool
    banded: bool
    bordered: bool
    qr_modules: int | None
    least_module: float
    on_pixels: bool
    words: Words
    plans: tuple[Composition, ...]
    keep: Box | None = None
    least_symbol: float = 0.0
    headline: int = 800

    @property
    def plan(self) -> Composition:
        """The composition that is tried first; of a finished layout, the one that it has."""
        return self.plans[0]

    @property
    def framed(self) -> bool:
        """Whether the theme's frame is drawn round it."""
        return self.bordered and self.plan.frame


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of type: pen start, baseline, em size, and where its ink lies."""

    role: Role
    text: str
    weight: int
    size: float
    x: float
    baseline: float
    ink: Box


@dataclass(frozen=True, slots=True)
class Bar:
    """The slanted bar between the numerals, as a quadrilateral."""

    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        """The bar as the outline of an SVG path."""
        return f"M{'L'.join(f'{x:.2f} {y:.2f}' for x, y in self.points)}z"

    @property
    def box(self) -> Box:
        """The box around the bar."""
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


@dataclass(frozen=True, slots=True)
class CodeCard:
    """A white card with a QR symbol: both boxes (the symbol's without quiet zone), and a module's side."""

    box: Box
    symbol: Box
    module: float


@dataclass(frozen=True, slots=True)
class Slot:
    """Room for the agency's name: it may shrink or take more lines, never leave."""

    box: Box
    largest: float
    smallest: float
    max_lines: int
    center: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """A finished composition."""

    brief: Brief
    content: Box
    band: Box | None
    lines: tuple[TextLine, ...]
    bars: tuple[Bar, ...]
    rules: tuple[Box, ...]
    card: CodeCard | None
    slot: Slot | None
    wording: Literal["full", "short", "none"]
    badges: tuple[Box, ...] = ()
    panel: Box | None = None

    @property
    def scene_box(self) -> Box | None:
        """Where the scene stands, to the canvas's edges; above the band, if there is one."""
        box = self._of_picture(None if self.brief.plan.scene is None else self.brief.plan.scene.box)
        return None if box is None else self._beside_column(box)

    def _beside_column(self, box: Box) -> Box:
        """A scene beside the column stays there, also where a wide safe edge moves the column."""
        scene, (left, _, width, _) = self.brief.plan.scene, self.brief.plan.column
        column = self.content.part(self.brief.plan.column)
        if scene is None:
            return box
        air = _AIR_BESIDE * self.brief.size.short_side
        if scene.box[0] >= left + width - _TOUCHING and box.x < column.right:
            left_edge = max(box.x, column.right + air)
            return Box(left_edge, box.y, box.right - left_edge, box.height)
        if scene.box[0] + scene.box[2] <= left + _TOUCHING and box.right > column.x:
            return Box(box.x, box.y, min(box.right, column.x - air) - box.x, box.height)
        return box

    @property
    def scene_focus(self) -> Box | None:
        """Where its people stand: inside the safe area, or all below it."""
        box = self._of_picture(None if self.brief.plan.scene is None else self.brief.plan.scene.focus)
        room = self.scene_box
        if box is None or room is None:
            return None
        if self.brief.plan.free_below:
            return box
        return self._below_type(self._beside_panel(box.meet(self.safe_box).meet(room))).meet(room)

    def _below_type(self, focus: Box) -> Box:
        """Below a column, up to its last line: what a short slogan leaves is the scene's, too."""
        if self.brief.plan.skeleton != "stack" or self.brief.family not in UPRIGHT:
            return focus
        taken = [line.ink for line in self.lines] + list(self.badges) + list(self.rules)
        above = [box.bottom for box in taken if box.center_y < focus.center_y]
        top = max(above, default=focus.y) + _AIR_BELOW * self.brief.size.short_side
        top = max(top, focus.bottom - _MOST_GROWN * focus.height)
        return Box(focus.x, top, focus.width, max(focus.bottom - top, 1e-6))

    @property
    def calm_panel(self) -> Box | None:
        """The calm ground under the column of type, out to the edges of the picture that it is of.

        Where an edge is far from the safe area it ends before: what may be covered is the picture's.
        """
        plan, safe = self.brief.plan, self.brief.safe
        if plan.panel is None:
            return None
        width, height = self.brief.size.width, self.brief.size.height
        near = self.content.part(plan.column).pad(plan.pad * self.brief.size.short_side)
        near = near.meet(Box(0, 0, width, height))
        reached = _REACHED[plan.panel]
        left = 0.0 if "left" in reached and safe.left <= _FAR * width else near.x
        right = width if "right" in reached and safe.right <= _FAR * width else near.right
        top = 0.0 if "top" in reached and safe.top <= _FAR * height else near.y
        bottom = height if "bottom" in reached and safe.bottom <= _FAR * height else near.bottom
        return Box(left, top, right - left, bottom - top)

    @property
    def panel_floats(self) -> bool:
        """Whether the picture is seen on more than one side of the calm panel."""
        panel, size = self.calm_panel, self.brief.size
        if panel is None:
            return False
        inside = (panel.x > 0, panel.y > 0, panel.right < size.width, panel.bottom < size.height)
        return sum(inside) > 1

    def _beside_panel(self, focus: Box) -> Box:
        """What the code in the corner leaves of it: at its side, or above it where that is too narrow."""
        panel = self.panel
        if panel is None or not panel.overlaps(focus):
            return focus
        air = 0.02 * self.brief.size.short_side
        least = min(_LEAST_FOCUS * self.brief.size.width, _LEAST_PART * focus.width)
        if panel.x - air - focus.x >= least:
            return Box(focus.x, focus.y, panel.x - air - focus.x, focus.height)
        return Box(focus.x, focus.y, focus.width, panel.y - air - focus.y)

    def _of_picture(self, region: Region | None) -> Box | None:
        if region is None:
            return None
        width, height = self.brief.size.width, self.brief.size.height
        box = Box(region[0] * width, region[1] * height, region[2] * width, region[3] * height)
        if self.band is not None and self.band.width > self.band.height and box.bottom > self.band.y:
            return Box(box.x, box.y, box.width, self.band.y - box.y)
        return box

    @property
    def safe_box(self) -> Box:
        """What must hold all ink."""
        return Box(0, 0, self.brief.size.width, self.brief.size.height).inset(self.brief.safe)
