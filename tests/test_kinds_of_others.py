"""A kind of assets that another package brings, on every face, and what is told of a bad one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dxassets.checks import check_asset
from dxassets.errors import DxassetsError, GateError
from dxassets.jobs import Facts, Rendered
from dxassets.kinds.registry import kind_of

ROOT = Path(__file__).parent.parent
TOY = ROOT / "tests" / "toy"


# --- a kind of another package


def run_toy(*arguments: str, cwd: Path, path: Path = TOY) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(path), str(ROOT)]), "DXASSETS_LANG": "en"}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def cli(*arguments: str, cwd: Path, path: Path = TOY) -> subprocess.CompletedProcess[str]:
    return run_toy("-m", "dxassets", *arguments, cwd=cwd, path=path)


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("toy")
    told = cli(
        "build",
        "--kind",
        "text-card",
        "--kind",
        "qr",
        "--agency",
        "so-noi-vu",
        "--out",
        str(folder),
        cwd=folder,
    )
    assert told.returncode == 0, told.stderr
    return folder / "daknong-2022"


def test_another_packages_kind_is_built_and_verified(toy: Path) -> None:
    card = toy / "so-noi-vu" / "text-card" / "10-10.txt"
    assert card.read_text(encoding="utf-8").splitlines()[0] == "Ngày Chuyển đổi số quốc gia"
    record = next(
        each
        for each in json.loads((toy / "manifest.json").read_text(encoding="utf-8"))["assets"]
        if each["path"].endswith("10-10.txt")
    )
    assert record["kind"] == "text-card"
    assert record["size"] is None
    assert record["media_type"] == "text/plain"
    assert cli("verify", str(toy), cwd=toy).returncode == 0
    before = card.read_bytes()
    card.write_bytes(before + b"x")
    try:
        told = cli("verify", str(toy), cwd=toy)
        assert told.returncode == 1
        assert "10-10.txt" in told.stderr
    finally:
        card.write_bytes(before)


def test_another_packages_kind_stands_on_the_index_without_a_size(toy: Path) -> None:
    page = (toy / "index.html").read_text(encoding="utf-8")
    assert "Thẻ chữ" in page
    assert "Text cards" in page
    assert "so-noi-vu/text-card/10-10.txt" in page
    assert "0 × 0" not in page


def test_a_built_folder_is_read_and_built_on_without_the_package(toy: Path, tmp_path: Path) -> None:
    """Its assets stay, and are shown by their records; only reading them back asks for the package."""
    told = cli("verify", str(toy), cwd=toy, path=tmp_path)
    assert told.returncode == 1
    assert "install the package" in told.stderr
    wanted = ("--kind", "qr", "--agency", "so-noi-vu", "--format", "svg", "--out", str(toy.parent))
    told = cli("build", *wanted, cwd=toy, path=tmp_path)
    assert told.returncode == 0, told.stderr
    assert "text-card/10-10.txt" in (toy / "index.html").read_text(encoding="utf-8")


def test_the_command_line_offers_another_packages_kind_and_its_formats(toy: Path) -> None:
    told = cli("build", "--kind", "txt-card", cwd=toy)
    assert told.returncode == 2
    assert "text-card" in told.stderr
    told = cli("build", "--kind", "text-card", "--format", "png", cwd=toy)
    assert told.returncode == 2
    assert "txt" in told.stderr
    assert "text-card" in cli("build", "--help", cwd=toy).stdout


SITE_AND_API = """
import json
from pathlib import Path
from dxassets.api import SiteWanted, build_site, load_campaign
from dxassets.api.live import make_live
from dxassets.server.offers import operations_of
from dxassets.server.openapi import openapi_of

project = load_campaign()
wanted = SiteWanted(agencies=("so-noi-vu",), days=("10-10",), themes=("light",), presets=("button-120x60",))
site = build_site(project, "site", wanted=wanted, built="built")
made = make_live(project, "text-card", {"day": "01-11"})
document = openapi_of(project, operations_of(project))
print(json.dumps({
    "home": (site.folder / "index.html").read_text(encoding="utf-8"),
    "english": (site.folder / "en/index.html").read_text(encoding="utf-8"),
    "files": [path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*.txt")],
    "made": made.data.decode(),
    "path": document["paths"]["/text-card"],
}))
"""


def test_another_packages_kind_stands_on_the_site_and_in_the_api(tmp_path: Path) -> None:
    told = run_toy("-c", SITE_AND_API, cwd=tmp_path)
    assert told.returncode == 0, told.stderr
    found = json.loads(told.stdout)
    issuer = "so-thong-tin-va-truyen-thong"
    assert found["files"]
    for name in found["files"]:
        assert f'href="{name}?v=' in found["home"]
        assert f'href="../{name}?v=' in found["english"]
    assert "Thẻ chữ" in found["home"]
    assert "Text cards" in found["english"]
    assert found["made"].startswith("Ngày Chuyển đổi số tỉnh Đắk Nông")
    assert "Sở Thông tin và Truyền thông" in found["made"], issuer
    parameters = {each["name"]: each for each in found["path"]["get"]["parameters"]}
    assert parameters["day"]["schema"]["enum"] == ["10-10", "01-11"]
    assert list(found["path"]["get"]["responses"]["200"]["content"]) == ["text/plain"]


def test_the_page_that_teaches_it_shows_just_this_package() -> None:
    page = (ROOT / "docs" / "kinds.md").read_text(encoding="utf-8")
    shown = page.split("```python\n")[1].split("```")[0]
    code = (TOY / "dxtoy" / "__init__.py").read_text(encoding="utf-8")
    assert shown == code
    lines = [line for line in code.splitlines() if line.strip()]
    assert len(lines) <= 60


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("raise RuntimeError('no such library')", "no such library"),
        ("KIND = object()", "no instance"),
        ("import dxtoy\nclass K(dxtoy.TextKind):\n    id = 'banner'\nKIND = K()", "there is a kind 'banner'"),
        ("import dxtoy\nclass K(dxtoy.TextKind):\n    id = 'Thẻ'\nKIND = K()", "not lower-case ASCII"),
        ("import dxtoy\nclass K(dxtoy.TextKind):\n    id = 'x'\n    formats = ('csv',)\nKIND = K()", "csv"),
    ],
)
def test_a_bad_package_is_told_by_name(tmp_path: Path, code: str, why: str) -> None:
    (tmp_path / "dxbad.py").write_text(code, encoding="utf-8")
    info = tmp_path / "dxbad-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: dxbad\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text("[dxassets.kinds]\nbad = dxbad:KIND\n", encoding="utf-8")
    told = cli("build", "--kind", "qr", cwd=tmp_path, path=Path(f"{tmp_path}{os.pathsep}{TOY}"))
    assert told.returncode == 1
    assert "dxassets.kinds: bad" in told.stderr
    assert why in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "output").exists()


def test_an_unknown_kind_is_an_error_with_the_cure() -> None:
    with pytest.raises(DxassetsError, match="install the package"):
        kind_of("hologram")


def test_a_text_must_be_nfc_and_printable() -> None:
    facts = Facts(0, 0, "px", "text")
    check_asset(Rendered("Đắk Nông\n".encode(), "text/plain", facts))
    for wrong in ("a\u0300", "a\u200bb", "a\x07"):
        with pytest.raises(GateError, match="NFC"):
            check_asset(Rendered(wrong.encode(), "text/plain", facts))
    with pytest.raises(GateError, match="UTF-8"):
        check_asset(Rendered(b"\xff\xfe", "text/plain", facts))
