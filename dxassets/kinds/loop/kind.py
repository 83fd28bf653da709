"""What a loop is: a banner's composition in motion, for boards, screens and web slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import ClassVar

from dxassets.backends.films_missing import why_no_films
from dxassets.jobs import Digests, Findings, Job, Rendered, Skip
from dxassets.kinds.faces import LONGEST, Built, CardFace, FileCalled, Offer, Parameter, SiteWanted, Survey
from dxassets.kinds.loop import words
from dxassets.kinds.loop.planning import FORMATS, PlannedLoop, can_film, planned_loops
from dxassets.kinds.loop.showing import loop_card
from dxassets.kinds.loop.sizes import loop_sizes
from dxassets.kinds.loop.spec import LoopSpec
from dxassets.kinds.pictured import picture_inputs
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Wanted
from dxassets.project import Project
from dxassets.resources import Resources
from dxassets.store import Record


class LoopKind(Kind[LoopSpec]):
    """A picture whose mark gathers and whose slogan comes phrase by phrase, without beginning or end."""

    id = "loop"
    titles = ("Vòng lặp", "Loops")
    formats: ClassVar[tuple[str, ...]] = FORMATS
    media_types: ClassVar = {"mp4": "video/mp4", "gif": "image/gif"}
    spec = LoopSpec
    counted = "vòng lặp"
    has_page = True
    page = "loops.html"

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """The usual sizes of each day in its look, or what is named; one word where films can't be made."""
        told = False
        for planned in planned_loops(scope):
            draft = _draft(planned)
            if planned.spec.format != "mp4" or can_film():
                yield draft
            elif not told:
                told = True
                yield Skip(self.id, draft.path, *why_no_films())

    def inputs(self, spec: LoopSpec, files: FileDigests) -> Digests:
        """What its picture is drawn with."""
        return picture_inputs(spec, files)

    def title(self, spec: LoopSpec) -> str:
        """Size, theme and day."""
        return words.loop_title(spec)

    def alt(self, spec: LoopSpec) -> str:
        """The words in the picture."""
        return words.loop_alt(spec)

    def cost(self, job: Job[LoopSpec]) -> int:
        """A film takes as long as anything does."""
        return 2 if job.spec.format == "png" else 3

    def survey(self, project: Project) -> Survey:
        """Slogans and names that don't fit, or can't be read in the time."""
        from dxassets.kinds.loop.surveying import survey_loops  # noqa: PLC0415  (only for checks)

        return survey_loops(project)

    def render(self, job: Job[LoopSpec], resources: Resources) -> Rendered:
        """The loop in the job's format."""
        from dxassets.kinds.loop.render import render  # noqa: PLC0415  (drawing libraries when needed)

        return render(job, resources)

    def prepare(self) -> None:
        """Load the drawing libraries, and what films are written with where it is here."""
        import_module("dxassets.kinds.loop.render")
        if can_film():
            import_module("dxassets.backends.video")

    def check(self, job: Job[LoopSpec], rendered: Rendered) -> Findings:
        """Frames are read back: the seam, type in the time it is read, the code over two seconds."""
        from dxassets.kinds.loop.gates import check_loop  # noqa: PLC0415  (reading libraries when needed)

        return check_loop(job.spec, rendered)

    def read_back(self, data: bytes, media_type: str) -> tuple[float, float] | None:
        """Width and height."""
        from dxassets.kinds.loop.gates import size_in  # noqa: PLC0415  (as above)

        return size_in(data, media_type)

    def codes_in(self, data: bytes, media_type: str) -> tuple[str, ...]:
        """What the code says in the first frame, which is whole."""
        from dxassets.kinds.loop.gates import codes_of  # noqa: PLC0415  (as above)

        return codes_of(data, media_type)

    def card(self, record: Record, project: Project, beside: Sequence[Record]) -> CardFace:
        """Called by its size; animations carry their snippet, with the still for who wants no motion."""
        return loop_card(record, project, beside)

    def form(self, record: Record, project: Project) -> str:
        """The size."""
        sizes = loop_sizes(project.resources).sizes
        titles = {size.id: size.title.vi for size in sizes}
        return titles.get(record.preset or "", record.title)

    def wishes(self, project: Project, wanted: SiteWanted) -> Iterator[Wanted]:
        """What a build makes of the issuing agency: nothing is drawn for the site alone."""
        del project
        yield Wanted(kinds=(self.id,), days=wanted.days)

    def site(self, built: Built) -> Mapping[str, object]:
        """Films to look at, each with the still in its place."""
        from dxassets.kinds.loop.on_site import films_of  # noqa: PLC0415  (only who makes a site)

        return {"films": films_of(built)}

    def offer(self, project: Project) -> Offer:
        """A small animation or a film of one day."""
        days = tuple(day.id for day in project.campaign.days)
        themes = tuple(theme.id for theme in project.brand.every_theme)
        offices = tuple(office.id for office in project.campaign.offices)
        return Offer(
            "A seamless loop",
            (
                Parameter("day", "Id of the day", days[0], required=True, choices=days),
                Parameter("theme", "Id of the theme", themes[0], required=True, choices=themes),
                Parameter(
                    "size", "Pixels, or the id of a size", "256x64", required=True, shortest=5, longest=30
                ),
                Parameter("format", "File format", "gif", choices=FORMATS, default="gif"),
                Parameter("agency", "Id of an office", project.campaign.issuing_agency, choices=offices),
                Parameter("name", "Full name of an office", longest=LONGEST["name"]),
            ),
        )

    def one_off(self, project: Project, said: Mapping[str, str]) -> Wanted:
        """The loop that a request asks for."""
        del project
        return Wanted(
            agencies=(said["agency"],) if "agency" in said else (),
            agency_names=(said["name"],) if "name" in said else (),
            days=(said["day"],),
            themes=(said["theme"],),
            sizes=(said["size"],),
            kinds=(self.id,),
            formats=(said.get("format", "gif"),),
        )

    def called(self, job: Job[LoopSpec], project: Project) -> FileCalled:
        """By whose it is, day, theme and size."""
        del project
        own = f"{job.day}-{job.theme}-{job.path.rpartition('/')[2]}"
        return FileCalled(f"{job.agency}-{own}", f"{job.spec.agency.name} - {own}")


KIND = LoopKind()


def _draft(planned: PlannedLoop) -> AssetDraft:
    spec = planned.spec
    day, theme, name = planned.path
    return AssetDraft(
        kind=KIND.id,
        spec=spec,
        agency=spec.agency.id,
        name=name,
        folders=(day, theme),
        day=planned.day.id,
        theme=spec.theme.id,
        preset=spec.preset.id,
    )
