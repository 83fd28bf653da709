"""Two servers that know nothing of one another, behind one proxy: nobody can tell which of them answered."""

from __future__ import annotations

from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import cycle
from threading import Thread
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.server_support import WIDE, Running, built, running

PATHS = (
    "/",
    "/banner.html",
    "/site.css",
    f"/live/base.svg?{urlencode(WIDE)}",
    f"/api/v1/banner?{urlencode({**WIDE, 'name': 'UBND xã Quảng Sơn', 'format': 'png'})}",
)
OWN = {"date", "server-timing", "x-request-id", "x-answered-by", "connection", "transfer-encoding"}
"""Headers that are an answer's own."""


class Proxy(ThreadingHTTPServer):
    """Passes each request on to the next of its servers, and tells in a header which one it was."""

    def __init__(self, servers: list[Running]) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.servers = cycle(servers)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Passing(BaseHTTPRequestHandler):
    server: Proxy  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_GET(self) -> None:
        chosen = next(self.server.servers)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        answer = httpx.get(chosen.address + self.path, headers=headers, timeout=60)
        body = answer.content
        self.send_response(answer.status_code)
        for name, value in answer.headers.items():
            if name not in {"transfer-encoding", "content-encoding", "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("X-Answered-By", str(chosen.port))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (http.server's name)
        """Say nothing."""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Generator[Proxy]:
    out = built()
    one, other = (tmp_path_factory.mktemp(name) for name in ("one", "other"))
    with running(one, out) as first, running(other, out) as second, Proxy([first, second]) as between:
        Thread(target=between.serve_forever, daemon=True).start()
        yield between
        between.shutdown()


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_two_servers_behind_a_proxy_answer_alike(proxy: Proxy, path: str) -> None:
    first, second = (httpx.get(proxy.address + path, timeout=60) for _ in range(2))
    assert first.headers["x-answered-by"] != second.headers["x-answered-by"]
    assert first.status_code == second.status_code == 200
    assert first.content == second.content
    assert first.headers["etag"] == second.headers["etag"]
    told = [
        {name: value for name, value in answer.headers.items() if name not in OWN}
        for answer in (first, second)
    ]
    assert told[0] == told[1]
    # the third goes to the first again, the fourth to the second: what one has sent the other takes for known
    for _ in range(2):
        known = httpx.get(proxy.address + path, headers={"If-None-Match": first.headers["etag"]}, timeout=60)
        assert known.status_code == 304
        assert known.content == b""
