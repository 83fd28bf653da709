"""Lines of type of a picture with their colours and outlines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from dxassets.backends.shaper import Shaper
from dxassets.brand import Palette
from dxassets.colors import Rgb
from dxassets.jobs import TextArea
from dxassets.typesetting.layout import Layout, Role, TextLine

_ROLE_COLOR: dict[Role, str] = {
    "mark": "ink",
    "lead": "ink",
    "slogan": "ink",
    "key": "accent",
    "tail": "accent",
    "name": "accent",
    "agency": "ink_soft",
    "call": "ink_soft",
    "domain": "ink_soft",
}


def lines_to_areas(
    lines: Iterable[TextLine], palette: Palette, shaper: Shaper, *, layout: Layout | None = None
) -> tuple[TextArea, ...]:
    """The lines, each in the palette's colour for its role, outlined; lengths in the preset's unit.

    In its `layout` a mark may stand on a badge and the call on a panel, whose colours they take. The mark's
    numbers know the bars between them, which reach into their boxes.
    """
    between = "" if layout is None else "".join(f'<path d="{bar.path}"/>' for bar in layout.bars)
    colors = _colors(palette, layout)
    return tuple(
        TextArea(
            line.text,
            line.ink,
            palette.card_ink if _is_on_panel(line, layout) else colors[line.role],
            line.size,
            line.weight,
            shaper.line_to_svg(line.text, line.weight, x=line.x, baseline=line.baseline, size=line.size),
            beside=between if line.role == "mark" else "",
        )
        for line in lines
    )


def _is_on_panel(line: TextLine, layout: Layout | None) -> bool:
    """Whether a line stands on the code's white ground; the mark's has its badge there."""
    if layout is None or layout.panel is None or not layout.panel.contains(line.ink):
        return False
    return line.role != "mark" or not layout.badges


def _colors(palette: Palette, layout: Layout | None) -> dict[Role, Rgb]:
    colors: dict[Role, Rgb] = {
        role: cast("Rgb", getattr(palette, name)) for role, name in _ROLE_COLOR.items()
    }
    if layout is not None and layout.badges:
        colors["mark"] = palette.badge_ink
    return colors


def areas_to_svg(areas: Iterable[TextArea]) -> str:
    """Lines of type as SVG."""
    return "".join(f'<g fill="{area.color}">{area.outline}</g>' for area in areas)
