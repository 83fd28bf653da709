"""What pip can't install: all that is missing is named at once, with the command of this system."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dxassets.backends.system_libraries import LIBRARIES

ROOT = Path(__file__).parent.parent
SCRIPT = ROOT / "tools" / "system-libs"
SH = shutil.which("sh")
FOUND_ANYWAY = [
    folder
    for folder in ("/usr/lib", "/usr/local/lib", "/opt/homebrew/lib", "/opt/local/lib")
    if any(Path(folder, name).exists() for name in ("libpango-1.0.so.0", "libpango-1.0.0.dylib"))
]
COMMANDS = {
    "apt-get": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install pango harfbuzz",
    "pacman": "pacman -S pango harfbuzz",
    "brew": "brew install pango harfbuzz",
}
PYTHON = {"apt-get": "python3-venv", "dnf": "python3", "pacman": "python", "brew": "python@3.13"}

pytestmark = [
    pytest.mark.skipif(SH is None, reason="needs a shell"),
    pytest.mark.skipif(bool(FOUND_ANYWAY), reason="the libraries lie where they are found without a list"),
]


@pytest.fixture
def machine(tmp_path: Path) -> Path:
    """The programs of a machine that has none of what is looked for: a folder to stand for all of PATH."""
    programs = tmp_path / "bin"
    programs.mkdir()
    for name in ("cat", "sed", "env", "dirname"):
        (programs / name).symlink_to(str(shutil.which(name)))
    program(programs, "ldconfig", "echo nothing")
    program(programs, "id", "echo 1000")
    return programs


def program(machine: Path, name: str, body: str = "exit 0") -> None:
    path = machine / name
    path.write_text(f"#!{SH}\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


def look(machine: Path, *words: str, mode: str = "tell") -> tuple[int, str]:
    """The script's exit code and what it said, on `machine`."""
    done = subprocess.run(
        [str(SH), str(SCRIPT), *words],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(machine), "DXASSETS_SYSTEM_LIBS": mode},
    )
    assert done.stdout == ""
    return done.returncode, done.stderr


def commands_in(said: str) -> list[str]:
    """The lines that are meant to be typed."""
    return [line.strip() for line in said.splitlines() if line.startswith("  ")]


@pytest.mark.parametrize("packager", COMMANDS)
def test_all_that_demo_misses_is_one_command_of_this_system(machine: Path, packager: str) -> None:
    program(machine, packager)
    code, said = look(machine, "run", "python")
    sudo = "" if packager == "brew" else "sudo "
    assert code == 1
    assert commands_in(said) == [f"{sudo}{COMMANDS[packager]} {PYTHON[packager]}"]
    assert "máy thiếu" in said
    assert "this machine lacks" in said


@pytest.mark.parametrize("packager", COMMANDS)
def test_what_the_tests_need_is_in_the_same_command(machine: Path, packager: str) -> None:
    program(machine, packager)
    (command,) = commands_in(look(machine, "test", "python")[1])
    for name in (*COMMANDS[packager].split()[2:], "libreoffice", "poppler", "chromium", PYTHON[packager]):
        assert name in command
    words = command.split()
    assert len(words) == len(set(words))


def test_who_is_root_needs_no_sudo(machine: Path) -> None:
    program(machine, "apt-get")
    program(machine, "id", "echo 0")
    assert commands_in(look(machine, "run")[1]) == [COMMANDS["apt-get"]]


def test_a_system_that_is_not_known_gets_the_commands_of_four(machine: Path) -> None:
    lines = commands_in(look(machine, "run", "python")[1])
    assert [line.split("  ")[0] for line in lines] == ["Debian, Ubuntu", "Fedora", "Arch", "macOS"]
    assert all(name in lines[0] for name in ("libpango-1.0-0", "python3-venv"))


