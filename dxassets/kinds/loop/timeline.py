"""When what is seen in a loop. Times in seconds; arithmetic alone.

The rule of reading: once a phrase stands there whole, at least `PER_GROUP` s for each of its syllables pass
before the next begins to come, and the last has as long before anything leaves. Subtitles are set by the
same measure: BBC Subtitle Guidelines, "160-180 words per minute", 0.33 to 0.375 s a word; a Vietnamese
syllable, which stands between blanks, is read as a word is. A number counts a syllable for each digit.
Phrases stay when they have come, so nobody who is slower loses one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

PER_GROUP = 0.35
SHORTEST, LONGEST = 6.0, 15.0
WHOLE_AT_LEAST = 2.0
"""How long all of it stands at the end, in one stretch: long enough for a telephone to read the code."""
_BEFORE, _LEAVING, _GATHERING = 0.6, 0.5, 1.5
_SLOWEST_COMING, _FASTEST_COMING = 0.3, 0.1
_DIGITS = re.compile(r"\d")


def groups_in(text: str) -> int:
    """How many syllables are read: what stands between blanks, and each digit of a number."""
    return sum(max(1, len(_DIGITS.findall(word))) for word in text.split() if any(map(str.isalnum, word)))


@dataclass(frozen=True, slots=True)
class Moment:
    """What is seen: how far the mark has gathered, and how much of each phrase has come; 1 is all.

    `fading` is what is left of both while they leave.
    """

    gathered: float
    come: tuple[float, ...]
    fading: float = 1.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """A loop from whole to whole: `starts` of the phrases, `coming` how long each takes to come."""

    total: float
    gather: tuple[float, float]
    starts: tuple[float, ...]
    coming: float

    @property
    def is_whole_from(self) -> float:
        """From here to the end, all of it stands."""
        return (self.starts[-1] + self.coming) if self.starts else self.gather[1]

    def at(self, time: float) -> Moment:
        """What is seen at `time`."""
        every = (1.0,) * len(self.starts)
        if time <= _BEFORE or time >= self.is_whole_from:
            return Moment(1.0, every)
        if time < self.gather[0]:
            return Moment(1.0, every, 1 - _eased((time - _BEFORE) / _LEAVING))
        start, end = self.gather
        gathered = 1.0 if time >= end else (time - start) / (end - start)
        come = tuple(_eased(min(max((time - begin) / self.coming, 0.0), 1.0)) for begin in self.starts)
        return Moment(gathered, come)


def timeline_of(groups: Sequence[int], *, has_mark: bool) -> Timeline | None:
    """The timeline of phrases of so many syllables each; None when they can't be read in `LONGEST` s."""
    start = _BEFORE + _LEAVING
    end = start + (_GATHERING if has_mark else 0.0)
    stays = max(WHOLE_AT_LEAST, PER_GROUP * groups[-1]) if groups else WHOLE_AT_LEAST
    reading = PER_GROUP * sum(groups[:-1])
    free = LONGEST - end - reading - stays
    coming = min(_SLOWEST_COMING, free / len(groups)) if groups else 0.0
    if groups and coming < _FASTEST_COMING:
        return None
    starts: list[float] = []
    at = end
    for count in groups:
        starts.append(at)
        at += coming + PER_GROUP * count
    whole = starts[-1] + coming if groups else end
    total = min(max(SHORTEST, whole + stays), LONGEST)  # over it by a rounding error at most
    return Timeline(total, (start, end), tuple(starts), coming)


def _eased(share: float) -> float:
    """A start and an end without a jerk."""
    return share * share * (3 - 2 * share)
