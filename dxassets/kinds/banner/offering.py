"""Banners on the spot: what a request may say, and the banner that it asks for."""

from __future__ import annotations

from collections.abc import Mapping

from dxassets.errors import InputError, Problem
from dxassets.kinds.banner.planning import FORMATS
from dxassets.kinds.faces import LONGEST, Offer, Parameter
from dxassets.kinds.scope import Wanted
from dxassets.project import Project


def look_parameters(project: Project) -> tuple[Parameter, ...]:
    """Day, theme and preset: what decides a banner but for whose it is."""
    days = tuple(day.id for day in project.campaign.days)
    themes = tuple(theme.id for theme in project.brand.every_theme)
    sizes = tuple(preset.id for preset in project.presets.presets)
    return (
        Parameter("day", "Id of the day", days[0], required=True, choices=days),
        Parameter("theme", "Id of the theme", themes[0], required=True, choices=themes),
        Parameter("preset", "Id of the size", "share-1200x630", required=True, choices=sizes),
    )


def name_parameter() -> Parameter:
    """An office's name as somebody types it."""
    return Parameter(
        "name",
        "Full name of an office, on the list or not",
        "Trường THPT Chu Văn An",
        longest=LONGEST["name"],
    )


def offer_of(project: Project) -> Offer:
    """The parameters of a banner."""
    campaign = project.campaign
    offices = tuple(office.id for office in campaign.offices)
    return Offer(
        "One banner",
        (
            *look_parameters(project),
            Parameter("format", "File format; the size's own if left out", "png", choices=FORMATS),
            Parameter("agency", "Id of an office on the list", campaign.issuing_agency, choices=offices),
            name_parameter(),
        ),
    )


def banner_of(project: Project, said: Mapping[str, str]) -> Wanted:
    """The banner that a request asks for, in its size's own format unless one is given."""
    if "agency" in said and "name" in said:
        raise InputError(Problem("name", "chỉ dùng name hoặc agency", "give either name or agency"))
    shape = project.presets.preset(said["preset"])
    own = "png" if shape is None else shape.format
    return Wanted(
        agencies=(said["agency"],) if "agency" in said else (),
        agency_names=(said["name"],) if "name" in said else (),
        days=(said["day"],),
        themes=(said["theme"],),
        presets=(said["preset"],),
        kinds=("banner",),
        formats=(said.get("format", own),),
    )
