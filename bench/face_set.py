"""A free set of pictures with faces, made of this project's drawn people: tests may carry it.

Three people who do not exist (docs/portraits, MIT licence) in the ten skin tones of the Monk scale (Ellis
Monk and Google, CC BY 4.0), mirrored, turned, in poor light, far away, on their side, in groups; and pictures
without anybody. All is made anew from the drawings, always the same, and nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians, sin
from pathlib import Path
from time import process_time

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from dxassets.backends.rasterizer import resized, svg_to_pixels
from dxassets.backends.subject import find_subject
from dxassets.backends.yunet import search
from dxassets.framing import FACE_RADIUS, Placement, Subject, Turn, placement_for
from dxassets.geometry import Box, Size

Pixels = NDArray[np.uint8]
OPENING_PX = 740.0
WANTED_SHARE = 0.25
"""Of the opening's diameter that a face should be high at least."""
MONK = ("f6ede4", "f3e7db", "f7ead0", "eadaba", "d7bd96", "a07e56", "825c43", "604134", "3a312a", "292420")
_PORTRAITS = Path(__file__).parent.parent / "docs" / "portraits"
_SKIN = {"ao-dai": ("f0c9a4", "dba981"), "garden": ("c98f62", "ad7549"), "office": ("e3b48c", "c8966d")}
"""The skin of each drawing, and its shade."""
_MARKS = {
    "ao-dai": (0.509, 0.418, 0.510, 0.503),
    "garden": (0.467, 0.434, 0.468, 0.541),
    "office": (0.624, 0.415, 0.620, 0.520),
}
"""Middle of the eyes and of the mouth, as shares of the drawing."""
_HEIGHT = 2.2  # of a face from brows to chin, in distances from between the eyes to the mouth
_LONG = 800
_SHADE = 0.85
_AROUND = 1.2
"""Heights of a face that are taken to its left and right."""


@dataclass(frozen=True, slots=True)
class KnownFace:
    """A face in px: its middle, and its height from brows to chin."""

    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True, eq=False)
class FaceScene:
    """A picture, its group, the faces in it once it is turned by `turn` (degrees, clockwise)."""

    group: str
    pixels: Pixels
    faces: tuple[KnownFace, ...] = ()
    turn: Turn = 0


@dataclass(slots=True)
class FaceScore:
    """What became of a group's pictures, in counts."""

    pictures: int = 0
    found: int = 0  # all faces found
    wrong: int = 0  # the main face is none, or a face was seen where nobody is
    seen: int = 0  # all faces in the opening, a single one at least `WANTED_SHARE` of it
    turned: int = 0  # turned as it lies, or left as it is where it is upright


def scored(scenes: Sequence[FaceScene]) -> dict[str, FaceScore]:
    """The scores by group."""
    scores: dict[str, FaceScore] = {}
    for scene in scenes:
        _count(scores.setdefault(scene.group, FaceScore()), scene)
    return scores


def _count(score: FaceScore, scene: FaceScene) -> None:
    subject = find_subject(scene.pixels, may_turn=True)
    found = subject if subject is not None and subject.kind == "face" else None
    upright = scene.pixels.shape[1::-1] if scene.turn % 180 == 0 else scene.pixels.shape[:2]
    photo = Size(*map(float, upright))
    score.pictures += 1
    boxes = found.boxes if found else ()
    hits = [any(_is_at(box, face, photo) for box in boxes) for face in scene.faces]
    score.found += all(hits)
    score.wrong += bool(boxes) and not any(_is_at(boxes[0], face, photo) for face in scene.faces)
    turn = found.turn if found else 0
    score.turned += turn == scene.turn
    if found and turn == scene.turn and scene.faces:
        straight = Subject("face", found.boxes, found.scores)
        fit = "group" if len(scene.faces) > 1 else "auto"
        score.seen += _is_seen(
            scene.faces, placement_for(straight, photo, opening_px=OPENING_PX, fit=fit), photo
        )


def _is_at(box: Box, face: KnownFace, photo: Size) -> bool:
    apart = hypot(box.center_x * photo.width - face.x, box.center_y * photo.height - face.y)
    return apart <= 0.4 * face.height and 0.5 < box.height * photo.height / face.height < 2


def _is_seen(faces: Sequence[KnownFace], placed: Placement, photo: Size) -> bool:
    reach = photo.short_side / (2 * placed.zoom)
    x, y = placed.focus_x * photo.width, placed.focus_y * photo.height
    inside = all(hypot(face.x - x, face.y - y) + FACE_RADIUS * face.height <= reach for face in faces)
    return inside and (len(faces) > 1 or faces[0].height >= WANTED_SHARE * 2 * reach)


