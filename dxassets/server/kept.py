"""Files that were made a moment ago, in memory: the same one asked again is not made again.

By the key of its job each file lies here once, whatever it was asked by. Nothing of it is written anywhere,
and after `KEPT_SECONDS` it is forgotten: as long as browsers may keep it, too.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from time import monotonic

from dxassets.api.live import Made

KEPT_SECONDS = 600.0
MOST_IN_MEMORY = 64_000_000
MOST_OF_ONE = 8_000_000
_MOST_NAMES = 4_096


class Kept:
    """Made files by the keys of their jobs, those that were not asked for longest forgotten first."""

    def __init__(self, *, most: int = MOST_IN_MEMORY, clock: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._clock = clock
        self._names: OrderedDict[Hashable, str] = OrderedDict()
        self._made: OrderedDict[str, tuple[float, Made]] = OrderedDict()
        self._bytes = 0

    def get(self, asked: Hashable) -> Made | None:
        """The file that was made for what is asked, if it is still here."""
        key = self._names.get(asked)
        if key is None or key not in self._made:
            return None
        since, made = self._made[key]
        if self._clock() - since > KEPT_SECONDS:
            self._drop(key)
            return None
        self._made.move_to_end(key)
        return made

    def put(self, asked: Hashable, made: Made) -> None:
        """Keep a file; one that has no key, no bytes, or too many of them is not kept."""
        if not made.key or made.data is None or len(made.data) > min(MOST_OF_ONE, self._most):
            return
        self._names[asked] = made.key
        self._names.move_to_end(asked)
        if made.key in self._made:
            self._drop(made.key)
        self._made[made.key] = (self._clock(), made)
        self._bytes += len(made.data)
        while self._bytes > self._most:
            self._drop(next(iter(self._made)))
        while len(self._names) > _MOST_NAMES:
            self._names.popitem(last=False)

    def _drop(self, key: str) -> None:
        _, made = self._made.pop(key)
        self._bytes -= len(made.data or b"")
