"""A build that goes into a store: whole objects, proven; failures are tried again, with a limit, and told."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

import dxassets.runners.depot
from dxassets.api import Progress, Project, Wanted, build, preview, storing, verify
from dxassets.api.storing import Shipment, is_store, mirror_of
from dxassets.backends.object_stores import MOST_TRIES, ObjectStore, StoreError
from dxassets.errors import InputError, MissingLibraryError, OutputError
from dxassets.runners import Outcome
from dxassets.runners.depot import Depot
from dxassets.runners.keeping import Keeper
from tests.cluster_support import KEYS, Store, object_store
from tests.conftest import Run
from tests.test_run import tree
from tests.test_store import record_of

SMALL = Wanted(presets=("button-120x60", "mobile-300x50"), kinds=("banner",))


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Store]:
    """An empty store, and a folder to stand in."""
    monkeypatch.chdir(tmp_path)
    with object_store(tmp_path / "store") as served:
        yield served


class Shop(ThreadingHTTPServer):
    """The least of S3, which fails, cheats or stalls as it is told."""

    failures = 0
    cheats = False
    tags = True
    asked = 0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Counter)
        self.objects: dict[str, bytes] = {}
        self.stalls = Event()
        self.stalls.set()
        self.under_way = 0
        self.most = 0


class _Counter(BaseHTTPRequestHandler):
    server: Shop  # pyright: ignore[reportIncompatibleVariableOverride]

    def do_PUT(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked += 1
        self.server.stalls.wait(60)
        if self.server.failures > 0:
            self.server.failures -= 1
            self._answer(503)
            return
        self.server.objects[self.path] = data[:-1] if self.server.cheats else data
        self._answer(200, self.server.objects[self.path])

    def do_HEAD(self) -> None:
        self._answer(200, self.server.objects[self.path])

    def do_GET(self) -> None:
        self._answer(200, self.server.objects[self.path])

    def do_POST(self) -> None:  # that many are to be removed
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(404)

    def _answer(self, status: int, data: bytes = b"") -> None:
        self.send_response(status)
        tag = hashlib.md5(data, usedforsecurity=False).hexdigest()
        self.send_header("ETag", f'"{tag if self.server.tags else "kms"}"')
        self.send_header("Last-Modified", "Mon, 19 Sep 2022 08:00:00 GMT")
        answer = data if self.command == "GET" else b""
        self.send_header("Content-Length", str(len(data) if self.command == "HEAD" else len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (http.server's name)
        """Say nothing."""


@contextmanager
def shop(monkeypatch: pytest.MonkeyPatch) -> Generator[Shop]:
    with Shop() as served:
        Thread(target=served.serve_forever, daemon=True).start()
        for name, value in KEYS.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{served.server_address[1]}")
        yield served
        served.stalls.set()
        served.shutdown()


def test_all_that_was_built_lies_there_and_nothing_is_sent_twice(store: Store, project: Project) -> None:
    url = f"{store.url}/tinh/2026"
    report = build(project, SMALL, out=url)
    here = tree(report.folder)
    assert store.objects() == {f"tinh/2026/{report.folder.name}/{path}": data for path, data in here.items()}
    assert (report.store, report.sent) == (url, len(here))
    assert report.folder == Path("output/s3/chien-dich/tinh/2026") / project.campaign.id
    assert verify(report.folder) == []
    assert build(project, SMALL, out=url).sent == 0
    assert preview(project, SMALL, out=url).to_make == ()


def test_a_machine_without_a_copy_fetches_what_lies_there(store: Store, project: Project) -> None:
    first = build(project, SMALL, out=store.url)
    first.folder.rename("elsewhere")
    folder_of_a_console = f"{first.folder.name}/{first.made[0].partition('/')[0]}"
    ObjectStore(store.url).put(folder_of_a_console, b"", "application/x-directory")
    again = build(project, SMALL, out=store.url)
    assert (again.made, again.sent) == ((), 0)
    assert again.up_to_date == first.made


def test_an_older_copy_does_not_hide_what_another_machine_built_since(store: Store, project: Project) -> None:
    mine = build(project, SMALL, out=store.url).folder
    shutil.copytree(mine, "mine")
    shutil.rmtree(mine)
    other = replace(SMALL, agencies=("so-tu-phap",))
    theirs = build(project, other, out=store.url)
    shutil.rmtree(mine)
    shutil.copytree("mine", mine)
    whole = store.objects()
    with pytest.raises(OutputError, match="older copy"):
        build(project, SMALL, out=store.url)
    assert store.objects() == whole
    mine.rename("aside")
    again = build(project, SMALL, out=store.url)
    assert (again.made, again.sent) == ((), 0)
    assert all((again.folder / path).is_file() for path in theirs.made)


def test_what_was_damaged_or_taken_there_is_put_again(store: Store, project: Project) -> None:
    report = build(project, SMALL, out=store.url)
    whole = store.objects()
    reached = ObjectStore(store.url)
    keys = [f"{report.folder.name}/{path}" for path in report.made[:2]]
    reached.put(keys[0], b"other bytes", "image/png")
    reached.remove([keys[1], "never/there"])
    again = build(project, SMALL, out=store.url)
    assert (again.made, again.sent) == ((), 2)
    assert store.objects() == whole


def test_what_a_build_takes_away_here_it_takes_away_there(store: Store) -> None:
    def make(_: Any) -> None:
        folder.joinpath("old.png").unlink()
        folder.joinpath("manifest.json").write_bytes(b"{}")

    folder = Path("output/s3/chien-dich/c")
    folder.joinpath(".dxassets").mkdir(parents=True)
    folder.joinpath("old.png").write_bytes(b"old")
    ObjectStore(store.url).put("c/old.png", b"old", "image/png")
    ObjectStore(store.url).put("c/not-ours.png", b"theirs", "image/png")
    assert storing.ship(store.url, folder, make) == 1
    assert store.objects() == {"c/manifest.json": b"{}", "c/not-ours.png": b"theirs"}


def test_what_a_build_that_died_took_away_the_next_one_takes_away_there(store: Store) -> None:
    def die(_: Any) -> None:
        folder.joinpath("old.png").unlink()
        raise KeyboardInterrupt

    def make(_: Any) -> None:
        folder.joinpath("manifest.json").write_bytes(b"{}")

    folder = Path("output/s3/chien-dich/c")
    folder.joinpath(".dxassets").mkdir(parents=True)
    folder.joinpath("old.png").write_bytes(b"old")
    ObjectStore(store.url).put("c/old.png", b"old", "image/png")
    with pytest.raises(KeyboardInterrupt):
        storing.ship(store.url, folder, die)
    assert set(store.objects()) == {"c/old.png"}
    storing.ship(store.url, folder, make)
    assert set(store.objects()) == {"c/manifest.json"}
    assert {path.name for path in folder.joinpath(".dxassets").iterdir()} == {"shipped"}


@pytest.fixture
def depot() -> Generator[Depot]:
    yield Depot("s3://bucket/nam", "c", "token of the build", "")
    dxassets.runners.depot._SHUT.clear()


PICTURE = b"picture"
RECORD = record_of("a/x.png", PICTURE)


def test_a_worker_puts_its_asset_there_while_the_builders_token_lies_there(
    monkeypatch: pytest.MonkeyPatch, depot: Depot
) -> None:
    with shop(monkeypatch) as served:
        served.objects["/bucket/nam/c/.dxassets/token"] = b"token of the build"
        assert depot.put(RECORD, PICTURE) == ObjectStore("s3://bucket/nam").look("c/a/x.png")
        assert served.objects.pop("/bucket/nam/c/a/x.png") == PICTURE
        served.objects["/bucket/nam/c/.dxassets/token"] = b"token of the next one"
        assert depot.put(RECORD, PICTURE) is None
        assert len(served.objects) == 1


def test_a_worker_without_keys_asks_no_store(monkeypatch: pytest.MonkeyPatch, depot: Depot) -> None:
    with shop(monkeypatch) as served:
        served.objects["/bucket/nam/c/.dxassets/token"] = b"token of the build"
        monkeypatch.delenv("AWS_ACCESS_KEY_ID")
        assert depot.put(RECORD, PICTURE) is None
        assert len(served.objects) == 1


def test_a_worker_that_can_not_put_something_there_does_not_try_again(
    monkeypatch: pytest.MonkeyPatch, depot: Depot
) -> None:
    with shop(monkeypatch) as served:
        served.objects["/bucket/nam/c/.dxassets/token"] = b"token of the build"
        served.failures = MOST_TRIES + 1
        assert depot.put(RECORD, PICTURE) is None
        asked = served.asked
        assert depot.put(RECORD, PICTURE) is None
        assert served.asked == asked
        assert len(served.objects) == 1


def test_the_builder_believes_of_the_store_what_it_sees(
    monkeypatch: pytest.MonkeyPatch, depot: Depot, tmp_path: Path
) -> None:
    with shop(monkeypatch) as served:
        reached = ObjectStore(depot.url)
        stored = reached.put("c/a/x.png", PICTURE, "image/png")
        told = Outcome("a/x.png", RECORD, stored=stored)
        keeper = Keeper(reached, depot, tmp_path)
        assert keeper.seen([told]) == [replace(told, data=PICTURE)]
        tmp_path.joinpath("a").mkdir()
        tmp_path.joinpath("a/x.png").write_bytes(b"older")
        assert keeper.seen([told]) == [replace(told, data=PICTURE)]
        tmp_path.joinpath("a/x.png").write_bytes(PICTURE)
        assert keeper.seen([told]) == [told]
        served.objects["/bucket/nam/c/a/x.png"] = b"other"
        assert keeper.seen([told]) == [replace(told, stored=None)]
        keeper.close()


def test_a_store_that_goes_away_is_told_and_the_build_can_go_on(store: Store, project: Project) -> None:
    def observe(progress: Progress) -> None:
        if progress.done == 3:
            store.process.kill()
            store.process.wait()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dxassets.backends.object_stores.MOST_TRIES", 1)
        with pytest.raises(OutputError, match="the store refuses or does not answer"):
            build(project, SMALL, out=store.url, observer=observe)
    assert not [key for key in store.objects() if key.endswith("manifest.json")]
    with object_store(store.folder) as again:
        report = build(project, SMALL, out=again.url)
        assert len(report.up_to_date) >= 3
        assert set(again.objects()) == {f"{report.folder.name}/{path}" for path in tree(report.folder)}


@pytest.mark.parametrize("failures", [4, 5])
def test_a_request_is_made_again_four_times(monkeypatch: pytest.MonkeyPatch, failures: int) -> None:
    with shop(monkeypatch) as served:
        served.failures = failures
        reached = ObjectStore("s3://bucket/prefix")
        if failures <= MOST_TRIES:
            assert reached.put("a.png", b"picture", "image/png").size == 7
        else:
            with pytest.raises(StoreError):
                reached.put("a.png", b"picture", "image/png")
        assert served.asked == MOST_TRIES + 1


def test_an_object_that_is_not_what_was_put_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    with shop(monkeypatch) as served:
        served.cheats = True
        with pytest.raises(StoreError, match="is not what it was"):
            ObjectStore("s3://bucket").put("a.png", b"picture", "image/png")


@pytest.mark.parametrize("cheats", [False, True])
def test_a_store_whose_tags_say_nothing_is_read_back(
    monkeypatch: pytest.MonkeyPatch, *, cheats: bool
) -> None:
    with shop(monkeypatch) as served:
        served.tags = False
        served.cheats = cheats
        reached = ObjectStore("s3://bucket")
        if not cheats:
            assert reached.put("a.png", b"picture", "image/png").tag == "kms"
        else:
            with pytest.raises(StoreError):
                reached.put("a.png", b"picture", "image/png")


def test_sixty_four_files_wait_for_a_slow_store_and_no_more(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with shop(monkeypatch) as served:
        served.stalls.clear()
        for at in range(65):
            (tmp_path / f"{at}.png").write_bytes(b"%d" % at)
        shipment = Shipment(ObjectStore("s3://bucket"), tmp_path, {})
        for at in range(64):
            shipment.send(f"{at}.png")
        waiting = Thread(target=shipment.send, args=("64.png",))
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        served.stalls.set()
        waiting.join(60)
        shipment.arrive()
        shipment.close()
        assert len(served.objects) == 65


@pytest.mark.parametrize(
    "url",
    ["s3:/", "s3://", "s3://B/x", "s3://bucket/../x", "s3://bucket/a b", "s3://bucket//a", "s3://bucket/?x"],
)
def test_what_is_no_address_is_told(url: str) -> None:
    assert is_store(url)
    with pytest.raises(InputError, match="s3://bucket/prefix"):
        mirror_of(url)


def test_without_the_extra_it_is_told_how_to_get_it(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    for arguments in (("--out", "s3://bucket/a"), ("--cluster", "local:2")):
        told = dxassets("build", "--kind", "qr", *arguments)
        assert told.code == MissingLibraryError.exit_code == 2
        assert 'pip install "dxassets[cluster]"' in told.err
    assert not list(tmp_path.rglob("*.svg"))


@pytest.mark.parametrize(
    "address", ["10.0.0.5", "local:0", "local:x", "http://10.0.0.5:8786", "tcp://10.0.0.5"]
)
def test_what_is_no_cluster_is_told(dxassets: Run, tmp_path: Path, address: str) -> None:
    told = dxassets("build", "--kind", "qr", "--cluster", address, "--out", tmp_path / "out")
    assert told.code == 2
    assert "tcp://10.0.0.5:8786" in told.err
    assert not (tmp_path / "out").exists()


def test_processes_and_a_cluster_are_not_both_said(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("build", "--jobs", "2", "--cluster", "local:2", "--out", tmp_path / "out")
    assert told.code == 2
    assert "--cluster" in told.err
    assert not (tmp_path / "out").exists()


def test_nothing_of_it_is_loaded_unless_it_is_asked_for() -> None:
    import subprocess  # noqa: PLC0415

    code = (
        "import sys, dxassets.api, dxassets.runners, dxassets.cli.building\n"
        "sys.exit(bool({'dask', 'distributed', 'obstore', 'fsspec', 'tornado'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
