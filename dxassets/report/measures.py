"""What units report, by a campaign's annex: its tasks, what is counted of each, before and after."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxassets.digest import digest
from dxassets.dispatch import Annex, ReportLine, Table, annex_names
from dxassets.dispatch.model import MOST_MEASURES, ReportPart
from dxassets.dispatch.parse import parse_report_lines
from dxassets.errors import DispatchError, InputError, Problem
from dxassets.models import suggest
from dxassets.project import Project
from dxassets.vietnamese import clean, fold

_LOOSE_DECIMALS = 2
"""Decimals that a measure may have of which the annex says nothing."""
_HEADS: dict[ReportPart, re.Pattern[str]] = {
    "number": re.compile(r"(stt|tt|so tt|so thu tu)\b"),
    "task": re.compile(r"(nhiem vu|noi dung|chi tieu)\b"),
    "unit": re.compile(r"(don vi tinh|dvt)\b"),
    "before": re.compile(r"truoc\b"),
    "after": re.compile(r"sau\b"),
    "note": re.compile(r"ghi chu\b"),
}
"""How the heads of columns begin, folded, that say themselves what they are."""
_BLANK = re.compile(r"so lieu|\W*", re.IGNORECASE)
"""A cell that only says that a number belongs there."""
_SHARE = re.compile(r"\s*(%|phần trăm|‰)")


@dataclass(frozen=True, slots=True)
class ReportMeasure:
    """What is counted: its code, the task that it belongs to, its unit (“”: the form leaves it open).

    A number may have so many `decimals`; `summed` unless it is a share or an average.
    """

    code: str
    task: str
    name: str
    unit: str
    decimals: int
    summed: bool = True


@dataclass(frozen=True, slots=True)
class FreeTask:
    """A task of which each unit says itself what it counts: listed, not summed."""

    code: str
    task: str


@dataclass(frozen=True, slots=True)
class ReportForm:
    """The form of a campaign. `campaign` is its id, `title` what it is about."""

    campaign: str
    title: str
    before: str
    after: str
    measures: tuple[ReportMeasure, ...]
    free: tuple[FreeTask, ...]
    source: str

    @property
    def code(self) -> str:
        """What stands in each form, so that one of another campaign or of an older annex is known.

        It follows from the annex alone: forms that were sent out outlive releases of this program.
        """
        measures = [
            [each.code, each.task, each.name, each.unit, each.decimals, each.summed] for each in self.measures
        ]
        free = [[each.code, each.task] for each in self.free]
        said = json.dumps([self.before, self.after, measures, free], ensure_ascii=False)
        return f"{self.campaign}/{digest(said.encode())[:8]}"


def report_form(project: Project) -> ReportForm:
    """The form that the campaign's annex asks for; `InputError` when it has none that says what to count."""
    campaign, resources = project.campaign, project.resources
    letter = campaign.dispatch
    data = None if letter is None else resources.data(letter)
    if letter is None or data is None:
        raise InputError(_no_annex(project.source))
    names = annex_names(data, letter)
    for name in names:
        found = resources.data(name)
        if found is None or not name.endswith(".toml"):
            continue
        annex, lines = parse_report_lines(found, name)
        parts = {} if annex.table is None else _parts(annex.table)
        if lines or {"before", "after"} <= parts.keys():
            return _form(campaign.id, campaign.title, name, annex=annex, lines=lines, parts=parts)
    raise InputError(_no_annex(names[0] if names else letter))


def _no_annex(where: str) -> Problem:
    return Problem(
        where,
        "không phụ lục nào của công văn có số liệu để báo cáo; bảng cần cột “Trước …” và “Sau …” "
        '(hoặc report = "before", report = "after" ở columns), hoặc các mục [[report]]',
        "no annex of the letter says what to report; its table needs columns before and after "
        '(report = "before", report = "after"), or the annex needs [[report]]',
    )


def _parts(table: Table) -> dict[ReportPart, int]:
    """Which column is what: as it says itself, else by its head."""
    found: dict[ReportPart, int] = {}
    for at, column in enumerate(table.columns):
        if column.report is not None:
            found.setdefault(column.report, at)
    for at, column in enumerate(table.columns):
        head = re.sub(r"[\W_]+", " ", fold(column.head)).strip()
        if column.report is None:
            for part, pattern in _HEADS.items():
                if pattern.match(head):
                    found.setdefault(part, at)
    return found


