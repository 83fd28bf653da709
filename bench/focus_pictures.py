"""Pictures with known faces or subjects, for `bench.focus`: real ones, and many made from them.

Nothing of this is part of the project, and nothing is written. The photos of faces lie in the wheels of
scikit-image (its astronaut: Eileen Collins, NASA, public domain; 100 faces of 25 × 25 px from "Labeled Faces
in the Wild") and matplotlib (Grace Hopper, U.S. Navy, public domain), and in the source archive of
face_recognition 1.3.0 (`--photos`: its tests/test_images, two men in official photos of the White House,
works of the U.S. government; their notice asks that they be neither altered nor used to promote anything, so
what is made of them here stays in memory). The drawn portraits are this project's own. Where the eyes and
the mouth are was marked by looking.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from math import cos, hypot, radians, sin
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

from dxassets.geometry import Box

Pixels = NDArray[np.uint8]
LONGEST = 1280  # px; what photos are kept at here
HEIGHT = 2.2  # of a face from brows to chin, in distances from between the eyes to the mouth


@dataclass(frozen=True, slots=True)
class Face:
    """A face in px: its middle, its height from brows to chin, and how it is turned (degrees, clockwise)."""

    x: float
    y: float
    height: float
    turn: float = 0.0


@dataclass(frozen=True, slots=True)
class Case:
    """A picture, its group, and the truth: faces, or else the box of its subject, or nothing of note."""

    group: str
    picture: Image.Image
    faces: tuple[Face, ...] = ()
    subject: Box | None = None


# name: eyes' middle x, y, mouth x, y, as shares of the upright photo
_MARKS = {
    "astronaut": (0.438, 0.207, 0.432, 0.290),
    "grace_hopper": (0.519, 0.318, 0.531, 0.457),
    "biden": (0.615, 0.156, 0.590, 0.221),
    "obama": (0.549, 0.195, 0.552, 0.300),
    "obama2": (0.508, 0.318, 0.470, 0.434),
    "obama3": (0.560, 0.168, 0.561, 0.225),
    "obama_partial_face": (0.165, 0.192, 0.168, 0.296),
    "obama_partial_face2": (0.891, 0.198, 0.905, 0.300),
    "ao-dai": (0.509, 0.418, 0.510, 0.503),
    "garden": (0.467, 0.434, 0.468, 0.541),
    "office": (0.624, 0.415, 0.620, 0.520),
}
_WHITE_HOUSE = ("biden", "obama", "obama2", "obama3", "obama_partial_face", "obama_partial_face2")
_DRAWN = ("ao-dai", "garden", "office")
_TEXTURES = ("brick.png", "grass.png", "gravel.png", "ihc.png", "text.png", "page.png", "moon.png")
# name: the subject's box in shares, or None where there is no single one
_SCENES: dict[str, tuple[float, float, float, float] | None] = {
    "coffee.png": (0.13, 0.02, 0.68, 0.95),
    "chelsea.png": (0.22, 0.00, 0.60, 0.95),
    "motorcycle_left.png": (0.05, 0.14, 0.87, 0.78),
    "rocket.jpg": (0.45, 0.28, 0.10, 0.70),
    "horse.png": (0.03, 0.03, 0.95, 0.85),
    "cell.png": (0.64, 0.44, 0.28, 0.26),
    "clock_motion.png": (0.34, 0.28, 0.38, 0.40),
    "logo.png": None,
    "coins.png": None,
    "hubble_deep_field.jpg": None,
    "retina.jpg": None,
    "color.png": None,
    **dict.fromkeys(_TEXTURES, None),
}


@dataclass(frozen=True, slots=True)
class Source:
    """Where pictures come from: the folder of more photos (or None) and the project's root."""

    photos: Path | None
    project: Path


def cases(source: Source) -> Iterator[Case]:
    """All pictures, always the same ones."""
    chance = np.random.default_rng(5)
    portraits = _portraits(source)
    whole = portraits[:-2] if source.photos else portraits
    yield from portraits
    yield from (_mirrored(case) for case in portraits)
    for case in whole:
        yield from (_turned(case, degrees) for degrees in (-30, -20, -10, 10, 20, 30))
        yield from (replace(case, group="light", picture=change(case.picture)) for change in _LIGHTS)
        yield from (_toned(case, tone) for tone in ((0.35, 0.27, 0.22), (0.6, 0.52, 0.45), (1.35, 1.3, 1.25)))
        yield from (_covered(case, cover) for cover in _COVERS)
        for share in (0.16, 0.12, 0.09, 0.07, 0.05):
            yield _small(case, share, _scene(chance), chance)
    yield from _hundred(chance)
    yield from _groups(whole, chance)
    yield from _drawn(source)
    yield from _faceless(source, chance)
    yield from _subjects(chance)


