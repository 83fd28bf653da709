"""Letters to files: the campaign's own, or those by which agencies pass it on; whole, split or as drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dxassets.agencies import Agency
from dxassets.api.planning import plan
from dxassets.api.single import finished_with_findings
from dxassets.dispatch import WHOLE, Edition, LetterFill, explained_text
from dxassets.errors import AssetError, InputError, MissingLibraryError, Problem
from dxassets.jobs import AnyJob, Job, Skip
from dxassets.kinds.letter.forwarding import forward_of
from dxassets.kinds.letter.kind import KIND as LETTER
from dxassets.kinds.letter.law import not_told
from dxassets.kinds.letter.planning import checked_fill, source_warnings
from dxassets.kinds.letter.samples import sample_text
from dxassets.kinds.letter.spec import LetterSpec
from dxassets.planner import Wanted
from dxassets.project import Project
from dxassets.resources import GIVEN_TEXT
from dxassets.store import publish


@dataclass(frozen=True, slots=True)
class LetterWanted:
    """Which letters to make: everything is blank, whole and in PDF/A-2a unless said otherwise.

    `agencies` pass the campaign's letter on by `forward.md`; the issuing agency's is the letter itself.
    """

    number: str | None = None
    issued: date | None = None
    signer: str | None = None
    agencies: tuple[str, ...] = ()
    all_agencies: bool = False
    split_annex: bool = False
    edition: Edition = WHOLE


@dataclass(frozen=True, slots=True)
class LettersMade:
    """The files that were written, why some agencies have none, and what else deserves a look.

    `failed` says whose letter the linter refused, and why there is no PDF, where this machine can make none.
    """

    files: tuple[Path, ...]
    skipped: tuple[Problem, ...]
    notices: tuple[Problem, ...] = ()
    failed: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, or 1 when a letter, or all the PDFs, could not be made."""
        return 1 if self.failed else 0

    def __repr__(self) -> str:
        counts = f"skipped={len(self.skipped)}, notices={len(self.notices)}"
        return f"LettersMade(files={len(self.files)}, {counts})"


def make_letters(
    project: Project,
    folder: str | Path,
    *,
    wanted: LetterWanted,
    put: Callable[[Path, str, bytes], Path] = publish,
) -> LettersMade:
    """The letters that are wanted, as Word files and PDFs below `folder`.

    `InputError` for a number, date, signer or agency that can't be, and when the linter would refuse every
    letter; nothing is written then. Of several, those that it refuses are told by name, and the others are
    made. Without Pango there are the Word files alone. `put` writes each file: below a folder, under a name.
    """
    jobs, skipped = letter_jobs(project, wanted)
    made, failed = _finished(jobs, project)
    many = len({job.agency for job in jobs} | {problem.where for problem in skipped}) > 1
    files = [
        put(Path(folder, each.job.agency if many else ""), each.job.path.rpartition("/")[2], each.data)
        for each in made
    ]
    known = source_warnings(project, jobs)
    found = dict.fromkeys(remark for each in made for remark in each.remarks)
    notices = (*_notices(project, wanted, jobs), *known, *not_told(found, known))
    return LettersMade(tuple(files), skipped, notices, failed)


def letter_jobs(
    project: Project, wanted: LetterWanted
) -> tuple[tuple[Job[LetterSpec], ...], tuple[Problem, ...]]:
    """The jobs of the letters that are wanted, and why some agencies have none.

    `InputError` if none has, and for what in their own files the decree forbids.
    """
    planned = plan(
        project,
        Wanted(
            agencies=wanted.agencies,
            all_agencies=wanted.all_agencies,
            kinds=(LETTER.id,),
            letter=LetterFill(wanted.number, wanted.issued, wanted.signer),
            edition=wanted.edition,
            split_annex=wanted.split_annex,
        ),
    )
    skipped = tuple(dict.fromkeys(_reason(skip, project) for skip in planned.skipped))
    skipped += tuple(problem for refusal in planned.unserved for problem in refusal.problems)
    if not planned.jobs:
        raise InputError(*skipped)
    return planned.jobs, skipped


@dataclass(frozen=True, slots=True)
class _FinishedLetter:
    """A letter's bytes, and what deserves a look; a Word file's, which can still be edited, is told once."""

    job: Job[LetterSpec]
    data: bytes
    remarks: tuple[Problem, ...]


