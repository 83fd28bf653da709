"""A banner's raster files: the kept pixels of its base, with the agency's name laid over them.

Of a PNG only the rows of the name are drawn and packed for each agency; what stands above and below is kept,
packed. What names no agency is encoded once. A picture of its own (an agency's logo, the debug overlay) is
encoded whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import ceil, floor
from typing import cast

from dxassets.backends import rasterizer
from dxassets.backends.shaper import Shaper
from dxassets.backends.shared_stream import PackedSurround, surround_of
from dxassets.geometry import Box
from dxassets.jobs import Cover, TextArea
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.renderers.svg import document
from dxassets.typesetting.layout import Layout, TextLine

PRINT_PREVIEW_PX = 2400
"""Longer side of a raster made from a print preset, in px."""
_SPARE_ROWS = 1
"""Of the band, above and below the slot: a line's box may reach over its edge by a rounding error."""


@dataclass
class BannerBase:
    """The base layer: its composition, its SVG body (with bleed), and what was made of it so far.

    That is kept by the scale in px; what names no agency by the format, too. `alone`: of one picture only.
    """

    shaper: Shaper
    layout: Layout
    body: str
    texts: tuple[TextArea, ...]
    told: tuple[tuple[str, str], ...]
    pixels: dict[float, rasterizer.Pixels] = field(default_factory=dict[float, rasterizer.Pixels])
    alone: bool = False
    surrounds: dict[float, PackedSurround] = field(init=False, default_factory=dict[float, PackedSurround])
    encoded: dict[tuple[float, str], rasterizer.Encoded | None] = field(
        init=False, default_factory=dict[tuple[float, str], rasterizer.Encoded | None]
    )

    def pixels_at(self, scale: float, canvas: Box) -> rasterizer.Pixels:
        """The base layer's pixels, drawn once."""
        pixels = self.pixels.get(scale)
        if pixels is None:
            width, height = round(canvas.width * scale), round(canvas.height * scale)
            pixels = rasterizer.svg_to_pixels(document(self.body, canvas, width, height))
            pixels.flags.writeable = False  # all that is packed of it is kept, too: both must stay the same
            self.pixels[scale] = pixels
        return pixels


@dataclass(frozen=True, slots=True)
class DrawnName:
    """The agency's lines as they are drawn at `scale`."""

    lines: tuple[TextLine, ...]
    areas: tuple[TextArea, ...]
    shaper: Shaper
    scale: float


@dataclass(frozen=True, slots=True)
class BannerRaster:
    """A finished file (None where none is within the budget), and the name's lines with what they cover."""

    encoded: rasterizer.Encoded | None
    areas: tuple[TextArea, ...]


def raster_of(spec: BannerSpec, base: BannerBase, name: DrawnName, *, shared: bool) -> BannerRaster:
    """PNG, JPEG, WebP or AVIF. Not `shared`, it is encoded as if it were the only one of its look."""
    file_format = cast("rasterizer.RasterFormat", spec.format)
    ground, budget = base.pixels_at(name.scale, spec.preset.canvas), budget_of(spec)
    if not name.areas:
        key = (name.scale, file_format)
        if not shared or key not in base.encoded:
            base.encoded[key] = rasterizer.encode_pixels(ground, file_format, budget)
        return BannerRaster(base.encoded[key], ())
    if shared and file_format == "png" and not base.alone:
        found = _in_band(ground, base, name, budget)
        if found is not None:
            return found
    pixels = ground.copy()
    areas = _laid(pixels, name, _regions(name, pixels))
    return BannerRaster(rasterizer.encode_pixels(pixels, file_format, budget), areas)


def _in_band(
    ground: rasterizer.Pixels, base: BannerBase, name: DrawnName, budget: int | None
) -> BannerRaster | None:
    """A lossless PNG of which only the name's rows are made; None where these are others, or it is too heavy.

    Both depend on the picture alone, so that it has the same bytes whichever picture was made before it.
    """
    slot = base.layout.slot
    if slot is None:
        return None
    edges = whole(slot.box.scale(name.scale).pad(_SPARE_ROWS), ground.shape[1], ground.shape[0])
    top, bottom = int(edges.y), int(edges.bottom)
    regions = _regions(name, ground)
    if bottom <= top or any(region.y < top or region.bottom > bottom for region in regions):
        return None
    surround = base.surrounds.get(name.scale)
    if surround is None:
        surround = base.surrounds[name.scale] = surround_of(ground, top, bottom)
    if budget is not None and surround.least > budget:
        return None
    band = ground[top:bottom].copy()
    areas = _laid(band, name, regions, first_row=top)
    data = surround.around(band)
    if budget is not None and len(data) > budget:
        return None
    return BannerRaster(rasterizer.Encoded(data, "png"), areas)


def _regions(name: DrawnName, picture: rasterizer.Pixels) -> tuple[Box, ...]:
    """The whole px that each line of the name takes."""
    height, width = picture.shape[:2]
    return tuple(whole(area.box.scale(name.scale), width, height) for area in name.areas)


def _laid(
    rows: rasterizer.Pixels, name: DrawnName, regions: tuple[Box, ...], *, first_row: int = 0
) -> tuple[TextArea, ...]:
    """Lays the name over these rows of the picture, and says which of its pixels each line took."""
    found: list[TextArea] = []
    for line, area, region in zip(name.lines, name.areas, regions, strict=True):
        left, top, width, height = int(region.x), int(region.y), int(region.width), int(region.height)
        mask = name.shaper.font(line.weight).mask(
            line.text,
            x=line.x * name.scale - left,
            baseline=line.baseline * name.scale - top,
            size=line.size * name.scale,
            width=width,
            height=height,
        )
        rasterizer.blend(rows, mask, area.color, left, top - first_row)
        found.append(replace(area, cover=Cover(mask.tobytes(), left, top, width, height)))
    return tuple(found)


def whole(box: Box, width: int, height: int) -> Box:
    """`box` grown to whole px, inside the picture."""
    left, top = max(floor(box.x), 0), max(floor(box.y), 0)
    right, bottom = min(ceil(box.right), width), min(ceil(box.bottom), height)
    return Box(left, top, right - left, bottom - top)


def scale_of(spec: BannerSpec) -> float:
    """Px of a raster for each unit of its preset."""
    preset = spec.preset
    return spec.scale if preset.unit == "px" else PRINT_PREVIEW_PX / max(preset.width, preset.height)


def budget_of(spec: BannerSpec) -> int | None:
    """Most bytes of a raster: at twice the size twice as many, for four times the pixels."""
    return None if spec.preset.max_bytes is None else spec.preset.max_bytes * spec.scale
