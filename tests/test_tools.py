"""The versions that stand in the manifest and in keys: those of all that rendering really imports."""

from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from collections.abc import Generator
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from dxassets.api import Project, Wanted, plan
from dxassets.backends import system_libraries
from dxassets.backends.system_libraries import LIBRARIES, NONE, library_versions, libvips_version
from dxassets.planner.tools import (
    CALENDAR_TOOLS,
    FILM_TOOLS,
    PAGE_TOOLS,
    PHOTO_TOOLS,
    PICTURE_TOOLS,
    photo_tools,
    tools,
    tools_of,
)

# by its name: as an attribute of `dxassets.planner`, `tools` is the function
tools_module = import_module("dxassets.planner.tools")
ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dxassets"
FACES = {"api", "cli", "desktop", "server", "_bundled"}
LISTED = {*PICTURE_TOOLS, *PAGE_TOOLS, *CALENDAR_TOOLS, *FILM_TOOLS, *PHOTO_TOOLS}
ONLY_CARRIED = {
    "annotated-types": "says of types what pydantic checks",
    "babel": "writes numbers in what is told of assets, never in one",
    "brotli": "packs the web site's typefaces, which are no assets",
    "cffi": "carries calls to libvips and Pango, whose own versions are listed",
    "dask": "hands assets to other machines, which make them with the listed tools or are refused",
    "distributed": "the same",
    "obstore": "puts finished assets into stores",
    "openpyxl": "reads and writes lists of agencies, which are no assets",
    "pypdf": "writes upon other people's PDFs (dxassets copy), which are no assets",
    "pycparser": "reads cffi's declarations",
    "typing-extensions": "names types",
    "typing-inspection": "reads types",
}
"""What rendering loads that can change no byte, and why."""


def distributions(modules: set[str]) -> set[str]:
    """The distributions that modules come from, by their names in lock files."""
    known = packages_distributions()
    return {
        name.lower().replace("_", "-")
        for module in modules
        for name in known.get(module, ())
        if name != "dxassets"
    }


def imports_of(path: Path) -> set[str]:
    """The packages that a module imports, at its top or inside functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            found.add(node.module.partition(".")[0])
    return found


def test_everything_that_is_imported_below_the_faces_is_listed() -> None:
    modules = [path for path in PACKAGE.rglob("*.py") if path.relative_to(PACKAGE).parts[0] not in FACES]
    imported = {name for path in modules for name in imports_of(path)}
    assert {"pyvips", "weasyprint", "pydyf", "pillow_heif"} <= imported
    needed = distributions(imported - sys.stdlib_module_names)
    assert needed >= {"pyvips", "weasyprint", "pillow"}
    assert needed - LISTED - ONLY_CARRIED.keys() == set()


RENDER_ONE_OF_EACH = """
import json, sys
before = set(sys.modules)  # what Python itself, or a hook of an installer, loads at its start
from dxassets.api import Wanted, load_campaign, plan
from dxassets.kinds.registry import check, render

project = load_campaign()
made = set()
for job in plan(project, Wanted()).jobs:
    form = (job.kind, job.path.rpartition(".")[2])
    if form not in made:
        made.add(form)
        check(job, render(job, project.resources))
