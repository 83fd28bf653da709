"""The modules that gather into the mark: where each begins and ends, and how they are drawn on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, pi, sin
from random import Random

import numpy as np
from numpy.typing import NDArray

from dxassets.colors import Rgb
from dxassets.geometry import Box

Pixels = NDArray[np.uint8]
MOST_MODULES = 220
_ROWS = 9
"""Modules above one another in a mark."""
_COVERED = 0.4
"""Of a module's place: what the mark must cover of it, so that a module gathers there."""
_NEAR, _FAR = 0.7, 2.2
"""How far from its place a module begins, in heights of the mark."""
_LATEST, _JOINED = 0.4, 0.84
"""Of the gathering: when the last sets out, and when all have come and the mark itself begins to show."""
_SEEN = 0.3
"""Of its own way: after what a module is there whole."""
_TRIES = 24


@dataclass(frozen=True, slots=True)
class Flight:
    """A module's way, in px: from one middle to the other, and when it sets out (0–1)."""

    start: tuple[float, float]
    end: tuple[float, float]
    sets_out: float


@dataclass(frozen=True, slots=True)
class Swarm:
    """All modules of a mark; `side` in px, `turned` where they stand on their corner."""

    flights: tuple[Flight, ...]
    side: float
    color: Rgb
    turned: bool

    def draw(self, canvas: Pixels, gathered: float) -> None:
        """Draws them where they are."""
        span = _JOINED - _LATEST
        for flight in self.flights:
            share = min(max((gathered - flight.sets_out * _LATEST) / span, 0.0), 1.0)
            if share <= 0:
                continue
            way = share * share * (3 - 2 * share)
            x = flight.start[0] + (flight.end[0] - flight.start[0]) * way
            y = flight.start[1] + (flight.end[1] - flight.start[1]) * way
            opacity = min(share / _SEEN, 1.0)
            self._lay(canvas, x, y, self.side * (0.55 + 0.45 * way), opacity)

    def _lay(self, canvas: Pixels, x: float, y: float, side: float, opacity: float) -> None:
        """One module with its middle at a point between pixels, so that it glides."""
        reach = side * (0.71 if self.turned else 0.5)
        left, right = max(int(x - reach - 1), 0), min(int(x + reach + 2), canvas.shape[1])
        top, bottom = max(int(y - reach - 1), 0), min(int(y + reach + 2), canvas.shape[0])
        if left >= right or top >= bottom:
            return
        across = np.arange(left, right, dtype=np.float32) + 0.5 - x
        down = np.arange(top, bottom, dtype=np.float32) + 0.5 - y
        if self.turned:
            cover = np.clip(reach + 0.5 - (np.abs(across)[None, :] + np.abs(down)[:, None]), 0, 1)
        else:
            cover = (
                np.clip(reach + 0.5 - np.abs(across), 0, 1)[None, :]
                * np.clip(reach + 0.5 - np.abs(down), 0, 1)[:, None]
            )
        alpha = np.asarray(np.rint(cover * (opacity * 256)), dtype=np.int32)[..., None]
        part = canvas[top:bottom, left:right]
        ink = np.array(self.color, dtype=np.int32)
        part[...] = part + (((ink - part.astype(np.int32)) * alpha) >> 8)


def mark_shown(gathered: float) -> float:
    """How much of the mark itself is seen."""
    share = min(max((gathered - _JOINED) / (1 - _JOINED), 0.0), 1.0)
    return share * share * (3 - 2 * share)


def swarm_of(
    cover: NDArray[np.uint8],
    corner: tuple[int, int],
    *,
    calm: Sequence[Box],
    color: Rgb,
    turned: bool,
    seed: str,
) -> Swarm:
    """Modules for a mark that covers pixels so (0–255), its upper left one at `corner` (x, y).

    None begins in a `calm` box or crosses one on its way: name and code stay clear.
    """
    height, width = cover.shape
    side = max(height / _ROWS, 2.0)
    places = _places(cover, side)
    while len(places) > MOST_MODULES:
        side *= 1.15
        places = _places(cover, side)
    random = Random(seed)
    ends = [(corner[0] + x, corner[1] + y) for x, y in places]
    middle = corner[0] + width / 2
    flights = tuple(
        Flight(_start(end, height, calm, random), end, _turn(end[0], middle, width, random)) for end in ends
    )
    return Swarm(flights, side, color, turned)


def _places(cover: NDArray[np.uint8], side: float) -> list[tuple[float, float]]:
    """The middles of a grid's cells that the mark covers."""
    height, width = cover.shape
    rows, columns = max(round(height / side), 1), max(round(width / side), 1)
    found: list[tuple[float, float]] = []
    for row in range(rows):
        for column in range(columns):
            top, bottom = round(row * height / rows), round((row + 1) * height / rows)
            left, right = round(column * width / columns), round((column + 1) * width / columns)
            cell = cover[top : max(bottom, top + 1), left : max(right, left + 1)]
            if cell.size and float(cell.mean()) >= 255 * _COVERED:
                found.append(((left + right) / 2, (top + bottom) / 2))
    return found


def _turn(x: float, middle: float, width: float, random: Random) -> float:
    """Those in the middle set out first, and chance loosens the row."""
    return min(1.0, 0.6 * abs(x - middle) / max(width / 2, 1.0) + 0.4 * random.random())


def _start(
    end: tuple[float, float], height: float, calm: Sequence[Box], random: Random
) -> tuple[float, float]:
    """Where a module begins; at its own place where every way would cross what must stay clear."""
    for _ in range(_TRIES):
        angle, away = 2 * pi * random.random(), height * (_NEAR + (_FAR - _NEAR) * random.random())
        start = (end[0] + away * cos(angle), end[1] + away * sin(angle))
        if not any(_crosses(start, end, box) for box in calm):
            return start
    return end


def _crosses(start: tuple[float, float], end: tuple[float, float], box: Box) -> bool:
    """Whether a way touches a box, looked at in small steps."""
    steps = max(2, int(hypot(end[0] - start[0], end[1] - start[1]) / 4))
    points = (
        (start[0] + (end[0] - start[0]) * at / steps, start[1] + (end[1] - start[1]) * at / steps)
        for at in range(steps + 1)
    )
    return any(box.x <= x <= box.right and box.y <= y <= box.bottom for x, y in points)
