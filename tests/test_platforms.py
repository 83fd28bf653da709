"""Where `pip install dxassets` works: which locked versions are wheels, and the wheel that carries Pango."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Generator
from ctypes.util import find_library
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

import pytest
from macholib import mach_o
from macholib.MachO import MachO
from packaging.requirements import Requirement

from dxassets.backends import own_libraries, system_libraries
from dxassets.backends.own_libraries import own_file, own_files_found, own_folder
from dxassets.backends.system_libraries import LIBRARIES, cure_of

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = {
    "Windows": ("x86_64-pc-windows-msvc", ""),
    "macOS 13, Apple": ("aarch64-apple-darwin", "13.0"),
    "macOS 13, Intel": ("x86_64-apple-darwin", "13.0"),
    "macOS 14, Apple": ("aarch64-apple-darwin", "14.0"),
    "macOS 14, Intel": ("x86_64-apple-darwin", "14.0"),
    "Linux, x86-64": ("x86_64-manylinux_2_28", ""),
    "Linux, arm64": ("aarch64-manylinux_2_28", ""),
}
NO_FILMS = {"macOS 13, Apple"}
"""Where the extra `video` has no wheel: PyAV's ask for macOS 14."""
SOURCES = ("pyvips",)
"""Python alone, which PyPI has as source only."""
EXTRA = "bundled-pango"


def resolved(requirements: Path, system: str, python: str, *options: str) -> subprocess.CompletedProcess[str]:
    """What uv says when it is to install these for another system and Python, without doing so."""
    platform, macos = SYSTEMS[system]
    command = [sys.executable, "-m", "uv", "pip", "install", "--dry-run", "--only-binary=:all:"]
    command += [f"--no-binary={name}" for name in SOURCES]
    command += [f"--python-platform={platform}", f"--python-version={python}", *options]
    command += ["--no-config", "--no-python-downloads", "--target=nowhere", f"--requirement={requirements}"]
    environment = {**os.environ, "MACOSX_DEPLOYMENT_TARGET": macos or "13.0", "NO_COLOR": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment, cwd=requirements.parent
    )
    unreachable = ("error sending request", "Failed to fetch", "not found in the package registry")
    if done.returncode and any(said in done.stderr for said in unreachable):
        pytest.skip("no index of packages can be reached, so nothing can be resolved")
    return done


