"""A picture's code on its card, in a mask that reads at the picture's own size."""

from __future__ import annotations

from functools import partial

from dxassets.backends.qr import QrMatrix
from dxassets.backends.rasterizer import Pixels, svg_to_pixels
from dxassets.brand import Palette
from dxassets.renderers.codes import BLACK, readable_code
from dxassets.renderers.pictures.pieces import draw_card, is_strip
from dxassets.renderers.svg import document
from dxassets.typesetting.layout import Layout

_MODULE_PX = 4
"""A printed module where its code is read back before it is printed."""


def draw_code(url: str, layout: Layout, palette: Palette) -> str:
    """The card with the symbol, as SVG in the preset's unit; modules are black on screens."""
    card, on_pixels = layout.card, layout.brief.on_pixels
    if card is None:
        return ""
    draw = partial(
        draw_card,
        card,
        palette=palette,
        panel=layout.panel,
        on_strip=is_strip(layout),
        ink=BLACK if on_pixels else None,
    )
    side = round(card.box.width * (1 if on_pixels else _MODULE_PX / card.module))

    def drawn(matrix: QrMatrix) -> Pixels:
        return svg_to_pixels(document(draw(matrix), card.box, side, side))

    return draw(readable_code(url, "M", drawn))
