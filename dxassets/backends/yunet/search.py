"""How a photo is searched for faces: a tiny copy first, larger ones if need be, turned ones at last.

The sizes and scores were chosen by measurement (docs/focus.md). A photo with one clear, large face costs one
glance at some 20,000 px; any other a look at twice as many, and more. `templates/site/js/facesearch.js`
searches in the same order, with the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import hypot, log, sqrt
from typing import Protocol

import numpy as np

from dxassets.backends.yunet.finding import SAME_FACE, FoundFace, find_faces
from dxassets.backends.yunet.network import STEP, Pixels
from dxassets.framing import Turn
from dxassets.geometry import Box

GLANCE_AREA, FIRST_AREA, SECOND_AREA = 20_000.0, 40_000.0, 300_000.0
"""Px of the tiny copy, of the one that is looked at where that doesn't do, and of the largest."""
LARGE = 32.0
"""Px of the tiny copy that a face is high at least to be believed there: its companions are found at once."""
ENLARGED = 2.0
"""Of the photo's sides in a larger copy; more only blurs."""
CLEAR = 36.0
"""Px of the first copy: of a face so high, companions are found at once, too."""
WANTED = 56.0
"""Px that the second copy shows a face high, if it is not to become too large for that."""

SURE_AT_A_GLANCE = 0.86
"""The score from which a face in the tiny copy is believed, and the photo upright: of pictures without a face
none got more than 0.64 there, none that lay on its side or head more than 0.82."""
SURE_AT_LAST = 0.75
"""The score from which it is believed where larger copies show nobody: of very dark skin, drawn without light
and shade, the tiny copy shows more than they do."""
SURE = 0.8
"""The score from which a face in the first copy is believed."""
SURE_ALONE = 0.87
"""The score from which a face in the larger copy is believed by itself."""
DOUBTFUL, HINTED = 0.78, 0.6
"""The score from which it is believed if the first copy showed a face there, and the score of that."""
GLIMPSED = 0.35
"""The score below which nobody looks at all."""
COMPANION = 0.6
"""The score of faces beside one that is believed."""
UPRIGHT = 0.88
"""The score from which nobody asks whether the photo lies on its side."""
TURNED, MARGIN = 0.86, 0.06
"""The score of a face in a turned copy for which the photo is turned, and by how much it beats the
upright one.
"""
TURNED_HINT = 0.5
"""The score in a small turned copy for which the larger one is looked at, turned."""

_HAIR = 1e-9
_ASIDE = 0.3
"""How much less a face counts at the photo's corner than in its middle."""
_BROWS, _LOWER = 0.82, 0.057
"""Brows to chin, of the height of the network's box, and how far below its middle theirs lies, as
measured.
"""


@dataclass(frozen=True, slots=True)
class Sighting:
    """The faces of a photo in shares of its sides once it is turned by `turn`, the most prominent first."""

    faces: tuple[FoundFace, ...] = ()
    turn: Turn = 0


