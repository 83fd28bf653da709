"""Texts that a typeface has no characters for, told before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dxassets.brand import Typeface
from dxassets.errors import Problem
from dxassets.resources import Resources


def undrawable(
    texts: Iterable[tuple[str, str]], face: Typeface, *, resources: Resources
) -> Iterator[Problem]:
    """A problem for each text (where it was written, and itself) that `face` and its spare one can't draw.

    Nothing while the font file itself is missing: that is a problem of its own.
    """
    from dxassets.backends import shaper  # noqa: PLC0415  (HarfBuzz when needed)

    files = [_first(face.files), *([_first(face.spare.files)] if face.spare else [])]
    if any(resources.find(name) is None for name in files):
        return
    font = shaper.Font(*(resources.read(name).data for name in files))
    families = ", ".join((face.family, *((face.spare.family,) if face.spare else ())))
    for where, text in texts:
        missing = font.missing(text)
        if missing:
            yield shaper.missing_characters(where, missing, families)


def _first(files: Mapping[str, str]) -> str:
    """The name of a face's first file among the resources."""
    return f"brand/{next(iter(files.values()), '')}"
