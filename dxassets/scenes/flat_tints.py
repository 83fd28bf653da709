"""The colours of a hand-painted poster: every role in one of four flat colours of the palette.

A tranh cổ động has two or three paints and the paper. Here they are the theme's ground (the paper), its bar
(the bold paint), its accent (the bright one) and the ink of its cards (the deep one); skin is the paper
warmed by the bold paint, from light to dark, so that peoples and ages stay told apart.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType

from dxassets.brand import Palette
from dxassets.colors import Rgb, blend, from_oklab, luminance, oklab, parse_color
from dxassets.scenes.tints import ROLES, Tints

_PAPER, _BOLD, _BRIGHT, _DEEP = range(4)
_PAINT = {
    _PAPER: ("white", "cream", "wall", "cloud", "haze", "sky", "paving"),
    _BOLD: ("red", "rose", "roof", "far"),
    _BRIGHT: ("gold", "field", "thatch", "path", "wood"),
    _DEEP: ("blue", "green", "leaf", "navy", "dark", "hair", "water", "glass", "hill", "near", "ground"),
}
"""What is painted with what."""
_BROWN = parse_color("#7a3b1d")
_SKIN = {"skin-1": 0.16, "skin-2": 0.30, "skin-3": 0.46, "skin-4": 0.66}
"""How much brown there is in the paper where it is skin."""
_GREY = {"hair-grey": 0.42, "metal": 0.50}
"""How much paper there is in the deep paint."""
_LIGHTER = {"glass": 0.55, "water": 0.30, "green": 0.16, "leaf": 0.16, "blue": 0.26, "hill": 0.12}
"""The deep paint thinned, so that neighbours part."""
_DARKER = {"wood": 0.45, "rose": -0.30, "thatch": 0.18}
"""Paint mixed with the deep one; less than nothing: with paper."""
_STEPS = {"": 0.0, "-shade": -0.075, "-light": 0.06}
"""What a role's sides away from the light and towards it differ by, in Oklab lightness."""


def flat_tints_of(palette: Palette) -> Tints:
    """The colour of every role in a theme that draws as posters are painted."""
    return _flat(palette.ground[0], palette.bar, palette.modules[0], palette.card_ink)


@lru_cache(maxsize=16)
def _flat(paper: Rgb, bold: Rgb, bright: Rgb, deep: Rgb) -> Tints:
    paints = {_PAPER: _whiter(paper), _BOLD: bold, _BRIGHT: bright, _DEEP: deep}
    base = {role: paints[paint] for paint, roles in _PAINT.items() for role in roles}
    base |= {role: blend(paints[_PAPER], _BROWN, share) for role, share in _SKIN.items()}
    base |= {role: blend(deep, paper, share) for role, share in _GREY.items()}
    base |= {role: blend(base[role], paper, share) for role, share in _LIGHTER.items()}
    for role, share in _DARKER.items():
        base[role] = blend(base[role], deep if share > 0 else paper, abs(share))
    tints = {
        role + suffix: _stepped(color, step)
        for role, color in base.items()
        for suffix, step in _STEPS.items()
        if role + suffix in ROLES
    }
    return MappingProxyType(tints | {"shadow": deep, "glow": bright})


def _whiter(paper: Rgb) -> Rgb:
    """Cloth and paper in the picture stand out a little from the sheet they are painted on."""
    return blend(paper, parse_color("#ffffff"), 0.55) if luminance(paper) < 0.9 else paper


def _stepped(color: Rgb, step: float) -> Rgb:
    lightness, a, b = oklab(color)
    return from_oklab(min(max(lightness + step, 0.0), 1.0), a, b)
