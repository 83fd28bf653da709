"""Windows as it is told in words, and how its libraries are found: tried here, on any system."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from dxassets.backends import own_libraries, system_libraries
from dxassets.backends.films_missing import films_cure, why_no_films
from dxassets.backends.system_libraries import LIBRARIES, install_command, missing_problem
from dxassets.errors import OutputError
from dxassets.foreign import os_error, output_error
from dxassets.runners import executors
from dxassets.store import files


def windows_error(number: int) -> OSError:
    """What Python raises on Windows; elsewhere it takes no number of Windows'."""
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    if sys.platform == "win32":
        return PermissionError(errno.EACCES, "The process cannot access the file", None, number)
    error.winerror = number  # type: ignore[attr-defined]
    return error


# --- words


@pytest.mark.parametrize("number", [32, 33])
def test_a_file_that_word_or_excel_holds_is_told_as_open_there(number: int) -> None:
    problem = output_error(Path("a.docx"), windows_error(number)).problems[0]
    assert "đang mở" in problem.vi
    assert "Word, Excel" in problem.vi
    assert "close it there" in problem.en
    assert "Word" in os_error(windows_error(number))[0]


@pytest.mark.parametrize(
    ("number", "said"),
    [(19, "chỉ cho đọc"), (15, "không có ổ đĩa"), (21, "chưa sẵn sàng"), (123, "tên khác"), (206, "quá dài")],
)
def test_windows_own_numbers_say_more_than_no_permission(number: int, said: str) -> None:
    assert said in output_error(Path("a"), windows_error(number)).problems[0].vi
    assert os_error(windows_error(number))[0] != os_error(windows_error(0))[0]


def test_a_path_of_more_than_259_letters_is_told_as_too_long(tmp_path: Path) -> None:
    error = FileNotFoundError(errno.ENOENT, "The system cannot find the path specified")
    room = 259 - len(str(tmp_path)) - 1
    for number in (3, 234):  # there is no such path; there is more of it than was asked for
        error.winerror = number  # type: ignore[attr-defined]
        assert "quá dài" not in output_error(tmp_path / ("a" * room), error).problems[0].vi
        assert "quá dài" in output_error(tmp_path / ("a" * (room + 1)), error).problems[0].vi


@pytest.mark.parametrize("times", [3, 9])
def test_a_file_that_a_virus_scanner_holds_is_written_when_it_lets_go(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, times: int
) -> None:
    held = [PermissionError(errno.EACCES, "held")] * times
    replace = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if held:
            raise held.pop()
        return replace(self, target)

    (tmp_path / "a.docx").write_bytes(b"before")
    monkeypatch.setattr(Path, "replace", refused)
    monkeypatch.setattr(files, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(files, "sleep", lambda _: None)
    if times == 3:
        files.publish(tmp_path, "a.docx", b"after")
    else:
        with pytest.raises(OutputError):
            files.publish(tmp_path, "a.docx", b"after")
    assert (tmp_path / "a.docx").read_bytes() == (b"after" if times == 3 else b"before")
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]  # never half-written


def test_the_cure_is_windows_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "sys", SimpleNamespace(platform="win32"))
    problem = missing_problem(LIBRARIES)
    for said in (problem.vi, problem.en):
        assert "win64.zip" in said
        assert "apt-get" not in said
        assert "sudo" not in said
    monkeypatch.setattr(system_libraries, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(system_libraries.shutil, "which", lambda _: None)
    assert install_command((LIBRARIES[0].packages,)) == "brew install pango"


def test_windows_has_no_shared_memory_to_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EACCES, "no")

    monkeypatch.setattr(executors, "ProcessPoolExecutor", refused)
    told = executors.why_alone()
    assert told is not None
    assert "/dev/shm" in told.vi  # noqa: S108  (a word in a message)
    monkeypatch.setattr(executors, "sys", SimpleNamespace(platform="win32"))
    told = executors.why_alone()
    assert told is not None
    assert "/dev/shm" not in told.vi + told.en  # noqa: S108
    assert "--jobs 1" in told.vi


def test_libraries_beside_the_package_come_before_others(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "Máy của tôi" / "pango"
    folder.mkdir(parents=True)
    monkeypatch.setattr(own_libraries, "_BESIDE", folder)
    monkeypatch.setenv("WEASYPRINT_DLL_DIRECTORIES", "D:/mine")
    before = os.environ["PATH"]
    own_libraries.use_own_libraries.cache_clear()
    own_libraries.use_own_libraries()  # not on this system
    assert os.environ["PATH"] == before
    monkeypatch.setenv("PATH", before)
    monkeypatch.setattr(own_libraries, "sys", SimpleNamespace(platform="win32"))
    own_libraries.use_own_libraries.cache_clear()
    own_libraries.use_own_libraries()
    assert os.environ["WEASYPRINT_DLL_DIRECTORIES"] == f"{folder};D:/mine"
    assert os.environ["PATH"] == f"{folder};{before}"
    folder.rmdir()
    assert own_libraries.own_folder() is None
    own_libraries.use_own_libraries.cache_clear()


def test_films_come_in_a_zip_for_the_bundle_and_by_pip_elsewhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for said in (*films_cure(), *why_no_films()):
        assert 'pip install "dxassets[video]"' in said
    monkeypatch.setattr(own_libraries, "_BESIDE", tmp_path)
    for said in (*films_cure(), *why_no_films()):
        assert "dxassets-…-win64-phim.zip" in said
        assert "pip" not in said
