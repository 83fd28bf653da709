"""The recipe of a QR code: the symbol on white, its label and its bare domain below it.

A printed code without a readable address looks like fraud, so the domain is
never left out. Codes are static: the address itself, no shortener.
"""

from __future__ import annotations

from functools import partial
from html import escape

from dxassets.backends.qr import encode, matrix_to_path
from dxassets.backends.rasterizer import encode_pixels, svg_to_pixels, thumbnail
from dxassets.errors import FitError, Problem
from dxassets.geometry import Box
from dxassets.jobs import MEDIA_TYPES, Code, Facts, Job, Rendered, TextArea
from dxassets.kinds.qr.spec import QrSpec
from dxassets.renderers.codes import BLACK
from dxassets.renderers.faces import brand_of, shaper_of, templates_of
from dxassets.renderers.svg import language
from dxassets.resources import Resources
from dxassets.typesetting.blocks import Draft, place_stack
from dxassets.typesetting.fitting import Part, Stack, fit
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import QUIET_ZONE
from dxassets.typesetting.paragraph import Voice

MODULE_PX = 20
PAGE_WIDTH_MM = 80.0
"""Width of the PDF card: read from 0.8 m, by the trade's rule of a tenth of the distance."""


def render(job: Job[QrSpec], resources: Resources) -> Rendered:
    """The code as PNG, SVG or PDF; `FitError` when its label is too long for two lines."""
    spec = job.spec
    matrix = encode(spec.link.url, "M")
    palette = brand_of(resources).themes[0].palette
    shaper = shaper_of(resources)
    side = card_side(spec)
    edge = MODULE_PX / 2
    caption = caption_of(spec, side, shaper.measure)
    draft = Draft()
    box = Box(edge + 0.06 * side, edge + side, 0.88 * side, caption.height)
    place_stack(draft, caption, ["call", "domain"], box, center=True)
    width, height = round(side + 2 * edge), round(box.bottom + 0.085 * side)
    texts = tuple(
        TextArea(
            line.text,
            line.ink,
            palette.card_ink,
            line.size,
            line.weight,
            shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size),
        )
        for line in draft.lines
    )
    ground = templates_of(resources, job.inputs).render(
        "qr/card.svg.j2", {"width": width, "height": height, "palette": palette, "line": side / 300}
    )
    margin = edge + QUIET_ZONE * MODULE_PX
    symbol = matrix_to_path(matrix, x=margin, y=margin, module=MODULE_PX)
    body = (
        f"<title>{escape(job.title)}</title><desc>{escape(job.alt)}</desc>{ground}"
        f'<path d="{symbol}" fill="{BLACK}" shape-rendering="crispEdges"/>'
        f'<g fill="{palette.card_ink}">{"".join(area.outline for area in texts)}</g>'
    )
    code = Code(spec.link.url, Box(edge, edge, side, side), MODULE_PX)
    return _written(spec, job, body, size=(width, height), code=code, texts=texts)


def card_side(spec: QrSpec) -> float:
    """The side of the symbol with its quiet zone, in px; `FitError` when no symbol holds the address."""
    return (encode(spec.link.url, "M").side + 2 * QUIET_ZONE) * MODULE_PX


def caption_of(spec: QrSpec, side: float, measure: Measure) -> Stack:
    """Label and domain below a symbol of that side; `FitError` when they are too long."""
    parts = [
        Part(spec.link.label, Voice(700), max_lines=3),
        Part(spec.link.domain, Voice(600), 0.86, max_lines=1),
    ]
    stack = fit(
        parts,
        measure,
        width=0.88 * side,
        height=0.4 * side,
        largest=0.062 * side,
        smallest=0.03 * side,
        phrases=spec.phrases,
        gap=0.5,
    )
    if stack is None:
        raise FitError(
            Problem(
                "",
                f"nhãn “{spec.link.label}” hoặc tên miền “{spec.link.domain}” quá dài cho thẻ mã QR; "
                "hãy rút ngắn",
                f"the label {spec.link.label!r} or the domain {spec.link.domain!r} is too long for the QR "
                "card; shorten it",
            )
        )
    return stack


def _written(
    spec: QrSpec,
    job: Job[QrSpec],
    body: str,
    *,
    size: tuple[float, float],
    code: Code,
    texts: tuple[TextArea, ...],
) -> Rendered:
    """The card in its format, with its facts."""
    width, height = size
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {language(spec.link.lang)} '
        f'width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}">{body}</svg>'
    )
    safe = Box(0, 0, width, height)
    if spec.format == "pdf":
        from dxassets.backends.pages import svg_to_pdf  # noqa: PLC0415  (WeasyPrint is slow to load)

        scale = PAGE_WIDTH_MM / width
        data = svg_to_pdf(svg, PAGE_WIDTH_MM, height * scale, title=job.title, lang=spec.link.lang)
        facts = Facts(
            PAGE_WIDTH_MM,
            height * scale,
            "mm",
            "document",
            scale=scale,
            safe=safe,
            codes=(code,),
            texts=texts,
            pages=1,
        )
        return Rendered(data, MEDIA_TYPES["pdf"], facts, partial(_preview, svg), drawing=svg)
    mode = "vector" if spec.format == "svg" else "rgb"
    facts = Facts(width, height, "px", mode, safe=safe, codes=(code,), texts=texts, least_module=3)
    if spec.format == "svg":
        return Rendered(svg.encode(), MEDIA_TYPES["svg"], facts)
    encoded = encode_pixels(svg_to_pixels(svg), "png", None)
    return Rendered(encoded.data if encoded else b"", MEDIA_TYPES["png"], facts)


def _preview(svg: str) -> bytes:
    return thumbnail(svg_to_pixels(svg), 320)
