"""Faults planted by hand are noticed: some of them each time, the others by `tools/plant-faults`."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.planting_support import (
    ROOT,
    Fault,
    PlantingError,
    check_sound,
    copy_tree,
    place_of,
    planted,
    read_faults,
    texts_in,
    try_fault,
)

OFTEN = [fault for fault in read_faults() if fault.often]
RULE = "MOST = 3\n\n\ndef allowed(number: int) -> bool:\n    return number <= MOST  # as agreed\n"
TEST = """
from dxassets.rule import allowed


def test_three_are_allowed():
    assert allowed(3)


def test_four_are_not():
    assert not allowed(4)
"""
LOOSE = Fault("loose", "a fourth is allowed", "MOST = 3\n", "MOST = 4\n", ("tests/test_rule.py",))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """One rule and its test."""
    files = {"dxassets/__init__.py": "", "dxassets/rule.py": RULE, "tests/test_rule.py": TEST}
    for name, text in files.items():
        (tmp_path / "project" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "project" / name).write_text(text, encoding="utf-8")
    return tmp_path / "project"


@pytest.fixture
def tree(project: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return copy_tree(tmp_path / "copy", project)


# --- the list ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", read_faults(), ids=lambda fault: fault.id)
def test_a_faults_text_stands_once_and_its_tests_are_there(fault: Fault) -> None:
    place_of(fault, texts=our_texts())
    for test in fault.caught_by:
        file, *name = test.split("::")
        assert (ROOT / file).is_file(), test
        assert not name or name[0].partition("[")[0] in names_in(ROOT / file), test


@cache
def our_texts() -> dict[Path, str]:
    """Read once for all faults."""
    return texts_in(ROOT)


@cache
def names_in(file: Path) -> frozenset[str]:
    """The functions of a module."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(each.name for each in tree.body if isinstance(each, ast.FunctionDef))


ENTRY = """
[[faults]]
id = "loose"
what = "a fourth is allowed"
find = "MOST = 3"
plant = "MOST = 4"
caught_by = ["tests/test_rule.py"]
"""


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (ENTRY * 2, "loose: stands twice"),
        (ENTRY.replace("MOST = 4", "MOST = 3"), "loose: says nothing, changes nothing"),
        (ENTRY.replace('["tests/test_rule.py"]', "[]"), "loose: says nothing, changes nothing"),
        (ENTRY + "oftn = true\n", "oftn"),
        (ENTRY.replace("find = ", "fnd = "), "find"),
        (ENTRY.replace("[[faults]]", "[[fault]]"), "faults"),
        (ENTRY + "often = ", "faults.toml"),
    ],
    ids=["twice", "changes nothing", "no test", "unknown key", "no text", "no list", "no TOML"],
)
def test_a_list_that_is_written_wrong_is_refused(written: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "faults.toml"
    file.write_text(written, encoding="utf-8")
    with pytest.raises(PlantingError, match=says):
        read_faults(file)


def test_a_list_is_read_as_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "faults.toml"
    file.write_text(ENTRY + "often = true\n", encoding="utf-8")
    wanted = Fault(
        "loose", "a fourth is allowed", "MOST = 3", "MOST = 4", ("tests/test_rule.py",), often=True
    )
    assert read_faults(file) == (wanted,)


# --- planting ----------------------------------------------------------------------------------------


def test_the_file_is_found_wherever_it_moves(project: Path) -> None:
    assert place_of(LOOSE, project) == project / "dxassets/rule.py"
    (project / "templates/deep").mkdir(parents=True)
    (project / "dxassets/rule.py").rename(project / "templates/deep/other.toml")
    assert place_of(LOOSE, project) == project / "templates/deep/other.toml"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("MOST = 5\n", "loose: .* nowhere"),
        ("MOST = 3\nMOST = 3\n", r"loose: .* dxassets.rule\.py \(2×\)"),
    ],
    ids=["nowhere", "twice in a file"],
)
def test_a_text_that_does_not_stand_just_once_is_told_by_name(project: Path, text: str, says: str) -> None:
    (project / "dxassets/rule.py").write_text(text, encoding="utf-8")
    with pytest.raises(PlantingError, match=says):
        place_of(LOOSE, project)


