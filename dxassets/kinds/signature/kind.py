"""What a signature is: the agency's name and the campaign's picture below a mail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import ClassVar, get_args

from dxassets.agencies import Agency
from dxassets.days import Day
from dxassets.file_names import file_part
from dxassets.jobs import Digests, Findings, Job, Rendered, Skip, is_english
from dxassets.kinds.asking import day_choice, format_choice, office_choice, offices_asked
from dxassets.kinds.faces import Offer, Survey
from dxassets.kinds.holding import drafts_of
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Wanted
from dxassets.kinds.signature import words
from dxassets.kinds.signature.spec import SignatureFormat, SignatureSpec
from dxassets.kinds.signature.wording import USUAL_LINES, SignatureFile, signature_file
from dxassets.kinds.telling import main_words
from dxassets.presets import Preset
from dxassets.project import Project
from dxassets.resources import Resources

FORMATS: tuple[SignatureFormat, ...] = get_args(SignatureFormat)
PRESET = "signature-600x120"
HOW_TO_FILE = "templates/signature/huong-dan.txt"
_STEM, _HOW_TO = "chu-ky", "huong-dan-chu-ky.txt"
_NO_PRESET = (
    f"không có cỡ ảnh {PRESET} trong presets.toml nên không làm được chữ ký",
    f"there is no preset {PRESET}, so no signature can be made",
)


class SignatureKind(Kind[SignatureSpec]):
    """A signature for each day, as HTML, as a mail, as plain text, and a guide."""

    id = "signature"
    titles = ("Chữ ký thư", "Mail signatures")
    formats: ClassVar[tuple[str, ...]] = FORMATS
    media_types: ClassVar = {"html": "text/html", "eml": "message/rfc822", "txt": "text/plain"}
    spec = SignatureSpec
    has_codes = False

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """Each agency's signatures; the picture in them is its banner of that size."""
        project, chosen = scope.project, scope.selection
        formats = chosen.formats_of(FORMATS)
        preset = project.presets.preset(PRESET)
        if preset is None:
            for agency, each in ((agency, each) for agency in chosen.agencies for each in formats):
                yield Skip(self.id, AssetDraft(self.id, None, agency.id, f"{_STEM}.{each}").path, *_NO_PRESET)
            return
        own = signature_file(project.resources)
        pictures = {
            (draft.agency, draft.day): draft
            for draft in drafts_of(
                scope,
                "banner",
                agencies=chosen.agencies,
                formats=("png",),
                days=chosen.days,
                presets=(preset,),
            )
        }
        for agency in chosen.agencies:
            for day in chosen.days:
                for each in formats:
                    spec = _spec(project, agency, day, each, own=own, preset=preset)
                    held = each == "eml" or (each == "html" and spec.address is None)
                    parts = (pictures[agency.id, day.id],) if held else ()
                    name = f"{_STEM}-{file_part(day.id)}.{each}"
                    yield AssetDraft(self.id, spec, agency.id, name, day=day.id, parts=parts)
            if "txt" in formats and chosen.days:
                spec = _spec(project, agency, chosen.days[0], "txt", own=own, preset=preset)
                yield AssetDraft(self.id, _guide(spec), agency.id, _HOW_TO)

    def inputs(self, spec: SignatureSpec, files: FileDigests) -> Digests:
        """The guide's text; a signature is made of its spec and the picture."""
        return files.read([HOW_TO_FILE]) if spec.how_to else ()

    def title(self, spec: SignatureSpec) -> str:
        """A signature, and as what."""
        return words.signature_title(spec)

    def alt(self, spec: SignatureSpec) -> str:
        """Whose it is."""
        return words.signature_alt(spec)

    def survey(self, project: Project) -> Survey:
        """The campaign's own wishes where they are wrong."""
        return Survey.of_reading(lambda: signature_file(project.resources))

    def render(self, job: Job[SignatureSpec], resources: Resources) -> Rendered:
        """The signature in the job's format."""
        from dxassets.kinds.signature.render import render  # noqa: PLC0415  (mail when needed)

        return render(job, resources)

    def prepare(self) -> None:
        """Load the libraries."""
        import_module("dxassets.kinds.signature.render")

    def check(self, job: Job[SignatureSpec], rendered: Rendered) -> Findings:
        """NFC, and only what mail programs leave alone."""
        from dxassets.kinds.signature.gates import check_signature  # noqa: PLC0415  (when needed)

        found = super().check(job, rendered)
        check_signature(job.spec, rendered)
        return found

    def read_back(self, data: bytes, media_type: str) -> tuple[float, float] | None:
        """None: a signature is a text."""
        del media_type
        return super().read_back(data, "text/plain")

    def offer(self, project: Project) -> Offer:
        """An office's signature of a day."""
        return Offer(
            "An office's mail signature",
            (format_choice(FORMATS, "html"), day_choice(project), office_choice(project)),
        )

    def one_off(self, project: Project, said: Mapping[str, str]) -> Wanted:
        """The signature that a request asks for."""
        return Wanted(
            kinds=(self.id,),
            formats=(said.get("format", FORMATS[0]),),
            days=(said.get("day", project.campaign.days[0].id),),
            agencies=offices_asked(said),
        )


KIND = SignatureKind()


def _spec(
    project: Project, agency: Agency, day: Day, each: SignatureFormat, *, own: SignatureFile, preset: Preset
) -> SignatureSpec:
    link = main_words(project.campaign)
    label, domain, url = ("", "", None) if link is None else (link.label, link.domain, link.url)
    size = (int(preset.width), int(preset.height))
    lang = day.lang or project.campaign.lang
    lines = USUAL_LINES["en" if is_english(lang) else "vi"] if own.lines is None else own.lines
    return SignatureSpec(
        each, agency.name, lines, day.slogan.short or day.slogan.text, label, domain, url, size,
        own.picture if each == "html" else None, lang, day.id, day.mark or day.name,
    )  # fmt: skip


def _guide(spec: SignatureSpec) -> SignatureSpec:
    """The guide is the same for everybody."""
    return SignatureSpec("txt", "", (), "", "", "", None, (0, 0), None, spec.lang, "", "", how_to=True)