@pytest.fixture(scope="module")
def run_lock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lock beside nothing else: uv reads pyproject.toml where it finds one."""
    file = tmp_path_factory.mktemp("lock") / "run.lock"
    file.write_bytes((ROOT / "requirements" / "run.lock").read_bytes())
    return file


@pytest.fixture(scope="module")
def without_films(run_lock: Path) -> Path:
    """The lock without the extra `video`, as `pip install dxassets` has it."""
    blocks = re.split(r"^(?=[a-z0-9])", run_lock.read_text(encoding="utf-8"), flags=re.MULTILINE)
    kept = [block for block in blocks if not block.startswith("av==")]
    assert len(kept) < len(blocks)
    file = run_lock.with_name("without-films.lock")
    file.write_text("".join(kept), encoding="utf-8")
    return file


@pytest.mark.slow
@pytest.mark.parametrize("system", SYSTEMS)
def test_every_locked_version_is_a_wheel_there(without_films: Path, system: str) -> None:
    for python in PYTHONS:
        done = resolved(without_films, system, python, "--no-deps", "--require-hashes")
        assert done.returncode == 0, f"{system}, Python {python}:\n{done.stderr}"
        assert "Would install" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("system", SYSTEMS)
def test_films_are_where_the_package_page_says(run_lock: Path, system: str) -> None:
    for python in PYTHONS:
        done = resolved(run_lock, system, python, "--no-deps", "--require-hashes")
        assert (done.returncode != 0) == (system in NO_FILMS), f"{system}, Python {python}:\n{done.stderr}"
        assert done.returncode == 0 or re.search(r"\bav\b.*no usable wheels", done.stderr)
    page = (ROOT / PROJECT["readme"]).read_text(encoding="utf-8")
    assert "macOS on Apple's processors from version 14" in page


@pytest.mark.slow
@pytest.mark.parametrize("system", SYSTEMS)
def test_the_extra_brings_pango_where_there_is_a_wheel(tmp_path: Path, system: str) -> None:
    file = tmp_path / "wanted.txt"
    file.write_text("\n".join(PROJECT["optional-dependencies"][EXTRA]), encoding="utf-8")
    for python in PYTHONS:
        done = resolved(file, system, python)
        assert done.returncode == 0, done.stderr
        assert ("gstreamer-libs" in done.stderr) == (not system.startswith("Linux"))


def test_the_pythons_that_are_tried_are_those_that_are_named() -> None:
    named = re.findall(r"Programming Language :: Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    assert tuple(named) == PYTHONS


# --- macOS: the libraries in the wheel


def wheel_pin() -> tuple[str, str]:
    """The version and the SHA-256 of the wheel for macOS, as `requirements/macos.lock` has them."""
    text = (ROOT / "requirements" / "macos.lock").read_text(encoding="utf-8")
    found = re.search(r"^gstreamer-libs==(\S+) \\\n    --hash=sha256:([0-9a-f]{64})$", text, re.MULTILINE)
    assert found is not None
    return found[1], found[2]


@pytest.fixture(scope="module")
def macos_wheel() -> Generator[zipfile.ZipFile]:
    """GStreamer's wheel for macOS, held to its hash; skipped where it can't be fetched."""
    version, wanted = wheel_pin()
    folder = ROOT / ".cache" / "macos"
    folder.mkdir(parents=True, exist_ok=True)
    if not list(folder.glob(f"gstreamer_libs-{version}-*.whl")):
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:"]
        command += ["--platform=macosx_10_13_universal2", "--python-version=3.12", f"--dest={folder}"]
        command += ["--require-hashes", f"--requirement={ROOT / 'requirements' / 'macos.lock'}"]
        if subprocess.run(command, check=False, capture_output=True).returncode:
            pytest.skip("the wheel for macOS can't be fetched here: no network, or no mirror of PyPI")
    (file,) = folder.glob(f"gstreamer_libs-{version}-*.whl")
    assert hashlib.sha256(file.read_bytes()).hexdigest() == wanted
    with zipfile.ZipFile(file) as archive:
        yield archive


@pytest.mark.slow
def test_what_each_library_of_the_wheel_asks_for_is_in_it(
    macos_wheel: zipfile.ZipFile, tmp_path: Path
) -> None:
    """From the six files that we open, over all that they name, for both processors: macOS has the rest."""
    by_name = {PurePosixPath(name).name: name for name in macos_wheel.namelist() if "/lib/lib" in name}
    waiting = [f"lib{each.stem}.{each.number}.dylib" for each in LIBRARIES]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        file = tmp_path / name
        file.write_bytes(macos_wheel.read(by_name[name]))
        headers = MachO(str(file)).headers
        assert {header.header.cputype for header in headers} == {0x01000007, 0x0100000C}  # x86-64, arm64
        for header in headers:
            own, places, asked = commands_of(header)
            assert own == [f"@rpath/{name}"]  # so whoever asks for it gets the very file that we open
            assert "@loader_path/../lib" in places
            for path in asked:
                if not path.startswith(("/usr/lib/", "/System/Library/")):
                    assert path.startswith("@rpath/"), (name, path)
                    waiting.append(path.removeprefix("@rpath/"))
    assert {"libglib-2.0.0.dylib", "libfreetype.6.dylib", "libfribidi.0.dylib"} <= seen


def commands_of(header: Any) -> tuple[list[str], list[str], list[str]]:
    """What a library calls itself, where it looks, and what it asks for."""
    kinds = (
        {mach_o.LC_ID_DYLIB},
        {mach_o.LC_RPATH},
        {mach_o.LC_LOAD_DYLIB, mach_o.LC_LOAD_WEAK_DYLIB, mach_o.LC_REEXPORT_DYLIB},
    )
    first, second, third = (
        [data.rstrip(b"\0").decode() for command, _, data in header.commands if command.cmd in kind]
        for kind in kinds
    )
    return first, second, third


# --- macOS: how they are found


@pytest.fixture
def on_macos(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The wheel beside us, as macOS would see it: each library under both of its names."""
    inside = tmp_path / "gstreamer_libs" / "lib"
    inside.mkdir(parents=True)
    (tmp_path / "gstreamer_libs" / "__init__.py").touch()
    for each in LIBRARIES:
        for name in (f"lib{each.stem}.{each.number}.dylib", f"lib{each.stem}.dylib"):
            (inside / name).write_bytes(name.encode())
    monkeypatch.syspath_prepend(tmp_path)
    for module in (own_libraries, system_libraries):
        monkeypatch.setattr(module, "sys", SimpleNamespace(platform="darwin"))
    return inside


