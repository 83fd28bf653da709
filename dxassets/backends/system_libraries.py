"""The libraries that WeasyPrint loads, and libvips: which are here, in which version, and how to get them.

Read with the loader alone: WeasyPrint takes a third of a second to import, and where a library is missing
it can't be imported at all. The names are those that WeasyPrint itself tries.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from ctypes.util import find_library
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Any

from dxassets.backends.own_libraries import own_file, own_files_found, use_own_libraries
from dxassets.errors import MissingLibraryError, Problem

NONE = "none"
"""The version of what is not here."""
WITH_PANGO = 'pip install "dxassets[bundled-pango]"'
"""What brings Pango along on Windows and macOS; the quotes are for every shell, cmd.exe among them."""


@dataclass(frozen=True, slots=True)
class Packages:
    """One thing under the names of four packagers."""

    apt: str
    dnf: str
    pacman: str
    brew: str


@dataclass(frozen=True, slots=True)
class SystemLibrary:
    """A library that pages are drawn with. `stem` is its file's name without the system's own parts.

    `number` is the version of its interface, as in ``lib<stem>.so.<number>``. Without one that is not
    `needed`, pages are drawn all the same, but come out as other bytes.
    """

    name: str
    stem: str
    number: int
    packages: Packages
    version: Callable[[Any], str] | None = None
    needed: bool = True


def _text(function: str) -> Callable[[Any], str]:
    """Reads a version that the library gives as text."""

    def read(library: Any) -> str:
        called = getattr(library, function)
        called.restype, called.argtypes = ctypes.c_char_p, []
        told: bytes = called()
        return told.decode()

    return read


def _fontconfig(library: Any) -> str:
    number: int = library.FcGetVersion()  # 21402 for 2.14.2
    return f"{number // 10000}.{number // 100 % 100}.{number % 100}"


_PANGO = Packages("libpango-1.0-0", "pango", "pango", "pango")
_PANGO_FT2 = Packages("libpangoft2-1.0-0", "pango", "pango", "pango")
_SUBSET = Packages("libharfbuzz-subset0", "harfbuzz", "harfbuzz", "harfbuzz")
LIBRARIES = (
    # Pango brings GLib, HarfBuzz and Fontconfig along, so they are asked for by its packages.
    SystemLibrary("gobject", "gobject-2.0", 0, _PANGO),
    SystemLibrary("pango", "pango-1.0", 0, _PANGO, _text("pango_version_string")),
    SystemLibrary("harfbuzz", "harfbuzz", 0, _PANGO, _text("hb_version_string")),
    SystemLibrary("fontconfig", "fontconfig", 1, _PANGO_FT2, _fontconfig),
    SystemLibrary("pangoft2", "pangoft2-1.0", 0, _PANGO_FT2),
    # Its version is that of HarfBuzz, which it finds among its own dependencies.
    SystemLibrary("harfbuzz-subset", "harfbuzz-subset", 0, _SUBSET, _text("hb_version_string"), needed=False),
)


@cache
def library_versions() -> tuple[tuple[str, str], ...]:
    """Names and versions of the libraries that decide a page's bytes; `NONE` for what is not here."""
    return tuple((each.name, _version(each)) for each in LIBRARIES if each.version is not None)


@cache
def missing_libraries() -> tuple[SystemLibrary, ...]:
    """Those that are not here."""
    return tuple(each for each in LIBRARIES if _loaded(each) is None)


@cache
def libvips_version() -> str:
    """The version of libvips that pyvips draws with, `NONE` when it can't be loaded.

    That of `pyvips-binary` where pyvips was not built against another. The HarfBuzz inside has no name
    that could be asked, and draws nothing: all our text is outlines.
    """
    try:
        library: Any = import_module("_libvips").lib
    except (ImportError, OSError):
        library = _open("vips", 42)
    return NONE if library is None else ".".join(str(library.vips_version(part)) for part in range(3))


def require_libraries() -> None:
    """`MissingLibraryError` when pages can't be drawn; said before WeasyPrint would say it in its own way.

    Only where a library has one name. Elsewhere WeasyPrint tries more of them than is known here.
    On Windows those that came with this package are made known to it.
    """
    use_own_libraries()
    missing = missing_libraries()
    if sys.platform == "linux" and any(each.needed for each in missing):
        raise MissingLibraryError(missing_problem(missing))


