"""Starts a new campaign folder from a cause or from last year's, and writes the schema for editors."""

from dxassets.api.starting.causes import Cause, cause_called, causes
from dxassets.api.starting.renewing import Renewed, renew_campaign
from dxassets.api.starting.wanted import CampaignWanted, Outline, outline_of
from dxassets.api.starting.writing import init_campaign, write_schema

__all__ = [
    "CampaignWanted",
    "Cause",
    "Outline",
    "Renewed",
    "cause_called",
    "causes",
    "init_campaign",
    "outline_of",
    "renew_campaign",
    "write_schema",
]
