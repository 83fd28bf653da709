"""What a script is: the campaign for the ear, to be read aloud or given to a voice."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import ClassVar, get_args

from dxassets.errors import CampaignError, Problem
from dxassets.jobs import Digests, Findings, Job, Rendered, Skip
from dxassets.kinds.asking import format_choice
from dxassets.kinds.faces import Offer, SiteWanted, Survey
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Wanted
from dxassets.kinds.script import words
from dxassets.kinds.script.composing import broadcasts_of, script_of
from dxassets.kinds.script.spec import ScriptFormat, ScriptSpec, Version
from dxassets.kinds.script.wording import OWN_TEXT, OWN_VOCABULARY, wording_of
from dxassets.kinds.telling import is_vietnamese
from dxassets.kinds.typefaces import typeface_inputs
from dxassets.project import Project
from dxassets.resources import Resources

FORMATS: tuple[ScriptFormat, ...] = get_args(ScriptFormat)
_STEM = "loa"
_SSML = "application/ssml+xml"
_ONLY_VIETNAMESE = (
    "lời phát thanh chỉ có tiếng Việt, mà chiến dịch này không nói tiếng Việt (lang)",
    "the script for loudspeakers speaks Vietnamese only, and this campaign does not (lang)",
)
_TOO_LONG = (
    "không câu nào đủ ngắn cho một bản phát thanh; hãy rút gọn khẩu hiệu, hoặc viết loa.md",
    "no sentence is short enough for any version; shorten the slogan, or write loa.md",
)


class ScriptKind(Kind[ScriptSpec]):
    """A text with marks for breath, in three lengths."""

    id = "script"
    titles = ("Lời phát thanh", "Scripts for loudspeakers")
    formats: ClassVar[tuple[str, ...]] = FORMATS
    media_types: ClassVar = {"txt": "text/plain", "ssml": _SSML}
    spec = ScriptSpec
    has_codes = False

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """All versions in one file of each format, a file a version for voices; the same for all agencies."""
        campaign, chosen = scope.project.campaign, scope.selection
        formats = chosen.formats_of(FORMATS)
        specs = [] if not is_vietnamese(campaign) else [(f, _specs(scope.project, f)) for f in formats]
        for agency in chosen.agencies:
            for file_format, made in specs:
                yield from (
                    AssetDraft(self.id, spec, agency.id, f"{stem}.{file_format}") for stem, spec in made
                )
            if not any(made for _, made in specs):
                reason = _TOO_LONG if is_vietnamese(campaign) else _ONLY_VIETNAMESE
                for name in formats:
                    yield Skip(self.id, AssetDraft(self.id, None, agency.id, f"{_STEM}.{name}").path, *reason)

    def inputs(self, spec: ScriptSpec, files: FileDigests) -> Digests:
        """Pages: typeface and template. Texts are made of their spec alone."""
        if spec.format != "pdf":
            return ()
        names = files.resources.names(f"templates/{self.id}", ".j2")
        return files.of(self.id, lambda: (*files.read(names), *typeface_inputs("text", files, cuts="all")))

    def title(self, spec: ScriptSpec) -> str:
        """The script, and as what."""
        return words.script_title(spec)

    def alt(self, spec: ScriptSpec) -> str:
        """Whose it is, and how long."""
        return words.script_alt(spec)

    def survey(self, project: Project) -> Survey:
        """Short forms that nobody explained, and the campaign's own files where they are wrong."""
        if not is_vietnamese(project.campaign):
            return Survey()
        try:
            script = script_of(project.campaign, project.resources, wording_of(project.resources))
        except CampaignError as error:
            return Survey(tuple(error.problems))
        too_long = (each for each in script.versions if each.seconds > each.wanted)
        return Survey(
            warnings=(*map(_too_long, too_long), *(_unexplained(short) for short in script.unknown))
        )

    def render(self, job: Job[ScriptSpec], resources: Resources) -> Rendered:
        """The script in the job's format."""
        from dxassets.kinds.script.render import render  # noqa: PLC0415  (Word and PDF when needed)

        return render(job, resources)

    def prepare(self) -> None:
        """Load the drawing libraries."""
        import_module("dxassets.kinds.script.render")

    def check(self, job: Job[ScriptSpec], rendered: Rendered) -> Findings:
        """Texts are NFC, pages are as many as were set, and the words are all there."""
        from dxassets.kinds.script.gates import check_script  # noqa: PLC0415  (reading libraries when needed)

        return check_script(job.spec, rendered)

    def read_back(self, data: bytes, media_type: str) -> tuple[float, float] | None:
        """As of all kinds; a file for voices is a text."""
        return super().read_back(data, "text/plain" if media_type == _SSML else media_type)

    def wishes(self, project: Project, wanted: SiteWanted) -> Iterator[Wanted]:
        """All of it, for those who read it aloud."""
        del wanted
        yield Wanted(kinds=(self.id,), formats=FORMATS if is_vietnamese(project.campaign) else ("txt",))

    def offer(self, project: Project) -> Offer | None:
        """The script in a format; a campaign in another language has none."""
        if not is_vietnamese(project.campaign):
            return None
        return Offer("The text for loudspeakers", (format_choice(FORMATS, "docx"),))


KIND = ScriptKind()


def _specs(project: Project, file_format: ScriptFormat) -> list[tuple[str, ScriptSpec]]:
    """The files of a format: their names without suffix, and what they are made of."""
    campaign = project.campaign
    wording = wording_of(project.resources)
    script = script_of(campaign, project.resources, wording)
    if not script.versions:
        return []
    broadcasts = broadcasts_of(campaign, wording, script.versions)
    parts = [(_STEM, script.versions, broadcasts)]
    if file_format == "ssml":
        parts = [(f"{_STEM}-{each.id}", (each,), ()) for each in script.versions]
    return [
        (
            stem,
            ScriptSpec(
                file_format, campaign.title, campaign.issuer.name, script.rate, versions, said, script.unknown
            ),
        )
        for stem, versions, said in parts
    ]


def _too_long(version: Version) -> Problem:
    """Only a campaign's own text can be: sentences of the template are chosen by their length."""
    seconds = words.duration(version.seconds)
    return Problem(
        OWN_TEXT,
        f"“{version.title}” đọc hết {seconds}; hãy rút gọn phần này",
        f"“{version.title}” takes {version.seconds} s to read; shorten it",
    )


def _unexplained(short: str) -> Problem:
    return Problem(
        OWN_TEXT,
        f"không biết đọc “{short}” trong lời phát thanh; "
        f'hãy thêm dòng "{short}" = "…" vào [words] của {OWN_VOCABULARY}',
        f'the script does not know how to read {short!r}; add "{short}" = "…" to [words] of {OWN_VOCABULARY}',
    )
