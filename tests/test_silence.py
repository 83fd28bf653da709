"""What libraries print while they are imported stays out of standard output, which is our results' own."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BACKENDS = sorted((ROOT / "dxassets" / "backends").glob("*.py"))
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
DRAWING_LIBRARIES = {
    imported.split(" -> ")[1]
    for contract in CONTRACTS["contracts"]
    if contract["id"] == "one-backend-each"
    for imported in contract["ignore_imports"]
    if imported.startswith("dxassets.backends.")
}

LOUD = """
import ctypes, os, sys
print("by Python")
os.write(1, b"past Python\\n")
ctypes.CDLL(None).puts(b"by C")  # kept by C's library until it is flushed
"""
"""A module that prints in the three ways there are."""


def run(code: str, folder: Path, *, before: str = "") -> subprocess.CompletedProcess[str]:
    """`code` in a process of its own, which finds modules in `folder`; `before` is said to the shell."""
    environment = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{ROOT}", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code]
    if before:
        command = ["sh", "-c", f'exec "$@" {before}', "sh", *command]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=folder)


IMPORT_LOUDLY = """
print("a result", end=" ")
from dxassets.backends.silence import quietly_imported
with quietly_imported, quietly_imported:
    import loud
print("and its end")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="C's library is loaded by another name")
def test_a_library_that_prints_does_not_reach_standard_output(tmp_path: Path) -> None:
    (tmp_path / "loud.py").write_text(LOUD, encoding="utf-8")
    done = run(IMPORT_LOUDLY, tmp_path)
    assert done.stdout == "a result and its end\n"
    assert sorted(done.stderr.splitlines()) == ["by C", "by Python", "past Python"]


@pytest.mark.skipif(sys.platform == "win32", reason="C's library is loaded by another name")
def test_the_module_is_loud_indeed(tmp_path: Path) -> None:
    (tmp_path / "loud.py").write_text(LOUD, encoding="utf-8")
    assert len(run("import loud", tmp_path).stdout.splitlines()) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
def test_it_works_where_a_stream_is_closed(tmp_path: Path, closed: str) -> None:
    (tmp_path / "loud.py").write_text("print('hello')\ndone = True\n", encoding="utf-8")
    code = (
        "from dxassets.backends.silence import quietly_imported\n"
        "with quietly_imported:\n    import loud\n"
        "open('done', 'w').write(str(loud.done))\n"
    )
    assert run(code, tmp_path, before=closed).returncode == 0
    assert (tmp_path / "done").read_text() == "True"


def test_an_import_that_fails_gives_standard_output_back(tmp_path: Path) -> None:
    (tmp_path / "broken.py").write_text("print('mutter')\nraise OSError('no library')\n", encoding="utf-8")
    code = (
        "from dxassets.backends.silence import quietly_imported\n"
        "try:\n    with quietly_imported:\n        import broken\n"
        "except OSError as error:\n    print(error)\n"
    )
    assert run(code, tmp_path).stdout == "no library\n"


def test_weasyprints_notice_does_not_reach_standard_output(tmp_path: Path) -> None:
    """Its own loader finds nothing here, so it prints eight lines; ours, which would say it first, does."""
    code = (
        "import cffi\n"
        "def refuse(*args, **kwargs): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = refuse\n"
        "from dxassets.errors import MissingLibraryError\n"
        "try:\n    import dxassets.backends.pages\n"
        "except MissingLibraryError as error:\n    print('told')\n"
    )
    done = run(code, tmp_path)
    assert done.stdout == "told\n"
    assert "WeasyPrint could not import" in done.stderr


def imported(node: ast.AST) -> set[str]:
    """The packages that an import statement names."""
    if isinstance(node, ast.Import):
        return {alias.name.partition(".")[0] for alias in node.names}
    if isinstance(node, ast.ImportFrom) and node.module:
        return {node.module.partition(".")[0]}
    return set()


def is_quiet(node: ast.AST) -> bool:
    return isinstance(node, ast.With) and any(
        isinstance(item.context_expr, ast.Name) and item.context_expr.id == "quietly_imported"
        for item in node.items
    )


@pytest.mark.parametrize("path", BACKENDS, ids=lambda path: path.name)
def test_every_drawing_library_is_imported_quietly(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    quiet = {inner for node in ast.walk(tree) if is_quiet(node) for inner in ast.walk(node)}
    loud = {
        name for node in ast.walk(tree) if node not in quiet for name in imported(node) & DRAWING_LIBRARIES
    }
    assert loud == set()


def test_that_looks_at_imports_at_all() -> None:
    found = {
        name
        for path in BACKENDS
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in imported(node)
    }
    assert found >= DRAWING_LIBRARIES >= {"weasyprint", "pyvips"}
