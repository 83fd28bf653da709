"""What decides a picture, beside the files it is drawn with: words × look × shape, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.agencies import Agency
from dxassets.brand import Theme
from dxassets.jobs import DayWords, LinkWords
from dxassets.presets import Preset, Proportions
from dxassets.typesetting.composition import Composition


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureSpec:
    """A picture of a campaign. Without a `link` it carries neither code nor domain.

    `logo` is the agency's own, by its name among the resources.
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
    logo: str | None = None
