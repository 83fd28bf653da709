"""Letters for all rows of a table: each is made, checked and written before the next is begun."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Protocol

from dxassets.api.letters import LettersMade, LetterWanted
from dxassets.api.single import finished_with_findings
from dxassets.api.tables import read_sheets
from dxassets.dispatch import LetterFill, WrittenLetter
from dxassets.errors import AssetError, InputError, MissingLibraryError, Problem
from dxassets.jobs import AnyJob
from dxassets.kinds.letter.law import not_told
from dxassets.kinds.letter.merge_planning import MergePlan, RowForm, plan_merge, row_drafts
from dxassets.kinds.letter.merge_table import MergeRow
from dxassets.kinds.letter.merging import merged_letter
from dxassets.kinds.letter.planning import FORMATS, checked_fill
from dxassets.kinds.letter.spec import LetterFormat
from dxassets.kinds.scope import FileDigests
from dxassets.planner import seal
from dxassets.project import Project
from dxassets.store import Staging, publish

ONE_FILE = "cong-van-in.pdf"
_LABEL = 60  # letters by which messages call a letter
Put = Callable[[Path, str, bytes], Path]
Step = Callable[[int, int, str, tuple[Problem, ...]], None]


class Numbers(Protocol):
    """Where letters have their numbers from: the next is asked for, and taken when its letter is made."""

    def next(self) -> str | None:
        """The number of the next letter; None leaves the place for it blank."""
        ...

    def taken(self, letter: WrittenLetter, fill: LetterFill) -> None:
        """The letter that was made with that number."""
        ...


@dataclass
class Counted:
    """Numbers one after another from `first`; none at all where that is None."""

    first: int | None
    _made: int = 0

    def next(self) -> str | None:
        """The number of the next letter."""
        return None if self.first is None else str(self.first + self._made)

    def taken(self, letter: WrittenLetter, fill: LetterFill) -> None:
        """Go on to the next."""
        del letter, fill
        self._made += 1


@dataclass(frozen=True, slots=True)
class MergeWanted:
    """How a table's letters are made: those of `letter`, into files of their own or one for the printer.

    `two_sided` begins each of the one file on a sheet of its own. `letter.number` is the first one's.
    """

    letter: LetterWanted = field(default_factory=LetterWanted)
    one_file: bool = False
    two_sided: bool = False


def make_merged(
    project: Project,
    folder: str | Path,
    *,
    table: str | Path,
    wanted: MergeWanted,
    numbers: Numbers | None = None,
    staging: Staging | None = None,
    step: Step | None = None,
) -> LettersMade:
    """A letter for each row of `table` (.xlsx or .csv): Word files and PDFs in `folder`, or one PDF there.

    `InputError` tells all that the letter, the options, the headings and the cells have wrong; nothing is
    written then. A row whose finished letter the linter refuses is told by name, and the others are made.
    With `staging` the files stay aside, for `numbers` to name them together with their numbers.
    """
    _refuse(wanted)
    fill = checked_fill(project, LetterFill(None, wanted.letter.issued, wanted.letter.signer))
    source = Path(table).as_posix()
    plan = plan_merge(project, read_sheets(table, "--merge", as_shown=True), source, fill=fill)
    if plan.numbered and (numbers is not None or wanted.letter.number is not None):
        raise InputError(_two_sources(source))
    counted = numbers or Counted(_first(wanted.letter.number))
    run = _MergeRun(project, Path(folder), wanted, plan, fill, counted, by_number=staging is not None)
    with ExitStack() as ending:
        if wanted.one_file:
            return run.into_one(staging, ending, step)
        return run.into_folder(publish if staging is None else staging.put, step)


def _first(number: str | None) -> int | None:
    """The first letter's number; `InputError` when that is none."""
    return None if LetterFill(number).number is None else int(number or 0)


def _refuse(wanted: MergeWanted) -> None:
    """`InputError` for options that are not for letters of a table."""
    letter = wanted.letter
    problems: list[Problem] = []
    if letter.agencies or letter.all_agencies:
        option = "--all-agencies" if letter.all_agencies else "--agency"
        vi, en = "không đi cùng --merge: mỗi hàng đã là một nơi nhận", "does not go with --merge"
        problems.append(Problem(option, vi, en))
    if wanted.one_file and letter.split_annex:
        vi, en = "không đi cùng --one-file", "does not go with --one-file"
        problems.append(Problem("--split-annex", vi, en))
    if wanted.two_sided and not wanted.one_file:
        vi, en = "chỉ dùng cùng --merge và --one-file", "goes with --merge and --one-file only"
        problems.append(Problem("--two-sided", vi, en))
    if problems:
        raise InputError(*problems)


