"""The start page itself, in the person's language, and the few files that it loads."""

from __future__ import annotations

import datetime
from functools import cache

from dxassets._version import __version__
from dxassets.backends.templating import Templates
from dxassets.desktop.wording import DRAFT
from dxassets.errors import Lang
from dxassets.resources import Resources, bundled_root

_TYPES = {".css": "text/css", ".js": "text/javascript", ".ttf": "font/ttf"}
_FILES = {
    "start.css": "templates/open/start.css",
    "start.js": "templates/open/start.js",
    "text.ttf": "brand/fonts/be-vietnam-pro/BeVietnamPro-Medium.ttf",
    "bold.ttf": "brand/fonts/be-vietnam-pro/BeVietnamPro-ExtraBold.ttf",
}


def start_page(lang: Lang, *, places: str) -> bytes:
    """The page in the person's language; `places` is the folder that everything lies in."""
    context: dict[str, object] = {
        "lang": lang,
        "at": 0 if lang == "vi" else 1,
        "version": __version__,
        "folder": places,
        "draft": DRAFT[0 if lang == "vi" else 1],
        "year": datetime.datetime.now().astimezone().year,
    }
    bundled = Resources((bundled_root(),))
    templates = Templates(lambda name: bundled.read(f"templates/{name}").data.decode())
    return templates.render("open/start.html.j2", context).encode()


@cache
def static_file(name: str) -> tuple[bytes, str] | None:
    """A file that the page loads, with its type; None where there is none of that name."""
    path = _FILES.get(name)
    if path is None:
        return None
    return Resources((bundled_root(),)).read(path).data, _TYPES[path[path.rindex(".") :]]
