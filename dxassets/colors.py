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
