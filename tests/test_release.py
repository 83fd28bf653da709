"""What is published: the package's page, what catalogues read of it, and the release of `tools/release`."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import pytest
import yaml
from markdown_it import MarkdownIt
from packaging.licenses import canonicalize_license_expression
from packaging.metadata import Metadata
from trove_classifiers import classifiers

from dxassets._version import __version__

ROOT = Path(__file__).parent.parent
TOOL = ROOT / "tools" / "release"
NEXT = "99.0.0"
DAY = "2027-01-05"
URL = "https://example.org/dxassets.git"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# --- catalogues of public software: publiccode.yml

PLATFORMS = {"web", "windows", "mac", "linux", "ios", "android"}
STATES = {"concept", "development", "beta", "stable", "obsolete"}
KINDS = {
    *(f"standalone/{kind}" for kind in "mobile iot desktop web backend other".split()),
    *("addon", "library", "configurationFiles"),
}
CATEGORIES = {"communications", "document-management", "graphic-design", "design", "marketing", "office"}
"""Those of the standard's list that could be ours."""
SCOPES = {"culture", "local-authorities", "science-and-technology", "society"}
ONLY_THE_PUBLISHER_KNOWS = ["url", "maintenance/contacts"]


def faults_of(document: dict[str, Any]) -> list[str]:
    """What the standard's core asks for and the document has not, key by key."""
    checks = {
        "publiccodeYmlVersion": document.get("publiccodeYmlVersion") == "0.5",
        "name": bool(document.get("name")),
        "url": urlsplit(str(document.get("url", ""))).scheme == "https",
        "platforms": is_within(document.get("platforms"), PLATFORMS),
        "categories": is_within(document.get("categories"), CATEGORIES),
        "developmentStatus": document.get("developmentStatus") in STATES,
        "softwareType": document.get("softwareType") in KINDS,
        "intendedAudience/scope": is_within(document["intendedAudience"]["scope"], SCOPES),
        "maintenance/type": document["maintenance"].get("type") in {"internal", "community"},
        "maintenance/contacts": all_named(document["maintenance"].get("contacts")),
        "localisation/localisationReady": isinstance(document["localisation"].get("localisationReady"), bool),
        "localisation/availableLanguages": set(document["localisation"]["availableLanguages"])
        == set(document["description"]),
        "legal/license": canonicalize_license_expression(document["legal"]["license"]) == PROJECT["license"],
    }
    for language, told in document["description"].items():
        short, long = told["shortDescription"], told["longDescription"]
        checks[f"{language}/shortDescription"] = "\n" not in short and len(short) <= 150
        checks[f"{language}/longDescription"] = 150 <= len(long) <= 10_000
        checks[f"{language}/features"] = 5 <= len(told["features"]) <= 20
        for name in told["screenshots"]:
            checks[name] = (ROOT / name).is_file() and name.endswith((".png", ".jpg"))
    return [key for key, right in checks.items() if not right]


def is_within(said: object, known: set[str]) -> bool:
    return isinstance(said, list) and bool(said) and set(cast("list[str]", said)) <= known


def all_named(said: object) -> bool:
    return isinstance(said, list) and bool(said) and all(each.get("name") for each in said)


def public_code(folder: Path) -> dict[str, Any]:
    return yaml.safe_load((folder / "publiccode.yml").read_text(encoding="utf-8"))


def test_catalogues_are_told_all_but_what_only_the_publisher_knows() -> None:
    document = public_code(ROOT)
    assert faults_of(document) == ONLY_THE_PUBLISHER_KNOWS
    assert document["softwareVersion"] == __version__
    assert f"## [{__version__}] - {document['releaseDate']}" in CHANGELOG


# --- the package's page


def test_the_page_of_the_package_leans_on_nothing_that_an_index_lacks() -> None:
    text = (ROOT / PROJECT["readme"]).read_text(encoding="utf-8")
    tokens = [child for token in MarkdownIt().parse(text) for child in token.children or []]
    targets = [str(token.attrs.get("href") or token.attrs.get("src")) for token in tokens if token.attrs]
    assert [target for target in targets if urlsplit(target).scheme != "https"] == []
    assert {"Tiếng Việt", "English"} <= set(re.findall(r"^## (.+)$", text, re.MULTILINE))
    for extra in PROJECT["optional-dependencies"]:
        assert f"| `{extra}` |" in text


