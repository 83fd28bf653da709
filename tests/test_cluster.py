"""A build by real machines: Dask's scheduler and workers as programs, whose disks are their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from dxassets.api import Progress, Project, Report, Wanted, build, plan, verify
from dxassets.backends.object_stores import ObjectStore, StoredObject
from dxassets.digest import digest
from dxassets.errors import DxassetsError, InputError
from dxassets.runners import cluster as cluster_room
from dxassets.runners.crew import workers_of
from dxassets.runners.tasks import make_assets
from tests.cluster_support import Machines, free_port, machines, object_store, wait_until_there
from tests.conftest import Run
from tests.retrying_support import make_or_die
from tests.test_run import assert_no_worker_is_left, tree, wait_for

ROOT = Path(__file__).parent.parent
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals"),
    # what Dask leaves for the garbage collector when a worker or its scheduler was killed
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
SMALL = Wanted(presets=("button-120x60", "mobile-300x50"), kinds=("banner",))
MANY = Wanted(
    agencies=("so-noi-vu", "so-tu-phap", "so-y-te", "so-xay-dung", "so-cong-thuong"),
    presets=("button-120x60", "mobile-300x50"),
    kinds=("banner",),
)
SMALL_WORDS = "--kind banner --preset button-120x60 --preset mobile-300x50".split()


def may_mount() -> bool:
    """Whether a process may have a disk of its own in the place of a folder."""
    if shutil.which("unshare") is None:
        return False
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt"], check=False, capture_output=True
    )
    return done.returncode == 0


@pytest.fixture(scope="module")
def undisturbed(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build(project, MANY, out=tmp_path_factory.mktemp("undisturbed"), jobs=2)


@pytest.fixture(scope="module")
def whole(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Report:
    return build(project, SMALL, out=tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Generator[Machines]:
    with machines(tmp_path_factory.mktemp("two")) as started:
        yield started


def test_two_machines_make_what_one_makes_and_keep_what_they_read(
    two: Machines, project: Project, whole: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    report = build(project, SMALL, out="out", executor=two.address)  # workers stand in other folders
    assert tree(report.folder) == tree(whole.folder)
    assert verify(report.folder) == []
    held = [file for at in (0, 1) for file in (two.folder / f"worker-{at}/held").iterdir()]
    pinned = {sha256 for job in plan(project, SMALL).jobs for name, sha256 in job.inputs if "#" not in name}
    assert pinned <= {file.name for file in held}
    assert all(digest(file.read_bytes()) == file.name for file in held)
    times = [file.stat().st_mtime_ns for file in held]
    build(project, SMALL, out="again", executor=two.address)
    assert [file.stat().st_mtime_ns for file in held] == times


@pytest.mark.skipif(not may_mount(), reason="needs the right to mount")
def test_machines_with_disks_of_their_own_send_the_bytes(
    project: Project, whole: Report, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    with machines(tmp_path / "machines", workers=0) as started:
        for _ in range(2):
            started.join(hides=out)
        wait_until_there(started, 2)
        report = build(project, SMALL, out=out, executor=started.address)
    assert report.exit_code == 0
    assert tree(report.folder) == tree(whole.folder)


def test_a_given_dask_executor_says_how_many_work_for_it(
    two: Machines, project: Project, whole: Report, tmp_path: Path
) -> None:
    from distributed import Client  # noqa: PLC0415  (only tests of clusters load it)

    with Client(two.address, set_as_default=False) as client:
        executor = client.get_executor(pure=False)
        assert workers_of(executor) == 2
        report = build(project, SMALL, out=tmp_path, executor=executor)
    assert tree(report.folder) == tree(whole.folder)


def test_killed_workers_cost_retries_and_not_the_build(
    project: Project, undisturbed: Report, tmp_path: Path
) -> None:
    killed: list[int] = []
    with machines(tmp_path / "machines", failures=0) as started:
        nannies = [worker.pid for worker in started.workers]

        def observe(progress: Progress) -> None:
            if progress.done % 12 == 0 and len(killed) < 5:
                killed.append(kill_worker_of(nannies[len(killed) % 2]))

        report = build(project, MANY, out=tmp_path / "out", executor=started.address, observer=observe)
    assert len(set(killed)) == 5
    assert (report.exit_code, report.failed) == (0, ())
    assert report.manifest.read_bytes() == undisturbed.manifest.read_bytes()
    assert tree(report.folder) == tree(undisturbed.folder)


def kill_worker_of(nanny: int) -> int:
    """Kill the process that works under a nanny, once there is one."""
    import psutil  # noqa: PLC0415  (comes with Dask)

    while True:
        for child in psutil.Process(nanny).children():
            if "spawn_main" in " ".join(child.cmdline()):
                child.send_signal(signal.SIGKILL)
                return child.pid


def test_an_asset_that_kills_its_workers_is_named(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly = plan(project, SMALL).jobs[5].path
    real = cluster_room.ClusterExecutor.submit

    def submit(executor: Any, fn: Any, /, *args: Any) -> Any:
        return real(executor, make_or_die if fn is make_assets else fn, *args)

    monkeypatch.setattr(cluster_room.ClusterExecutor, "submit", submit)
    with machines(tmp_path / "machines", workers=0, failures=0) as started:
        started.join(deadly=deadly)
        started.join(deadly=deadly)
        wait_until_there(started, 2)
        report = build(project, SMALL, out=tmp_path / "out", executor=started.address)
    assert [failure.path for failure in report.failed] == [deadly]
    assert "KilledWorker" in report.failed[0].problems[0].en
    assert verify(report.folder) == []


def test_a_scheduler_that_goes_away_ends_the_build_in_words(
    project: Project, undisturbed: Report, tmp_path: Path
) -> None:
    with machines(tmp_path / "machines") as started:

        def observe(progress: Progress) -> None:
            if progress.done == 10:
                started.scheduler.kill()

        with pytest.raises(DxassetsError, match=r"the cluster is gone .* run this command again"):
            build(project, MANY, out=tmp_path / "out", executor=started.address, observer=observe)
    report = build(project, MANY, out=tmp_path / "out", jobs=2)
    assert len(report.up_to_date) >= 10
    assert tree(report.folder) == tree(undisturbed.folder)


def test_a_machine_with_an_older_version_is_refused_by_name(project: Project, tmp_path: Path) -> None:
    older = tmp_path / "older"
    for name in ("dxassets", "brand", "templates", "campaigns"):
        shutil.copytree(ROOT / name, older / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (older / "dxassets/colors.py").open("a", encoding="utf-8") as module:
        module.write("\n# as it was last year\n")
    with machines(tmp_path / "machines", workers=1) as started:
        started.join(package=older)
        wait_until_there(started, 2)
        with pytest.raises(InputError, match=r"tcp://127\.0\.0\.1:\d+: has engine \w{12}, the builder has"):
            build(project, SMALL, out=tmp_path / "out", executor=started.address)
    assert not (tmp_path / "out").exists()


def test_the_command_builds_by_a_cluster_into_a_store(two: Machines, whole: Report, tmp_path: Path) -> None:
    with object_store(tmp_path / "store") as store:
        arguments = ["--cluster", two.address, "--out", f"{store.url}/nam/2026", "--json"]
        told = command(tmp_path, *SMALL_WORDS, *arguments)
        assert told.returncode == 0, told.stderr
        found = json.loads(told.stdout)
        assert (found["store"], found["failed"]) == (f"{store.url}/nam/2026", [])
        wanted = {f"nam/2026/{whole.folder.name}/{path}": data for path, data in tree(whole.folder).items()}
        assert store.objects() == wanted
        assert found["sent"] == len(wanted)
        again = command(tmp_path, *SMALL_WORDS, *arguments)
        assert json.loads(again.stdout)["sent"] == 0


@pytest.mark.skipif(not may_mount(), reason="needs the right to mount")
@pytest.mark.parametrize("reaches", [True, False])
def test_machines_with_disks_of_their_own_put_assets_into_the_store_if_they_reach_it(
    project: Project, whole: Report, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, reaches: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("output").mkdir()
    put: list[str] = []
    puts = ObjectStore.put

    def noting(store: ObjectStore, path: str, data: bytes, media_type: str) -> StoredObject:
        put.append(path)
        return puts(store, path, data, media_type)

    monkeypatch.setattr(ObjectStore, "put", noting)
    with object_store(tmp_path / "store") as store, machines(tmp_path / "machines", workers=0) as started:
        with pytest.MonkeyPatch.context() as patch:
            if not reaches:
                patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
            for _ in range(2):
                started.join(hides=tmp_path / "output")
            wait_until_there(started, 2)
        report = build(project, SMALL, out=store.url, executor=started.address)
        assert report.exit_code == 0
        assert tree(report.folder) == tree(whole.folder)
        assert store.objects() == {
            f"{whole.folder.name}/{path}": data for path, data in tree(whole.folder).items()
        }
        assert report.sent == len(tree(whole.folder))
    by_builder = {path.partition("/")[2] for path in put} & set(report.made)
    assert by_builder == (set() if reaches else set(report.made))
    told = [note.en.partition(",")[0] for note in report.notes if note.where == "--cluster"]
    assert told == ([] if reaches else [f"files that went by the builder: {len(report.made)}"])


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "dxassets", "build", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DXASSETS_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_two_processes_of_this_machine_are_a_cluster_too(whole: Report, tmp_path: Path) -> None:
    report = command(tmp_path, *SMALL_WORDS, "--cluster", "local:2", "--out", str(tmp_path / "out"))
    assert report.returncode == 0, report.stderr
    assert "Traceback" not in report.stderr
    assert tree(tmp_path / "out" / whole.folder.name) == tree(whole.folder)


def test_nobody_at_the_address_is_told(dxassets: Run, tmp_path: Path) -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    told = dxassets("build", *SMALL_WORDS, "--cluster", address, "--out", tmp_path / "out")
    assert told.code == 2
    assert address in told.err
    assert "Traceback" not in told.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("local", [True, False])
def test_ctrl_c_ends_it_in_words_and_leaves_nobody(tmp_path: Path, *, local: bool) -> None:
    with machines(tmp_path / "machines", workers=0 if local else 1) as started:
        out = tmp_path / "out"
        running = subprocess.Popen(
            [sys.executable, "-m", "dxassets", "build", "--all-agencies", *SMALL_WORDS, "--out", str(out),
             "--cluster", "local:2" if local else started.address],
            stderr=subprocess.PIPE, start_new_session=True, cwd=ROOT,
            env={**os.environ, "DXASSETS_LANG": "en"},
        )  # fmt: skip
        wait_for(out, 3, running)
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate(timeout=120)
        assert running.returncode == 130
        assert b"run the same command again" in said
        assert b"Traceback" not in said
        assert_no_worker_is_left(running.pid)
        made = {path: path.stat().st_mtime_ns for path in out.rglob("*.png")}
    assert not list(out.rglob("token"))
    assert {path: path.stat().st_mtime_ns for path in out.rglob("*.png")} == made
