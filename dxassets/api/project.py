"""Loads a campaign with its brand and presets, telling everything that is wrong with all of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from dxassets.agencies import Agency, parse_agencies
from dxassets.brand import EVERY_MOTIF, Brand, parse_brand
from dxassets.campaign import Campaign, CampaignFile, join_campaign, parse_campaign_file
from dxassets.country import units_of
from dxassets.errors import CampaignError, InputError, Problem
from dxassets.models import not_among
from dxassets.presets import parse_presets
from dxassets.project import Project
from dxassets.renderers.motifs import motif_problems
from dxassets.resources import (
    BRAND_FILE,
    CAMPAIGN_FILE,
    GIVEN_LOGO,
    GIVEN_TEXT,
    PRESETS_FILE,
    Resources,
    campaign_resources,
    example_campaign,
    find_campaign,
)

ResultT = TypeVar("ResultT")


def load_campaign(name_or_path: str | Path | None = None) -> Project:
    """The campaign in a folder, in a ``campaign.toml``, or bundled under that id; the example without one.

    `InputError` tells everything that is wrong in campaign.toml, the agencies'
    CSV, brand.toml, presets.toml and the motifs that these name together.
    """
    folder = find_campaign(str(name_or_path or example_campaign()))
    resources = campaign_resources(folder)
    source = (folder / CAMPAIGN_FILE).as_posix()
    problems: list[Problem] = []
    file = _tried(lambda: parse_campaign_file(resources.read(CAMPAIGN_FILE).data, source), problems)
    brand = _tried(lambda: parse_brand(resources.read(BRAND_FILE).data, BRAND_FILE), problems)
    presets = _tried(lambda: parse_presets(resources.read(PRESETS_FILE).data, PRESETS_FILE), problems)
    units = _tried(lambda: units_of(resources), problems)
    problems += motif_problems(resources, _motifs_asked(file, brand, source))
    campaign: Campaign | None = None
    if file is not None:
        agencies = _tried(lambda: _listed(file, folder, resources), problems)
        brand = brand and _tried(partial(_worn, brand, file, source), problems)
        if agencies is not None and units is not None:
            campaign = _tried(lambda: join_campaign(file, agencies, source, units=units), problems)
    if problems or campaign is None or brand is None or presets is None:
        raise CampaignError(*problems)
    return Project(campaign, brand, presets, resources, source)


def _listed(file: CampaignFile, folder: Path, resources: Resources) -> tuple[Agency, ...]:
    """The campaign's list of agencies; nothing where it has none."""
    if file.agencies is None:
        return ()
    return parse_agencies(resources.read(file.agencies).data, (folder / file.agencies).as_posix())


def _worn(brand: Brand, file: CampaignFile, source: str) -> Brand:
    """The brand with the themes that the campaign uses, in its order; all of them where it names none."""
    problems: list[Problem] = []
    for at, name in enumerate(file.themes):
        if brand.theme(name) is None:
            known = [theme.id for theme in brand.themes]
            problems.append(not_among(f"{source}: themes[{at}]", name, known=known))
    if problems:
        raise CampaignError(*problems)
    chosen = tuple(theme for name in dict.fromkeys(file.themes) if (theme := brand.theme(name)) is not None)
    return brand.model_copy(update={"themes": chosen}) if chosen else brand


def with_logo(project: Project, file: str | Path | None) -> Project:
    """The same project, its agencies signing with the logo in `file` unless they have their own.

    As it is when `file` is None. `InputError` when there is no such file.
    """
    if file is None:
        return project
    if not Path(file).is_file():
        raise InputError(Problem("--logo", f"không có tệp “{file}”", f"there is no file {str(file)!r}"))
    given = (*project.resources.given, (GIVEN_LOGO, Path(file).resolve()))
    return replace(project, resources=replace(project.resources, given=given))


def with_text(project: Project, file: str | Path | None) -> Project:
    """The same project, whose letter says what the Word file `file` says; as it is when that is None.

    `InputError` when there is no such file.
    """
    if file is None:
        return project
    if not Path(file).is_file():
        raise InputError(Problem("--text", f"không có tệp “{file}”", f"there is no file {str(file)!r}"))
    given = (*project.resources.given, (GIVEN_TEXT, Path(file).resolve()))
    return replace(project, resources=replace(project.resources, given=given))


def _motifs_asked(file: CampaignFile | None, brand: Brand | None, source: str) -> Iterator[tuple[str, str]]:
    """Every motif that is named, with the place where it is."""
    for at, day in enumerate(file.days if file else ()):
        yield f"{source}: days[{at}].motif", day.motif
    for at, theme in enumerate(brand.themes if brand else ()):
        for number, motif in enumerate(theme.banded):
            if motif != EVERY_MOTIF:
                yield f"{BRAND_FILE}: themes[{at}].banded[{number}]", motif


def _tried(read: Callable[[], ResultT], problems: list[Problem]) -> ResultT | None:
    """What `read` gives, or None and its problems noted."""
    try:
        return read()
    except InputError as error:
        problems += error.problems
        return None
