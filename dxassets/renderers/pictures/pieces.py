"""The pieces of a picture that are neither ground nor type: bars, rules, and the card with the code."""

from __future__ import annotations

from dxassets.backends.qr import QrMatrix, matrix_to_path
from dxassets.brand import Palette, Theme
from dxassets.colors import Rgb, contrast, luminance
from dxassets.geometry import Box, Insets, Size
from dxassets.typesetting.layout import QUIET_ZONE, CodeCard, Layout

_RULE = 0.009
"""Of the short side: the rule at a calm panel's edge."""
_CARD_SEEN = 1.3
"""Below this contrast a card melts into its ground and its code looks indented: it gets a hairline."""


def draw_marks(layout: Layout, theme: Theme, *, bleed: float = 0.0) -> str:
    """Badge and panel, the numerals' bar, dashes and rules; a panel at the edge runs into the bleed."""
    return (
        draw_code_panel(layout, theme, bleed=bleed)
        + draw_badges(layout, theme)
        + draw_bars(layout, theme)
        + draw_rules(layout, theme)
    )


def draw_badges(layout: Layout, theme: Theme) -> str:
    """The ground of the mark, where it has one."""
    fill = theme.palette.badge
    return "".join(f'<path d="{badge_outline(box, theme.badge)}" fill="{fill}"/>' for box in layout.badges)


def draw_bars(layout: Layout, theme: Theme) -> str:
    """The bar between the mark's numerals."""
    color = theme.palette.badge_ink if layout.badges else theme.palette.bar
    return "".join(f'<path d="{bar.path}" fill="{color}"/>' for bar in layout.bars)


def draw_rules(layout: Layout, theme: Theme) -> str:
    """Dashes and rules."""
    return "".join(_filled(box, theme.palette.bar) for box in layout.rules)


def draw_calm_panel(layout: Layout, theme: Theme, *, bleed: float) -> str:
    """The calm ground under the column of type, in the theme's own ground, with a rule at its inner edge."""
    box, panel = layout.calm_panel, layout.brief.plan.panel
    if box is None or panel is None:
        return ""
    palette, size = theme.palette, layout.brief.size
    whole, rule = bled(box, size, bleed), max(_RULE * size.short_side, 1.0 if layout.brief.on_pixels else 0.0)
    edges = {
        "card": Box(whole.x, whole.y, rule, whole.height),
        "left": Box(whole.right, whole.y, rule, whole.height),
        "top": Box(whole.x, whole.bottom, whole.width, rule),
        "bottom": Box(whole.x, whole.y - rule, whole.width, rule),
    }
    return _filled(whole, palette.ground[0]) + _filled(edges[panel], palette.bar)


def bled(box: Box, size: Size, bleed: float) -> Box:
    """`box`, carried on over the bleed on every side where it ends with the picture."""
    near = 1e-6 * max(size.width, size.height)
    return box.inset(
        Insets(
            -bleed if box.y <= near else 0.0,
            -bleed if box.right >= size.width - near else 0.0,
            -bleed if box.bottom >= size.height - near else 0.0,
            -bleed if box.x <= near else 0.0,
        )
    )


def _filled(box: Box, color: Rgb) -> str:
    return (
        f'<rect x="{box.x:.2f}" y="{box.y:.2f}" width="{box.width:.2f}" height="{box.height:.2f}" '
        f'fill="{color}"/>'
    )


def draw_code_panel(layout: Layout, theme: Theme, *, bleed: float = 0.0) -> str:
    """The white ground of a code with its caption: a card, or a strip from edge to edge."""
    box, size, palette = layout.panel, layout.brief.size, theme.palette
    if box is None:
        return ""
    radius = 0.045 * min(box.width, box.height)
    if is_strip(layout):
        below = bleed if box.bottom >= size.height else 0.0
        box, radius = Box(box.x - bleed, box.y, box.width + 2 * bleed, box.height + below), 0.0
    edge = ""
    if radius == 0.0 and _melts(palette):
        line = 0.004 * min(size.width, size.height)
        edge = (
            f'<path d="M{box.x:g} {box.y:g}h{box.width:g}v{line:g}h{-box.width:g}z" '
            f'fill="{palette.card_ink}" fill-opacity="0.2"/>'
        )
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
        f'rx="{radius:g}" fill="{palette.card}"/>{edge}'
    )


def _melts(palette: Palette) -> bool:
    """Whether a card looks like its ground."""
    return contrast(luminance(palette.card), luminance(palette.ground[-1])) < _CARD_SEEN


def is_strip(layout: Layout) -> bool:
    """Whether the code's white ground runs from edge to edge."""
    return layout.panel is not None and layout.panel.width >= layout.brief.size.width


def badge_outline(box: Box, shape: str) -> str:
    """The outline of a badge in `box`: round, with a lozenge's points, a cut ribbon, a seal, or a block."""
    x, y, right, bottom, high = box.x, box.y, box.right, box.bottom, box.height
    if shape == "lozenge":
        point, middle = 0.32 * high, box.center_y
        return (
            f"M{x + point:.2f} {y:.2f}H{right - point:.2f}L{right:.2f} {middle:.2f}"
            f"L{right - point:.2f} {bottom:.2f}H{x + point:.2f}L{x:.2f} {middle:.2f}z"
        )
    if shape == "ribbon":
        tails, cut = right + 0.09 * high, right - 0.11 * high
        return f"M{x:.2f} {y:.2f}H{tails:.2f}L{cut:.2f} {box.center_y:.2f}L{tails:.2f} {bottom:.2f}H{x:.2f}z"
    if shape == "block":  # arcs without a radius are drawn askew by PDF writers
        return f"M{x:.2f} {y:.2f}H{right:.2f}V{bottom:.2f}H{x:.2f}z"
    corner = {"round": 0.2, "seal": 0.5}[shape] * high
    arc = f"a{corner:.2f} {corner:.2f} 0 0 1"
    return (
        f"M{x + corner:.2f} {y:.2f}H{right - corner:.2f}{arc} {corner:.2f} {corner:.2f}V{bottom - corner:.2f}"
        f"{arc} {-corner:.2f} {corner:.2f}H{x + corner:.2f}{arc} {-corner:.2f} {-corner:.2f}V{y + corner:.2f}"
        f"{arc} {corner:.2f} {-corner:.2f}z"
    )


def draw_card(
    card: CodeCard,
    matrix: QrMatrix,
    palette: Palette,
    *,
    panel: Box | None = None,
    ink: str | None = None,
    on_strip: bool = False,
) -> str:
    """The white card with the symbol, in `ink` or the palette's; round corners end in the quiet zone.

    On a strip from edge to edge it needs none.
    """
    radius = card.module * QUIET_ZONE * 0.45
    box, symbol = card.box, card.symbol
    path = matrix_to_path(matrix, x=symbol.x, y=symbol.y, module=card.module)
    edge = ""
    if on_strip:
        radius = 0.0
    elif _melts(palette):
        line = box.width / 140
        round_it = (panel or box).pad(line / 2)  # outside the card: the quiet zone stays white
        edge = (
            f'<rect x="{round_it.x:g}" y="{round_it.y:g}" width="{round_it.width:g}" '
            f'height="{round_it.height:g}" rx="{radius + line / 2:g}" fill="none" '
            f'stroke="{palette.card_ink}" stroke-opacity="0.2" stroke-width="{line:g}"/>'
        )
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
        f'rx="{radius:g}" fill="{palette.card}"/>{edge}'
        f'<path d="{path}" fill="{ink or palette.card_ink}" shape-rendering="crispEdges"/>'
    )
