# ruff: noqa: E501  (a pattern is a line)
"""What programs print upon a finished document, and nobody wrote: the marks of digital signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dxassets.checks.nd30.letter import Line
from dxassets.vietnamese import fold

_BEGINS = re.compile(
    r"(nguoi ky|ky boi|ky so boi|duoc ky boi|da ky so|signature valid|signature not verified|digitally signed by|signed by)\b"
)
_GOES_ON = re.compile(
    r"(email|e-mail|co quan|to chuc|chuc vu|thoi gian ky|ngay ky|gio ky|thoi gian|date|reason|location|dn|cn|o|noi ky)\s*:"
    r"|.*[+]07:?00|\d{1,2}[:.]\d{2}[:.]\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{4}"
)
_STAMP_LINES = 8


def without_stamps(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without signing programs' marks: who signed, for which body, when."""
    kept: list[Line] = []
    left = 0
    for line in lines:
        folded = fold(line.text)
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
