"""What an avatar frame is: the theme's own composition and a square for each agency, day and theme."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import ClassVar, get_args

from dxassets.jobs import Digests, Findings, Job, Rendered, Skip, day_words
from dxassets.kinds.faces import Built, CardFace, SiteWanted, Survey
from dxassets.kinds.frame import words
from dxassets.kinds.frame.spec import FrameFormat, FrameSpec
from dxassets.kinds.frame.styles import styles_of
from dxassets.kinds.motifs import motif_inputs
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Wanted
from dxassets.kinds.typefaces import typeface_inputs
from dxassets.project import Project
from dxassets.resources import Resources
from dxassets.store import Record

_FILES: tuple[tuple[FrameFormat, int], ...] = (("png", 1080), ("png", 2048), ("svg", 1080))
"""As SVG, which has no size in px, a frame is made once."""


class FrameKind(Kind[FrameSpec]):
    """A transparent picture that people lay over their profile photo."""

    id = "frame"
    titles = ("Khung ảnh đại diện", "Avatar frames")
    formats: ClassVar[tuple[str, ...]] = get_args(FrameFormat)
    spec = FrameSpec
    has_page = True
    page = "avatar.html"
    counted = "khung ảnh"

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """Each agency's frames; those of the issuing agency are the whole province's and bear no name."""
        chosen, campaign = scope.selection, scope.project.campaign
        issuer = campaign.issuing_agency
        formats = chosen.formats_of(self.formats, usual=("png",))
        for agency in chosen.agencies:
            name = None if agency.id == issuer else agency.short_name
            for day, theme, (file_format, size) in product(chosen.days, chosen.themes, _FILES):
                if file_format not in formats:
                    continue
                for style in styles_of(theme, every=file_format == "svg" and name is None):
                    said = day_words(day, campaign)
                    spec = FrameSpec(theme, said, style, size, file_format, name)
                    yield frame_draft(spec, day=day.id, agency=agency.id)

    def inputs(self, spec: FrameSpec, files: FileDigests) -> Digests:
        """Typeface, templates, and the day's motif."""
        return files.of((self.id, spec.day.motif), lambda: self._look_inputs(spec.day.motif, files))

    def _look_inputs(self, motif: str, files: FileDigests) -> Digests:
        templates = files.read(files.resources.names(f"templates/{self.id}", ""))
        return (*templates, *motif_inputs(motif, files), *typeface_inputs("display", files))

    def title(self, spec: FrameSpec) -> str:
        """Style, size, theme and day."""
        return words.frame_title(spec)

    def alt(self, spec: FrameSpec) -> str:
        """What the frame is and says."""
        return words.frame_alt(spec, spec.agency_name)

    def cost(self, job: Job[FrameSpec]) -> int:
        """Large pictures with type on arcs."""
        del job
        return 2

    def survey(self, project: Project) -> Survey:
        """Names of days that no ring has room for."""
        from dxassets.kinds.frame.surveying import survey_frames  # noqa: PLC0415  (only for checks)

        return survey_frames(project)

    def render(self, job: Job[FrameSpec], resources: Resources) -> Rendered:
        """PNG with transparency, or SVG."""
        from dxassets.kinds.frame.render import render  # noqa: PLC0415  (drawing libraries when needed)

        return render(job, resources)

    def check(self, job: Job[FrameSpec], rendered: Rendered) -> Findings:
        """The hole, the circle and small copies, too."""
        from dxassets.kinds.frame.gates import check_frame  # noqa: PLC0415  (drawing libraries when needed)

        del job
        return check_frame(rendered)

    def card(self, record: Record, project: Project, beside: Sequence[Record]) -> CardFace:
        """Style and size, on a ground that shows what is see-through."""
        del project, beside
        return CardFace(words.card_title(record.preset or ""), see_through=True)

    def form(self, record: Record, project: Project) -> str:
        """Style and size."""
        del project
        return words.form_title(record.preset or "")

    def wishes(self, project: Project, wanted: SiteWanted) -> Iterator[Wanted]:
        """The province's own frames as drawings, into which the page puts photos."""
        del project, wanted
        yield Wanted(kinds=(self.id,), formats=("svg",))

    def site(self, built: Built) -> Mapping[str, object]:
        """The frames as SVG, without anybody's name on them."""
        from dxassets.kinds.frame.showing import frames_of  # noqa: PLC0415  (only who makes a site)

        return {"frames": frames_of(built)}


KIND = FrameKind()


def frame_draft(spec: FrameSpec, *, day: str, agency: str) -> AssetDraft:
    """The frame of `spec` in the folder of its agency, day and theme."""
    preset = f"{spec.style}-{spec.size}"
    return AssetDraft(
        kind=KIND.id,
        spec=spec,
        agency=agency,
        name=f"{preset}.{spec.format}",
        folders=(day, spec.theme.id),
        day=day,
        theme=spec.theme.id,
        preset=preset,
    )