# --- photos of people -----------------------------------------------------------------------------


def _portraits(source: Source) -> list[Case]:
    photos = [
        _marked("astronaut", _packaged("skimage", "data/astronaut.png")),
        _marked("grace_hopper", _packaged("matplotlib", "mpl-data/sample_data/grace_hopper.jpg")),
    ]
    if source.photos:
        photos += [_marked(name, source.photos / f"{name}.jpg") for name in _WHITE_HOUSE]
    return photos


def _packaged(package: str, path: str) -> Path:
    found = import_module(package).__file__
    assert found is not None
    return Path(found).parent / path


@cache
def _opened(path: Path) -> Image.Image:
    """No larger than `LONGEST`, in sRGB."""
    picture = Image.open(path)
    if picture.mode in {"1", "I;16"}:
        picture = picture.convert("L")
    picture = picture.convert("RGB")
    picture.thumbnail((LONGEST, LONGEST))
    return picture


def _marked(name: str, path: Path, group: str = "portraits") -> Case:
    return _case(name, _opened(path), group)


def _case(name: str, picture: Image.Image, group: str) -> Case:
    eyes_x, eyes_y, mouth_x, mouth_y = _MARKS[name]
    width, height = picture.size
    middle = ((eyes_x + mouth_x) / 2 * width, (eyes_y + mouth_y) / 2 * height)
    length = hypot((mouth_x - eyes_x) * width, (mouth_y - eyes_y) * height)
    return Case(group, picture, (Face(*middle, HEIGHT * length),))


def _mirrored(case: Case) -> Case:
    width = case.picture.width
    return replace(
        case,
        picture=case.picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
        faces=tuple(replace(face, x=width - face.x) for face in case.faces),
    )


def _turned(case: Case, degrees: float) -> Case:
    """Turned clockwise about the picture's middle; what was outside is gray."""
    width, height = case.picture.size
    angle = radians(degrees)

    def moved(face: Face) -> Face:
        x, y = face.x - width / 2, face.y - height / 2
        return Face(
            width / 2 + x * cos(angle) - y * sin(angle),
            height / 2 + x * sin(angle) + y * cos(angle),
            face.height,
            degrees,
        )

    turned = case.picture.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=(128, 128, 128))
    faces = tuple(moved(face) for face in case.faces)
    return Case(f"turned {abs(degrees):.0f}°", turned, faces)


def _toned(case: Case, tone: tuple[float, float, float]) -> Case:
    """The skin of the face, in linear light, times `tone`."""
    mask = Image.new("L", case.picture.size, 0)
    draw = ImageDraw.Draw(mask)
    for face in case.faces:
        wide, tall = 0.55 * face.height, 0.8 * face.height
        draw.ellipse((face.x - wide, face.y - tall, face.x + wide, face.y + tall), fill=255)
    mask = mask.filter(ImageFilter.GaussianBlur(case.faces[0].height * 0.06))
    light = (np.asarray(case.picture) / 255.0) ** 2.2 * np.array(tone)
    toned = Image.fromarray((np.clip(light, 0, 1) ** (1 / 2.2) * 255).astype(np.uint8))
    return replace(case, group="skin tones", picture=Image.composite(toned, case.picture, mask))


def _gain(factor: float, lift: float, noise: float = 0.0) -> Callable[[Image.Image], Image.Image]:
    def change(picture: Image.Image) -> Image.Image:
        light = np.asarray(picture) / 255.0 * factor + lift
        light = light + np.random.default_rng(1).normal(0, 1, light.shape) * noise
        return Image.fromarray((np.clip(light, 0, 1) * 255).astype(np.uint8))

    return change


def _half_lit(picture: Image.Image) -> Image.Image:
    shade = np.linspace(0.15, 1.3, picture.width)[None, :, None]
    return Image.fromarray(np.clip(np.asarray(picture) * shade, 0, 255).astype(np.uint8))


def _blurred(picture: Image.Image) -> Image.Image:
    return picture.filter(ImageFilter.GaussianBlur(picture.width / 200))


_LIGHTS: tuple[Callable[[Image.Image], Image.Image], ...] = (
    _gain(0.25, 0.0),
    _gain(0.2, 0.02, noise=0.03),
    _gain(1.0, 0.35),
    _gain(0.3, 0.5),
    _gain(1.0, 0.0, noise=0.12),
    _half_lit,
    _blurred,
)


