"""The recipe of a banner: composition, background, type and code become one SVG, and that one file.

A picture is drawn in two layers. The base (ground, mark, slogan, code) is the
same for all agencies of a preset, theme and day, and its pixels are kept; the
agency's name is laid over it. The SVG of both together is the master of every
format.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from html import escape
from math import ceil, floor
from typing import Literal, cast

from dxassets.agencies import Agency
from dxassets.backends import rasterizer
from dxassets.backends.shaper import Shaper
from dxassets.days import is_scene_file
from dxassets.errors import GateError, Problem
from dxassets.geometry import Box
from dxassets.jobs import HALF_MADE, MEDIA_TYPES, Code, Cover, Facts, Job, Rendered, TextArea
from dxassets.kinds.banner.debug import overlay
from dxassets.kinds.banner.print_page import THUMBNAIL_PX, draw_page
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.notation import weight
from dxassets.presets import LEVELS, Preset
from dxassets.renderers.faces import shaper_of
from dxassets.renderers.pictures.briefing import PictureLook, brief_for, look_of
from dxassets.renderers.pictures.layers import layers_of
from dxassets.renderers.pictures.logo import laid_over, sign, signed_facts
from dxassets.renderers.pictures.type_areas import areas_to_svg, lines_to_areas
from dxassets.renderers.pictures.words import words_shown
from dxassets.renderers.svg import document as _svg
from dxassets.resources import Resources
from dxassets.typesetting.blocks import set_agency
from dxassets.typesetting.compositions import compose
from dxassets.typesetting.layout import Brief, Layout, Slot, TextLine
from dxassets.typesetting.legibility import distance_notes
from dxassets.vietnamese import upper

PRINT_PREVIEW_PX = 2400
"""Longer side of a raster made from a print preset, in px."""
NAME_GOES_HERE = "{}"
_GROUND_PX = 900
"""Width of the slot when what lies behind it is looked at."""
_COARSER = (1.0, 2.0, 4.0, 9.0)
"""How many times fewer px a photo is given until the file is within its budget."""


@dataclass
class _Base:
    """The base layer: its composition, its SVG body (with bleed), and its pixels once drawn."""

    shaper: Shaper
    layout: Layout
    body: str
    texts: tuple[TextArea, ...]
    told: tuple[tuple[str, str], ...]
    pixels: dict[float, rasterizer.Pixels] = field(default_factory=dict[float, rasterizer.Pixels])


@dataclass(frozen=True, slots=True)
class _Said:
    """What is told of a picture to those who can't see it."""

    title: str
    alt: str


def render(job: Job[BannerSpec], resources: Resources) -> Rendered:
    """The banner in the job's format; `FitError` when a text does not fit, `GateError` over the budget."""
    own = job.spec.day.scene is not None and is_scene_file(job.spec.day.scene)
    steps = _COARSER if own else _COARSER[:1]
    for coarser in steps[:-1]:
        try:
            return _rendered(job, resources, coarser=coarser)
        except _TooHeavyError:
            continue
    return _rendered(job, resources, coarser=steps[-1])


def _rendered(job: Job[BannerSpec], resources: Resources, *, coarser: float) -> Rendered:
    """The banner, a photo in it with so many times fewer px than it could have."""
    spec = job.spec
    base = _base(look_of(spec, job.inputs), resources, coarser=coarser)
    if spec.page == "nameless":
        page = _page(_Said(job.title, ""), spec, base, ())
        notes = (*page.facts.notes, (HALF_MADE, "without a name"))
        return replace(page, alt=words_shown(spec, base.layout, ()), facts=replace(page.facts, notes=notes))
    ground = partial(_part, base)
    signature = sign(
        spec,
        base.layout,
        base.shaper.measure,
        resources=resources,
        ground=ground,
        vector=spec.format != "pdf",
    )
    lines, mark = signature.lines, signature.mark
    agency = lines_to_areas(lines, spec.theme.palette, base.shaper)
    said = _Said(job.title, words_shown(spec, base.layout, lines))
    if mark is not None:
        base = _over(spec, base, mark.svg, mark.extent)
    if spec.debug:
        svg = areas_to_svg(agency) + overlay(base.layout, lines, mark, base.shaper)
        base, lines, agency = _over(spec, base, svg, spec.preset.canvas), (), ()
    rendered = _written(said, spec, base, lines, agency)
    return replace(rendered, alt=said.alt, facts=signed_facts(rendered.facts, signature, debug=spec.debug))


