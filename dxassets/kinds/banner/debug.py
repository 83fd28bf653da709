"""The debug overlay: what the composition decided, drawn over the picture as thin lines with a legend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dxassets.backends.shaper import Shaper
from dxassets.geometry import Box, Size
from dxassets.renderers.pictures.logo import PlacedLogo, clear_space
from dxassets.typesetting.layout import Layout, TextLine

_SAFE, _CONTENT, _SLOT = "#ff2d95", "#00e0ff", "#ff8a00"
_BASELINE, _INK, _QUIET, _LOGO = "#39ff14", "#ffe600", "#b14dff", "#ff3b30"
_NAMES = (
    (_SAFE, "vùng an toàn / safe area"),
    (_CONTENT, "khung nội dung / content box"),
    (_SLOT, "ô tên cơ quan / agency slot"),
    (_BASELINE, "đường chân chữ / baseline"),
    (_INK, "khung nét chữ / ink box"),
    (_QUIET, "viền trắng mã QR / quiet zone"),
    (_LOGO, "logo, clear space"),
)
_DARK = "#10131a"
_MOST_HIDDEN = 0.15
"""Share of a legend that may cover type or code; a fuller picture goes without."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws boxes and lines of one thickness, each on a dark shadow so that they show on every ground."""

    width: float

    def box(self, box: Box, color: str, *, dashed: bool = False) -> str:
        """The outline of a box."""
        path = f"M{box.x:.2f} {box.y:.2f}H{box.right:.2f}V{box.bottom:.2f}H{box.x:.2f}z"
        return self._path(path, color, dashed=dashed)

    def across(self, x: float, right: float, y: float, color: str, *, dashed: bool = False) -> str:
        """A level line."""
        return self._path(f"M{x:.2f} {y:.2f}H{right:.2f}", color, dashed=dashed)

    def _path(self, path: str, color: str, *, dashed: bool = False) -> str:
        dash = f' stroke-dasharray="{4 * self.width:.2f} {2.5 * self.width:.2f}"' if dashed else ""
        return (
            f'<g fill="none"><path d="{path}" stroke="{_DARK}" stroke-opacity="0.45" '
            f'stroke-width="{2 * self.width:.2f}"/>'
            f'<path d="{path}" stroke="{color}" stroke-width="{self.width:.2f}"{dash}/></g>'
        )


def overlay(layout: Layout, signature: Iterable[TextLine], mark: PlacedLogo | None, shaper: Shaper) -> str:
    """The overlay as SVG, in the preset's unit."""
    size = layout.brief.size
    pen = Pen(max(0.0022 * size.short_side, 1.0 if layout.brief.on_pixels else 0.0))
    lines = [*layout.lines, *signature]
    shapes = [pen.box(line.ink, _INK) for line in lines]
    shapes += [pen.box(bar.box, _INK) for bar in layout.bars]
    shapes += [pen.box(rule, _INK) for rule in layout.rules]
    content = layout.content
    grid = sorted({line.baseline for line in lines})
    shapes += [pen.across(content.x, content.right, y, _BASELINE, dashed=True) for y in grid]
    shapes += [pen.across(line.ink.x, line.ink.right, line.baseline, _BASELINE) for line in lines]
    if layout.slot is not None:
        shapes.append(pen.box(layout.slot.box, _SLOT, dashed=True))
    if layout.card is not None:
        shapes += [pen.box(layout.card.box, _QUIET), pen.box(layout.card.symbol, _QUIET, dashed=True)]
    if mark is not None:
        shapes += [pen.box(mark.box, _LOGO), pen.box(clear_space(mark), _LOGO, dashed=True)]
    shapes += [
        pen.box(layout.content, _CONTENT, dashed=True),
        pen.box(layout.safe_box.pad(-pen.width), _SAFE),
    ]
    shown = [name for name in _NAMES if _is_shown(name[0], layout, mark)]
    return "".join(shapes) + _legend(layout, shown, shaper)


def _is_shown(color: str, layout: Layout, mark: PlacedLogo | None) -> bool:
    absent = {_SLOT: layout.slot is None, _QUIET: layout.card is None, _LOGO: mark is None}
    return not absent.get(color, False)


def _legend(layout: Layout, names: list[tuple[str, str]], shaper: Shaper) -> str:
    """What each colour means, in the emptiest corner; nothing where it would cover the picture."""
    size = layout.brief.size
    em = 0.02 * (size.width * size.height) ** 0.5
    wide = max(shaper.ink(text, 600).width for _, text in names) * em
    width, step = wide + 2.9 * em, 1.55 * em
    height = step * len(names) + 0.7 * em
    if (layout.brief.on_pixels and em < 7) or height > 0.5 * size.height or width > 0.5 * size.width:
        return ""
    corner = min(_corners(size, width, height), key=lambda box: _covered(box, layout))
    if _covered(corner, layout) > _MOST_HIDDEN * width * height:
        return ""
    x, y = corner.x, corner.y
    rows = [
        (
            f'<rect x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}" '
            f'fill="{_DARK}" fill-opacity="0.82"/>'
        )
    ]
    for at, (color, text) in enumerate(names):
        baseline = y + step * (at + 1) - 0.15 * em
        outline = shaper.line_to_svg(text, 600, x=x + 2.2 * em, baseline=baseline, size=em)
        rows.append(
            f'<rect x="{x + 0.7 * em:.2f}" y="{baseline - 0.45 * em:.2f}" '
            f'width="{em:.2f}" height="{0.2 * em:.2f}" fill="{color}"/><g fill="#ffffff">{outline}</g>'
        )
    return "".join(rows)


def _corners(size: Size, width: float, height: float) -> list[Box]:
    return [Box(x, y, width, height) for y in (size.height - height, 0.0) for x in (size.width - width, 0.0)]


def _covered(box: Box, layout: Layout) -> float:
    """How much type and code a legend in `box` would hide."""
    taken = [line.ink for line in layout.lines] + ([layout.card.box] if layout.card is not None else [])
    taken += [layout.slot.box] if layout.slot is not None else []
    return sum(
        (min(box.right, each.right) - max(box.x, each.x))
        * (min(box.bottom, each.bottom) - max(box.y, each.y))
        for each in taken
        if box.overlaps(each)
    )