def test_the_file_that_is_opened_is_the_one_that_others_name(on_macos: Path) -> None:
    assert own_folder() == on_macos
    for each in LIBRARIES:
        file = own_file(each.stem, each.number)
        assert file == on_macos / f"lib{each.stem}.{each.number}.dylib"
        assert system_libraries._file_names(each.stem, each.number) == [str(file)]
    assert own_file("pango-1.0", 7) is None
    assert own_file("vips", 42) is None


def test_elsewhere_the_wheel_is_left_alone(on_macos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert on_macos.is_dir()
    monkeypatch.setattr(own_libraries, "sys", SimpleNamespace(platform="linux"))
    assert own_folder() is None
    with own_files_found((each.stem, each.number) for each in LIBRARIES):
        assert find_library("libpango-1.0-0") is None


LOADED = """
import sys
from types import SimpleNamespace
from typing import Any
sys.path[:0] = sys.argv[1:3]
import _cffi_backend
from dxassets.backends import own_libraries, system_libraries

usual, opened = _cffi_backend.load_library, []
pairs = [(each.stem, each.number) for each in system_libraries.LIBRARIES]
files = {f"lib{stem}.{number}.dylib": f"lib{stem}.so.{number}" for stem, number in pairs}

def as_macos(name, flags=0):  # its loader knows none of these by name, and opens what is named by its path
    if name is None:
        return usual(name, flags)
    if "/" not in name:
        raise OSError(name)
    opened.append(name)
    return usual(files[name.rpartition("/")[2]], flags)

own_libraries.sys = SimpleNamespace(platform="darwin")
system_libraries.require_libraries = lambda: None
_cffi_backend.load_library = as_macos
from dxassets.backends import pages
_cffi_backend.load_library = usual
import ctypes.util
assert ctypes.util.find_library.__module__ == "ctypes.util", "not put back"
print(*opened, sep="\\n")
"""


def test_weasyprint_is_led_to_those_files(on_macos: Path) -> None:
    """WeasyPrint and cffi themselves, with a loader that behaves as macOS' does."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOADED, str(on_macos.parent.parent), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    names = [Path(line) for line in done.stdout.splitlines()]
    wanted = [on_macos / f"lib{each.stem}.{each.number}.dylib" for each in LIBRARIES]
    assert sorted(names) == sorted(wanted)


def test_macos_and_windows_are_told_of_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    (wanted,) = PROJECT["optional-dependencies"][EXTRA]
    assert Requirement(wanted).name == own_libraries._WHEEL.replace("_", "-")
    packages = tuple(each.packages for each in LIBRARIES)
    for platform, helped in (("darwin", True), ("win32", True), ("linux", False)):
        monkeypatch.setattr(system_libraries, "sys", SimpleNamespace(platform=platform))
        for said in cure_of(packages):
            assert (f'pip install "dxassets[{EXTRA}]"' in said) == helped, platform
