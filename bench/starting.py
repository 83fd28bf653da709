"""How long a new campaign takes, and how long until all that is wrong with a large one is told."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.table import Pace, Row, family_time, timed
from dxassets import load_campaign

_LARGE = Path(__file__).parent.parent / "campaigns/lam-dong-2025"
_START = "from dxassets import load_campaign; load_campaign()"
_OFFICES, _THEMES = 138, 4


def rows(pace: Pace) -> Iterator[Row]:
    """All rows of new campaigns."""
    with TemporaryDirectory() as folder:
        yield _init(Path(folder), pace)
        yield _check(Path(folder), pace)


def _init(folder: Path, pace: Pace) -> Row:
    """The command as a clerk starts it; asked for were 2 s."""
    numbers = count()
    return _against_loading(
        "dxassets init, a province with 124 communes",
        lambda: ("init", str(folder / f"new-{next(numbers)}"), "--province", "Lâm Đồng"),
        at_most=2.0,  # measured 1.0
        pace=pace,
    )


def _check(folder: Path, pace: Pace) -> Row:
    """Every text in every preset, theme and slot, from nothing; asked for were 10 s on two cores."""
    target = folder / "large"
    shutil.copytree(_LARGE, target)
    file = target / "campaign.toml"
    file.write_text(re.sub(r"(?m)^themes = .*$", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    project = load_campaign(target)
    assert len(project.campaign.offices) == _OFFICES
    assert len(project.brand.themes) == _THEMES
    return _against_loading(
        f"dxassets check, {_OFFICES} agencies × all presets × {_THEMES} themes",
        lambda: ("check", str(target)),
        at_most=20.0,  # most of it is a letter for each section, made and judged
        pace=pace,
    )


def _against_loading(
    name: str, arguments: Callable[[], tuple[str, ...]], *, at_most: float, pace: Pace
) -> Row:
    """A command in a process of its own, beside one that loads the bundled campaign and ends."""
    command = str(Path(sys.executable).with_name("dxassets"))

    def run(*words: str) -> None:
        subprocess.run(words, check=True, capture_output=True, stdin=subprocess.DEVNULL)

    return timed(
        name,
        lambda _run: run(command, *arguments()),
        against="a process that loads the bundled campaign",
        reference=lambda _run: run(sys.executable, "-c", _START),
        at_most=at_most,
        runs=pace.runs(11),
        clock=family_time,
    )
