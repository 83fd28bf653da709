"""No test judges speed by a clock: that fails on a busy machine and proves nothing on a fast one.

What a test can count instead (calls, files, px, bytes) it counts; the rest is a row of `make bench`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

TESTS = Path(__file__).parent
MODULES = sorted(TESTS.rglob("*.py"))
MEASURES = {"perf_counter", "perf_counter_ns", "process_time", "process_time_ns", "thread_time", "time_ns"}
"""What measures how long something takes. `monotonic` may end what would hang, and nothing else."""
WATCHES = {"monotonic", "monotonic_ns"}


def clocks_misused(source: str) -> Iterator[int]:
    """Lines where a test measures time, or where an assertion reads a clock or a name set from one."""
    tree = ast.parse(source)
    told = WATCHES | {
        target.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and _names(node.value) & WATCHES
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and _names(node.test) & told:
            yield node.lineno
        if isinstance(node, ast.Name | ast.Attribute | ast.alias) and _names(node, deep=False) & MEASURES:
            yield node.lineno


def _names(tree: ast.AST, *, deep: bool = True) -> set[str]:
    found = set[str]()
    for node in ast.walk(tree) if deep else (tree,):
        match node:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
                found.add(name)
            case _:
                pass
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(TESTS).as_posix())
def test_no_test_judges_by_a_clock(path: Path) -> None:
    assert list(clocks_misused(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("from time import process_time", [1]),
        ("import time\nbegun = time.perf_counter()\nassert time.perf_counter() - begun < 1", [2, 3]),
        ("import time\nend = time.monotonic() + 9\nassert time.monotonic() < end", [3]),
        ("from time import monotonic\nend = monotonic()\nwork()\nassert end > 3", [4]),
        ("import time\nuntil = time.monotonic() + 60\nwhile time.monotonic() < until:\n    pass", []),
    ],
)
def test_a_judging_clock_is_seen(source: str, lines: list[int]) -> None:
    assert sorted(set(clocks_misused(source))) == lines


def test_no_example_of_a_property_has_a_deadline() -> None:
    assert settings.default is not None
    assert settings.default.deadline is None
    given = [path for path in MODULES if re.search(r"deadline=(?!None)", path.read_text(encoding="utf-8"))]
    assert [path for path in given if path.name != Path(__file__).name] == []
