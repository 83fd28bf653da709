"""`dxassets doctor`: each thing that a machine may lack is found, told with its cure, and weighed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

import pytest

from dxassets import doctor, runners
from dxassets.backends import system_libraries, video
from dxassets.backends.system_libraries import LIBRARIES
from dxassets.backends.yunet import network
from dxassets.doctor import VIETNAMESE, Check, diagnose
from dxassets.errors import Problem
from tests.conftest import Run

ROOT = Path(__file__).parent.parent
FACES_OR_CORES = {"faces", "processes"}
"""What a machine that passes these tests may still have a note on."""


def check(name: str, **asked: Any) -> Check:
    """The check of that name, made now."""
    (found,) = (each for each in diagnose(**asked).checks if each.id == name)
    return found


def test_this_machine_can_make_everything(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("doctor", "--out", tmp_path / "new" / "folder")
    assert told.code == 0
    assert "[lỗi]" not in told.out
    assert told.out.splitlines()[-1].startswith("Máy này làm được mọi thứ")
    assert list(tmp_path.iterdir()) == []  # nothing is left behind
    assert {each.id for each in diagnose(tmp_path).of("note")} <= FACES_OR_CORES


def test_json_says_the_same_in_both_languages(dxassets: Run) -> None:
    told = dxassets("doctor", "--json")
    found = json.loads(told.out)
    assert found["well"] is (told.code == 0)
    assert [each["id"] for each in found["checks"]] == [each.id for each in diagnose().checks]
    for each in found["checks"]:
        assert each["status"] in {"good", "note", "bad"}
        assert each["found"]["vi"]
        assert each["found"]["en"]


def test_english_for_who_wants_it(dxassets: Run) -> None:
    assert "Output folder" in dxassets("--lang", "en", "doctor").out


# --- what may be missing -----------------------------------------------------------------------------


def test_a_missing_pango_is_an_error_with_the_command(dxassets: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "missing_libraries", lambda: LIBRARIES[:2])
    monkeypatch.setattr(system_libraries.shutil, "which", lambda name: name if name == "dnf" else None)
    told = dxassets("doctor")
    assert told.code == 1
    (line,) = (line for line in told.out.splitlines() if line.startswith("[lỗi]"))
    assert "PDF" in line
    assert "dnf install pango" in told.out
    assert "1 điều phải sửa" in told.out.splitlines()[-1]


def test_a_library_that_is_not_needed_is_a_note(dxassets: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "missing_libraries", lambda: LIBRARIES[-1:])
    assert check("pages").status == "note"
    assert "harfbuzz" in check("pages").found[0]
    assert dxassets("doctor").code == 0


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    tools: Any = import_module("dxassets.planner.tools")
    real = tools.version

    def version(name: str) -> str:
        if name in {"pydyf", "pillow-heif"}:
            raise tools.PackageNotFoundError(name)
        return real(name)

    kept = (tools.tools, tools.photo_tools, tools._picture_tools, tools._page_tools)
    monkeypatch.setattr(tools, "version", version)
    for each in kept:
        each.cache_clear()
    try:
        found = check("packages")
    finally:
        for each in kept:
            each.cache_clear()
    assert found.status == "bad"
    assert found.cure is not None
    assert found.cure[0].endswith("pip install pillow-heif pydyf")  # the extra is told by itself


def test_films_need_an_extra_whose_command_is_told(dxassets: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    there = check("films")
    assert there.status == "good"
    assert there.found[0].startswith(f"PyAV {metadata.version('av')}")
    monkeypatch.setattr(doctor, "find_spec", lambda name: None if name == "av" else object())
    lacking = check("films")
    assert lacking.status == "note"
    assert lacking.cure is not None
    assert all('pip install "dxassets[video]"' in said for said in lacking.cure)
    told = dxassets("doctor")
    assert told.code == 0  # all that is not an extra's can be made
    assert "dxassets[video]" in told.out


def test_films_without_their_encoder_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(video, "_ENCODER", "no-such-encoder")
    assert check("films").status == "bad"


def test_an_old_libvips_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    for version, status in (("8.16.9", "bad"), ("8.17.0", "good"), ("none", "bad")):
        monkeypatch.setattr(system_libraries, "libvips_version", lambda version=version: version)
        assert check("libvips").status == status, version


@pytest.mark.parametrize(
    ("version", "status"),
    [((3, 10, 9), "bad"), ((3, 11, 0), "good"), ((3, 14, 9), "good"), ((3, 15, 0), "note")],
)
def test_the_age_of_python(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, int, int], status: str
) -> None:
    monkeypatch.setattr(doctor.sys, "version_info", version)
    assert doctor._python().status == status


def test_the_versions_that_were_tried_are_those_that_the_package_names() -> None:
    said = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    least, last = doctor.LEAST_PYTHON, doctor.LAST_TRIED_PYTHON
    assert f'requires-python = ">={least[0]}.{least[1]}"' in said
    for minor in range(least[1], last[1] + 1):
        assert f"Programming Language :: Python :: 3.{minor}" in said
    assert f"Programming Language :: Python :: 3.{last[1] + 1}" not in said
    assert '"pyvips-binary>={}.{}"'.format(*doctor.LEAST_LIBVIPS) in said


def test_faces_can_be_found_unless_the_package_is_broken(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert check("faces").status == "good"
    monkeypatch.setattr(network, "WEIGHTS", tmp_path / "nothing.bin")
    network._net.cache_clear()
    try:
        assert check("faces").status == "bad"
    finally:
        network._net.cache_clear()


def test_processes_that_cannot_share_work_are_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runners, "why_alone", lambda: Problem("--jobs", "một tiến trình", "one process"))
    assert check("processes").status == "note"
    monkeypatch.setattr(runners, "why_alone", lambda: None)
    assert check("processes").status == "good"


def test_no_temporary_folder_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def none() -> str:
        raise FileNotFoundError("No usable temporary directory found")

    monkeypatch.setattr(doctor.tempfile, "gettempdir", none)
    assert check("temporary").status == "bad"


def test_an_output_folder_that_cannot_be_written_is_an_error(dxassets: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert check("output", out=tmp_path / "file").status == "bad"
    assert check("output", out=tmp_path / "a" / "b").status == "good"
    told = dxassets("doctor", "--out", tmp_path / "file")
    assert told.code == 1
    assert "--out" in told.out


@pytest.fixture
def brand(tmp_path: Path) -> Path:
    """A project folder with a brand of its own."""
    shutil.copytree(ROOT / "brand", tmp_path / "brand")
    return tmp_path


def edit(folder: Path, change: Callable[[str], str]) -> None:
    file = folder / "brand" / "brand.toml"
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def test_a_typeface_that_is_not_there_is_an_error(brand: Path) -> None:
    assert check("fonts", folder=brand).status == "good"
    edit(brand, lambda text: text.replace("-Bold.ttf", "-Boldest.ttf"))
    found = check("fonts", folder=brand)
    assert found.status == "bad"
    assert "Boldest" in found.found[0]


def test_a_typeface_without_vietnamese_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "VIETNAMESE", VIETNAMESE + "漢")
    assert check("fonts").status == "bad"


def test_the_letters_are_all_134() -> None:
    assert len(VIETNAMESE) == len(set(VIETNAMESE)) == 134
    assert unicodedata.is_normalized("NFC", VIETNAMESE)
    assert {"Đ", "ẵ", "Ỹ", "ự"} <= set(VIETNAMESE)


# --- when hardly anything works ------------------------------------------------------------------------


def in_a_process(code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment
    )


@pytest.mark.parametrize("missing", ["pyvips", "numpy", "pydantic", "uharfbuzz", "weasyprint"])
def test_it_answers_when_a_library_does_not_load(missing: str) -> None:
    done = in_a_process(
        f"import sys\nsys.modules['{missing}'] = None\n"
        "from dxassets.cli.entry import main\nsys.exit(main(['doctor', '--json']))"
    )
    assert done.stderr == ""
    statuses = {each["id"]: each["status"] for each in json.loads(done.stdout)["checks"]}
    assert statuses["python"] == statuses["temporary"] == "good"
    # WeasyPrint is not loaded to tell
    assert done.returncode == (0 if missing == "weasyprint" else 1)


def test_it_is_quick_because_it_loads_no_weasyprint() -> None:
    done = in_a_process(
        "import sys\nfrom dxassets.doctor import diagnose\ndiagnose()\nprint(*sys.modules, file=sys.stderr)"
    )
    loaded = set(done.stderr.split())
    assert "pyvips" in loaded
    assert not loaded & {"weasyprint", "docx", "pillow_heif", "dxassets.api", "dxassets.backends.pages"}