print(json.dumps([sorted(made), sorted({name.partition(".")[0] for name in set(sys.modules) - before})]))
"""


def in_a_process(code: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment
    )
    return done.stdout


@pytest.mark.slow
def test_everything_that_rendering_loads_is_listed() -> None:
    """The libraries that our libraries import, too: a changed tinycss2 may change a letter."""
    made, loaded = json.loads(in_a_process(RENDER_ONE_OF_EACH))
    assert {("letter", "pdf"), ("letter", "docx"), ("banner", "png"), ("qr", "svg")} <= set(map(tuple, made))
    found = distributions(set(loaded) - sys.stdlib_module_names)
    assert found >= {"tinycss2", "lxml", "numpy"}
    assert found - LISTED - ONLY_CARRIED.keys() == set()
    # and nothing is listed that is not used
    assert {*PICTURE_TOOLS, *PAGE_TOOLS} - found == set()


def test_nothing_that_is_listed_is_exempt() -> None:
    assert not LISTED & ONLY_CARRIED.keys()


def test_all_that_is_listed_is_here_and_has_a_version() -> None:
    found = dict(tools())
    assert {name for name, version in found.items() if version == NONE} == set()
    assert set(found) == {
        *PICTURE_TOOLS,
        *PAGE_TOOLS,
        *CALENDAR_TOOLS,
        *FILM_TOOLS,
        "dxassets",
        "engine",
        "libvips",
        *dict(library_versions()),
    }
    assert {"pango", "harfbuzz", "fontconfig", "harfbuzz-subset"} == set(dict(library_versions()))


def test_versions_are_those_that_the_libraries_say_themselves() -> None:
    import pyvips  # noqa: PLC0415

    harfbuzz: Any = import_module("weasyprint.text.ffi").harfbuzz
    found = dict(tools())
    assert found["libvips"] == ".".join(str(pyvips.version(part)) for part in range(3))
    major, minor, micro = map(int, found["harfbuzz"].split("."))
    assert harfbuzz.hb_version_atleast(major, minor, micro)
    assert not harfbuzz.hb_version_atleast(major, minor, micro + 1)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what is loaded")
def test_they_are_the_very_files_that_weasyprint_loads() -> None:
    code = (
        "from dxassets.backends.system_libraries import LIBRARIES, library_versions, missing_libraries\n"
        "library_versions(), missing_libraries()\n"
        "import dxassets.backends.pages\n"
        "for each in LIBRARIES:\n"
        "    lines = open('/proc/self/maps').read().splitlines()\n"
        "    stem = f'/lib{each.stem}.so.'\n"
        "    print(each.name, len({line.split()[-1] for line in lines if stem in line}))\n"
    )
    told = in_a_process(code).split()
    assert dict(zip(told[::2], told[1::2], strict=True)) == {each.name: "1" for each in LIBRARIES}


def test_reading_them_imports_no_heavy_library() -> None:
    code = (
        "import sys\n"
        "from dxassets.planner.tools import photo_tools, tools\n"
        "tools(), photo_tools()\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    heavy = {"weasyprint", "pydyf", "pyvips", "PIL", "pillow_heif", "docx", "fontTools", "uharfbuzz"}
    assert not heavy & set(in_a_process(code).split())


# --- keys ------------------------------------------------------------------------------------------


def forget() -> None:
    for kept in (tools_module.tools, tools_module._page_tools, tools_module._picture_tools):
        kept.cache_clear()


def keys(project: Project, *kinds: str) -> dict[str, str]:
    forget()
    return {job.path: job.key for job in plan(project, Wanted(kinds=kinds)).jobs}


@pytest.fixture
def another_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    versions = {**dict(library_versions()), "pango": "99.0"}
    monkeypatch.setattr(tools_module, "library_versions", lambda: tuple(versions.items()))


@pytest.fixture
def fresh() -> Generator[None]:
    yield
    forget()


@pytest.mark.usefixtures("fresh")
def test_another_pango_makes_pages_anew_and_no_picture(
    project: Project, request: pytest.FixtureRequest
) -> None:
    before = keys(project)
    request.getfixturevalue("another_pango")
    after = keys(project)
    changed = {path.rpartition(".")[2] for path in before if before[path] != after[path]}
    same = {path.rpartition(".")[2] for path in before if before[path] == after[path]}
    assert changed == {"pdf", "docx", "zip"}  # an archive holds pages
    assert same >= {"png", "jpg", "svg"}


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("name", ["pydyf", "pypdfium2", "weasyprint"])
def test_another_pydyf_makes_pages_anew(project: Project, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    before = keys(project, "letter", "qr")
    real = tools_module.version
    monkeypatch.setattr(tools_module, "version", lambda asked: "99" if asked == name else real(asked))
    after = keys(project, "letter", "qr")
    changed = {path.rpartition(".")[2] for path in before if before[path] != after[path]}
    assert changed == {"pdf", "docx"}


@pytest.mark.usefixtures("fresh")
@pytest.mark.parametrize("name", ["numpy", "fonttools"])
def test_another_numpy_makes_everything_anew(
    project: Project, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = keys(project, "qr", "frame")
    real = tools_module.version
    monkeypatch.setattr(tools_module, "version", lambda asked: "99" if asked == name else real(asked))
    after = keys(project, "qr", "frame")
    assert not {path for path in before if before[path] == after[path]}


def test_only_calendars_depend_on_what_writes_them() -> None:
    of_calendars = {name for name, _ in tools_of("a/calendar/lich.ics")}
    assert set(CALENDAR_TOOLS) <= of_calendars
    for name in ("a.pdf", "a.docx", "a.png", "a.txt", "a.ssml"):
        assert not set(CALENDAR_TOOLS) & {tool for tool, _ in tools_of(name)}
    assert not {"weasyprint", "pango"} & of_calendars


def test_what_is_no_picture_depends_on_everything() -> None:
    assert tools_of("a/letter/cong-van.zip") == tools() == tools_of("no suffix")
    assert set(tools_of("a.png")) < set(tools())
    assert {"pillow-heif", "yunet"} <= dict(photo_tools()).keys()
    assert "pango" not in dict(photo_tools())


# --- what is not here --------------------------------------------------------------------------------


def test_a_library_that_is_not_here_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_libraries, "_loaded", lambda _library: None)
    monkeypatch.setattr(system_libraries, "import_module", _nothing)
    monkeypatch.setattr(system_libraries, "_open", lambda *_: None)
    assert {version for _, version in library_versions.__wrapped__()} == {NONE}
    assert libvips_version.__wrapped__() == NONE
    assert system_libraries.missing_libraries.__wrapped__() == LIBRARIES


def _nothing(name: str) -> object:
    raise ImportError(name)
