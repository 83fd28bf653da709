"""The programs that decide an asset's bytes, with their versions: a new version means new keys.

What the backends import, and what that imports in its turn, is listed by hand and held true by
`tests/test_tools.py`: asking which distribution a module belongs to takes longer than a whole QR code.
What only carries data or calls (types, cffi) is not listed there, since it changes no byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dxassets._version import __version__
from dxassets.backends.system_libraries import NONE, library_versions, libvips_version
from dxassets.backends.yunet import WEIGHTS
from dxassets.digest import digest

Versions = tuple[tuple[str, str], ...]

PICTURE_TOOLS = (
    "cssselect2",
    "fonttools",
    "idna",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdurl",
    "numpy",
    "pillow",
    "pydantic",
    "pydantic-core",
    "pyvips",
    "pyvips-binary",
    "qrcode",
    "tinycss2",
    "uharfbuzz",
    "webencodings",
    "zlib-ng",
    "zxing-cpp",
)
"""What every asset is drawn and checked with."""
PAGE_TOOLS = (
    "lxml",
    "pydyf",
    "pypdfium2",
    "pyphen",
    "python-docx",
    "tinyhtml5",
    "weasyprint",
)
"""What pages are made with beside: PDF, and Word files, whose number of pages and preview are the PDF's."""
CALENDAR_TOOLS = ("icalendar", "python-dateutil", "tzdata")
"""What calendar files are written with beside, and nothing else is."""
FILM_TOOLS = ("av",)
"""What films are encoded with beside: FFmpeg and x264 come inside."""
PHOTO_TOOLS = ("pillow-heif",)
"""What photos are read with beside; no asset of a campaign is made of one."""

_WITHOUT_PAGES = frozenset({"png", "jpg", "webp", "avif", "gif", "svg", "txt", "ssml", "csv", "html", "eml"})
_PAGES = frozenset({"pdf", "docx"})
_OTHERS = {"ics": CALENDAR_TOOLS, "mp4": FILM_TOOLS}
_PACKAGE = Path(__file__).resolve().parent.parent
_FACES = frozenset({"api", "cli", "server", "doctor.py", "__main__.py", "_bundled"})


@cache
def tools() -> Versions:
    """All that a campaign's assets are made with; `engine` is this package's own code."""
    return tuple(
        sorted((*_picture_tools(), *_page_tools(), *_versions(CALENDAR_TOOLS), *_versions(FILM_TOOLS)))
    )


def tools_of(path: str) -> Versions:
    """What decides the bytes of the asset at `path`: another Pango makes no banner again, only pages."""
    suffix = path.rpartition(".")[2]
    if suffix in _WITHOUT_PAGES:
        return _picture_tools()
    if suffix in _PAGES:
        return tuple(sorted((*_picture_tools(), *_page_tools())))
    if suffix in _OTHERS:
        return tuple(sorted((*_picture_tools(), *_versions(_OTHERS[suffix]))))
    return tools()


@cache
def photo_tools() -> Versions:
    """What decides the bytes of a framed photo; `yunet` are the numbers by which faces are found."""
    faces = ("yunet", digest(WEIGHTS.read_bytes()))
    return tuple(sorted((*_picture_tools(), *_versions(PHOTO_TOOLS), faces)))


@cache
def _picture_tools() -> Versions:
    own = (("dxassets", __version__), ("engine", _engine()), ("libvips", libvips_version()))
    return tuple(sorted((*own, *_versions(PICTURE_TOOLS))))


@cache
def _page_tools() -> Versions:
    return (*_versions(PAGE_TOOLS), *library_versions())


def _versions(names: Iterable[str]) -> Versions:
    """Each distribution's version; `NONE` for what is not installed: a kind that needs it says so itself."""
    found: list[tuple[str, str]] = []
    for name in names:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:
            found.append((name, NONE))
    return tuple(found)


def _engine() -> str:
    """One digest of all modules below the faces, and of the word list by which lines are broken.

    What the command line says changes no picture.
    """
    files = (*_PACKAGE.rglob("*.py"), *_PACKAGE.glob("lexicon/*.txt"))
    sources = {path.relative_to(_PACKAGE): path for path in files}
    listing = sorted(
        (name.as_posix(), digest(path.read_bytes()))
        for name, path in sources.items()
        if name.parts[0] not in _FACES
    )
    return digest(json.dumps(listing).encode())


@cache
def code_of(module_file: str) -> str:
    """The digest of a kind's own folder, where another package brings it; nothing for the bundled kinds."""
    folder = Path(module_file).resolve().parent
    if _PACKAGE in folder.parents:
        return ""
    listing = sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*.py"))
    return digest(json.dumps([(name, digest(path.read_bytes())) for name, path in listing]).encode())
