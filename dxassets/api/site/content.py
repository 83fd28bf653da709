"""From a built folder to the site's content: each kind says which of its files are shown where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dxassets.api.site.duties import roles_of
from dxassets.api.site.forms import chart_in, forms_of
from dxassets.digest import digest
from dxassets.kinds.faces import Built, SiteWanted, Text
from dxassets.kinds.registry import all_kinds
from dxassets.models import Bilingual
from dxassets.planner.tools import tools_of
from dxassets.project import Project
from dxassets.renderers.site import Site, SitePapers
from dxassets.store import Record, place_in


@dataclass(frozen=True, slots=True)
class SiteContent:
    """A site, and where each file that it shows lies in the built folder: `sources` by path in the site."""

    site: Site
    sources: dict[str, str]

    def read(self, folder: Path, path: str) -> bytes:
        """A file of the site, by its path there, as it was built into `folder`."""
        return place_in(folder, self.sources[path]).read_bytes()


def site_of(
    project: Project,
    records: Sequence[Record],
    *,
    folder: Path,
    wanted: SiteWanted,
    address: str | None = None,
) -> SiteContent:
    """The site of what was built into `folder`; `records` are those of its files that it offers."""
    sources: dict[str, str] = {}
    fields: dict[str, Any] = {}
    papers: list[SitePapers] = []
    for kind in all_kinds().values():
        mine = tuple(record for record in records if record.kind == kind.id)
        built = Built(project, mine, folder, wanted, sources, made_by=repr(tools_of("x.svg")))
        fields |= kind.site(built)
        if mine and not kind.has_page:
            papers.append(_papers(kind.id, kind.titles, built))
    forms = forms_of(project, served=not wanted.draws)
    laid = {path: place for place, path in sources.items()}
    site = Site(
        project.campaign,
        project.brand,
        project.presets,
        papers=tuple(papers),
        forms=forms,
        chart=None if wanted.sums is None else chart_in(wanted.sums),
        roles=roles_of(project, records, laid, fields.get("links", ()), reports=forms is not None),
        address=address,
        digests=_digests(sources, records, folder),
        **fields,
    )
    return SiteContent(site, sources)


def _digests(sources: Mapping[str, str], records: Sequence[Record], folder: Path) -> dict[str, str]:
    """The SHA-256 of each file that is laid into the site, by its path there; previews have no record."""
    known = {record.path: record.sha256 for record in records}
    return {
        path: known.get(found) or digest(place_in(folder, found).read_bytes())
        for path, found in sources.items()
    }


def _papers(kind_id: str, titles: Text, built: Built) -> SitePapers:
    """The files of a kind that has no page of its own: a plain list, in the folders they were built in."""
    files = tuple(
        (record.title, built.lay(record, "/".join([*record.path.split("/")[1:-1], ""])))
        for record in built.records
    )
    return SitePapers(kind_id, Bilingual(vi=titles[0], en=titles[1]), files)
