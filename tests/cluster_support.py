"""A real cluster for tests: Dask's scheduler and workers as programs, each in its own folder; and a store."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.retrying_support import DEADLY

ROOT = Path(__file__).parent.parent
S3RVER = ROOT / ".cache/npm-store/node_modules/s3rver/bin/s3rver.js"
KEYS = {"AWS_ACCESS_KEY_ID": "S3RVER", "AWS_SECRET_ACCESS_KEY": "S3RVER", "AWS_REGION": "us-east-1"}
"""What s3rver takes; any other key it refuses."""
FAILURES = "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES"
BUCKET = "chien-dich"

OWN_DISK = 'mount -t tmpfs tmpfs "$0" && exec "$@"'


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


@dataclass
class Machines:
    """A scheduler, and workers that share no folder with the test or with one another."""

    address: str
    scheduler: subprocess.Popen[bytes]
    folder: Path
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list[subprocess.Popen[bytes]])

    def join(self, *, package: Path = ROOT, hides: Path | None = None, deadly: str = "") -> Path:
        """One more worker, with the dxassets of that folder; its own folder.

        What lies in `hides` it does not see: there it has a disk of its own. The asset `deadly` kills it.
        """
        home = self.folder / f"worker-{len(self.workers)}"
        (home / "held").mkdir(parents=True)
        own = {"PYTHONPATH": str(package), "DXASSETS_HELD": str(home / "held"), DEADLY: deadly}
        apart = [] if hides is None else ["unshare", "--mount", "sh", "-c", OWN_DISK, str(hides)]
        self.workers.append(
            subprocess.Popen(
                [*apart, sys.executable, "-m", "dask", "worker", self.address, "--nthreads", "1",
                 "--no-dashboard", "--local-directory", str(home)],
                cwd=home, env={**os.environ, **own}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            )
        )  # fmt: skip
        return home

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.terminate()
        for process in (*self.workers, self.scheduler):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def machines(folder: Path, *, workers: int = 2, failures: int = 3) -> Generator[Machines]:
    """A cluster of that many workers while the body runs; `failures` as Dask's scheduler counts them."""
    port = free_port()
    home = folder / "scheduler"
    home.mkdir(parents=True)
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", str(port),
         "--no-dashboard"],
        cwd=home, env={**os.environ, "PYTHONPATH": str(ROOT), FAILURES: str(failures)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    started = Machines(f"tcp://127.0.0.1:{port}", scheduler, folder)
    try:
        for _ in range(workers):
            started.join()
        if workers:
            wait_until_there(started, workers)
        yield started
    finally:
        started.stop()


def wait_until_there(started: Machines, workers: int) -> None:
    from distributed import Client  # noqa: PLC0415  (only tests of clusters load it)

    with Client(started.address, timeout="60s", set_as_default=False) as client:
        client.wait_for_workers(workers, timeout=120)


@dataclass
class Store:
    """A store that speaks S3, served by s3rver from npm, and where it keeps its objects."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]

    def objects(self) -> dict[str, bytes]:
        """All that lies there, as s3rver keeps it on its disk."""
        root = self.folder / BUCKET
        return {
            path.relative_to(root).as_posix().removesuffix("._S3rver_object"): path.read_bytes()
            for path in root.rglob("*._S3rver_object")
        }


@contextmanager
def object_store(folder: Path) -> Generator[Store]:
    """Such a store with one bucket, empty; skipped where npm brought none."""
    node = shutil.which("node")
    if node is None or not S3RVER.is_file():
        pytest.skip("tools/test-data has not fetched s3rver: no npm or no network")
    port = free_port()
    process = subprocess.Popen(
        [node, str(S3RVER), "-d", str(folder), "-a", "127.0.0.1", "-p", str(port),
         "--configure-bucket", BUCKET],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {**KEYS, "AWS_ENDPOINT_URL": address}.items():
            patch.setenv(name, value)
        try:
            _wait_for(address, process)
            yield Store(f"s3://{BUCKET}", folder, process)
        finally:
            process.terminate()
            process.wait(20)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, "s3rver did not start"
        try:
            with urlopen(address, timeout=5):  # noqa: S310  (an address of this machine)
                return
        except HTTPError as answer:  # any is one
            answer.close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail("s3rver does not answer")
