"""Letters that get their number out of the book, and the book in print."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dxassets.api.letters import LettersMade, LetterWanted, letter_jobs, make_letters
from dxassets.api.merging import MergeWanted, Step, make_merged
from dxassets.dispatch import Dispatch, LetterFill, WrittenLetter, word_letter
from dxassets.errors import InputError, Problem
from dxassets.kinds.letter.merge_planning import number_part
from dxassets.kinds.letter.merging import letter_of
from dxassets.project import Project
from dxassets.register import OpenBook, Registration, opened
from dxassets.store import sweep_top
from dxassets.vietnamese import clean


def make_registered(
    project: Project, folder: str | Path, *, register: str | Path, wanted: LetterWanted, today: date
) -> LettersMade:
    """The letter that is wanted, with the next number of the book `register` (or the one wanted) and its day.

    Files and line appear together or not at all. `InputError` for a draft, for several agencies (each has a
    book of its own), for a number that is taken, and for all that `make_letters` refuses.
    """
    _refuse(wanted)
    day = wanted.issued or today
    with opened(register) as ledger:
        sweep_top(Path(folder))
        number = ledger.number_for(day, _wanted_number(wanted))
        numbered = replace(wanted, number=str(number), issued=day)
        stem = number_part(str(number), day)

        def put(into: Path, name: str, data: bytes) -> Path:
            return ledger.staging.put(into, _called(name, stem), data)

        made = make_letters(project, folder, wanted=numbered, put=put)
        jobs, _ = letter_jobs(project, numbered)
        spec = jobs[0].spec
        fill = LetterFill(spec.number, spec.issued, spec.signer)
        ledger.add(entry_of(letter_of(spec, project.resources.data).dispatch, fill))
        ledger.commit()
        return replace(made, notices=(*ledger.notes, *made.notices))


def make_merged_registered(
    project: Project,
    folder: str | Path,
    *,
    table: str | Path,
    register: str | Path,
    wanted: MergeWanted,
    today: date,
    step: Step | None = None,
) -> LettersMade:
    """A letter for each row of `table` with the next numbers of the book; a number wanted is the first one.

    All files and lines appear together when the last letter is made, or not at all.
    """
    _refuse(wanted.letter)
    day = wanted.letter.issued or today
    with opened(register) as ledger:
        sweep_top(Path(folder))
        numbers = _FromBook(ledger, day, _wanted_number(wanted.letter))
        letter = replace(wanted.letter, number=None, issued=day)
        made = make_merged(
            project, folder, table=table, wanted=replace(wanted, letter=letter), numbers=numbers,
            staging=ledger.staging, step=step,
        )  # fmt: skip
        ledger.commit()
        return replace(made, notices=(*ledger.notes, *made.notices))


@dataclass
class _FromBook:
    """The numbers of an open book, one after another."""

    ledger: OpenBook
    day: date
    first: int | None

    def next(self) -> str:
        """The number of the next letter; `InputError` when it can't be had."""
        return str(self.ledger.number_for(self.day, self.first))

    def taken(self, letter: WrittenLetter, fill: LetterFill) -> None:
        """Keep the letter's line."""
        self.ledger.add(entry_of(letter.dispatch, fill))
        self.first = None if self.first is None else self.first + 1


def _called(name: str, number: str) -> str:
    """A letter's file with its number behind what it is called, so that no other takes its place."""
    stem, part, rest = name.partition("-phu-luc")
    if not part:
        stem, part, rest = name.rpartition(".")
    return f"{stem}-{number}{part}{rest}"


def entry_of(dispatch: Dispatch, fill: LetterFill) -> Registration:
    """The line of a letter in the book, by what it says itself."""
    if fill.number is None or fill.date is None:
        raise ValueError("only a letter with number and day has a line")
    facts, words = dispatch.particulars, word_letter(dispatch, fill)
    recipients = [*facts.addressees, *(each for each in facts.recipients if each != "Như trên")]
    return Registration(
        number=int(fill.number),
        symbol=facts.symbol,
        issued=fill.date,
        about=clean(words.name),
        signer=clean(fill.signer or facts.signer.name),
        recipients=clean("; ".join(recipients)),
        kept_by=clean(facts.filing),
    )


def _wanted_number(wanted: LetterWanted) -> int | None:
    """The number that was asked for; `InputError` when that is none."""
    number = LetterFill(wanted.number).number
    return None if number is None else int(number)


def _refuse(wanted: LetterWanted) -> None:
    """`InputError` for what gets no number of one book."""
    problems: list[Problem] = []
    if wanted.edition.draft:
        vi, en = "bản dự thảo không vào sổ; hãy bỏ --draft", "a draft gets no number; leave out --draft"
        problems.append(Problem("--register", vi, en))
    if wanted.all_agencies or len(wanted.agencies) > 1:
        vi = "mỗi cơ quan có sổ riêng; hãy làm từng cơ quan một"
        problems.append(Problem("--register", vi, "each agency has its own book; make one letter at a time"))
    if problems:
        raise InputError(*problems)
