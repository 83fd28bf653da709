"""HTTP connections with an end to the server's patience, which uvicorn's own do not have."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import ClassVar, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

from dxassets.server.settings import Settings


class PatientProtocol(H11Protocol):
    """One connection.

    When it has no request in work it must bring a whole head within `head_seconds`,
    however slowly it sends; when it has, it must have taken its whole answer within
    `answer_seconds`. One address may hold only so many connections.
    """

    settings: ClassVar[Settings]
    held: ClassVar[Counter[str]]
    _timer: asyncio.TimerHandle | None = None
    _peer: str = ""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Count it, and wait for a head."""
        super().connection_made(transport)
        if self.client is not None and not self.settings.behind_proxy:
            self._peer = self.client[0]
            self.held[self._peer] += 1
            if self.held[self._peer] > self.settings.connections_each:
                transport.abort()
                return
        self._wait(self.settings.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        if self._timer is not None:
            self._timer.cancel()
        if self._peer:
            self.held[self._peer] -= 1
            if not self.held[self._peer]:
                del self.held[self._peer]
        super().connection_lost(exc)

    def handle_events(self) -> None:
        """See whether a request has begun."""
        before = self.cycle
        super().handle_events()
        if self.cycle is not before and not self.cycle.response_complete:
            self._wait(self.settings.answer_seconds)

    def on_response_complete(self) -> None:
        """Wait for the next head."""
        self._wait(self.settings.head_seconds)
        super().on_response_complete()

    def _wait(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self.loop.call_later(seconds, self._lose_patience)

    def _lose_patience(self) -> None:
        if not self.transport.is_closing():
            self.transport.abort()


def patient_protocol(settings: Settings) -> type[PatientProtocol]:
    """The protocol of one server."""
    made = type("Patient", (PatientProtocol,), {"settings": settings, "held": Counter[str]()})
    return cast("type[PatientProtocol]", made)
