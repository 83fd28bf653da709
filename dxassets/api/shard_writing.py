"""Writes each folder's shard with its pages: one at a time, when the builder has nothing else to do."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from dxassets.api.index_page import IndexDesk
from dxassets.store import LARGEST_WHOLE, Shard, Shelf


class ShardWriter:
    """The shards of one build, put by and by; in a small campaign none is written by itself."""

    def __init__(self, shelf: Shelf, desk: IndexDesk) -> None:
        self._shelf, self._desk = shelf, desk
        self._waiting: deque[str] = deque()
        self._is_parted = False

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_large(self) -> bool:
        """Whether there are more assets than a manifest in one piece holds."""
        return self._shelf.assets > LARGEST_WHOLE

    def expect(self, made: int) -> None:
        """Hear how many assets are about to be made: what will be large is so from the beginning."""
        if made > LARGEST_WHOLE:
            self._part()

    def put(self, shard: Shard) -> None:
        """Let this be what is known of a folder; where the manifest is in shards, it waits to be written."""
        self._shelf.put(shard)
        if self._is_parted:
            self._wait([shard])
        elif self.is_large or not self._shelf.is_whole:
            self._part()

    def write_one(self) -> bool:
        """Write a shard that waits, with its pages; False where none does."""
        while self._waiting:
            shard = self._shelf.held_shard(self._waiting.popleft())
            if shard is not None:
                self._shelf.write(self._desk.with_pages(shard))
                return True
        return False

    def write_all(self) -> None:
        """Write all that waits; a manifest in one piece becomes shards."""
        if self._shelf.is_whole:
            self._part()
        while self.write_one():
            pass

    def _part(self) -> None:
        """From here on shards are written; those that stood in a manifest in one piece are among them."""
        if not self._is_parted:
            self._is_parted = True
            self._shelf.begin()
            self._shelf.is_whole = False
            self._wait(self._shelf.held())

    def _wait(self, shards: Iterable[Shard]) -> None:
        """Have them written in their turn, but for what lies in no folder: that stands in the root."""
        self._waiting.extend(shard.name for shard in shards if shard.name)
