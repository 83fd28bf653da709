"""Who reports, and to whom each unit's figures are added: commune, district where there is one, province."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxassets.agencies import Agency
from dxassets.campaign import Campaign
from dxassets.country import provinces
from dxassets.errors import InputError
from dxassets.models import not_among
from dxassets.units import DISTRICT_RANK, PROVINCE_RANK


@dataclass(frozen=True, slots=True)
class ReportingUnit:
    """A unit that reports. `district` and `province` are those above it, “” where there is none."""

    id: str
    name: str
    short_name: str
    rank: int
    district: str
    province: str


def reporting_units(
    campaign: Campaign, *, level: str | None = None, only: Sequence[str] = ()
) -> tuple[ReportingUnit, ...]:
    """The units that report, in the campaign's order: those of the lowest level of administration.

    Or those of `level`, and of these those with an id in `only`. `InputError` for what there is not.
    """
    chosen = _level_of(campaign, level)
    found = [office for office in campaign.offices if office.level == chosen]
    known = [office.id for office in campaign.offices]
    wrong = [not_among("--agency", name, known=known) for name in only if name not in known]
    if wrong:
        raise InputError(*wrong)
    if only:
        found = [office for office in campaign.offices if office.id in only]
    heads = {each.unit.office_id: each.unit.area for each in provinces()}
    return tuple(_unit(office, campaign, heads) for office in found)


def _level_of(campaign: Campaign, level: str | None) -> str:
    """The level that reports; without a wish the lowest of those that are units."""
    present = dict.fromkeys(office.level for office in campaign.offices if office.level)
    if level is not None:
        if level not in present:
            raise InputError(not_among("--level", level, known=list(present)))
        return level
    ranked = [(campaign.units.rank(each) or 0, each) for each in present]
    return max(ranked, default=(0, ""))[1]


def _unit(office: Agency, campaign: Campaign, heads: dict[str, str]) -> ReportingUnit:
    rank = campaign.units.rank(office.level) or 9
    above = _above(office, campaign)
    district = next((each.name for each in above if _rank(each, campaign) == DISTRICT_RANK), "")
    province = next((_area(each, campaign) for each in above if _rank(each, campaign) == PROVINCE_RANK), "")
    last = above[-1].parent if above else office.parent
    if rank <= DISTRICT_RANK:
        district = ""
    return ReportingUnit(
        office.id, office.name, office.short_name, rank, _bare(district, campaign) or district,
        province or heads.get(last, "") or campaign.province,
    )  # fmt: skip


def _above(office: Agency, campaign: Campaign) -> list[Agency]:
    """The offices above one, the nearest first, as far as the campaign lists them."""
    found: list[Agency] = []
    above = campaign.office(office.parent)
    while above is not None and above not in found and above is not office:
        found.append(above)
        above = campaign.office(above.parent)
    return found


def _rank(office: Agency, campaign: Campaign) -> int | None:
    return campaign.units.rank(office.level)


def _area(office: Agency, campaign: Campaign) -> str:
    return _bare(office.name, campaign) or office.name


def _bare(name: str, campaign: Campaign) -> str:
    """The area whose committee is called so: “huyện Ba Tri”."""
    unit = campaign.units.committee_of(name, province=campaign.province)
    return "" if unit is None else unit.area
