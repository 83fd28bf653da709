"""Letters to files: the campaign's own, or those by which agencies pass it on; whole, split or as drafts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dxassets.api.building import plan
from dxassets.api.checking import undrawable
from dxassets.api.letter_law import Verdict, judge_file, judge_source, together
from dxassets.api.project import Project
from dxassets.api.single import finished
from dxassets.campaign import Agency
from dxassets.dispatch import WHOLE, Edition, LetterFill, annex_names, read_letter
from dxassets.errors import InputError, Problem, UnknownIdError
from dxassets.jobs import Job, LetterSpec
from dxassets.planner import Wanted, unknown_office
from dxassets.planner.forwarding import forward_of
from dxassets.store import publish
from dxassets.vietnamese import clean, strange_characters

FORWARD_FILE = "forward.md"


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
    """The files that were written, why some agencies have none, and what else deserves a look."""

    files: tuple[Path, ...]
    skipped: tuple[Problem, ...]
    notices: tuple[Problem, ...] = ()

    def __repr__(self) -> str:
        counts = f"skipped={len(self.skipped)}, notices={len(self.notices)}"
        return f"LettersMade(files={len(self.files)}, {counts})"


def make_letters(project: Project, folder: str | Path, *, wanted: LetterWanted) -> LettersMade:
    """The letters that are wanted, as Word files and PDFs below `folder`.

    `InputError` for a number, date, signer or agency that can't be, and for a letter that the linter
    would refuse; nothing is written then.
    """
    jobs, skipped = letter_jobs(project, wanted)
    made = [(job, finished(job, project.resources).data) for job in jobs]
    verdict = together([_judged(job, data, project) for job, data in made if job.path.endswith(".docx")])
    if verdict.errors:
        raise InputError(*verdict.errors)
    many = len({job.agency for job in jobs} | {problem.where for problem in skipped}) > 1
    files = [
        publish(Path(folder, job.agency if many else ""), job.path.rpartition("/")[2], data)
        for job, data in made
    ]
    notices = (*_notices(project, wanted, jobs), *verdict.warnings)
    return LettersMade(tuple(files), skipped, notices)


def letter_jobs(project: Project, wanted: LetterWanted) -> tuple[tuple[Job, ...], tuple[Problem, ...]]:
    """The jobs of the letters that are wanted, and why some agencies have none.

    `InputError` if none has, and for what in their own files the decree forbids. A job's key is that of
    the blank, whole letter: here it says nothing of the bytes.
    """
    fill = letter_fill(project, number=wanted.number, issued=wanted.issued, signer=wanted.signer)
    agencies = _agencies(project, wanted)
    _refuse_one_for_all(wanted, len(agencies))
    jobs = plan(project, Wanted(kinds=("letter",), letter=fill)).jobs
    found: list[Job] = []
    skipped: list[Problem] = []
    for agency in agencies:
        if agency.id == project.campaign.issuing_agency:
            made = [each for job in jobs for each in _parts(job, project, wanted)]
        else:
            made = [
                each for each in (_passed_on(job, agency, project, wanted.edition) for job in jobs) if each
            ]
        if not made:
            skipped.append(_no_template(agency))
        found += [_edited(job, edition) for job, edition in made]
    if not found:
        raise InputError(*skipped)
    errors = together([_judged_source(job, project) for job in found]).errors
    if errors:
        raise InputError(*errors)
    return tuple(found), tuple(skipped)


def _judged_source(job: Job, project: Project) -> Verdict:
    """What the decree says to the files of the job's letter; its Word file and PDF share them."""
    spec = job.spec
    if not isinstance(spec, LetterSpec) or spec.format != "docx":
        return Verdict()
    letter = read_letter(spec.dispatch, project.resources.data, forward=spec.forward)
    return judge_source(letter, LetterFill(spec.number, spec.issued, spec.signer))


def _judged(job: Job, data: bytes, project: Project) -> Verdict:
    """What the decree says to the letter of `job`, in its files and in the finished Word file."""
    spec = job.spec
    if not isinstance(spec, LetterSpec):
        return Verdict()
    known = _judged_source(job, project)
    name = f"{job.agency}/{job.path.rpartition('/')[2]}"
    return together([known, judge_file(data, name, source=spec.dispatch, known=known.warnings)])


def _refuse_one_for_all(wanted: LetterWanted, count: int) -> None:
    """A number and a signer are one agency's: no two agencies register, or sign, alike."""
    if count < 2 and not wanted.all_agencies:
        return
    given = [("--number", wanted.number), ("--signer", wanted.signer)]
    problems = [
        Problem(
            option,
            f"“{value}” là của một cơ quan; hãy làm từng cơ quan một, hoặc bỏ {option}",
            f"{value!r} is one agency's; make one agency's letter at a time, or leave out {option}",
        )
        for option, value in given
        if value is not None
    ]
    if problems:
        raise InputError(*problems)


