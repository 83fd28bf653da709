"""The server while twenty people type: how long a drawn name takes, from the request's head to its answer.

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
from collections.abc import Generator
from contextlib import contextmanager
from statistics import quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

import httpx

from bench.table import Row

CLIENTS = 20
LIMIT_MS = 60.0
_SECONDS = 8.0
_PAUSE = 0.15
"""Seconds between two letters of a quick typist."""
_NAMES = ("Trường THPT Chu Văn An", "Ủy ban nhân dân xã Nam Dong", "Trung tâm Y tế huyện Cư Jút")
_LOOKS = [
    {"day": day, "theme": theme, "preset": preset}
    for day in ("10-10", "01-11")
    for theme in ("digital", "brocade", "formal", "light")
    for preset in ("share-1200x630", "story-1080x1920", "rectangle-300x250")
]


def rows() -> list[Row]:
    """What clients see, typing without pause and typing as people do; what the server counts itself."""
    with TemporaryDirectory() as out, _server(out) as address:
        asyncio.run(_typing(address, seconds=1.0, pause=0.0))  # each look is composed once
        before = _counted(address)
        hurried = asyncio.run(_typing(address, seconds=_SECONDS, pause=0.0))
        after = _counted(address)
        calm = asyncio.run(_typing(address, seconds=_SECONDS, pause=_PAUSE))
    rate = len(hurried) / _SECONDS
    return [
        Row(
            f"live name, {CLIENTS} clients typing without pause, 95th percentile at the client",
            _p95(hurried),
            LIMIT_MS,
            "ms",
            detail=f"{rate:.0f} a second",
        ),
        Row(
            f"live name, {CLIENTS} clients at a letter every {_PAUSE * 1e3:.0f} ms, 95th percentile",
            _p95(calm),
            LIMIT_MS,
            "ms",
        ),
        Row(
            f"of these names, drawn by the server within {LIMIT_MS:.0f} ms",
            100 * (after[1] - before[1]) / (after[0] - before[0]),
            95,
            "%",
            at_most=False,
        ),
    ]


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1] * 1e3


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


async def _typing(address: str, *, seconds: float, pause: float) -> list[float]:
    """Seconds that each answer took, of all clients."""
    until = time.perf_counter() + seconds
    typed = await asyncio.gather(
        *(_type(address, number, until=until, pause=pause) for number in range(CLIENTS))
    )
    return [each for taken in typed for each in taken]


async def _type(address: str, number: int, *, until: float, pause: float) -> list[float]:
    """One person: a name letter by letter, then the next name on the next look."""
    taken: list[float] = []
    turn = number
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    await asyncio.sleep(pause * number / CLIENTS)
    while time.perf_counter() < until:
        name, look = _NAMES[turn % len(_NAMES)], _LOOKS[turn % len(_LOOKS)]
        for length in range(1, len(name) + 1):
            query = urlencode({**look, "name": name[:length]})
            begun = time.perf_counter()
            writer.write(f"GET /live/name.svg?{query} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
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


def _counted(address: str) -> tuple[float, float]:
    """How many names the server has drawn, and how many of them within the limit, by its own clock."""
    text = httpx.get(f"{address}metrics").text

    def value(name: str) -> float:
        found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.MULTILINE)
        return float(found.group(1)) if found else 0.0

    return (
        value('dxassets_request_seconds_count{route="live_name"}'),
        value(f'dxassets_request_seconds_bucket{{le="{LIMIT_MS / 1e3:g}",route="live_name"}}'),
    )
