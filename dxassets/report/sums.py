"""Sums of what units reported: commune, district where there is one, province, country."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dxassets.errors import Problem
from dxassets.notation import number
from dxassets.report.filled import FilledForm
from dxassets.report.measures import ReportForm, ReportMeasure
from dxassets.report.offices import ReportingUnit
from dxassets.vietnamese import fold

COUNTRY = "Cả nước"
_LEAST_SHARE = Decimal("0.05")
"""What would be rounded to 0,0%."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A measure before and after, and how many units have figures for it."""

    before: Decimal
    after: Decimal
    units: int = 1

    @property
    def difference(self) -> Decimal:
        """By how much it has grown."""
        return self.after - self.before

    @property
    def growth(self) -> Decimal | None:
        """The same as a share of what it was, such as 0.5; None where it was nothing."""
        return None if self.before == 0 else self.difference / self.before

    @property
    def share(self) -> str:
        """The growth's size in percent, as it is written; a change is never written as none."""
        if self.growth is None:
            return ""
        percent = abs(self.growth) * 100
        return "dưới 0,1%" if 0 < percent < _LEAST_SHARE else f"{number(percent, 'vi', places=1)}%"

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.before + other.before, self.after + other.after, self.units + other.units)


@dataclass(frozen=True, slots=True)
class SumLine:
    """One unit, district or province: its sums by measure's code, and how many of its units have reported."""

    name: str
    above: str
    sums: Mapping[str, Sum]
    reported: int
    expected: int
    form: FilledForm | None = None


@dataclass(frozen=True, slots=True)
class Level:
    """All of one level, such as districts, in the campaign's order."""

    title: str
    lines: tuple[SumLine, ...]


def levels_of(
    form: ReportForm, units: Sequence[ReportingUnit], forms: Mapping[str, FilledForm]
) -> tuple[Level, ...]:
    """The levels, the highest first; the last one's lines are the units that report themselves.

    Shares and averages are not summed: only the units themselves have them.
    """
    own = Level(_title_of(units), tuple(_own(unit, forms.get(unit.id)) for unit in units))
    found = [own]
    if any(unit.district for unit in units):
        found.append(_grouped("Cấp huyện", form, zip(units, own.lines, strict=True), by=_district))
    found.append(_grouped("Cấp tỉnh", form, zip(units, own.lines, strict=True), by=_province))
    if len(found[-1].lines) > 1:
        found.append(_grouped(COUNTRY, form, zip(units, own.lines, strict=True), by=_country))
    return tuple(reversed(found))


def _district(unit: ReportingUnit) -> tuple[str, str]:
    return (unit.district, unit.province) if unit.district else ("Trực thuộc tỉnh", unit.province)


def _province(unit: ReportingUnit) -> tuple[str, str]:
    return unit.province or "Toàn chiến dịch", ""


def _country(unit: ReportingUnit) -> tuple[str, str]:
    del unit
    return COUNTRY, ""


def _title_of(units: Sequence[ReportingUnit]) -> str:
    titles = {1: "Đơn vị cấp tỉnh", 2: "Đơn vị cấp huyện", 3: "Cấp xã"}
    ranks = {unit.rank for unit in units}
    return titles.get(next(iter(ranks)), "Đơn vị") if len(ranks) == 1 else "Đơn vị"


def _own(unit: ReportingUnit, filled: FilledForm | None) -> SumLine:
    sums = {} if filled is None else {code: Sum(*pair) for code, pair in filled.figures.items()}
    return SumLine(
        unit.name, unit.district or unit.province, sums, int(filled is not None), 1, filled
    )  # fmt: skip


def _grouped(
    title: str,
    form: ReportForm,
    lines: Iterable[tuple[ReportingUnit, SumLine]],
    *,
    by: Callable[[ReportingUnit], tuple[str, str]],
) -> Level:
    summed = {measure.code for measure in form.measures if measure.summed}
    groups: dict[tuple[str, str], list[SumLine]] = {}
    for unit, line in lines:
        groups.setdefault(by(unit), []).append(line)
    return Level(title, tuple(_total(*key, below=group, summed=summed) for key, group in groups.items()))


def _total(name: str, above: str, *, below: Sequence[SumLine], summed: set[str]) -> SumLine:
    sums: dict[str, Sum] = {}
    for line in below:
        for code, each in line.sums.items():
            if code in summed:
                sums[code] = sums[code] + each if code in sums else each
    return SumLine(
        name, above, sums, sum(line.reported for line in below), sum(line.expected for line in below)
    )  # fmt: skip


def unlike_units(form: ReportForm, forms: Iterable[FilledForm]) -> dict[str, list[Problem]]:
    """Of measures whose unit the annex leaves open: forms, by unit's id, that count in another than most do.

    Thousands and millions are not added together, so each is a fault; it names the cell.
    """
    told: dict[str, list[Problem]] = {}
    filled = list(forms)
    for measure in form.measures:
        if not measure.unit and measure.summed:
            _compare(measure, filled, told)
    return told


def _compare(measure: ReportMeasure, filled: Sequence[FilledForm], told: dict[str, list[Problem]]) -> None:
    key = measure.code, "unit"
    said: dict[str, list[FilledForm]] = {}
    for each in filled:
        if measure.code in each.figures:
            said.setdefault(fold(each.said.get(key, "")), []).append(each)
    if len(said) < 2:
        return
    most = max(said, key=lambda unit: len(said[unit]))
    usual = said[most][0].said.get(key, "")
    for unit, others in said.items():
        for each in others if unit != most else ():
            own = each.said.get(key, "")
            told.setdefault(each.unit, []).append(
                Problem(
                    each.places.get(key, f"{each.source}: {measure.name}"),
                    f"đơn vị tính “{own}” khác đa số đơn vị (“{usual}”) nên không cộng được; hãy thống nhất",
                    f"counts in {own!r}, where most have {usual!r}, so it can't be added; agree on one",
                )
            )
