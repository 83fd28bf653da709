"""Every number that the server keeps to, on both sides: what is just allowed, and what no longer is."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
import uvicorn
from uvicorn.server import ServerState

from dxassets.api.hosting import HostedSite
from dxassets.kinds.faces import LONGEST
from dxassets.server.pages import _page
from dxassets.server.patience import PatientProtocol, patient_protocol
from dxassets.server.settings import Settings
from tests.server_support import FREE, IDLE, WIDE, Running, built, gate, hosted, problem_of, read_all, running

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site() -> HostedSite:
    return hosted(built())


# --- sizes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("over", [0, 1])
def test_an_address_of_4096_bytes_is_read_and_a_longer_one_is_not(site: HostedSite, over: int) -> None:
    path = "/api/v1/presets?x="
    length = 4096 - len("/api/v1/presets") - len("x=") + over
    answer = gate(site, FREE).get(path + "a" * length)
    problem_of(answer, 414 if over else 400)


async def _pieces(total: int) -> AsyncIterator[bytes]:
    for start in range(0, total, 1000):
        yield b" " * min(1000, total - start)


@pytest.mark.parametrize("over", [0, 1])
@pytest.mark.parametrize("streamed", [False, True], ids=["with its length", "in pieces"])
def test_a_body_of_16384_bytes_is_read_and_a_larger_one_is_not(
    site: HostedSite, over: int, *, streamed: bool
) -> None:
    length = 16_384 + over
    content = _pieces(length) if streamed else b" " * length
    answer = gate(site, FREE).post(
        "/api/v1/letter", content=content, headers={"Content-Type": "application/json"}
    )
    problem_of(answer, 413 if over else 400)


def test_of_a_body_no_more_is_read_than_shows_that_it_is_too_large(site: HostedSite) -> None:
    read = list[int]()

    async def endless() -> AsyncIterator[bytes]:
        for number in range(1_000):
            read.append(number)
            yield b" " * 1000

    problem_of(gate(site, FREE).post("/api/v1/letter", content=endless()), 413)
    assert len(read) == 17  # 16,384 bytes and what came with them


@pytest.mark.parametrize("length", ["000000016384", "0000000016384", "16385", "1e3", "-1", "+1", "٣"])
def test_a_length_is_a_plain_number_of_at_most_12_digits(site: HostedSite, length: str) -> None:
    answer = gate(site, FREE).post("/api/v1/letter", headers={"Content-Length": length.encode()})
    problem_of(answer, 415 if length == "000000016384" else 413)


@pytest.mark.parametrize("over", [0, 1])
def test_sixteen_parameters_are_read_and_seventeen_are_not(site: HostedSite, over: int) -> None:
    query = "&".join(f"a{number}=1" for number in range(16 + over))
    told = problem_of(gate(site, FREE).get(f"/api/v1/banner?{query}"), 400)
    assert ("too many" in str(told) or "quá nhiều" in str(told)) == bool(over)


TEXTS = [
    ("/api/v1/banner", WIDE, "name", 160),
    ("/live/name.svg", WIDE, "name", 160),
    ("/api/v1/letter", {}, "signer", 60),
    ("/api/v1/qr", {"link": "province"}, "label", 60),
    ("/api/v1/qr", {}, "url", 400),
    ("/api/v1/agencies", {}, "find", 80),
]


@pytest.mark.parametrize(("path", "others", "field", "longest"), TEXTS)
def test_a_text_of_the_most_characters_is_read_and_one_more_is_told(
    site: HostedSite, path: str, others: dict[str, str], field: str, longest: int
) -> None:
    """Without workers, a request that keeps its description ends as 503 or with its list."""
    few = gate(site, IDLE)
    assert few.get(path, params={**others, field: "ố" * longest}).status_code in {200, 503}
    told = problem_of(few.get(path, params={**others, field: "ố" * (longest + 1)}), 400)
    assert [error["parameter"] for error in told["errors"]] == [field]
    assert str(longest) in told["errors"][0]["detail"]


@pytest.mark.parametrize(
    ("number", "good"), [("1", True), ("999999", True), ("0", False), ("1000000", False), ("01", False)]
)
def test_a_documents_number_has_one_to_six_digits(site: HostedSite, number: str, *, good: bool) -> None:
    few = gate(site, IDLE)
    assert few.get("/api/v1/letter", params={"number": number}).status_code == (503 if good else 400)


def test_who_finds_the_line_full_is_told_to_come_again_in_five_seconds(site: HostedSite) -> None:
    answer = gate(site, IDLE).get("/api/v1/letter")
    problem_of(answer, 503)
    assert answer.headers["retry-after"] == "5"


@pytest.mark.parametrize(("length", "packed"), [(999, False), (1000, True)])
def test_a_page_is_packed_from_1000_bytes_on(length: int, *, packed: bool) -> None:
    assert (_page("site.css", b"a" * length).packed is not None) is packed


# --- patience -----------------------------------------------------------------------------------------


class Patience:
    """A connection of the server's own protocol, on a loop whose time goes only when it is told to."""

    def __init__(self, settings: Settings) -> None:
        config = uvicorn.Config(Mock(), http=patient_protocol(settings), lifespan="off", log_config=None)
        config.load()
        self.timers: list[tuple[float, Mock, Callable[[], None]]] = []
        self.now = 0.0
        loop = Mock()
        loop.call_later.side_effect = self._later
        loop.create_task.side_effect = lambda work, **_: work.close() or Mock()
        made: Any = config.http_protocol_class
        self.protocol: PatientProtocol = made(
            config=config, server_state=ServerState(), app_state={}, _loop=loop
        )
        self.connect("127.0.0.1")

    def _later(self, seconds: float, action: Callable[[], None], *_: object) -> Mock:
        handle = Mock()
        self.timers.append((self.now + seconds, handle, action))
        return handle

    def connect(self, peer: str) -> None:
        self.transport = Mock()
        self.transport.get_extra_info.side_effect = lambda name: (
            (peer, 50_000) if name == "peername" else ("127.0.0.1", 80) if name == "sockname" else None
        )
        self.transport.is_closing.return_value = False
        self.protocol.connection_made(self.transport)

    def until(self, moment: float) -> bool:
        """Let time pass; whether the connection was cut."""
        self.now = moment
        for due, handle, action in list(self.timers):
            if due <= moment and not handle.cancel.called and action == self.protocol._lose_patience:
                action()
        return self.transport.abort.called


