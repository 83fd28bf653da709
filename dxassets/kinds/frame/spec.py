"""All that decides an avatar frame's bytes, beside the files it is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dxassets.brand import FrameStyle, Theme
from dxassets.jobs import DayWords

FrameFormat = Literal["png", "svg"]


@dataclass(frozen=True, slots=True)
class FrameSpec:
    """An avatar frame: a transparent square picture, `size` px on each side.

    `agency_name` is the short name that stands on the lower arc; None leaves it empty.
    """

    theme: Theme
    day: DayWords
    style: FrameStyle
    size: int
    format: FrameFormat = "png"
    agency_name: str | None = None
