"""Numbers, weights and dates are written in one way, in Python and on the web pages."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import urllib.parse
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from dxassets.errors import Lang
from dxassets.notation import (
    extent,
    in_both,
    listed,
    long_date,
    measure,
    number,
    plain,
    short_date,
    told,
    weight,
)

ROOT = Path(__file__).parent.parent
TOLD: dict[str, list[list[Any]]] = json.loads((ROOT / "tests/data/notation.json").read_text(encoding="utf-8"))
PYTHON = sorted((ROOT / "dxassets").rglob("*.py"))


def no_break(text: str) -> str:
    return text.replace(" ", "\u00a0")


@pytest.mark.parametrize(("count", "vi", "en"), TOLD["weights"])
def test_weights(count: int, vi: str, en: str) -> None:
    assert in_both(lambda lang: weight(count, lang)) == (no_break(vi), no_break(en))


@pytest.mark.parametrize(("value", "places", "vi", "en"), TOLD["numbers"])
def test_numbers(value: float, places: int, vi: str, en: str) -> None:
    assert in_both(lambda lang: number(value, lang, places=places)) == (vi, en)


def test_pages_write_them_alike(browser: Browser) -> None:
    module = (ROOT / "templates/site/js/notation.js").read_text(encoding="utf-8")
    page = browser.new_page()
    try:
        found = page.evaluate(
            """async ([module, { weights, numbers }]) => {
            const { weighed, written } = await import(`data:text/javascript,${module}`);
            const inBoth = (write) => [write("vi"), write("en")];
            return {
                weights: weights.map(([bytes]) => inBoth((lang) => weighed(bytes, lang))),
                numbers: numbers.map(([value, places]) => inBoth((lang) => written(value, places, lang))),
            };
            }""",
            [urllib.parse.quote(module), TOLD],
        )
    finally:
        page.close()
    assert found["weights"] == [[no_break(vi), no_break(en)] for _, vi, en in TOLD["weights"]]
    assert found["numbers"] == [[vi, en] for _, _, vi, en in TOLD["numbers"]]


@pytest.mark.parametrize(
    ("value", "places", "vi", "en"),
    [
        (6000, 3, "6000", "6000"),  # a measure is no count: its thousands are not set apart
        (2.5, 3, "2,5", "2.5"),
        (12.50, 3, "12,5", "12.5"),
        (1 / 3, 3, "0,333", "0.333"),
        (0.0004, 3, "0", "0"),
        (0.0005, 3, "0,001", "0.001"),
        (-0.0004, 3, "0", "0"),
        (-3.25, 1, "-3,3", "-3.3"),
        (12.96, 1, "13", "13"),
    ],
)
def test_plain_numbers_have_no_more_decimals_than_they_need(
    value: float, places: int, vi: str, en: str
) -> None:
    assert in_both(lambda lang: plain(value, lang, places=places)) == (vi, en)


def test_a_number_stays_with_its_unit() -> None:
    assert measure(12.7, "mm", "vi") == "12,7\u00a0mm"
    assert extent(1200, 630, "px", "vi") == "1200\u00a0×\u00a0630\u00a0px"
    assert extent(0.6, 1.6, "m", "en") == "0.6\u00a0×\u00a01.6\u00a0m"


@pytest.mark.parametrize(
    ("day", "lang", "long", "short"),
    [
        (date(2022, 10, 10), "vi", "Thứ Hai, ngày 10/10/2022", "10/10/2022"),
        (date(2022, 11, 1), "vi", "Thứ Ba, ngày 01/11/2022", "01/11/2022"),
        (date(2022, 10, 10), "en", "Monday, 10 October 2022", "10 October 2022"),
        (date(2022, 11, 1), "en", "Tuesday, 1 November 2022", "1 November 2022"),
    ],
)
def test_dates(day: date, lang: Lang, long: str, short: str) -> None:
    assert long_date(day, lang) == long
    assert short_date(day, lang) == short


@pytest.mark.parametrize(
    "arguments", [["--help"], ["build", "--help"], ["--version"], ["themes"], ["presets"], ["agencies"]]
)
def test_what_writes_no_number_does_not_wait_for_babel(arguments: list[str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "dxassets", *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not re.search(r"\bbabel\b", run.stderr)


def test_remarks_hold_numbers_as_each_language_writes_them() -> None:
    assert told("lề rộng {} mm, cần {}", "{} mm wide, not {}", 12.75, 20, places=1) == (
        "lề rộng 12,8 mm, cần 20",
        "12.8 mm wide, not 20",
    )
    assert listed([13, 13.5]) == ("13; 13,5", "13, 13.5")


def test_nobody_writes_numbers_by_hand() -> None:
    """No comma put in the place of a point, no weight divided into kB, no point in a Vietnamese text."""
    found: list[str] = []
    for path in PYTHON:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_swap = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "replace"
                and [each.value for each in node.args if isinstance(each, ast.Constant)] == [".", ","]
            )
            is_weight = isinstance(node, ast.JoinedStr) and any(
                isinstance(part, ast.Constant) and re.match(r"\s?(kB|MB|GB)\b", str(part.value))
                for part in node.values[1:]
            )
            # a Vietnamese text with a number that Python writes, with a point
            is_english = (
                isinstance(node, ast.JoinedStr)
                and not ast.unparse(node).isascii()
                and any(
                    isinstance(part, ast.FormattedValue)
                    and part.format_spec is not None
                    and re.search(r"(?<!\.0)[fg,%]'$", ast.unparse(part.format_spec))
                    for part in node.values
                )
            )
            if is_swap or is_weight or is_english:
                found.append(f"{path.relative_to(ROOT)}: {ast.unparse(node)}")
    assert found == []
