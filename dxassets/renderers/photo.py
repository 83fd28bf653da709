"""The recipe of a framed photo: the photo seen through the frame's opening, the frame over it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, floor

import numpy as np

from dxassets.backends.photo_canvas import (
    OutputFormat,
    blurred,
    composed,
    draw_photo,
    encode_photo,
    under_frame,
)
from dxassets.backends.photo_placing import Pixels
from dxassets.backends.photos import Photo
from dxassets.colors import Rgb
from dxassets.framing import LEAST_GROUP_ZOOM, LEAST_ZOOM, Opening, Placement, settle, transform_of
from dxassets.geometry import Size


@dataclass(frozen=True, slots=True, eq=False)
class FrameLayer:
    """A frame, ready to be laid over photos.

    `pixels`: side × side × 4, straight alpha. `opening`: where the photo shows. `circle`: radius of the
    circle round the frame's middle that a profile picture is cut to, as a share of the side (for a ring
    its own outer edge). `ground`: the flat colour outside the ring.
    """

    pixels: Pixels
    opening: Opening
    circle: float
    ground: Rgb

    @property
    def side(self) -> int:
        """Width and height of the frame, px."""
        return self.pixels.shape[0]


def least_side(layer: FrameLayer, zoom: float) -> float:
    """Px that the short side of a photo must have to be drawn at `zoom` without being enlarged."""
    return zoom * 2 * layer.opening.radius * layer.side


def frame_photo(
    photo: Photo,
    layer: FrameLayer,
    placement: Placement,
    *,
    circle: bool,
    file_format: OutputFormat,
    around: Rgb | None = None,
) -> bytes:
    """The framed photo as a file; with `circle` nothing is left outside the frame's circle (JPG: white)."""
    return encode_photo(framed(photo, layer, placement, circle=circle, around=around), file_format)


def framed(
    photo: Photo, layer: FrameLayer, placement: Placement, *, circle: bool, around: Rgb | None = None
) -> Pixels:
    """The framed photo's pixels: side × side × 3, × 4 with `circle`.

    A photo at a zoom below 1 has `around` around it, or, without that colour, itself: enlarged and blurred.
    """
    size, side, opening = Size(photo.width, photo.height), layer.side, layer.opening
    settled = settle(placement, size, least=LEAST_GROUP_ZOOM)
    left, top = floor((opening.x - opening.radius) * side), floor((opening.y - opening.radius) * side)
    right, bottom = ceil((opening.x + opening.radius) * side), ceil((opening.y + opening.radius) * side)
    box = (max(0, left), max(0, top), min(side, right), min(side, bottom))
    behind = None
    if settled.zoom < LEAST_ZOOM and around is None:
        whole = settle(replace(settled, zoom=LEAST_ZOOM), size)
        behind = blurred(
            draw_photo(photo, transform_of(whole, size, opening, side=side), box=box, ground=layer.ground)
        )
    transform = transform_of(settled, size, opening, side=side)
    drawn = draw_photo(photo, transform, box=box, ground=around or layer.ground, behind=behind)
    cut = _disc(side, 0.5, 0.5, layer.circle)  # an opening may reach beyond it
    seen = np.minimum(cut, _disc(side, opening.x, opening.y, opening.radius))
    hole = seen[box[1] : box[3], box[0] : box[2]]
    if not circle:
        return under_frame(drawn, hole, layer.pixels, left=box[0], top=box[1], ground=layer.ground)
    base = np.zeros((side, side, 4), dtype=np.uint8)
    base[box[1] : box[3], box[0] : box[2]] = np.dstack((drawn, hole))
    whole = np.array(composed(base, layer.pixels))
    whole[..., 3] = np.minimum(whole[..., 3], cut)
    return whole


@lru_cache(maxsize=8)
def _disc(side: int, x: float, y: float, radius: float) -> Pixels:
    """A circle with a soft edge as a mask of side × side; centre and radius as shares of the side."""
    middle = np.arange(side) + 0.5
    away = np.hypot(middle[None, :] - x * side, middle[:, None] - y * side)
    disc = (np.clip(radius * side - away + 0.5, 0, 1) * 255 + 0.5).astype(np.uint8)
    disc.setflags(write=False)
    return disc
