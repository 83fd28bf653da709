"""Plans a letter for each row of a table: everything that can be wrong is told before the first is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dxassets.agencies.table import AgencyTable
from dxassets.dispatch import Edition, LetterFill, WrittenLetter
from dxassets.errors import InputError, Problem
from dxassets.jobs import link_words
from dxassets.kinds.letter.belonging import judge_belonging
from dxassets.kinds.letter.law import Verdict, judge_source
from dxassets.kinds.letter.merge_table import MergeRow, in_short, rows_of
from dxassets.kinds.letter.merging import columns_named, filled_text, merged_letter
from dxassets.kinds.letter.planning import FORMATS, KIND_ID, own_letter
from dxassets.kinds.letter.spec import LetterFormat, LetterSpec
from dxassets.kinds.letter.word_source import written_letter
from dxassets.kinds.scope import AssetDraft
from dxassets.project import Project
from dxassets.renderers.undrawable import undrawable
from dxassets.vietnamese import slug

_LONGEST_LABEL = 60  # letters of a file's name that say whose letter it is
_FEWEST_DIGITS = 3


@dataclass(frozen=True, slots=True)
class MergePlan:
    """The letters of a table in its order, the letter that they are made of, and what deserves a look."""

    letter: WrittenLetter
    rows: tuple[MergeRow, ...]
    warnings: tuple[Problem, ...]

    @property
    def numbered(self) -> bool:
        """Whether the table says each letter's number."""
        return bool(self.rows) and self.rows[0].number is not None


def plan_merge(
    project: Project, sheets: Sequence[AgencyTable], source: str, *, fill: LetterFill
) -> MergePlan:
    """The letters that a table asks for; `fill` is what all have in common.

    `InputError` tells all that the letter, the table's headings and its cells have wrong.
    """
    name = project.campaign.dispatch
    if name is None:
        raise InputError(
            Problem(
                "--merge",
                "chiến dịch này không có công văn; viết lời công văn vào dispatch.md trước",
                "this campaign has no letter; write one into dispatch.md first",
            )
        )
    letter = written_letter(name, project.resources.data)
    named = columns_named(letter, signed=bool(fill.signer))
    rows = tuple(_called(row, letter) for row in rows_of(sheets, source, named))
    verdict = judge_belonging(letter, project)
    if verdict.errors:
        raise InputError(*verdict.errors)
    first = next(iter(rows))
    if not named and len(rows) > 1 and not first.merged.addressees and first.number is None:
        raise InputError(_all_alike(source))
    errors = tuple(dict.fromkeys([*_undrawable(rows, project), *_judged(letter, rows, fill)]))
    if errors:
        raise InputError(*in_short(errors, source))
    custom = judge_source(merged_letter(letter, first.merged), fill).warnings
    return MergePlan(letter, rows, (*custom, *verdict.warnings))


def _all_alike(source: str) -> Problem:
    return Problem(
        source,
        "công văn không nhắc tới cột nào của bảng, nên mọi bản sẽ giống nhau; viết {Tên cột} vào chỗ điền",
        "the letter names no column of the table, so all would be alike; write {heading} where it belongs",
    )


def _called(row: MergeRow, letter: WrittenLetter) -> MergeRow:
    """The row, called by whom its letter goes to, where the letter says so."""
    written = letter.dispatch.particulars.addressees[0]
    said = filled_text(written, dict(row.merged.words))
    return row if row.merged.addressees or said == written else replace(row, label=said)


def _undrawable(rows: Sequence[MergeRow], project: Project) -> Iterator[Problem]:
    """Cells with characters that no face of the letter has, each kind of text looked at once."""
    known: set[str] = set()
    for row in rows:
        texts = (*(said for _, said in row.merged.words), *row.merged.addressees)
        for where, text in zip(row.cells, texts, strict=True):
            if not set(text) <= known:
                face = project.brand.typefaces.text
                told = list(undrawable([(where, text)], face, resources=project.resources))
                yield from told
                known |= set() if told else set(text)


def _judged(letter: WrittenLetter, rows: Sequence[MergeRow], fill: LetterFill) -> Iterator[Problem]:
    """What the decree refuses: once where it is in every row's letter, else with the row."""
    told = [_of_row(letter, row, fill) for row in rows]
    shared = set(told[0]).intersection(*told[1:]) if len(told) > 1 else set[Problem]()
    yield from (each for each in told[0] if each in shared)
    for row, problems in zip(rows, told, strict=True):
        for each in problems:
            if each not in shared:
                yield replace(each, where=f"{row.where}: {each.where}" if each.where else row.where)


def _of_row(letter: WrittenLetter, row: MergeRow, fill: LetterFill) -> tuple[Problem, ...]:
    verdict = Verdict()
    try:
        verdict = judge_source(merged_letter(letter, row.merged), fill)
    except InputError as error:
        return tuple(replace(each, where=each.where.removeprefix(": ")) for each in error.problems)
    return verdict.errors


def number_part(number: str, issued: date) -> str:
    """How a registered letter's number stands in its file's name: ``2026-07``, the same for no other."""
    return f"{issued.year}-{number.lstrip('0').zfill(2)}"


@dataclass(frozen=True, slots=True)
class RowForm:
    """How the letters of a table are made: edition, annexes apart, formats; `count` is how many there are.

    Files are called by their place among these, or by their number where the book gave it (`numbered`).
    """

    count: int
    edition: Edition
    split: bool = False
    numbered: bool = False
    formats: tuple[LetterFormat, ...] = FORMATS


def row_drafts(
    project: Project, row: MergeRow, at: int, *, fill: LetterFill, form: RowForm
) -> Iterator[AssetDraft]:
    """The drafts of one row's letter, the `at`-th (from 1), in each format and part.

    A file's name says to whom the letter goes, too, in letters that every system takes.
    """
    campaign = project.campaign
    planned = own_letter(project, form.edition, split=form.split)
    place = f"{at:0{max(_FEWEST_DIGITS, len(str(form.count)))}}"
    if form.numbered and fill.number is not None and fill.date is not None:
        place = number_part(fill.number, fill.date)
    called = slug(row.label)[:_LONGEST_LABEL].strip("-")
    for stem, part in planned.parts:
        annex = stem.removeprefix(planned.parts[0][0])
        name = "-".join(each for each in (planned.parts[0][0], place, called) if each) + annex
        for file_format in form.formats:
            spec = LetterSpec(
                file_format,
                planned.dispatch,
                link_words(campaign),
                fill.number,
                fill.date,
                fill.signer,
                part,
                None,
                campaign.issuer.name,
                campaign.title,
                tuple(link.id for link in campaign.links if link.url is None),
                row.merged,
            )
            yield AssetDraft(KIND_ID, spec, campaign.issuing_agency, f"{name}.{file_format}")
