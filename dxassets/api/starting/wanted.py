"""What somebody wants of a new campaign, and what it will be: defaults filled in, everything checked."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Literal, get_args

from dxassets.agencies import Agency, completed, parse_agencies
from dxassets.agencies.identities import id_from, short_name_of
from dxassets.api.starting.causes import COMMITTEE_ISSUES, PLAIN_DATE, Cause, cause_called, causes, day_of
from dxassets.campaign import parse_campaign_file
from dxassets.country import Province, communes_of, departments_of, province_called, units_of
from dxassets.errors import InputError, Problem
from dxassets.models import BilingualError, not_among
from dxassets.resources import CAMPAIGN_FILE, Resources, bundled_campaigns, bundled_root, find_campaign
from dxassets.units import Unit, Units
from dxassets.vietnamese import clean, fold, slug

UnitsOf = Literal["2025", "2022"]
UNITS_OF: tuple[UnitsOf, ...] = get_args(UnitsOf)
_FIRST_YEAR, _LAST_YEAR = 2000, 2100
_REFORM = 2025
"""Districts ended, and provinces were merged, on 1 July of this year."""
_SLIP = 0.86
"""How near a name must come to a listed office's to be taken for a slip of it."""


@dataclass(frozen=True, slots=True)
class CampaignWanted:
    """What a new campaign is to be; None is left to defaults. `day` is a mark such as 10/10."""

    province: str | None = None
    year: int | None = None
    cause: str | None = None
    units: str | None = None
    day: str | None = None
    day_name: str | None = None
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """A new campaign as it is settled: `agencies` with the issuer among them, `to_check` the ids to look at.

    `listed` is the agencies' file as it is bundled, where it is taken as it stands.
    """

    cause_id: str
    cause: Cause
    province: str
    year: int
    units: UnitsOf
    day: str
    date: datetime.date
    day_name: str
    issuer: Agency
    agencies: tuple[Agency, ...]
    to_check: frozenset[str]
    listed: bytes | None = None


def usual_units(year: int) -> UnitsOf:
    """The list of units that a campaign of that year usually needs."""
    return "2025" if year >= _REFORM else "2022"


def missing_for(wanted: CampaignWanted, resources: Resources) -> Iterator[tuple[str, str]]:
    """What can't be defaulted and nobody said: the option, with an example of its value."""
    if wanted.province is None:
        yield "--province", '"Lâm Đồng"'
    known = causes(resources)
    cause = known.get(slug(wanted.cause or usual_cause(resources)))
    if cause is not None and cause.day is None:
        if wanted.day is None:
            yield "--day", "15/3"
        if wanted.day_name is None and not cause.usual_day_name:
            yield "--day-name", '"Ngày Chủ nhật xanh"'


def usual_cause(resources: Resources) -> str:
    """The cause that is meant where none is named: the tool's own, else the first that there is."""
    known = causes(resources)
    return _USUAL if _USUAL in known else next(iter(known))


_USUAL = "chuyen-doi-so"


def outline_of(wanted: CampaignWanted, resources: Resources, *, this_year: int) -> Outline:
    """The campaign that is wanted, defaults filled in; `InputError` tells all that is missing or wrong."""
    missing = list(missing_for(wanted, resources))
    if missing:
        raise InputError(_missing(missing))
    cause_id, cause = cause_called(wanted.cause or usual_cause(resources), resources)
    units_asked = checked_units(wanted.units)
    year = checked_year(wanted.year or (2022 if units_asked == "2022" else this_year))
    units = units_asked or usual_units(year)
    mark, date = checked_day(wanted.day or (cause.day.mark if cause.day else ""), year)
    province, agencies, listed = offices_of(wanted.province or "", units)
    issuer = issuer_called(wanted.issuer, cause, province, agencies=agencies, units=units)
    if all(agency.id != issuer.id for agency in agencies):
        agencies, listed = (issuer, *agencies), None
    known = units_of(resources)
    sure = {agency.id for agency in agencies if known.committee_of(agency.name, province=province)}
    to_check = frozenset[str]() if units == "2022" else frozenset(a.id for a in agencies if a.id not in sure)
    name = clean(wanted.day_name or cause.usual_day_name)
    return Outline(
        cause_id, cause, province, year, units, mark, date, name, issuer, agencies, to_check, listed
    )


def _missing(missing: Sequence[tuple[str, str]]) -> Problem:
    said = " ".join(f"{option} {example}" for option, example in missing)
    options = ", ".join(option for option, _ in missing)
    return Problem(
        options,
        f"còn thiếu; hãy thêm vào lệnh, ví dụ: {said}",
        f"is missing; add it to the command, for example: {said}",
    )


def checked_units(text: str | None) -> UnitsOf | None:
    """Which list of units is meant; `InputError` when there is none of that year."""
    for each in UNITS_OF:
        if text == each:
            return each
    if text is not None:
        raise InputError(not_among("--units", text, known=UNITS_OF))
    return None


def checked_year(year: int) -> int:
    """`year`, if a campaign can be of it; `InputError` otherwise."""
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        vi, en = f"phải từ {_FIRST_YEAR} đến {_LAST_YEAR}", f"must be from {_FIRST_YEAR} to {_LAST_YEAR}"
        raise InputError(Problem("--year", f"{year}: {vi}", f"{year}: {en}"))
    return year


