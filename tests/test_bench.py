"""The bench judges by ratios alone: a slower machine gets the same verdicts, and no row can say otherwise."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from itertools import count
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import __main__ as command
from bench import memory
from bench.table import HEAD, Pace, Row, Unit, interleaved, line_of, shown, timed

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "bench").glob("*.py"))
GIVEN = {"against": "its peer", "reference": 2.0}
TIMES = st.floats(1e-6, 1e6)


# --- a row has one limit, and that is a ratio


def test_a_row_has_no_place_for_a_limit_but_a_ratio() -> None:
    named = {field.name: field.type for field in fields(Row)}
    numbers = {name for name, kind in named.items() if "float" in str(kind)}
    assert numbers == {"measured", "reference", "at_most", "at_least"}
    assert set(get_args(Unit)) == {"s", "B", "/s", "×", "points"}


@given(measured=TIMES, reference=TIMES, limit=st.floats(0.01, 100), slower=st.floats(0.01, 1000))
def test_a_slower_machine_gets_the_same_verdict(
    measured: float, reference: float, limit: float, slower: float
) -> None:
    for kind in ("at_most", "at_least"):
        bound: dict[str, Any] = {kind: limit}
        here = Row("x", measured, against="y", reference=reference, **bound)
        there = Row("x", measured * slower, against="y", reference=reference * slower, **bound)
        assert here.ratio == pytest.approx(there.ratio)
        if abs(here.ratio / limit - 1) > 1e-9:
            assert here.ok is there.ok


@pytest.mark.parametrize(
    ("measured", "bound", "ok", "verdict"),
    [
        (5.999, {"at_most": 3.0}, True, "ok"),
        (6.0, {"at_most": 3.0}, True, "ok"),
        (6.001, {"at_most": 3.0}, False, "OVER"),
        (6.001, {"at_least": 3.0}, True, "ok"),
        (6.0, {"at_least": 3.0}, True, "ok"),
        (5.999, {"at_least": 3.0}, False, "UNDER"),
    ],
)
def test_verdicts_on_both_sides_of_a_limit(
    measured: float, bound: dict[str, float], ok: bool, verdict: str
) -> None:
    row = Row("banner", measured, **GIVEN, **bound)  # type: ignore[arg-type]
    assert row.ok is ok
    assert line_of(row).endswith(f" {verdict} |")


@pytest.mark.parametrize(
    "wrong",
    [
        GIVEN,
        {**GIVEN, "at_most": 1.0, "at_least": 1.0},
        {"against": "", "reference": 2.0, "at_most": 1.0},
        {"against": "nothing", "reference": 0.0, "at_most": 1.0},
    ],
    ids=["no limit", "two limits", "no name", "no reference"],
)
def test_a_row_that_could_not_be_judged_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="a row "):
        Row("x", 1.0, **wrong)


def calls_in(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def test_every_row_of_the_bench_names_what_it_is_held_against() -> None:
    found = [(path.name, call) for path in MODULES for call in calls_in(path, "Row", "timed")]
    assert len(found) > 25
    for name, call in found:
        said = {keyword.arg for keyword in call.keywords}
        assert {"against", "reference"} <= said, f"{name}:{call.lineno}"
        assert said & {"at_most", "at_least"}, f"{name}:{call.lineno}"


# --- how time is taken


def test_an_action_and_its_reference_take_turns() -> None:
    done: list[str] = []
    clock = count()
    row = timed(
        "ours",
        lambda run: done.append(f"ours {run}"),
        against="theirs",
        reference=lambda run: done.append(f"theirs {run}"),
        at_most=1.0,
        runs=3,
        clock=lambda: float(next(clock)),
    )
    assert done == [f"{who} {run}" for run in range(3) for who in ("ours", "theirs")]
    assert (row.measured, row.reference, row.ratio, row.ok) == (1.0, 1.0, 1.0, True)


def test_a_single_busy_moment_does_not_count() -> None:
    ticks = iter([0, 1, 1, 3, 10, 110, 110, 112, 120, 121, 121, 123])  # 1 and 2 s, 100 and 2, 1 and 2
    assert interleaved([lambda _run: None] * 2, 3, clock=lambda: float(next(ticks))) == [1.0, 2.0]


@pytest.mark.skipif(not memory.CAN_TELL, reason="reads a process's memory from /proc")
def test_peak_memory_is_what_a_process_held_at_most() -> None:
    idle, held = (memory.peak_of(f"x = b'1' * {size}; del x") for size in (1, 200_000_000))
    assert held - idle == pytest.approx(200e6, rel=0.05)


def test_a_quick_bench_measures_less() -> None:
    assert [Pace().runs(each) for each in (3, 61)] == [3, 61]
    assert [Pace(quick=True).runs(each) for each in (3, 61)] == [3, 7]
    assert (Pace().turns, Pace(quick=True).turns) == (2, 1)


# --- what is printed


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (132.56, "s", "133 s"),
        (1.06, "s", "1.06 s"),
        (0.0168, "s", "16.8 ms"),
        (0.000123, "s", "123 µs"),
        (361_530_000, "B", "362 MB"),
        (94_864, "B", "94.9 kB"),
        (12, "B", "12 B"),
        (147.4, "/s", "147 /s"),
        (1.664, "×", "1.66 ×"),
        (98, "points", "98 points"),
    ],
)
def test_measurements_are_shown_to_three_digits(value: float, unit: Unit, text: str) -> None:
    assert shown(value, unit) == text


def test_the_table_shows_both_measurements_their_ratio_and_the_limit() -> None:
    row = Row("PDF", 0.27, against="LibreOffice", reference=1.06, at_most=0.125, detail="warm")
    assert line_of(row) == "| PDF (warm) | 270 ms | LibreOffice: 1.06 s | 0.25 × | ≤ 0.125 × | OVER |"
    assert len({line.count("|") for line in (*HEAD, line_of(row))}) == 1


def rows_of(*measured: float) -> Any:
    return lambda pace: (Row("x", each, **GIVEN, at_most=1.0, detail=str(pace.quick)) for each in measured)  # type: ignore[arg-type]


@pytest.mark.parametrize(("measured", "code"), [((1.0, 2.0), 0), ((1.0, 2.1), 1)])
def test_the_exit_code_tells_whether_a_limit_is_missed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], measured: Any, code: int
) -> None:
    monkeypatch.setattr(command, "GROUPS", {"first": rows_of(*measured), "other": rows_of(99.0)})
    assert command.main(["first"]) == code
    told = capsys.readouterr()
    assert told.out.splitlines()[:2] == list(HEAD)
    assert len(told.out.splitlines()) == 4
    assert told.err == ("1 limit is missed\n" if code else "")
    assert command.main([]) == 1
    assert len(capsys.readouterr().out.splitlines()) == 5


def test_groups_and_the_quick_bench_are_asked_for_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "GROUPS", {"first": rows_of(1.0)})
    assert command.main(["--quick", "first"]) == 0
    assert "(True)" in capsys.readouterr().out
    assert command.main(["first", "nothing"]) == 2
    assert "no such group: nothing; there are: first; and --quick" in capsys.readouterr().err


# --- what is said of it


def test_the_readme_shows_the_table_as_the_bench_prints_it() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("<!-- bench:start -->\n")[2].partition("<!-- bench:end -->")[0].splitlines()
    assert table[:2] == list(HEAD)
    line = re.compile(r"\| .+ \| \S+ \S+ \| .+: \S+ \S+ \| \S+ × \| [≤≥] \S+ × \| (ok|OVER|UNDER) \|")
    assert len(table) > 30
    assert [row for row in table[2:] if not line.fullmatch(row)] == []


def test_documents_name_groups_that_there_are() -> None:
    documents = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    named = {
        name
        for path in documents
        for name in re.findall(
            r"(?:make bench ARGS=|python -m bench )\"?(?:--quick )?(\w+)", path.read_text(encoding="utf-8")
        )
    }
    assert named
    assert named <= set(command.GROUPS)
