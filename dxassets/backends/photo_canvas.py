"""A photo drawn under a frame, and encoded."""

from __future__ import annotations

from io import BytesIO
from math import ceil
from typing import Any, Literal

import numpy as np

from dxassets.backends.icc_profiles import SRGB, rgb_profile
from dxassets.backends.photo_placing import Coverage, Pixels, is_turned, quarters_of, run_along, stretch
from dxassets.backends.photos import Photo
from dxassets.backends.silence import quietly_imported
from dxassets.colors import Rgb
from dxassets.framing import Transform

with quietly_imported:
    from PIL import Image

OutputFormat = Literal["jpg", "png", "webp"]
FrameBox = tuple[int, int, int, int]
"""Left, top, right, bottom in px of the frame."""

_WHITE, _BLACK = Rgb(255, 255, 255), Rgb(0, 0, 0)
_FEW, _DARKER = 10, 0.82
"""Px a side that are left of a blurred picture, and of its light."""
_FILTER = Image.Resampling.LANCZOS
_QUARTERS = {
    1: Image.Transpose.ROTATE_270,
    2: Image.Transpose.ROTATE_180,
    3: Image.Transpose.ROTATE_90,
}
"""By how many quarters, clockwise."""
_KEPT_SHARP = 1.5
"""How much larger than shown a photo is before it is turned, which softens it a little."""
_SRGB_PROFILE = rgb_profile("sRGB", SRGB)


def draw_photo(
    photo: Photo, transform: Transform, *, box: FrameBox, ground: Rgb = _WHITE, behind: Pixels | None = None
) -> Pixels:
    """The part `box` of the frame, H × W × 3, with the photo drawn through `transform`.

    `transform` leads from px of the original to px of the frame, both counted from the outer corner of
    the first px. Where the photo doesn't reach, `behind` shows (as large as the part), or `ground`.
    """
    place = Transform(
        transform.a * photo.step,
        transform.b * photo.step,
        transform.c * photo.step,
        transform.d * photo.step,
        *transform.apply(*photo.origin),
    )
    quarters, place = quarters_of(place, photo.image.size)
    image = photo.image.transpose(_QUARTERS[quarters]) if quarters else photo.image
    left, top, right, bottom = box
    if is_turned(place):
        drawn = _drawn_askew(image, place, box, ground)
        if behind is None:
            return drawn
        reach = _drawn_askew(Image.new("RGB", image.size, tuple(_WHITE)), place, box, _BLACK)[..., 0]
        return np.asarray(Image.composite(*map(Image.fromarray, (drawn, behind, reach))))
    canvas = Image.new("RGB", (right - left, bottom - top), tuple(ground))
    if behind is not None:
        canvas = Image.fromarray(behind)
    across = run_along(place.e, place.a, image.width, (left, right))
    down = run_along(place.f, place.d, image.height, (top, bottom))
    if across and down:
        canvas.paste(_scaled(image, across, down, place.scale), (across.start - left, down.start - top))
    return np.asarray(canvas)


def blurred(pixels: Pixels) -> Pixels:
    """The picture, so blurred that nothing is known in it, and a little darker: to lie behind another."""
    image = Image.fromarray(pixels)
    few = image.resize((_FEW, _FEW), Image.Resampling.BOX).resize(image.size, Image.Resampling.BICUBIC)
    return (np.asarray(few) * _DARKER + 0.5).astype(np.uint8)


def _scaled(image: Any, across: Coverage, down: Coverage, scale: float) -> Any:
    """The stretch of the photo that both runs name, at the size of the frame's px."""
    return image.resize(
        (across.count, down.count),
        _FILTER if scale < 1 else Image.Resampling.BICUBIC,
        box=(across.first, down.first, across.last, down.last),
        reducing_gap=3.0,
    )


def _drawn_askew(image: Any, place: Transform, box: FrameBox, ground: Rgb) -> Pixels:
    """A turned photo: reduced by the same filter first, then turned with bicubic."""
    left, top, right, bottom = box
    back = place.inverse()
    corners = [back.apply(x, y) for x, y in ((left, top), (right, top), (left, bottom), (right, bottom))]
    scale = min(place.scale * _KEPT_SHARP, 1.0)
    x0, x1 = stretch([x for x, _ in corners], ceil(4 / scale), image.width)
    y0, y1 = stretch([y for _, y in corners], ceil(4 / scale), image.height)
    if x1 <= x0 or y1 <= y0:
        return np.full((bottom - top, right - left, 3), ground, dtype=np.uint8)
    width, height = max(1, round((x1 - x0) * scale)), max(1, round((y1 - y0) * scale))
    part = image.resize((width, height), _FILTER, box=(x0, y0, x1, y1), reducing_gap=3.0)
    # a px more on every side, so that the photo's own edge is not cut short by what lies beyond it
    part = Image.fromarray(np.pad(np.asarray(part), ((1, 1), (1, 1), (0, 0)), mode="edge"))
    across, down = width / (x1 - x0), height / (y1 - y0)
    x, y = back.apply(left, top)
    drawn = part.transform(
        (right - left, bottom - top),
        Image.Transform.AFFINE,
        (
            *(back.a * across, back.c * across, (x - x0) * across + 1),
            *(back.b * down, back.d * down, (y - y0) * down + 1),
        ),
        Image.Resampling.BICUBIC,
        fillcolor=tuple(ground),
    )
    return np.asarray(drawn)


def under_frame(drawn: Pixels, mask: Pixels, frame: Pixels, *, left: int, top: int, ground: Rgb) -> Pixels:
    """`ground`, then `drawn` at (left, top) where `mask` (0–255) says so, then the frame (H × W × 4)."""
    over = Image.fromarray(frame)
    image = Image.new("RGB", over.size, tuple(ground))
    image.paste(Image.fromarray(drawn), (left, top), Image.fromarray(mask))
    image.paste(over, (0, 0), over)
    return np.asarray(image)


def composed(base: Pixels, over: Pixels) -> Pixels:
    """`over` on `base`, both H × W × 4 with straight alpha."""
    return np.asarray(Image.alpha_composite(Image.fromarray(base), Image.fromarray(over)))


def encode_photo(pixels: Pixels, file_format: OutputFormat, *, quality: int = 90) -> bytes:
    """The picture (H × W × 3, or × 4 with alpha, which JPG lays on white) as a file; `quality` of JPG, WebP.

    Nothing but px and an sRGB profile: viewers on wide-gamut screens show an untagged picture
    too colourful. JPG keeps its chroma whole, because frames carry red and yellow letters.
    """
    image: Any = Image.fromarray(pixels)
    out = BytesIO()
    if file_format == "jpg":
        if image.mode == "RGBA":
            flat = Image.new("RGB", image.size, tuple(_WHITE))
            flat.paste(image, (0, 0), image)
            image = flat
        image.save(out, "JPEG", quality=quality, subsampling=0, icc_profile=_SRGB_PROFILE)
    elif file_format == "png":
        image.save(out, "PNG", compress_level=6, icc_profile=_SRGB_PROFILE)
    else:
        image.save(out, "WEBP", quality=quality, method=4, icc_profile=_SRGB_PROFILE)
    return out.getvalue()
