"""Where a photo lies under an avatar frame: one small transform, shared by the command and the web page.

Words and units:

- The *frame* is a square of `side` px. Its *opening* is the circle that shows the photo; centre and
  radius are shares of the side, so one opening serves every size.
- The *photo* is upright (its EXIF orientation is already applied) and measures width × height px.
- A *placement* says which point of the photo, the *focus* (shares of its width and height), lies at
  the middle of the opening, how much larger than necessary the photo is drawn (`zoom`, 1 or more),
  and by how many degrees it is turned (`rotation`, clockwise as seen).

Maths. With R the opening's radius in px, the photo is drawn at

    k = zoom · 2R / min(width, height)          px of the frame for a px of the photo

and a point p of the photo lands on

    q = C + k · Rot(rotation) · (p - F)

where C is the middle of the opening and F the focus in px. A circle looks the same from all sides, so
the photo covers the opening, however it is turned, exactly if F keeps R / k away from the photo's
edges: `settle` moves the focus to the nearest such point. At zoom 1 the whole short side is seen.

The web page has the same in `templates/site/js/framing.js`; both are tested with the numbers in
`tests/data/framing.json`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, hypot, radians, sin

from dxassets.geometry import Size

LEAST_ZOOM, MOST_ZOOM = 1.0, 8.0


@dataclass(frozen=True, slots=True)
class Opening:
    """The circle of a frame that shows the photo, as shares of the frame's side."""

    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Placement:
    """Which point of the photo (shares of its sides) lies in the middle, how large and how turned."""

    focus_x: float = 0.5
    focus_y: float = 0.5
    zoom: float = 1.0
    rotation: float = 0.0


@dataclass(frozen=True, slots=True)
class Transform:
    """x' = a·x + c·y + e, y' = b·x + d·y + f: from px of the photo to px of the frame (canvas order)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the photo lands on the frame."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def inverse(self) -> Transform:
        """From px of the frame back to px of the photo."""
        det = self.a * self.d - self.b * self.c
        a, b, c, d = self.d / det, -self.b / det, -self.c / det, self.a / det
        return Transform(a, b, c, d, -(a * self.e + c * self.f), -(b * self.e + d * self.f))

    @property
    def scale(self) -> float:
        """Px of the frame for a px of the photo."""
        return hypot(self.a, self.b)


def settle(placement: Placement, photo: Size) -> Placement:
    """The nearest placement that leaves no part of the opening empty; rotation within (-180, 180]."""
    zoom = min(max(placement.zoom, LEAST_ZOOM), MOST_ZOOM)
    reach = photo.short_side / (2 * zoom)  # R / k
    turned = 180.0 - (180.0 - placement.rotation) % 360.0
    return replace(
        placement,
        focus_x=_within(placement.focus_x, reach / photo.width),
        focus_y=_within(placement.focus_y, reach / photo.height),
        zoom=zoom,
        rotation=turned,
    )


def transform_of(placement: Placement, photo: Size, opening: Opening, *, side: float) -> Transform:
    """The transform of a settled placement, for a frame of `side` px."""
    k = placement.zoom * 2 * opening.radius * side / photo.short_side
    angle = radians(placement.rotation)
    a, b = k * cos(angle), k * sin(angle)
    x, y = placement.focus_x * photo.width, placement.focus_y * photo.height
    return Transform(a, b, -b, a, opening.x * side - a * x + b * y, opening.y * side - b * x - a * y)


def moved(
    placement: Placement, photo: Size, opening: Opening, *, side: float, dx: float, dy: float
) -> Placement:
    """The placement after the photo was dragged by `dx`, `dy` px of the frame, settled."""
    back = transform_of(placement, photo, opening, side=side).inverse()
    return settle(
        replace(
            placement,
            focus_x=placement.focus_x - (back.a * dx + back.c * dy) / photo.width,
            focus_y=placement.focus_y - (back.b * dx + back.d * dy) / photo.height,
        ),
        photo,
    )


def _within(share: float, margin: float) -> float:
    """`share`, kept `margin` away from 0 and 1 (in the middle where there is no room)."""
    return 0.5 if margin >= 0.5 else min(max(share, margin), 1.0 - margin)
