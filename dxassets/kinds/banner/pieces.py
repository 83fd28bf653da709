"""The pieces of a banner that are neither ground nor type: bars, rules, and the card with the code."""

from __future__ import annotations

from dxassets.backends.qr import QrMatrix, matrix_to_path
from dxassets.brand import Palette
from dxassets.colors import contrast, luminance
from dxassets.typesetting.layout import QUIET_ZONE, CodeCard, Layout

_CARD_SEEN = 1.3
"""Below this contrast a card melts into its ground and its code looks indented: it gets a hairline."""


def draw_marks(layout: Layout, palette: Palette) -> str:
    """The numerals' bar, dashes and rules."""
    bars = "".join(f'<path d="{bar.path}" fill="{palette.bar}"/>' for bar in layout.bars)
    rules = "".join(
        f'<rect x="{box.x:.2f}" y="{box.y:.2f}" width="{box.width:.2f}" height="{box.height:.2f}" '
        f'fill="{palette.bar}"/>'
        for box in layout.rules
    )
    return bars + rules


def draw_card(card: CodeCard, matrix: QrMatrix, palette: Palette) -> str:
    """The white card with the symbol on it. Its corners are round inside the quiet zone's outer half."""
    radius = card.module * QUIET_ZONE * 0.45
    box, symbol = card.box, card.symbol
    path = matrix_to_path(matrix, x=symbol.x, y=symbol.y, module=card.module)
    edge = ""
    if contrast(luminance(palette.card), luminance(palette.ground[-1])) < _CARD_SEEN:
        line = box.width / 140
        round_it = box.pad(line / 2)  # outside the card: the quiet zone stays white
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
