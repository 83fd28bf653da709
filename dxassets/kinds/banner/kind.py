"""What a banner is: one for each agency, day, theme and preset; how it is shown and offered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from typing import ClassVar

from dxassets.jobs import Digests, Job, Rendered, Skip
from dxassets.kinds.banner import words
from dxassets.kinds.banner.planning import FORMATS, PlannedBanner, banner_name, planned_banners
from dxassets.kinds.banner.spec import BannerSpec
from dxassets.kinds.faces import Built, CardFace, FileCalled, Offer, SiteWanted, Survey
from dxassets.kinds.pictured import picture_inputs
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Wanted
from dxassets.project import Project
from dxassets.renderers.pictures.words import picture_alt
from dxassets.resources import Resources
from dxassets.store import Record

_LARGE_PX = 1_500_000
_EACH_WHOLE = frozenset({"jpg", "webp", "avif"})
"""Formats in which no picture shares a stream with another of its look."""


class BannerKind(Kind[BannerSpec]):
    """Words × look × shape as a picture."""

    id = "banner"
    titles = ("Banner", "Banners")
    formats: ClassVar[tuple[str, ...]] = FORMATS
    spec = BannerSpec
    has_page = True
    page = "banner.html"
    counted = "banner"
    has_debug = True

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """A banner for each agency, day, theme and preset that is wanted."""
        return (_draft(planned) for planned in planned_banners(scope))

    def inputs(self, spec: BannerSpec, files: FileDigests) -> Digests:
        """Typeface, the theme's templates, the day's motif and scene, and the agency's logo."""
        return picture_inputs(spec, files)

    def title(self, spec: BannerSpec) -> str:
        """Preset, theme and day."""
        return words.banner_title(spec)

    def alt(self, spec: BannerSpec) -> str:
        """The words in the picture."""
        return picture_alt(spec)

    def cost(self, job: Job[BannerSpec]) -> int:
        """Pages most, then pictures that are large, or encoded as a whole each time."""
        preset = job.spec.preset
        if job.spec.format == "pdf" or preset.unit != "px":
            return super().cost(job)
        is_large = preset.width * preset.height > _LARGE_PX
        return 2 if is_large or job.spec.format in _EACH_WHOLE else 1

    def survey(self, project: Project) -> Survey:
        """Templates and logos that are missing or bad."""
        from dxassets.kinds.banner.surveying import survey_banners  # noqa: PLC0415  (only for checks)

        return survey_banners(project)

    def render(self, job: Job[BannerSpec], resources: Resources) -> Rendered:
        """The picture in the job's format."""
        from dxassets.kinds.banner.render import render  # noqa: PLC0415  (drawing libraries when needed)

        return render(job, resources)

    def prepare(self) -> None:
        """Load the drawing libraries."""
        import_module("dxassets.kinds.banner.render")

    def card(self, record: Record, project: Project, beside: Sequence[Record]) -> CardFace:
        """Called by its preset: day and theme stand above its group; with its snippet for web pages."""
        from dxassets.kinds.banner.showing import banner_card  # noqa: PLC0415  (only who shows)

        return banner_card(record, project, beside)

    def form(self, record: Record, project: Project) -> str:
        """The preset."""
        preset = project.presets.preset(record.preset or "")
        return (record.preset or "") if preset is None else preset.title.vi

    def wishes(self, project: Project, wanted: SiteWanted) -> Iterator[Wanted]:
        """What the site's banner page offers of each agency."""
        from dxassets.kinds.banner.showing import site_wishes  # noqa: PLC0415  (only who makes a site)

        return site_wishes(project, wanted)

    def site(self, built: Built) -> Mapping[str, object]:
        """A shelf of banners for each agency, and what the page draws any agency's name into."""
        from dxassets.kinds.banner.kept_bases import KeptBases  # noqa: PLC0415  (only who makes a site)
        from dxassets.kinds.banner.nameless import bases_of, prints_of  # noqa: PLC0415  (only for a site)
        from dxassets.kinds.banner.showing import shelves_of  # noqa: PLC0415

        kept = KeptBases(built.folder, built.made_by)
        bases, undrawn = bases_of(built.project, built.wanted, kept=kept) if built.wanted.draws else ((), ())
        shelves, prints = shelves_of(built, drawn=bool(bases)), prints_of(built)
        return {"shelves": shelves, "bases": bases, "prints": prints, "undrawn": undrawn}

    def offer(self, project: Project) -> Offer:
        """One banner, of an office on the list or of any name."""
        from dxassets.kinds.banner.offering import offer_of  # noqa: PLC0415  (only who serves)

        return offer_of(project)

    def one_off(self, project: Project, said: Mapping[str, str]) -> Wanted:
        """The banner that a request asks for."""
        from dxassets.kinds.banner.offering import banner_of  # noqa: PLC0415  (only who serves)

        return banner_of(project, said)

    def called(self, job: Job[BannerSpec], project: Project) -> FileCalled:
        """By whose it is, day, theme and size."""
        del project
        own, look = job.path.rpartition("/")[2], f"{job.day}-{job.theme}"
        return FileCalled(
            f"{job.agency}-{look}-{own}", f"{job.spec.agency.name} - {job.day} - {job.theme} - {own}"
        )


KIND = BannerKind()


def _draft(planned: PlannedBanner) -> AssetDraft:
    spec = planned.spec
    return AssetDraft(
        kind=KIND.id,
        spec=spec,
        agency=spec.agency.id,
        name=banner_name(spec),
        folders=(planned.day, spec.theme.id),
        day=planned.day,
        theme=spec.theme.id,
        preset=spec.preset.id,
    )
