"""The recipe of a banner: composition, background, type and code become one SVG, and that one file.

A picture is drawn in two layers. The base (ground, mark, slogan, code) is the
same for all agencies of a preset, theme and day, and its pixels are kept; the
agency's name is laid over it. The SVG of both together is the master of every
format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from math import ceil, floor
from typing import Literal, cast

from dxassets.backends import rasterizer
from dxassets.backends.qr import QrMatrix, encode, matrix_to_path
from dxassets.backends.shaper import Shaper
from dxassets.backends.templating import trusted_markup
from dxassets.brand import Palette, Theme
from dxassets.colors import Rgb
from dxassets.errors import GateError, Problem
from dxassets.geometry import CSS_PX_PER_INCH, MM_PER_INCH, Box, Insets, Size
from dxassets.jobs import (
    MEDIA_TYPES,
    BannerSpec,
    Code,
    DayWords,
    Facts,
    Job,
    LinkWords,
    Rendered,
    TextArea,
)
from dxassets.presets import LEVELS, Preset, Proportions
from dxassets.renderers.art import Art
from dxassets.renderers.faces import shaper_of, templates_of
from dxassets.resources import Resources
from dxassets.typesetting.blocks import set_agency
from dxassets.typesetting.compositions import compose
from dxassets.typesetting.layout import QUIET_ZONE, Brief, Card, Layout, Shares, TextLine, Words
from dxassets.vietnamese import upper

PRINT_PREVIEW_PX = 2400
"""Longer side of a raster made from a print preset, in px."""
THUMBNAIL_PX = 480
LEAST_MODULE_PX = 3.0
"""House rule for screens (a rule of the trade; ISO/IEC 18004 names none)."""
LEAST_MODULE_MM = 0.4


@dataclass(frozen=True, slots=True)
class _Look:
    """All that decides a base layer; equal looks share it."""

    preset: Preset
    proportions: Proportions
    theme: Theme
    day: DayWords
    call: str
    link: LinkWords
    phrases: tuple[str, ...]
    inputs: tuple[tuple[str, str], ...]


@dataclass
class _Base:
    """The base layer: its composition, its SVG body (with bleed), and its pixels once drawn."""

    layout: Layout
    body: str
    texts: tuple[TextArea, ...]
    pixels: dict[float, rasterizer.Pixels] = field(default_factory=dict[float, rasterizer.Pixels])


def render(job: Job, resources: Resources) -> Rendered:
    """The banner in the job's format; `FitError` when a text does not fit, `GateError` over the budget."""
    spec = cast("BannerSpec", job.spec)
    shaper = shaper_of(resources)
    base = _base(_look(spec, job.inputs), resources)
    lines = _agency_lines(spec, base.layout, shaper)
    agency = _areas(lines, spec.theme.palette, shaper)
    if spec.format == "pdf":
        return _page(job, spec, base, agency)
    if spec.format == "svg":
        svg = _master(base, agency, spec, job)
        return Rendered(
            svg.encode(), MEDIA_TYPES["svg"], _facts(spec, base, agency, scale=1.0, mode="vector")
        )
    return _raster(spec, base, agency)


def layout_of(
    spec: BannerSpec, inputs: tuple[tuple[str, str], ...], resources: Resources
) -> tuple[Layout, tuple[TextLine, ...]]:
    """The composition and the agency's lines, without drawing anything; raises `FitError`."""
    shaper = shaper_of(resources)
    layout = compose(_brief(_look(spec, inputs)), shaper.measure)
    return layout, _agency_lines(spec, layout, shaper)


def _agency_lines(spec: BannerSpec, layout: Layout, shaper: Shaper) -> tuple[TextLine, ...]:
    """The agency's name in its slot; nothing where the preset leaves it out."""
    if layout.slot is None:
        return ()
    names = (spec.agency.name, spec.agency.short_name)
    return set_agency(layout.slot, names, shaper.measure, spec.phrases)


def _look(spec: BannerSpec, inputs: tuple[tuple[str, str], ...]) -> _Look:
    return _Look(
        spec.preset, spec.proportions, spec.theme, spec.day, spec.call, spec.link, spec.phrases, inputs
    )


