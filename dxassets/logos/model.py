"""What is known of a logo file once it has been read safely, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.errors import InputError, Problem
from dxassets.geometry import Box

LONGEST_SHAPE = 10.0
"""Neither side of a logo may be more than this many times the other: a longer one is a banner itself."""


@dataclass(frozen=True, slots=True)
class PngLogo:
    """A PNG whose head is sane: its bytes, and its size in px."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class SvgLogo:
    """A cleaned SVG: the markup inside its root, and its view box.

    `rich`: has gradients, masks or pictures, which PDF writers draw otherwise than rasterizers.
    """

    markup: str
    view: Box
    rich: bool


Logo = PngLogo | SvgLogo


def refused(where: str, vi: str, en: str) -> InputError:
    """The error of a logo file that can't be taken."""
    return InputError(Problem(where, vi, en))
