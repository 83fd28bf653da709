"""Where Pango is not installed: what needs no page is made all the same, the rest is told by name."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dxassets.backends import system_libraries
from dxassets.backends.system_libraries import LIBRARIES, install_command, missing_problem

ROOT = Path(__file__).parent.parent

WITHOUT_PANGO = """
import sys
from dxassets.backends import system_libraries
system_libraries.missing_libraries = lambda: system_libraries.LIBRARIES
from dxassets.cli.entry import main
sys.exit(main(sys.argv[1:]))
"""


def dxassets(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own, whose loader finds none of the libraries of pages."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "DXASSETS_LANG": "vi"}
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_PANGO, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment,
        cwd=folder,
    )


@pytest.fixture(scope="module", autouse=True)
def only_linux() -> None:
    if sys.platform != "linux":
        pytest.skip("elsewhere WeasyPrint is asked itself")


def test_the_word_file_of_a_letter_is_made_and_the_pdf_is_told(tmp_path: Path) -> None:
    done = dxassets(tmp_path, "letter", "-o", "cong-van")
    assert [path.name for path in (tmp_path / "cong-van").iterdir()] == ["cong-van.docx"]
    assert done.stdout.splitlines() == ["Đã ghi cong-van/cong-van.docx"]
    (told,) = [line for line in done.stderr.splitlines() if line.startswith("Lỗi")]
    assert "không làm được PDF" in told
    assert install_command(tuple(each.packages for each in LIBRARIES)) in told
    assert done.returncode == 1


def test_it_is_the_same_word_file(tmp_path: Path) -> None:
    dxassets(tmp_path, "letter", "-o", "without")
    with_pango = [sys.executable, "-m", "dxassets", "letter", "-o", str(tmp_path / "with")]
    subprocess.run(with_pango, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
    assert (tmp_path / "without/cong-van.docx").read_bytes() == (tmp_path / "with/cong-van.docx").read_bytes()


def test_many_letters_tell_it_once(tmp_path: Path) -> None:
    done = dxassets(
        tmp_path, "letter", "--agency", "ubnd-huyen-cu-jut", "--agency", "ubnd-huyen-dak-mil", "-o", "."
    )
    assert len(list(tmp_path.rglob("*.docx"))) == 2
    assert len([line for line in done.stderr.splitlines() if line.startswith("Lỗi")]) == 1


@pytest.mark.slow
def test_a_build_fails_only_the_pdfs_each_by_name(tmp_path: Path) -> None:
    done = dxassets(tmp_path, "build", "--kind", "letter", "--kind", "qr", "--jobs", "1", "--json")
    report = json.loads(done.stdout)  # nothing else reached standard output
    failed = {failure["path"] for failure in report["failed"]}
    made = {path.rpartition(".")[2] for path in report["made"]}
    assert {path.rpartition(".")[2] for path in failed} == {"pdf"}
    assert {"docx", "png", "svg"} <= made
    assert "pdf" not in made
    assert all(install_command((LIBRARIES[0].packages,)) in _said(failure) for failure in report["failed"])
    assert done.returncode == 1


def _said(failure: dict[str, list[dict[str, str]]]) -> str:
    return failure["problems"][0]["vi"]


def test_one_code_as_pdf_is_refused_in_words(tmp_path: Path) -> None:
    done = dxassets(tmp_path, "qr", "https://dx.mic.gov.vn/", "-o", "a.pdf")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "không làm được PDF" in done.stderr
    assert list(tmp_path.iterdir()) == []


# --- the command that installs them --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("apt-get", "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ("dnf", "dnf install pango harfbuzz"),
        ("pacman", "pacman -S pango harfbuzz"),
        ("brew", "brew install pango harfbuzz"),
        ("another", "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    ],
)
@pytest.mark.parametrize("user", [0, 1000])
def test_the_command_is_that_of_this_system(
    monkeypatch: pytest.MonkeyPatch, program: str, command: str, user: int
) -> None:
    monkeypatch.setattr(system_libraries.shutil, "which", lambda name: name if name == program else None)
    monkeypatch.setattr(system_libraries.os, "geteuid", lambda: user)
    wanted = command if user == 0 or program == "brew" else f"sudo {command}"
    assert missing_problem(LIBRARIES).vi.endswith(wanted)
    assert missing_problem(()).en.endswith(wanted)


def test_only_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries.shutil, "which", lambda name: name if name == "apt-get" else None)
    subset = LIBRARIES[-1]
    told = missing_problem((subset,)).en
    assert told.endswith("apt-get install libharfbuzz-subset0")
    assert "libpango" not in told


def test_pages_are_drawn_without_what_is_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "missing_libraries", lambda: LIBRARIES[-1:])
    system_libraries.require_libraries()
    monkeypatch.setattr(system_libraries, "missing_libraries", lambda: LIBRARIES[:1])
    with pytest.raises(system_libraries.MissingLibraryError):
        system_libraries.require_libraries()