@lru_cache(maxsize=6)
def _base(look: _Look, resources: Resources) -> _Base:
    """The base layer of a look; a few are kept, for the next agency."""
    shaper = shaper_of(resources)
    layout = compose(_brief(look), shaper.measure)
    palette = look.theme.palette
    art = Art(
        layout,
        look.day.motif,
        look.preset.bleed,
        tones=len(palette.modules),
        figures=len(palette.band.figures),
        edges=len(palette.band.edges),
        seed=f"{look.theme.id} {look.day.motif}",
    )
    ground = templates_of(resources, look.inputs).render(
        f"banner/{look.theme.id}.svg.j2",
        {"art": art, "palette": palette, "gradient": look.theme.gradient, "trusted": trusted_markup},
    )
    texts = _areas(layout.lines, palette, shaper)
    body = ground + _marks(layout, palette) + _type(texts)
    if layout.card is not None:
        body += _card(layout.card, _code(look), palette)
    return _Base(layout, body, texts)


def _code(look: _Look) -> QrMatrix:
    return encode(look.link.url, "M")


def _brief(look: _Look) -> Brief:
    """The composition's brief, in the preset's unit."""
    preset, theme, day = look.preset, look.theme, look.day
    slogan = (day.slogan.parts, (day.slogan.short,))
    box = preset.safe_box
    safe = Insets(box.y, preset.width - box.right, preset.height - box.bottom, box.x)
    shares = look.proportions.model_dump(exclude={"family"})
    return Brief(
        family=preset.family,
        size=Size(preset.width, preset.height),
        safe=safe,
        trim=safe if preset.medium == "print" else Insets(0, 0, 0, 0),
        shares=Shares(**shares),
        min_text=preset.min_text,
        levels=frozenset(preset.levels),
        center=theme.align == "center",
        capitals=theme.capitals,
        banded=day.motif in theme.banded,
        bordered=theme.border is not None,
        qr_modules=_code(look).side if preset.qr == "card" else None,
        least_module=LEAST_MODULE_PX if preset.unit == "px" else LEAST_MODULE_MM,
        on_pixels=preset.unit == "px",
        words=Words(day.numerals, day.name, slogan, look.call, look.link.domain, look.phrases),
    )


_ROLE_COLOR = {
    "mark": "ink",
    "slogan": "ink",
    "tail": "accent",
    "name": "accent",
    "agency": "ink_soft",
    "call": "ink_soft",
    "domain": "ink_soft",
}


def _color(role: str, palette: Palette) -> Rgb:
    """The palette's colour for a line's role."""
    return cast("Rgb", getattr(palette, _ROLE_COLOR[role]))


def _marks(layout: Layout, palette: Palette) -> str:
    """The numerals' bar, dashes and rules."""
    bars = "".join(
        f'<path d="M{"L".join(f"{x:.2f} {y:.2f}" for x, y in bar.points)}z" fill="{palette.bar}"/>'
        for bar in layout.bars
    )
    rules = "".join(
        f'<rect x="{box.x:.2f}" y="{box.y:.2f}" width="{box.width:.2f}" height="{box.height:.2f}" '
        f'fill="{palette.bar}"/>'
        for box in layout.rules
    )
    return bars + rules


def _areas(lines: tuple[TextLine, ...], palette: Palette, shaper: Shaper) -> tuple[TextArea, ...]:
    """Lines of type with their colours and outlines."""
    return tuple(
        TextArea(
            line.text,
            line.ink,
            _color(line.role, palette),
            line.size,
            line.weight,
            shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size),
        )
        for line in lines
    )


def _type(areas: tuple[TextArea, ...]) -> str:
    """Lines of type as SVG."""
    return "".join(f'<g fill="{area.color}">{area.outline}</g>' for area in areas)


def _card(card: Card, matrix: QrMatrix, palette: Palette) -> str:
    """The white card with the symbol on it. Its corners are round inside the quiet zone's outer half."""
    radius = card.module * QUIET_ZONE * 0.45
    box, symbol = card.box, card.symbol
    path = matrix_to_path(matrix, x=symbol.x, y=symbol.y, module=card.module)
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
        f'rx="{radius:g}" fill="{palette.card}"/>'
        f'<path d="{path}" fill="{palette.card_ink}" shape-rendering="crispEdges"/>'
    )


