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

A group may be shown smaller than that, at a zoom below 1: then the opening has room around the photo, the
*surround*. Along a side that doesn't fill the opening the photo stays wholly within the opening's square.

The web page has the same in `templates/site/js/framing.js`; both are tested with the numbers in
`tests/data/framing.json`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, hypot, radians, sin
from typing import Literal

from dxassets.geometry import Box, Size, bounding_box

LEAST_ZOOM, MOST_ZOOM = 1.0, 8.0
LEAST_GROUP_ZOOM = 0.4  # of a group with a surround; farther away, nobody is known any more

MOST_ZOOM_UNASKED = 5.0  # closer than this, only who looks at the picture may go
MOST_ENLARGED_UNASKED = 2.0  # px of the frame for a px of the photo: avatars are looked at 40 to 320 px large
FACES_SEEN = 2.6  # the opening's diameter, in heights of the face in it
HEAD_RADIUS = 0.85  # of the circle around a face that holds its hair and chin, in heights of the face
HEAD_RISE = 0.15  # how far that circle's middle lies above the face's, in heights of the face
NEAREST = 0.75  # of the opening's radius around a face in a corner, in heights of the face
FACE_RADIUS = 0.6  # of the circle around a face alone, in heights of the face
LEAST_COMPANION = 0.4  # a face lower than this share of the largest one is a passer-by

