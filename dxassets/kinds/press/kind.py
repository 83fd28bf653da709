"""What a press kit is: one archive of a campaign for journalists, in the issuing agency's name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import ClassVar, get_args

from dxassets.errors import Problem
from dxassets.jobs import Digests, Findings, Job, Rendered, Skip
from dxassets.kinds.faces import CardFace, Offer, Survey
from dxassets.kinds.press import words
from dxassets.kinds.press.composing import kit_of, logos_of
from dxassets.kinds.press.spec import PressFormat, PressSpec
from dxassets.kinds.press.wording import WORDING_FILE, wording_of
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope
from dxassets.kinds.telling import is_vietnamese
from dxassets.project import Project
from dxassets.resources import Resources
from dxassets.store import Record

FORMATS: tuple[PressFormat, ...] = get_args(PressFormat)
_PAGE_TEMPLATE = "templates/press/index.html.j2"
_ONLY_ISSUER = (
    "bộ báo chí là của cả chiến dịch, chỉ làm cho cơ quan ban hành",
    "the press kit is the campaign's, and is made for the issuing agency only",
)
_ONLY_VIETNAMESE = (
    "bộ báo chí chỉ có tiếng Việt, mà chiến dịch này không nói tiếng Việt (lang)",
    "the press kit is in Vietnamese, and this campaign is not (lang)",
)


class PressKind(Kind[PressSpec]):
    """Texts, pictures, logos and contacts with a page that shows them, to hand to a newspaper."""

    id = "press"
    titles = ("Bộ báo chí", "Press kit")
    formats: ClassVar[tuple[str, ...]] = FORMATS
    media_types: ClassVar = {"zip": "application/zip"}
    spec = PressSpec
    has_codes = False

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """One kit of all the campaign's days."""
        campaign, chosen = scope.project.campaign, scope.selection
        path = (campaign.issuing_agency, f"bo-bao-chi-{campaign.id}.zip")
        if not chosen.formats_of(FORMATS):
            return
        if all(agency.id != campaign.issuing_agency for agency in chosen.agencies):
            if chosen.kinds_asked:
                yield Skip(self.id, AssetDraft(self.id, None, *path).path, *_ONLY_ISSUER)
            return
        if not is_vietnamese(campaign):
            yield Skip(self.id, AssetDraft(self.id, None, *path).path, *_ONLY_VIETNAMESE)
            return
        spec, parts = kit_of(scope)
        yield AssetDraft(self.id, spec, *path, parts=parts)

    def inputs(self, spec: PressSpec, files: FileDigests) -> Digests:
        """The page's template, and the logos."""
        return files.read([_PAGE_TEMPLATE, *(logo.source for logo in spec.logos if logo.source is not None)])

    def title(self, spec: PressSpec) -> str:
        """What it is, and of what."""
        return words.press_title(spec)

    def alt(self, spec: PressSpec) -> str:
        """What lies in it."""
        return words.press_alt(spec)

    def cost(self, job: Job[PressSpec]) -> int:
        """All its pictures are made with it."""
        del job
        return 3

    def survey(self, project: Project) -> Survey:
        """Words and logos that are wrong, and sizes that there are not."""
        read = Survey.of_reading(lambda: (wording_of(project.resources), logos_of(project)))
        if read.errors:
            return read
        unknown = [
            Problem(
                f"{WORDING_FILE}: pictures[{at}].preset",
                f"không có cỡ ảnh “{wish.preset}”; bộ báo chí sẽ thiếu ảnh này",
                f"there is no preset {wish.preset!r}; the press kit goes without this picture",
            )
            for at, wish in enumerate(wording_of(project.resources).pictures)
            if project.presets.preset(wish.preset) is None
        ]
        return Survey(warnings=tuple(unknown))

    def render(self, job: Job[PressSpec], resources: Resources) -> Rendered:
        """The archive."""
        from dxassets.kinds.press.render import render  # noqa: PLC0415  (drawing libraries when needed)

        return render(job, resources)

    def prepare(self) -> None:
        """Load the libraries."""
        import_module("dxassets.kinds.press.render")

    def check(self, job: Job[PressSpec], rendered: Rendered) -> Findings:
        """The archive is whole, its page names all that lies in it, and everything opens."""
        from dxassets.kinds.press.gates import check_press  # noqa: PLC0415  (reading libraries when needed)

        return check_press(job.spec, rendered)

    def read_back(self, data: bytes, media_type: str) -> tuple[float, float] | None:
        """None: an archive has no size. ValueError where it is damaged."""
        from dxassets.backends.zipped import unzipped  # noqa: PLC0415  (when needed)
        from dxassets.kinds.press.render import MOST_KIT  # noqa: PLC0415  (as above)

        del media_type
        unzipped(data, 4 * MOST_KIT)
        return None

    def card(self, record: Record, project: Project, beside: Sequence[Record]) -> CardFace:
        """What it is, in both languages."""
        del beside
        return CardFace((record.title, f"{self.titles[1]} (ZIP): {project.campaign.title}"))

    def offer(self, project: Project) -> Offer | None:
        """The kit; a campaign in another language has none."""
        return Offer("The campaign's press kit", ()) if is_vietnamese(project.campaign) else None


KIND = PressKind()