SHORT = replace(FREE, head_seconds=3.0, body_seconds=4.0, making_seconds=5.0)
HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


def test_a_head_must_be_whole_within_its_seconds() -> None:
    for piece in (b"", b"GET / HTTP/1.1\r\n"):
        line = Patience(SHORT)
        line.protocol.data_received(piece) if piece else None
        assert not line.until(2.99)
        assert line.until(3.0)
    line = Patience(SHORT)
    assert not line.until(2.9)
    line.protocol.data_received(HEAD)
    assert not line.until(3.1), "a whole head stops that clock"


def test_an_answer_must_be_taken_within_its_seconds() -> None:
    line = Patience(SHORT)
    line.protocol.data_received(HEAD)
    assert SHORT.answer_seconds == 4.0 + 5.0 + 60.0
    assert not line.until(68.9)
    assert line.until(69.0)


def test_after_an_answer_the_next_head_has_its_own_seconds() -> None:
    line = Patience(SHORT)
    line.protocol.data_received(HEAD)
    line.now = 50.0
    line.protocol.cycle.response_complete = True
    line.protocol.on_response_complete()
    assert not line.until(52.9)
    assert line.until(53.0)


# --- connections, in a server of its own --------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    with running(
        tmp_path_factory.mktemp("limits"), built(), connections_each=4, most_connections=12, most_head=2_000
    ) as found:
        yield found


def opened(
    server: Running, count: int, stack: ExitStack, *, source: str = "127.0.0.1"
) -> list[socket.socket]:
    """So many connections, each of which has been answered once, or was cut."""
    lines: list[socket.socket] = []
    for _ in range(count):
        line = socket.create_connection(("127.0.0.1", server.port), timeout=10, source_address=(source, 0))
        lines.append(stack.enter_context(line))
    return lines


def answered(line: socket.socket) -> bytes:
    """The start of what comes back for a question; nothing when the line was cut."""
    try:
        line.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        return line.recv(65_536)[:12]
    except OSError:
        return b""


def test_one_address_holds_as_many_connections_as_it_may_and_gives_one_back(server: Running) -> None:
    with ExitStack() as stack:
        lines = opened(server, 4, stack)
        assert [answered(line) for line in lines] == [b"HTTP/1.1 200"] * 4
        (fifth,) = opened(server, 1, stack)
        assert answered(fifth) == b""
        (other,) = opened(server, 1, stack, source="127.0.0.2")
        assert answered(other) == b"HTTP/1.1 200"
        lines[0].close()
        for _ in range(100):  # until the server has seen it
            (again,) = opened(server, 1, stack)
            if answered(again):
                return
        pytest.fail("a connection that was given back is still counted")


def test_all_together_hold_as_many_connections_as_there_may_be(server: Running) -> None:
    with ExitStack() as stack:
        sources = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
        lines = [line for source in sources[:2] for line in opened(server, 4, stack, source=source)]
        assert [answered(line) for line in lines] == [b"HTTP/1.1 200"] * 8
        more = opened(server, 4, stack, source=sources[2])
        assert b"HTTP/1.1 503" in [answered(line) for line in more]


@pytest.mark.parametrize(("length", "status"), [(1_900, b"HTTP/1.1 200"), (2_100, b"HTTP/1.1 400")])
def test_a_head_may_be_so_long_and_no_longer(server: Running, length: int, status: bytes) -> None:
    start = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: "
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as line:
        line.sendall(start + b"a" * (length - len(start) - 4))  # not whole yet
        if status.endswith(b"200"):
            line.settimeout(0.3)
            with pytest.raises(TimeoutError):
                line.recv(1)
            line.settimeout(10)
            line.sendall(b"\r\n\r\n")
        assert read_all(line).startswith(status)


# --- what the manual says -----------------------------------------------------------------------------


def test_the_manuals_table_tells_the_limits_as_they_are() -> None:
    manual = (ROOT / "docs/server.md").read_text(encoding="utf-8")
    usual = Settings()
    kib = {usual.most_head // 1024: usual.most_head, usual.most_body // 1024: usual.most_body}
    assert all(number * 1024 == size for number, size in kib.items())
    texts = " · ".join(str(LONGEST[name]) for name in ("name", "signer", "label"))
    rows = (
        f"| {usual.longest_address} byte | 414 |",
        f"| {usual.most_head // 1024} KiB, trong {usual.head_seconds:g} giây | 400",
        f"| {usual.most_body // 1024} KiB, trong {usual.body_seconds:g} giây | 413",
        f"| {texts} ký tự | 400 |",
        f"| {usual.rate * 60:g} lượt một phút, dồn tối đa {usual.burst:g};",
        f"; làm một tệp tính {usual.making_cost:g} lượt (`--rate`) | 429",
        f"| {usual.connections_each} kết nối cùng lúc",
        f"| {usual.drawing_seconds:g} giây | 504 |",
        f"| {usual.making_seconds:g} giây, kể cả chờ | 504;",
        f"| {usual.drawing_queue} tên đang vẽ, {usual.making_queue} tệp | 503",
    )
    for row in rows:
        assert row in manual, row
