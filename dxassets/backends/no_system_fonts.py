"""Keeps WeasyPrint and Pango from the system's fonts: our documents bring theirs along.

WeasyPrint has Fontconfig read all fonts of the system when it is imported, only to warn where there are
none, and Pango has a thread do it again. On a PC with hundreds of fonts that takes seconds, and leaves a list
of them in the user's profile.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import cffi

from dxassets.backends.silence import without_warnings

_CREATES = "FcConfig * FcConfigCreate (void);"
_MORE = """
int FcConfigBuildFonts (FcConfig *config);
int FcConfigSetCurrent (FcConfig *config);
"""
_READS_ALL = "FcInitLoadConfigAndFonts"


@contextmanager
def no_system_fonts() -> Generator[None]:
    """Around the import of WeasyPrint: it finds that the system has no fonts; so does Pango from then on.

    Afterwards Fontconfig is as it was for whoever reads the system's fonts into a configuration of his own.
    Nothing is kept from it where WeasyPrint is here already.
    """
    engine: Any = cffi.FFI
    usual = engine.dlopen
    opened: list[Any] = []

    def dlopen(ffi: Any, name: str, *flags: int) -> Any:
        library = usual(ffi, name, *flags)
        if "fontconfig" in name:
            opened.append(library)
            ffi.cdef(_CREATES + _MORE)
            library.FcConfigSetCurrent(_without_fonts(library))
            vars(library)[_READS_ALL] = lambda: _without_fonts(library)
        return library

    engine.dlopen = dlopen
    try:
        with without_warnings("weasyprint"):
            yield
    finally:
        engine.dlopen = usual
        for library in opened:
            del vars(library)[_READS_ALL]


def declare_empty_configurations(ffi: Any) -> None:
    """Let WeasyPrint's `ffi` know `FcConfigCreate`, whoever imported it."""
    ffi.cdef(_CREATES, override=True)


def _without_fonts(fontconfig: Any) -> Any:
    """A configuration that knows no font and no folder."""
    config = fontconfig.FcConfigCreate()
    fontconfig.FcConfigBuildFonts(config)
    return config