def _two_sources(source: str) -> Problem:
    return Problem(
        source,
        "bảng đã có cột “Số”; hãy bỏ cột ấy, hoặc bỏ --number và --register",
        "the table has a column “Số” already; take it out, or leave out --number and --register",
    )


@dataclass
class _MergeRun:
    """One table's letters, while they are made."""

    project: Project
    folder: Path
    wanted: MergeWanted
    plan: MergePlan
    fill: LetterFill
    numbers: Numbers
    by_number: bool = False
    files: FileDigests = field(init=False)
    failed: dict[Problem, None] = field(default_factory=dict[Problem, None])
    notices: dict[Problem, None] = field(default_factory=dict[Problem, None])

    def __post_init__(self) -> None:
        self.files = FileDigests(self.project.resources)
        self.notices.update(dict.fromkeys(self.plan.warnings))

    def into_folder(self, put: Put, step: Step | None) -> LettersMade:
        """Every letter in files of its own."""
        written: list[Path] = []
        for made in self._letters(FORMATS, step):
            written += [put(self.folder, name, data) for name, data in made]
        return self._told(written)

    def into_one(self, staging: Staging | None, ending: ExitStack, step: Step | None) -> LettersMade:
        """All letters one after another in one PDF."""
        from dxassets.backends.pdf_sheaf import Sheaf  # noqa: PLC0415  (only where it is asked for)

        aside = staging or Staging()
        if staging is None:
            ending.callback(aside.drop)
        with aside.opened(self.folder, ONE_FILE) as file:
            sheaf = Sheaf(file, title=self.project.campaign.title, two_sided=self.wanted.two_sided)
            for made in self._letters(("pdf",), step):
                for _, data in made:
                    sheaf.add(data)
            sheaf.close()
        target = aside.files[-1][1]
        if staging is None:
            aside.commit()
        return self._told([target])

    def _told(self, written: list[Path]) -> LettersMade:
        found = not_told(self.notices, self.plan.warnings)
        return LettersMade(tuple(written), (), (*self.plan.warnings, *found), tuple(self.failed))

    def _letters(
        self, formats: tuple[LetterFormat, ...], step: Step | None
    ) -> Iterator[list[tuple[str, bytes]]]:
        """The files of each row's letter, by name; `InputError` when no row has any."""
        rows, any_made = self.plan.rows, False
        for at, row in zip(count(1), rows, strict=False):
            fill = replace(self.fill, number=row.number or self.numbers.next())
            made, problems = self._made(row, at, fill, formats)
            if made:
                any_made = True
                self.numbers.taken(merged_letter(self.plan.letter, row.merged), fill)
                yield made
            if step is not None:
                step(at, len(rows), _short(row.label), problems)
        if not any_made:
            raise InputError(*self.failed)

    def _made(
        self, row: MergeRow, at: int, fill: LetterFill, formats: tuple[LetterFormat, ...]
    ) -> tuple[list[tuple[str, bytes]], tuple[Problem, ...]]:
        """The files of one letter, or none and why."""
        letter = self.wanted.letter
        form = RowForm(
            len(self.plan.rows),
            letter.edition,
            split=letter.split_annex,
            numbered=self.by_number,
            formats=formats,
        )
        drafts = row_drafts(self.project, row, at, fill=fill, form=form)
        made: list[tuple[str, bytes]] = []
        for draft in drafts:
            job = seal(draft, self.files)
            if self.files.problems:
                raise InputError(*self.files.problems.values())
            try:
                data = self._finished(job)
            except MissingLibraryError as error:
                self.failed |= dict.fromkeys(error.problems)
                continue
            except (AssetError, InputError) as error:
                where = f"{row.where} ({_short(row.label)})"
                named = tuple(replace(each, where=where) for each in error.problems)
                self.failed |= dict.fromkeys(named)
                return [], named
            made.append((job.path.rpartition("/")[2], data))
        return made, ()

    def _finished(self, job: AnyJob) -> bytes:
        rendered, findings = finished_with_findings(job, self.project.resources)
        if job.spec.format == "docx":  # it can still be edited; a PDF's remarks would be the same again
            self.notices |= dict.fromkeys(replace(each, where="") for each in findings.remarks)
        return rendered.data


def _short(label: str) -> str:
    return label if len(label) <= _LABEL else f"{label[:_LABEL].rstrip()}…"
