"""Says what is wrong with a campaign before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, cast

from dxassets.agencies import Agency
from dxassets.api.agency_checks import agency_findings
from dxassets.api.brand_checking import brand_errors, brand_warnings
from dxassets.api.left_over import left_over
from dxassets.campaign import campaign_warnings
from dxassets.errors import Problem
from dxassets.kinds.registry import all_kinds
from dxassets.models import read_toml, suggest
from dxassets.project import Project
from dxassets.renderers.undrawable import undrawable
from dxassets.resources import CAMPAIGN_FILE
from dxassets.vietnamese import fold


def check_project(project: Project) -> tuple[list[Problem], list[Problem]]:
    """Errors, and warnings, of a campaign that loads: fonts, and what each kind finds; nothing is drawn."""
    listed = agency_findings(project)
    surveys = [kind.survey(project) for kind in all_kinds().values()]
    errors = [
        *font_problems(project, project.campaign.offices),
        *brand_errors(project),
        *(problem for survey in surveys for problem in survey.errors),
        *site_problems(project),
        *listed.errors,
    ]
    warnings = [
        *_old_forms(project),
        *campaign_warnings(project.campaign, project.source),
        *left_over(project),
        *listed.warnings,
        *brand_warnings(project),
        *(problem for survey in surveys for problem in survey.warnings),
    ]
    return list(dict.fromkeys(errors)), warnings


def _old_forms(project: Project) -> Iterator[Problem]:
    """What is written in an old form, and is still read."""
    raw = read_toml(project.resources.read(CAMPAIGN_FILE).data, project.source)
    if isinstance(raw.get("links"), dict):
        yield Problem(
            f"{project.source}: links",
            "viết theo dạng cũ ([links.…]); nên đổi mỗi liên kết thành một nhóm [[links]] có id, label, url, "
            "checked_on và for",
            "is written in the old form ([links.…]); better make each a [[links]] with id, label, url, "
            "checked_on and for",
        )
    days = raw.get("days")
    for at, day in enumerate(cast("list[Any]", days) if isinstance(days, list) else ()):
        if isinstance(day, dict) and "numerals" in day:
            yield Problem(
                f"{project.source}: days[{at}].numerals",
                "viết theo tên cũ; nên đổi numerals thành mark",
                "is written by its old name; better call it mark",
            )


def site_problems(project: Project) -> Iterator[Problem]:
    """A problem for each id of `[site]` that nothing has, where it stands."""
    campaign, brand = project.campaign, project.brand
    days, themes = [day.id for day in campaign.days], [theme.id for theme in brand.themes]
    presets = [preset.id for preset in project.presets.presets]
    asked = [
        *(("looks.day", look.day, days) for look in campaign.site.looks),
        *(("looks.theme", look.theme, themes) for look in campaign.site.looks),
        *(("presets", preset, presets) for preset in campaign.site.presets),
    ]
    for where, name, known in asked:
        if name not in known:
            vi, en = suggest(name, known)
            yield Problem(
                f"{project.source}: site.{where}", f"không có “{name}”.{vi}", f"there is no {name!r}.{en}"
            )


def find_agencies(project: Project, text: str) -> list[Agency]:
    """The agencies whose id, name or district holds all words of `text`; marks and case do not count."""
    words = fold(text).split()
    return [
        office
        for office in project.campaign.offices
        if all(
            word in f"{fold(office.name)} {fold(office.short_name)} {office.id} {fold(office.district)}"
            for word in words
        )
    ]


def font_problems(project: Project, agencies: Iterable[Agency]) -> Iterator[Problem]:
    """A problem for each text of the campaign that the display face can't draw."""
    return undrawable(
        _drawn_texts(project, agencies), project.brand.typefaces.display, resources=project.resources
    )


def _drawn_texts(project: Project, agencies: Iterable[Agency]) -> Iterator[tuple[str, str]]:
    """Every text that pictures carry, with where it was written."""
    campaign, source = project.campaign, project.source
    yield f"{source}: call_to_action", campaign.call_to_action
    yield f"{source}: motto", campaign.motto or ""
    for at, day in enumerate(campaign.days):
        yield f"{source}: days[{at}].mark", day.mark or ""
        yield f"{source}: days[{at}].name", day.name
        yield f"{source}: days[{at}].greeting", day.greeting or ""
        yield f"{source}: days[{at}].slogan.text", day.slogan.text
        yield f"{source}: days[{at}].slogan.short", day.slogan.short
    for at, link in enumerate(campaign.links):
        yield f"{source}: links[{at}].label", link.label
    listed = {office.id for office in campaign.offices}
    for agency in agencies:
        file = campaign.agencies or f"{source}: issuer"
        where = f"{file}: {agency.id}" if agency.id in listed else "--agency-name"
        yield where, agency.name
        if agency.short_name != agency.name:
            yield where, agency.short_name
