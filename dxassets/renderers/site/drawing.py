"""What the pages draw by themselves: the day's mark, a module field, the brocade band, the icon."""

from __future__ import annotations

import re
from html import escape
from itertools import pairwise
from math import sqrt

from dxassets.backends.shaper import Shaper
from dxassets.brand import Palette, Theme
from dxassets.campaign import Day
from dxassets.colors import Rgb
from dxassets.geometry import Box
from dxassets.ornaments import Motif, brocade_band, module_field
from dxassets.typesetting.blocks import Draft
from dxassets.typesetting.marks import Mark, fit_mark, place_mark
from dxassets.vietnamese import upper

ICON_SIDE = 512.0
_MARK_HEIGHT, _MARK_WIDTH = 100.0, 520.0
_OVERSHOOT = 6.0
_PIECE = re.compile(r"(-?[\d.]+) (-?[\d.]+)([a-z\d .-]*)")
"""A figure of a path: where it begins, and the rest of it, which goes on from there."""
_WORTH_REPEATING, _SAME_STEP = 6, 1e-6
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")


def mark_svg(day: Day, theme: Theme, shaper: Shaper) -> str:
    """The day's mark, to stand beside text: 100 units high, no ground; "" for a day that has none."""
    if day.mark is None:
        return ""
    palette = theme.palette
    body, box = _mark(day.mark, shaper, ink=palette.ink, bar=palette.bar)
    view = f"0 {-_OVERSHOOT:g} {box.width:.1f} {box.height + 2 * _OVERSHOOT:g}"
    return f'<svg class="mark" viewBox="{view}" role="img" aria-label="{escape(day.mark)}">{body}</svg>'


def _mark(text: str, shaper: Shaper, *, ink: Rgb, bar: Rgb) -> tuple[str, Mark]:
    mark = fit_mark(text, shaper.measure, width=_MARK_WIDTH, height=_MARK_HEIGHT)
    draft = Draft()
    place_mark(draft, mark, 0, 0, shaper.measure)
    digits = "".join(
        shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size)
        for line in draft.lines
    )
    bars = "".join(
        f'<path d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in each.points)}z" fill="{bar}"/>'
        for each in draft.bars
    )
    return f'<g fill="{ink}">{digits}</g>{bars}', mark


def field_svg(motif: Motif, theme: Theme, *, width: float, height: float, strength: float = 0.8) -> str:
    """Modules that dissolve from the upper right corner; decoration only."""
    shapes = module_field(
        Box(0, 0, width, height),
        "top-right",
        pitch=0.0625 * sqrt(width * height),
        reach=0.95 * height + 0.25 * width,
        motif=motif,
        tones=len(theme.palette.modules),
        seed=f"{theme.id} {motif.id} site",
        strength=strength,
    )
    body = "".join(
        f'<path d="{shape.path}" fill="{theme.palette.modules[shape.tone]}" fill-opacity="{shape.opacity}"/>'
        for shape in shapes
    )
    return _hidden("field", _short(body), width, height, "xMaxYMin slice")


def band_svg(
    motif: Motif, palette: Palette, *, name: str, length: float = 480.0, thickness: float = 28.0
) -> str:
    """A stretch of the brocade band; decoration only. `name` tells it from others on the page."""
    colors = palette.band
    band = brocade_band(length, thickness, motif=motif, figures=len(colors.figures), edges=len(colors.edges))
    body = "".join(
        _repeated(path, _band_color(palette, role, index), f"band-{name}-{at}")
        for at, (role, index, path) in enumerate(band.layers)
    )
    return _hidden("band", _short(body), length, thickness, "xMidYMid slice")


def _repeated(path: str, color: Rgb, name: str) -> str:
    """A layer of a band; figures that come again and again are drawn once and used, a tenth of the weight."""
    whole = f'<path d="{path}" fill="{color}"/>'
    pieces = [_PIECE.fullmatch(piece) for piece in path.split("M")[1:]]
    rows: dict[tuple[str, str], list[float]] = {}
    for piece in pieces:
        if piece is None:
            return whole
        rows.setdefault((piece[2], piece[3]), []).append(float(piece[1]))
    starts = [sorted(row) for row in rows.values()]
    steps = [after - before for row in starts for before, after in pairwise(row)]
    count = len(starts[0]) if starts else 0
    if count < _WORTH_REPEATING or {len(row) for row in starts} != {count}:
        return whole
    if max(steps) - min(steps) > _SAME_STEP:
        return whole
    tile = "".join(f"M{row[0]:g} {y}{rest}" for row, (y, rest) in zip(starts, rows, strict=True))
    step = sum(steps) / len(steps)
    uses = "".join(f'<use href="#{name}" x="{at * step:g}"/>' for at in range(1, count))
    return f'<g fill="{color}"><path id="{name}" d="{tile}"/>{uses}</g>'


def _band_color(palette: Palette, role: str, index: int) -> Rgb:
    colors = palette.band
    if role == "edge":
        return colors.edges[index]
    if role == "ground":
        return colors.ground
    return colors.triangles if role == "triangle" else colors.figures[index]


def _hidden(name: str, body: str, width: float, height: float, fit: str) -> str:
    return (
        f'<svg class="{name}" viewBox="0 0 {width:g} {height:g}" preserveAspectRatio="{fit}" '
        f'aria-hidden="true" focusable="false">{body}</svg>'
    )


def _short(markup: str) -> str:
    """Coordinates to a tenth of a unit: decoration needs no more, and pages stay light."""
    return _LONG_NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), markup)


def icon_svg(day: Day, theme: Theme, shaper: Shaper, *, rounding: float) -> str:
    """The site's icon: the first day's mark on its ground, `rounding` as a share of the side.

    Without rounding it fills the whole square, with its mark in the middle that no platform cuts away.
    """
    side, palette = ICON_SIDE, theme.palette
    # a day without a mark is known by the first letter of its name
    text = day.mark or upper(day.name[0])
    body, box = _mark(text, shaper, ink=palette.ink, bar=palette.bar)
    room = 0.74 * side if rounding else 0.6 * side
    scale = min(room / box.width, room / box.height)
    x, y = (side - box.width * scale) / 2, (side - box.height * scale) / 2
    stops = "".join(
        f'<stop offset="{at / (len(palette.ground) - 1):g}" stop-color="{color}"/>'
        for at, color in enumerate(palette.ground)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{side:g}" height="{side:g}" '
        f'viewBox="0 0 {side:g} {side:g}"><defs><linearGradient id="g" x2="1" y2="1">{stops}'
        f'</linearGradient></defs><rect width="{side:g}" height="{side:g}" rx="{rounding * side:g}" '
        f'fill="url(#g)"/><g transform="translate({x:.1f} {y:.1f}) scale({scale:.4f})">{body}</g></svg>'
    )
