"""How large the list of dates on a sheet is set, so that all of it is there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from dxassets.kinds.calendar.spec import Happening

_ROOM_MM, _WIDTH_MM = 152.0, 86.0
_PT = 25.4 / 72
_LETTER, _LEADING = 0.56, 1.34
"""Width of a letter and distance of lines, in em; both rather too much, so that nothing is cut off."""


@dataclass(frozen=True, slots=True)
class ListSize:
    """Sizes of words, of dates (pt), and the gap between entries (mm)."""

    text: float
    head: float
    gap: float

    def height(self, happenings: Sequence[Happening]) -> float:
        """How high the list gets at most, in mm."""
        letters = _WIDTH_MM / (self.text * _PT * _LETTER)
        high = 0.0
        for each in happenings:
            texts = [each.title, *([each.about] if each.sort == "deadline" and each.about else [])]
            lines = sum(ceil(len(text) / letters) for text in texts)
            high += (self.head + lines * self.text) * _PT * _LEADING + self.gap
        return high


_SIZES = (ListSize(10.5, 13, 4.5), ListSize(9, 11, 2.5), ListSize(8, 9, 1.5), ListSize(7, 7.5, 1.0))
SMALLEST = _SIZES[-1]


def listed(happenings: Sequence[Happening]) -> list[Happening]:
    """What the list holds: periods are seen in the months."""
    return [each for each in happenings if each.sort != "period"]


def size_of(happenings: Sequence[Happening]) -> ListSize | None:
    """The largest size in which all has room; None where there is none that can be read on a wall."""
    return next((size for size in _SIZES if size.height(listed(happenings)) <= _ROOM_MM), None)
