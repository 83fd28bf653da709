"""`tools/lock-lines`: what the locks give to another Python than this one type-checks, too."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent


def load() -> Any:
    """The script as a module; its name has no suffix that Python would know."""
    loader = SourceFileLoader("lock_lines", str(ROOT / "tools" / "lock-lines"))
    spec = spec_from_loader("lock_lines", loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.modules["lock_lines"] = module  # dataclasses look there
    loader.exec_module(module)
    return module


script = load()
LOCK = """\
click==8.5.1 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
    # via uvicorn
colorama==0.4.6 ; sys_platform == 'never' \\
    --hash=sha256:cc
numpy==2.4.6 ; python_full_version < '3.12' \\
    --hash=sha256:dd \\
    --hash=sha256:ee
    # via dxassets (pyproject.toml)
numpy==2.5.5 ; python_full_version >= '3.12' \\
    --hash=sha256:ff
    # via dxassets (pyproject.toml)
zlib-ng==1.0 ; python_full_version >= '3.14' \\
    --hash=sha256:99
"""


def test_pythons_that_get_the_same_versions_are_one_line() -> None:
    lines = script.lines_of(LOCK, ("3.11", "3.12", "3.13", "3.14"))
    assert [line.pythons for line in lines] == [("3.11",), ("3.12", "3.13"), ("3.14",)]
    assert [[f"{pin.name} {pin.version}" for pin in line.pins] for line in lines] == [
        ["numpy 2.4.6"],
        ["numpy 2.5.5"],
        ["numpy 2.5.5", "zlib-ng 1.0"],
    ]


def test_a_lock_that_splits_nothing_is_one_line_without_pins() -> None:
    (line,) = script.lines_of(LOCK, ("3.12", "3.13"))
    assert line.pythons == ("3.12", "3.13")
    assert line.pins == ()


def test_pip_is_given_pins_without_markers_and_with_every_digest() -> None:
    first = script.lines_of(LOCK, ("3.11", "3.12"))[0]
    assert first.pins[0].text == "numpy==2.4.6 \\\n    --hash=sha256:dd \\\n    --hash=sha256:ee\n"


def test_the_real_lock_is_read_whole() -> None:
    text = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    assert len(script.PIN.findall(text)) == text.count("==") - text.count("'=='") - text.count(" == ")
    pythons = script.supported()
    assert pythons[:4] == ("3.11", "3.12", "3.13", "3.14")
    lines = script.lines_of(text, pythons)
    assert tuple(python for line in lines for python in line.pythons) == pythons
    assert sum(line.is_here for line in lines) == 1


def fetch(line: Any) -> Path:
    """The line's packages; the test is skipped where they can't be fetched."""
    try:
        return script.fetched(line)
    except subprocess.CalledProcessError:
        pytest.skip("pip can't fetch what the lock gives to other Pythons: no network")


def other_lines() -> list[Any]:
    text = (ROOT / "requirements" / "dev.lock").read_text(encoding="utf-8")
    return [line for line in script.lines_of(text, script.supported()) if not line.is_here]


@pytest.mark.slow
@pytest.mark.parametrize("line", other_lines(), ids=str)
def test_the_code_type_checks_under_what_other_pythons_get(line: Any) -> None:
    fetch(line)
    assert script.type_check(line)


@pytest.mark.slow
@pytest.mark.parametrize("line", other_lines(), ids=str)
def test_the_code_can_be_imported_under_what_other_pythons_get(line: Any) -> None:
    try:
        told = script.imports(line)
    except subprocess.CalledProcessError:
        pytest.skip("pip can't fetch what the lock gives to other Pythons: no network")
    if told is None:
        pytest.skip(f"no Python of this line is here: {line}")
    assert told


def test_the_checker_sees_what_was_fetched_before_what_is_in_the_environment(tmp_path: Path) -> None:
    """The environment's numpy has no such name; the type is that of the one fetched."""
    packages = tmp_path / "packages"
    (packages / "numpy").mkdir(parents=True)
    (packages / "numpy" / "__init__.pyi").write_text("name_of_this_line: str\n", encoding="utf-8")
    (tmp_path / "probe.py").write_text("import numpy\n\nwrong: int = numpy.name_of_this_line\n")
    settings = script.pyright_settings(packages, "3.12") | {"include": ["probe.py"], "venvPath": str(ROOT)}
    settings["executionEnvironments"] = [{**settings["executionEnvironments"][-1], "root": "."}]
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(settings), encoding="utf-8")
    command = [script.BIN / "pyright", "-p", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 1
    assert '"str" is not assignable to "int"' in done.stdout
    assert "is not a known attribute" not in done.stdout
