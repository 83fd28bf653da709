"""An agency's own photo or drawing as a scene: a stranger's file, looked at once, and drawn into its room."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from typing import Literal

import numpy as np

from dxassets.backends.photo_canvas import draw_photo, encode_photo
from dxassets.backends.photos import Photo, read_photo
from dxassets.backends.rasterizer import pixels_to_png, svg_to_pixels
from dxassets.brand import Palette
from dxassets.colors import Rgb
from dxassets.framing import Transform, focal_point
from dxassets.geometry import Box, Size
from dxassets.logos import SvgLogo, read_drawing
from dxassets.renderers.grading import Pixels, graded, tone_of
from dxassets.resources import Resource, called
from dxassets.scenes.cropping import PhotoRoom, crop_of

_LOOKED_AT = 1000.0
"""Px of the short side at which a photo is looked at for its subject."""
_STEPS = (256.0, 512.0, 1024.0, 2048.0, 4096.0, 8192.0)
"""Short sides at which photos are decoded, so that pictures of about the same size share one."""
_QUALITY = 86
_OF_DENSITY = 0.6
"""Of a photo's px per unit, for the strip that fades: it is lossless, and nobody sees more in it."""
_WHITE = Rgb(255, 255, 255)
Found = Literal["face", "salient", "middle"]


@dataclass(frozen=True, slots=True)
class SeenScene:
    """An own scene that was read through: its size (px, or a drawing's own unit), and where to look."""

    size: Size
    drawing: bool
    focus: tuple[float, float]
    found: Found
    tone: tuple[int, ...] = ()
    """Of a photo: see `grading.tone_of`."""


@dataclass(frozen=True, slots=True)
class DrawnPhoto:
    """An own scene in its room, as SVG, and how many px of its own a unit of the room shows (None: drawn)."""

    markup: str
    px_per_unit: float | None


def look_at(file: Resource) -> SeenScene:
    """What a file shows; `InputError` when it is no photo or drawing, is hostile or broken."""
    return _looked_at(file.sha256, file.data, called(file.name))


