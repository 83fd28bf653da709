"""The country's units as they are bundled: its provinces, their communes, and their usual departments."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Annotated

from pydantic import Field

from dxassets.agencies import Agency, completed
from dxassets.errors import InputError, Problem
from dxassets.models import Identifier, Line, Model, read_toml, validate
from dxassets.resources import OWN_UNITS_FILE, UNITS_FILE, Resources, bundled_root
from dxassets.units import PROVINCE_RANK, Unit, Units, parse_units
from dxassets.vietnamese import fold

UNITS_OF_2025 = "campaigns/data/units-2025.csv"
DEPARTMENTS_OF_2025 = "campaigns/data/departments-2025.toml"
MERGERS_OF_2025 = "campaigns/data/mergers-2025.toml"


@dataclass(frozen=True, slots=True)
class Province:
    """A province or city of its own, with the communes that it has had since 1 July 2025, as (code, name)."""

    code: str
    unit: Unit
    communes: tuple[tuple[str, Unit], ...]

    @property
    def name(self) -> str:
        """The province as a sentence names it: “tỉnh Lâm Đồng”, “thành phố Huế”."""
        return self.unit.area


class Department(Model):
    """A department that provinces have, with `{province}` in its name; `only` limits it to some of them."""

    id: Identifier
    name: Line
    short_name: Line
    parent: Line = "committee"
    level: Identifier = "so-nganh"
    only: tuple[Line, ...] = ()


class Merger(Model):
    """A province of today, those that became part of it, and what else people call it."""

    name: Line
    merged: tuple[Line, ...] = ()
    also: tuple[Line, ...] = ()


class MergersFile(Model):
    """`mergers-2025.toml`."""

    provinces: Annotated[tuple[Merger, ...], Field(min_length=1)]


class DepartmentsFile(Model):
    """`departments-2025.toml`."""

    departments: Annotated[tuple[Department, ...], Field(min_length=1)]


def units_of(resources: Resources) -> Units:
    """What units are called: by the campaign's own `units.toml`, else by the project's or the bundled one."""
    name = OWN_UNITS_FILE if resources.find(OWN_UNITS_FILE) is not None else UNITS_FILE
    return parse_units(resources.read(name).data, name)


@cache
def mergers() -> tuple[Merger, ...]:
    """Which provinces became part of which, and other names."""
    raw = read_toml(_bundled().read(MERGERS_OF_2025).data, MERGERS_OF_2025)
    return validate(MergersFile, raw, MERGERS_OF_2025).provinces


@cache
def provinces() -> tuple[Province, ...]:
    """All provinces since 1 July 2025, in the order of their codes."""
    units = units_of(_bundled())
    text = _bundled().read(UNITS_OF_2025).data.decode()
    rows = [(row["province"], row["code"], row["name"]) for row in csv.DictReader(io.StringIO(text))]
    communes: dict[str, list[tuple[str, Unit]]] = {}
    for province, code, name in rows:
        communes.setdefault(province, [])
        if code:
            communes[province].append((code, _unit(name, units)))
    heads = [(province, _unit(name, units)) for province, code, name in rows if not code]
    return tuple(Province(code, unit, tuple(communes[code])) for code, unit in heads)


def province_called(text: str) -> Province:
    """The province of that name, with or without its kind and its marks; `InputError` when there is none.

    One that became part of another on 1 July 2025 is none: the error tells which other.
    """
    wanted = fold(bare_province(text))
    also = {fold(each): merger.name for merger in mergers() for each in merger.also}
    for province in provinces():
        if wanted in {fold(province.name), fold(province.unit.name)} or also.get(wanted) == province.name:
            return province
    for merger in mergers():
        for old in merger.merged:
            if fold(old) == wanted:
                raise InputError(
                    Problem(
                        "province",
                        f"{old} nay thuộc {merger.name} (từ năm 2025). Có phải là: {merger.name}?",
                        f"{old} is part of {merger.name} since 2025. Did you mean: {merger.name}?",
                    )
                )
    raise _no_province(text)


def bare_province(text: str) -> str:
    """What was typed for a province without its kind: “TP. Huế”, “thanh pho hue” and “Huế” mean one."""
    words = text.replace(".", ". ").split()
    units = units_of(_bundled())
    for kind in (each for each in units.kinds if units.rank(each.level) == PROVINCE_RANK):
        for said in (kind.name, *kind.short):
            length = len(said.split())
            if fold(" ".join(words[:length])) == fold(said) and words[length:]:
                return " ".join(words[length:])
    return " ".join(words)


def _no_province(text: str) -> InputError:
    """Nothing is called so; the nearest names, found without their marks."""
    by_fold = {fold(name): name for name in (province.unit.name for province in provinces())}
    near = get_close_matches(fold(bare_province(text)), by_fold, n=3, cutoff=0.6)
    listed = ", ".join(by_fold[each] for each in near)
    vi, en = (f" Có phải là: {listed}?", f" Did you mean: {listed}?") if near else ("", "")
    return InputError(
        Problem(
            "province",
            f"không có tỉnh, thành phố “{text}” (từ 01/7/2025 cả nước có {len(provinces())}).{vi}",
            f"there is no province {text!r} (since 1 July 2025 there are {len(provinces())}).{en}",
        )
    )


def communes_of(province: str) -> tuple[Agency, ...]:
    """The people's committees of all communes of that province, with ids, short names, level and parent.

    Two communes whose names differ by their marks alone (Ba Tơ, Ba Tô) have their codes behind their ids.
    `InputError` when there is no such province.
    """
    found = province_called(province)
    taken = Counter(unit.office_id for _, unit in found.communes)
    return tuple(
        Agency(
            id=f"{unit.office_id}-{code}" if taken[unit.office_id] > 1 else unit.office_id,
            name=unit.office,
            short_name=unit.short_office,
            level=unit.kind.level,
            parent=found.unit.office_id,
        )
        for code, unit in found.communes
    )


def departments_of(province: str) -> tuple[Agency, ...]:
    """The departments that a province usually has since the mergers of 2025: every one is to be checked.

    `InputError` when there is no such province.
    """
    found = province_called(province)
    data = _bundled().read(DEPARTMENTS_OF_2025).data
    file = validate(DepartmentsFile, read_toml(data, DEPARTMENTS_OF_2025), DEPARTMENTS_OF_2025)
    rows = [
        Agency(
            id=each.id,
            name=_filled(each.name, found),
            short_name=_filled(each.short_name, found),
            level=each.level,
            parent="" if each.parent == "committee" else _filled(each.parent, found),
        )
        for each in file.departments
        if not each.only or found.name in each.only
    ]
    return completed(rows, units_of(_bundled()), found.name)


def _filled(text: str, province: Province) -> str:
    """`text` with the province's name, and the word for what it is, in their places."""
    return text.replace("{province}", province.name).replace("{kind}", province.unit.kind.name)


def _unit(name: str, units: Units) -> Unit:
    """The unit of a bundled row."""
    unit = units.area_called(name)
    if unit is None:
        raise InputError(Problem(UNITS_OF_2025, f"không hiểu “{name}”", f"{name!r} is no unit"))
    return unit


@cache
def _bundled() -> Resources:
    return Resources((bundled_root(),))