def test_the_package_says_only_what_is_true_of_it() -> None:
    assert set(PROJECT["classifiers"]) <= classifiers
    assert {
        "Operating System :: Microsoft :: Windows",
        "Operating System :: MacOS",
        "Programming Language :: Python :: 3.14",
    } <= set(PROJECT["classifiers"])
    # The project has no public address yet. Whoever publishes it puts theirs here, and nobody else can.
    assert "urls" not in PROJECT


@pytest.mark.parametrize("name", ["bao-loi", "de-nghi"])
def test_who_reports_something_is_asked_in_both_languages(name: str) -> None:
    text = (ROOT / ".github" / "ISSUE_TEMPLATE" / f"{name}.md").read_text(encoding="utf-8")
    _, head, body = text.split("---\n", 2)
    assert set(yaml.safe_load(head)) == {"name", "about", "title", "labels"}
    assert all(" · " in line for line in [*re.findall(r"^## (.+)$", body, re.MULTILINE)])
    assert "ảnh hay công văn thật của người khác" in body
    assert "real people's photos and letters" in body


# --- the release


def release(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(TOOL), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def state() -> bytes:
    """What git says of this tree."""
    command = ["git", "status", "--porcelain", "--untracked-files=all"]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release without the bundle, which `tests/test_windows.py` makes."""
    if subprocess.run(["git", "rev-parse"], cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip("this tree is no git repository, so there is nothing to release")
    folder = tmp_path_factory.mktemp("release")
    words = ("--dry-run", "--without-bundle", "--date", DAY, "--url", URL, "--contact", 'Nguyễn "A"')
    before = state()
    for name in ("first", "again"):
        done = release(NEXT, *words, "-o", str(folder / name))
        assert done.returncode == 0, done.stderr
    assert state() == before
    assert __version__ != NEXT
    return folder


@pytest.mark.slow
def test_a_release_has_its_number_and_day_everywhere(made: Path) -> None:
    folder = made / "first"
    with zipfile.ZipFile(folder / f"dxassets-{NEXT}-py3-none-any.whl") as wheel:
        metadata = Metadata.from_email(wheel.read(f"dxassets-{NEXT}.dist-info/METADATA"), validate=True)
        assert f'"{NEXT}"' in wheel.read("dxassets/_version.py").decode()
        assert "dxassets/_bundled/campaigns/example.txt" in wheel.namelist()
    assert str(metadata.version) == NEXT
    assert metadata.description == (ROOT / PROJECT["readme"]).read_text(encoding="utf-8")
    assert metadata.description_content_type == "text/markdown"
    assert set(metadata.provides_extra or ()) == set(PROJECT["optional-dependencies"])
    with tarfile.open(folder / f"dxassets-{NEXT}.tar.gz") as source:
        inner = source.extractfile(f"dxassets-{NEXT}/CHANGELOG.md")
        assert inner is not None
        told = inner.read().decode()
    notes = (folder / f"NOTES-{NEXT}.md").read_text(encoding="utf-8")
    assert told == CHANGELOG.replace("## [Unreleased]\n", f"## [Unreleased]\n\n## [{NEXT}] - {DAY}\n", 1)
    assert notes.strip() == re.split(r"^## .*$", CHANGELOG, flags=re.MULTILINE)[1].strip()
    document = public_code(folder)
    assert faults_of(document) == []
    assert (document["url"], document["maintenance"]["contacts"]) == (URL, [{"name": 'Nguyễn "A"'}])
    assert (document["softwareVersion"], document["releaseDate"]) == (NEXT, DAY)


@pytest.mark.slow
def test_checksums_are_those_of_all_files_and_the_same_again(made: Path) -> None:
    first, again = ((made / name / "SHA256SUMS").read_text(encoding="utf-8") for name in ("first", "again"))
    assert first == again
    listed = {line.split("  ")[1] for line in first.splitlines()}
    assert listed | {"SHA256SUMS"} == {path.name for path in (made / "first").iterdir()}
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=made / "first",
        check=False,
        capture_output=True,
    )
    assert checked.returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((__version__,), "is not newer"),
        (("1.0",), "is no version"),
        ((NEXT, "--date", "2027-02-30"), "is no day"),
        ((NEXT, "--url", "http://example.org/"), "begins with https://"),
    ],
)
def test_what_cannot_be_released_is_refused(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    before = state()
    done = release(*words, "--dry-run", "-o", str(tmp_path / "out"))
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()
    assert state() == before


def test_a_full_folder_is_not_written_into(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    done = release(NEXT, "--dry-run", "-o", str(tmp_path))
    assert "is not empty" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
