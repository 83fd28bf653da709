# ruff: noqa: E501  (a pattern is a line)
"""What programs print upon a finished document, and nobody wrote: the marks of digital signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dxassets.checks.nd30.letter import Line
from dxassets.checks.nd30.telling import size_of
from dxassets.vietnamese import fold

_BEGINS = re.compile(
    r"(nguoi ky|ky boi|ky so boi|duoc ky boi|da ky so|signature valid|signature not verified|digitally signed by|signed by)\b"
)
_GOES_ON = re.compile(
    r"(email|e-mail|co quan|to chuc|chuc vu|thoi gian ky|ngay ky|gio ky|thoi gian|date|reason|location|dn|cn|o|noi ky)\s*:"
    r"|.*[+]07:?00|\d{1,2}[:.]\d{2}[:.]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}"
)
_STAMP_LINES = 8
_COPY = re.compile(r"(sao y|sao luc|trich sao)\s*;")
"""The caption of a copy in electronic form (Phụ lục I, Phần II, mục I.3.c): 10 pt, above the letterhead."""
_COPY_PT, _COPY_MM, _COPY_LINES = 10.5, 25.0, 6


def _is_at_top(line: Line, at: int) -> bool:
    """Whether a line stands above the letterhead, whenever it was drawn."""
    return line.places[0].baseline < _COPY_MM and line.page == 1 if line.places else at < _COPY_LINES


def without_stamps(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without signing programs' marks: who signed, for which body, when; of which copy."""
    kept: list[Line] = []
    left = 0
    captioned = False
    for at, line in enumerate(lines):
        folded = fold(line.text)
        small = size_of(line) <= _COPY_PT
        captioned = small and (captioned or (_is_at_top(line, at) and _COPY.match(folded) is not None))
        if captioned:
            continue
        if _BEGINS.match(folded):
            left = _STAMP_LINES
            continue
        if left and folded and _GOES_ON.match(folded):
            left -= 1
            continue
        if folded:
            left = 0
        kept.append(line)
    return tuple(kept)
