"""On Windows and macOS: Pango's libraries that came with this package or a wheel, before the system's own."""

from __future__ import annotations

import ctypes.util
import os
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_BESIDE = Path(__file__).resolve().parent.parent / "_bundled" / "pango"
"""In the bundle for Windows (`tools/windows-bundle`)."""
_WHEEL = "gstreamer_libs"
"""A wheel on PyPI with the same libraries, which pip puts beside this package (the extra `bundled-pango`)."""
_INSIDE = {"win32": "bin", "darwin": "lib"}
"""Where in that wheel; there is none for Linux."""


def is_bundle() -> bool:
    """Whether this is the bundle for Windows, which has no pip."""
    return _BESIDE.is_dir()


def own_folder() -> Path | None:
    """Where libraries of our own lie, None where there are none."""
    if is_bundle():
        return _BESIDE
    inside, found = _INSIDE.get(sys.platform), find_spec(_WHEEL)
    if inside is None or found is None:
        return None
    places = [Path(each) / inside for each in found.submodule_search_locations or ()]
    return next((place for place in places if place.is_dir()), None)


@cache
def use_own_libraries() -> None:
    """Have Windows' loader find our own libraries; what the user named comes later."""
    folder = own_folder() if sys.platform == "win32" else None
    if folder is None:
        return
    for name in ("WEASYPRINT_DLL_DIRECTORIES", "PATH"):
        before = os.environ.get(name)
        os.environ[name] = str(folder) if not before else f"{folder};{before}"


def own_file(stem: str, number: int) -> Path | None:
    """On macOS: our file of a library, None where there is none.

    The wheel has most of them twice, as two files (libpango-1.0.dylib, libpango-1.0.0.dylib). It must be the
    one that the others ask for: with both, one process would have two GObjects, each a stranger to the other.
    """
    folder = own_folder() if sys.platform == "darwin" else None
    file = None if folder is None else folder / f"lib{stem}.{number}.dylib"
    return file if file is not None and file.is_file() else None


@contextmanager
def own_files_found(libraries: Iterable[tuple[str, int]]) -> Generator[None]:
    """On macOS, for as long as this lasts: who looks for one of `libraries` (stem, number) finds our file.

    Its loader takes no folder from a process that runs already. But cffi, which opens them for WeasyPrint,
    asks `find_library` for whatever the loader does not know by its name.
    """
    known = ((stem, number, own_file(stem, number)) for stem, number in libraries)
    files = {f"lib{stem}-{number}": str(file) for stem, number, file in known if file is not None}
    usual = ctypes.util.find_library

    def find(name: str) -> str | None:
        return files.get(name) or usual(name)

    ctypes.util.find_library = find if files else usual
    try:
        yield
    finally:
        ctypes.util.find_library = usual
