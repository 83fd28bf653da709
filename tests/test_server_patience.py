"""How long a connection is waited for; the timers go off when a test says so, not by a clock."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import Context
from typing import Any

import pytest
import uvicorn
from starlette.responses import PlainTextResponse
from uvicorn.server import ServerState

from dxassets.server.patience import PatientProtocol, patient_protocol
from dxassets.server.settings import Settings

SETTINGS = Settings(head_seconds=7.0, body_seconds=11.0, making_seconds=13.0)
HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n"


class Loop(asyncio.SelectorEventLoop):
    """Keeps its timers instead of letting them go off."""

    def __init__(self) -> None:
        super().__init__()
        self.timers: list[tuple[float, asyncio.TimerHandle]] = []

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: Any, context: Context | None = None
    ) -> asyncio.TimerHandle:
        handle = super().call_later(86_400, callback, *args, context=context)
        if getattr(callback, "__name__", "") == "_lose_patience":
            self.timers.append((delay, handle))
        return handle

    @property
    def waiting(self) -> list[float]:
        """Seconds that each timer was set to which still runs."""
        return [delay for delay, handle in self.timers if not handle.cancelled()]

    def go_off(self) -> None:
        """The timer that runs is over."""
        [handle] = [handle for _, handle in self.timers if not handle.cancelled()]
        handle._run()
        handle.cancel()


class Line(asyncio.Transport):
    """One end of a connection."""

    def __init__(self, port: int = 5000) -> None:
        super().__init__({"peername": ("192.0.2.1", port), "sockname": ("192.0.2.2", 80)})
        self.sent = b""
        self.cut = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += bytes(data)

    def abort(self) -> None:
        self.cut = True

    def close(self) -> None:
        """Nothing is left to send."""

    def is_closing(self) -> bool:
        return self.cut

    def resume_reading(self) -> None:
        """It never paused."""


def protocol_of(settings: Settings) -> Callable[[], PatientProtocol]:
    """Makes the server's end of a connection, for the loop that runs."""
    config = uvicorn.Config(PlainTextResponse("Chào"), lifespan="off", log_config=None, access_log=False)
    config.load()
    made, state = patient_protocol(settings), ServerState()
    return lambda: made(config, state, {})


def played(play: Callable[[Loop], Any]) -> None:
    with asyncio.Runner(loop_factory=Loop) as runner:
        loop: Any = runner.get_loop()
        runner.run(play(loop))


def test_a_head_that_comes_in_drops_gets_no_more_time_than_the_settings_say() -> None:
    async def play(loop: Loop) -> None:
        line, protocol = Line(), protocol_of(SETTINGS)()
        protocol.connection_made(line)
        for at in range(len(HEAD)):
            protocol.data_received(HEAD[at : at + 1])
        assert len(loop.timers) == 1  # set once; no byte puts it off
        assert loop.waiting == [7.0]
        assert not line.cut
        loop.go_off()
        assert line.cut

    played(play)


def test_a_whole_request_gets_the_time_of_its_answer_and_the_next_one_that_of_a_head() -> None:
    async def play(loop: Loop) -> None:
        line, protocol = Line(), protocol_of(SETTINGS)()
        protocol.connection_made(line)
        protocol.data_received(HEAD + b"\r\n")
        assert loop.waiting == [SETTINGS.answer_seconds]
        while "Chào".encode() not in line.sent:
            await asyncio.sleep(0)
        assert loop.waiting == [7.0]
        protocol.data_received(b"G")
        assert loop.waiting == [7.0]
        assert not line.cut
        loop.go_off()
        assert line.cut

    played(play)


def test_a_connection_that_ends_is_waited_for_no_longer() -> None:
    async def play(loop: Loop) -> None:
        protocol = protocol_of(SETTINGS)()
        protocol.connection_made(Line())
        protocol.connection_lost(None)
        assert loop.waiting == []

    played(play)


@pytest.mark.parametrize("behind_proxy", [False, True])
def test_one_address_holds_as_many_connections_as_the_settings_say(behind_proxy: bool) -> None:
    async def play(_loop: Loop) -> None:
        opened = protocol_of(Settings(connections_each=3, behind_proxy=behind_proxy))
        lines, protocols = [Line(port) for port in range(4)], [opened() for _ in range(4)]
        for line, protocol in zip(lines, protocols, strict=True):
            protocol.connection_made(line)
        assert [line.cut for line in lines] == [False, False, False, not behind_proxy]
        for protocol in protocols[2:]:
            protocol.connection_lost(None)
        again = Line()
        opened().connection_made(again)
        assert not again.cut

    played(play)