def test_a_program_that_is_here_is_not_asked_for(machine: Path) -> None:
    program(machine, "apt-get")
    program(machine, "chromium")
    (command,) = commands_in(look(machine, "test")[1])
    assert "chromium" not in command
    assert "poppler-utils" in command
    assert "python3-venv" not in command


def test_a_python_that_makes_environments_is_enough(machine: Path) -> None:
    program(machine, "apt-get")
    program(machine, "python3", "exit 0")
    assert "python3-venv" not in look(machine, "run", "python")[1]
    program(machine, "python3", "exit 1")  # too old, or without venv
    assert "python3-venv" in look(machine, "run", "python")[1]


def test_where_it_may_it_installs_everything_in_one_go(machine: Path, tmp_path: Path) -> None:
    log = tmp_path / "log"
    program(machine, "apt-get", f'echo "$@" >> {log}')
    program(machine, "id", "echo 0")
    code, said = look(machine, "run", "python", mode="")
    assert code == 1  # the apt-get of this test installs nothing, and that is noticed
    assert (
        log.read_text()
        .splitlines()[0]
        .endswith("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 python3-venv")
    )
    assert "apt-get install" in said


def test_nothing_is_said_when_it_is_turned_off(machine: Path) -> None:
    assert look(machine, "test", "python", mode="skip") == (0, "")


def test_wine_is_asked_for_by_itself_and_where_it_can_run_the_bundle(machine: Path) -> None:
    program(machine, "apt-get")
    program(machine, "uname", "echo x86_64")
    assert commands_in(look(machine, "wine")[1]) == ["sudo apt-get install wine"]
    assert " wine" not in look(machine, "test")[1]
    program(machine, "wine")
    assert look(machine, "wine") == (0, "")
    program(machine, "uname", "echo aarch64")
    code, said = look(machine, "wine")
    assert code == 1
    assert "x86-64 only" in said


def test_ci_goes_on_without_wine_and_says_why(machine: Path, tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("no bash")
    folder = tmp_path / "clone"
    (folder / ".ci").mkdir(parents=True)
    (folder / "tools").mkdir()
    shutil.copy2(ROOT / ".ci" / "run", folder / ".ci" / "run")
    shutil.copy2(SCRIPT, folder / "tools" / "system-libs")
    program(machine, "apt-get", "echo no such package >&2; exit 100")
    program(machine, "id", "echo 0")
    program(machine, "uname", "echo x86_64")
    program(machine, "make", 'echo "made $1"')
    (machine / "sh").symlink_to(str(SH))
    done = subprocess.run(
        [bash, str(folder / ".ci" / "run")],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": str(machine)},
    )
    assert (done.returncode, done.stdout) == (0, "made test\n")
    assert "no such package" in done.stderr
    assert "no Wine could be had" in done.stderr


@pytest.mark.parametrize("words", [(), ("all",), ("run", "all")])
def test_words_that_are_not_known_are_told_how(machine: Path, words: tuple[str, ...]) -> None:
    code, said = look(machine, *words)
    assert code == 2
    assert "tools/system-libs run" in said


def test_make_looks_for_both_at_once_while_there_is_no_environment(tmp_path: Path) -> None:
    make = shutil.which("make")
    if make is None:
        pytest.skip("no make")
    for target, words in (("demo", "run python"), ("test", "test python")):
        wanted = [make, "-n", target, f"VENV={tmp_path / 'none'}"]
        done = subprocess.run(wanted, capture_output=True, text=True, check=False, cwd=ROOT, env=os.environ)
        assert f"tools/system-libs {words}" in done.stdout.splitlines()


def test_the_package_names_the_same_packages_as_the_script() -> None:
    """`dxassets` tells which packages are missing, too, from Python."""
    needs = re.findall(
        r"need (lib\S+) (\S+) (\S+) (\S+)$", SCRIPT.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    in_script = {names for names in needs if not names[0].startswith("libreoffice")}
    packages = {each.packages for each in LIBRARIES}
    assert {(each.apt, each.dnf, each.pacman, each.brew) for each in packages} == in_script
