"""The server while twenty people type: how long a drawn name takes, beside an answer that draws nothing.

The server runs in a process of its own on a free port; the clients in this one, as bare
connections, for a client that takes as long as the server would be measured along with it. Each
client types names letter by letter and waits for each answer before the next letter,
with no pause between, which no hand can do.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from statistics import quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

from bench.table import Pace, Row

CLIENTS = 20
_PAUSE = 0.15
"""Seconds between two letters of a quick typist."""
_BARE = "two words asked for just so (/healthz)"
_NAMES = ("Trường THPT Chu Văn An", "Ủy ban nhân dân xã Nam Dong", "Trung tâm Y tế huyện Cư Jút")
_LOOKS = [
    {"day": day, "theme": theme, "preset": preset}
    for day in ("10-10", "01-11")
    for theme in ("digital", "brocade", "formal", "light")
    for preset in ("share-1200x630", "story-1080x1920", "rectangle-300x250")
]


def rows(pace: Pace) -> Iterator[Row]:
    """What clients see, typing without pause and typing as people do."""
    seconds = 2.0 if pace.quick else 8.0
    with TemporaryDirectory() as out, _server(out) as address:
        asyncio.run(_asking(address, _name, seconds=1.0))  # each look is composed once
        hurried, hurried_bare, calm, calm_bare = (
            asyncio.run(_asking(address, asked, seconds=seconds, pause=pause))
            for pause in (0.0, _PAUSE)
            for asked in (_name, _nothing)
        )
    # measured 0.4 to 0.95: what a name costs beyond any answer is a worker's drawing, and the way to it
    yield Row(
        f"live names, {CLIENTS} clients typing without pause",
        len(hurried) / seconds,
        against=_BARE,
        reference=len(hurried_bare) / seconds,
        unit="/s",
        at_least=0.25,
    )
    # measured 1.6 to 3.5
    yield Row(
        "95th percentile of these names, at the client",
        _p95(hurried),
        against=_BARE,
        reference=_p95(hurried_bare),
        at_most=6.0,
    )
    # measured 0.9 to 2.3, always beside others; on an idle machine two words take next to nothing
    yield Row(
        f"live name, {CLIENTS} clients at a letter every {_PAUSE * 1e3:.0f} ms, 95th percentile",
        _p95(calm),
        against=_BARE,
        reference=_p95(calm_bare),
        at_most=8.0,
    )


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


@contextmanager
def _server(out: str) -> Generator[str]:
    """A server with a small site and no limit on its rate; the address that it answers at."""
    command = [
        *(sys.executable, "-m", "dxassets", "--lang", "en", "serve", "--port", "0", "--rate", "0"),
        *("--agency", "so-noi-vu", "--preset", "button-120x60", "--day", "10-10", "--built", out),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the server did not start"
        yield found.group()
    finally:
        process.terminate()
        process.wait(30)


def _name(turn: int) -> Iterator[str]:
    """The paths that somebody asks for who types a name letter by letter."""
    name, look = _NAMES[turn % len(_NAMES)], _LOOKS[turn % len(_LOOKS)]
    for length in range(1, len(name) + 1):
        yield f"/live/name.svg?{urlencode({**look, 'name': name[:length]})}"


def _nothing(turn: int) -> Iterator[str]:
    """As many paths that draw nothing, but pass all of the server's gates."""
    yield from ("/healthz" for _ in _name(turn))


Asked = Callable[[int], Iterator[str]]


async def _asking(address: str, asked: Asked, *, seconds: float, pause: float = 0.0) -> list[float]:
    """Seconds that each answer took, of all clients."""
    until = time.perf_counter() + seconds
    taken = await asyncio.gather(
        *(_ask(address, asked, number=number, until=until, pause=pause) for number in range(CLIENTS))
    )
    return [each for one in taken for each in one]


async def _ask(address: str, asked: Asked, *, number: int, until: float, pause: float) -> list[float]:
    """One person: a name letter by letter, then the next name on the next look."""
    taken: list[float] = []
    turn = number
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    await asyncio.sleep(pause * number / CLIENTS)
    while time.perf_counter() < until:
        for path in asked(turn):
            begun = time.perf_counter()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            size = re.search(rb"content-length: (\d+)", head)
            assert head.startswith(b"HTTP/1.1 200"), head
            assert size, head
            await reader.readexactly(int(size.group(1)))
            taken.append(time.perf_counter() - begun)
            if pause:
                await asyncio.sleep(max(0.0, pause - taken[-1]))
        turn += CLIENTS
    writer.close()
    return taken
