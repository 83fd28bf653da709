"""The frames of a loop: a picture without mark and slogan, on which both come and go.

Everything is drawn once. A frame is a copy of the quiet picture with the difference to the whole one added,
part by part: at the end, and so at the beginning, it is the whole one to the bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.rasterizer import type_mask
from dxassets.geometry import Box
from dxassets.kinds.loop.swarm import Swarm, mark_shown
from dxassets.kinds.loop.timeline import Moment, Timeline

Pixels = NDArray[np.uint8]
_SOFT = 0.35
"""Of a phrase's width: the edge of what has come, so that words come up and are not cut."""


@dataclass(frozen=True, slots=True)
class FilmPart:
    """What comes and goes in one place: its corner, and what it adds to the quiet picture there."""

    left: int
    top: int
    added: NDArray[np.int16]

    def lay(self, canvas: Pixels, share: float) -> None:
        """Lays so much of it over `canvas`, everywhere alike."""
        self._add(canvas, (self.added * np.int32(round(share * 256))) >> 8)

    def lay_from_left(self, canvas: Pixels, share: float) -> None:
        """Lays what has come of it when a soft edge has gone so far from left to right, as one reads."""
        width = self.added.shape[1]
        edge = share * (1 + _SOFT)
        columns = (np.arange(width, dtype=np.float32) + 0.5) / width
        shown = np.clip((edge - columns) / _SOFT, 0, 1)
        alpha = np.asarray(np.rint(shown * 256), dtype=np.int32)[None, :, None]
        self._add(canvas, (self.added * alpha) >> 8)

    def lay_instead(self, canvas: Pixels, quiet: Pixels, share: float) -> None:
        """Puts so much of what it is at the end in the place of whatever stands there."""
        height, width = self.added.shape[:2]
        place = (slice(self.top, self.top + height), slice(self.left, self.left + width))
        there = canvas[place].astype(np.int32)
        wanted = quiet[place].astype(np.int32) + self.added
        canvas[place] = there + (((wanted - there) * round(share * 256)) >> 8)

    def _add(self, canvas: Pixels, added: NDArray[np.int32]) -> None:
        height, width = added.shape[:2]
        part = canvas[self.top : self.top + height, self.left : self.left + width]
        part[...] = part + added


def parts_of(quiet: Pixels, whole: Pixels, places: Sequence[tuple[Box, str]]) -> list[FilmPart]:
    """A part for each place: its box in px, and the outlines that are drawn there, of which it is made.

    Marks of a low line reach between the letters of the one above; a pixel that both cover is the first's.
    """
    free = np.ones(quiet.shape[:2], dtype=bool)
    found: list[FilmPart] = []
    for box, outline in places:
        left, top = max(int(box.x), 0), max(int(box.y), 0)
        right, bottom = min(int(box.right) + 1, quiet.shape[1]), min(int(box.bottom) + 1, quiet.shape[0])
        place = (slice(top, bottom), slice(left, right))
        added = whole[place].astype(np.int16) - quiet[place].astype(np.int16)
        shown = Box(left, top, right - left, bottom - top)
        own = (type_mask(outline, shown, right - left, bottom - top) > 0) & free[place]
        added *= own[..., None]
        free[place] &= ~own
        found.append(FilmPart(left, top, added))
    return found


@dataclass(frozen=True)
class Film:
    """A loop before it is encoded. `parts` are the mark, where there is one, and then each phrase."""

    quiet: Pixels
    whole: Pixels
    parts: tuple[FilmPart, ...]
    swarm: Swarm | None
    timeline: Timeline

    @property
    def phrases(self) -> tuple[FilmPart, ...]:
        """What comes one after the other."""
        return self.parts if self.swarm is None else self.parts[1:]

    def moments(self, per_second: int) -> list[tuple[Moment, int]]:
        """What is seen, and for how many ticks of 1/`per_second` s; the first and the last are the same."""
        count = round(self.timeline.total * per_second)
        every = (self.timeline.at(at / per_second) for at in range(count))
        return [(moment, sum(1 for _ in group)) for moment, group in groupby(every)]

    def frames(self, per_second: int) -> Iterator[tuple[Pixels, int]]:
        """The frames with their ticks, one at a time."""
        return ((self.frame(moment), ticks) for moment, ticks in self.moments(per_second))

    def frame(self, moment: Moment) -> Pixels:
        """One frame, height × width × 3."""
        if moment == self._at_rest:
            return self.whole
        if moment.gathered < 1 and self.swarm is not None:
            canvas = self.quiet.copy()
            self.swarm.draw(canvas, moment.gathered)
            self.parts[0].lay_instead(canvas, self.quiet, mark_shown(moment.gathered))
            return canvas
        if moment.fading < 1:
            canvas = self.quiet.copy()
            for part in self.parts:
                part.lay(canvas, moment.fading)
            return canvas
        stand = sum(1 for come in moment.come if come >= 1)
        canvas = self._standing(stand).copy()
        for part, come in zip(self.phrases[stand:], moment.come[stand:], strict=True):
            if come > 0:
                part.lay_from_left(canvas, come)
        return canvas

    def _standing(self, count: int) -> Pixels:
        """The picture with its mark and so many phrases; the last one is kept, for the frames that follow."""
        kept = self._kept.get(count)
        if kept is None:
            kept = self.quiet.copy()
            for part in self.parts[: len(self.parts) - len(self.phrases) + count]:
                part.lay(kept, 1.0)
            self._kept.clear()
            self._kept[count] = kept
        return kept

    @cached_property
    def _kept(self) -> dict[int, Pixels]:
        return {}

    @cached_property
    def _at_rest(self) -> Moment:
        return self.timeline.at(0.0)
