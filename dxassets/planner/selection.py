"""What is asked for: ids become the things they name, and every unknown id is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from dxassets.agencies import Agency
from dxassets.campaign import Campaign, named_agency
from dxassets.digest import digest
from dxassets.errors import InputError, Problem, UnknownIdError
from dxassets.kinds.registry import all_kinds
from dxassets.kinds.scope import Selection, Wanted
from dxassets.models import suggest
from dxassets.planner.offices import unknown_office
from dxassets.project import Project

SCALES = (1, 2)
ThingT = TypeVar("ThingT")


def select(wanted: Wanted, project: Project) -> Selection:
    """The selection that `wanted` describes; every unknown id together in one `UnknownIdError`."""
    campaign, brand, presets = project.campaign, project.brand, project.presets
    problems: list[Problem] = []
    agencies = _agencies(wanted, campaign, problems)
    days = _chosen("--day", wanted.days, {day.id: day for day in campaign.days}, problems)
    themes = _chosen("--theme", wanted.themes, {theme.id: theme for theme in brand.every_theme}, problems)
    sizes = _chosen("--preset", wanted.presets, {preset.id: preset for preset in presets.presets}, problems)
    kinds = _chosen("--kind", wanted.kinds, {kind: kind for kind in all_kinds()}, problems)
    known = _formats_of(kinds or tuple(all_kinds()))
    formats = _chosen("--format", wanted.formats, {name: name for name in known}, problems)
    if wanted.scale not in SCALES:
        problems.append(Problem("--scale", "phải là 1 hoặc 2", "must be 1 or 2"))
    if problems:
        raise UnknownIdError(*problems)
    return Selection(
        agencies,
        days or campaign.days,
        themes or brand.themes,
        sizes or presets.presets,
        kinds=_kinds(kinds, debug=wanted.debug),
        formats=formats,
        kinds_asked=bool(kinds),
        wish=wanted,
    )


def _formats_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """What `--format` offers for those kinds: every format that one of them can be made in."""
    return tuple(dict.fromkeys(name for kind in kinds for name in all_kinds()[kind].formats))


def _kinds(asked: tuple[str, ...], *, debug: bool) -> tuple[str, ...]:
    """The kinds to make; with `debug`, those that have a debug picture, and nothing else."""
    if not debug:
        return asked or tuple(all_kinds())
    drawn = tuple(kind.id for kind in all_kinds().values() if kind.has_debug)
    if asked and not set(asked) & set(drawn):
        names = ", ".join(drawn)
        raise InputError(
            Problem("--debug", f"chỉ {names} mới có ảnh soi bố cục", f"only {names} has a debug picture")
        )
    return drawn


def _agencies(wanted: Wanted, campaign: Campaign, problems: list[Problem]) -> tuple[Agency, ...]:
    """The agencies, each once: all, or those named by id and by name, or the issuing one."""
    offices = [(name, campaign.office(name)) for name in dict.fromkeys(wanted.agencies)]
    chosen = [office for _, office in offices if office is not None]
    problems += [unknown_office("--agency", name, campaign) for name, office in offices if office is None]
    if wanted.all_agencies:
        chosen = list(campaign.offices)
    typed: list[Agency] = []
    for name in wanted.agency_names:
        try:
            typed.append(named_agency(campaign, name))
        except InputError as error:
            problems += error.problems
    chosen += _told_apart(typed)
    return tuple({agency.id: agency for agency in chosen}.values()) or (campaign.issuer,)


def _told_apart(typed: list[Agency]) -> list[Agency]:
    """Names that were typed together and differ only in their marks get folders of their own."""
    names: dict[str, set[str]] = {}
    for agency in typed:
        names.setdefault(agency.id, set()).add(agency.name)
    return [
        agency.model_copy(update={"id": f"{agency.id}-{digest(agency.name.encode())[:6]}"})
        if len(names[agency.id]) > 1
        else agency
        for agency in typed
    ]


def _chosen(
    option: str, ids: Iterable[str], known: Mapping[str, ThingT], problems: list[Problem]
) -> tuple[ThingT, ...]:
    """The things of those ids, each once; a problem for each id that nothing has."""
    chosen: list[ThingT] = []
    for name in dict.fromkeys(ids):
        if name in known:
            chosen.append(known[name])
        else:
            problems.append(_unknown_id(option, name, list(known)))
    return tuple(chosen)


def _unknown_id(option: str, name: str, known: list[str]) -> Problem:
    """The problem of an id that nothing has: near ones, or all when they are few."""
    vi, en = suggest(name, known)
    holding = ", ".join([each for each in known if name and name in each][:4])
    if holding:
        vi, en = f" Có phải là: {holding}?", f" Did you mean: {holding}?"
    elif option == "--format" or (len(known) <= 8 and not vi):  # “jpg” need be no slip of “png”
        vi, en = f" Có: {', '.join(known)}.{vi}", f" There are: {', '.join(known)}.{en}"
    return Problem(option, f"không có “{name}”.{vi}", f"there is no {name!r}.{en}")
