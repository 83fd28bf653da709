"""Says what is wrong with a campaign before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, cast

from dxassets.agencies import Agency
from dxassets.api.agency_checks import agency_findings
from dxassets.api.brand_checking import brand_errors, brand_warnings
from dxassets.api.left_over import left_over
from dxassets.campaign import campaign_warnings
from dxassets.duties import duties_place, unknown_files
from dxassets.errors import Problem
from dxassets.jobs import Unserved
from dxassets.kinds.registry import all_kinds
from dxassets.models import read_toml, suggest
from dxassets.project import Project
from dxassets.renderers.undrawable import undrawable
from dxassets.resources import CAMPAIGN_FILE
from dxassets.vietnamese import fold


def check_project(project: Project) -> tuple[list[Problem], list[Problem]]:
    """Errors, and warnings, of a campaign that loads: fonts, and what each kind finds.

    Nothing is drawn but what a kind must see finished before it can tell (`Survey.rehearsal`).
    """
    from dxassets.api.rehearsing import rehearsed  # noqa: PLC0415  (which plans, and planning asks this module)

    listed = agency_findings(project)
    surveys = [kind.survey(project) for kind in all_kinds().values()]
    errors = [
        *font_problems(project, project.campaign.offices),
        *brand_errors(project),
        *(problem for survey in surveys for problem in survey.errors),
        *rehearsed(project, surveys),
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
    """A problem for each id of `[site]`, and of duties' files, that nothing has, where it stands."""
    campaign, brand = project.campaign, project.brand
    days, themes = [day.id for day in campaign.days], [theme.id for theme in brand.every_theme]
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
    if campaign.duties is not None:
        place = duties_place(project.source)
        yield from unknown_files(campaign.duties, kinds=list(all_kinds()), presets=presets, source=place)


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


def unserved_agencies(project: Project, agencies: Sequence[Agency]) -> tuple[Unserved, ...]:
    """The agencies whose names the display face, which is opened once for all of them, can't draw."""
    places = {agency.id: _place_of(project, agency) for agency in agencies}
    texts = [(agency.id, name) for agency in agencies for name in _names(agency)]
    found: dict[str, list[Problem]] = {}
    for problem in undrawable(texts, project.brand.typefaces.display, resources=project.resources):
        told = replace(problem, where=places[problem.where])
        found.setdefault(problem.where, []).append(told)
    return tuple(Unserved(agency, tuple(problems)) for agency, problems in found.items())


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
    for agency in agencies:
        yield from ((_place_of(project, agency), name) for name in _names(agency))


def _place_of(project: Project, agency: Agency) -> str:
    """Where an agency's names were written."""
    file = project.campaign.agencies or f"{project.source}: issuer"
    return f"{file}: {agency.id}" if project.campaign.office(agency.id) is not None else "--agency-name"


def _names(agency: Agency) -> tuple[str, ...]:
    return tuple(dict.fromkeys((agency.name, agency.short_name)))