# --- the pictures -------------------------------------------------------------------------------------


def face_scenes() -> Iterator[FaceScene]:
    """All pictures, always the same ones."""
    chance = np.random.default_rng(11)
    for name in _SKIN:
        yield from (_alone(name, tone, f"skin tone {number}") for number, tone in enumerate(MONK, 1))
        whole = _alone(name, None, "mirrored")
        yield _mirrored(whole)
        yield from (_turned(whole, degrees) for degrees in (-20, -10, 10, 20))
        yield from _lit(whole, chance)
        for share in (0.16, 0.12, 0.09):
            yield _far(name, MONK[int(chance.integers(3, 8))], share, chance)
        yield from (_lying(whole, turn) for turn in _TURNS)
    for count in (2, 2, 3, 3, 4, 5):
        yield _group(count, chance)
    yield from _nobody(chance)


_TURNS: tuple[Turn, ...] = (90, 180, 270)


@cache
def _drawn(name: str, tone: str | None, longest: int = _LONG) -> tuple[Pixels, KnownFace]:
    """A person in a skin tone, and where the face is."""
    markup = (_PORTRAITS / f"{name}.svg").read_text(encoding="utf-8")
    if tone is not None:
        skin, shade = _SKIN[name]
        darker = "".join(f"{round(_SHADE * int(tone[at : at + 2], 16)):02x}" for at in (0, 2, 4))
        markup = markup.replace(f"#{skin}", f"#{tone}").replace(f"#{shade}", f"#{darker}")
    sides = re.search(r'width="(\d+)" height="(\d+)"', markup)
    assert sides is not None
    factor = longest / max(int(sides[1]), int(sides[2]))
    width, height = (round(int(side) * factor) for side in sides.groups())
    pixels = svg_to_pixels(markup.replace(sides[0], f'width="{width}" height="{height}"', 1))
    eyes_x, eyes_y, mouth_x, mouth_y = _MARKS[name]
    length = hypot((mouth_x - eyes_x) * width, (mouth_y - eyes_y) * height)
    return pixels, KnownFace(
        (eyes_x + mouth_x) / 2 * width, (eyes_y + mouth_y) / 2 * height, _HEIGHT * length
    )


def _alone(name: str, tone: str | None, group: str) -> FaceScene:
    pixels, face = _drawn(name, tone)
    return FaceScene(group, pixels, (face,))


def _mirrored(scene: FaceScene) -> FaceScene:
    width = scene.pixels.shape[1]
    faces = tuple(KnownFace(width - face.x, face.y, face.height) for face in scene.faces)
    return FaceScene("mirrored", np.ascontiguousarray(scene.pixels[:, ::-1]), faces)


def _turned(scene: FaceScene, degrees: int) -> FaceScene:
    """Turned clockwise about the picture's middle; what was outside is gray."""
    height, width = scene.pixels.shape[:2]
    angle = radians(degrees)

    def moved(face: KnownFace) -> KnownFace:
        x, y = face.x - width / 2, face.y - height / 2
        return KnownFace(
            width / 2 + x * cos(angle) - y * sin(angle),
            height / 2 + x * sin(angle) + y * cos(angle),
            face.height,
        )

    image = Image.fromarray(scene.pixels).rotate(
        -degrees, Image.Resampling.BICUBIC, fillcolor=(128, 128, 128)
    )
    return FaceScene(f"turned by {abs(degrees)}°", np.asarray(image), tuple(map(moved, scene.faces)))


def _lit(scene: FaceScene, chance: np.random.Generator) -> Iterator[FaceScene]:
    """Dark, noisy, out of focus."""
    pixels = scene.pixels.astype(float)
    yield FaceScene("dark", (pixels * 0.35).astype(np.uint8), scene.faces)
    grain = chance.normal(0, 22, pixels.shape)
    yield FaceScene("noisy", (pixels + grain).clip(0, 255).astype(np.uint8), scene.faces)
    soft = Image.fromarray(scene.pixels).filter(ImageFilter.GaussianBlur(scene.faces[0].height / 25))
    yield FaceScene("out of focus", np.asarray(soft), scene.faces)