def _part(base: _Base, box: Box, width: int) -> rasterizer.Pixels:
    """A part of the base layer, so many px wide."""
    return rasterizer.svg_to_pixels(
        _svg(base.body, box, width, max(1, round(width * box.height / box.width)))
    )


def _over(spec: BannerSpec, base: _Base, svg: str, extent: Box) -> _Base:
    """The base layer of one picture only, with `svg` laid over it, all of whose ink lies in `extent`."""
    pixels: dict[float, rasterizer.Pixels] = {}
    if spec.format not in {"pdf", "svg"}:
        scale = _raster_scale(spec)
        ground = _base_pixels(spec, base, scale)
        region = _whole(extent.scale(scale), ground.shape[1], ground.shape[0])
        drawn = _svg(svg, region.scale(1 / scale), region.width, region.height)
        pixels[scale] = laid_over(ground, drawn, region)
    return replace(base, body=base.body + svg, pixels=pixels)


def _written(
    said: _Said,
    spec: BannerSpec,
    base: _Base,
    lines: tuple[TextLine, ...],
    agency: tuple[TextArea, ...],
) -> Rendered:
    """The picture in its format."""
    if spec.format == "pdf":
        return _page(said, spec, base, agency)
    if spec.format == "svg":
        svg = _master(base, agency, spec, said)
        return Rendered(
            svg.encode(), MEDIA_TYPES["svg"], _facts(spec, base, agency, scale=1.0, mode="vector")
        )
    return _raster(spec, base, lines, agency)


def layout_of(
    spec: BannerSpec, inputs: tuple[tuple[str, str], ...], resources: Resources
) -> tuple[Layout, tuple[TextLine, ...]]:
    """The composition and the agency's lines, without drawing anything; raises `FitError`."""
    shaper = shaper_of(resources)
    layout = compose(brief_for(look_of(spec, inputs)), shaper.measure)
    return layout, _agency_lines(spec, layout, shaper)


def brief_of(spec: BannerSpec) -> Brief:
    """What the composition of `spec` is given; equal for all agencies, and for looks that compose alike."""
    return brief_for(look_of(spec, ()))


def base_to_svg(spec: BannerSpec, inputs: tuple[tuple[str, str], ...], resources: Resources) -> str:
    """The picture without the agency's name, in the preset's unit, as SVG."""
    canvas = spec.preset.canvas
    return _svg(_base(look_of(spec, inputs), resources).body, canvas, canvas.width, canvas.height)


@dataclass(frozen=True, slots=True)
class Nameless:
    """A banner without an agency's name: its SVG, where the name goes, and what the name stands on.

    `alt` are its words with `NAME_GOES_HERE` in the name's place.
    """

    svg: str
    slot: Slot | None
    alt: str
    ground: rasterizer.Pixels | None


def without_name(spec: BannerSpec, inputs: tuple[tuple[str, str], ...], resources: Resources) -> Nameless:
    """The picture for any agency, `spec`'s own aside; raises `FitError` where the rest does not fit."""
    base = _base(look_of(spec, inputs), resources)
    slot = base.layout.slot
    anybody = Agency(id="anybody", name=NAME_GOES_HERE, short_name=NAME_GOES_HERE)
    lines = ()
    if slot is not None:
        lines = (TextLine("agency", NAME_GOES_HERE, 600, slot.largest, slot.box.x, slot.box.y, slot.box),)
    alt = words_shown(replace(spec, agency=anybody), base.layout, lines)
    ground = None if slot is None else _part(base, slot.box, _GROUND_PX)
    return Nameless(base_to_svg(spec, inputs, resources), slot, alt, ground)