class Copied(Protocol):
    """A photo that gives copies of itself."""

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of px."""
        ...

    def copy(self, width: int, height: int) -> Pixels:
        """All of it at another size."""
        ...


def search(photo: Copied, *, may_turn: bool = False) -> Sighting:
    """The faces in a photo, none where none can be believed."""
    shape, tiny = photo.shape, _copy(photo, GLANCE_AREA)
    glanced = _shares(find_faces(tiny, least=COMPANION), tiny)
    if _is_clear(glanced, tiny, SURE_AT_A_GLANCE):
        return Sighting(_prominent(glanced, shape))
    small = _copy(photo, FIRST_AREA)
    first = _shares(find_faces(small, least=GLIMPSED), small)
    best = first[0].score if first else 0.0
    if best >= SURE and (best >= UPRIGHT or not may_turn):
        return Sighting(_closer(photo, first))
    turn: Turn = 0
    turned: list[FoundFace] = []
    if may_turn:
        turned, turn = _turned(small)
    score = turned[0].score if turned else 0.0
    if score >= max(TURNED, best + MARGIN):
        return Sighting(_closer(photo, turned, turn=turn), turn)
    if best >= SURE:
        return Sighting(_closer(photo, first))
    found = _believed(_second(photo, first), first)
    if not found and score >= TURNED_HINT:
        found = [face for face in _second(photo, turned, turn=turn) if face.score >= SURE_ALONE]
        if found:
            return Sighting(_prominent(found, _lying(shape, turn)), turn)
    if not found and _is_clear(glanced, tiny, SURE_AT_LAST):
        found = glanced
    return Sighting(_prominent(found, shape))


def _is_clear(glanced: list[FoundFace], tiny: Pixels, least: float) -> bool:
    """Whether the surest face in the tiny copy is a large one that scores `least` or more."""
    if not glanced or glanced[0].score < least:
        return False
    return glanced[0].box.height * tiny.shape[0] >= LARGE - _HAIR


def _lying(shape: tuple[int, int], turn: Turn) -> tuple[int, int]:
    """Rows and columns of a photo once it is turned."""
    return shape if turn % 180 == 0 else (shape[1], shape[0])


def _turned(small: Pixels) -> tuple[list[FoundFace], Turn]:
    """The faces of the copy turned by 90, 180 or 270°, whichever shows the surest; and by how much."""
    looks: list[tuple[list[FoundFace], Turn]] = []
    turns: tuple[Turn, ...] = (90, 270, 180)
    for turn in turns:
        lying = np.ascontiguousarray(np.rot90(small, -turn // 90))
        looks.append((_shares(find_faces(lying, least=GLIMPSED), lying), turn))
    return max(looks, key=lambda look: look[0][0].score if look[0] else 0.0)


def _closer(photo: Copied, first: list[FoundFace], *, turn: Turn = 0) -> tuple[FoundFace, ...]:
    """The faces beside one that is believed; from a larger copy, if those in the first are small."""
    shape = _lying(photo.shape, turn)
    sure = max(face.box.height for face in first if face.score >= SURE) * _size(*shape, FIRST_AREA)[0]
    found = first if sure >= CLEAR else _merged(_second(photo, first, turn=turn), first)
    return _prominent([face for face in found if face.score >= COMPANION], shape)


def _second(photo: Copied, first: list[FoundFace], *, turn: Turn = 0) -> list[FoundFace]:
    """The faces in a larger copy; if the first shows a sure one, so large that it is shown well."""
    shape, area = _lying(photo.shape, turn), SECOND_AREA
    if first and first[0].score >= SURE:
        height, width = _size(*shape, FIRST_AREA)
        factor = WANTED / (first[0].box.height * height)
        area = min(SECOND_AREA, max(1.5 * FIRST_AREA, factor**2 * height * width))
    known = ENLARGED**2 * shape[0] * shape[1]
    copy = _copy(photo, max(min(area, known), FIRST_AREA), turn=turn)
    return _shares(find_faces(copy, least=COMPANION), copy)


def _believed(found: list[FoundFace], first: list[FoundFace]) -> list[FoundFace]:
    """All faces, if one of them is sure by itself, or doubtful but seen in both copies; otherwise none."""
    hints = [hint.box for hint in first if hint.score >= HINTED]
    sure = [
        face
        for face in found
        if face.score >= SURE_ALONE
        or (face.score >= DOUBTFUL and any(_overlap(face.box, hint) > SAME_FACE for hint in hints))
    ]
    return found if sure else []


def _merged(found: list[FoundFace], first: list[FoundFace]) -> list[FoundFace]:
    """The faces of the larger copy, and those that only the first shows, such as very large ones."""
    more = [face for face in first if all(_overlap(face.box, one.box) <= SAME_FACE for one in found)]
    return [*found, *more]


def _overlap(one: Box, other: Box) -> float:
    """What two boxes share, of what both cover."""
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    shared = max(0.0, across) * max(0.0, down)
    return shared / (one.width * one.height + other.width * other.height - shared)


def _prominent(faces: list[FoundFace], shape: tuple[int, int]) -> tuple[FoundFace, ...]:
    """Large, clear faces near the middle first; their boxes from brows to chin."""
    height, width = shape

    def weight(face: FoundFace) -> float:
        away = hypot(face.box.center_x - 0.5, face.box.center_y - 0.5) / sqrt(0.5)
        return face.box.height * face.score**2 * (1 - _ASIDE * min(1.0, away))

    ranked = sorted(faces, key=weight, reverse=True)
    return tuple(replace(face, box=_face_box(face.box, height / width)) for face in ranked)


def _face_box(box: Box, tall: float) -> Box:
    """From brows to chin and ear to ear: a square in px; `tall` is the photo's height, of its width."""
    height = _BROWS * box.height
    width = height * tall
    return Box(box.center_x - width / 2, box.center_y + _LOWER * box.height - height / 2, width, height)


def _shares(faces: list[FoundFace], copy: Pixels) -> list[FoundFace]:
    """Faces given in px of a copy, in shares of its sides."""
    height, width = copy.shape[:2]
    return [
        FoundFace(
            face.score,
            Box(face.box.x / width, face.box.y / height, face.box.width / width, face.box.height / height),
            tuple((x / width, y / height) for x, y in face.points),
        )
        for face in faces
    ]


def _copy(photo: Copied, area: float, *, turn: Turn = 0) -> Pixels:
    """The photo, turned, at about that many px, each side a multiple of what the network takes."""
    height, width = _size(*_lying(photo.shape, turn), area)
    if turn % 180:
        height, width = width, height
    return np.ascontiguousarray(np.rot90(photo.copy(width, height), -turn // 90))


def _size(height: int, width: int, area: float) -> tuple[int, int]:
    """Height and width of the copy: whole steps that are nearest to the photo's shape, and to the area."""
    rows = sqrt(area * height / width) / STEP
    choices = [(row, max(1, round(row * width / height))) for row in _around(rows)]
    best = min(choices, key=lambda one: _unlike(one, height / width, area))
    return best[0] * STEP, best[1] * STEP


def _around(rows: float) -> range:
    return range(max(1, round(rows) - 1), max(1, round(rows)) + 2)


def _unlike(steps: tuple[int, int], shape: float, area: float) -> float:
    """How far a copy is from the photo's shape, and, half as important, from the area."""
    down, across = steps
    return abs(log(down / across / shape)) + abs(log(down * across * STEP**2 / area)) / 2
