"""Which part of an agency's own photo is seen in a room: that round its focal point. Arithmetic alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dxassets.geometry import Box, Insets, Size

CLOSEST = 1.4
"""How much larger than necessary a photo is drawn to bring its focal point where the room has it."""
_OVER = 0.06
"""Of the length over which a photo fades: how far the fading strip lies over the rest."""
Side = Literal["top", "right", "bottom", "left"]
_OPPOSITE: dict[Side, Side] = {"top": "bottom", "right": "left", "bottom": "top", "left": "right"}


@dataclass(frozen=True, slots=True)
class PhotoRoom:
    """The room of an own photo; all lengths in one unit, px or mm.

    It covers `box`, its focal point at `target` or as near as its edges allow. `fade`: the side on which it
    fades into the ground, and over which length.
    """

    box: Box
    target: tuple[float, float]
    fade: tuple[Side, float] | None = None

    @property
    def solid(self) -> Box:
        """What of the box is covered whole."""
        return self.box if self.fade is None else _without(self.box, *self.fade)

    @property
    def strip(self) -> Box | None:
        """What of it fades, with a hair of what doesn't, so that no seam is seen between both."""
        if self.fade is None:
            return None
        side, length = self.fade
        across = self.box.height if side in {"top", "bottom"} else self.box.width
        return _without(self.box, _OPPOSITE[side], across - length * (1 + _OVER))

    def cover(self, count: int) -> tuple[float, ...]:
        """How much each of `count` px along the strip covers, from its upper or left end; 0–1, eased."""
        shares = [min((at + 0.5) / count * (1 + _OVER), 1.0) for at in range(count)]
        eased = tuple(share * share * (3 - 2 * share) for share in shares)
        return eased[::-1] if self.fade is not None and self.fade[0] in {"bottom", "right"} else eased


def _without(box: Box, side: Side, length: float) -> Box:
    """`box` without a strip of that length on one side."""
    taken = {each: length if each == side else 0.0 for each in _OPPOSITE}
    return box.inset(Insets(taken["top"], taken["right"], taken["bottom"], taken["left"]))


def crop_of(photo: Size, focus: tuple[float, float], room: PhotoRoom) -> Box:
    """The part of the photo (in its px) that fills the room's box: of its shape, and never beyond the photo.

    The photo is drawn no larger than covers the box, unless its focal point (shares of its sides) would lie
    aside of the target: then up to `CLOSEST` times as large.
    """
    box = room.box
    at_x, at_y = focus[0] * photo.width, focus[1] * photo.height
    to_x, to_y = room.target[0] - box.x, room.target[1] - box.y
    cover = max(box.width / photo.width, box.height / photo.height)
    wanted = max(
        _ratio(to_x, at_x),
        _ratio(box.width - to_x, photo.width - at_x),
        _ratio(to_y, at_y),
        _ratio(box.height - to_y, photo.height - at_y),
    )
    scale = min(max(wanted, cover), CLOSEST * cover)
    width, height = min(box.width / scale, photo.width), min(box.height / scale, photo.height)
    x = min(max(at_x - to_x / scale, 0.0), photo.width - width)
    y = min(max(at_y - to_y / scale, 0.0), photo.height - height)
    return Box(x, y, width, height)


def _ratio(wanted: float, there: float) -> float:
    return wanted / there if there > 0 else float("inf") if wanted > 0 else 0.0


def open_room(box: Box, type_box: Box | None) -> tuple[Box, Side | None]:
    """The largest part of `box` beside all type, and on which side of it the type is."""
    if type_box is None or not type_box.overlaps(box):
        return box, None
    parts: tuple[tuple[Box, Side], ...] = (
        (Box(box.x, type_box.bottom, box.width, box.bottom - type_box.bottom), "top"),
        (Box(box.x, box.y, box.width, type_box.y - box.y), "bottom"),
        (Box(type_box.right, box.y, box.right - type_box.right, box.height), "left"),
        (Box(box.x, box.y, type_box.x - box.x, box.height), "right"),
    )
    return max(parts, key=lambda part: max(part[0].width, 0.0) * max(part[0].height, 0.0))
