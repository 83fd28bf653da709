"""Builds what the site needs, makes its pages, and lays both into one folder that any web server can show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from dxassets.api.building import Failure, Observer, build
from dxassets.api.showing import run_to_html
from dxassets.api.site.content import SiteContent, site_of
from dxassets.api.site.listing import SITE_LIST, UNDER_WAY, SiteList, all_names, own_files
from dxassets.api.site.rules import rules_of
from dxassets.api.site.wishes import checked_address, wishes_of
from dxassets.digest import digest
from dxassets.errors import Problem
from dxassets.kinds.faces import SiteWanted
from dxassets.project import Project
from dxassets.renderers.site import SitePages
from dxassets.renderers.site.editions import in_order
from dxassets.renderers.site.goods import file_scripts
from dxassets.store import place_in, publish_changed, read_manifest, remove, shard_of, sweep
from dxassets.store.mirror import mirror

EVERYTHING = SiteWanted()


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What a site holds. `built`, `failed` and `notes` are of the build before it."""

    folder: Path
    index: Path
    agencies: int
    banners: int
    files: int
    bytes: int
    removed: int
    built: int
    failed: tuple[Failure, ...]
    seconds: float
    notes: tuple[Problem, ...] = ()

    @property
    def exit_code(self) -> int:
        """0, or 1 when an asset failed and is not on the site."""
        return 1 if self.failed else 0

    def __repr__(self) -> str:
        counts = f"agencies={self.agencies}, banners={self.banners}, files={self.files}"
        return f"SiteReport({str(self.folder)!r}, {counts}, failed={len(self.failed)})"

    def _repr_html_(self) -> str:
        counts = {
            "agencies": self.agencies,
            "banners": self.banners,
            "files": self.files,
            "failed": len(self.failed),
        }
        problems = ((failure.path, problem) for failure in self.failed for problem in failure.problems)
        return run_to_html(counts, problems, place=self.index)


def build_site(
    project: Project,
    folder: str | Path,
    *,
    wanted: SiteWanted = EVERYTHING,
    built: str | Path = "output",
    jobs: int = 1,
    observer: Observer | None = None,
    rules: Sequence[str] = (),
) -> SiteReport:
    """The campaign's site in `folder`; what it offers is built into `built` first, as far as it is not there.

    `rules` names those of `SERVERS` whose file of rules is laid beside the pages.

    `InputError` before anything is written when the input is wrong, or when `folder` holds
    something that is no site of ours; `OutputError` when it can't be written.
    """
    begun = perf_counter()
    address = checked_address(wanted.address or project.campaign.site.url)
    target = Path(folder)
    before = own_files(target)
    report = build(project, wishes_of(project, wanted), out=built, jobs=jobs, observer=observer)
    paths = {*report.made, *report.up_to_date}
    manifest = read_manifest(report.folder, only=set(map(shard_of, paths)))
    records = [record for record in manifest.assets if record.path in paths] if manifest else []
    content = site_of(project, records, folder=report.folder, wanted=wanted, address=address)
    more = file_scripts(content.site, partial(content.read, report.folder))
    files = SitePages(content.site, project.resources, more=more).files()
    for server in rules:
        files |= rules_of(server, project.resources)
    sizes = _lay_out(content, files, source=report.folder, target=target, before=before)
    shelves = content.site.shelves
    return SiteReport(
        folder=target,
        index=target / "index.html",
        agencies=len(shelves),
        banners=sum(len(shelf.banners) for shelf in shelves),
        files=len(sizes),
        bytes=sum(sizes.values()),
        removed=len(before - sizes.keys()),
        built=len(report.made),
        failed=report.failed,
        seconds=perf_counter() - begun,
        notes=(*report.notes, *content.site.undrawn),
    )


def _lay_out(
    content: SiteContent, pages: Mapping[str, bytes], *, source: Path, target: Path, before: Iterable[str]
) -> dict[str, int]:
    """Every file of the site in its place, and what a former one left taken away; bytes by path.

    A list of what will be there comes first, so that a site that was stopped half-way is known as ours; what
    it left unfinished goes then. Pages come after all that they show, and the site's own list is the last:
    whoever looks in meanwhile sees no page whose pictures are missing.
    """
    sizes = {path: place_in(source, found).stat().st_size for path, found in content.sources.items()}
    sizes |= {path: len(data) for path, data in pages.items()}
    name = content.site.campaign.id
    publish_changed(target, UNDER_WAY, SiteList(name, all_names(sizes, before)).to_json())
    sweep(target)
    for path in in_order(sizes):
        if path in pages:
            publish_changed(target, path, pages[path])
        else:
            mirror(target, path, place_in(source, content.sources[path]))
    for path in sorted(set(before) - sizes.keys()):
        remove(target, path)
    digests = {**content.site.digests, **{path: digest(data) for path, data in pages.items()}}
    publish_changed(target, SITE_LIST, SiteList(name, digests).to_json())
    remove(target, UNDER_WAY)
    return sizes
