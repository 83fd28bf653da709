"""The preview sheet of framed photos: as an app shows them, in circles of 320, 170, 80 and 40 px.

Every circle is drawn at exactly its px on a light and on a dark ground, among the grey bars that apps
show before their words have come: nobody's own design. Lengths are px.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dxassets.backends.rasterizer import Pixels, resized, svg_to_pixels
from dxassets.backends.shaper import Shaper
from dxassets.errors import Lang

SIDES = (320, 170, 80, 40)
_USES: dict[Lang, tuple[str, str, str, str]] = {
    "vi": ("trang cá nhân", "trên điện thoại", "tin nhắn", "bình luận"),
    "en": ("profile", "on a phone", "messages", "comments"),
}
_MARGIN, _GUTTER = 56, 24
_PANEL_WIDTH, _PANEL_HEIGHT, _PAD = 900, 432, 40
WIDTH = 2 * _MARGIN + 2 * _PANEL_WIDTH + _GUTTER
_HEAD, _CAPTION, _BELOW = 152, 52, 36
_PAGE, _INK, _SOFT = "#eef1f6", "#10224a", "#55647f"


@dataclass(frozen=True, slots=True)
class _Ground:
    """An app's colours: its page, the bars that stand for words, and the sheet's own words on it."""

    name: dict[Lang, str]
    page: str
    bar: str
    label: str


_LIGHT = _Ground({"vi": "Nền sáng", "en": "On light"}, "#ffffff", "#e4e7ec", "#5b6475")
_DARK = _Ground({"vi": "Nền tối", "en": "On dark"}, "#18191a", "#3a3b3d", "#a9adb5")


@dataclass(frozen=True, eq=False, slots=True)
class PreviewPhoto:
    """A framed photo: its pixels (H × W × 3, or × 4), its name, and a word on it."""

    picture: Pixels
    name: str
    note: str


def draw_preview(
    title: str, subtitle: str, shown: Sequence[PreviewPhoto], *, shaper: Shaper, lang: Lang
) -> Pixels:
    """The sheet, a row for each photo, as H × W × 3; `lang` is that of its labels."""
    pen = _PreviewPen(shaper, lang)
    shapes = [
        pen.text(title, _MARGIN, 80, size=34, weight=800, color=_INK),
        pen.text(subtitle, _MARGIN, 116, size=18, weight=500, color=_SOFT),
    ]
    circles: list[tuple[Pixels, int, int, int]] = []
    top = _HEAD
    for each in shown:
        shapes.append(pen.caption(each, top + 26))
        for at, ground in enumerate((_LIGHT, _DARK)):
            left = _MARGIN + at * (_PANEL_WIDTH + _GUTTER)
            shapes.append(pen.panel(ground, left, top + _CAPTION))
            circles += [
                (each.picture, left + x, top + _CAPTION + y, side)
                for side, (x, y) in zip(SIDES, _PLACES, strict=True)
            ]
        top += _CAPTION + _PANEL_HEIGHT + _BELOW
    height = top + _MARGIN - _BELOW
    page = svg_to_pixels(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}">'
        f'<path d="M0 0H{WIDTH}V{height}H0z" fill="{_PAGE}"/>{"".join(shapes)}</svg>'
    ).copy()
    for picture, x, y, side in circles:
        _lay(page, in_circle(picture, side), x, y)
    return page


_THIRD = 640
"""Where the column of the two small circles begins, from a panel's left edge."""
_PLACES = ((_PAD, _PAD), (415, 115), (_THIRD, 96), (_THIRD, 250))
_LABELS = ((_PAD + 160, 396), (415 + 85, 321), (_THIRD, 212), (_THIRD, 330))
"""Where each label begins, or its middle for the two large ones, and its baseline."""