def _finished(
    jobs: tuple[Job[LetterSpec], ...], project: Project
) -> tuple[list[_FinishedLetter], tuple[Problem, ...]]:
    """Each letter that can be made, and why the others can't: what this machine lacks, or the decree refuses.

    An agency that is refused has neither format, and the others go on; `InputError` when none is left.
    """
    made: list[_FinishedLetter] = []
    missing: dict[Problem, None] = {}
    refused: dict[str, dict[Problem, None]] = {}
    for job in jobs:
        try:
            rendered, findings = finished_with_findings(job, project.resources)
        except (AssetError, InputError) as error:  # what was typed or written is wrong
            refused.setdefault(job.agency, {}).update(dict.fromkeys(error.problems))
            continue
        except MissingLibraryError as error:
            missing |= dict.fromkeys(error.problems)
            continue
        made.append(
            _FinishedLetter(job, rendered.data, findings.remarks if job.spec.format == "docx" else ())
        )
    if refused and len(refused) == len({job.agency for job in jobs}):
        raise InputError(*dict.fromkeys(each for told in refused.values() for each in told))
    named = (_named(agency, each, project) for agency, told in refused.items() for each in told)
    return [each for each in made if each.job.agency not in refused], (*missing, *named)


def _named(agency: str, problem: Problem, project: Project) -> Problem:
    """The problem with whose letter it stops."""
    office = project.campaign.office(agency)
    name = agency if office is None else office.name
    return replace(problem, where=f"{name}: {problem.where}" if problem.where else name)


def _reason(skip: Skip, project: Project) -> Problem:
    """Why an agency has no letter, told by its name."""
    office = project.campaign.office(skip.path.partition("/")[0])
    return Problem("" if office is None else office.name, skip.reason_vi, skip.reason_en)


def _notices(project: Project, wanted: LetterWanted, jobs: tuple[AnyJob, ...]) -> Iterator[Problem]:
    """What was asked for and has no effect, and what is among the files without being named."""
    issuer = project.campaign.issuer
    own = any(job.agency == issuer.id for job in jobs)
    if wanted.split_annex and not any(job.spec.edition.part is not None for job in jobs):
        yield Problem(
            "--split-annex",
            "công văn này không có phụ lục để tách; chỉ có công văn",
            "this letter has no annex to split off; there is the letter alone",
        )
    if wanted.all_agencies and own:
        yield Problem(
            "--all-agencies",
            f"thư mục {issuer.id} là công văn gốc của {issuer.name}, để gửi kèm các công văn chuyển tiếp",
            f"the folder {issuer.id} is the original letter of {issuer.name}, to go with the others",
        )


def forwarding_offices(project: Project) -> tuple[Agency, ...]:
    """The offices whose letter passes the campaign's on by the template."""
    campaign = project.campaign
    return tuple(office for office in campaign.offices if forward_of(office, campaign) is not None)


def letter_explained(project: Project) -> tuple[Problem, ...]:
    """What of the text of the campaign's letter was not taken as it stands, each with its line.

    Nothing when the campaign has no letter, or its text was given as a Word file.
    """
    source, find = project.campaign.dispatch or "", project.resources.data
    data = find(source) if source else None
    return () if data is None or find(GIVEN_TEXT) is not None else explained_text(data, source)


def letter_sample(name: str) -> str:
    """A sample of that kind of document (its slug), with holes for what only an office knows.

    `InputError` with all that there are when there is none of that name.
    """
    return sample_text(name)


def make_letter(
    project: Project,
    folder: str | Path = ".",
    *,
    number: str | None = None,
    issued: date | None = None,
    signer: str | None = None,
) -> tuple[Path, ...]:
    """The campaign's letter as a Word file and as a PDF in `folder`; blanks stay for what is not given.

    `MissingLibraryError` where this machine can make no PDF: the Word file is written all the same.
    """
    made = make_letters(project, folder, wanted=LetterWanted(number, issued, signer))
    if made.failed:
        raise MissingLibraryError(*made.failed)
    return made.files


def letter_fill(
    project: Project, *, number: str | None = None, issued: date | None = None, signer: str | None = None
) -> LetterFill:
    """What registration fills in, checked; `InputError` for a number, date or signer that can't be."""
    return checked_fill(project, LetterFill(number, issued, signer))
