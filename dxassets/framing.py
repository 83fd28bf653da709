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
from typing import Literal

from dxassets.geometry import Box, Size, bounding_box

LEAST_ZOOM, MOST_ZOOM = 1.0, 8.0

MOST_ZOOM_UNASKED = 3.0  # closer than this, only who looks at the picture may go
FACES_SEEN = 2.6  # the opening's diameter, in heights of the face in it
HEAD_RADIUS = 0.85  # of the circle around a face that holds its hair and chin, in heights of the face
HEAD_RISE = 0.15  # how far that circle's middle lies above the face's, in heights of the face
FACE_RADIUS = 0.6  # of the circle around a face alone, in heights of the face
LEAST_COMPANION = 0.4  # a face lower than this share of the largest one is a passer-by


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
class Subject:
    """What a photo shows: its faces, or else the part that the eye goes to first.

    The boxes, at least one, are shares of the photo's width and height, the most prominent first. A face's
    goes from the brows to the chin and from ear to ear. Any may reach beyond the photo's edge.
    """

    kind: Literal["face", "salient"]
    boxes: tuple[Box, ...]


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


def placement_for(subject: Subject | None, photo: Size, *, opening_px: float) -> Placement:
    """Where the photo lies when nobody says where: settled, and never turned.

    `photo` is the upright photo in px, `opening_px` the opening's diameter in px of the frame.

    - Faces: all of them, with hair and chin where the photo has room for these, if one opening can hold
      them; otherwise the largest. A single face is shown `FACES_SEEN` times its height, so that there is room
      above the hair and the shoulders are seen. The zoom never goes beyond `MOST_ZOOM_UNASKED`, nor so far
      that a px of the photo becomes larger than a px of the frame.
    - Anything else salient: its middle, and as much of the photo as goes in.
    - Nothing: the upper third of a portrait photo, where heads are; the middle of any other.
    """
    if subject is None:
        return settle(Placement(focus_y=1 / 3 if photo.height > photo.width else 0.5), photo)
    if subject.kind == "salient":
        middle = subject.boxes[0]
        return settle(Placement(middle.center_x, middle.center_y), photo)
    faces = [_in_px(box, photo) for box in subject.boxes]
    least = LEAST_COMPANION * faces[0].height
    company = [face for face in faces if face.height >= least]
    closest = max(LEAST_ZOOM, min(MOST_ZOOM_UNASKED, photo.short_side / opening_px))
    together = _around(company, photo, closest=closest)
    return together if _all_seen(company, together, photo) else _around(faces[:1], photo, closest=closest)


def _in_px(box: Box, photo: Size) -> Box:
    """A box given in shares of the photo's sides, in its px."""
    return Box(box.x * photo.width, box.y * photo.height, box.width * photo.width, box.height * photo.height)


def _around(faces: list[Box], photo: Size, *, closest: float) -> Placement:
    """The settled placement that shows these heads as large as may be, but no larger than a single one."""
    heads = [_circle(face, HEAD_RADIUS, rise=HEAD_RISE) for face in faces]
    square = bounding_box(Box(x - radius, y - radius, 2 * radius, 2 * radius) for x, y, radius in heads)
    middle_x, middle_y = square.center_x, square.center_y
    holds_all = max(hypot(x - middle_x, y - middle_y) + radius for x, y, radius in heads)
    reach = max(holds_all, max(face.height for face in faces) * FACES_SEEN / 2)
    zoom = min(photo.short_side / (2 * reach), closest)
    return settle(Placement(middle_x / photo.width, middle_y / photo.height, zoom), photo)


def _all_seen(faces: list[Box], placement: Placement, photo: Size) -> bool:
    """Whether every face lies inside the opening, hair or not."""
    reach = photo.short_side / (2 * placement.zoom)
    focus_x, focus_y = placement.focus_x * photo.width, placement.focus_y * photo.height
    circles = [_circle(face, FACE_RADIUS, rise=0.0) for face in faces]
    return all(hypot(x - focus_x, y - focus_y) + radius <= reach for x, y, radius in circles)


def _circle(face: Box, radius: float, *, rise: float) -> tuple[float, float, float]:
    """Middle x and y and radius of the circle around a face; radius and rise in heights of the face."""
    return face.center_x, face.center_y - rise * face.height, radius * face.height


def _within(share: float, margin: float) -> float:
    """`share`, kept `margin` away from 0 and 1 (in the middle where there is no room)."""
    return 0.5 if margin >= 0.5 else min(max(share, margin), 1.0 - margin)
