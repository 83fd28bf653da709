"""The programs that decide an asset's bytes, with their versions: other tools, other keys."""

from __future__ import annotations

import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from dxassets._version import __version__
from dxassets.digest import digest
from dxassets.jobs import Digests

_PACKAGE = Path(__file__).resolve().parent.parent
_FACES = frozenset({"api", "cli", "server", "__main__.py", "_bundled"})
_TOOLS = (
    "pyvips",
    "pyvips-binary",
    "uharfbuzz",
    "qrcode",
    "zxing-cpp",
    "weasyprint",
    "python-docx",
    "pillow",
    "jinja2",
    "markdown-it-py",
)


@cache
def tools() -> Digests:
    """The programs that decide an asset's bytes, with their versions; `engine` is this package's own code."""
    found = [("dxassets", __version__), ("engine", _engine())]
    for name in _TOOLS:
        try:
            found.append((name, version(name)))
        except PackageNotFoundError:  # a kind that needs it says so when it is made
            found.append((name, "none"))
    return tuple(sorted(found))


def _engine() -> str:
    """One digest of all modules below the faces: what the command line says changes no picture."""
    sources = {path.relative_to(_PACKAGE): path for path in _PACKAGE.rglob("*.py")}
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
