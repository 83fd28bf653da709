"""What a QR card is: one for each of the campaign's links, and for addresses that somebody gives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from itertools import product
from typing import ClassVar, get_args

from dxassets.campaign import Link
from dxassets.file_names import file_part
from dxassets.jobs import Digests, Job, Rendered, Skip, link_words
from dxassets.kinds.faces import Built, FileCalled, Offer, SiteWanted, Survey
from dxassets.kinds.qr import words
from dxassets.kinds.qr.spec import QrFormat, QrSpec
from dxassets.kinds.registry import Kind
from dxassets.kinds.scope import AssetDraft, FileDigests, Scope, Wanted
from dxassets.kinds.typefaces import typeface_inputs
from dxassets.project import Project
from dxassets.resources import BRAND_FILE, Resources

FORMATS: tuple[QrFormat, ...] = get_args(QrFormat)


class QrKind(Kind[QrSpec]):
    """A symbol on white, with what it leads to in words."""

    id = "qr"
    titles = ("Mã QR", "QR codes")
    formats: ClassVar[tuple[str, ...]] = FORMATS
    spec = QrSpec
    has_page = True
    page = "index.html"

    def plan(self, scope: Scope) -> Iterator[AssetDraft | Skip]:
        """A code for each agency, link and format; a link that is not set is skipped."""
        campaign = scope.project.campaign
        set_links = {link.id: link for link in link_words(campaign)}
        formats = scope.selection.formats_of(FORMATS)
        for agency in scope.selection.agencies:
            for link, file_format in product(campaign.links, formats):
                name = f"{file_part(link.id)}.{file_format}"
                if link.id in set_links:
                    spec = QrSpec(set_links[link.id], campaign.phrases, file_format)
                    yield AssetDraft(self.id, spec, agency.id, name)
                else:
                    yield _unset(link, AssetDraft(self.id, None, agency.id, name).path)

    def inputs(self, spec: QrSpec, files: FileDigests) -> Digests:
        """Typeface and templates, and the brand: its colours are the first theme's, which no spec holds."""
        del spec
        names = (BRAND_FILE, *files.resources.names(f"templates/{self.id}", ""))
        return files.of(self.id, lambda: (*files.read(names), *typeface_inputs("display", files)))

    def title(self, spec: QrSpec) -> str:
        """Where the code leads."""
        return words.qr_title(spec.link)

    def alt(self, spec: QrSpec) -> str:
        """What stands below the code."""
        return words.qr_alt(spec.link)

    def survey(self, project: Project) -> Survey:
        """Labels, domains and addresses that no card has room for."""
        from dxassets.kinds.qr.surveying import survey_codes  # noqa: PLC0415  (only for checks)

        return survey_codes(project)

    def render(self, job: Job[QrSpec], resources: Resources) -> Rendered:
        """The card in the job's format."""
        from dxassets.kinds.qr.render import render  # noqa: PLC0415  (drawing libraries when needed)

        return render(job, resources)

    def prepare(self) -> None:
        """Load the drawing libraries."""
        import_module("dxassets.kinds.qr.render")

    def wishes(self, project: Project, wanted: SiteWanted) -> Iterator[Wanted]:
        """Codes as drawings for pages, and as pictures to take."""
        del wanted
        if project.campaign.links:
            yield Wanted(kinds=(self.id,), formats=("svg", "png"))

    def site(self, built: Built) -> Mapping[str, object]:
        """The links whose codes were made."""
        from dxassets.kinds.qr.showing import links_of  # noqa: PLC0415  (only who makes a site)

        return {"links": links_of(built)}

    def offer(self, project: Project) -> Offer:
        """The code of one of the campaign's links, or of an address that may be coded."""
        from dxassets.kinds.qr.offering import offer_of  # noqa: PLC0415  (only who serves)

        return offer_of(project)

    def one_off(self, project: Project, said: Mapping[str, str]) -> AssetDraft:
        """The code that a request asks for."""
        from dxassets.kinds.qr.offering import code_of  # noqa: PLC0415  (only who serves)

        return code_of(project, said)

    def called(self, job: Job[QrSpec], project: Project) -> FileCalled:
        """By the host that it leads to."""
        from dxassets.kinds.qr.offering import name_of  # noqa: PLC0415  (only who serves)

        del project
        name = name_of(job.spec)
        return FileCalled(name, name)


KIND = QrKind()


def _unset(link: Link, path: str) -> Skip:
    return Skip(
        KIND.id,
        path,
        f"chưa có liên kết “{link.label}”; hãy điền url của liên kết “{link.id}” trong campaign.toml"
        f"{_zalo_form(link, 'chữ số', '–')}",
        f"the link {link.label!r} is not set; fill in the url of the link {link.id!r} in campaign.toml"
        f"{_zalo_form(link, 'digits', ' to ')}",
    )


def _zalo_form(link: Link, digits: str, to: str) -> str:
    """How the address of a Zalo OA looks, since it can be guessed the least."""
    return f", https://zalo.me/<15{to}19 {digits}>" if "zalo" in link.id.split("-") else ""
