"""All that decides a banner's bytes, beside the files it is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dxassets.agencies import Agency
from dxassets.brand import Theme
from dxassets.jobs import DayWords, LinkWords
from dxassets.presets import Format, Preset, Proportions
from dxassets.typesetting.composition import Composition

PageKind = Literal["plain", "marks", "proof"]


@dataclass(frozen=True, slots=True)
class BannerSpec:
    """A banner: words × look × shape.

    `scale` is 2 for the raster of a dense screen; `page` is what a PDF holds beside the picture. Without a
    `link` the picture carries neither code nor domain. `logo` is the agency's own, by its name among the
    resources; `debug` draws the composition over the picture.
    """

    preset: Preset
    proportions: Proportions
    theme: Theme
    day: DayWords
    agency: Agency
    call: str
    link: LinkWords | None
    phrases: tuple[str, ...]
    plans: tuple[Composition, ...]
    format: Format
    scale: int = 1
    page: PageKind = "plain"
    logo: str | None = None
    debug: bool = False
