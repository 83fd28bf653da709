"""What a composition is given (`Brief`) and what it decides (`Layout`). Lengths are in the preset's unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dxassets.geometry import Box, Insets, Size
from dxassets.typesetting.composition import Composition, Region

Role = Literal["agency", "mark", "name", "lead", "slogan", "key", "tail", "call", "domain"]
"""`lead` and `key` are the words of a slogan that the campaign lifts: a step larger, or in the accent."""
_LEAST_FOCUS = 0.38
"""Of the picture's width, for people beside a code."""
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
    """The texts; there may be no mark. `slogan` holds its wordings, best first, each as one or two parts."""

    mark: str | None
    name: str
    slogan: tuple[tuple[str, ...], ...]
    call: str
    domain: str
    phrases: tuple[str, ...]
    emphasis: str | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """Everything that decides a composition but the agency's name, which must not move anything else.

    `safe` must stay free of type and code; `trim` is the part of it that a hem or
    a stand takes, so that frames and bands keep out of it as well.
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

    @property
    def plan(self) -> Composition:
        """The composition that is tried first; of a finished layout, the one that it has."""
        return self.plans[0]


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
        return self._of_picture(None if self.brief.plan.scene is None else self.brief.plan.scene.box)

    @property
    def scene_focus(self) -> Box | None:
        """Where its people stand, inside the safe area."""
        box = self._of_picture(None if self.brief.plan.scene is None else self.brief.plan.scene.focus)
        return None if box is None else self._beside_panel(box.meet(self.safe_box))

    def _beside_panel(self, focus: Box) -> Box:
        """What the code in the corner leaves of it: at its side, or above it where that is too narrow."""
        panel = self.panel
        if panel is None or not panel.overlaps(focus):
            return focus
        air = 0.02 * self.brief.size.short_side
        if panel.x - air - focus.x >= _LEAST_FOCUS * self.brief.size.width:
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