def _form(
    campaign: str,
    title: str,
    source: str,
    *,
    annex: Annex,
    lines: Sequence[ReportLine],
    parts: dict[ReportPart, int],
) -> ReportForm:
    table = annex.table
    tasks = [] if table is None else [_TaskRow(table, parts, row) for row in table.rows]
    problems: list[Problem] = []
    measures: list[ReportMeasure] = []
    free: list[FreeTask] = []
    by_task = _by_task(lines, tasks, source, problems)
    for number, (name, own, task) in enumerate(by_task, start=1):
        said = own or ([] if task is None else list(task.measures()))
        if said:
            measures += [
                ReportMeasure(
                    f"{number}.{at}", name, each.measure, each.unit, each.decimals, _is_summed(each)
                )
                for at, each in enumerate(said, start=1)
            ]
        elif name:
            free.append(FreeTask(str(number), name))
    problems += _checked(measures, source)
    if problems:
        raise DispatchError(*problems)
    heads = [_head(table, parts, part) for part in ("before", "after")]
    return ReportForm(
        campaign, title, heads[0] or "Trước", heads[1] or "Sau", tuple(measures), tuple(free), source
    )


def _head(table: Table | None, parts: dict[ReportPart, int], part: ReportPart) -> str:
    return "" if table is None or part not in parts else table.columns[parts[part]].head


@dataclass(frozen=True, slots=True)
class _TaskRow:
    """A row of the annex's table."""

    table: Table
    parts: dict[ReportPart, int]
    row: tuple[tuple[str, ...], ...]

    def cell(self, part: ReportPart) -> tuple[str, ...]:
        """The lines of that cell; none where the table has no such column."""
        return self.row[self.parts[part]] if part in self.parts else ()

    @property
    def number(self) -> str:
        """Its number in the table."""
        return clean(" ".join(self.cell("number")))

    @property
    def name(self) -> str:
        """Its words."""
        return clean(" ".join(self.cell("task")))

    def measures(self) -> Iterator[ReportLine]:
        """What is counted by the cell “after”, a line each; the task itself where that only says “number”."""
        said = self.cell("after") or self.cell("before")
        unit = clean(" ".join(self.cell("unit")))
        names = [name for line in said if (name := _bare(line))]
        if said and not names:
            names = [self.name]
        for name in names:
            yield ReportLine(task=self.name, measure=name, unit=unit, decimals=_LOOSE_DECIMALS)


def _bare(line: str) -> str:
    """A line of a cell without its dash and final mark; nothing where it only says “số liệu …”."""
    text = clean(line).lstrip("-–—+•* ").rstrip(" ;.,:…")
    return "" if _BLANK.fullmatch(fold(text)) else text


def _is_summed(line: ReportLine) -> bool:
    return line.sum and not _SHARE.match(line.unit)


def _by_task(
    lines: Sequence[ReportLine], tasks: Sequence[_TaskRow], source: str, problems: list[Problem]
) -> list[tuple[str, list[ReportLine], _TaskRow | None]]:
    """Each task, in the table's order, with the lines that `[[report]]` has for it."""
    if not tasks:
        names = dict.fromkeys(line.task for line in lines)
        return [(name, [line for line in lines if line.task == name], None) for name in names]
    keys = [{fold(task.number), fold(task.name)} - {""} for task in tasks]
    own: list[list[ReportLine]] = [[] for _ in tasks]
    for at, line in enumerate(lines):
        found = [where for where, key in enumerate(keys) if fold(line.task) in key]
        if len(found) == 1:
            own[found[0]].append(line)
            continue
        vi, en = suggest(line.task, [task.number or task.name for task in tasks])
        problems.append(
            Problem(
                f"{source}: report[{at}].task",
                f"bảng không có đúng một nhiệm vụ “{line.task}”.{vi}",
                f"the table has not just one task {line.task!r}.{en}",
            )
        )
    return [(task.name, lines, task) for task, lines in zip(tasks, own, strict=True)]


def _checked(measures: Sequence[ReportMeasure], source: str) -> Iterator[Problem]:
    if not measures:
        yield Problem(source, "không có chỉ tiêu nào để báo cáo", "holds no measure to report")
    if len(measures) > MOST_MEASURES:
        yield Problem(
            source,
            f"có {len(measures)} chỉ tiêu; một biểu có nhiều nhất {MOST_MEASURES}",
            f"has {len(measures)} measures; a form has {MOST_MEASURES} at most",
        )
    seen: set[tuple[str, str]] = set()
    for each in measures:
        key = fold(each.task), fold(each.name)
        if key in seen:
            yield Problem(
                source,
                f"nhiệm vụ “{each.task}” có hai chỉ tiêu “{each.name}”",
                f"the task {each.task!r} has two measures {each.name!r}",
            )
        seen.add(key)
