"""Makes a list of agencies of a table that an office keeps: blank rows, missing ids and all.

Everything that is wrong is told together, each with its row's number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dxassets.agencies.csv_text import csv_rows, decoded_sheet
from dxassets.agencies.derived import completed
from dxassets.agencies.headings import HEADINGS, Headed, headed
from dxassets.agencies.identities import ROW_SIGN, short_name_of, with_ids
from dxassets.agencies.known import KnownAgencies
from dxassets.agencies.listed import CHECK_COLUMN
from dxassets.agencies.model import COLUMNS, Agency
from dxassets.agencies.table import AgencyTable, OddCell, RowDraft, TableRow
from dxassets.errors import CampaignError, Problem
from dxassets.models import suggest, validate
from dxassets.units import DISTRICT_RANK, Units
from dxassets.vietnamese import clean, fold

_LOST = re.compile(r"\?\w|\w\?\w")
"""A question mark where a Vietnamese letter was: what Excel leaves in its old CSV."""
_OLD_FONT = re.compile(r"[A-Za-z][©®µ¸¹¶·¨ª«¬]|[©®µ¸¹¶¨ª«¬][A-Za-z]")
"""Letters of TCVN3 (.VnTime), which look right in their own typeface only."""
_END = re.compile(r"(tong cong(?! (ty|doan)\b)|tong so|nguoi lap|lap bieu|noi nhan|ghi chu)\b|cong\s*(:|$)")
"""How the rows begin that end a table, marks aside; “Tổng công ty” and “Công an” do not."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The agencies of a table, and what was understood that a clerk should know of.

    `to_check` says, by id, what the table has in its column of what is to be looked at.
    """

    agencies: tuple[Agency, ...]
    notes: tuple[Problem, ...]
    to_check: Mapping[str, str]


def sheet_of_csv(data: bytes, source: str) -> AgencyTable:
    """The table in a CSV file, whatever spreadsheet wrote it; `CampaignError` when it can't be read."""
    rows = csv_rows(decoded_sheet(data, source), source)
    return AgencyTable("", tuple(TableRow(number, tuple(cells)) for number, cells in rows))


def imported(
    sheets: Sequence[AgencyTable],
    source: str,
    units: Units,
    *,
    province: str = "",
    known: Sequence[Agency] = (),
) -> Imported:
    """The agencies on the first sheet that has headings; `CampaignError` with all that is wrong.

    `province` is that of the campaign that the list is for, if one is known; a row without an id that names
    one of the `known` agencies, however written, is that agency.
    """
    acquainted = KnownAgencies(known, committee=units.committee.name)
    sheet, head = _chosen(sheets, source)
    notes: list[Problem] = []
    problems: list[Problem] = []
    if head.unknown:
        told = ", ".join(f"“{heading}”" for heading in head.unknown)
        notes.append(Problem(f"{source}:{head.row.number}", f"không dùng cột {told}", f"not used: {told}"))
    rows = _without_end(_drafts(sheet, head, source, problems=problems), source, notes=notes)
    rows = [_recalled(row, acquainted, notes=notes, source=source) for row in rows]
    drafts = [_named(row, units, province, notes=notes, source=source) for row in rows]
    problems += _repeated(drafts, source)
    drafts = _reidentified(drafts, acquainted)
    drafts = [_leveled(draft, units, source, problems=problems) for draft in drafts]
    made = with_ids(_parented(drafts, units))
    wrong = {_row_of(problem.where) for problem in problems}
    agencies: list[Agency] = []
    for draft in made:
        if draft.number in wrong:
            continue
        try:
            agency = {column: draft.cell(column) for column in COLUMNS}
            agencies.append(validate(Agency, agency, f"{source}:{draft.number}"))
        except CampaignError as error:
            problems += error.problems
    if not made and not problems:
        problems.append(Problem(source, "không có cơ quan nào dưới dòng tiêu đề", "holds no agency"))
    if problems:
        raise CampaignError(*sorted(problems, key=lambda problem: _row_of(problem.where)))
    to_check = {draft.cell("id"): said for draft in made if (said := draft.cell(CHECK_COLUMN))}
    return Imported(completed(agencies, units, province), tuple(notes), to_check)