# --- what people wear -----------------------------------------------------------------------------


def _covered(case: Case, cover: Callable[[ImageDraw.ImageDraw, Face], None]) -> Case:
    picture = case.picture.copy()
    for face in case.faces:
        cover(ImageDraw.Draw(picture), face)
    return replace(case, group=f"with {cover.__name__[1:].replace('_', ' ')}", picture=picture)


def _sunglasses(draw: ImageDraw.ImageDraw, face: Face) -> None:
    h, y = face.height, face.y - face.height / HEIGHT / 2
    for side in (-1, 1):
        x = face.x + side * 0.22 * h
        draw.ellipse((x - 0.19 * h, y - 0.13 * h, x + 0.19 * h, y + 0.15 * h), fill=(15, 15, 20))
    draw.line((face.x - 0.45 * h, y - 0.04 * h, face.x + 0.45 * h, y - 0.04 * h), fill=(15, 15, 20), width=4)


def _mask(draw: ImageDraw.ImageDraw, face: Face) -> None:
    h = face.height
    top, low = face.y - 0.02 * h, face.y + 0.58 * h
    outline = (-0.42, top), (0.0, top - 0.06 * h), (0.42, top), (0.36, low - 0.15 * h), (0.0, low)
    points = [(face.x + x * h, y) for x, y in (*outline, (-0.36, low - 0.15 * h))]
    draw.polygon(points, fill=(170, 200, 225))


def _cap(draw: ImageDraw.ImageDraw, face: Face) -> None:
    h, brim = face.height, face.y - 0.36 * face.height
    draw.pieslice(
        (face.x - 0.6 * h, brim - 0.7 * h, face.x + 0.6 * h, brim + 0.7 * h), 180, 360, fill=(30, 60, 140)
    )
    draw.ellipse((face.x - 0.66 * h, brim - 0.1 * h, face.x + 0.66 * h, brim + 0.1 * h), fill=(20, 45, 110))


def _nón_lá(draw: ImageDraw.ImageDraw, face: Face) -> None:  # noqa: PLC2401  # the hat has no other name
    h, brim = face.height, face.y - 0.38 * face.height
    draw.polygon(
        [(face.x - 1.2 * h, brim), (face.x, brim - 0.95 * h), (face.x + 1.2 * h, brim)], fill=(222, 205, 160)
    )
    draw.ellipse((face.x - 1.2 * h, brim - 0.1 * h, face.x + 1.2 * h, brim + 0.1 * h), fill=(200, 180, 130))


_COVERS = (_sunglasses, _mask, _cap, _nón_lá)


# --- people in scenes -----------------------------------------------------------------------------


def _scene(
    chance: np.random.Generator,
    names: tuple[str, ...] = ("coffee.png", "rocket.jpg", "motorcycle_left.png", *_TEXTURES),
) -> Image.Image:
    """A picture without people, 1280 px wide or high."""
    picture = _opened(_packaged("skimage", f"data/{names[int(chance.integers(len(names)))]}"))
    size = (1280, 960) if chance.random() < 0.5 else (960, 1280)
    factor = max(size[0] / picture.width, size[1] / picture.height)
    large = picture.resize((round(picture.width * factor) + 1, round(picture.height * factor) + 1))
    return large.crop((0, 0, size[0], size[1]))


def _small(case: Case, share: float, scene: Image.Image, chance: np.random.Generator) -> Case:
    """The photo laid on a scene so small that the face's height is `share` of the longer side."""
    factor = share * max(scene.size) / case.faces[0].height
    small = case.picture.resize((round(case.picture.width * factor), round(case.picture.height * factor)))
    left = int(chance.integers(0, max(scene.width - small.width, 0) + 1))
    top = int(chance.integers(0, max(scene.height - small.height, 0) + 1))
    picture = scene.copy()
    picture.paste(small, (left, top))
    face = case.faces[0]
    moved = Face(left + face.x * factor, top + face.y * factor, face.height * factor)
    return Case(f"face of {share:.0%}", picture, (moved,))


def _hundred(chance: np.random.Generator) -> Iterator[Case]:
    """A hundred people, of whom only 25 × 25 px are known, laid softly on scenes."""
    tiles: Any = np.load(_packaged("skimage", "data/lfw_subset.npy"))[:100]
    for tile in tiles:
        scene = _scene(chance).convert("L").convert("RGB")
        side = int(chance.integers(250, 520))
        face = Image.fromarray((tile * 255).astype(np.uint8)).resize((side, side), Image.Resampling.BICUBIC)
        mask = Image.new("L", (side, side), 0)
        ImageDraw.Draw(mask).rounded_rectangle((8, 8, side - 8, side - 8), side * 0.2, fill=255)
        left = int(chance.integers(0, scene.width - side))
        top = int(chance.integers(0, scene.height - side))
        scene.paste(face.convert("RGB"), (left, top), mask.filter(ImageFilter.GaussianBlur(6)))
        yield Case("100 people", scene, (Face(left + side * 0.5, top + side * 0.53, side * 0.8),))


