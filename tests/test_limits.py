"""No number that is a rule stands without a test on both sides: the list of them is held true here."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from dxassets.server.settings import Settings

ROOT = Path(__file__).parent.parent
LISTED = tomllib.loads((ROOT / "tests/data/limits.toml").read_text(encoding="utf-8"))
CALLED_LIMITS = re.compile(
    r"(LEAST|MOST|LONGEST|LARGEST|SMALLEST|SHORTEST|TALLEST|DEEPEST|FARTHEST|FINEST)(_|$)"
)
"""How constants that are limits are called, wherever they stand."""
FULL_OF_RULES = re.compile(r"/(checks|gates|logos|server)(/|\.py$)")
"""Where every number may be one, whatever it is called."""


def constants(source: str) -> Iterator[str]:
    """The names of a module's numbers, without the underscore that keeps them private."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign):
            pairs = _pairs(node.targets[0], node.value)
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            pairs = [(node.target, node.value)]
        else:
            continue
        for target, value in pairs:
            if isinstance(target, ast.Name) and target.id.isupper() and _is_number(value):
                yield target.id.lstrip("_")


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        return list(zip(target.elts, value.elts, strict=True))
    return [(target, value)]


def _is_number(node: ast.expr) -> bool:
    match node:
        case ast.Constant(value=value):
            return isinstance(value, (int, float)) and not isinstance(value, bool)
        case ast.UnaryOp(operand=operand):
            return _is_number(operand)
        case ast.BinOp(left=left, right=right):
            return _is_number(left) and _is_number(right)
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return any(map(_is_number, parts))
        case ast.Dict(values=parts):
            return any(map(_is_number, parts))
        case _:
            return False


def rules() -> Counter[str]:
    """Every number that may be a rule, and in how many modules it stands."""
    found: Counter[str] = Counter()
    for file in sorted((ROOT / "dxassets").rglob("*.py")):
        for name in constants(file.read_text(encoding="utf-8")):
            if CALLED_LIMITS.match(name) or FULL_OF_RULES.search(file.as_posix()):
                found[name] += 1
    return found


def known_tests() -> set[str]:
    """The names of all tests."""
    files = (ROOT / "tests").glob("test_*.py")
    return {
        node.name
        for file in files
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def listed(section: str) -> dict[str, list[str]]:
    return {name: [tried] if isinstance(tried, str) else tried for name, tried in LISTED[section].items()}


def test_every_limit_is_listed_with_the_test_that_tries_both_sides() -> None:
    unknown = sorted(set(rules()) - set(LISTED["limits"]) - set(LISTED["no_limits"]))
    assert unknown == [], "tell in tests/data/limits.toml which test tries both sides of these"


def test_a_name_that_several_modules_have_has_a_test_for_each() -> None:
    found = rules()
    short = {name: found[name] for name, tried in listed("limits").items() if found[name] > len(tried)}
    assert short == {}


def test_what_is_listed_is_there() -> None:
    source = "\n".join(file.read_text(encoding="utf-8") for file in (ROOT / "dxassets").rglob("*.py"))
    gone = [
        name for name in (*LISTED["limits"], *LISTED["no_limits"]) if not re.search(rf"\b_?{name}\b", source)
    ]
    assert gone == []
    known = known_tests()
    for section in ("limits", "settings"):
        missing = {name: tried for name, tried in listed(section).items() if not set(tried) <= known}
        assert missing == {}, "there are no such tests"


def test_every_setting_of_the_server_is_listed() -> None:
    numbers = {each.name for each in fields(Settings) if each.type in {"int", "float"}}
    assert numbers == set(LISTED["settings"])


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("LEAST_GAP = 0.06", ["LEAST_GAP"]),
        ("_MOST, _B = 1 << 20, -3", ["MOST", "B"]),
        ("MOST: float = 2 * 3.0", ["MOST"]),
        ("SETS = {(12.0, 13.0)}", ["SETS"]),
        ('WIDTHS = {"a": 30.0}', ["WIDTHS"]),
        ('NAME = "a"\nON = True\nmost = 3\n\ndef f():\n    MOST = 3', []),
    ],
)
def test_numbers_are_found_in_a_module(source: str, found: list[str]) -> None:
    assert list(constants(source)) == found
