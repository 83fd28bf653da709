"""From a built folder to the site's content: each kind says which of its files are shown where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dxassets.kinds.faces import Built, SiteWanted, Text
from dxassets.kinds.registry import all_kinds
from dxassets.models import Bilingual
from dxassets.project import Project
from dxassets.renderers.site import Site, SitePapers
from dxassets.store import Record


@dataclass(frozen=True, slots=True)
class SiteContent:
    """A site, and where each file that it shows lies in the built folder: `sources` by path in the site."""

    site: Site
    sources: dict[str, str]


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
        built = Built(project, mine, folder, wanted, sources)
        fields |= kind.site(built)
        if mine and not kind.has_page:
            papers.append(_papers(kind.id, kind.titles, built))
    site = Site(
        project.campaign, project.brand, project.presets, papers=tuple(papers), address=address, **fields
    )
    return SiteContent(site, sources)


def _papers(kind_id: str, titles: Text, built: Built) -> SitePapers:
    """The files of a kind that has no page of its own: a plain list."""
    files = tuple((record.title, built.lay(record, f"{kind_id}/")) for record in built.records)
    return SitePapers(kind_id, Bilingual(vi=titles[0], en=titles[1]), files)
