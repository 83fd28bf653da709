"""The start page itself, in the person's language, and the few files that it loads.

Its text needs no template engine: to compile one is a good part of the waiting when the unpacked program is
opened for the first time. `[[Đóng|Close]]` is a wording in both languages, `[[year]]` a value.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from functools import cache
from html import escape

from dxassets._version import __version__
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
_HOLE = re.compile(r"\[\[(.*?)\]\]")


def start_page(lang: Lang, *, places: str) -> bytes:
    """The page in the person's language; `places` is the folder that everything lies in."""
    values = {
        "lang": lang,
        "version": __version__,
        "folder": places,
        "draft": DRAFT[0 if lang == "vi" else 1],
        "year": str(datetime.datetime.now().astimezone().year),
    }
    text = Resources((bundled_root(),)).read("templates/open/start.html").data.decode()
    return _filled(text, lang, values).encode()


def _filled(text: str, lang: Lang, values: Mapping[str, str]) -> str:
    """The text with every hole filled, values escaped; KeyError for a value that nobody gave."""

    def fill(hole: re.Match[str]) -> str:
        vi, parted, en = hole[1].partition("|")
        return (vi if lang == "vi" else en) if parted else escape(values[vi])

    return _HOLE.sub(fill, text)


@cache
def static_file(name: str) -> tuple[bytes, str] | None:
    """A file that the page loads, with its type; None where there is none of that name."""
    path = _FILES.get(name)
    if path is None:
        return None
    return Resources((bundled_root(),)).read(path).data, _TYPES[path[path.rindex(".") :]]
