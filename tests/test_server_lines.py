"""Who comes next, what is kept a while, and how many processes a container has room for."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxassets.api.live import Made
from dxassets.server import capacity
from dxassets.server.kept import KEPT_SECONDS, MOST_IN_MEMORY, MOST_OF_ONE, Kept
from dxassets.server.lines import Turns
from dxassets.server.orders import NameOrder
from dxassets.server.pool import BusyError, Pool, SlowError
from tests.server_support import FREE, LOOK, built, gate, hosted, loaded, problem_of


def served(lines: Turns[str], turns: int, cost: Callable[[str], float]) -> list[str]:
    """Whose orders a single worker takes, one after the other."""
    found: list[str] = []
    for _ in range(turns):
        address, _item = lines.take()
        found.append(address)
        lines.done(address, cost(address))
    return found


# --- lines


def test_addresses_take_turns_however_many_orders_one_has() -> None:
    lines: Turns[str] = Turns()
    for number in range(40):
        lines.add("many", f"many {number}")
    assert served(lines, 3, lambda _: 1.0) == ["many"] * 3
    lines.add("one", "its only one")
    assert served(lines, 2, lambda _: 1.0)[0] == "one"
    for number in range(3):
        lines.add("few", f"few {number}")
    assert Counter(served(lines, 6, lambda _: 1.0)) == {"few": 3, "many": 3}


def test_turns_are_counted_by_time_and_not_by_orders() -> None:
    lines: Turns[str] = Turns()
    for number in range(100):
        lines.add("slow", f"slow {number}")
        lines.add("quick", f"quick {number}")
    found = Counter(served(lines, 55, lambda address: 1.0 if address == "slow" else 0.1))
    assert found["quick"] == pytest.approx(10 * found["slow"], rel=0.15)


def test_who_asks_one_after_another_does_not_pay_less() -> None:
    lines: Turns[str] = Turns()
    for number in range(100):
        lines.add("line", f"line {number}")
    found: Counter[str] = Counter()
    lines.add("poster", "poster")
    for _ in range(44):
        address, _item = lines.take()
        lines.done(address, 1.0 if address == "poster" else 0.1)
        found[address] += 1
        if address == "poster":
            lines.add("poster", "poster")  # the next one, as soon as the last was taken
    assert found["line"] == pytest.approx(10 * found["poster"], rel=0.2)


def test_silence_saves_nothing_up() -> None:
    lines: Turns[str] = Turns()
    for number in range(50):
        lines.add("early", f"early {number}")
    served(lines, 20, lambda _: 1.0)
    for number in range(20):
        lines.add("late", f"late {number}")
    assert Counter(served(lines, 20, lambda _: 1.0)) == {"early": 10, "late": 10}


def test_an_order_that_is_taken_out_is_not_taken() -> None:
    lines: Turns[str] = Turns()
    for item in "abc":
        lines.add("a", item)
    assert lines.remove("a", "b")
    assert not lines.remove("a", "b")
    assert not lines.remove("nobody", "b")
    assert len(lines) == 2
    assert [lines.take()[1], lines.take()[1]] == ["a", "c"]
    with pytest.raises(LookupError):
        lines.take()


def test_the_longest_line_gives_way_and_equals_do_not() -> None:
    lines: Turns[str] = Turns()
    for item in "abc":
        lines.add("long", item)
    assert lines.give_way("long") is None
    assert lines.give_way("new") == "c"
    lines.add("new", "x")
    assert lines.give_way("new") is None


# --- the pool


def test_whoever_leaves_leaves_the_line_and_equal_orders_are_one() -> None:
    async def go() -> None:
        pool = Pool(loaded(), "drawing", workers=1, queue=3, seconds=30.0)
        orders = [NameOrder(f"UBND xã số {number}", **LOOK) for number in range(5)]
        waiting = [asyncio.create_task(pool.fulfil(order, asker="a")) for order in orders[:3]]
        twin = asyncio.create_task(pool.fulfil(orders[0], asker="b"))
        await asyncio.sleep(0)
        assert pool.waiting == 3
        with pytest.raises(BusyError):
            await pool.fulfil(orders[3], asker="a")
        other = asyncio.create_task(pool.fulfil(orders[4], asker="c"))  # the longest line gives way
        await asyncio.sleep(0)
        assert pool.waiting == 3
        with pytest.raises(BusyError):
            await waiting[2]
        waiting[0].cancel()
        await asyncio.sleep(0)
        assert pool.waiting == 3  # its twin still waits
        waiting[1].cancel()
        other.cancel()
        await asyncio.gather(waiting[0], waiting[1], other, return_exceptions=True)
        assert pool.waiting == 1
        await pool.start()
        try:
            assert (await twin).data
            assert pool.waiting == 0
            assert pool._jobs == {}
        finally:
            await pool.stop()

    asyncio.run(go())


def test_an_order_that_waits_too_long_is_given_up() -> None:
    async def go() -> None:
        pool = Pool(loaded(), "drawing", workers=1, queue=3, seconds=0.05)
        with pytest.raises(SlowError):
            await pool.fulfil(NameOrder("UBND xã Nam Dong", **LOOK))
        assert pool.waiting == 0
        await pool.stop()

    asyncio.run(go())


def test_a_client_that_hangs_up_takes_its_order_along() -> None:
    client = gate(hosted(built()), replace(FREE, making_queue=9))
    app: Any = client._app

    async def hang_up() -> list[int]:
        gone = asyncio.Event()

        async def receive() -> dict[str, Any]:
            if not received:
                received.append(True)
                return {"type": "http.request", "body": b"", "more_body": False}
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        received: list[bool] = []
        statuses: list[int] = []
        query = "&".join(f"{name}={value}" for name, value in LOOK.items()).encode()
        scope = {
            "type": "http", "method": "GET", "path": "/api/v1/banner", "raw_path": b"/api/v1/banner",
            "query_string": query, "headers": [], "client": ("203.0.113.1", 1), "http_version": "1.1",
            "scheme": "http", "server": ("x", 80), "root_path": "",
        }  # fmt: skip
        asked = asyncio.create_task(app(scope, receive, send))
        await asyncio.sleep(0.2)
        assert statuses == []
        gone.set()
        await asyncio.wait_for(asked, 5)
        return statuses

    assert client.wait(hang_up()) == [499]
    told = client.get("/metrics").text
    assert 'dxassets_refused_total{reason="left"} 1.0' in told
    assert 'dxassets_workers_waiting{skill="making"} 0.0' in told


def test_the_same_picture_is_drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Any] = []

    async def fulfil(_pool: Pool, order: Any, **_: str) -> Made:
        made.append(order)
        return Made(b"png", "image/png", "a" * 64, "a.png", "a.png")

    monkeypatch.setattr(Pool, "fulfil", fulfil)
    client = gate(hosted(built()), FREE)
    asked = [client.get("/api/v1/banner", params={**LOOK, "lang": lang}) for lang in ("vi", "en", "vi")]
    assert [each.content for each in asked] == [b"png"] * 3
    assert len(made) == 1
    again = client.get("/api/v1/banner", params=LOOK, headers={"If-None-Match": asked[0].headers["etag"]})
    assert (again.status_code, len(made)) == (304, 1)
    for _ in range(2):
        client.get("/api/v1/letter", params={"number": "7"})  # nobody keeps a letter
    assert len(made) == 3


# --- kept a while


def file(size: int, key: str) -> Made:
    return Made(b"x" * size, "image/png", key, "a.png", "a.png")


def test_the_file_not_asked_for_longest_is_forgotten_first() -> None:
    kept = Kept(most=30)
    for name in "abc":
        kept.put(name, file(10, name))
    assert kept.get("a") is not None
    kept.put("d", file(10, "d"))
    assert [name for name in "abcd" if kept.get(name)] == ["a", "c", "d"]
    kept.put("e", file(31, "e"))
    assert kept.get("e") is None


def test_two_ways_to_ask_for_one_file_share_it_and_it_is_forgotten_after_ten_minutes() -> None:
    now = [0.0]
    kept = Kept(most=10, clock=lambda: now[0])
    kept.put("by id", file(10, "k"))
    kept.put("by name", file(10, "k"))
    assert kept.get("by id") is kept.get("by name")
    now[0] = KEPT_SECONDS
    assert kept.get("by id") is not None
    now[0] = KEPT_SECONDS + 1
    assert kept.get("by id") is None
    assert kept.get("by name") is None


def test_64_mb_are_kept_and_the_file_not_asked_for_longest_is_forgotten() -> None:
    kept = Kept()
    for number in range(8):
        kept.put(number, file(MOST_OF_ONE, str(number)))
    assert 8 * MOST_OF_ONE == MOST_IN_MEMORY
    assert kept.get(0) is not None
    kept.put(8, file(1, "8"))
    assert [number for number in range(9) if kept.get(number)] == [0, 2, 3, 4, 5, 6, 7, 8]


def test_4096_ways_to_ask_are_known_and_of_one_more_the_oldest_is_not() -> None:
    kept = Kept()
    for number in range(4_096):
        kept.put(number, file(1, "one"))
    assert kept.get(0) is not None
    kept.put(4_096, file(1, "one"))
    assert kept.get(0) is None
    assert kept.get(1) is not None


@pytest.mark.parametrize(("size", "there"), [(MOST_OF_ONE, True), (MOST_OF_ONE + 1, False)])
def test_a_file_of_8_mb_is_kept_and_a_larger_one_is_not(size: int, *, there: bool) -> None:
    kept = Kept()
    kept.put("a", file(size, "a"))
    assert (kept.get("a") is not None) == there


# --- room


@pytest.mark.parametrize(
    ("files", "cores", "memory"),
    [
        ({"cpu.max": "200000 100000", "memory.max": "1610612736"}, 2, 1_610_612_736),
        ({"cpu.max": "50000 100000", "memory.max": "max"}, 1, None),
        ({"cpu/cpu.cfs_quota_us": "300000", "cpu/cpu.cfs_period_us": "100000",
          "memory/memory.limit_in_bytes": "9223372036854771712"}, 3, None),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, 16, None),
        ({}, 16, None),
    ],
)  # fmt: skip
def test_a_containers_limits_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], cores: int, memory: int | None
) -> None:
    monkeypatch.setattr(capacity.os, "sched_getaffinity", lambda _: set(range(16)), raising=False)
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text + "\n", encoding="ascii")
    assert capacity.cores(tmp_path) == cores
    assert capacity.memory_limit(tmp_path) == memory


@pytest.mark.parametrize(
    ("memory", "workers"),
    [("max", 15), (str(capacity.SERVER_BYTES + 5 * capacity.WORKER_BYTES), 5),
     (str(capacity.SERVER_BYTES + 5 * capacity.WORKER_BYTES - 1), 4), ("100000000", 1)],
)  # fmt: skip
def test_there_are_no_more_workers_than_memory_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: str, workers: int
) -> None:
    monkeypatch.setattr(capacity.os, "sched_getaffinity", lambda _: set(range(16)), raising=False)
    (tmp_path / "memory.max").write_text(memory, encoding="ascii")
    assert capacity.default_workers(tmp_path) == workers


# --- heads


@pytest.mark.parametrize(("length", "status"), [(16_000, 200), (16_384, 431), (70_000, 431)])
def test_a_head_of_more_than_16_kib_is_refused_even_if_it_comes_at_once(length: int, status: int) -> None:
    answer = gate(hosted(built()), FREE).get("/index.html", headers={"X-Long": "a" * length})
    assert answer.status_code == status
    if status == 431:
        problem_of(answer, 431)
