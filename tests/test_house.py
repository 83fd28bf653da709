"""The house rules that no linter knows: sizes and names of rooms, locks, typefaces."""

from __future__ import annotations

import ast
import hashlib
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from dxassets import __version__
from dxassets.typesetting.composition import Skeleton

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "dxassets"
MODULES = sorted(PACKAGE.rglob("*.py"))
LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
FONTS = ROOT / "brand" / "fonts"

MODULE_LINES = 400
FUNCTION_LINES = 60
NAMES_THAT_SAY_NOTHING = {
    "common",
    "handle",
    "helper",
    "helpers",
    "manager",
    "misc",
    "process",
    "util",
    "utils",
}

IN_ORDER = 5
OTHERS_SIGNATURES = {"__call__", "add_usage", "cubic"}
"""Functions that a library calls: argparse and HarfBuzz say what they are given, and in which order."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_and_its_functions_fit_their_rooms(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") < MODULE_LINES
    functions = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    lengths = {node.name: (node.end_lineno or node.lineno) - node.lineno + 1 for node in functions}
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION_LINES} == {}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_room_has_a_name_that_says_nothing(path: Path) -> None:
    names = {part.removesuffix(".py").strip("_") for part in path.relative_to(PACKAGE).parts}
    assert not names & NAMES_THAT_SAY_NOTHING


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_parameters_that_order_does_not_explain_are_named(path: Path) -> None:
    """After the second, what may be left out; after the fifth, everything. (Flags always: ruff's FBT.)"""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    methods = {
        id(each) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for each in ast.walk(node)
    }
    broken: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name not in OTHERS_SIGNATURES:
            names = [each.arg for each in node.args.posonlyargs + node.args.args]
            optional = names[len(names) - len(node.args.defaults) :]
            mine = names[1:] if id(node) in methods and names[:1] in (["self"], ["cls"]) else names
            broken += [f"{node.name}({name})" for name in mine[2:] if name in optional]
            broken += [f"{node.name}({name})" for name in mine[IN_ORDER:]]
    assert broken == []


def test_no_class_name_stands_for_two_things() -> None:
    places: dict[str, set[str]] = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.lstrip("_"), set()).add(path.relative_to(PACKAGE).as_posix())
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


@pytest.mark.parametrize("lock", LOCKS, ids=name_of)
def test_lock_is_hashed_and_names_no_host(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    packages = re.split(r"^(?=[a-z])", text, flags=re.MULTILINE)[1:]
    assert packages
    assert [package.split()[0] for package in packages if "--hash=sha256:" not in package] == []


def test_locks_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    wanted = {
        "build": groups["build"],
        "run": project["project"]["dependencies"],
        "cluster": project["project"]["dependencies"]
        + project["project"]["optional-dependencies"]["cluster"],
        "dev": project["project"]["dependencies"] + groups["dev"],
    }
    for lock, requirements in wanted.items():
        locked = set(
            re.findall(r"^([a-z0-9-]+)==", (ROOT / f"requirements/{lock}.lock").read_text(), re.MULTILINE)
        )
        assert {re.split(r"[\[<>=;]", requirement)[0] for requirement in requirements} <= locked, lock


def test_the_locks_of_more_hold_those_of_less_whole() -> None:
    pins = {
        name: set(
            re.findall(r"^[a-z0-9-]+==\S+", (ROOT / f"requirements/{name}.lock").read_text(), re.MULTILINE)
        )
        for name in ("run", "cluster", "dev")
    }
    assert pins["run"] < pins["cluster"] < pins["dev"]


def test_the_network_that_finds_faces_carries_its_licence() -> None:
    folder = ROOT / "dxassets/backends/yunet"
    licence = (folder / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in licence
    assert "Copyright (c) 2020 Shiqi Yu" in licence
    assert (folder / "weights.bin").stat().st_size == 2 * 53_104  # 16-bit floats
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "dxassets/backends/yunet/LICENSE" in project["license-files"]


def test_what_we_lean_on_inside_has_an_upper_bound() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    bound = {re.split(r"[\[<>=;]", each)[0] for each in project["dependencies"] if "<" in each}
    assert bound == {"pydyf", "weasyprint"}


def test_pyvips_is_not_built_against_a_system_libvips() -> None:
    assert all("\npkgconfig==" not in lock.read_text() for lock in LOCKS)


def test_typefaces_are_the_files_their_readme_lists() -> None:
    listed = re.findall(r"^([0-9a-f]{64})  (\S+)$", (FONTS / "README.md").read_text(), re.MULTILINE)
    found = [
        (hashlib.sha256(path.read_bytes()).hexdigest(), path.relative_to(FONTS))
        for path in FONTS.rglob("*.ttf")
    ]
    assert sorted(listed) == sorted((digest, path.as_posix()) for digest, path in found)


def test_every_typeface_carries_its_licence() -> None:
    assert all((path.parent / "OFL.txt").is_file() for path in FONTS.rglob("*.ttf"))


def test_architecture_draws_the_floors_that_are_held() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    floors = next(each["layers"] for each in contracts if each["type"] == "layers")
    assert "```\n" + "\n".join(floors) + "\n```" in ARCHITECTURE


def test_architecture_names_every_skeleton() -> None:
    """Those that a composition may have, as the docs name them and as the module's docstring does."""
    tree = ast.parse((PACKAGE / "typesetting/compositions.py").read_text(encoding="utf-8"))
    told = re.search(r"`typesetting/compositions.py` arranges it.*?\n3\. ", ARCHITECTURE, re.DOTALL)
    assert told is not None
    for text in (told[0], ast.get_docstring(tree) or ""):
        assert set(get_args(Skeleton)) <= set(re.findall(r"`([a-z]+)`", text))


def test_changelog_tells_of_this_version() -> None:
    """What is not released yet stands on top, then the versions with their days, the newest first."""
    heads = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    released = [re.fullmatch(r"\[(\d+)\.(\d+)\.(\d+)\] - (\d{4}-\d\d-\d\d)", head) for head in heads[1:]]
    assert all(released)
    numbers = [tuple(map(int, found.groups()[:3])) for found in released if found]
    assert ".".join(map(str, numbers[0])) == __version__
    assert numbers == sorted(set(numbers), reverse=True)
