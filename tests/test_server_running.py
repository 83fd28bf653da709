"""The server in a process of its own: many at once, slow and huge senders, and its own description."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.config import SchemathesisConfig

from dxassets.server.offers import operations_of
from tests.server_support import LOOK, WIDE, Running, built, get, loaded, running

PATIENCE = 1.5
"""Seconds that the server of these tests waits for heads and bodies."""
HANG = 120.0
"""Seconds after which a test gives up; how long the server waits is counted in test_server_patience."""
NAME = f"/live/name.svg?{urlencode({**WIDE, 'name': 'UBND xã Nam Dong'})}"


@pytest.fixture(scope="module")
def out() -> Path:
    return built()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, out: Path) -> Generator[Running]:
    folder = tmp_path_factory.mktemp("server")
    with running(folder, out, head_seconds=PATIENCE, body_seconds=PATIENCE) as found:
        yield found


# --- many, slow, huge


def test_two_hundred_at_once_are_all_answered(server: Running) -> None:
    async def ask() -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=200)
        async with httpx.AsyncClient(base_url=server.address, limits=limits, timeout=60) as client:
            paths = [NAME, "/", f"/live/base.svg?{urlencode(WIDE)}", "/api/v1/presets", "/healthz"]
            return await asyncio.gather(*(client.get(paths[turn % len(paths)]) for turn in range(200)))

    answers = asyncio.run(ask())
    assert {answer.status_code for answer in answers} == {200}
    by_path: dict[str, set[bytes]] = {}
    for answer in answers:
        by_path.setdefault(str(answer.url), set()).add(answer.content)
    assert [len(bodies) for bodies in by_path.values()] == [1] * 5
    assert get(server, "/healthz").status_code == 200


def test_a_slow_loris_is_put_off_and_stops_nobody(server: Running) -> None:
    lines = [socket.create_connection(("127.0.0.1", server.port), timeout=10) for _ in range(60)]
    for line in lines:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
    open_lines, until = list(lines), time.monotonic() + HANG
    while open_lines and time.monotonic() < until:
        for line in list(open_lines):
            try:
                line.sendall(b"X-a: b\r\n")
            except OSError:
                open_lines.remove(line)
        assert get(server, NAME).status_code == 200
        time.sleep(0.2)
    for line in lines:
        line.close()
    assert not open_lines


def test_a_loris_that_begins_after_a_whole_request_is_put_off_too(server: Running) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert line.recv(65_536).startswith(b"HTTP/1.1 200")
        put_off, until = False, time.monotonic() + HANG
        while not put_off and time.monotonic() < until:
            try:
                line.sendall(b"G")
            except ConnectionError:  # a reset, or a broken pipe
                put_off = True
            time.sleep(0.1)
        assert put_off


def test_a_slow_body_is_answered_with_408(server: Running) -> None:
    head = (
        b"POST /api/v1/letter HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    )
    assert server.raw(head + b"{").startswith(b"HTTP/1.1 408")


def test_a_huge_body_is_refused_without_being_read(server: Running) -> None:
    head = b"POST /api/v1/letter HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n"
    assert server.raw(head).startswith(b"HTTP/1.1 413")  # one that waits for the body answers with 408
    chunked = b"POST /api/v1/letter HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server.port), timeout=HANG) as line:
        line.sendall(chunked)
        sent = 0
        try:
            while sent < 50_000_000:
                line.sendall(b"10000\r\n" + b"x" * 65_536 + b"\r\n")
                sent += 65_536
        except OSError:
            pass
        assert sent < 50_000_000


def test_a_huge_head_is_refused(server: Running) -> None:
    assert server.raw(b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nBad Header\x00: 1\r\n\r\n",
        b"POST /api/v1/letter HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: x\r\n\r\n",
    ],
)
def test_what_is_no_http_is_refused(server: Running, sent: bytes) -> None:
    assert server.raw(sent).partition(b" ")[2][:3] in {b"400", b"501"}


@pytest.mark.parametrize(
    "target",
    [
        b"/../../../../etc/passwd",
        b"/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        b"/..%2f..%2f..%2fetc%2fpasswd",
        b"//etc/passwd",
        b"/banner/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        b"/%00/etc/passwd",
        b"/site.css%00.html",
        b"http://other.example/etc/passwd",
        b"/%ff%fe",
    ],
)
def test_no_target_leads_out_of_the_site(server: Running, target: bytes) -> None:
    answer = server.raw(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400")), answer[:200]
    assert b"root:" not in answer


def test_no_value_becomes_a_header(server: Running) -> None:
    for field in ("name", "day", "x"):
        query = urlencode({**LOOK, field: "A\r\nX-Evil: 1\r\n\r\n<script>"})
        answer = server.raw(
            f"GET /api/v1/banner?{query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode()
        )
        head = answer.partition(b"\r\n\r\n")[0].lower()
        assert b"\r\nx-evil" not in head
    lang = b"GET /nothing HTTP/1.1\r\nHost: x\r\nAccept-Language: en\x0b\r\nConnection: close\r\n\r\n"
    assert server.raw(lang).startswith(b"HTTP/1.1 4")


def test_the_log_of_all_this_is_json_without_an_address(server: Running) -> None:
    get(server, NAME)
    routes: set[str] = set()
    for _ in range(200):  # a request is told when its answer is through
        routes = {line["route"] for line in server.lines() if line["event"] == "request"}
        if "live_name" in routes:
            break
        time.sleep(0.05)
    assert "live_name" in routes
    text = server.log.read_text(encoding="utf-8")
    assert "127.0.0.1" not in text
    assert "Nam Dong" not in text
    assert "Traceback" not in text


# --- the API keeps its own description


@pytest.fixture(scope="module")
def document(server: Running) -> Any:
    api = f"{server.address}/api/v1"
    config = SchemathesisConfig.from_dict(
        {
            "base-url": api,  # what the document says itself, “.”, schemathesis does not resolve
            "seed": 20221010,
            "checks": {
                # 422: the request keeps the description, and still can't be made
                "positive_data_acceptance": {"expected-statuses": [200, 422]},
                # 414: it breaks the description by being longer than any address may be
                "negative_data_rejection": {"expected-statuses": [400, 404, 405, 414, 415]},
            },
        }
    )
    return schemathesis.openapi.from_url(f"{api}/openapi.json", config=config)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["right", "wrong"])
@pytest.mark.parametrize(
    "operation", ["GET /banner", "GET /qr", "GET /letter", "POST /letter", "GET /presets", "GET /agencies"]
)
def test_every_answer_is_described(document: Any, operation: str, mode: GenerationMode) -> None:
    method, path = operation.split()
    asked: list[int] = []

    @settings(
        max_examples=6 if path == "/letter" else 15,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )
    @given(case=document[path][method].as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        answer = case.call_and_validate()
        asked.append(answer.status_code)

    ask()
    assert len(asked) >= 3
    if mode is GenerationMode.POSITIVE:
        assert set(asked) <= {200, 422}
        assert 200 in asked or path == "/qr"  # no address that chance finds is a state agency's
    else:
        assert 400 in asked


def test_the_document_lists_the_operations_and_its_examples_keep_it(document: Any) -> None:
    raw = document.raw_schema
    assert raw["openapi"] == "3.1.0"
    assert raw["servers"] == [{"url": "."}]
    kinds = {"/banner", "/loop", "/qr", "/letter", "/script", "/calendar", "/posts", "/signature", "/press"}
    assert set(raw["paths"]) == {*kinds, "/presets", "/agencies", "/report"}
    for offer in operations_of(loaded()).values():
        described = {each["name"]: each for each in raw["paths"][f"/{offer.name}"]["get"]["parameters"]}
        assert set(described) == {parameter.name for parameter in offer.parameters}
        for parameter in offer.parameters:
            assert described[parameter.name]["schema"] == parameter.schema
            if parameter.example:
                assert parameter.problem_of(parameter.example) is None
