"""The recipe of a banner: composition, background, type and code become one SVG, and that one file.

A picture is drawn in two layers. The base (ground, mark, slogan, code) is the
same for all agencies of a preset, theme and day, and its pixels are kept; the
agency's name is laid over it. The SVG of both together is the master of every
format.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache, partial
from html import escape
from typing import Literal

from dxassets.agencies import Agency
from dxassets.backends import rasterizer
from dxassets.backends.shaper import Shaper
from dxassets.days import is_scene_file
from dxassets.errors import GateError, Problem
from dxassets.geometry import Box
from dxassets.jobs import HALF_MADE, MEDIA_TYPES, Code, Facts, Job, Rendered, TextArea
from dxassets.kinds.banner.debug import overlay
from dxassets.kinds.banner.print_page import THUMBNAIL_PX, draw_page
from dxassets.kinds.banner.rasters import BannerBase, DrawnName, budget_of, raster_of, scale_of, whole
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

NAME_GOES_HERE = "{}"
_GROUND_PX = 900
"""Width of the slot when what lies behind it is looked at."""
_COARSER = (1.0, 2.0, 4.0, 9.0)
"""How many times fewer px a photo is given until the file is within its budget."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What is told of a picture to those who can't see it."""

    title: str
    alt: str


def render(job: Job[BannerSpec], resources: Resources, *, shared: bool = True) -> Rendered:
    """The banner in the job's format; `FitError` when a text does not fit, `GateError` over the budget.

    Not `shared`, each raster is encoded whole, whatever other agencies' pictures have in common with it.
    """
    own = job.spec.day.scene is not None and is_scene_file(job.spec.day.scene)
    steps = _COARSER if own else _COARSER[:1]
    for coarser in steps[:-1]:
        try:
            return _rendered(job, resources, coarser=coarser, shared=shared)
        except _TooHeavyError:
            continue
    return _rendered(job, resources, coarser=steps[-1], shared=shared)


def _rendered(job: Job[BannerSpec], resources: Resources, *, coarser: float, shared: bool) -> Rendered:
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
    rendered = _written(said, spec, base, lines, agency, shared=shared)
    return replace(rendered, alt=said.alt, facts=signed_facts(rendered.facts, signature, debug=spec.debug))


def _part(base: BannerBase, box: Box, width: int) -> rasterizer.Pixels:
    """A part of the base layer, so many px wide."""
    return rasterizer.svg_to_pixels(
        _svg(base.body, box, width, max(1, round(width * box.height / box.width)))
    )


def _over(spec: BannerSpec, base: BannerBase, svg: str, extent: Box) -> BannerBase:
    """The base layer of one picture only, with `svg` laid over it, all of whose ink lies in `extent`."""
    pixels: dict[float, rasterizer.Pixels] = {}
    if spec.format not in {"pdf", "svg"}:
        scale = scale_of(spec)
        ground = base.pixels_at(scale, spec.preset.canvas)
        region = whole(extent.scale(scale), ground.shape[1], ground.shape[0])
        drawn = _svg(svg, region.scale(1 / scale), region.width, region.height)
        pixels[scale] = laid_over(ground, drawn, region)
    return replace(base, body=base.body + svg, pixels=pixels, alone=True)


def _written(
    said: _Said,
    spec: BannerSpec,
    base: BannerBase,
    lines: tuple[TextLine, ...],
    agency: tuple[TextArea, ...],
    *,
    shared: bool,
) -> Rendered:
    """The picture in its format."""
    if spec.format == "pdf":
        return _page(said, spec, base, agency)
    if spec.format == "svg":
        svg = _master(base, agency, spec, said)
        return Rendered(
            svg.encode(), MEDIA_TYPES["svg"], _facts(spec, base, agency, scale=1.0, mode="vector")
        )
    return _raster(spec, base, lines, agency, shared=shared)


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
def _base(look: PictureLook, resources: Resources, *, coarser: float = 1.0) -> BannerBase:
    """The base layer of a look; a few are kept, for the next agency."""
    drawn = layers_of(look, resources, coarser=coarser)
    measure = drawn.shaper.measure
    distances = distance_notes(drawn.layout, measure) if look.preset.medium == "print" else ()
    return BannerBase(drawn.shaper, drawn.layout, drawn.body, drawn.texts, distances + drawn.notes)


def forget_bases() -> None:
    """Let go of all that is kept: the next banner is drawn from the ground up."""
    _base.cache_clear()


def _master(base: BannerBase, agency: tuple[TextArea, ...], spec: BannerSpec, said: _Said) -> str:
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
    spec: BannerSpec,
    base: BannerBase,
    lines: tuple[TextLine, ...],
    agency: tuple[TextArea, ...],
    *,
    shared: bool,
) -> Rendered:
    """PNG, JPEG, WebP or AVIF: the kept base pixels with the agency's name laid over them."""
    scale = scale_of(spec)
    raster = raster_of(spec, base, DrawnName(lines, agency, base.shaper, scale), shared=shared)
    if raster.encoded is None:
        raise _too_heavy(spec.preset)
    notes = (("encoder", raster.encoded.setting),)
    facts = _facts(spec, base, raster.areas, scale=scale, mode="rgb", notes=notes)
    return Rendered(raster.encoded.data, MEDIA_TYPES[spec.format], facts)


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


def _page(said: _Said, spec: BannerSpec, base: BannerBase, agency: tuple[TextArea, ...]) -> Rendered:
    """A PDF page at true size (or a tenth of it), with bleed; letters and code are vectors."""
    page = draw_page(spec, base.body + areas_to_svg(agency), title=said.title, shaper=base.shaper)
    facts = _facts(spec, base, agency, scale=page.scale, mode="document", offset=page.offset)
    preview = partial(_preview, page.preview)
    return Rendered(page.data, MEDIA_TYPES["pdf"], facts, preview, drawing=page.drawing)


def _preview(svg: str) -> bytes:
    return rasterizer.thumbnail(rasterizer.svg_to_pixels(svg), THUMBNAIL_PX)


def _facts(
    spec: BannerSpec,
    base: BannerBase,
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
        max_bytes=budget_of(spec) if mode == "rgb" else None,
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