def is_drawing(data: bytes) -> bool:
    """Whether a file is SVG, by how it begins; everything else is taken for a photo."""
    return data[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith((b"<", b"\0<"))


@lru_cache(maxsize=64)
def _looked_at(_sha256: str, data: bytes, where: str) -> SeenScene:
    if is_drawing(data):
        view = read_drawing(data, where).view
        return SeenScene(Size(view.width, view.height), drawing=True, focus=(0.5, 0.5), found="middle")
    from dxassets.backends.subject import find_subject  # noqa: PLC0415  (the network only where a photo is)

    photo = read_photo(data, where=where, least=_LOOKED_AT, ground=_WHITE)
    size, subject = Size(photo.width, photo.height), find_subject(photo)
    return SeenScene(
        size,
        drawing=False,
        focus=focal_point(subject, size),
        found="middle" if subject is None else subject.kind,
        tone=tone_of(photo.pixels),
    )


def draw_own_scene(
    file: Resource,
    focus: tuple[float, float],
    room: PhotoRoom,
    *,
    palette: Palette,
    grade: float,
    density: float,
    coarser: float = 1.0,
) -> DrawnPhoto:
    """The scene in its room; a photo with `density` px per unit, or as many as it has, `coarser` times fewer.

    A drawing keeps its colours and stays a drawing, unless it has gradients, masks or pictures, which viewers
    of PDF draw each in their own way. What fades is pixels: WeasyPrint masks nothing but plain shapes.
    """
    drawing = is_drawing(file.data)
    seen = look_at(file)
    crop = crop_of(seen.size, focus, room)
    scale = crop.width / room.box.width

    def part_of(box: Box) -> Box:
        return box.move(-room.box.x, -room.box.y).scale(scale).move(crop.x, crop.y)

    if drawing:
        art = _drawing(file.sha256, file.data, called(file.name))
        markup = _drawing_in(art, part_of(room.solid), room.solid, density / coarser)
        if room.strip is not None:
            pixels = _rasterized(art, part_of(room.strip), _size(room.strip, density / coarser))
            markup += _fading(room, room.strip, pixels)
        return DrawnPhoto(markup, None)

    def toned(box: Box, density: float) -> Pixels:
        cut = _cut(file, part_of(box), _size(box, min(density, scale) / coarser))
        return graded(cut, seen.tone, palette, grade)

    data = encode_photo(toned(room.solid, density), "jpg", quality=_QUALITY)
    markup = _image(room.solid, "jpeg", data)
    if room.strip is not None:
        markup += _fading(room, room.strip, toned(room.strip, _OF_DENSITY * density))
    return DrawnPhoto(markup, scale)


def own_density(seen: SeenScene, focus: tuple[float, float], room: PhotoRoom) -> float | None:
    """Px of its own that a photo has for each unit of its room; None of a drawing."""
    return None if seen.drawing else crop_of(seen.size, focus, room).width / room.box.width


def _cut(file: Resource, crop: Box, size: tuple[int, int]) -> Pixels:
    """A part of the photo (in its px) at a size in px."""
    photo = _decoded(file.sha256, file.data, called(file.name), _step(max(size)))
    across, down = size[0] / crop.width, size[1] / crop.height
    place = Transform(across, 0.0, 0.0, down, -crop.x * across, -crop.y * down)
    return draw_photo(photo, place, box=(0, 0, *size))


def _size(box: Box, density: float) -> tuple[int, int]:
    """Width and height in px."""
    return max(1, ceil(box.width * density - 1e-6)), max(1, ceil(box.height * density - 1e-6))


def _step(least: float) -> float:
    return next((step for step in _STEPS if step >= least), least)


@lru_cache(maxsize=2)
def _decoded(_sha256: str, data: bytes, where: str, least: float) -> Photo:
    return read_photo(data, where=where, least=least, ground=_WHITE)


@lru_cache(maxsize=8)
def _drawing(_sha256: str, data: bytes, where: str) -> SvgLogo:
    return read_drawing(data, where)


def _drawing_in(drawing: SvgLogo, part: Box, box: Box, density: float) -> str:
    """A part of a drawing in `box`, clipped to it."""
    if drawing.rich:
        return _image(box, "png", pixels_to_png(_rasterized(drawing, part, _size(box, density))))
    seen = _of_view(drawing, part)
    return (
        f'<svg x="{box.x:.3f}" y="{box.y:.3f}" width="{box.width:.3f}" height="{box.height:.3f}" '
        f'viewBox="{seen}" preserveAspectRatio="none" overflow="hidden">{drawing.markup}</svg>'
    )


def _rasterized(drawing: SvgLogo, part: Box, size: tuple[int, int]) -> Pixels:
    """A part of a drawing as pixels (RGBA)."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size[0]}" height="{size[1]}" '
        f'viewBox="{_of_view(drawing, part)}" preserveAspectRatio="none">{drawing.markup}</svg>'
    )
    return svg_to_pixels(svg, alpha=True)


def _of_view(drawing: SvgLogo, part: Box) -> str:
    """A part, counted from the view's corner, as a view box."""
    seen = part.move(drawing.view.x, drawing.view.y)
    return f"{seen.x:.4f} {seen.y:.4f} {seen.width:.4f} {seen.height:.4f}"


def _fading(room: PhotoRoom, strip: Box, pixels: Pixels) -> str:
    """The strip of a picture (RGB or RGBA) that comes out of the ground."""
    down = room.fade is not None and room.fade[0] in {"top", "bottom"}
    cover = np.array(room.cover(pixels.shape[0 if down else 1]))
    alpha = 255 * (cover[:, None] if down else cover[None, :])
    if pixels.shape[2] == 4:
        alpha = alpha * (pixels[..., 3] / 255)
    whole = np.rint(np.broadcast_to(alpha, pixels.shape[:2])).astype(np.uint8)
    return _image(strip, "png", pixels_to_png(np.dstack((pixels[..., :3], whole))))


def _image(box: Box, kind: str, data: bytes) -> str:
    return (
        f'<image x="{box.x:.3f}" y="{box.y:.3f}" width="{box.width:.3f}" height="{box.height:.3f}" '
        f'preserveAspectRatio="none" href="data:image/{kind};base64,{base64.b64encode(data).decode()}"/>'
    )