def _agency_lines(spec: BannerSpec, layout: Layout, shaper: Shaper) -> tuple[TextLine, ...]:
    """The agency's name in its slot; nothing where the preset leaves it out."""
    if layout.slot is None:
        return ()
    names = (spec.agency.name, spec.agency.short_name)
    return set_agency(layout.slot, names, shaper.measure, spec.phrases)


@lru_cache(maxsize=6)
def _base(look: PictureLook, resources: Resources, *, coarser: float = 1.0) -> _Base:
    """The base layer of a look; a few are kept, for the next agency."""
    drawn = layers_of(look, resources, coarser=coarser)
    measure = drawn.shaper.measure
    distances = distance_notes(drawn.layout, measure) if look.preset.medium == "print" else ()
    return _Base(drawn.shaper, drawn.layout, drawn.body, drawn.texts, distances + drawn.notes)


def _master(base: _Base, agency: tuple[TextArea, ...], spec: BannerSpec, said: _Said) -> str:
    """The whole picture as one SVG for people to take, with title and description."""
    head = f"<title>{escape(said.title)}</title><desc>{escape(said.alt)}</desc>"
    body = base.body + areas_to_svg(agency)
    canvas = Box(0, 0, spec.preset.width, spec.preset.height)
    if spec.preset.unit == "px":
        return _svg(body, canvas, canvas.width, canvas.height, head=head, lang=spec.day.lang)
    view = f'width="{canvas.width:g}mm" height="{canvas.height:g}mm"'
    plain = _svg(body, canvas, canvas.width, canvas.height, head=head, lang=spec.day.lang)
    return plain.replace(f'width="{canvas.width:g}" height="{canvas.height:g}"', view, 1)


def _raster(
    spec: BannerSpec, base: _Base, lines: tuple[TextLine, ...], agency: tuple[TextArea, ...]
) -> Rendered:
    """PNG, JPEG, WebP or AVIF: the kept base pixels with the agency's name laid over them."""
    preset = spec.preset
    scale = _raster_scale(spec)
    pixels = _base_pixels(spec, base, scale)
    if agency:
        pixels = pixels.copy()
        agency = tuple(
            _laid(pixels, area, line, base.shaper, scale) for area, line in zip(agency, lines, strict=True)
        )
    file_format = cast("rasterizer.RasterFormat", spec.format)
    encoded = rasterizer.encode_pixels(pixels, file_format, _budget(spec))
    if encoded is None:
        raise _too_heavy(preset)
    facts = _facts(spec, base, agency, scale=scale, mode="rgb", notes=(("encoder", encoded.setting),))
    return Rendered(encoded.data, MEDIA_TYPES[spec.format], facts)


def _raster_scale(spec: BannerSpec) -> float:
    preset = spec.preset
    return spec.scale if preset.unit == "px" else PRINT_PREVIEW_PX / max(preset.width, preset.height)


def _base_pixels(spec: BannerSpec, base: _Base, scale: float) -> rasterizer.Pixels:
    """The base layer's pixels, drawn once."""
    pixels = base.pixels.get(scale)
    if pixels is None:
        canvas = spec.preset.canvas
        width, height = round(canvas.width * scale), round(canvas.height * scale)
        pixels = base.pixels[scale] = rasterizer.svg_to_pixels(_svg(base.body, canvas, width, height))
    return pixels


def _laid(
    pixels: rasterizer.Pixels, area: TextArea, line: TextLine, shaper: Shaper, scale: float
) -> TextArea:
    """Lays one line over the picture, and says which pixels it took."""
    region = _whole(area.box.scale(scale), pixels.shape[1], pixels.shape[0])
    left, top, width, height = int(region.x), int(region.y), int(region.width), int(region.height)
    mask = shaper.font(line.weight).mask(
        line.text,
        x=line.x * scale - left,
        baseline=line.baseline * scale - top,
        size=line.size * scale,
        width=width,
        height=height,
    )
    rasterizer.blend(pixels, mask, area.color, left, top)
    return replace(area, cover=Cover(mask.tobytes(), left, top, width, height))