def _notices(project: Project, wanted: LetterWanted, jobs: tuple[Job, ...]) -> Iterator[Problem]:
    """What was asked for and has no effect, and what is among the files without being named."""
    issuer = project.campaign.issuer
    own = any(job.agency == issuer.id for job in jobs)
    if wanted.split_annex and not any(_is_part(job) for job in jobs):
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


def _is_part(job: Job) -> bool:
    return isinstance(job.spec, LetterSpec) and job.spec.edition.part is not None


def make_letter(
    project: Project,
    folder: str | Path = ".",
    *,
    number: str | None = None,
    issued: date | None = None,
    signer: str | None = None,
) -> tuple[Path, ...]:
    """The campaign's letter as a Word file and as a PDF in `folder`; blanks stay for what is not given."""
    return make_letters(project, folder, wanted=LetterWanted(number, issued, signer)).files


def letter_fill(
    project: Project, *, number: str | None = None, issued: date | None = None, signer: str | None = None
) -> LetterFill:
    """What registration fills in, checked; `InputError` for a number, date or signer that can't be."""
    fill = LetterFill(number, issued, _signer(project, signer))
    if issued is not None:
        _check_date(issued)
    return fill


def _signer(project: Project, signer: str | None) -> str | None:
    """The signer's name, cleaned and drawable."""
    if signer is None:
        return None
    name = clean(signer)
    problems = list(
        undrawable([("--signer", name)], project.brand.typefaces.text, resources=project.resources)
    )
    codes = ", ".join(f"U+{ord(char):04X}" for char in strange_characters(name))
    if codes:
        vi, en = f"có ký tự không in được ({codes})", f"holds characters that can't be printed ({codes})"
        problems = [Problem("--signer", vi, en)]
    if not name:
        problems = [Problem("--signer", "không được để trống", "must not be empty")]
    if problems:
        raise InputError(*problems[:1])
    return name


def _check_date(issued: date) -> None:
    """The decree's own first day is the earliest that its form can carry."""
    if issued < date(2020, 3, 5):
        raise InputError(
            Problem(
                "--date",
                f"{issued}: Nghị định 30 có hiệu lực từ ngày 05/3/2020",
                f"{issued}: the decree is in force since 2020-03-05",
            )
        )


def _agencies(project: Project, wanted: LetterWanted) -> tuple[Agency, ...]:
    """Whose letters are wanted; the issuing agency's when nobody is named."""
    campaign = project.campaign
    if wanted.all_agencies:
        return campaign.offices
    unknown = [name for name in wanted.agencies if campaign.office(name) is None]
    if unknown:
        raise UnknownIdError(*(unknown_office("--agency", name, campaign) for name in unknown))
    chosen = [campaign.office(name) for name in dict.fromkeys(wanted.agencies)]
    return tuple(each for each in chosen if each is not None) or (campaign.issuer,)


def _passed_on(job: Job, agency: Agency, project: Project, edition: Edition) -> tuple[Job, Edition] | None:
    """The job of passing the letter of `job` on, or None when there is no template for that agency."""
    forward = forward_of(agency, project.campaign)
    if forward is None or not isinstance(job.spec, LetterSpec):
        return None
    spec = replace(job.spec, dispatch=FORWARD_FILE, forward=forward)
    return replace(job, path=f"cong-van.{spec.format}", agency=agency.id, spec=spec), edition


def _no_template(agency: Agency) -> Problem:
    return Problem(
        agency.name,
        "không thuộc UBND tỉnh, huyện hay xã; mẫu công văn chuyển tiếp không áp dụng",
        "is no body below the province's people's committee; the template is not for them",
    )


def _parts(job: Job, project: Project, wanted: LetterWanted) -> Iterator[tuple[Job, Edition]]:
    """The files that the campaign's own letter comes in: one, or the letter and each annex by itself."""
    stem, _, suffix = job.path.rpartition(".")
    dispatch = project.campaign.dispatch
    count = len(annex_names(project.resources.read(dispatch).data, dispatch))
    if not wanted.split_annex or not count:
        yield job, wanted.edition
        return
    yield job, replace(wanted.edition, part=0)
    for number in range(1, count + 1):
        name = "phu-luc" if count == 1 else f"phu-luc-{number}"
        yield replace(job, path=f"{stem}-{name}.{suffix}"), replace(wanted.edition, part=number)


def _edited(job: Job, edition: Edition) -> Job:
    """The job in that edition."""
    if not isinstance(job.spec, LetterSpec):
        return job
    return replace(job, spec=replace(job.spec, edition=edition))