Fit = Literal["auto", "group"]
"""Whether a group too wide for the opening gives way to its main face, or is shown whole, with a surround."""
Turn = Literal[0, 90, 180, 270]
"""Degrees, clockwise, by which a photo is turned upright."""


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
    goes from the brows to the chin and from ear to ear. Any may reach beyond the photo's edge. `scores` say
    how sure each face is, 0 to 1. Where `turn` isn't 0 the photo lies on its side, or on its head, and the
    boxes are those of the photo turned upright by it.
    """

    kind: Literal["face", "salient"]
    boxes: tuple[Box, ...]
    scores: tuple[float, ...] = ()
    turn: Turn = 0


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


def settle(placement: Placement, photo: Size, *, least: float = LEAST_ZOOM) -> Placement:
    """The nearest placement that leaves no part of the opening empty; rotation within (-180, 180].

    With `least` below 1 the photo may be smaller than the opening, and then stays within it.
    """
    zoom = min(max(placement.zoom, least), MOST_ZOOM)
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


def placement_for(subject: Subject | None, photo: Size, *, opening_px: float, fit: Fit = "auto") -> Placement:
    """Where the photo lies when nobody says where: settled, and turned only if the subject says so.

    `photo` is the photo in px as its file says it is upright, `opening_px` the opening's diameter in px of
    the frame.

    - Faces: all of them, with hair and chin where the photo has room for these, if one opening can hold
      them; otherwise the most prominent. A single face is shown `FACES_SEEN` times its height, so that
      there is room above the hair and the shoulders are seen. The zoom never goes beyond
      `MOST_ZOOM_UNASKED`, nor so far that a px of the photo becomes larger than `MOST_ENLARGED_UNASKED` px
      of the frame. With ``group`` all main faces are shown, if need be at a zoom below 1.
    - Anything else salient: its middle, and as much of the photo as goes in.
    - Nothing: the upper third of a portrait photo, where heads are; the middle of any other.
    """
    if subject is None:
        return settle(Placement(focus_y=1 / 3 if photo.height > photo.width else 0.5), photo)
    if subject.kind == "salient":
        middle = subject.boxes[0]
        return settle(Placement(middle.center_x, middle.center_y), photo)
    upright = photo if subject.turn % 180 == 0 else Size(photo.height, photo.width)
    closest = MOST_ENLARGED_UNASKED * upright.short_side / opening_px
    closest = max(LEAST_ZOOM, min(MOST_ZOOM_UNASKED, closest))
    company = [_in_px(subject.boxes[at], upright) for at in main_faces(subject)]
    return _turned_back(_of_faces(company, upright, closest=closest, fit=fit), subject.turn)


def main_faces(subject: Subject) -> tuple[int, ...]:
    """Which of the faces are no passers-by, the most prominent first."""
    least = LEAST_COMPANION * subject.boxes[0].height if subject.kind == "face" else 1.0
    return tuple(at for at, box in enumerate(subject.boxes) if box.height >= least)


def _of_faces(company: list[Box], photo: Size, *, closest: float, fit: Fit) -> Placement:
    """All faces (px) if they go in, or may be shown with a surround; otherwise the first."""
    together = _around(company, photo, closest=closest)
    if _all_seen(company, together, photo):
        return together
    if fit == "auto":
        return _nearer(company[0], photo, closest=closest)
    middle_x, middle_y, reach = _holding(company)
    zoom = min(photo.short_side / (2 * reach), closest)
    while True:
        wide = Placement(middle_x / photo.width, middle_y / photo.height, zoom)
        wide = settle(wide, photo, least=LEAST_GROUP_ZOOM)
        if zoom <= LEAST_GROUP_ZOOM or _all_seen(company, wide, photo):
            return wide
        zoom *= _FARTHER


_FARTHER = 0.98
"""Of the zoom, from one try to the next: near an edge the focus moves with it."""


def _nearer(face: Box, photo: Size, *, closest: float) -> Placement:
    """One face, closer than usual if it lies in a corner where only a smaller circle reaches."""
    usual = placed = _around([face], photo, closest=closest)
    most = min(closest, photo.short_side / (2 * NEAREST * face.height))
    while not _all_seen([face], placed, photo):
        if placed.zoom >= most:
            return usual
        middle_x, middle_y, _ = _holding([face])
        zoom = min(placed.zoom / _FARTHER, most)
        placed = settle(Placement(middle_x / photo.width, middle_y / photo.height, zoom), photo)
    return placed


def _turned_back(placement: Placement, turn: Turn) -> Placement:
    """The placement on the photo as it came, of one on the photo turned upright."""
    x, y = placement.focus_x, placement.focus_y
    came = {0: (x, y), 90: (y, 1 - x), 180: (1 - x, 1 - y), 270: (1 - y, x)}[turn]
    return replace(placement, focus_x=came[0], focus_y=came[1], rotation=180.0 - (180.0 - turn) % 360.0)


def focal_point(subject: Subject | None, photo: Size) -> tuple[float, float]:
    """The point of an upright photo that must be seen, in shares of its sides: the middle of its faces.

    Without faces the middle of what stands out; without either, where `placement_for` looks.
    """
    if subject is None:
        return 0.5, 1 / 3 if photo.height > photo.width else 0.5
    middle = subject.boxes[0]
    if subject.kind == "face":
        least = LEAST_COMPANION * middle.height
        middle = bounding_box(face for face in subject.boxes if face.height >= least)
    return min(max(middle.center_x, 0.0), 1.0), min(max(middle.center_y, 0.0), 1.0)


def _in_px(box: Box, photo: Size) -> Box:
    """A box given in shares of the photo's sides, in its px."""
    return Box(box.x * photo.width, box.y * photo.height, box.width * photo.width, box.height * photo.height)


def _around(faces: list[Box], photo: Size, *, closest: float) -> Placement:
    """The settled placement that shows these heads as large as may be, but no larger than a single one."""
    middle_x, middle_y, reach = _holding(faces)
    zoom = min(photo.short_side / (2 * reach), closest)
    return settle(Placement(middle_x / photo.width, middle_y / photo.height, zoom), photo)


def _holding(faces: list[Box]) -> tuple[float, float, float]:
    """Middle x and y and radius of the circle that holds these heads, no smaller than for a single one."""
    heads = [_circle(face, HEAD_RADIUS, rise=HEAD_RISE) for face in faces]
    square = bounding_box(Box(x - radius, y - radius, 2 * radius, 2 * radius) for x, y, radius in heads)
    middle_x, middle_y = square.center_x, square.center_y
    holds_all = max(hypot(x - middle_x, y - middle_y) + radius for x, y, radius in heads)
    return middle_x, middle_y, max(holds_all, max(face.height for face in faces) * FACES_SEEN / 2)


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
    """`share`, kept `margin` away from 0 and 1, or, where that leaves no room, between both margins."""
    least, most = min(margin, 1.0 - margin), max(margin, 1.0 - margin)
    return min(max(share, least), most)
