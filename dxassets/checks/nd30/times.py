"""Widths of words in Times New Roman, which the decree asks for: by the bundled face of the same widths."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dxassets.backends.shaper import Font
from dxassets.brand import parse_brand
from dxassets.resources import campaign_resources

_BRAND = "brand/brand.toml"


def times_width(text: str, bold: bool, size_pt: float) -> float:  # noqa: FBT001  (a measuring function's plain arguments)
    """The width (mm) of `text` in Times New Roman, measured with the bundled face of the same widths."""
    font = _fonts()[bold]
    known = "".join(char for char in text if _has(char, bold))
    return font.ink(known).advance * size_pt * 25.4 / 72


@lru_cache(maxsize=4096)
def _has(char: str, bold: bool) -> bool:  # noqa: FBT001  (as above)
    """Whether the face has that character, which is found by shaping it: once for each."""
    return not _fonts()[bold].missing(char)


def _fonts() -> dict[bool, Font]:
    if not _FONTS:
        resources = campaign_resources(Path(__file__).resolve().parent)
        face = parse_brand(resources.read(_BRAND).data, _BRAND).typefaces.text
        for bold, cut in ((False, "regular"), (True, "bold")):
            _FONTS[bold] = Font(resources.read(f"brand/{face.files[cut]}").data)
    return _FONTS


_FONTS: dict[bool, Font] = {}
