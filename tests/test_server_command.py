"""`dxassets serve`: what is told before anything is made, its workers, and how all of them end."""

from __future__ import annotations

import asyncio
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import cast

import httpx
import pytest

from dxassets.errors import InputError
from dxassets.server.orders import AssetOrder, NameOrder
from dxassets.server.pool import BusyError, Pool, SlowError
from dxassets.server.running import address_of, open_port
from dxassets.server.settings import Settings
from dxassets.server.workers import BrokenError
from tests.conftest import Run
from tests.server_support import WIDE, Running, built, get, loaded, running


@pytest.fixture(scope="module")
def out() -> Path:
    return built()


# --- the end


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks into /proc")
def test_workers_end_with_a_server_that_was_killed(tmp_path: Path, out: Path) -> None:
    with running(tmp_path, out) as server:
        workers = _children(server.process.pid)
        assert len(workers) >= 2
        server.process.kill()
        server.process.wait(10)
        until = time.monotonic() + 60
        while _still(workers) and time.monotonic() < until:
            time.sleep(0.05)
        assert not _still(workers)


def _children(parent: int) -> set[int]:
    """The processes that a process has started; none where there is no /proc."""
    tasks = Path(f"/proc/{parent}/task")
    listed = [(task / "children") for task in tasks.iterdir()] if tasks.is_dir() else []
    return {int(each) for file in listed for each in file.read_text().split()}


def _still(processes: set[int]) -> set[int]:
    """Those that are neither gone nor only waiting to be counted as gone."""
    alive: set[int] = set()
    for number in processes:
        try:
            state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            alive.add(number)
    return alive


# --- workers


def _letter(number: int) -> AssetOrder:
    return AssetOrder("letter", (("format", "pdf"), ("number", str(number))))


async def _busy_one_dies(pool: Pool) -> None:
    """The one worker of a pool is killed at its order."""
    while not pool.busy:
        await asyncio.sleep(0.01)
    (worker,) = pool._all
    worker.kill()
    while worker in pool._all:
        await asyncio.sleep(0.01)


async def _idle_one(pool: Pool) -> None:
    """The one worker of a pool is killed when it has nothing to do."""
    while not pool.alive or pool.busy:
        await asyncio.sleep(0.01)
    (worker,) = pool._all
    worker.kill()


def test_an_order_that_takes_too_long_is_given_up_and_its_worker_replaced() -> None:
    async def go() -> None:
        pool = Pool(loaded(), "drawing", workers=1, queue=2, seconds=30.0)
        await pool.start()
        try:
            pool._seconds = 0.0
            with pytest.raises(SlowError):
                await pool.fulfil(_letter(1))
            assert pool.restarts == 1
            assert not pool.alive
            pool._seconds = 60.0
            made = await pool.fulfil(NameOrder("UBND xã Nam Dong", **WIDE))
            assert made.data is not None
            assert made.data.startswith(b"<svg")
            assert pool.alive

            await _idle_one(pool)
            # and a line that is full: nobody is there to work
            waiting = [asyncio.create_task(pool.fulfil(_letter(number))) for number in (3, 4)]
            await asyncio.sleep(0)
            assert pool.waiting == 2
            with pytest.raises(BusyError):
                await pool.fulfil(_letter(5))
            for each in waiting:
                each.cancel()
            await asyncio.gather(*waiting, return_exceptions=True)
            assert pool.waiting == 0
        finally:
            await pool.stop()

    asyncio.run(go())


