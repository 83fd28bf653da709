"""Which pages are open: each holds a connection, so nobody has to guess by silence."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from typing import Any

LOOK = 0.25
"""Seconds between two looks at what is new."""
PING = 15.0
"""Seconds after which something is said in any case: a dead connection is noticed by writing to it."""
GRACE = 4.0
"""Seconds that a page may be away, as when it is loaded anew."""


class Visitors:
    """Tells every open page what is new, and says `leave` when the last has gone and no work is left."""

    def __init__(self, state: Callable[[], dict[str, Any]], busy: Callable[[], bool]) -> None:
        self._state, self._busy = state, busy
        self.count = 0
        self.ever = False
        self.closing = False

    async def events(self) -> AsyncGenerator[bytes]:
        """What one page is told while it is open, as server-sent events."""
        self.count += 1
        self.ever = True
        last, silent = "", 0.0
        try:
            while not self.closing:
                said = json.dumps(self._state(), ensure_ascii=False)
                if said != last:
                    last, silent = said, 0.0
                    yield f"data: {said}\n\n".encode()
                elif silent >= PING:
                    silent = 0.0
                    yield b": still here\n\n"
                await asyncio.sleep(LOOK)
                silent += LOOK
            yield b"event: closed\ndata: {}\n\n"
        finally:
            self.count -= 1

    async def watch(self, leave: Callable[[], None]) -> None:
        """Until somebody closes the program, or the last page has been away for a while."""
        away = 0.0
        while not self.closing and away < GRACE:
            await asyncio.sleep(LOOK)
            alone = self.ever and self.count == 0 and not self._busy()
            away = away + LOOK if alone else 0.0
        self.closing = True
        await asyncio.sleep(2 * LOOK)  # the pages that are open hear of it
        leave()