def _lying(scene: FaceScene, turn: Turn) -> FaceScene:
    """On its side or head, so that it must be turned by `turn`."""
    return FaceScene(
        "on its side or head", np.ascontiguousarray(np.rot90(scene.pixels, turn // 90)), scene.faces, turn
    )


def _ground(width: int, height: int, chance: np.random.Generator) -> Pixels:
    """Soft colours that run into one another."""
    few = chance.integers(60, 220, (3, 4, 3), dtype=np.uint8)
    return np.asarray(Image.fromarray(few).resize((width, height), Image.Resampling.BICUBIC)).copy()


def _laid(ground: Pixels, name: str, tone: str, *, height: float, at: tuple[int, int]) -> KnownFace:
    """Head and shoulders laid onto `ground` with a face so high, its middle at a place; the face there."""
    pixels, face = _drawn(name, tone)
    left, top = max(0, round(face.x - _AROUND * face.height)), max(0, round(face.y - face.height))
    part = pixels[top : round(face.y + 2 * face.height), left : round(face.x + _AROUND * face.height)]
    factor = height / face.height
    small = resized(np.ascontiguousarray(part), round(part.shape[1] * factor), round(part.shape[0] * factor))
    x, y = at[0] - round((face.x - left) * factor), at[1] - round((face.y - top) * factor)
    room = ground[y : y + small.shape[0], x : x + small.shape[1]]
    room[...] = small[: room.shape[0], : room.shape[1]]
    return KnownFace(x + (face.x - left) * factor, y + (face.y - top) * factor, height)


def _far(name: str, tone: str, share: float, chance: np.random.Generator) -> FaceScene:
    ground = _ground(1280, 960, chance)
    at = int(chance.integers(320, 960)), int(chance.integers(280, 560))
    face = _laid(ground, name, tone, height=share * 1280, at=at)
    return FaceScene(f"face of {share:.0%} of the longer side", ground, (face,))


def _group(count: int, chance: np.random.Generator) -> FaceScene:
    """So many people side by side, all kinds of tones."""
    ground = _ground(360 * count, 720, chance)
    names = chance.permutation(list(_SKIN) * 2)[:count]
    faces: list[KnownFace] = []
    for place, name in enumerate(names):
        tone = MONK[int(chance.integers(0, len(MONK) - 1))]
        at = 360 * place + 180, int(chance.integers(250, 400))
        faces.append(_laid(ground, str(name), tone, height=125, at=at))
    return FaceScene("groups", ground, tuple(faces))


def _nobody(chance: np.random.Generator) -> Iterator[FaceScene]:
    """Soft colours, noise, bars, a round thing with two dots."""
    for _ in range(3):
        yield FaceScene("nobody", _ground(800, 600, chance))
    yield FaceScene("nobody", chance.integers(0, 255, (600, 800, 3), dtype=np.uint8))
    bars = np.zeros((600, 800, 3), dtype=np.uint8)
    bars[:, (np.arange(800) // 23) % 2 == 0] = (220, 200, 60)
    yield FaceScene("nobody", bars)
    y, x = np.mgrid[0:600, 0:800]
    thing = _ground(800, 600, chance)
    thing[np.hypot(x - 400, y - 300) < 180] = (230, 180, 40)
    for middle in (340, 460):
        thing[np.hypot(x - middle, y - 260) < 22] = (40, 40, 40)
    yield FaceScene("nobody", thing)


HEAD = (
    "| pictures | number | all found | wrong main face | in the opening (one: ≥ 25 %) | turned right |\n"
    "| --- | --- | --- | --- | --- | --- |"
)


def table(scores: dict[str, FaceScore]) -> str:
    """The scores as the table of docs/focus.md."""
    rows: list[str] = []
    for group, one in scores.items():
        found, seen = (
            "–" if group == "nobody" else f"{count} of {one.pictures}" for count in (one.found, one.seen)
        )
        rows.append(f"| {group} | {one.pictures} | {found} | {one.wrong} | {seen} | {one.turned} |")
    return "\n".join([HEAD, *rows])


SIZES = (10_000, 20_000, 40_000, 80_000, 160_000)
"""Px of the first copy that is looked at."""


def by_size(scenes: Sequence[FaceScene]) -> Iterator[str]:
    """The same by the size of the first copy, a row each; what is used otherwise stays as it is."""
    usual = search.FIRST_AREA
    yield "| px of the first copy | in the opening | groups | wrong main face | turned right | ms a picture |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for size in SIZES:
        search.FIRST_AREA = float(size)
        begun = process_time()
        scores = scored(scenes)
        spent = 1000 * (process_time() - begun) / len(scenes)
        alone = [one for group, one in scores.items() if group not in {"groups", "nobody"}]
        seen, of = sum(one.seen for one in alone), sum(one.pictures for one in alone)
        wrong, turned = (sum(getattr(one, name) for one in scores.values()) for name in ("wrong", "turned"))
        groups = scores["groups"]
        yield (
            f"| {size:,} | {seen} of {of} | {groups.seen} of {groups.pictures} | {wrong} "
            f"| {turned} of {len(scenes)} | {spent:.0f} |"
        )
    search.FIRST_AREA = usual


if __name__ == "__main__":
    made = list(face_scenes())
    print(table(scored(made)), "", *by_size(made), sep="\n")
