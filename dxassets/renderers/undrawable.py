"""Texts that a typeface has no characters for, told before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dxassets.brand import Typeface
from dxassets.errors import Problem
from dxassets.resources import Resources


def undrawable(
    texts: Iterable[tuple[str, str]], face: Typeface, *, resources: Resources
) -> Iterator[Problem]:
    """A problem for each text (where it was written, and itself) that `face` lacks characters for.

    Nothing while the font file itself is missing: that is a problem of its own.
    """
    from dxassets.backends import shaper  # noqa: PLC0415  (HarfBuzz when needed)

    name = f"brand/{next(iter(face.files.values()), '')}"
    if resources.find(name) is None:
        return
    font = shaper.Font(resources.read(name).data)
    for where, text in texts:
        missing = font.missing(text)
        if missing:
            yield shaper.missing_characters(where, missing)
