"""Colours as 8-bit sRGB, and their contrast by WCAG 2.x."""

from __future__ import annotations

import re
from typing import NamedTuple

_HEX = re.compile(r"#[0-9a-f]{6}")


class Rgb(NamedTuple):
    """An sRGB colour, 0–255 a channel."""

    red: int
    green: int
    blue: int

    def __str__(self) -> str:
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"


def parse_color(text: str) -> Rgb:
    """``#rrggbb`` (any case) to `Rgb`; ValueError for anything else."""
    lowered = text.lower()
    if not _HEX.fullmatch(lowered):
        raise ValueError(f"{text!r} is not a colour of the form #rrggbb")
    return Rgb(int(lowered[1:3], 16), int(lowered[3:5], 16), int(lowered[5:7], 16))


def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """`first` with `share` (0–1) of `second`, straight in sRGB as SVG gradients do."""
    return Rgb(*(round(a + (b - a) * share) for a, b in zip(first, second, strict=True)))


def linear(channel: int) -> float:
    """One sRGB channel (0–255) as linear light (0–1), WCAG 2.2 “relative luminance”."""
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(color: Rgb) -> float:
    """WCAG relative luminance, 0 (black) to 1 (white)."""
    return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue)


def contrast(first: float, second: float) -> float:
    """WCAG contrast ratio of two luminances, 1 to 21."""
    lighter, darker = max(first, second), min(first, second)
    return (lighter + 0.05) / (darker + 0.05)


def oklab(color: Rgb) -> tuple[float, float, float]:
    """Lightness (0–1), green to red, blue to yellow: equal steps look equal (Oklab, Ottosson 2020)."""
    red, green, blue = (linear(channel) for channel in color)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def from_oklab(lightness: float, a: float, b: float) -> Rgb:
    """The nearest 8-bit sRGB colour, each channel cut to what a screen shows."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return Rgb(
        _channel(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        _channel(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        _channel(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def _channel(light: float) -> int:
    """Linear light as one sRGB channel."""
    held = min(max(light, 0.0), 1.0)
    value = held * 12.92 if held <= 0.0031308 else 1.055 * held ** (1 / 2.4) - 0.055
    return round(value * 255)


def blend(first: Rgb, second: Rgb, share: float) -> Rgb:
    """`first` with `share` (0–1) of `second`, as people see it (Oklab): no dark middle between colours."""
    return from_oklab(*(a + (b - a) * share for a, b in zip(oklab(first), oklab(second), strict=True)))
