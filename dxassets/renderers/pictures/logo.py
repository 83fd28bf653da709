"""Sets an agency's name with its logo, decides whether the logo needs a card, and draws both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt

import numpy as np

from dxassets.backends.logo_reader import OpenLogo, luminance_of, open_logo
from dxassets.backends.rasterizer import Pixels, svg_to_pixels
from dxassets.brand import Palette
from dxassets.colors import Rgb, luminance
from dxassets.errors import LogoError, Problem
from dxassets.geometry import MM_PER_INCH, Box
from dxassets.jobs import LOGO_TOO_SMALL, Facts
from dxassets.logos import PngLogo
from dxassets.presets import Preset
from dxassets.renderers.pictures.spec import PictureSpec
from dxassets.resources import Resources, called
from dxassets.typesetting.blocks import set_agency
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.layout import Layout, TextLine
from dxassets.typesetting.legibility import reading_distance
from dxassets.typesetting.lockup import CLEAR, Emblem, Lockup, set_lockup, tallest

LEAST_PX = 16.0
LEAST_OF_TEXT = 1.2
"""Least height of a logo on paper, as a multiple of the smallest legible type."""
LEAST_CONTRAST, LEAST_VISIBLE = 3.0, 0.8
"""WCAG 2.2 criterion 1.4.11 for graphics; and the share of the edge that must reach it."""
MOST_UPSCALED = 1.5
_PPI_AT_ONE_METRE = 180.0
"""Finest detail that the eye sees, in px per inch at a metre; half as much at two."""
_CAP_HEIGHT, _NEAREST = 0.7, 0.3
"""Capitals in em; and nobody looks closer than this, in metres."""
_CARD_PADDING, _MOST_PADDING = 0.2, 0.4
_DENSITY = 2.0
_GROUND_PX = 48

_LEFT_OUT = "left out"

Ground = Callable[[Box, int], Pixels]
"""The pixels of the picture without logo and name, in a box, so many px wide."""


@dataclass(frozen=True, slots=True)
class PlacedLogo:
    """A logo in its place: its box, the card that it stands on, and both as SVG."""

    box: Box
    svg: str
    extent: Box
    note: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who speaks: the name's lines and, if there is one, the logo, of which `note` tells the manifest."""

    lines: tuple[TextLine, ...]
    mark: PlacedLogo | None = None
    note: str | None = None


def sign(
    spec: PictureSpec,
    layout: Layout,
    measure: Measure,
    *,
    resources: Resources,
    ground: Ground,
    vector: bool = True,
) -> Signature:
    """The signature in its slot; without a logo it is the name alone, as if there were no logos at all.

    Where not `vector`, gradients and masks come as pixels.

    Where the logo would be too small to be legible, or no agency is named at all, the
    picture is made without it, and says so. `LogoError` when the logo would blur.
    """
    if spec.logo is None:
        names = (spec.agency.name, spec.agency.short_name)
        return Signature(() if layout.slot is None else set_agency(layout.slot, names, measure, spec.phrases))
    logo = open_logo(resources.read(spec.logo).data, spec.logo)
    emblem = Emblem(logo.aspect, least_height(spec.preset))
    lockup = _lockup(spec, layout, measure, emblem)
    if lockup is None:
        return _without(spec, layout, measure, emblem)
    card = _card_color(logo, _lightness(lockup.logo, ground), spec.theme.palette)
    if card is not None:
        # by area as well: the card of a wordmark needs more air over its little height
        emblem = replace(emblem, padding=min(_CARD_PADDING * sqrt(max(logo.aspect, 1.0)), _MOST_PADDING))
        lockup = _lockup(spec, layout, measure, emblem)
        if lockup is None:
            return _without(spec, layout, measure, emblem)
    _check_sharpness(spec, logo, lockup.logo)
    extent = lockup.card or lockup.logo
    note = f"on a {card} card" if card is not None else "on the ground"
    return Signature(
        lockup.lines,
        PlacedLogo(lockup.logo, _drawn(spec, logo, lockup, card, vector=vector), extent, note),
        note,
    )


def check_logo(spec: PictureSpec, layout: Layout, measure: Measure, resources: Resources) -> None:
    """`LogoError` when the logo of `spec` would blur in its picture; nothing is drawn.

    Whether it gets a card is seen only on the drawn ground. A card leaves it smaller, so it is held to more.
    """
    if spec.logo is None:
        return
    logo = open_logo(resources.read(spec.logo).data, spec.logo)
    lockup = _lockup(spec, layout, measure, Emblem(logo.aspect, least_height(spec.preset)))
    if lockup is not None:
        _check_sharpness(spec, logo, lockup.logo)


def least_height(preset: Preset) -> float:
    """Below this a logo is a blot: in px on screens, in mm on paper."""
    return LEAST_PX if preset.unit == "px" else LEAST_OF_TEXT * preset.min_text


def _lockup(spec: PictureSpec, layout: Layout, measure: Measure, emblem: Emblem) -> Lockup | None:
    names = (spec.agency.name, spec.agency.short_name)
    return set_lockup(layout, emblem, names, measure, spec.phrases)


