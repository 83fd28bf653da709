"""A loop for players that take pictures: what stands after each phrase, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from dxassets.backends.rasterizer import Pixels, pixels_to_png
from dxassets.kinds.loop.film import Film

LEAST_SECONDS = 2
"""How long a picture stands at least: players count whole seconds, and a shorter one flickers."""


@dataclass(frozen=True, slots=True)
class Still:
    """One picture, and for how many whole seconds it is shown."""

    pixels: Pixels
    seconds: int

    @property
    def data(self) -> bytes:
        """As a PNG."""
        return pixels_to_png(self.pixels)


def stills_of(film: Film) -> list[Still]:
    """The pictures of a loop in their order; phrases that are short come with the next. The last is whole."""
    line = film.timeline
    begins = [start + line.coming for start in line.starts]
    ends = [*line.starts[1:], line.total] if line.starts else []
    found: list[Still] = []
    waiting = 0.0
    for at, (begin, end) in enumerate(zip(begins, ends, strict=True)):
        waiting += end - begin
        is_last = at + 1 == len(begins)
        if waiting < LEAST_SECONDS and not is_last:
            continue
        shown = film.whole if is_last else film.frame(line.at(begin))
        found.append(Still(shown, max(LEAST_SECONDS, ceil(waiting))))
        waiting = 0.0
    return found or [Still(film.whole, ceil(line.total))]