def _whole(box: Box, width: int, height: int) -> Box:
    """`box` grown to whole px, inside the picture."""
    left, top = max(floor(box.x), 0), max(floor(box.y), 0)
    right, bottom = min(ceil(box.right), width), min(ceil(box.bottom), height)
    return Box(left, top, right - left, bottom - top)


def _budget(spec: BannerSpec) -> int | None:
    """Most bytes of a raster: at twice the size twice as many, for four times the pixels."""
    return None if spec.preset.max_bytes is None else spec.preset.max_bytes * spec.scale


class _TooHeavyError(GateError):
    """A picture is over its budget in every setting of its encoder."""


def _too_heavy(preset: Preset) -> _TooHeavyError:
    limit = preset.max_bytes or 0
    return _TooHeavyError(
        Problem(
            "",
            f"nặng quá {weight(limit, 'vi')} của cỡ {preset.id} ở mọi mức chất lượng; hãy chọn định dạng jpg",
            f"is heavier than the {weight(limit, 'en')} of preset {preset.id} at every quality; "
            "choose the format jpg",
        )
    )


def _page(said: _Said, spec: BannerSpec, base: _Base, agency: tuple[TextArea, ...]) -> Rendered:
    """A PDF page at true size (or a tenth of it), with bleed; letters and code are vectors."""
    page = draw_page(spec, base.body + areas_to_svg(agency), title=said.title, shaper=base.shaper)
    facts = _facts(spec, base, agency, scale=page.scale, mode="document", offset=page.offset)
    preview = partial(_preview, page.preview)
    return Rendered(page.data, MEDIA_TYPES["pdf"], facts, preview, drawing=page.drawing)


def _preview(svg: str) -> bytes:
    return rasterizer.thumbnail(rasterizer.svg_to_pixels(svg), THUMBNAIL_PX)


def _facts(
    spec: BannerSpec,
    base: _Base,
    agency: tuple[TextArea, ...],
    *,
    scale: float,
    mode: Literal["rgb", "vector", "document"],
    offset: float = 0.0,
    notes: tuple[tuple[str, str], ...] = (),
) -> Facts:
    """What the finished file must show (see `Facts`)."""
    layout, preset = base.layout, spec.preset
    card = layout.card
    width, height = (preset.width + 2 * offset) * scale, (preset.height + 2 * offset) * scale
    return Facts(
        width=round(width) if mode == "rgb" else width,
        height=round(height) if mode == "rgb" else height,
        unit="mm" if mode == "document" or (mode == "vector" and preset.unit == "mm") else "px",
        mode=mode,
        scale=scale,
        offset=offset,
        safe=layout.safe_box,
        codes=(Code(spec.link.url, card.box, card.module),) if card and spec.link else (),
        texts=base.texts + agency,
        least_module=layout.brief.least_module,
        max_bytes=_budget(spec) if mode == "rgb" else None,
        notes=_notes(spec, layout, agency) + base.told + notes,
        pages=1 if mode == "document" else None,
    )


def _notes(spec: BannerSpec, layout: Layout, agency: tuple[TextArea, ...]) -> tuple[tuple[str, str], ...]:
    """Which wordings were taken, and which levels this preset leaves out by decision."""
    notes: list[tuple[str, str]] = []
    if layout.wording != "none":
        notes.append(("slogan", layout.wording))
    if agency:
        shown = " ".join(area.text for area in agency)
        notes.append(("agency_name", "full" if shown == upper(spec.agency.name) else "short"))
    shown = {line.role for line in layout.lines}
    dropped = [
        level
        for level in LEVELS
        if level not in spec.preset.levels or (level == "name" and level not in shown)
    ]
    if dropped:
        notes.append(("left_out", ", ".join(dropped)))
    return tuple(notes)