def _row_of(where: str) -> int:
    found = re.search(r":(\d+)(?::|$)", where)
    return int(found[1]) if found else 0


def _chosen(sheets: Sequence[AgencyTable], source: str) -> tuple[AgencyTable, Headed]:
    """The first sheet with headings, and these; `CampaignError` when none has any, or one is doubled."""
    for sheet in sheets:
        head = headed(sheet.rows)
        if head is None:
            continue
        if head.twice:
            where = f"{source}:{head.row.number}"
            raise CampaignError(
                *(
                    Problem(
                        where,
                        f"hai cột “{one}” và “{other}” cùng một nghĩa; hãy bỏ bớt một cột",
                        f"the columns {one!r} and {other!r} mean the same; take one away",
                    )
                    for one, other in head.twice
                )
            )
        return sheet, head
    raise CampaignError(
        Problem(
            source,
            f"không thấy dòng tiêu đề; cần một cột “{HEADINGS['name']}” (các cột khác không bắt buộc: "
            f"{', '.join(text for column, text in HEADINGS.items() if column != 'name')})",
            f"has no row of headings; a column “{HEADINGS['name']}” (or name) is needed, the others are not",
        )
    )


def _drafts(sheet: AgencyTable, head: Headed, source: str, *, problems: list[Problem]) -> list[RowDraft]:
    """The rows below the headings that say anything in a column that we know."""
    drafts: list[RowDraft] = []
    for row in sheet.rows:
        if row.number <= head.row.number:
            continue
        cells: dict[str, str] = {}
        for column, at in head.places:
            cell = row.cells[at] if at < len(row.cells) else ""
            if isinstance(cell, OddCell):
                where = f"{source}:{row.number}"
                problems.append(Problem(where, f"{HEADINGS[column]}: {cell.vi}", f"{column}: {cell.en}"))
                cells[column] = "?"  # told; the row's other cells are looked at all the same
            elif clean(cell):
                cells[column] = clean(cell)
        if cells:
            drafts.append(RowDraft(row.number, cells))
            problems += _spoiled(drafts[-1], source)
    return drafts


def _spoiled(draft: RowDraft, source: str) -> list[Problem]:
    """What shows that letters were lost on the way, and a name that is missing."""
    where, name = f"{source}:{draft.number}", draft.cell("name")
    if not name:
        return [Problem(where, f"thiếu {HEADINGS['name'].lower()}", "lacks the agency's name")]
    lost = lost_letters(name)
    return [] if lost is None else [Problem(where, *lost)]


def lost_letters(text: str) -> tuple[str, str] | None:
    """What shows that letters of a cell were lost on the way, in both languages; None if nothing does."""
    if _LOST.search(text):
        return (
            f"“{text}” đã mất chữ có dấu; hãy lưu lại từ Excel thành “CSV UTF-8” hoặc .xlsx",
            f"{text!r} has lost its letters; save it again as “CSV UTF-8” or .xlsx",
        )
    if _OLD_FONT.search(text):
        return (
            f"“{text}” gõ bằng bảng mã cũ (TCVN3, .VnTime); hãy chuyển sang Unicode rồi lưu lại",
            f"{text!r} is written in the old TCVN3 coding; convert it to Unicode",
        )
    return None


def _without_end(drafts: Sequence[RowDraft], source: str, *, notes: list[Problem]) -> list[RowDraft]:
    """The rows without those that end a table: its sum, who signs it, remarks; each told."""
    kept: list[RowDraft] = []
    for draft in drafts:
        name = draft.cell("name")
        if _END.match(fold(name)) and not draft.cell("id"):
            vi = f"bỏ qua dòng “{name}”: không phải tên cơ quan"
            notes.append(Problem(f"{source}:{draft.number}", vi, f"{name!r} is left out: no agency's name"))
        else:
            kept.append(draft)
    return kept


def _recalled(draft: RowDraft, known: KnownAgencies, *, notes: list[Problem], source: str) -> RowDraft:
    """The row with the names of the known agency that it means; a row with an id stands as it is."""
    name = draft.cell("name")
    meant = None if draft.cell("id") else known.called(name, draft.cell("district"))
    if meant is None:
        return draft
    if name != meant.name:
        vi = f"“{name}” được ghi là “{meant.name}”"
        notes.append(Problem(f"{source}:{draft.number}", vi, f"{name!r} is written {meant.name!r}"))
    return draft.saying(name=meant.name, short_name=draft.cell("short_name") or meant.short_name)