def checked_day(text: str, year: int) -> tuple[str, datetime.date]:
    """The day's mark as it was typed, and its date in that year; `InputError` when there is no such day."""
    mark = "".join(text.split())
    try:
        PLAIN_DATE.checked(mark)
        return mark, day_of(mark, year)
    except BilingualError as error:
        raise InputError(Problem("--day", f"“{text}” {error.vi}", f"{text!r} {error.en}")) from error
    except ValueError as error:
        vi, en = f"năm {year} không có ngày {mark}", f"{year} has no day {mark}"
        raise InputError(Problem("--day", vi, en)) from error


def offices_of(province: str, units: UnitsOf) -> tuple[str, tuple[Agency, ...], bytes | None]:
    """The province's full name, its offices, and the bundled list that is taken as it stands, if any.

    `InputError` for a province that there is not, or of which no list is bundled.
    """
    if units == "2025":
        found = _province(province)
        return found.name, (*departments_of(found.name), *communes_of(found.name)), None
    known: list[str] = []
    for campaign in bundled_campaigns():
        folder = find_campaign(campaign)
        file = parse_campaign_file((folder / CAMPAIGN_FILE).read_bytes(), campaign)
        if file.year < _REFORM and file.agencies is not None:
            known.append(file.province)
            if slug(province) in {slug(file.province), slug(" ".join(file.province.split()[1:]))}:
                data = (folder / file.agencies).read_bytes()
                return file.province, parse_agencies(data, file.agencies), data
    raise InputError(
        Problem(
            "--units",
            f"chưa có sẵn danh sách cơ quan năm 2022 của “{province}” (chỉ có: {', '.join(known)}); hãy tạo "
            "chiến dịch theo đơn vị từ 01/7/2025 (--units 2025), rồi thay danh sách bằng danh sách của mình: "
            "dxassets agencies --import DANH-SACH.xlsx -o THƯ-MỤC/agencies.csv",
            f"no list of 2022 is bundled for {province!r} (only for {', '.join(known)}); start the campaign "
            "by the units since 1 July 2025 (--units 2025), and put your own list in the place of its: "
            "dxassets agencies --import LIST.xlsx -o FOLDER/agencies.csv",
        )
    )


def _province(text: str) -> Province:
    """The province that is meant; what is wrong with it is told where it was said."""
    try:
        return province_called(text)
    except InputError as error:
        raise InputError(*(replace(problem, where="--province") for problem in error.problems)) from error


def issuer_called(
    text: str | None, cause: Cause, province: str, *, agencies: Sequence[Agency], units: UnitsOf
) -> Agency:
    """Who issues: the office of that id or name, a new one of that name, or the cause's usual.

    `InputError` for a name that looks like a slip of a listed one.
    """
    known = units_of(Resources((bundled_root(),)))
    committee = _committee(known, province)
    offices = [*agencies, *([committee] if committee else [])]
    if text is None:
        wanted = (cause.issuer_2022 if units == "2022" else None) or cause.issuer
        usual = next((office for office in offices if office.id == wanted), None)
        if wanted == COMMITTEE_ISSUES or usual is None:
            usual = committee or offices[0]
        return usual
    typed = clean(text)
    own = known.province(province)
    by_name = {name: office for office in reversed(offices) for name in _names(office, own)}
    if typed in {office.id for office in offices}:
        return next(office for office in offices if office.id == typed)
    if fold(typed) in by_name:
        return by_name[fold(typed)]
    bare = {_bare(name, own): office for name, office in by_name.items()}
    near = get_close_matches(_bare(fold(typed), own), bare, n=2, cutoff=_SLIP)
    if near:
        listed = ", ".join(dict.fromkeys(bare[each].name for each in near))
        raise InputError(
            Problem(
                "--issuer",
                f"không có cơ quan “{typed}”. Có phải là: {listed}?",
                f"there is no agency {typed!r}. Did you mean: {listed}?",
            )
        )
    return _new_office(typed, known, province)


def _names(office: Agency, province: Unit | None) -> set[str]:
    """What an office is called, folded: in full, for short, and as one of its province alone."""
    names = {fold(office.name), fold(office.short_name)}
    if province is not None:
        names |= {name.removesuffix(f" {fold(province.name)}") for name in names}
        names |= {name.removesuffix(f" {fold(province.kind.name)}") for name in names}
    return names


def _bare(name: str, province: Unit | None) -> str:
    """A folded name without the province's, which would make all of its offices look alike."""
    return name if province is None else name.removesuffix(f" {fold(province.area)}")


def _new_office(name: str, units: Units, province: str) -> Agency:
    """An office that is on no list, by its name alone."""
    unit = units.committee_of(name, province=province) or units.area_called(name, province=province)
    if unit is not None and unit.kind.governed:
        made = _of_unit(unit)
    else:
        short = short_name_of(name, units)
        made = Agency(id=id_from(name, short), name=name, short_name=short)
    return completed([made], units, province)[0]


def _committee(units: Units, province: str) -> Agency | None:
    """The province's own people's committee."""
    unit = units.province(province)
    return _of_unit(unit) if unit else None


def _of_unit(unit: Unit) -> Agency:
    return Agency(id=unit.office_id, name=unit.office, short_name=unit.short_office, level=unit.kind.level)
