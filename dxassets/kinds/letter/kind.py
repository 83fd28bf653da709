"""What a letter is: the issuing agency's dispatch, and the letters by which others pass it on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import ClassVar

from dxassets.dispatch import Edition, LetterFill, annex_names, missing_annexes
from dxassets.dispatch.parse import original_name
from dxassets.errors import InputError, Problem
from dxassets.file_names import file_part
from dxassets.jobs import Digests, Findings, Job, Rendered, Skip
from dxassets.kinds.faces import LONGEST, Built, FileCalled, Offer, Parameter, SiteWanted, Survey
from dxassets.kinds.letter import words
from dxassets.kinds.letter.planning import FORMATS, KIND_ID, planned_letters, survey_letters
from dxassets.kinds.letter.spec import LetterSpec
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Wanted
from dxassets.kinds.typefaces import typeface_inputs
from dxassets.project import Project
from dxassets.resources import GIVEN_TEXT, Resources

_DATE = r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"


class LetterKind(Kind[LetterSpec]):
    """A document by the form of Nghị định 30/2020/NĐ-CP."""

    id = KIND_ID
    titles = ("Công văn", "The letter")
    formats: ClassVar[tuple[str, ...]] = FORMATS
    spec = LetterSpec
    has_page = True
    page = "letter.html"

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """The letters of the selection."""
        return planned_letters(scope)

    def inputs(self, spec: LetterSpec, files: FileDigests) -> Digests:
        """The dispatch, what it passes on, their annexes, the typeface and the templates."""
        sources = [spec.dispatch, *([spec.forward.source] if spec.forward is not None else [])]
        return files.of(
            (self.id, *sources, spec.kind),
            lambda: (
                *files.read(name for source in sources for name in _letter_files(source, files)),
                *files.read(files.resources.names(f"templates/{self.id}", "")),
                *typeface_inputs("text", files),
            ),
        )

    def title(self, spec: LetterSpec) -> str:
        """The letter, and as what."""
        return words.letter_title(spec)

    def alt(self, spec: LetterSpec) -> str:
        """Whose letter it is, and about what."""
        return words.letter_alt(spec)

    def cost(self, job: Job[LetterSpec]) -> int:
        """Pages are typeset for the Word file, too."""
        del job
        return 3

    def survey(self, project: Project) -> Survey:
        """What is wrong with the letter's files, by the decree and by the campaign."""
        return survey_letters(project)

    def render(self, job: Job[LetterSpec], resources: Resources) -> Rendered:
        """The letter in the job's format."""
        from dxassets.kinds.letter.render import render  # noqa: PLC0415  (WeasyPrint and python-docx when needed)

        return render(job, resources)

    def prepare(self) -> None:
        """Load the drawing libraries."""
        import_module("dxassets.kinds.letter.render")
        import_module("dxassets.backends.pages")

    def check(self, job: Job[LetterSpec], rendered: Rendered) -> Findings:
        """Codes, size, and the decree."""
        from dxassets.kinds.letter.gates import check_letter  # noqa: PLC0415  (the linter when needed)

        return check_letter(job, rendered)

    def wishes(self, project: Project, wanted: SiteWanted) -> Iterator[Wanted]:
        """The issuing agency's own letter, where the campaign has one."""
        dispatch = project.campaign.dispatch
        if dispatch is not None and project.resources.find(dispatch) is not None:
            yield Wanted(kinds=(self.id,), letter=wanted.letter)

    def site(self, built: Built) -> Mapping[str, object]:
        """The letter to read, and its files."""
        from dxassets.kinds.letter.showing import site_letter  # noqa: PLC0415  (only who makes a site)

        return {"letter": site_letter(built)}

    def offer(self, project: Project) -> Offer:
        """A letter, filled in. It holds a signer's name, so nobody on the way may keep it."""
        return _offer(project)

    def one_off(self, project: Project, said: Mapping[str, str]) -> Wanted:
        """The letter that a request asks for."""
        del project
        issued = _date(said["date"]) if "date" in said else None
        return Wanted(
            kinds=(self.id,),
            formats=(said.get("format", FORMATS[0]),),
            agencies=(said["agency"],) if "agency" in said else (),
            letter=LetterFill(said.get("number"), issued, said.get("signer")),
            edition=Edition(draft=said.get("edition") == "draft"),
        )

    def called(self, job: Job[LetterSpec], project: Project) -> FileCalled:
        """By its number, and by whose it is where it is not the issuer's own."""
        spec, number = job.spec, job.spec.number
        draft = spec.edition.draft
        agency = None if job.agency == project.campaign.issuing_agency else job.agency
        own = f"{f'-{number}' if number else ''}{'-du-thao' if draft else ''}.{spec.format}"
        name = f"cong-van{'' if agency is None else '-' + file_part(agency)}{own}"
        office = None if agency is None else project.campaign.office(agency)
        whose = "" if office is None else f" - {office.short_name}"
        title = f"Công văn{f' số {number}' if number else ''}{whose}{' (dự thảo)' if draft else ''}"
        return FileCalled(name, f"{title}.{spec.format}")


KIND = LetterKind()


def _letter_files(source: str, files: FileDigests) -> list[str]:
    """A dispatch and the annexes that it names; what is wrong with them is noted."""
    resources = files.resources
    if resources.find(source) is None:
        return [source]
    try:
        data = resources.read(source).data
        annexes = list(annex_names(data, source))
        files.note(missing_annexes(data, source, resources.data))
        original = original_name(data, source)
        if original and original != source:
            annexes += _letter_files(original, files)
    except InputError as error:
        files.note(error.problems)
        return [source]
    given = [GIVEN_TEXT] if resources.find(GIVEN_TEXT) is not None else []
    return [source, *(name for name in annexes if resources.find(name) is not None), *given]


def _date(text: str) -> date:
    """A day such as 2026-09-21; `InputError` when there is none like it."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(
            Problem(
                "date",
                "không có ngày này; hãy chọn lại (năm-tháng-ngày, ví dụ 2026-09-21)",
                "is no real date; choose again (year-month-day, such as 2026-09-21)",
            )
        ) from error


def _offer(project: Project) -> Offer:
    offices = tuple(office.id for office in project.campaign.offices)
    shown = "ubnd-huyen-cu-jut" if "ubnd-huyen-cu-jut" in offices else offices[0]
    parameters = (
        Parameter("format", "File format", "docx", choices=FORMATS, default="docx"),
        Parameter(
            "number", "The document's number; blank if left out", "1234", pattern="^([1-9][0-9]{0,5})?$"
        ),
        Parameter("date", "Date of issue; blank if left out", "2026-09-21", pattern=_DATE),
        Parameter(
            "signer",
            "Name of the signer; as in the campaign if left out",
            "Nguyễn Văn A",
            longest=LONGEST["signer"],
        ),
        Parameter(
            "agency",
            "Id of an office that passes the letter on; the issuing one if left out",
            shown,
            choices=("", *offices),
        ),
        Parameter(
            "edition",
            "draft prints DỰ THẢO behind the words",
            "draft",
            choices=("final", "draft"),
            default="final",
        ),
    )
    return Offer("The letter", parameters, by_post=True, kept=False)
