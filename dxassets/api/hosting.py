"""The campaign's site as a server shows it: pages in memory, pictures where the build put them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path
from typing import Any, cast

from dxassets.api.building import Failure, Observer, build, output_folder
from dxassets.api.letters import forwarding_offices
from dxassets.api.planning import plan
from dxassets.api.site import SiteWanted, site_of, wishes_of
from dxassets.backends.templating import Templates
from dxassets.errors import Lang
from dxassets.project import Project
from dxassets.renderers.site import LANGS, PageName, Site, SitePages, page_path, policy
from dxassets.renderers.site.bundling import bundle
from dxassets.renderers.site.goods import file_scripts
from dxassets.renderers.site.texts import read_texts
from dxassets.resources import Resources
from dxassets.store import peek, place_in

FOLDER = "templates/server"
TEXTS = f"{FOLDER}/texts.toml"
LIVE_PLACES = ("api/", "live/", "healthz", "metrics")
"""What is made anew each time; a browser must not keep what somebody typed."""
_LIVE_PAGES: tuple[PageName, ...] = ("banner.html", "letter.html")


@dataclass(frozen=True, slots=True)
class HostedSite:
    """The site's files by path: `files` in memory, `pictures` on the disk; what `failed` is not there."""

    files: Mapping[str, bytes]
    pictures: Mapping[str, Path]
    failed: tuple[Failure, ...] = ()


def host_site(
    project: Project,
    wanted: SiteWanted | None = None,
    *,
    limits: Mapping[str, int],
    built: str | Path = "output",
    jobs: int = 1,
    observer: Observer | None = None,
) -> HostedSite:
    """The site with its panels for live making.

    What it offers is built into `built` as far as it is not there. `limits` are the most
    characters of each field by name. Nothing is written when nothing is missing, so `built`
    may be read-only then.
    """
    wanted = replace(wanted or SiteWanted(), draws=False)
    wishes = wishes_of(project, wanted)
    folder = output_folder(project, built)
    failed: tuple[Failure, ...] = ()
    planned = plan(project, wishes).jobs
    shelf = peek(folder)
    if any(shelf.current(job.path, job.key) is None for job in planned):
        failed = build(project, wishes, out=built, jobs=jobs, observer=observer).failed
        shelf = peek(folder)
    records = [record for job in planned if (record := shelf.current(job.path, job.key)) is not None]
    content = site_of(project, records, folder=folder, wanted=wanted, address=wanted.address)
    scripts = file_scripts(content.site, partial(content.read, folder))
    desk = SitePages(content.site, project.resources, more={**_live_assets(project.resources), **scripts})
    files = desk.files(_live_pages(project, desk, limits))
    files["sw.js"] = _blind(files["sw.js"])
    return HostedSite(
        files, {path: place_in(folder, found) for path, found in content.sources.items()}, failed
    )


def _live_assets(resources: Resources) -> dict[str, bytes]:
    """What the pages with panels load beside the site's own."""
    files = {"live.css": resources.read(f"{FOLDER}/live.css").data}
    for script in map(_live_script, _LIVE_PAGES):
        files[f"js/{script}.js"] = bundle(f"{script}.js", lambda each: _script(resources, each)).encode()
    return files


def _live_pages(project: Project, desk: SitePages, limits: Mapping[str, int]) -> dict[str, bytes]:
    """The pages with panels."""
    files: dict[str, bytes] = {}
    for lang in LANGS:
        own = read_texts(project.resources, lang, name=TEXTS)
        shell = desk.texts(lang)
        for name in _LIVE_PAGES:
            context = {
                "t": {**shell, "page": {**shell["page"], "privacy": own["live"]["privacy"]}},
                "words": own["live"],
                "policy": policy(name).replace("form-action 'none'", "form-action 'self'"),
                "limits": limits,
                "media": _media(desk.site),
                "forwarders": forwarding_offices(project),
            }
            page = desk.page(
                name, lang, live=context, template=f"server/{name}.j2", script=_live_script(name)
            )
            files[page_path(name, lang)] = page.encode()
    return files


def _live_script(name: PageName) -> str:
    return f"live_{name.removesuffix('.html')}"


def _media(site: Site) -> list[tuple[str, list[Any]]]:
    """All presets by medium, in the file's order."""
    presets = site.presets.presets
    media = dict.fromkeys(preset.medium for preset in presets)
    return [(medium, [preset for preset in presets if preset.medium == medium]) for medium in media]


def _script(resources: Resources, name: str) -> str:
    """A module's text: the server's own, or the site's."""
    own = f"{FOLDER}/js/{name}"
    found = own if resources.find(own) is not None else f"templates/site/js/{name}"
    return resources.read(found).data.decode()


def _blind(worker: bytes) -> bytes:
    """The site's service worker, blind to what is made live."""
    places = ", ".join(f'"{place}"' for place in LIVE_PLACES)
    blind = (
        'self.addEventListener("fetch", (event) => {\n'
        "  const path = event.request.url.slice(self.registration.scope.length);\n"
        f"  if ([{places}].some((place) => path.startsWith(place))) event.stopImmediatePropagation();\n"
        "});\n"
    )
    return blind.encode() + worker


@dataclass(frozen=True)
class ErrorPages:
    """Plain pages that say what went wrong; they need no script and no other file but the style sheet."""

    resources: Resources
    title: str

    def page(self, lang: Lang, *, status: int, heading: str, lines: Sequence[str], up: str) -> bytes:
        """An error as HTML; `up` leads from the address that failed to the site's root."""
        context: dict[str, object] = {
            "lang": lang,
            "status": status,
            "heading": heading,
            "lines": lines,
            "up": up,
            "campaign": self.title,
            "words": read_texts(self.resources, cast("Any", lang), name=TEXTS)["error"],
        }
        return self._templates.render("server/error.html.j2", context).encode()

    @cached_property
    def _templates(self) -> Templates:
        return Templates(lambda name: self.resources.read(f"templates/{name}").data.decode())