def _without(spec: PictureSpec, layout: Layout, measure: Measure, emblem: Emblem) -> Signature:
    """The name alone, as it stands without logos, and why."""
    preset, slot = spec.preset, layout.slot
    if slot is None:
        return Signature((), note=f"{_LEFT_OUT}: the preset names no agency")
    names = (spec.agency.name, spec.agency.short_name)
    room = max(tallest(slot, emblem), tallest(slot, emblem, above=True))
    least = f"{emblem.least:.3g} {preset.unit}"
    why = (
        f"{room:.3g} of at least {least} high" if room < emblem.least else f"no room for the name at {least}"
    )
    return Signature(set_agency(slot, names, measure, spec.phrases), note=f"{LOGO_TOO_SMALL}, {why}")


def _lightness(box: Box, ground: Ground) -> float:
    return luminance_of(ground(box, _GROUND_PX))


def _card_color(logo: OpenLogo, ground: float, palette: Palette) -> Rgb | None:
    """The card that makes the logo's edge visible; None when it is visible on the ground itself.

    White as a rule; dark when the logo itself is white. A tile brings its own ground,
    so a white card is enough for it.
    """
    if logo.visible_edge(ground, LEAST_CONTRAST) >= LEAST_VISIBLE:
        return None
    white, dark = palette.card, palette.card_ink
    if logo.is_tile:
        return white
    on_white = logo.visible_edge(luminance(white), LEAST_CONTRAST)
    on_dark = logo.visible_edge(luminance(dark), LEAST_CONTRAST)
    return dark if on_white < LEAST_VISIBLE and on_dark > on_white else white


def needed_px_per_unit(preset: Preset) -> float:
    """Resolution at which a picture is sharp at true size: a screen's own, or what the eye sees from afar."""
    if preset.unit == "px":
        return 1.0
    return print_ppi(preset) / MM_PER_INCH


def print_ppi(preset: Preset) -> float:
    """180 ppi over the distance in metres from which the smallest type of the preset is read."""
    distance = reading_distance([_CAP_HEIGHT * preset.min_text]) or _NEAREST
    return _PPI_AT_ONE_METRE / max(distance, _NEAREST)


def _check_sharpness(spec: PictureSpec, logo: OpenLogo, box: Box) -> None:
    """`LogoError` when a PNG would be blown up."""
    if not isinstance(logo.logo, PngLogo):
        return
    preset, ink = spec.preset, logo.ink
    wanted = box.height * needed_px_per_unit(preset)
    if wanted <= MOST_UPSCALED * ink.height:
        return
    needed = f"{round(wanted * logo.aspect)}×{round(wanted)} px"
    at_vi = at_en = ""
    if preset.unit == "mm":
        ppi = f"{print_ppi(preset):.0f} ppi"
        at_vi = (
            f" ({box.width:.0f}×{box.height:.0f} mm ở {ppi}: 180 ppi chia cho khoảng cách đọc tính bằng mét)"
        )
        at_en = (
            f" ({box.width:.0f}×{box.height:.0f} mm at {ppi}: 180 ppi over the reading distance in metres)"
        )
    have = f"{ink.width:.0f}×{ink.height:.0f} px"
    raise LogoError(
        Problem(
            called(spec.logo or ""),
            f"ảnh chỉ có {have}, sẽ bị mờ ở cỡ {preset.id}; cần {needed}{at_vi}, hoặc tệp SVG",
            f"has only {have} and would blur on preset {preset.id}; give {needed}{at_en}, or an SVG",
        )
    )


def _drawn(spec: PictureSpec, logo: OpenLogo, lockup: Lockup, color: Rgb | None, *, vector: bool) -> str:
    """Card and logo as SVG. In a PDF, gradients and masks come as pixels: its viewers disagree about them."""
    rich = not isinstance(logo.logo, PngLogo) and logo.logo.rich
    density = _DENSITY * needed_px_per_unit(spec.preset)
    svg = logo.to_svg(lockup.logo, density, vector=vector or not rich)
    card = lockup.card
    if card is None or color is None:
        return svg
    radius = 0.09 * card.height
    return (
        f'<rect x="{card.x:.3f}" y="{card.y:.3f}" width="{card.width:.3f}" height="{card.height:.3f}" '
        f'rx="{radius:.3f}" fill="{color}"/>{svg}'
    )


def laid_over(ground: Pixels, svg: str, region: Box) -> Pixels:
    """A copy of `ground` (RGB) with a drawing laid over one region of it (whole px)."""
    drawn = svg_to_pixels(svg, alpha=True)
    left, top = int(region.x), int(region.y)
    pixels = ground.copy()
    part = pixels[top : top + drawn.shape[0], left : left + drawn.shape[1]]
    alpha = drawn[..., 3:].astype(np.uint16)
    part[...] = (drawn[..., :3] * alpha + part * (255 - alpha) + 127) // 255
    return pixels


def signed_facts(facts: Facts, signature: Signature, *, debug: bool) -> Facts:
    """The facts with what became of the logo. A debug picture is drawn all over: only its size counts."""
    notes = facts.notes if signature.note is None else (*facts.notes, ("logo", signature.note))
    if debug:
        notes = (*notes, ("debug", "not for use"))
        return replace(facts, texts=(), codes=(), max_bytes=None, notes=notes)
    return replace(facts, notes=notes, logo=None if signature.mark is None else signature.mark.extent)


def clear_space(mark: PlacedLogo) -> Box:
    """What must stay free of everything else."""
    return mark.box.pad(CLEAR * mark.box.height)
