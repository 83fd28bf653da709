"""The pieces of a banner that are neither ground nor type: bars, rules, and the card with the code."""

from __future__ import annotations

from dxassets.backends.qr import QrMatrix, matrix_to_path
from dxassets.brand import Palette, Theme
from dxassets.colors import contrast, luminance
from dxassets.geometry import Box
from dxassets.typesetting.layout import QUIET_ZONE, CodeCard, Layout

_CARD_SEEN = 1.3
"""Below this contrast a card melts into its ground and its code looks indented: it gets a hairline."""


def draw_marks(layout: Layout, theme: Theme) -> str:
    """Badge and panel, the numerals' bar, dashes and rules."""
    palette = theme.palette
    badges = "".join(
        f'<path d="{badge_outline(box, theme.badge)}" fill="{palette.badge}"/>' for box in layout.badges
    )
    bar_color = palette.badge_ink if layout.badges else palette.bar
    bars = "".join(f'<path d="{bar.path}" fill="{bar_color}"/>' for bar in layout.bars)
    rules = "".join(
        f'<rect x="{box.x:.2f}" y="{box.y:.2f}" width="{box.width:.2f}" height="{box.height:.2f}" '
        f'fill="{palette.bar}"/>'
        for box in layout.rules
    )
    return badges + _panel(layout.panel, palette) + bars + rules


def _panel(box: Box | None, palette: Palette) -> str:
    """The white ground of a code with its caption."""
    if box is None:
        return ""
    radius = 0.045 * min(box.width, box.height)
    return (
        f'<rect x="{box.x:g}" y="{box.y:g}" width="{box.width:g}" height="{box.height:g}" '
        f'rx="{radius:g}" fill="{palette.card}"/>'
    )


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
    corner = {"round": 0.2, "seal": 0.5, "block": 0.0}[shape] * high
    arc = f"a{corner:.2f} {corner:.2f} 0 0 1"
    return (
        f"M{x + corner:.2f} {y:.2f}H{right - corner:.2f}{arc} {corner:.2f} {corner:.2f}V{bottom - corner:.2f}"
        f"{arc} {-corner:.2f} {corner:.2f}H{x + corner:.2f}{arc} {-corner:.2f} {-corner:.2f}V{y + corner:.2f}"
        f"{arc} {corner:.2f} {-corner:.2f}z"
    )


def draw_card(card: CodeCard, matrix: QrMatrix, palette: Palette, *, panel: Box | None = None) -> str:
    """The white card with the symbol. Its corners are round inside the quiet zone's outer half."""
    radius = card.module * QUIET_ZONE * 0.45
    box, symbol = card.box, card.symbol
    path = matrix_to_path(matrix, x=symbol.x, y=symbol.y, module=card.module)
    edge = ""
    if contrast(luminance(palette.card), luminance(palette.ground[-1])) < _CARD_SEEN:
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
        f'<path d="{path}" fill="{palette.card_ink}" shape-rendering="crispEdges"/>'
    )
