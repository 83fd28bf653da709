"""What goes into an office's whole pack beside pictures: words to post, calendars, and where files lie.

All of it comes as scripts, which a page may load from a web server and from a folder alike. A file of the
site is fetched where there is a server; a script beside hands it over where there is none.
"""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping

from dxassets.campaign import Campaign
from dxassets.days import Day
from dxassets.renderers.site.editions import DIGITS, address
from dxassets.renderers.site.filters import said
from dxassets.renderers.site.handing import handed
from dxassets.renderers.site.model import Site, SiteFile
from dxassets.renderers.site.texts import LANGS
from dxassets.resources import Resources

_HAND = "dxassetsHand"
GOODS = "js/goods.js"
LIBRARY = "js/pdf-lib.js"
PACK = "pack/"
"""Where the scripts lie that hand over files of the site."""
MOST_HANDED = 200_000
"""Bytes of a file that a script hands over: letters and papers are lighter, films are not."""
_VENDOR = "templates/site/js/vendor"


def pack_scripts(site: Site, source: Callable[[str], str], resources: Resources) -> dict[str, bytes]:
    """The scripts that are loaded when somebody packs or prints, by path; none without agencies."""
    if not site.shelves:
        return {}
    scripts = {"js/packing.js": source("packing.js").encode()}
    if any(page.pdf is not None for page in site.prints):
        licence = resources.read(f"{_VENDOR}/pdf-lib.LICENSE.md").data.decode()
        library = resources.read(f"{_VENDOR}/pdf-lib.min.js").data.decode()
        scripts["js/printing.js"] = source("printing.js").encode()
        whole = library.partition("//# sourceMappingURL")[0]  # the map is not here
        scripts[LIBRARY] = f"/*\n{licence}*/\n{whole}".encode()
    return scripts


def file_scripts(site: Site, read: Callable[[str], bytes]) -> dict[str, bytes]:
    """Scripts that hand over the files that go into a pack; `read` gives one by its path in the site.

    Heavy files have none: they lie in the same folder, and the pack says where.
    """
    if not site.shelves:
        return {}
    files = ((path, read(path)) for path in _files(site))
    return {
        _script_of(path): handed(_HAND, f"file {path}", b64encode(zlib.compress(data, 9)).decode())
        for path, data in files
        if len(data) <= MOST_HANDED
    }


def goods_of(
    site: Site, digests: Mapping[str, str], texts: Mapping[str, Mapping[str, object]]
) -> dict[str, bytes]:
    """`GOODS`: what there is to pack. `digests` are the SHA-256 of the site's files, by path."""
    if not site.shelves:
        return {}
    told = {
        "texts": {lang: texts[lang] for lang in LANGS},
        "days": {day.id: _posted(day, site.campaign) for day in site.days},
        "presets": {preset.id: preset.format for preset in site.used_presets},
        "frames": [
            [frame.day, frame.theme, frame.style, digests[f"frames/{frame.id}.js"][:DIGITS]]
            for frame in site.frames
        ],
        "calendars": [{"for": list(each.agencies), "ics": each.ics} for each in site.calendars],
        "files": {
            path: [address(each, digests[each]) for each in (path, _script_of(path)) if each in digests]
            for path in _files(site)
        },
        "codes": [[link.svg, link.width, link.height] for link in site.links],
        "papers": [
            *([file.path, "cong-van/"] for file in _letter(site)),
            *([file.path, _folder_of(file.path)] for file in site.all_papers),
        ],
    }
    return {GOODS: handed(_HAND, "goods", told)}


def _folder_of(path: str) -> str:
    """Where a paper lies in a pack: films of two days have one name."""
    return "/".join(["tai-lieu", *path.split("/")[1:-1], ""])


def _script_of(path: str) -> str:
    """Where the script lies that hands over a file."""
    return f"{PACK}{path}.js"


def _letter(site: Site) -> Iterable[SiteFile]:
    return () if site.letter is None else site.letter.files


def _files(site: Site) -> list[str]:
    """The files of the site that go into a pack as they are."""
    papers = (*_letter(site), *site.all_papers)
    return [*(link.svg for link in site.links), *(file.path for file in papers)]


def _posted(day: Day, campaign: Campaign) -> dict[str, object]:
    """What is said of a day in a post: its greeting, its slogans, what it is, and where more is told."""
    link = campaign.main_link
    return {
        "name": day.name,
        "greeting": day.greeting or day.name,
        "slogan": day.slogan.text,
        "short": day.slogan.short,
        "about": "" if day.about is None else said(day.about, campaign.lang.partition("-")[0]),
        "link": "" if link is None or link.url is None else f"{link.label}: {link.url}",
    }
