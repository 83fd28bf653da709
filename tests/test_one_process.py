"""Where processes can share no work (no writable /dev/shm): one makes everything, and that is told."""

from __future__ import annotations

import errno
import json
import multiprocessing.synchronize
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import process as pools
from pathlib import Path
from typing import Any

import pytest

from dxassets.api import Project, Wanted, build, frame_photos
from dxassets.runners import SerialExecutor, why_alone
from tests.conftest import Run
from tests.photo_support import SMALL, names_in, put

ROOT = Path(__file__).parent.parent
CODES = Wanted(kinds=("qr", "frame"), formats=("svg",))
"""Enough files for several processes."""
KINDS = ("--kind", "qr", "--kind", "frame", "--format", "svg")


def denied(error: OSError | ImportError) -> Callable[..., Any]:
    def raises(*_: object, **__: object) -> Any:
        raise error

    return raises


@pytest.fixture
def no_semaphores(monkeypatch: pytest.MonkeyPatch) -> None:
    hide_semaphores(monkeypatch, PermissionError(errno.EACCES, "Permission denied"))


def hide_semaphores(monkeypatch: pytest.MonkeyPatch, error: OSError | ImportError) -> None:
    library: Any = multiprocessing.synchronize
    monkeypatch.setattr(library._multiprocessing, "SemLock", denied(error))


def test_here_processes_share_their_work() -> None:
    assert why_alone() is None


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(errno.EACCES, "Permission denied"),
        FileNotFoundError(errno.ENOENT, "No such file or directory"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.ENOSYS, "Function not implemented"),
        ImportError("This platform lacks a functioning sem_open implementation"),
    ],
    ids=["denied", "absent", "full", "unknown", "never"],
)
def test_the_reason_is_told(monkeypatch: pytest.MonkeyPatch, error: OSError | ImportError) -> None:
    hide_semaphores(monkeypatch, error)
    reason = why_alone()
    assert reason is not None
    assert "/dev/shm" in reason.vi  # noqa: S108  (a folder that is named, not used)
    assert "một tiến trình" in reason.vi


def test_too_few_semaphores_are_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise NotImplementedError("system provides too few semaphores")

    monkeypatch.setattr(pools, "_check_system_limits", refuse)
    reason = why_alone()
    assert reason is not None
    assert "too few semaphores" in reason.en


@pytest.mark.usefixtures("no_semaphores")
def test_a_build_works_in_one_process_and_says_so(project: Project, tmp_path: Path) -> None:
    report = build(project, CODES, out=tmp_path, jobs=2)
    assert report.exit_code == 0
    assert len(report.made) > 6
    assert [note.where for note in report.notes] == ["--jobs"]


@pytest.mark.usefixtures("no_semaphores")
def test_nothing_is_said_where_one_process_was_enough(project: Project, tmp_path: Path) -> None:
    assert build(project, Wanted(kinds=("qr",), formats=("svg",)), out=tmp_path / "a", jobs=2).notes == ()
    assert build(project, CODES, out=tmp_path / "b", jobs=1).notes == ()
    with SerialExecutor() as executor:
        assert build(project, CODES, out=tmp_path / "c", jobs=2, executor=executor).notes == ()


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """A folder of more photos than one process is started for."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(17):
        put(folder / f"{number}.jpg", number)
    return folder


@pytest.mark.usefixtures("no_semaphores")
def test_a_folder_of_photos_is_framed_by_one_process_that_says_so(
    project: Project, photos: Path, tmp_path: Path
) -> None:
    report = frame_photos(project, [photos], out=tmp_path / "framed", wanted=SMALL, jobs=2)
    assert len(report.of("made")) == 17 < len(names_in(tmp_path / "framed"))
    assert [note.where for note in report.notes] == ["--jobs"]


@pytest.mark.usefixtures("no_semaphores")
def test_the_command_says_it_too(dxassets: Run, tmp_path: Path) -> None:
    arguments = ("build", *KINDS, "--jobs", "2", "--out", tmp_path)
    told = dxassets(*arguments)
    assert told.code == 0
    assert len([line for line in told.err.splitlines() if "/dev/shm" in line]) == 1  # noqa: S108
    found = json.loads(dxassets(*arguments, "--force", "--json").out)
    assert [note["where"] for note in found["notes"]] == ["--jobs"]


UNSHARE = shutil.which("unshare")
READ_ONLY = 'mount -t tmpfs -o ro,size=64k tmpfs /dev/shm && exec "$@"'


def can_hide_shared_memory() -> bool:
    if UNSHARE is None or sys.platform != "linux":
        return False
    command = [UNSHARE, "--mount", "sh", "-c", READ_ONLY, "sh", "true"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.mark.slow
@pytest.mark.skipif(not can_hide_shared_memory(), reason="needs the right to mount over /dev/shm")
def test_a_real_machine_whose_shared_memory_is_read_only(tmp_path: Path) -> None:
    arguments = ["build", *KINDS, "--jobs", "2", "--json", "--out", str(tmp_path)]
    done = subprocess.run(
        [str(UNSHARE), "--mount", "sh", "-c", READ_ONLY, "sh", sys.executable, "-m", "dxassets", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert [note["where"] for note in json.loads(done.stdout)["notes"]] == ["--jobs"]
