"""What fills the holes of `forward.md` for one agency: its names, place, communes, signer's title."""

from __future__ import annotations

from dxassets.agencies import Agency
from dxassets.campaign import Campaign
from dxassets.dispatch import Forward
from dxassets.units import COMMUNE_RANK, DISTRICT_RANK, Unit
from dxassets.vietnamese import fold, slug

_Words = dict[str, tuple[str, ...] | str]
"""What fills each hole; nothing at all (an empty tuple) where there is no such thing."""

_HEADS = {
    "Văn phòng": "Chánh Văn phòng",
    "Thanh tra": "Chánh Thanh tra",
    "Ban": "Trưởng ban",
}
_SILENT_WORDS = {"và", "các", "-"}
_FEW_WORDS = 3


def forward_of(agency: Agency, campaign: Campaign) -> Forward | None:
    """What `agency` needs to pass the letter on; None when its letters are not this template's to write.

    Those are the agencies below the province's people's committee. Party bodies, unions, the army, courts and
    firms write by other rules, and nobody's parent body is made up.
    """
    if agency.id == campaign.issuing_agency or campaign.dispatch is None:
        return None
    unit = _unit(agency, campaign)
    rank = campaign.units.rank(unit.kind.level) if unit else None
    if unit and rank == DISTRICT_RANK:
        return Forward("huyen", _pairs(_district(agency, unit, campaign)), campaign.dispatch)
    if unit and rank == COMMUNE_RANK:
        above = _above(agency, campaign)
        return above and Forward("xa", _pairs(_commune(agency, unit, above, campaign)), campaign.dispatch)
    if unit is None and agency.parent == _province_committee(campaign):
        return Forward("so", _pairs(department_words(agency, campaign)), campaign.dispatch)
    return None


def _unit(agency: Agency, campaign: Campaign) -> Unit | None:
    return campaign.units.committee_of(agency.name, level=agency.level, province=campaign.province)


def _province(campaign: Campaign) -> Unit | None:
    return campaign.units.province(campaign.province)


def _province_committee(campaign: Campaign) -> str:
    province = _province(campaign)
    return province.office_id if province else f"ubnd-{slug(campaign.province)}"


def _above(agency: Agency, campaign: Campaign) -> Unit | None:
    """The unit that a commune belongs to: a district, or the province itself; None where nobody says which.

    A body above that stands on no list is believed only if it is the province's, or `district` names it.
    """
    parent = campaign.office(agency.parent)
    if parent is not None:
        return _unit(parent, campaign)
    if agency.parent == _province_committee(campaign):
        return _province(campaign)
    district = campaign.units.area_called(agency.district, province=campaign.province)
    return district if district and agency.parent in {"", district.office_id} else None


def _pairs(words: _Words) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, (value,) if isinstance(value, str) else value) for key, value in words.items())


def _district(agency: Agency, unit: Unit, campaign: Campaign) -> _Words:
    offices = [office for office in campaign.offices if office.parent == agency.id]
    communes = [found for office in offices if (found := _unit(office, campaign))]
    entries, kinds = _communes(communes, campaign)
    return {
        **_committee(agency, unit, campaign),
        "cac-xa": entries,
        "cap-xa": f"các {', '.join(kinds)}",
    }


def _commune(agency: Agency, unit: Unit, above: Unit, campaign: Campaign) -> _Words:
    in_district = campaign.units.rank(above.kind.level) == DISTRICT_RANK
    return {
        **_committee(agency, unit, campaign),
        # Below a province there is no district, so no office of one: lines that speak of it are left out.
        "huyen": above.area if in_district else (),
        "cap-tren": above.short_office,
        "cap-thon": campaign.units.below(unit.kind, campaign.province),
    }


def _committee(agency: Agency, unit: Unit, campaign: Campaign) -> _Words:
    """What every people's committee has."""
    return {
        "co-quan": agency.name,
        "co-quan-ngan": agency.short_name,
        "dia-ban": unit.area,
        "dia-danh": unit.place,
        "loai": unit.kind.name,
        "cap-uy": unit.kind.party or (),
        "tinh": campaign.province,
        "nguoi-ky": "",
    }


def department_words(agency: Agency, campaign: Campaign) -> _Words:
    """What a body below the province's people's committee is called in its letters, by the holes' names."""
    name = _name_below(agency, campaign.province)
    province = _province(campaign)
    head = next((title for first, title in _HEADS.items() if name.startswith(first)), "Giám đốc")
    return {
        "co-quan": name,
        "co-quan-ngan": agency.short_name,
        "dia-danh": province.place if province else campaign.province,
        "cap-tren": f"{campaign.units.committee.short} {campaign.province}",
        "tinh": campaign.province,
        "viet-tat": _abbreviation(name),
        "chuc-vu": head,
        "nguoi-ky": "",
    }


def _name_below(agency: Agency, province: str) -> str:
    """The agency's name below its parent's, which says the province: “Sở Nội vụ”, but “Thanh tra tỉnh”.

    Whose short name ends with “tỉnh” is called so; the province's own name is left out either way.
    """
    kind = "thành phố" if province.startswith("thành phố ") else "tỉnh"
    if agency.short_name.lower().endswith(f" {kind}") and agency.name.endswith(f" {province}"):
        return f"{agency.name.removesuffix(province)}{kind}"
    return agency.name.removesuffix(f" {province}")


def _abbreviation(name: str) -> str:
    """The name's first letters, without marks but for Đ, which is a letter: VPUBND, TTT, SLĐTBXH."""
    words, short = _spelled(name), _spelled(name.removesuffix(" tỉnh").removesuffix(" thành phố"))
    # The kind of province counts only where too little is left without it: Thanh tra tỉnh is TTT, not TT.
    words = short if len(short) >= _FEW_WORDS else words
    return "".join("Đ" if word[0] in "đĐ" else fold(word[0]).upper() for word in words)


def _spelled(name: str) -> list[str]:
    """The words of a name that an abbreviation has letters of."""
    return [word for word in name.split() if word not in _SILENT_WORDS]


def _communes(units: list[Unit], campaign: Campaign) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A district's communes as a clerk addresses them, one entry for each kind; and the kinds."""
    usual = campaign.units.of_districts
    by_kind = {kind: [unit.name for unit in units if unit.kind.name == kind] for kind in usual}
    short = campaign.units.committee.short
    entries = tuple(
        f"{short} {kind} {names[0]}" if len(names) == 1 else f"{short} các {kind}: {', '.join(names)}"
        for kind, names in by_kind.items()
        if names
    )
    common_first = tuple(reversed(usual))
    there = tuple(kind for kind in common_first if by_kind[kind])
    return entries or (f"{short} các {', '.join(common_first)}",), there or common_first
