"""What colour each role of a scene has in a theme: natural colours, drawn towards those of its palette.

A part says `leaf` or `cloth-2`, never a colour. Here every role gets one, so that the same drawing is at
home on blue, crimson, red and white. Mixing is done as people see (Oklab), so no mixture goes grey.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from dxassets.brand import Palette
from dxassets.colors import Rgb, blend, from_oklab, luminance, oklab, parse_color

Tints = Mapping[str, Rgb]
"""Colours by role."""

_NATURAL = {
    "gold": "#ffc83d",
    "red": "#d8343f",
    "blue": "#2f7fe0",
    "green": "#2b9a68",
    "leaf": "#2f8f58",
    "field": "#a9c24a",
    "roof": "#c65138",
    "wall": "#f4dfae",
    "glass": "#8fc4e6",
    "water": "#3fa3cf",
    "metal": "#a3b3c6",
}
"""Roles that follow a colour of the palette of about the same hue, if there is one."""
_STEADY = {
    "skin-1": ("#f1c7a3", 0.05),
    "skin-2": ("#dda87c", 0.05),
    "skin-3": ("#bf8559", 0.05),
    "skin-4": ("#97633f", 0.05),
    "rose": ("#dd8a9c", 0.10),
    "wood": ("#94592f", 0.14),
    "thatch": ("#b5854c", 0.14),
    "hair-grey": ("#c3c6ce", 0.10),
    "white": ("#fffdf8", 0.03),
    "cream": ("#f6ead2", 0.04),
}
_DEEP = {"hair": ("#2b2024", 0.22), "navy": ("#2a3a6e", 0.25), "dark": ("#262232", 0.25)}
"""Dark things lean to what is darkest in the theme, be it ground or ink."""
"""Roles that people and paper keep in every theme, and how far they lean to its ground."""
_NEAR, _FAR = math.radians(38), math.radians(75)
"""Hues that are taken for the same, and for neighbours."""
_STRANGE = math.radians(118)
"""Ground so far in hue from leaves that both mix to mud: there, land is of the ground's own colours."""
_GREYISH = 0.08
"""Oklab chroma below which a colour has no hue to follow."""
_STEPS = {"-shade": -0.06, "-light": 0.06}
"""What stands after a role for its side away from the light, and for that towards it; in Oklab lightness."""


def tints_of(palette: Palette) -> Tints:
    """The colour of every role in a theme of that palette."""
    band = palette.band
    every = [palette.accent, palette.bar, *palette.modules, *band.figures, *band.edges, band.triangles]
    hues = tuple(color for color in [*every, palette.ink, *palette.ground] if _chroma(color) > _GREYISH)
    return _tinted(palette.ground, hues, palette.modules[0], (palette.ink, palette.card_ink))


@lru_cache(maxsize=32)
def _tinted(ground: tuple[Rgb, ...], hues: tuple[Rgb, ...], second: Rgb, inks: tuple[Rgb, ...]) -> Tints:
    base = _people_and_things(ground, hues, inks)
    base |= _land(ground, second, base)
    dark = min(ground, key=luminance)
    tints = dict(base)
    tints["shadow"] = base["dark"]
    tints["glow"] = blend(base["haze"], base["gold"], 0.25)
    for role, color in base.items():
        for suffix, step in _STEPS.items():
            tints[role + suffix] = _stepped(color, dark, step)
    return MappingProxyType(tints)


def _people_and_things(
    ground: tuple[Rgb, ...], hues: tuple[Rgb, ...], inks: tuple[Rgb, ...]
) -> dict[str, Rgb]:
    middle = blend(ground[0], ground[-1], 0.5)
    deepest = min([*ground, *inks], key=luminance)
    found = {role: _followed(parse_color(text), hues, middle) for role, text in _NATURAL.items()}
    found |= {role: blend(parse_color(text), middle, share) for role, (text, share) in _STEADY.items()}
    found |= {role: blend(parse_color(text), deepest, share) for role, (text, share) in _DEEP.items()}
    return found


def _chroma(color: Rgb) -> float:
    _, a, b = oklab(color)
    return math.hypot(a, b)


def _followed(natural: Rgb, hues: tuple[Rgb, ...], middle: Rgb) -> Rgb:
    """`natural`, nearer to the palette's colour of its hue; without one, a little of the ground.

    Only hue and chroma follow: how light a thing is tells what it is.
    """
    nearest = min(hues, key=lambda color: _apart(natural, color), default=None)
    distance = math.pi if nearest is None else _apart(natural, nearest)
    if nearest is None or distance > _FAR:
        return blend(natural, middle, 0.16)
    share = 0.6 if distance <= _NEAR else 0.2
    lightness, _, _ = oklab(blend(natural, nearest, share * 0.4))
    _, a, b = oklab(blend(natural, nearest, share))
    return from_oklab(lightness, a, b)


def _apart(first: Rgb, second: Rgb) -> float:
    """The angle between two hues, 0–π."""
    _, a1, b1 = oklab(first)
    _, a2, b2 = oklab(second)
    turn = abs(math.atan2(b1, a1) - math.atan2(b2, a2))
    return min(turn, 2 * math.pi - turn)


def _land(ground: tuple[Rgb, ...], second: Rgb, base: Mapping[str, Rgb]) -> dict[str, Rgb]:
    """Sky and land: far things lie in the theme's light, near ones in its dark."""
    dark, light = (choose(ground, key=luminance) for choose in (min, max))
    leaf = base["leaf"]
    if luminance(light) > 0.5:
        return {
            "haze": blend(light, second, 0.16),
            "sky": blend(light, second, 0.08),
            "far": blend(light, second, 0.22),
            "hill": blend(blend(light, second, 0.36), leaf, 0.22),
            "near": blend(blend(light, leaf, 0.62), second, 0.16),
            "ground": blend(leaf, second, 0.26),
            "path": blend(light, base["gold"], 0.30),
            "paving": blend(light, second, 0.14),
            "cloud": blend(light, second, 0.10),
        }
    haze = blend(light, second, 0.34)
    grown = (
        base["leaf"]
        if _apart(parse_color(_NATURAL["leaf"]), light) < _STRANGE
        else blend(light, second, 0.24)
    )
    return {
        "haze": haze,
        "sky": blend(light, second, 0.20),
        "far": blend(light, second, 0.26),
        "hill": blend(blend(light, haze, 0.4), blend(grown, dark, 0.3), 0.45),
        "near": blend(dark, grown, 0.62),
        "ground": blend(dark, grown, 0.34),
        "path": blend(blend(dark, grown, 0.4), base["gold"], 0.42),
        "paving": blend(dark, haze, 0.30),
        "cloud": blend(light, parse_color("#ffffff"), 0.30),
    }


def _stepped(color: Rgb, dark: Rgb, step: float) -> Rgb:
    lightness, a, b = oklab(blend(color, dark, 0.08) if step < 0 else color)
    return from_oklab(min(max(lightness + step, 0.0), 1.0), a, b)


_LAND = ("haze", "sky", "far", "hill", "near", "ground", "path", "paving", "cloud")
ROLES = tuple(role + suffix for role in (*_NATURAL, *_STEADY, *_DEEP, *_LAND) for suffix in ("", *_STEPS))
"""Every name that a shape of a part may have as its class."""
CLEAR = MappingProxyType({"shadow": 0.3, "glow": 0.2})
"""Roles that let through what lies behind them, and how much they cover."""
