"""What is wrong with a list of agencies that loads: levels and parents that their names speak against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from dxassets.agencies import Agency, ListedRow, listed_rows
from dxassets.agencies.derived import province_committee
from dxassets.campaign import Campaign
from dxassets.errors import Problem
from dxassets.models import suggest
from dxassets.project import Project
from dxassets.units import COMMUNE_RANK

_LIKE = 0.88
"""How near an unknown parent must come to a listed id to be taken for a slip of it."""
_NAMED = 3
"""So many rows to be checked are told by name, the others by their number."""


@dataclass(frozen=True, slots=True)
class AgencyFindings:
    """What is wrong with a list of agencies, and what deserves a second look, by line."""

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def agency_findings(project: Project) -> AgencyFindings:
    """What the campaign's list of agencies says that can't be; nothing where it has no list."""
    campaign = project.campaign
    if campaign.agencies is None:
        return AgencyFindings()
    source = (Path(project.source).parent / campaign.agencies).as_posix()
    rows = listed_rows(project.resources.read(campaign.agencies).data, source)
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for row in rows:
        where = f"{source}:{row.line}"
        wrong = [*_level_errors(row.agency, campaign, where), *_parent_errors(row.agency, campaign, where)]
        errors += wrong
        if not wrong:
            warnings += _warnings(row, campaign, where)
    return AgencyFindings(tuple(errors), (*_to_check(rows, source), *_together(warnings)))


def _together(problems: Sequence[Problem]) -> Iterator[Problem]:
    """What many lines have in common as one problem, at the first of them."""
    lines: dict[tuple[str, str], list[str]] = {}
    for problem in problems:
        lines.setdefault((problem.vi, problem.en), []).append(problem.where)
    for (vi, en), where in lines.items():
        last = where[-1].rpartition(":")[2]
        more_vi = f" (và {len(where) - 1} dòng nữa, đến dòng {last})" if len(where) > 1 else ""
        more_en = f" (and {len(where) - 1} more lines, down to {last})" if len(where) > 1 else ""
        yield Problem(where[0], f"{vi}{more_vi}", f"{en}{more_en}")


def _to_check(rows: Sequence[ListedRow], source: str) -> Iterator[Problem]:
    """Rows whose column `check` still says something: one line for all that say the same."""
    said: dict[str, list[ListedRow]] = {}
    for row in rows:
        said.setdefault(row.check, []).append(row)
    for check, marked in said.items():
        if not check:
            continue
        where = f"{source}:{marked[0].line}"
        names = [row.agency.name for row in marked[:_NAMED]]
        more = len(marked) - len(names)
        listed_vi, listed_en = ", ".join(f"“{name}”" for name in names), ", ".join(map(repr, names))
        more_vi = f" và {more} cơ quan nữa, đến dòng {marked[-1].line}" if more else ""
        more_en = f" and {more} more, down to line {marked[-1].line}," if more else ""
        yield Problem(
            where,
            f"{listed_vi}{more_vi}: {check}; đúng thì xóa chữ ở cột check, không có cơ quan ấy thì xóa dòng",
            f"{listed_en}{more_en} still to be checked; if right, empty the column check, or delete the line",
        )


def _level_errors(agency: Agency, campaign: Campaign, where: str) -> Iterator[Problem]:
    """A level that there is not, or that the agency's name speaks against."""
    units = campaign.units
    if agency.level and units.level(agency.level) is None:
        known = [level.id for level in units.levels]
        meant = units.level_called(agency.level)
        vi, en = suggest(meant or agency.level, known)
        yield Problem(
            where,
            f"level: không có cấp “{agency.level}”; có: {', '.join(known)}.{vi}",
            f"level: there is no {agency.level!r}; there are: {', '.join(known)}.{en}",
        )
        return
    possible = units.levels_of(agency.name)
    if agency.level and possible and agency.level not in possible:
        listed = ", ".join(possible)
        yield Problem(
            where,
            f"level: “{agency.name}” không thuộc cấp “{agency.level}” mà là {listed}; hãy sửa, hoặc để trống",
            f"level: {agency.name!r} is not {agency.level!r} but {listed}; correct it, or leave it empty",
        )


def _parent_errors(agency: Agency, campaign: Campaign, where: str) -> Iterator[Problem]:
    """A body above that can't be above: the agency itself, one below it, or a unit that is no higher."""
    if not agency.parent:
        return
    chain = _above(agency, campaign)
    if chain and chain[-1].id in {agency.id, *(each.id for each in chain[:-1])}:
        told = " → ".join([agency.id, *(each.id for each in chain)])
        yield Problem(
            where,
            f"parent: cơ quan này lại đứng trên chính mình ({told})",
            f"parent: this agency stands above itself ({told})",
        )
        return
    parent = campaign.office(agency.parent)
    own, above = (_rank(office, campaign) for office in (campaign.office(agency.id), parent))
    if parent is not None and own is not None and above is not None and above >= own:
        yield Problem(
            where,
            f"parent: “{parent.name}” không phải cấp trên của “{agency.name}”",
            f"parent: {parent.name!r} is not above {agency.name!r}",
        )


def _above(agency: Agency, campaign: Campaign) -> Sequence[Agency]:
    """The agencies above, up to the first that stands on no list, or stands there a second time."""
    chain: list[Agency] = []
    seen = {agency.id}
    parent = campaign.office(agency.parent)
    while parent is not None:
        chain.append(parent)
        if parent.id in seen:
            break
        seen.add(parent.id)
        parent = campaign.office(parent.parent)
    return chain


def _rank(agency: Agency | None, campaign: Campaign) -> int | None:
    """Where the agency's unit stands; None for an agency that is no people's committee."""
    if agency is None:
        return None
    unit = campaign.units.committee_of(agency.name, level=agency.level, province=campaign.province)
    return campaign.units.rank(unit.kind.level) if unit else None


def _warnings(row: ListedRow, campaign: Campaign, where: str) -> Iterator[Problem]:
    """What is allowed, and perhaps not meant."""
    agency = campaign.office(row.agency.id) or row.agency
    rank = _rank(agency, campaign)
    if rank == COMMUNE_RANK and not agency.parent:
        yield Problem(
            where,
            "không rõ thuộc huyện nào; hãy điền parent (mã của UBND huyện) hoặc district (tên huyện)",
            "nobody says of which district it is; fill in parent (its committee's id) or district (its name)",
        )
    listed = [office.id for office in campaign.offices]
    top = province_committee(campaign.units, campaign.province)
    if agency.parent and agency.parent not in {*listed, top}:
        yield from _unlisted(agency, rank, [*listed, top], where)


def _unlisted(agency: Agency, rank: int | None, known: Sequence[str], where: str) -> Iterator[Problem]:
    """A parent on no list: told for units, whose letters name it, and where it looks like a slip."""
    first = agency.parent.partition("-")[0]  # HĐND is no slip of UBND
    near = get_close_matches(
        agency.parent, [name for name in known if name.partition("-")[0] == first], n=1, cutoff=_LIKE
    )
    if near:
        yield Problem(
            where,
            f"parent: không có cơ quan “{agency.parent}”. Có phải là: {near[0]}?",
            f"parent: there is no agency {agency.parent!r}. Did you mean: {near[0]}?",
        )
    elif rank is not None and rank >= COMMUNE_RANK and not agency.district:
        yield Problem(
            where,
            f"parent: “{agency.parent}” không có trong danh sách nên không làm được công văn chuyển tiếp",
            f"parent: {agency.parent!r} is not on the list, so no letter can pass this one on",
        )