@dataclass(frozen=True, slots=True)
class _PreviewPen:
    """Draws words and panels as SVG."""

    shaper: Shaper
    lang: Lang

    def text(self, text: str, x: float, baseline: float, *, size: float, weight: int, color: str) -> str:
        """One line as outlines; characters that the face lacks become a dot in the middle."""
        drawable = self._drawable(text, weight)
        outline = self.shaper.line_to_svg(drawable, weight, x=x, baseline=baseline, size=size)
        return f'<g fill="{color}">{outline}</g>'

    def _drawable(self, text: str, weight: int) -> str:
        missing = set(self.shaper.missing(text, weight))
        return "".join("·" if char in missing else char for char in text)

    def _width(self, text: str, size: float, weight: int) -> float:
        return self.shaper.ink(self._drawable(text, weight), weight).advance * size

    def caption(self, shown: PreviewPhoto, baseline: float) -> str:
        """The photo's name, shortened where it is long, and the word on it at the right."""
        note = self._width(shown.note, 17, 500)
        right = WIDTH - _MARGIN
        name = shown.name
        while self._width(name, 20, 700) > right - _MARGIN - note - 40:
            name = name.removesuffix("…")[:-1] + "…"
        return self.text(name, _MARGIN, baseline, size=20, weight=700, color=_INK) + self.text(
            shown.note, right - note, baseline, size=17, weight=500, color=_SOFT
        )

    def panel(self, ground: _Ground, left: float, top: float) -> str:
        """An app's page with its bars and the labels, without the circles."""
        row, reply = _PLACES[2], _PLACES[3]
        bars = [
            (row[0] + 98, row[1] + 20, 118, 16),
            (row[0] + 98, row[1] + 48, 84, 12),
        ]
        drawn = [_bar(*bar, fill=ground.bar) for bar in bars]
        bubble = (reply[0] + 52, reply[1] - 6, 172, 52)
        drawn.append(_bar(*bubble, fill=ground.bar, radius=20))
        inner = (
            (bubble[0] + 18, bubble[1] + 13, 96, 10),
            (bubble[0] + 18, bubble[1] + 31, 132, 10),
        )
        drawn += [_bar(*bar, fill=ground.page) for bar in inner]
        for at, (side, use, (x, baseline)) in enumerate(zip(SIDES, _USES[self.lang], _LABELS, strict=True)):
            label = f"{side} px · {use}"
            begin = x - self._width(label, 16, 500) / 2 if at < 2 else x
            drawn.append(self.text(label, begin, baseline, size=16, weight=500, color=ground.label))
        name = ground.name[self.lang]
        begin = _PANEL_WIDTH - 28 - self._width(name, 16, 600)
        drawn.append(self.text(name, begin, 40, size=16, weight=600, color=ground.label))
        return (
            f'<g transform="translate({left:g} {top:g})">'
            f'<rect width="{_PANEL_WIDTH}" height="{_PANEL_HEIGHT}" rx="20" fill="{ground.page}"/>'
            f"{''.join(drawn)}</g>"
        )


def _bar(x: float, y: float, width: float, height: float, *, fill: str, radius: float | None = None) -> str:
    rounded = height / 2 if radius is None else radius
    return f'<rect x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{rounded:g}" fill="{fill}"/>'


def in_circle(picture: Pixels, side: int) -> Pixels:
    """The picture at `side` px, cut to its circle: side × side × 4."""
    small = resized(picture, side, side)
    middle = np.arange(side) + 0.5 - side / 2
    reach = np.clip(side / 2 - np.hypot(middle[None, :], middle[:, None]) + 0.5, 0, 1)
    alpha = small[..., 3] if small.shape[2] == 4 else np.full((side, side), 255)
    return np.dstack((small[..., :3], (alpha * reach + 0.5).astype(np.uint8)))


def _lay(page: Pixels, picture: Pixels, x: int, y: int) -> None:
    """`picture` over the page, its corner at (x, y)."""
    side = picture.shape[0]
    room = page[y : y + side, x : x + side]
    alpha = picture[..., 3:].astype(np.uint16)
    room[...] = (picture[..., :3] * alpha + room * (255 - alpha) + 127) // 255
