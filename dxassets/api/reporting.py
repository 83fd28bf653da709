"""What units reported, summed: a workbook, a picture, the Báo cáo, the letter to those who are missing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dxassets.api.letters import LetterWanted, make_letters
from dxassets.api.merging import MergeWanted, make_merged
from dxassets.api.project import with_document
from dxassets.api.report_forms import ReportWanted, Step, asked_of, limit_of
from dxassets.api.report_reading import FormsRead, read_forms
from dxassets.dispatch import Edition
from dxassets.errors import InputError, Problem
from dxassets.project import Project
from dxassets.report import ReportingUnit, levels_of
from dxassets.report.papers import (
    REMINDER,
    REMINDER_HEADS,
    REPORT,
    ReportText,
    reminder,
    reminder_rows,
    report_papers,
)
from dxassets.store import publish

CHART_WORDS = "bieu-do.txt"
SUMS, CHART, ABSENT_TABLE, REMINDERS = "tong-hop.xlsx", "bieu-do", "chua-bao-cao.xlsx", "nhac-nop"
_NOT_SENT, _FAULTY = "chưa gửi biểu", "biểu gửi về có chỗ sai, chưa tính được"


@dataclass(frozen=True, slots=True)
class ReportCollected:
    """What was written, how many of how many units are counted, who is not and why, and what is wrong."""

    files: tuple[Path, ...]
    reported: int
    expected: int
    missing: tuple[tuple[ReportingUnit, str], ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]

    @property
    def exit_code(self) -> int:
        """0, or 1 when some form could not be counted, or a paper not be made."""
        return 1 if self.problems else 0

    def to_json(self) -> dict[str, Any]:
        """The same for machines."""
        return {
            "files": [path.as_posix() for path in self.files],
            "reported": self.reported,
            "expected": self.expected,
            "missing": [{"id": unit.id, "name": unit.name, "why": why} for unit, why in self.missing],
        }


def collect_forms(
    project: Project,
    folder: str | Path,
    out: str | Path,
    *,
    wanted: ReportWanted,
    remind: bool = False,
    step: Step | None = None,
) -> ReportCollected:
    """Sum the forms below `folder` into `out`: workbook, picture, Báo cáo, and who is missing.

    A form with a fault is told and left out, and its unit listed. `InputError` when none can be counted:
    nothing is written then. With `remind` the letters to those who are missing are made too.
    """
    form, units = asked_of(project, wanted)
    _refuse_within(Path(folder), Path(out))
    read = read_forms(folder, form, {unit.id: unit.name for unit in units}, step=step)
    if not read.forms:
        raise InputError(*read.problems)
    missing = tuple(
        (unit, _FAULTY if unit.id in read.faulty else _NOT_SENT)
        for unit in units
        if unit.id not in read.forms
    )
    text = ReportText(form, levels_of(form, units, read.forms), missing)
    problems = list(read.problems)
    files = [publish(Path(out), name, data) for name, data in _made(project, text, read, wanted).items()]
    files += _report(project, Path(out), problems, remarks=read.remarks)
    if remind and missing:
        files += _reminders(project, Path(out), problems)
    return ReportCollected(
        tuple(files), len(read.forms), len(units), missing, tuple(problems), tuple(read.remarks)
    )


def _refuse_within(folder: Path, out: Path) -> None:
    """`InputError` where what is written would be read as forms the next time."""
    if out.resolve().is_relative_to(folder.resolve()):
        raise InputError(
            Problem(
                f"-o {out}",
                "nằm trong thư mục biểu gửi về; hãy ghi ra thư mục khác",
                "lies in the folder of the forms; write to another one",
            )
        )


def _made(project: Project, text: ReportText, read: FormsRead, wanted: ReportWanted) -> dict[str, bytes]:
    """All files but the finished letters, by name."""
    from dxassets.backends.workbook import write_workbook  # noqa: PLC0415  (openpyxl when needed)
    from dxassets.report.books import sums_book  # noqa: PLC0415

    issuer = project.campaign.issuer.name
    made = {
        SUMS: sums_book(
            text.form, text.levels, missing=text.missing, problems=(*read.problems, *read.remarks),
            author=issuer,
        )
    }  # fmt: skip
    made |= _pictures(project, text)
    made |= report_papers(project, text)
    if text.missing:
        until = "" if wanted.until is None else limit_of(wanted.until)
        made[REMINDER] = reminder(project, text, until=until)
        rows = reminder_rows(text.missing)
        made[ABSENT_TABLE] = write_workbook("Chưa báo cáo", REMINDER_HEADS, rows, widths=(46, 30, 34, 40))
    return made


def _pictures(project: Project, text: ReportText) -> dict[str, bytes]:
    """The chart, to be drawn at any size and as pixels; none where nothing is summed."""
    from dxassets.backends.rasterizer import encode_pixels, svg_to_pixels  # noqa: PLC0415  (libvips when needed)
    from dxassets.renderers.faces import shaper_of  # noqa: PLC0415
    from dxassets.report.chart import ChartWords, chart_alt, chart_svg  # noqa: PLC0415

    form, total = text.form, text.total
    if not total.sums:
        return {}
    words = ChartWords(
        "Kết quả trước và sau chiến dịch", form.title, form.before, form.after,
        f"Số liệu của {total.reported}/{total.expected} đơn vị. Nguồn: {project.campaign.issuer.name}",
    )  # fmt: skip
    palette = project.brand.themes[0].palette
    svg = chart_svg(
        form.measures, total.sums, words, palette=palette, shaper=shaper_of(project.resources)
    )  # fmt: skip
    pixels = encode_pixels(svg_to_pixels(svg), "png", None)
    alt = chart_alt(form.measures, total.sums, words)
    made = {f"{CHART}.svg": svg.encode(), CHART_WORDS: f"{alt}\n".encode()}
    return made | ({} if pixels is None else {f"{CHART}.png": pixels.data})


def _report(
    project: Project, out: Path, problems: list[Problem], *, remarks: list[Problem]
) -> tuple[Path, ...]:
    """The Báo cáo as Word file and PDF; a draft where only the office knows to whom it goes."""
    is_open = "{" in (out / REPORT).read_text(encoding="utf-8").partition("kind = ")[2]
    if is_open:
        vi = f"chưa biết gửi cơ quan nào, nên là bản dự thảo; điền chỗ {{…}} rồi: dxassets letter {REPORT}"
        remarks.append(Problem(REPORT, vi, "to whom it goes is not known; a draft was made. Fill in {…}"))
    letter = with_document(project, out / REPORT, belongs=False)
    try:
        made = make_letters(letter, out, wanted=LetterWanted(edition=Edition(draft=is_open)))
    except InputError as error:
        problems += error.problems
        return ()
    problems += made.failed
    return made.files


def _reminders(project: Project, out: Path, problems: list[Problem]) -> tuple[Path, ...]:
    """The letters to those who are missing."""
    letter = with_document(project, out / REMINDER, belongs=False)
    try:
        made = make_merged(letter, out / REMINDERS, table=out / ABSENT_TABLE, wanted=MergeWanted())
    except InputError as error:
        problems += error.problems
        return ()
    problems += made.failed
    return made.files
