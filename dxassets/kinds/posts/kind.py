"""What posts are: an office's texts for its channels in three lengths, and a plan of when each is posted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import ClassVar, get_args

from dxassets.agencies import Agency
from dxassets.errors import Problem
from dxassets.jobs import Digests, Findings, Job, Rendered, Skip
from dxassets.kinds.asking import format_choice, office_choice, offices_asked
from dxassets.kinds.faces import Offer, Survey
from dxassets.kinds.posts import words
from dxassets.kinds.posts.composing import postings_of, posts_of
from dxassets.kinds.posts.spec import PostsFormat, PostsSpec
from dxassets.kinds.posts.wording import WORDING_FILE, wording_of
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Wanted
from dxassets.kinds.telling import is_vietnamese
from dxassets.notation import short_date
from dxassets.project import Project
from dxassets.resources import Resources

FORMATS: tuple[PostsFormat, ...] = get_args(PostsFormat)
_NAMES: dict[PostsFormat, str] = {"docx": "bai-dang.docx", "txt": "bai-dang.txt", "csv": "lich-dang.csv"}
_ONLY_VIETNAMESE = (
    "bài đăng chỉ có tiếng Việt, mà chiến dịch này không nói tiếng Việt (lang)",
    "post texts are in Vietnamese only, and this campaign is not (lang)",
)


class PostsKind(Kind[PostsSpec]):
    """Texts to copy, and a table for programs that post."""

    id = "posts"
    titles = ("Bài đăng", "Post texts")
    formats: ClassVar[tuple[str, ...]] = FORMATS
    media_types: ClassVar = {"txt": "text/plain", "csv": "text/csv"}
    spec = PostsSpec
    has_codes = False

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """Three files for each agency, in its own name."""
        for agency in scope.selection.agencies:
            made = _specs(scope.project, agency, scope.selection.formats_of(FORMATS))
            for spec in made:
                draft = AssetDraft(self.id, spec, agency.id, _NAMES[spec.format])
                yield draft if spec.posts else Skip(self.id, draft.path, *_ONLY_VIETNAMESE)

    def inputs(self, spec: PostsSpec, files: FileDigests) -> Digests:
        """None: everything is said in the spec."""
        del spec, files
        return ()

    def title(self, spec: PostsSpec) -> str:
        """Post texts, and as what."""
        return words.posts_title(spec)

    def alt(self, spec: PostsSpec) -> str:
        """Whose they are, and how many."""
        return words.posts_alt(spec)

    def survey(self, project: Project) -> Survey:
        """The campaign's own texts where they are wrong."""
        read = Survey.of_reading(lambda: posts_of(project, project.campaign.issuer))
        if read.errors:
            return read
        unknown = [
            Problem(
                f"{WORDING_FILE}: channels.{channel.id}.preset",
                f"không có cỡ ảnh “{channel.preset}”; bài của kênh này sẽ không kèm ảnh",
                f"there is no preset {channel.preset!r}; this channel's posts come without a picture",
            )
            for channel in wording_of(project.resources).channels
            if project.presets.preset(channel.preset) is None
        ]
        return Survey(warnings=tuple(unknown))

    def render(self, job: Job[PostsSpec], resources: Resources) -> Rendered:
        """The posts in the job's format."""
        from dxassets.kinds.posts.render import render  # noqa: PLC0415  (Word when needed)

        return render(job, resources)

    def prepare(self) -> None:
        """Load the libraries."""
        import_module("dxassets.kinds.posts.render")

    def check(self, job: Job[PostsSpec], rendered: Rendered) -> Findings:
        """Texts are NFC, complete, and no longer than their channels take."""
        from dxassets.kinds.posts.gates import check_posts  # noqa: PLC0415  (reading libraries when needed)

        return check_posts(job.spec, rendered)

    def offer(self, project: Project) -> Offer | None:
        """An office's posts; a campaign in another language has none."""
        if not is_vietnamese(project.campaign):
            return None
        return Offer(
            "Post texts for an office's channels", (format_choice(FORMATS, "docx"), office_choice(project))
        )

    def one_off(self, project: Project, said: Mapping[str, str]) -> Wanted:
        """The posts that a request asks for."""
        del project
        return Wanted(
            kinds=(self.id,), formats=(said.get("format", FORMATS[0]),), agencies=offices_asked(said)
        )


KIND = PostsKind()


def _specs(project: Project, agency: Agency, formats: tuple[PostsFormat, ...]) -> list[PostsSpec]:
    """The files of an office: their texts are composed once."""
    campaign, wording = project.campaign, wording_of(project.resources)
    posts = posts_of(project, agency)
    postings = postings_of(campaign, wording, posts)
    limits = tuple(
        f"{channel.title}: {words.limit_of(channel.most)}, xem ngày {short_date(channel.checked_on, 'vi')}."
        for channel in wording.channels
    )
    return [PostsSpec(each, campaign.title, agency.name, posts, postings, limits) for each in formats]
