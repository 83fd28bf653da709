"""Plants small faults into a copy of the project, and sees whether its tests notice (data/faults.toml)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Generator, Iterable, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Literal

from pydantic import ConfigDict, TypeAdapter

ROOT = Path(__file__).parent.parent
FAULTS = ROOT / "tests" / "data" / "faults.toml"
SOURCES = ("dxassets", "templates")
"""Where faults are planted."""
NEEDED = (*SOURCES, "brand", "campaigns", "docs", "tests", "pyproject.toml")
_PATIENCE = 600
"""Seconds until tests that a fault keeps from ending are stopped."""
_SECONDS = count()
Said = Literal["caught", "SURVIVED", "BROKEN"]


class PlantingError(Exception):
    """A fault that can't be planted as it is written."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: what is put in whose place, and the tests that must notice."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    what: str
    find: str
    plant: str
    caught_by: tuple[str, ...]
    often: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a fault. `BROKEN` is no proof: the tests could not even be run with it."""

    fault: str
    said: Said
    by: str
    seconds: float


def read_faults(file: Path = FAULTS) -> tuple[Fault, ...]:
    """The faults of a data file; `PlantingError` when one is written wrong."""
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))["faults"]
        faults = TypeAdapter(tuple[Fault, ...]).validate_python(told)
    except (ValueError, LookupError) as error:
        raise PlantingError(f"{file.name}: {error}") from error
    for fault in faults:
        if fault.find == fault.plant or not fault.caught_by or not fault.what:
            raise PlantingError(f"{fault.id}: says nothing, changes nothing, or names no test")
    twice = {fault.id for fault in faults if [each.id for each in faults].count(fault.id) > 1}
    if twice:
        raise PlantingError(f"{', '.join(sorted(twice))}: stands twice")
    return faults


def texts_in(root: Path) -> dict[Path, str]:
    """Every file below `SOURCES` in which a fault may stand."""
    files = (path for name in SOURCES for path in (root / name).rglob("*") if _is_text(path))
    return {path: path.read_text(encoding="utf-8") for path in files}


def place_of(fault: Fault, root: Path = ROOT, *, texts: Mapping[Path, str] | None = None) -> Path:
    """The one file below `SOURCES` that holds the fault's text; `PlantingError` when it isn't just there.

    `texts` are those of `root`, where they were read before.
    """
    texts = texts_in(root) if texts is None else texts
    found = [(path, text.count(fault.find)) for path, text in texts.items() if fault.find in text]
    if sum(count for _, count in found) != 1:
        places = ", ".join(f"{path.relative_to(root)} ({count}×)" for path, count in found) or "nowhere"
        raise PlantingError(
            f"{fault.id}: its text must stand exactly once below {' and '.join(SOURCES)}, "
            f"but stands {places}; when code has changed, say in {FAULTS.name} how it is now"
        )
    return found[0][0]


def _is_text(path: Path) -> bool:
    return path.suffix in {".py", ".toml", ".j2", ".js", ".css"} and "__pycache__" not in path.parts


def copy_tree(folder: Path, root: Path = ROOT) -> Path:
    """What tests need of the project, in `folder`; files are links until one is planted into."""
    for name in NEEDED:
        source = root / name
        if source.is_dir():
            shutil.copytree(source, folder / name, copy_function=_link, ignore=shutil.ignore_patterns(".*"))
        elif source.is_file():
            _link(source, folder / name)
    return folder


def _link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk
        shutil.copy2(source, target)


@contextmanager
def planted(fault: Fault, tree: Path) -> Generator[Path]:
    """In the body the copy has the fault."""
    file = place_of(fault, tree)
    text, times = file.read_text(encoding="utf-8"), file.stat()
    try:
        _write(file, text.replace(fault.find, fault.plant))
        # compiled modules are known by the second and the size of their source: no two faults share both
        os.utime(file, (times.st_atime, times.st_mtime - 1000 - next(_SECONDS)))
        yield file
    finally:
        _write(file, text)
        os.utime(file, (times.st_atime, times.st_mtime))


def _write(file: Path, text: str) -> None:
    file.unlink()  # else the project's own file, of which it is a link, would change
    file.write_text(text, encoding="utf-8")


def run_tests(tree: Path, tests: Iterable[str]) -> subprocess.CompletedProcess[str]:
    """pytest on a copy, until the first failure."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
    outside = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        command,
        cwd=tree,
        env={**outside, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
    )


def try_fault(fault: Fault, tree: Path) -> Verdict:
    """Plant one fault into the copy, run its tests, and take it out again."""
    begun = monotonic()
    with planted(fault, tree):
        done = run_tests(tree, fault.caught_by)
    failed = re.search(r"^FAILED (\S+)", done.stdout, re.MULTILINE)
    seconds = monotonic() - begun
    if done.returncode == 1 and failed is not None:
        return Verdict(fault.id, "caught", failed.group(1), seconds)
    if done.returncode == 0:
        return Verdict(fault.id, "SURVIVED", ", ".join(fault.caught_by), seconds)
    return Verdict(fault.id, "BROKEN", (done.stdout + done.stderr).strip()[-600:], seconds)


def check_sound(tree: Path, faults: Sequence[Fault]) -> None:
    """`PlantingError` when a test fails even without a fault: then it would prove nothing."""
    done = run_tests(tree, dict.fromkeys(test for fault in faults for test in fault.caught_by))
    if done.returncode:
        raise PlantingError(f"the tests fail without any fault:\n{done.stdout[-2000:]}{done.stderr[-500:]}")