def _groups(whole: list[Case], chance: np.random.Generator) -> Iterator[Case]:
    """Two to five heads and shoulders side by side, their faces about alike in height."""
    for number in (2, 3, 4, 5) * 4:
        picture = Image.new("RGB", (number * 300, 620), (int(chance.integers(256)), 150, 140))
        faces: list[Face] = []
        for place in range(number):
            case = whole[int(chance.integers(len(whole)))]
            face, factor = case.faces[0], float(chance.uniform(110, 160)) / case.faces[0].height
            reach = 140 / factor
            part = case.picture.crop(
                (
                    round(face.x - reach),
                    round(face.y - reach * 1.2),
                    round(face.x + reach),
                    round(face.y + reach * 2),
                )
            ).resize((280, 448))
            top = int(chance.integers(20, 150))
            picture.paste(part, (place * 300 + 10, top))
            faces.append(Face(place * 300 + 150, top + 168, face.height * factor))
        yield Case("groups", picture, tuple(sorted(faces, key=lambda one: -one.height)))


def _drawn(source: Source) -> Iterator[Case]:
    drawing: Any = import_module("pyvips").Image
    for name in _DRAWN:
        svg = drawing.thumbnail(
            str(source.project / "docs" / "portraits" / f"{name}.svg"), LONGEST, height=LONGEST
        )
        case = _case(name, Image.fromarray(svg.numpy()[..., :3]), "drawn people")
        yield from (case, _mirrored(case), _turned(case, 10), _turned(case, -10))


# --- pictures without people ------------------------------------------------------------------------


def _faceless(source: Source, chance: np.random.Generator) -> Iterator[Case]:
    for name in _SCENES:
        picture = _opened(_packaged("skimage", f"data/{name}"))
        yield Case("no face", picture)
        for _ in range(9):
            width = int(chance.integers(picture.width // 3, picture.width + 1))
            height = int(chance.integers(picture.height // 3, picture.height + 1))
            left = int(chance.integers(0, picture.width - width + 1))
            top = int(chance.integers(0, picture.height - height + 1))
            yield Case("no face", picture.crop((left, top, left + width, top + height)))
    for path in sorted((source.project / "docs" / "gallery").glob("*.jpg")):
        yield Case("no face", _opened(path))
    for seed in range(10):
        noise = np.random.default_rng(seed).integers(0, 256, (480, 640, 3)).astype(np.uint8)
        yield Case("no face", Image.fromarray(noise).filter(ImageFilter.GaussianBlur(seed * 2)))


def _subjects(chance: np.random.Generator) -> Iterator[Case]:
    """Windows of photos around their subject, and objects cut out and laid on calm and on busy grounds."""
    for name, shares in _SCENES.items():
        if shares is None:
            continue
        picture = _opened(_packaged("skimage", f"data/{name}"))
        x, y, w, h = (share * side for share, side in zip(shares, picture.size * 2, strict=True))
        for _ in range(6):
            left, top = int(chance.uniform(0, x)), int(chance.uniform(0, y))
            right = int(chance.uniform(x + w, picture.width))
            bottom = int(chance.uniform(y + h, picture.height))
            box = Box(x - left, y - top, w, h)
            yield Case("subject in a photo", picture.crop((left, top, right, bottom)), subject=box)
    for number in range(60):
        scene = _scene(chance, ("grass.png", "gravel.png", "moon.png", "brick.png"))
        if number % 2:
            scene = scene.filter(ImageFilter.GaussianBlur(12))
        thing = _opened(_packaged("skimage", f"data/{('coffee.png', 'chelsea.png', 'logo.png')[number % 3]}"))
        side = int(chance.integers(180, 420))
        left = int(chance.integers(0, scene.width - side))
        top = int(chance.integers(0, scene.height - side))
        mask = Image.new("L", (side, side), 0)
        ImageDraw.Draw(mask).ellipse((2, 2, side - 2, side - 2), fill=255)
        scene.paste(thing.resize((side, side)), (left, top), mask)
        yield Case("object laid on", scene, subject=Box(left, top, side, side))
