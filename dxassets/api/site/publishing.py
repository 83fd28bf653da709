"""Builds what the site needs, makes its pages, and lays both into one folder that any web server can show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from dxassets.api.building import Failure, Observer, build
from dxassets.api.showing import run_to_html
from dxassets.api.site.content import SiteContent, site_of
from dxassets.api.site.wishes import checked_address, wishes_of
from dxassets.errors import InputError, Problem
from dxassets.kinds.faces import SiteWanted
from dxassets.project import Project
from dxassets.renderers.site import SitePages
from dxassets.store import place_in, publish_changed, read_manifest, remove, sweep
from dxassets.store.mirror import mirror

EVERYTHING = SiteWanted()
SITE_LIST = "site.json"
"""The list of the site's files; by it a later build knows which ones are its own."""
_FORMAT = 1


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
) -> SiteReport:
    """The campaign's site in `folder`; what it offers is built into `built` first, as far as it is not there.

    `InputError` before anything is written when the input is wrong, or when `folder` holds
    something that is no site of ours; `OutputError` when it can't be written.
    """
    begun = perf_counter()
    address = checked_address(wanted.address)
    target = Path(folder)
    before = _own_files(target)
    report = build(project, wishes_of(project, wanted), out=built, jobs=jobs, observer=observer)
    paths = {*report.made, *report.up_to_date}
    manifest = read_manifest(report.folder)
    records = [record for record in manifest.assets if record.path in paths] if manifest else []
    content = site_of(project, records, folder=report.folder, wanted=wanted, address=address)
    sizes = _lay_out(project, content, source=report.folder, target=target, before=before)
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
        notes=report.notes,
    )


def _own_files(folder: Path) -> set[str]:
    """The files of the site that lies in `folder`; `InputError` when something else lies there."""
    try:
        listed = json.loads((folder / SITE_LIST).read_text(encoding="utf-8"))
        return set(listed["files"]) if listed["format"] == _FORMAT else set()
    except FileNotFoundError:
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return set()
    except (OSError, ValueError, KeyError, TypeError):
        pass
    raise InputError(
        Problem(
            str(folder),
            "đã có thứ khác ở đây; hãy chọn một thư mục mới hoặc còn trống cho trang web bằng --out",
            "holds something else; choose a new or empty folder for the site with --out",
        )
    )


def _lay_out(
    project: Project, content: SiteContent, *, source: Path, target: Path, before: Iterable[str]
) -> dict[str, int]:
    """Every file of the site in its place, and what a former one left taken away; bytes by path.

    The list comes first, so that a site that was stopped half-way is known as ours; what it left
    unfinished goes then. Pages come last: whoever looks in meanwhile sees no page whose pictures
    are missing.
    """
    pages = SitePages(content.site, project.resources).files()
    sizes = {path: place_in(source, found).stat().st_size for path, found in content.sources.items()}
    sizes |= {path: len(data) for path, data in pages.items()}
    listed = {"format": _FORMAT, "campaign": content.site.campaign.id, "files": sorted({*sizes, *before})}
    publish_changed(target, SITE_LIST, _json(listed))
    sweep(target)
    for path, found in content.sources.items():
        mirror(target, path, place_in(source, found))
    for path, data in pages.items():
        publish_changed(target, path, data)
    for path in sorted(set(before) - sizes.keys()):
        remove(target, path)
    listed["files"] = sorted(sizes)
    publish_changed(target, SITE_LIST, _json(listed))
    return sizes


def _json(document: object) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()
