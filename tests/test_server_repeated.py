"""A picture that is asked for again: what the server does for it is counted, since no clock may judge."""

from __future__ import annotations

import asyncio
import io
import sys
from types import FrameType
from typing import Any
from urllib.parse import urlencode

import pytest

from dxassets.api.hosting import HostedSite
from dxassets.api.live import Made
from dxassets.digest import digest
from dxassets.server.app import create_app
from dxassets.server.desk import ApiDesk
from dxassets.server.gates import POLICY, SECURITY
from dxassets.server.logbook import Logbook
from dxassets.server.settings import Settings
from tests.server_support import WIDE, loaded

PICTURE = Made(b"\x89PNG" * 25_000, "image/png", digest(b"job"), "a-10-10.png", "Ảnh 10-10.png")
ASKED = urlencode({**WIDE, "name": "Trường THPT Chu Văn An"}).encode()
MOST_CALLS = 220
"""Of functions, C's included. Measured 175; 370 when each answer's headers were told and looked up anew."""


def scope(*headers: tuple[bytes, bytes], method: str = "GET") -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": "/api/v1/banner",
        "raw_path": b"/api/v1/banner",
        "query_string": ASKED,
        "root_path": "",
        "headers": [(b"host", b"server"), *headers],
        "client": ("127.0.0.1", 5),
        "server": ("127.0.0.1", 80),
        "state": {},
    }


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A server whose worker makes the picture once."""
    made: list[object] = []

    async def fulfilled(_desk: object, _pool: object, order: object, _request: object) -> Made:
        made.append(order)
        assert len(made) == 1, "it was drawn again"
        return PICTURE

    monkeypatch.setattr(ApiDesk, "_fulfilled", fulfilled)
    return create_app(loaded(), HostedSite({}, {}, ()), settings=Settings(), logbook=Logbook(io.StringIO()))


async def ask(app: Any, *headers: tuple[bytes, bytes]) -> list[Any]:
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope(*headers), receive, send)
    return sent


def test_the_same_picture_again_takes_few_calls(app: Any) -> None:
    async def counted() -> int:
        for _ in range(3):
            await ask(app)
        calls = 0

        def count(_frame: FrameType, event: str, _what: object) -> None:
            nonlocal calls
            calls += event in {"call", "c_call"}

        sys.setprofile(count)
        try:
            await ask(app)
        finally:
            sys.setprofile(None)
        return calls

    calls = asyncio.run(counted())
    assert 50 < calls <= MOST_CALLS


def test_it_is_the_same_answer_with_every_header(app: Any) -> None:
    first, again = (asyncio.run(ask(app)) for _ in range(2))
    for head, body in (first, again):
        headers = {name.decode(): value.decode() for name, value in head["headers"]}
        assert len(headers) == len(head["headers"])
        assert head["status"] == 200
        assert body["body"] == PICTURE.data
        assert headers["content-type"] == "image/png"
        assert headers["etag"] == f'"{PICTURE.key}"'
        assert "filename*=UTF-8''%E1%BA%A2nh%2010-10.png" in headers["content-disposition"]
        wanted = {**SECURITY, "Content-Security-Policy": POLICY}
        assert {name: headers[name.lower()] for name in wanted} == wanted
        assert len(headers["x-request-id"]) == 16
    ids = [dict(head["headers"])[b"x-request-id"] for head, _ in (first, again)]
    assert ids[0] != ids[1]
    known = (b"if-none-match", f'"{PICTURE.key}"'.encode())
    head, body = asyncio.run(ask(app, known))
    assert (head["status"], body["body"]) == (304, b"")
