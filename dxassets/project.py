"""A campaign with all that it is made from: what every kind of asset plans by."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.brand import Brand
from dxassets.campaign import Campaign
from dxassets.dispatch import annex_names
from dxassets.presets import PresetsFile
from dxassets.resources import BRAND_FILE, CAMPAIGN_FILE, PRESETS_FILE, Resources


@dataclass(frozen=True, slots=True)
class Project:
    """A campaign with all that it is made from. `source` is how its file is called in messages."""

    campaign: Campaign
    brand: Brand
    presets: PresetsFile
    resources: Resources
    source: str

    def __repr__(self) -> str:
        counts = (
            f"days={len(self.campaign.days)}, themes={len(self.brand.themes)}, "
            f"presets={len(self.presets.presets)}, offices={len(self.campaign.offices)}"
        )
        return f"Project({self.campaign.id!r}, {counts})"

    def input_digests(self) -> dict[str, str]:
        """Names and SHA-256 of the data files."""
        names = [CAMPAIGN_FILE, self.campaign.agencies, BRAND_FILE, PRESETS_FILE, self.campaign.dispatch]
        if self.resources.find(self.campaign.dispatch) is not None:
            names += annex_names(self.resources.read(self.campaign.dispatch).data, self.campaign.dispatch)
        return {
            name: self.resources.read(name).sha256 for name in names if self.resources.find(name) is not None
        }