def test_a_text_in_two_files_is_told_by_name(project: Path) -> None:
    (project / "dxassets/other.py").write_text(RULE, encoding="utf-8")
    with pytest.raises(PlantingError, match=r"loose: .*(other\.py.*rule\.py|rule\.py.*other\.py)"):
        place_of(LOOSE, project)


def test_a_fault_is_planted_into_the_copy_alone_and_taken_out_again(project: Path, tree: Path) -> None:
    ours, copied = project / "dxassets/rule.py", tree / "dxassets/rule.py"
    before = ours.stat()
    with planted(LOOSE, tree) as file:
        assert file == copied
        assert copied.read_text(encoding="utf-8") == RULE.replace("MOST = 3", "MOST = 4")
        assert ours.read_text(encoding="utf-8") == RULE
    assert copied.read_text(encoding="utf-8") == RULE
    assert (ours.stat().st_ino, ours.stat().st_mtime) == (before.st_ino, before.st_mtime)


def test_a_fault_is_taken_out_even_when_something_breaks(tree: Path) -> None:
    with pytest.raises(KeyboardInterrupt), planted(LOOSE, tree):
        raise KeyboardInterrupt
    assert (tree / "dxassets/rule.py").read_text(encoding="utf-8") == RULE


def variants() -> Iterator[tuple[Fault, str, str]]:
    """Faults, what is said of them, and by whom."""
    yield LOOSE, "caught", "tests/test_rule.py::test_four_are_not"
    yield replace(LOOSE, plant="MOST = 2\n"), "caught", "tests/test_rule.py::test_three_are_allowed"
    yield replace(LOOSE, find="# as agreed", plant="# or so"), "SURVIVED", "tests/test_rule.py"
    unseen = "tests/test_rule.py::test_three_are_allowed"
    yield replace(LOOSE, caught_by=(unseen,)), "SURVIVED", unseen
    yield replace(LOOSE, plant="MOST = \n"), "BROKEN", "SyntaxError"
    yield replace(LOOSE, find="def allowed", plant="def alowed"), "BROKEN", "ImportError"
    yield replace(LOOSE, caught_by=("tests/test_role.py",)), "BROKEN", "not found"


@pytest.mark.slow
def test_a_fault_is_caught_only_by_a_test_that_fails(tree: Path) -> None:
    for fault, said, by in variants():
        verdict = try_fault(fault, tree)
        assert (verdict.fault, verdict.said) == ("loose", said), verdict
        assert by in verdict.by
    check_sound(tree, [LOOSE])


@pytest.mark.slow
def test_tests_that_fail_anyhow_prove_nothing(tree: Path) -> None:
    file = tree / "tests/test_rule.py"
    text = file.read_text(encoding="utf-8").replace("allowed(3)", "allowed(5)")
    file.unlink()
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PlantingError, match=r"without any fault:(.|\n)*test_three_are_allowed"):
        check_sound(tree, [LOOSE])


def test_the_command_knows_its_faults() -> None:
    command = [sys.executable, ROOT / "tools/plant-faults", "no-such-fault"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("no-such-fault: no such fault; there are: ")
    assert all(fault.id in done.stderr for fault in read_faults())


# --- some of them, each time -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project."""
    return copy_tree(tmp_path_factory.mktemp("planting"))


@pytest.mark.slow
@pytest.mark.parametrize("fault", OFTEN, ids=lambda fault: fault.id)
def test_a_planted_fault_is_caught(fault: Fault, whole: Path) -> None:
    verdict = try_fault(fault, whole)
    assert verdict.said == "caught", f"{fault.what}: {verdict.said}\n{verdict.by}"


@pytest.mark.slow
def test_without_a_fault_nothing_is_caught(whole: Path) -> None:
    assert len(OFTEN) >= 13
    check_sound(whole, OFTEN)
