"""A small site and its server, in this process or in one of its own."""

from __future__ import annotations

import asyncio
import atexit
import io
import json
import pickle
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Coroutine, Generator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any, TypeVar

import httpx
from starlette.types import ASGIApp, Message

from dxassets.api import Project, SiteWanted, load_campaign
from dxassets.api.hosting import HostedSite, host_site
from dxassets.kinds.faces import LONGEST
from dxassets.server.app import create_app
from dxassets.server.logbook import Logbook
from dxassets.server.settings import Settings

ResultT = TypeVar("ResultT")
LOOK = {"day": "10-10", "theme": "digital", "preset": "button-120x60"}
WIDE = {**LOOK, "preset": "rectangle-300x250"}
FREE = Settings(rate=0)
IDLE = replace(FREE, drawing_queue=0, making_queue=0)
"""Where nobody waits for a worker: what is asked well is refused at once, as busy."""
VI = {"Accept-Language": "vi"}
EN = {"Accept-Language": "en-GB,en;q=0.9,vi;q=0.1"}
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
SMALL = SiteWanted(agencies=("so-noi-vu",), days=("10-10",), themes=("digital",), presets=("button-120x60",))

HOSTILE = {
    "markup": "<script>alert(1)</script>",
    "svg": '"/><image href="https://evil.example/x"/>',
    "template": "{{ 7 * 7 }}{% for x in y %}",
    "header": "A\r\nX-Evil: 1",
    "path": "../../../../etc/passwd",
    "windows": r"..\..\con|aux:*?",
    "null": "A\x00B",
    "controls": "A\x1b[31m\x07",
    "turned": "\u202eUBND\u2066",
    "invisible": "\u200b\u200d\ufeff",
    "combining": "Z" + "\u0301" * 60,
    "unknown": "機関 🏛️",
    "long": "W" * 150,
    "shell": "$(reboot); `id` && echo",
    "format": "%s%n%x {0} {name}",
    "sql": "'; DROP TABLE offices; --",
    "blank": " \t\u00a0 ",
}

_SITE = "site.pickle"
_SCRIPT = """
import sys
from dataclasses import replace
import pickle
from pathlib import Path
sys.path.insert(0, {tests!r})
from tests.server_support import loaded
from dxassets.server.app import create_app
from dxassets.server.running import open_port, run
from dxassets.server.settings import Settings
from dxassets.server.logbook import Logbook

if __name__ == "__main__":
    settings = replace(Settings(port=0, rate=0), **{options!r})
    logbook = Logbook()
    site = pickle.loads((Path({out!r}) / {site!r}).read_bytes())
    app = create_app(loaded(), site, settings=settings, logbook=logbook)
    run(app, open_port(settings), settings=settings, logbook=logbook,
        announce=lambda address: print(address, flush=True))
"""


@cache
def loaded() -> Project:
    """The bundled campaign."""
    return load_campaign()


@cache
def built() -> Path:
    """A folder with the small site's files, made once a process."""
    folder = Path(tempfile.mkdtemp(prefix="dxassets-server-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / _SITE).write_bytes(pickle.dumps(hosted(folder)))  # for servers in processes of their own
    return folder


@cache
def hosted(out: Path) -> HostedSite:
    """A site of one office and one size, built below `out`."""
    return host_site(loaded(), SMALL, limits=LONGEST, built=out)


class Client:
    """Calls an application in this process; `workers` says whether its lifespan runs."""

    def __init__(self, app: ASGIApp, *, workers: bool) -> None:
        self._app = app
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        transport = httpx.ASGITransport(app)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://server")
        self._left: asyncio.Event | None = None
        self._alive: Future[None] | None = None
        if workers:
            started: Future[None] = Future()
            self._alive = asyncio.run_coroutine_threadsafe(self._live(started), self._loop)
            started.result(120)

    def request(self, method: str, url: str, **parts: Any) -> httpx.Response:
        """One request and its whole answer."""
        work = self._client.request(method, url, **parts)
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120)

    def get(self, url: str, **parts: Any) -> httpx.Response:
        """GET."""
        return self.request("GET", url, **parts)

    def post(self, url: str, **parts: Any) -> httpx.Response:
        """POST."""
        return self.request("POST", url, **parts)

    def wait(self, work: Coroutine[Any, Any, ResultT]) -> ResultT:
        """What some work in the application's own loop gives."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(120)

    def close(self) -> None:
        """End the lifespan and the loop."""
        if self._left is not None and self._alive is not None:
            self._loop.call_soon_threadsafe(self._left.set)
            self._alive.result(30)
        self.wait(self._client.aclose())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _live(self, started: Future[None]) -> None:
        """The lifespan, as a server runs it."""
        self._left = asyncio.Event()
        coming = iter(({"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}))

        async def receive() -> Message:
            message = next(coming)
            if message["type"] == "lifespan.shutdown" and self._left is not None:
                await self._left.wait()
            return message

        async def send(message: Message) -> None:
            if message["type"] == "lifespan.startup.complete":
                started.set_result(None)
            elif message["type"] == "lifespan.startup.failed":
                started.set_exception(RuntimeError(message.get("message", "")))

        await self._app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send)


@contextmanager
def answering(site: HostedSite, log: io.StringIO) -> Generator[Client]:
    """The whole application in this process; what it logs goes into `log`."""
    app = create_app(loaded(), site, settings=FREE, logbook=Logbook(log))
    opened = Client(app, workers=True)
    yield opened
    opened.close()


def gate(site: HostedSite, settings: Settings) -> Client:
    """A server without workers, to see what it refuses before any work."""
    return Client(
        create_app(loaded(), site, settings=settings, logbook=Logbook(io.StringIO())), workers=False
    )


def problem_of(answer: Any, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    assert told["type"] == "about:blank"
    return told


@dataclass
class Running:
    """A server in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def lines(self) -> list[dict[str, Any]]:
        """What it has logged."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def raw(self, sent: bytes, *, seconds: float = 10) -> bytes:
        """Everything that comes back for some bytes, until the server closes or `seconds` are over."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as line:
            line.sendall(sent)
            return read_all(line)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; its exit code."""
        self.process.send_signal(how)
        return self.process.wait(30)


def read_all(line: socket.socket) -> bytes:
    """Until the other side closes, or stays silent."""
    parts: list[bytes] = []
    try:
        while part := line.recv(65_536):
            parts.append(part)
    except (TimeoutError, ConnectionResetError):
        pass
    return b"".join(parts)


@contextmanager
def running(folder: Path, out: Path, **options: Any) -> Generator[Running]:
    """A server with its settings changed by `options`; its log lies in `folder`."""
    script = folder / "serve.py"
    script.write_text(
        _SCRIPT.format(tests=str(Path(__file__).parent.parent), options=options, out=str(out), site=_SITE)
    )
    log = folder / "log.jsonl"
    with log.open("w") as errors:
        process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r":(\d+)/", process.stdout.readline())
        assert found, log.read_text()
        yield Running(process, int(found.group(1)), log)
    finally:
        process.kill()
        process.wait(10)
        assert process.stdout is not None
        process.stdout.close()


def get(server: Running, path: str) -> httpx.Response:
    return httpx.get(server.address + path, timeout=30)
