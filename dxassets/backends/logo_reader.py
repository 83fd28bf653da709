"""Opens a logo: where its ink lies, what stands at its edge, and how it is drawn into a picture."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.rasterizer import Pixels, picture_to_rgba, pixels_to_png, resized, svg_to_pixels
from dxassets.colors import linear
from dxassets.geometry import Box
from dxassets.logos import Logo, SvgLogo, check_shape, read_logo, refused

_LOOK_PX = 240
"""Longer side at which a logo is looked at."""
_INK = 24
_SOLID = 128
_OWN_GROUND = 0.9
"""Share of the border that is covered when a logo brings its own ground."""
_SEEN, _LEAST_FIGURE = 3.0, 0.02
"""Contrast at which a figure shows on a tile's own ground, and the least share of the tile it takes."""
_CHANNEL = np.array([linear(value) for value in range(256)])


@dataclass(frozen=True, eq=False, slots=True)
class OpenLogo:
    """A logo that was read and looked at. `ink` is the part that is not blank, in the file's own unit.

    `look` holds the pixels of that part (RGBA), its longer side `_LOOK_PX` or less.
    """

    logo: Logo
    ink: Box
    look: Pixels

    @property
    def aspect(self) -> float:
        """Width over height of the ink."""
        return self.ink.width / self.ink.height

    @property
    def is_tile(self) -> bool:
        """Whether it is a rectangle that brings its own ground, with something to be seen on it."""
        solid = self.look[..., 3] >= _SOLID
        border = np.concatenate([solid[0], solid[-1], solid[:, 0], solid[:, -1]])
        if border.mean() <= _OWN_GROUND:
            return False
        edge = np.concatenate([self.look[0], self.look[-1], self.look[:, 0], self.look[:, -1]])
        ground, light = float(np.median(_luminance(edge))), _luminance(self.look[solid])
        ratio = (np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)
        return bool((ratio >= _SEEN).mean() > _LEAST_FIGURE)

    def visible_edge(self, ground: float, least: float) -> float:
        """Share of the edge whose contrast with a ground of that luminance is at least `least`."""
        solid = self.look[..., 3] >= _SOLID
        framed = np.pad(solid, 1)
        inner = framed[:-2, 1:-1] & framed[2:, 1:-1] & framed[1:-1, :-2] & framed[1:-1, 2:]
        light = _luminance(self.look[solid & ~inner])
        ratio = (np.maximum(light, ground) + 0.05) / (np.minimum(light, ground) + 0.05)
        return float((ratio >= least).mean()) if ratio.size else 0.0

    def to_svg(self, box: Box, px_per_unit: float, *, vector: bool) -> str:
        """The logo's ink in `box`, as SVG: its own markup in a frame that clips it, or pixels.

        Pixels are no more than `px_per_unit` asks for; `vector` False asks for pixels in any case.
        """
        if isinstance(self.logo, SvgLogo) and vector:
            view = self.ink
            return (
                f'<svg x="{box.x:.3f}" y="{box.y:.3f}" width="{box.width:.3f}" height="{box.height:.3f}" '
                f'viewBox="{view.x:g} {view.y:g} {view.width:g} {view.height:g}" '
                f'preserveAspectRatio="none" overflow="hidden">{self.logo.markup}</svg>'
            )
        width, height = (max(1, ceil(side * px_per_unit)) for side in (box.width, box.height))
        data = base64.b64encode(pixels_to_png(self._pixels(width, height))).decode()
        return (
            f'<image x="{box.x:.3f}" y="{box.y:.3f}" width="{box.width:.3f}" height="{box.height:.3f}" '
            f'preserveAspectRatio="none" href="data:image/png;base64,{data}"/>'
        )

    def _pixels(self, width: int, height: int) -> Pixels:
        """The ink at about that size, never larger than a PNG's own."""
        if isinstance(self.logo, SvgLogo):
            return _drawn(self.logo, self.ink, width, height)
        cut = _cut(picture_to_rgba(self.logo.data), self.ink)
        if cut.shape[1] <= width or cut.shape[0] <= height:
            return np.ascontiguousarray(cut)
        return resized(cut, width, height)


@lru_cache(maxsize=8)
def open_logo(data: bytes, where: str) -> OpenLogo:
    """The logo in `data`; `InputError` when it is hostile, broken or blank."""
    logo = read_logo(data, where)
    if isinstance(logo, SvgLogo):
        view = logo.view
        scale = 2 * _LOOK_PX / max(view.width, view.height)
        drawn = _drawn(logo, view, max(1, round(view.width * scale)), max(1, round(view.height * scale)))
        across, down = view.width / drawn.shape[1], view.height / drawn.shape[0]
        found = _inked(drawn, where)
        ink = Box(
            view.x + found.x * across, view.y + found.y * down, found.width * across, found.height * down
        )
    else:
        try:
            drawn = picture_to_rgba(logo.data)
        except ValueError as error:
            raise refused(where, "tệp PNG hỏng; hãy xuất lại", "is a broken PNG; export it again") from error
        found = ink = _inked(drawn, where)
    check_shape(ink.width / ink.height, where)
    cut = _cut(drawn, found)
    small = min(1.0, _LOOK_PX / max(cut.shape[:2]))
    size = (max(1, round(cut.shape[1] * small)), max(1, round(cut.shape[0] * small)))
    return OpenLogo(logo, ink, resized(cut, *size) if small < 1 else np.ascontiguousarray(cut))


def luminance_of(pixels: Pixels) -> float:
    """Mean WCAG luminance of a piece of ground."""
    return float(_luminance(pixels.reshape(-1, pixels.shape[-1])).mean())


def _luminance(colors: NDArray[np.uint8]) -> NDArray[np.float64]:
    light = _CHANNEL[colors[:, :3]]
    return np.asarray(light @ np.array([0.2126, 0.7152, 0.0722]))


def _drawn(logo: SvgLogo, view: Box, width: int, height: int) -> Pixels:
    """A part of a cleaned SVG at so many px."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{view.x:g} {view.y:g} {view.width:g} {view.height:g}" preserveAspectRatio="none">'
        f"{logo.markup}</svg>"
    )
    return svg_to_pixels(svg, alpha=True)


def _inked(pixels: Pixels, where: str) -> Box:
    """The box round all that is not see-through, in px; `InputError` when nothing is there."""
    inked = pixels[..., 3] > _INK
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    if not len(rows):
        raise refused(
            where, "biểu trưng trống, không thấy nét nào; hãy xuất lại", "is blank; export the logo again"
        )
    left, top = int(columns[0]), int(rows[0])
    return Box(left, top, int(columns[-1]) + 1 - left, int(rows[-1]) + 1 - top)


def _cut(pixels: Pixels, box: Box) -> Pixels:
    left, top = floor(box.x), floor(box.y)
    return pixels[top : top + round(box.height), left : left + round(box.width)]
