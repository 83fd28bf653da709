"""An agency's name by itself, over a banner whose composition is known: what is drawn while one types."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.backends.shaper import Shaper
from dxassets.geometry import Box
from dxassets.kinds.banner.render import layout_of
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.renderers.faces import shaper_of
from dxassets.renderers.pictures.type_areas import areas_to_svg, lines_to_areas
from dxassets.renderers.svg import document
from dxassets.resources import Resources
from dxassets.typesetting.blocks import set_agency
from dxassets.typesetting.layout import Slot


@dataclass(frozen=True, slots=True)
class NamePlace:
    """Where a banner's composition leaves room for the name; None where the size shows no name."""

    spec: BannerSpec
    slot: Slot | None
    shaper: Shaper


def place_for_name(spec: BannerSpec, inputs: tuple[tuple[str, str], ...], resources: Resources) -> NamePlace:
    """The place in the composition of `spec`, whose own agency must fit; raises `FitError`."""
    layout, _lines = layout_of(spec, inputs, resources)
    return NamePlace(spec, layout.slot, shaper_of(resources))


def name_to_svg(place: NamePlace, names: tuple[str, ...]) -> str:
    """The first of `names` that fits, as a see-through SVG of the banner's size.

    Raises `FitError`, or `AssetError` for characters that the face lacks.
    Laid over the same banner without a name (`banner.base_to_svg`) it gives the banner's own SVG.
    """
    spec = place.spec
    body = ""
    if place.slot is not None:
        lines = set_agency(place.slot, names, place.shaper.measure, spec.phrases)
        body = areas_to_svg(lines_to_areas(lines, spec.theme.palette, place.shaper))
    canvas: Box = spec.preset.canvas
    return document(body, canvas, canvas.width, canvas.height, lang=spec.day.lang)
