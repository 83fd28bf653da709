"""The sums as a picture in the brand's colours: for each measure a bar before and one after, with numbers.

Measures count different things, so each pair of bars has a scale of its own: compared are before and after.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from dxassets.backends.shaper import Shaper
from dxassets.brand import Palette
from dxassets.colors import Rgb, contrast, luminance, mix
from dxassets.geometry import Box
from dxassets.notation import number
from dxassets.renderers.svg import document
from dxassets.report.measures import ReportMeasure
from dxassets.report.sums import Sum

WIDTH = 1200
_MARGIN, _BAR, _GAP = 56.0, 26.0, 6.0
_NAMES, _BARS_AT, _BAR_ROOM = 400.0, 488.0, 400.0
_HEAD_SIZE, _NAME_SIZE, _NUMBER_SIZE = 40.0, 23.0, 22.0
_LEAST_SEEN = 3.0
"""Contrast of the bars after with their ground (WCAG 2.2, 1.4.11)."""
_PALE = 0.62
_MANIFOLD = 10
"""From here on a growth is said as how many times as much."""


@dataclass(frozen=True, slots=True)
class ChartWords:
    """What a chart says beside its numbers."""

    title: str
    about: str
    before: str
    after: str
    foot: str


def chart_alt(measures: Sequence[ReportMeasure], sums: Mapping[str, Sum], words: ChartWords) -> str:
    """The whole picture in words."""
    told = [
        f"{name}: {words.before} {_number(sums[each.code].before, each)}, "
        f"{words.after} {_number(sums[each.code].after, each)} {each.unit}".rstrip()
        + f" ({growth_words(sums[each.code])})"
        for each, name in zip(measures, measured_names(measures), strict=True)
        if each.code in sums
    ]
    return f"{words.title}. {words.about}. {'; '.join(told)}. {words.foot}."


def growth_words(found: Sum) -> str:
    """By what share it has grown or shrunk; a share of nothing is none."""
    if found.difference == 0:
        return "không đổi"
    if found.growth is None:
        return "trước chưa có"
    if found.growth >= _MANIFOLD:
        return f"gấp {number(found.after / found.before, 'vi', places=1)} lần"
    return f"{'tăng' if found.difference > 0 else 'giảm'} {found.share}"


def chart_svg(
    measures: Sequence[ReportMeasure],
    sums: Mapping[str, Sum],
    words: ChartWords,
    *,
    palette: Palette,
    shaper: Shaper,
) -> str:
    """The picture, `WIDTH` px wide, as high as it needs."""
    drawing = _Drawing(shaper, palette)
    top, task = drawing.head(words), ""
    for measure in measures:
        if measure.code in sums:
            if measure.task != task:
                top, task = drawing.task(measure.task, top), measure.task
            top = drawing.pair(measure, sums[measure.code], top)
    height = drawing.foot(words.foot, top)
    title, about = escape(words.title), escape(chart_alt(measures, sums, words))
    body = f'<rect width="{WIDTH}" height="{height:g}" fill="{palette.card}"/>{"".join(drawing.parts)}'
    view = Box(0, 0, WIDTH, height)
    return document(f"<title>{title}</title><desc>{about}</desc>{body}", view, WIDTH, height)


class _Drawing:
    """The parts of a picture, as they are drawn from top to bottom."""

    def __init__(self, shaper: Shaper, palette: Palette) -> None:
        self._shaper = shaper
        self._palette = palette
        self.parts: list[str] = []
        self._strong = _strong(palette)
        self._pale = mix(self._strong, palette.card, _PALE)

    def head(self, words: ChartWords) -> float:
        """Title and subject on the theme's ground, what the bars mean below; where the pairs begin."""
        palette = self._palette
        title = self._broken(words.title, 800, _HEAD_SIZE, WIDTH - 2 * _MARGIN)
        about = self._broken(words.about, 600, 24, WIDTH - 2 * _MARGIN)
        height = 44 + 50 * len(title) + 34 * len(about) + 26
        self.parts.append(f'<rect width="{WIDTH}" height="{height}" fill="{palette.ground[0]}"/>')
        self.parts.append(f'<rect y="{height}" width="{WIDTH}" height="8" fill="{palette.bar}"/>')
        baseline = 44 + 36.0
        for line in title:
            self._line(line, 800, _MARGIN, baseline, size=_HEAD_SIZE, fill=palette.ink)
            baseline += 50
        baseline -= 8
        for line in about:
            self._line(line, 600, _MARGIN, baseline, size=24, fill=palette.ink_soft)
            baseline += 34
        return self._legend(words, height + 8 + 28.0)

    def _legend(self, words: ChartWords, top: float) -> float:
        at = _BARS_AT
        for color, text in ((self._pale, words.before), (self._strong, words.after)):
            self.parts.append(f'<rect x="{at:g}" y="{top:g}" width="22" height="22" fill="{color}"/>')
            self._line(text, 600, at + 32, top + 18, size=20, fill=self._palette.card_ink)
            at += 32 + self._shaper.ink(text, 600).advance * 20 + 40
        return top + 22 + 30

    def task(self, name: str, top: float) -> float:
        """The name of a task, above its measures; where the first of these begins."""
        lines = self._broken(name, 700, 20, WIDTH - 2 * _MARGIN) if name else []
        for at, line in enumerate(lines):
            self._line(line, 700, _MARGIN, top + 20 + 27 * at, size=20, fill=self._strong)
        return top + 27 * len(lines) + (14 if lines else 0)

    def pair(self, measure: ReportMeasure, found: Sum, top: float) -> float:
        """A measure's name beside its two bars; where the next one begins."""
        palette = self._palette
        lines = self._broken(measure.name, 600, _NAME_SIZE, _NAMES)
        unit = [f"({measure.unit})"] if measure.unit else []
        bars = 2 * _BAR + _GAP
        height = max(bars, 29.0 * len([*lines, *unit]))
        baseline = top + (height - 29 * len([*lines, *unit])) / 2 + 21
        for line in [*lines, *unit]:
            weight = 500 if unit and line == unit[0] else 600
            self._line(line, weight, _MARGIN, baseline, size=_NAME_SIZE, fill=palette.card_ink)
            baseline += 29
        most, bar_top = max(found.before, found.after), top + (height - bars) / 2
        longest = self._room(measure, found)
        for color, figure in ((self._pale, found.before), (self._strong, found.after)):
            long = longest * float(figure / most) if most else 0.0
            self.parts.append(
                f'<rect x="{_BARS_AT:g}" y="{bar_top:g}" width="{max(long, 2):.1f}" height="{_BAR:g}" '
                f'fill="{color}"/>'
            )
            x = _BARS_AT + max(long, 2) + 12
            self._line(
                _number(figure, measure), 700, x, bar_top + 20.5, size=_NUMBER_SIZE, fill=palette.card_ink
            )
            bar_top += _BAR + _GAP
        self._growth(found, top + height / 2 + 8)
        rule = top + height + 14
        self.parts.append(
            f'<rect x="{_MARGIN:g}" y="{rule:g}" width="{WIDTH - 2 * _MARGIN:g}" height="1" '
            f'fill="{mix(palette.card_ink, palette.card, 0.82)}"/>'
        )
        return rule + 16

    def _room(self, measure: ReportMeasure, found: Sum) -> float:
        """How long a bar may be, so that its number and the growth stand beside it."""
        figures = (_number(found.before, measure), _number(found.after, measure))
        numbers = max(self._shaper.ink(each, 700).advance for each in figures) * _NUMBER_SIZE
        growth = self._shaper.ink(growth_words(found), 700).advance * _NUMBER_SIZE
        return min(_BAR_ROOM, WIDTH - _MARGIN - growth - 24 - numbers - 12 - _BARS_AT)

    def _growth(self, found: Sum, baseline: float) -> None:
        text = growth_words(found)
        wide = self._shaper.ink(text, 700).advance * _NUMBER_SIZE
        self._line(text, 700, WIDTH - _MARGIN - wide, baseline, size=_NUMBER_SIZE, fill=self._strong)

    def foot(self, text: str, top: float) -> float:
        """The last lines; the picture's height."""
        baseline = top + 30.0
        for line in self._broken(text, 500, 20, WIDTH - 2 * _MARGIN):
            self._line(line, 500, _MARGIN, baseline, size=20, fill=self._palette.card_ink)
            baseline += 27
        return round(baseline + 14)

    def _line(self, text: str, weight: int, x: float, baseline: float, *, size: float, fill: Rgb) -> None:
        drawn = self._shaper.line_to_svg(text, weight, x=x, baseline=baseline, size=size)
        self.parts.append(f'<g fill="{fill}">{drawn}</g>')

    def _broken(self, text: str, weight: int, size: float, width: float) -> list[str]:
        """The text in lines that fit; a word that is wider than a line stands alone."""
        lines: list[str] = []
        for word in text.split(" "):
            wider = f"{lines[-1]} {word}" if lines else word
            if lines and self._shaper.ink(wider, weight).advance * size <= width:
                lines[-1] = wider
            else:
                lines.append(word)
        return lines


def measured_names(measures: Sequence[ReportMeasure]) -> list[str]:
    """What measures are called where their tasks are not named: with the task, where two have one name."""
    names = [measure.name for measure in measures]
    return [
        f"{measure.name} – {measure.task}" if names.count(measure.name) > 1 else measure.name
        for measure in measures
    ]


def _strong(palette: Palette) -> Rgb:
    """The theme's own colour that is seen best on the card: its ground, where that is dark enough."""
    card = luminance(palette.card)
    known = (palette.ground[-1], palette.ground[0], palette.accent, palette.bar)
    return next((each for each in known if contrast(luminance(each), card) >= _LEAST_SEEN), palette.card_ink)


def _number(figure: Decimal, measure: ReportMeasure) -> str:
    whole = figure == figure.to_integral_value()
    return number(figure, "vi", places=0 if whole else measure.decimals)
