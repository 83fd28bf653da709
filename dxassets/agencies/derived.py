"""What an agency's name tells where its list says nothing: its level, its district, the agency above."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.agencies.model import Agency
from dxassets.units import COMMITTEE, COMMUNE_RANK, DISTRICT_RANK, Unit, Units

_Districts = dict[str, tuple[str, str]]
"""The districts on the list by their names in small letters: their committees' ids, and their names."""


def completed(agencies: Sequence[Agency], units: Units, province: str) -> tuple[Agency, ...]:
    """The agencies with `level`, `district` and `parent` filled where they are missing and the name tells.

    `province` is the campaign's own, or “” where none is known. Nothing that is written is altered.
    """
    leveled = [_with_level(agency, units, province) for agency in agencies]
    districts: _Districts = {
        unit.area.casefold(): (agency.id, unit.area)
        for agency in leveled
        if units.rank(agency.level) == DISTRICT_RANK
        and (unit := units.committee_of(agency.name, level=agency.level, province=province))
    }
    return tuple(_with_parent(agency, units, province, districts=districts) for agency in leveled)


def province_committee(units: Units, province: str) -> str:
    """The id that the committee of that province has; “” when `province` names none."""
    unit = units.province(province)
    return "" if unit is None else unit.office_id


def _with_level(agency: Agency, units: Units, province: str) -> Agency:
    if agency.level:
        return agency
    unit = units.committee_of(agency.name, province=province)
    kind = units.office_kind(agency.name) if unit is None else None
    level = unit.kind.level if unit else kind.level if kind else ""
    return agency.model_copy(update={"level": level}) if level else agency


def _with_parent(agency: Agency, units: Units, province: str, *, districts: _Districts) -> Agency:
    unit = units.committee_of(agency.name, level=agency.level, province=province)
    rank = units.rank(agency.level) if unit else None
    if unit is None:
        parent = _parent_of_office(agency, units, province)
    elif rank == COMMUNE_RANK:
        parent = _parent_of_commune(agency, unit, districts) or (
            # Where there are districts, nobody guesses which of them is meant.
            "" if districts or agency.district else province_committee(units, province)
        )
    else:
        parent = province_committee(units, province) if rank == DISTRICT_RANK else ""
    found: dict[str, str] = {}
    if parent and not agency.parent and parent != agency.id:
        found["parent"] = parent
    if rank == COMMUNE_RANK and not agency.district:
        above = found.get("parent", agency.parent)
        for office, area in districts.values():
            if office == above:
                found["district"] = area
    return agency.model_copy(update=found) if found else agency


def _parent_of_office(agency: Agency, units: Units, province: str) -> str:
    kind = units.office_kind(agency.name)
    if kind is None or kind.level != agency.level:
        return ""
    return province_committee(units, province) if kind.parent == COMMITTEE else kind.parent or ""


def _parent_of_commune(agency: Agency, unit: Unit, districts: _Districts) -> str:
    """The committee of the district that is named beside the commune, or behind its name."""
    return districts.get((agency.district or unit.within).casefold(), ("", ""))[0]
