"""Typefaces for the web: a face cut down to the letters that pages use, as WOFF2."""

from __future__ import annotations

import io

from dxassets.backends.silence import quietly_imported

with quietly_imported:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont


_LATIN = "".join(map(chr, range(0x20, 0x7F)))
_VIETNAMESE = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
_SIGNS = "\u00a0·–—‘’“”…×→←↗°«»≤≥−"
_OTHER_LANGUAGES = "ČčÑñ\u0302\u0306\u030c"
"""For Ê Đê, K'Ho and others: ŏ, ư̆ are set from their parts; ƀ is left to the reader's fonts."""
WEB_LETTERS = _LATIN + _VIETNAMESE + _OTHER_LANGUAGES + _SIGNS
"""ASCII, all letters of Vietnamese with their marks, and the signs that running text needs."""


def to_woff2(font: bytes, letters: str = WEB_LETTERS) -> bytes:
    """`font` (TrueType) with only `letters` and their kerning, as WOFF2; same bytes for the same input.

    Screens today smooth type without hints, so these are left out.
    """
    options = Options()
    options.hinting = False
    options.layout_features = ["ccmp", "kern", "locl", "mark", "mkmk"]
    face = TTFont(io.BytesIO(font), recalcTimestamp=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=letters)
    subsetter.subset(face)
    face.flavor = "woff2"
    written = io.BytesIO()
    face.save(written)
    return written.getvalue()
