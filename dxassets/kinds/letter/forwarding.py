"""What fills the holes of `forward.md` for one agency: its names, place, communes, signer's title."""

from __future__ import annotations

from dxassets.agencies import Agency
from dxassets.campaign import Campaign
from dxassets.dispatch import Forward
from dxassets.vietnamese import fold, slug

_COMMITTEE, _COMMITTEE_SHORT = "Ủy ban nhân dân ", "UBND "
_PARTY = {"huyện": "Huyện ủy", "thành phố": "Thành ủy", "thị xã": "Thị ủy"}
_HEADS = {
    "Văn phòng": "Chánh Văn phòng",
    "Thanh tra": "Chánh Thanh tra",
    "Ban": "Trưởng ban",
}
_KINDS = ("thành phố", "thị xã", "huyện", "thị trấn", "phường", "xã")
_SILENT_WORDS = {"và", "các", "-"}
_FEW_WORDS = 3


def forward_of(agency: Agency, campaign: Campaign) -> Forward | None:
    """What `agency` needs to pass the letter on; None when its letters are not this template's to write.

    Those are the agencies below the province's people's committee. Party bodies, unions, the army, courts and
    firms write by other rules, and nobody's parent body is made up.
    """
    if agency.id == campaign.issuing_agency or campaign.dispatch is None:
        return None
    if agency.level == "huyen":
        return Forward("huyen", _pairs(_district(agency, campaign)), campaign.dispatch)
    if agency.level == "xa" and campaign.office(agency.parent):
        return Forward("xa", _pairs(_commune(agency, campaign)), campaign.dispatch)
    if agency.parent == f"ubnd-{slug(campaign.province)}":
        return Forward("so", _pairs(_department(agency, campaign)), campaign.dispatch)
    return None


def _pairs(words: dict[str, tuple[str, ...] | str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key, (value,) if isinstance(value, str) else value) for key, value in words.items())


def _district(agency: Agency, campaign: Campaign) -> dict[str, tuple[str, ...] | str]:
    area = agency.name.removeprefix(_COMMITTEE)
    kind, name = _kind_and_name(area)
    communes = [office for office in campaign.offices if office.parent == agency.id]
    entries, kinds = _communes([office.name.removeprefix(_COMMITTEE) for office in communes])
    return {
        "co-quan": agency.name,
        "co-quan-ngan": agency.short_name,
        "dia-ban": area,
        "dia-danh": name,
        "loai": kind,
        "cap-uy": _PARTY.get(kind, "Huyện ủy"),
        "cac-xa": entries,
        "cap-xa": f"các {', '.join(kinds)}",
        "nguoi-ky": "",
    }


def _commune(agency: Agency, campaign: Campaign) -> dict[str, tuple[str, ...] | str]:
    area = agency.name.removeprefix(_COMMITTEE)
    kind, name = _kind_and_name(area)
    above = campaign.office(agency.parent)
    district = above.name.removeprefix(_COMMITTEE) if above else agency.district
    return {
        "co-quan": agency.name,
        "co-quan-ngan": agency.short_name,
        "dia-ban": area,
        "dia-danh": name,
        "loai": kind,
        "cap-uy": "Đảng ủy",
        "huyen": district,
        "cap-tren": f"{_COMMITTEE_SHORT}{district}",
        "cap-thon": "thôn, bon, bản" if kind == "xã" else "tổ dân phố, thôn, bon",
        "nguoi-ky": "",
    }


def _department(agency: Agency, campaign: Campaign) -> dict[str, tuple[str, ...] | str]:
    name = _name_below(agency, campaign.province)
    _, place = _kind_and_name(campaign.province.removeprefix("tỉnh "))
    head = next((title for first, title in _HEADS.items() if name.startswith(first)), "Giám đốc")
    return {
        "co-quan": name,
        "co-quan-ngan": agency.short_name,
        "dia-danh": place,
        "cap-tren": f"{_COMMITTEE_SHORT}{campaign.province}",
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
    words = [word for word in name.split() if word not in _SILENT_WORDS]
    # “tỉnh” counts only where too little is left without it: Thanh tra tỉnh is TTT, not TT.
    words = [word for word in words if word != "tỉnh"] if len(words) > _FEW_WORDS else words
    return "".join("Đ" if word[0] in "đĐ" else fold(word[0]).upper() for word in words)


def _kind_and_name(area: str) -> tuple[str, str]:
    """“huyện Cư Jút” is a huyện called Cư Jút (mục II.4: the date line names the place without its kind)."""
    for kind in _KINDS:
        if area.startswith(f"{kind} "):
            return kind, area.removeprefix(f"{kind} ")
    return "", area


def _communes(areas: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A district's communes as a clerk addresses them, one entry for each kind; and the kinds."""
    by_kind: dict[str, list[str]] = {"thị trấn": [], "phường": [], "xã": []}
    for area in areas:
        kind, name = _kind_and_name(area)
        by_kind.setdefault(kind, []).append(name)
    entries = tuple(
        f"UBND {kind} {names[0]}" if len(names) == 1 else f"UBND các {kind}: {', '.join(names)}"
        for kind, names in by_kind.items()
        if names
    )
    order = [kind for kind in ("xã", "phường", "thị trấn") if by_kind[kind]]
    return entries or ("UBND các xã, phường, thị trấn",), tuple(order) or ("xã", "phường", "thị trấn")
