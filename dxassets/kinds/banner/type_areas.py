"""Lines of type of a banner with their colours and outlines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from dxassets.backends.shaper import Shaper
from dxassets.brand import Palette
from dxassets.colors import Rgb
from dxassets.jobs import TextArea
from dxassets.typesetting.layout import Bar, TextLine

_ROLE_COLOR = {
    "mark": "ink",
    "slogan": "ink",
    "tail": "accent",
    "name": "accent",
    "agency": "ink_soft",
    "call": "ink_soft",
    "domain": "ink_soft",
}


def lines_to_areas(
    lines: Iterable[TextLine], palette: Palette, shaper: Shaper, *, bars: Iterable[Bar] = ()
) -> tuple[TextArea, ...]:
    """The lines, each in the palette's colour for its role, outlined; lengths in the preset's unit.

    The mark's numbers know the `bars` between them, which reach into their boxes.
    """
    between = "".join(f'<path d="{bar.path}"/>' for bar in bars)
    return tuple(
        TextArea(
            line.text,
            line.ink,
            cast("Rgb", getattr(palette, _ROLE_COLOR[line.role])),
            line.size,
            line.weight,
            shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size),
            beside=between if line.role == "mark" else "",
        )
        for line in lines
    )


def areas_to_svg(areas: Iterable[TextArea]) -> str:
    """Lines of type as SVG."""
    return "".join(f'<g fill="{area.color}">{area.outline}</g>' for area in areas)