def test_a_worker_that_dies_is_replaced_and_its_order_tried_once_more() -> None:
    async def go() -> None:
        pool = Pool(loaded(), "drawing", workers=1, queue=2, seconds=60.0)
        await pool.start()
        try:
            # one that dies is replaced, and its order tried once more, but not a third time
            for times in (1, 2):
                killed = asyncio.create_task(pool.fulfil(_letter(2)))
                for _ in range(times):
                    await _busy_one_dies(pool)
                if times == 1:
                    assert (await killed).data
                else:
                    with pytest.raises(BrokenError):
                        await killed
            assert pool.restarts == 3

            # one that died while it had nothing to do is nobody's loss, and is seen though nobody asks
            await _idle_one(pool)
            assert not pool.alive
            assert (await pool.fulfil(NameOrder("UBND xã Nam Dong", **WIDE))).data
            await _idle_one(pool)
            while not pool.alive:
                await asyncio.sleep(0.05)
            assert pool.restarts == 5
        finally:
            await pool.stop()

    asyncio.run(go())


def test_an_error_that_nobody_foresaw_is_told_by_its_place_alone() -> None:
    async def go() -> None:
        pool = Pool(loaded(), "drawing", workers=1, queue=2, seconds=30.0)
        await pool.start()
        try:
            wrong = AssetOrder("banner", (*WIDE.items(), ("name", "Bí Mật"), ("preset", cast("str", None))))
            with pytest.raises(BrokenError) as told:
                await pool.fulfil(wrong)
            assert any("Error" in place for place in told.value.where[:1])
            assert "Bí Mật" not in repr(told.value.where)
            assert pool.restarts == 0  # the worker lives on
        finally:
            await pool.stop()

    asyncio.run(go())


# --- the command


def test_a_port_that_is_taken_is_told(dxassets: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = dxassets("serve", "--port", str(port))
    assert told.code == 2
    assert told.out == ""
    assert f"cổng {port} đang có chương trình khác dùng" in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    ("options", "word"),
    [
        (("--port", "70000"), "từ 0 đến 65535"),
        (("--port", "x"), "không phải số nguyên"),
        (("--host", "no.such.host.invalid"), "không có địa chỉ"),
        (("--host", "203.0.113.77"), "203.0.113.77"),
        (("--workers", "0"), "từ 1 trở lên"),
        (("--rate", "-1"), "từ 0 trở lên"),
        (("nowhere",), "campaign.toml"),
    ],
)
def test_settings_that_can_not_be_are_told_before_anything_is_made(
    dxassets: Run, options: tuple[str, ...], word: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = dxassets("serve", *options)
    assert told.code == 2
    assert word in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_chosen_port_is_told_as_an_address_to_open() -> None:
    with open_port(Settings(host="0.0.0.0", port=0)) as opened:  # noqa: S104
        assert address_of(opened) == f"http://127.0.0.1:{opened.getsockname()[1]}/"
    with pytest.raises(InputError):
        open_port(Settings(host="256.256.256.256"))


def test_help_says_what_listening_everywhere_means(dxassets: Run) -> None:
    told = dxassets("serve", "--help")
    assert told.code == 0
    assert "0.0.0.0: mọi máy" in told.out


@pytest.mark.skipif(sys.platform == "win32", reason="asks by signals")
def test_the_command_serves_and_lets_work_under_way_end(tmp_path: Path, out: Path) -> None:
    command = [
        *(sys.executable, "-m", "dxassets", "serve", "--port", "0", "--agency", "so-noi-vu"),
        *("--day", "10-10", "--theme", "digital", "--preset", "button-120x60", "--built", str(out)),
    ]
    log = tmp_path / "log"
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert found
        server = Running(process, int(found.group(1)), log)
        assert "10/10" in get(server, "/").text
        workers = _children(process.pid)
        with ThreadPoolExecutor(1) as thread:
            asked = thread.submit(get, server, "/api/v1/letter?format=pdf&number=77")
            while 'dxassets_workers_busy{skill="making"} 1.0' not in get(server, "/metrics").text:
                assert not asked.done()
            assert server.stop(signal.SIGINT) == 0
            assert asked.result(60).content.startswith(b"%PDF-")
        with pytest.raises(httpx.ConnectError):
            get(server, "/healthz")
        assert not _still(workers)
        assert "Máy chủ đã dừng" in log.read_text(encoding="utf-8")
    finally:
        process.kill()
        process.wait(10)
        if process.stdout is not None:
            process.stdout.close()
