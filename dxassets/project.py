"""A campaign with all that it is made from: what every kind of asset plans by."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.agencies import Agency
from dxassets.brand import Brand, Theme
from dxassets.campaign import Campaign
from dxassets.days import Day
from dxassets.dispatch import annex_names
from dxassets.duties import DUTIES_FILE
from dxassets.presets import PresetsFile
from dxassets.resources import BRAND_FILE, CAMPAIGN_FILE, PRESETS_FILE, Resources
from dxassets.rows import lines_of_rows


@dataclass(frozen=True, slots=True)
class Project:
    """A campaign with all that it is made from. `source` is how its file is called in messages."""

    campaign: Campaign
    brand: Brand
    presets: PresetsFile
    resources: Resources
    source: str
    letter_is_alone: bool = False
    """Whether its letter is a document that belongs to no campaign, and is held to the decree only."""

    def __repr__(self) -> str:
        counts = (
            f"days={len(self.campaign.days)}, themes={len(self.brand.themes)}, "
            f"presets={len(self.presets.presets)}, offices={len(self.campaign.offices)}"
        )
        return f"Project({self.campaign.id!r}, {counts})"

    def look_of(self, day: Day) -> Theme:
        """The theme in which a day is shown first: the campaign's wish, or the brand's order."""
        for look in self.campaign.site.looks:
            theme = self.brand.theme(look.theme)
            if look.day == day.id and theme is not None:
                return theme
        return self.brand.themes[self.campaign.days.index(day) % len(self.brand.themes)]

    def place_of(self, office: Agency) -> str:
        """``file:line`` of an office on the campaign's list; the file alone when it isn't there."""
        file = self.campaign.agencies or self.source
        if self.resources.find(file) is None:
            return file
        line = lines_of_rows(self.resources.read(file).data).get(office.id)
        return file if line is None else f"{file}:{line}"

    def input_digests(self) -> dict[str, str]:
        """Names and SHA-256 of the data files."""
        agencies, dispatch = self.campaign.agencies, self.campaign.dispatch
        names = [CAMPAIGN_FILE, BRAND_FILE, PRESETS_FILE]
        names += [name for name in (agencies, dispatch) if name is not None]
        names += [DUTIES_FILE] if self.campaign.duties is not None else []
        if dispatch is not None and self.resources.find(dispatch) is not None:
            names += annex_names(self.resources.read(dispatch).data, dispatch)
        return {
            name: self.resources.read(name).sha256 for name in names if self.resources.find(name) is not None
        }