def _reidentified(drafts: Sequence[RowDraft], known: KnownAgencies) -> list[RowDraft]:
    """The rows with the ids that known agencies have already: files and links are called by them."""
    taken = {draft.cell("id") for draft in drafts}
    found: list[RowDraft] = []
    for draft in drafts:
        meant = known.called(draft.cell("name"), draft.cell("district"))
        new = bool(meant) and not draft.cell("id") and meant.id not in taken
        found.append(draft.saying(id=meant.id) if meant and new else draft)
        taken.add(found[-1].cell("id"))
    return found


def _named(draft: RowDraft, units: Units, province: str, *, notes: list[Problem], source: str) -> RowDraft:
    """The row with a full and a short name; “xã Nam Dong” and “UBND xã Nam Dong” mean the committee."""
    name, level = draft.cell("name"), units.level_called(draft.cell("level")) or ""
    unit = units.committee_of(name, level=level, province=province) or units.area_called(
        name, level=level, province=province
    )
    if unit is None or not unit.kind.governed:
        short = draft.cell("short_name") or short_name_of(name, units)
        return draft.saying(short_name=short) if name else draft
    if name != unit.office:
        vi = f"“{name}” được ghi là “{unit.office}”"
        notes.append(Problem(f"{source}:{draft.number}", vi, f"{name!r} is written {unit.office!r}"))
    found = {"name": unit.office, "short_name": draft.cell("short_name") or unit.short_office}
    within = units.area_called(unit.within)
    if within and units.rank(within.kind.level) == DISTRICT_RANK and not draft.cell("district"):
        found["district"] = within.area
    return draft.saying(**found)


def _leveled(draft: RowDraft, units: Units, source: str, *, problems: list[Problem]) -> RowDraft:
    """The row with its level's id, which may be written in words."""
    said = draft.cell("level")
    if not said or said == "?":
        return draft
    level = units.level_called(said)
    if level is None:
        known = [each.id for each in units.levels]
        vi, en = suggest(said, known)
        problems.append(
            Problem(
                f"{source}:{draft.number}",
                f"{HEADINGS['level']}: không có cấp “{said}”; có: {', '.join(known)}.{vi}",
                f"level: there is no {said!r}; there are: {', '.join(known)}.{en}",
            )
        )
    return draft.saying(level=level or "")


def _parented(drafts: Sequence[RowDraft], units: Units) -> list[RowDraft]:
    """The rows with a parent that is said by its name known by the row that has it, before ids are made."""
    by_name = {
        called.casefold(): draft
        for draft in reversed(drafts)
        for called in (draft.cell("name"), draft.cell("short_name"))
        if called
    }
    parented: list[RowDraft] = []
    for draft in drafts:
        said = draft.cell("parent")
        unit = units.committee_of(said) if said else None
        above = by_name.get(said.casefold()) or (by_name.get(unit.office.casefold()) if unit else None)
        if said and above is not None:
            parented.append(draft.saying(parent=f"{ROW_SIGN}{above.number}"))
        else:
            parented.append(draft.saying(parent=unit.office_id) if unit else draft)
    return parented


def _repeated(drafts: Sequence[RowDraft], source: str) -> list[Problem]:
    """A problem for each row that says the same agency, or the same id, as one above it."""
    problems: list[Problem] = []
    first: dict[tuple[str, ...], int] = {}
    for draft in drafts:
        name = draft.cell("name")
        keys = {("name", name.casefold(), draft.cell("district").casefold()): name}
        keys |= {("id", draft.cell("id")): draft.cell("id")} if draft.cell("id") else {}
        for key, said in keys.items():
            if not said or said == "?":
                continue
            above = first.setdefault(key, draft.number)
            if above != draft.number:
                problems.append(
                    Problem(
                        f"{source}:{draft.number}",
                        f"“{said}” đã có ở dòng {above}; hãy xóa một trong hai dòng",
                        f"{said!r} stands in row {above} already; delete one of the two",
                    )
                )
    return problems
