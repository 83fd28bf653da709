"""`dxassets frame` where this user may not look, and at names that no file can have: words, no traceback."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dxassets.api import Project, frame_photos
from tests.photo_support import SMALL, TAIL, lock, names_in, put

if TYPE_CHECKING:
    from tests.conftest import Run, Told

ROOT = Path(__file__).parent.parent
QUICK = ("--size", "256", "--focus", "center")
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def anyone(tmp_path: Path) -> Command:
    """`dxassets frame` in `tmp_path` as a user whom permissions bind: root's own powers are dropped."""
    if sys.platform == "win32":
        pytest.skip("has no such permissions")
    before: list[str] = []
    if os.geteuid() == 0:
        setpriv = shutil.which("setpriv")
        if setpriv is None:
            pytest.skip("root may look everywhere, and there is no setpriv to stop that")
        before = [setpriv, "--inh-caps=-all", "--bounding-set=-all"]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [*before, sys.executable, "-m", "dxassets", "frame", *arguments, *QUICK]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "DXASSETS_LANG": "vi"}
        told = subprocess.run(
            command, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
        )
        assert "Traceback" not in told.stderr
        return told

    return run


@contextmanager
def closed(folder: Path, mode: int = 0) -> Generator[None]:
    """`folder` with those permissions, opened again so that it can be taken away."""
    folder.chmod(mode)
    try:
        yield
    finally:
        folder.chmod(0o700)


def test_a_folder_that_was_closed_since_is_told_and_its_results_stay(anyone: Command, tmp_path: Path) -> None:
    put(tmp_path / "ảnh/An.jpg", 1)
    put(tmp_path / "ảnh/phòng 2/An.jpg", 2)
    assert anyone("ảnh", "-o", "out").returncode == 0
    before = (tmp_path / f"out/An-2{TAIL}").read_bytes()
    with closed(tmp_path / "ảnh/phòng 2"):
        told = anyone("ảnh", "-o", "out")
    assert told.returncode == 1
    assert "HỎNG ảnh/phòng 2: không mở được thư mục này; hãy xin quyền đọc" in told.stderr
    assert "1 ảnh còn nguyên, 1 ảnh hỏng" in told.stdout
    assert (tmp_path / f"out/An-2{TAIL}").read_bytes() == before


def test_a_photo_that_is_named_in_a_closed_folder_fails_and_the_others_go_on(
    anyone: Command, tmp_path: Path
) -> None:
    put(tmp_path / "kín/An.jpg")
    put(tmp_path / "Bình.jpg")
    with closed(tmp_path / "kín"):
        told = anyone("kín/An.jpg", "Bình.jpg", "-o", "out")
        alone = anyone("kín/An.jpg", "-o", "o")
    assert told.returncode == 1
    assert "HỎNG kín/An.jpg: không có quyền đọc tệp này" in told.stderr
    assert f"Bình{TAIL}" in names_in(tmp_path / "out")
    assert alone.returncode == 2
    assert "kín/An.jpg: không có quyền đọc tệp này" in alone.stderr
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("place", ["ảnh", "ảnh/kín/*"])
def test_photos_whose_folder_may_only_be_listed_fail_and_the_others_go_on(
    anyone: Command, tmp_path: Path, place: str
) -> None:
    put(tmp_path / "ảnh/An.jpg")
    put(tmp_path / "ảnh/kín/Bình.jpg")
    put(tmp_path / "ảnh/kín/trong/Chi.jpg")
    with closed(tmp_path / "ảnh/kín", 0o444):
        told = anyone("ảnh/An.jpg", place, "-o", "out", "--json")
    document = json.loads(told.stdout)
    assert told.returncode == 1
    assert document["counts"] == {"made": 1, "current": 0, "failed": 2}
    bad = {Path(each["photo"]).name: each["notes"][0]["vi"] for each in document["photos"][1:]}
    assert "không có quyền đọc" in bad["Bình.jpg"]


def test_an_output_folder_that_can_not_be_listed_is_told(anyone: Command, tmp_path: Path) -> None:
    put(tmp_path / "An.jpg")
    (tmp_path / "out").mkdir()
    with closed(tmp_path / "out", 0o300):
        told = anyone("An.jpg", "-o", "out")
    assert told.returncode == 2
    assert "Lỗi: out: không xem được trong thư mục này đã có gì" in told.stderr


def test_a_closed_folder_is_told_to_whoever_watches(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "ảnh/an.jpg")
    put(tmp_path / "ảnh/khóa/binh.jpg")
    lock(monkeypatch, "khóa")
    told: list[tuple[int, int, str, int]] = []
    frame_photos(
        project,
        [tmp_path / "ảnh"],
        out=tmp_path / "out",
        wanted=SMALL,
        observer=lambda step: told.append(
            (step.done, step.total, Path(step.outcome.task.shown).name, len(step.outcome.problems))
        ),
    )
    assert told == [(1, 2, "khóa", 1), (2, 2, "an.jpg", 0)]


def framed(dxassets: Run, *arguments: str | Path) -> Told:
    told = dxassets("frame", *arguments, *QUICK)
    assert "Traceback" not in told.err
    return told


@pytest.mark.parametrize("name", ["x" * 300 + ".jpg", "a/" * 3000 + "an.jpg", "a\0.jpg", "a**b.jpg", "[.jpg"])
def test_a_name_that_no_file_can_have_is_told_as_missing(dxassets: Run, tmp_path: Path, name: str) -> None:
    told = framed(dxassets, tmp_path / name, "-o", tmp_path / "out")
    assert told.code == 2
    assert "không có tệp hay thư mục này" in told.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("below", ["", "/sâu/hơn"])
@pytest.mark.parametrize("several", [False, True])
def test_an_output_that_is_a_link_to_itself_is_told(
    dxassets: Run, tmp_path: Path, below: str, *, several: bool
) -> None:
    photo = put(tmp_path / "ảnh/An.jpg")
    loop = tmp_path / "vòng"
    loop.symlink_to(loop)
    told = framed(dxassets, photo.parent if several else photo, "-o", f"{loop}{below}")
    assert told.code == 2
    assert "--out" in told.err
