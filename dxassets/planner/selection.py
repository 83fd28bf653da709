"""What is asked for: ids become the things they name, and every unknown id is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar, get_args

from dxassets.brand import Brand, Theme
from dxassets.campaign import Agency, Campaign, Day, named_agency
from dxassets.digest import digest
from dxassets.dispatch import LetterFill
from dxassets.errors import InputError, Problem, UnknownIdError
from dxassets.jobs import Kind
from dxassets.models import suggest
from dxassets.planner.offices import unknown_office
from dxassets.planner.variants import SCALES
from dxassets.presets import Format, Preset, PresetsFile

KINDS: tuple[Kind, ...] = get_args(Kind)
FORMATS: tuple[Format, ...] = get_args(Format)
UNFILLED = LetterFill()
ThingT = TypeVar("ThingT")


@dataclass(frozen=True, slots=True)
class Selection:
    """The part of a campaign that a build makes.

    Empty `formats` mean each asset's own formats. `kinds_asked` tells kinds that
    were named from kinds that are there by default: only the former deserve a
    word when nothing can be made of them.
    """

    agencies: tuple[Agency, ...]
    days: tuple[Day, ...]
    themes: tuple[Theme, ...]
    presets: tuple[Preset, ...]
    kinds: tuple[Kind, ...] = KINDS
    formats: tuple[Format, ...] = ()
    letter: LetterFill = UNFILLED
    kinds_asked: bool = False
    debug: bool = False
    marks: bool = False
    proof: bool = False
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """A selection as a user writes it: ids, and nothing where everything is meant.

    `marks` puts crop marks on print pages, `proof` makes the workshop's proofs beside
    them, `scale` 2 makes web pictures for dense screens beside the plain ones.
    """

    agencies: tuple[str, ...] = ()
    all_agencies: bool = False
    agency_names: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    presets: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    letter: LetterFill = UNFILLED
    debug: bool = False
    marks: bool = False
    proof: bool = False
    scale: int = 1


def select(wanted: Wanted, campaign: Campaign, *, brand: Brand, presets: PresetsFile) -> Selection:
    """The selection that `wanted` describes; every unknown id together in one `UnknownIdError`."""
    problems: list[Problem] = []
    agencies = _agencies(wanted, campaign, problems)
    days = _chosen("--day", wanted.days, {day.id: day for day in campaign.days}, problems)
    themes = _chosen("--theme", wanted.themes, {theme.id: theme for theme in brand.themes}, problems)
    sizes = _chosen("--preset", wanted.presets, {preset.id: preset for preset in presets.presets}, problems)
    kinds = _chosen("--kind", wanted.kinds, dict[str, Kind](zip(KINDS, KINDS, strict=True)), problems)
    formats = _chosen(
        "--format", wanted.formats, dict[str, Format](zip(FORMATS, FORMATS, strict=True)), problems
    )
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
        letter=wanted.letter,
        kinds_asked=bool(kinds),
        debug=wanted.debug,
        marks=wanted.marks,
        proof=wanted.proof,
        scale=wanted.scale,
    )


def _kinds(asked: tuple[Kind, ...], *, debug: bool) -> tuple[Kind, ...]:
    """The kinds to make; only banners have a debug picture, and it is all that is made then."""
    if not debug:
        return asked or KINDS
    if asked and "banner" not in asked:
        raise InputError(
            Problem("--debug", "chỉ banner mới có ảnh soi bố cục", "only banners have a debug picture")
        )
    return ("banner",)


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
    elif not vi and len(known) <= 8:
        vi, en = f" Có: {', '.join(known)}.", f" There are: {', '.join(known)}."
    return Problem(option, f"không có “{name}”.{vi}", f"there is no {name!r}.{en}")
