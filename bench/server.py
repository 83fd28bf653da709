"""The server under load: names while twenty people type, one picture again and again, a pile, letters alone.

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


def load_rows(pace: Pace) -> Iterator[Row]:
    """One picture asked again and again, a second person beside a pile of posters, and letters alone."""
    seconds = 2.0 if pace.quick else 8.0
    with TemporaryDirectory() as out, _server(out) as address:
        asyncio.run(_asking(address, _picture, seconds=1.0))
        again, bare = (
            asyncio.run(_asking(address, asked, seconds=seconds)) for asked in (_picture, _nothing)
        )
        alone = asyncio.run(_one(address, _poster(99)))
        waits = [asyncio.run(_beside_a_pile(address, stays=stays)) for stays in (False, True)]
        letters = asyncio.run(_asking(address, _letters, seconds=2 * seconds))
        one_letter = min(asyncio.run(_one(address, next(_letters(800_000 + at)))) for at in range(3))
    # measured 0.5 to 0.6; 760 a second beside three other loads on two cores, so 1,000 and more alone
    yield Row(
        f"the same PNG, {CLIENTS} clients",
        len(again) / seconds,
        against=_BARE,
        reference=len(bare) / seconds,
        unit="/s",
        at_least=0.4,
    )
    for stays, waited in zip((False, True), waits, strict=True):
        whose = "waits for" if stays else "asked for and left"
        # at most the poster in work, then its own; nobody's fortieth
        yield Row(
            f"a second person's PNG while one {whose} 40 posters",
            waited,
            against="one such poster by itself",
            reference=alone,
            at_most=4.0,
        )
    # every letter is another one; as many workers as there are cores but one
    yield Row(
        f"letters alone (PDF), {CLIENTS} clients",
        len(letters) / (2 * seconds),
        against="one letter after the other",
        reference=1 / one_letter,
        unit="/s",
        at_least=0.5,
    )


def _picture(turn: int) -> Iterator[str]:
    """One picture again and again."""
    asked = urlencode({**_LOOKS[0], "name": _NAMES[0]})
    yield from (f"/api/v1/banner?{asked}" for _ in _name(turn))


def _letters(turn: int) -> Iterator[str]:
    """A letter that nobody has asked for before."""
    yield f"/api/v1/letter?format=pdf&number={turn % 900_000 + 1}"


def _poster(number: int) -> str:
    asked = {"day": "10-10", "theme": "digital", "preset": "poster-a4", "format": "png"}
    return f"/api/v1/banner?{urlencode({**asked, 'name': f'Trường Tiểu học số {number + 1}'})}"


async def _one(address: str, path: str) -> float:
    """Seconds that one answer takes."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    begun = time.perf_counter()
    writer.write(f"GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    await reader.read()
    writer.close()
    return time.perf_counter() - begun


async def _beside_a_pile(address: str, *, stays: bool) -> float:
    """Seconds that a PNG takes which is asked for after 40 posters; those who asked for these stay, or leave.

    Both come from addresses of their own.
    """
    parts = urlsplit(address)
    lines = [
        await asyncio.open_connection(parts.hostname, parts.port, local_addr=("127.0.0.2", 0))
        for _ in range(40)
    ]
    for at, (_, writer) in enumerate(lines):
        writer.write(f"GET {_poster(200 + 100 * stays + at)} HTTP/1.1\r\nHost: bench\r\n\r\n".encode())
    await asyncio.sleep(0.3)
    if not stays:
        for _, writer in lines:
            writer.transport.abort()
    asked = urlencode({**_LOOKS[0], "name": f"Trạm Y tế xã số {1 + stays}"})
    taken = await _one(address, f"/api/v1/banner?{asked}")
    for _, writer in lines:
        writer.transport.abort()
    return taken


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
            assert size, head
            await reader.readexactly(int(size.group(1)))
            if head.startswith(
                b"HTTP/1.1 504"
            ):  # a machine that is busy with other things: it counts as nothing
                continue
            assert head.startswith(b"HTTP/1.1 200"), head
            taken.append(time.perf_counter() - begun)
            if pause:
                await asyncio.sleep(max(0.0, pause - taken[-1]))
        turn += CLIENTS
    writer.close()
    return taken
