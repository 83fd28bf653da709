"""On Windows: Pango's libraries that came with this package, named to the loader before others."""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_BESIDE = Path(__file__).resolve().parent.parent / "_bundled" / "pango"
"""In the bundle for Windows (`tools/windows-bundle`)."""
_WHEEL = "gstreamer_libs"
"""A wheel on PyPI with the same DLLs, which pip can put beside this package."""


def own_folder() -> Path | None:
    """Where libraries of our own lie, None where there are none."""
    if _BESIDE.is_dir():
        return _BESIDE
    found = find_spec(_WHEEL)
    places = [] if found is None else [Path(each) / "bin" for each in found.submodule_search_locations or ()]
    return next((place for place in places if place.is_dir()), None)


@cache
def use_own_libraries() -> None:
    """Have the loader find our own libraries; what the user named comes later. Windows alone."""
    folder = own_folder() if sys.platform == "win32" else None
    if folder is None:
        return
    for name in ("WEASYPRINT_DLL_DIRECTORIES", "PATH"):
        before = os.environ.get(name)
        os.environ[name] = str(folder) if not before else f"{folder};{before}"