def own_libraries_first() -> AbstractContextManager[None]:
    """Around the import of WeasyPrint: where libraries of our own are here, it takes those."""
    return own_files_found((each.stem, each.number) for each in LIBRARIES)


def missing_problem(missing: tuple[SystemLibrary, ...]) -> Problem:
    """What is missing, and the command that installs it here; everything when it is not known what."""
    told = missing or LIBRARIES
    names = ", ".join(each.name for each in told)
    cure_vi, cure_en = cure_of(tuple(each.packages for each in told))
    return Problem(
        "PDF",
        f"máy thiếu thư viện hệ thống nên không làm được PDF ({names}); hãy {cure_vi}",
        f"this machine lacks system libraries, so PDFs can't be made ({names}); {cure_en}",
    )


def cure_of(packages: tuple[Packages, ...]) -> tuple[str, str]:
    """What helps on this system, in both languages, to go on from “please”."""
    command = install_command(packages)
    if sys.platform == "win32":
        return (
            f"dùng dxassets từ tệp dxassets-…-win64.zip, có đủ mọi thư viện; ai dùng pip thì chạy: {command}",
            f"use dxassets out of dxassets-…-win64.zip, which has them all; with pip, run: {command}",
        )
    if sys.platform == "darwin":
        return (
            f"cài: {command}; không có Homebrew thì chạy: {WITH_PANGO}",
            f"install: {command}; without Homebrew, run: {WITH_PANGO}",
        )
    return f"cài: {command}", f"install: {command}"


def install_command(packages: tuple[Packages, ...]) -> str:
    """The command that installs `packages` on this system; the usual one where the packager is not known."""
    if sys.platform == "win32":
        return WITH_PANGO
    usual = "brew" if sys.platform == "darwin" else "apt"
    packager = next((name for name in _PACKAGERS if shutil.which(_PACKAGERS[name][0])), usual)
    names = dict.fromkeys(str(getattr(each, packager)) for each in packages)
    as_root = [] if packager == "brew" or os.geteuid() == 0 else ["sudo"]
    return " ".join([*as_root, *_PACKAGERS[packager], *names])


_PACKAGERS = {
    "apt": ("apt-get", "install"),
    "dnf": ("dnf", "install"),
    "pacman": ("pacman", "-S"),
    "brew": ("brew", "install"),
}


def _version(library: SystemLibrary) -> str:
    loaded = _loaded(library)
    if loaded is None or library.version is None:
        return NONE
    try:
        return library.version(loaded)
    except AttributeError:  # Windows finds nothing in what a library itself loads
        return _version(next(each for each in LIBRARIES if each.name == "harfbuzz"))


@cache
def _loaded(library: SystemLibrary) -> Any:
    return _open(library.stem, library.number)


def _open(stem: str, number: int) -> Any:
    """The library, None where there is none."""
    for name in _file_names(stem, number):
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None


def _file_names(stem: str, number: int) -> list[str]:
    """What the loader is asked for, as WeasyPrint asks it."""
    if sys.platform == "linux":
        return [f"lib{stem}.so.{number}"]
    if sys.platform == "win32":
        _look_where_weasyprint_looks()
        return [f"lib{stem}-{number}.dll", f"{stem}-{number}.dll", f"{stem}.dll"]
    own = own_file(stem, number)
    if own is not None:
        return [str(own)]
    found = find_library(stem)
    return [f"lib{stem}.dylib", *([] if found is None else [found])]


@cache
def _look_where_weasyprint_looks() -> None:
    """On Windows a library is found in folders that are named: WeasyPrint's own list, or the user's."""
    use_own_libraries()
    usual = r"C:\msys64\ucrt64\bin;C:\msys64\mingw64\bin;C:\Program Files\GTK3-Runtime Win64\bin"
    add: Any = getattr(os, "add_dll_directory", None)
    for folder in os.environ.get("WEASYPRINT_DLL_DIRECTORIES", usual).split(";"):
        with suppress(OSError):
            add(folder)
