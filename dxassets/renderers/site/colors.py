"""The pages' own colours, from a theme's palette; whatever the palette, text keeps its contrast."""

from __future__ import annotations

from collections.abc import Iterable

from dxassets.brand import Palette
from dxassets.colors import Rgb, contrast, luminance, mix

BLACK, WHITE = Rgb(0, 0, 0), Rgb(255, 255, 255)
TEXT, PARTS = 4.6, 3.1
"""WCAG 2.2 asks 4.5:1 of text and 3:1 of the parts of a control; a little more is kept in hand."""


def page_colors(palette: Palette) -> dict[str, dict[str, str]]:
    """CSS custom properties by look: ``light`` and ``dark``."""
    deep = min(palette.ground, key=luminance)
    base = min((deep, palette.band.ground, palette.card_ink), key=luminance)
    return {
        "light": _look(
            ground=mix(WHITE, palette.ground[-1], 0.05),
            paper=WHITE,
            ink=palette.card_ink,
            strong=palette.ground[len(palette.ground) // 2],
            accent=palette.accent,
        ),
        "dark": _look(
            ground=mix(base, BLACK, 0.45),
            paper=mix(base, WHITE, 0.035),
            ink=mix(WHITE, base, 0.05),
            strong=palette.accent,
            accent=palette.accent,
        ),
    }


def _look(*, ground: Rgb, paper: Rgb, ink: Rgb, strong: Rgb, accent: Rgb) -> dict[str, str]:
    """One look's colours. `strong` is what buttons are made of, and links, where it can be read."""
    both = (ground, paper)
    ink = readable(ink, both, 7.0)
    stage = mix(paper, ink, 0.08)
    colors = {
        "ground": ground,
        "paper": paper,
        "stage": stage,
        "ink": ink,
        "soft": readable(mix(ink, paper, 0.3), (*both, stage), TEXT),
        "line": mix(paper, ink, 0.14),
        "edge": readable(mix(ink, paper, 0.5), both, PARTS),
        "link": readable(strong, both, TEXT),
        "strong": readable(strong, both, PARTS),
        "on-strong": readable(_opposite(strong), (readable(strong, both, PARTS),), TEXT),
        "accent": accent,
        "tint": mix(paper, readable(strong, both, PARTS), 0.09),
        "good": readable(Rgb(22, 122, 66), both, TEXT),
        "bad": readable(Rgb(190, 24, 40), both, TEXT),
    }
    return {name: str(color) for name, color in colors.items()}


def _opposite(color: Rgb) -> Rgb:
    return WHITE if contrast(luminance(color), 1.0) >= TEXT else BLACK


def readable(color: Rgb, grounds: Iterable[Rgb], ratio: float) -> Rgb:
    """`color`, or the nearest on its way to black or white that keeps `ratio` on all `grounds`."""
    lights = [luminance(ground) for ground in grounds]
    goal = BLACK if contrast(0.0, min(lights)) >= contrast(1.0, max(lights)) else WHITE
    for step in range(21):
        found = mix(color, goal, step / 20)
        if all(contrast(luminance(found), light) >= ratio for light in lights):
            return found
    return goal