def _svg(body: str, view: Box, width: float, height: float, head: str = "") -> str:
    """An SVG document that shows `view` of `body` at `width` × `height` px."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="{view.x:g} {view.y:g} {view.width:g} {view.height:g}">{head}{body}</svg>'
    )


def _master(base: _Base, agency: tuple[TextArea, ...], spec: BannerSpec, job: Job) -> str:
    """The whole picture as one SVG for people to take, with title and description."""
    head = f"<title>{escape(job.title)}</title><desc>{escape(job.alt)}</desc>"
    body = base.body + _type(agency)
    canvas = Box(0, 0, spec.preset.width, spec.preset.height)
    if spec.preset.unit == "px":
        return _svg(body, canvas, canvas.width, canvas.height, head)
    view = f'width="{canvas.width:g}mm" height="{canvas.height:g}mm"'
    plain = _svg(body, canvas, canvas.width, canvas.height, head)
    return plain.replace(f'width="{canvas.width:g}" height="{canvas.height:g}"', view, 1)


def _raster(spec: BannerSpec, base: _Base, agency: tuple[TextArea, ...]) -> Rendered:
    """PNG, JPEG or WebP: the kept base pixels with the agency's name laid over them."""
    preset = spec.preset
    scale = 1.0 if preset.unit == "px" else PRINT_PREVIEW_PX / max(preset.width, preset.height)
    pixels = base.pixels.get(scale)
    if pixels is None:
        canvas = Box(0, 0, preset.width, preset.height)
        width, height = round(preset.width * scale), round(preset.height * scale)
        pixels = base.pixels[scale] = rasterizer.svg_to_pixels(_svg(base.body, canvas, width, height))
    if agency:
        pixels = pixels.copy()
    for area in agency:
        region = _whole(area.box.scale(scale), pixels.shape[1], pixels.shape[0])
        mask = rasterizer.type_mask(
            area.outline, region.scale(1 / scale), int(region.width), int(region.height)
        )
        rasterizer.blend(pixels, mask, area.color, int(region.x), int(region.y))
    file_format = cast("rasterizer.RasterFormat", spec.format)
    encoded = rasterizer.encode_pixels(pixels, file_format, preset.max_bytes)
    if encoded is None:
        raise _too_heavy(preset)
    facts = _facts(spec, base, agency, scale=scale, mode="rgb", notes=(("encoder", encoded.setting),))
    return Rendered(encoded.data, MEDIA_TYPES[spec.format], facts)


def _whole(box: Box, width: int, height: int) -> Box:
    """`box` grown to whole px, inside the picture."""
    left, top = max(floor(box.x), 0), max(floor(box.y), 0)
    right, bottom = min(ceil(box.right), width), min(ceil(box.bottom), height)
    return Box(left, top, right - left, bottom - top)


def _too_heavy(preset: Preset) -> GateError:
    limit = (preset.max_bytes or 0) / 1000
    return GateError(
        Problem(
            "",
            f"nặng quá {limit:g} kB của mẫu {preset.id} ở mọi mức chất lượng; hãy chọn định dạng jpg",
            f"is heavier than the {limit:g} kB of preset {preset.id} at every quality; choose the format jpg",
        )
    )


def _page(job: Job, spec: BannerSpec, base: _Base, agency: tuple[TextArea, ...]) -> Rendered:
    """A PDF page at true size (or a tenth of it), with bleed; letters and code are vectors."""
    from dxassets.backends.pages import svg_to_pdf  # noqa: PLC0415  (WeasyPrint is slow to load)

    preset = spec.preset
    to_mm = 1.0 if preset.unit == "mm" else MM_PER_INCH / CSS_PX_PER_INCH
    scale = to_mm / preset.page_scale
    bleed = preset.bleed
    view = Box(0, 0, preset.width, preset.height).pad(bleed)
    body = base.body + _type(agency)
    svg = _svg(body, view, view.width, view.height)
    data = svg_to_pdf(svg, view.width * scale, view.height * scale, title=job.title, bleed_mm=bleed * scale)
    facts = _facts(spec, base, agency, scale=scale, mode="document", offset=bleed)
    small = THUMBNAIL_PX / max(view.width, view.height)
    preview = rasterizer.svg_to_pixels(
        _svg(body, view, round(view.width * small), round(view.height * small))
    )
    return Rendered(data, MEDIA_TYPES["pdf"], facts, rasterizer.thumbnail(preview, THUMBNAIL_PX))


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
        codes=(Code(spec.link.url, card.box, card.module),) if card else (),
        texts=base.texts + agency,
        least_module=layout.brief.least_module,
        max_bytes=preset.max_bytes if mode == "rgb" else None,
        notes=_notes(spec, layout, agency) + notes,
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
    dropped = [level for level in LEVELS if level not in spec.preset.levels]
    if dropped:
        notes.append(("left_out", ", ".join(dropped)))
    return tuple(notes)
