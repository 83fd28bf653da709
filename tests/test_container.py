"""The container, read rather than run: linted, and held against what the server and the project need."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
HADOLINT = shutil.which("hadolint", path=Path(sys.executable).parent.as_posix()) or shutil.which("hadolint")


def instructions() -> list[tuple[str, str]]:
    """Each instruction with its words, continued lines joined."""
    joined = re.sub(r"\\\n\s*", " ", DOCKERFILE)
    lines = [line for line in joined.splitlines() if line and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def words_of(name: str) -> list[str]:
    return [words for instruction, words in instructions() if instruction == name]


def service() -> dict[str, Any]:
    read = cast("dict[str, Any]", yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8")))
    assert list(read) == ["services"]
    assert list(read["services"]) == ["dxassets"]
    return read["services"]["dxassets"]


@pytest.mark.skipif(HADOLINT is None, reason="hadolint has no wheel for this machine")
@pytest.mark.parametrize("file", ["Dockerfile", "Dockerfile.cluster"])
def test_hadolint_has_nothing_to_say(file: str) -> None:
    assert HADOLINT is not None
    said = subprocess.run(
        [HADOLINT, "--no-color", file], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (said.returncode, said.stdout) == (0, "")


@pytest.mark.skipif(HADOLINT is None, reason="hadolint has no wheel for this machine")
def test_hadolint_would_say_it(tmp_path: Path) -> None:
    """The linter is awake: an unpinned image and a root user are found."""
    assert HADOLINT is not None
    bad = tmp_path / "Dockerfile"
    bad.write_text("FROM python:latest\nRUN cd /tmp && sudo ls\n", encoding="utf-8")
    said = subprocess.run([HADOLINT, "--no-color", bad], capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "DL3007" in said.stdout


def test_what_it_copies_is_there_and_reaches_the_engine() -> None:
    copied = [
        name
        for words in words_of("COPY")
        if not words.startswith("--from")
        for name in shlex.split(words)[:-1]
    ]
    let_in = {line.removeprefix("!") for line in IGNORED if line.startswith("!")}
    assert len(copied) > 5
    for name in copied:
        assert (ROOT / name).exists(), name
        assert Path(name).parts[0] in let_in, f"{name} is kept out by .dockerignore"


def test_the_engine_gets_nothing_else() -> None:
    assert "*" in IGNORED
    assert not {"!output", "!.git", "!tests"} & set(IGNORED)


def test_everything_from_the_locks_by_hash() -> None:
    installs = [part for words in words_of("RUN") for part in words.split("&&") if "pip install" in part]
    assert len(installs) == 3
    for part in installs:
        assert "--no-deps" in part
        assert "--require-hashes" in part or part.split()[-1] == "."


def test_both_images_are_the_same_release_that_the_project_accepts() -> None:
    images = {words.split()[0] for words in words_of("FROM")}
    assert len(images) == 1
    found = re.fullmatch(r"python:3\.(\d+)-slim-(\w+)", images.pop())
    assert found
    assert int(found[1]) >= 11


def test_the_system_libraries_are_those_that_the_project_asks_for() -> None:
    asked = set(re.findall(r"\blib[\w.-]+", " ".join(words_of("RUN"))))
    needed = set(
        re.findall(r"need (lib\S+)", (ROOT / "tools" / "system-libs").read_text(encoding="utf-8"))
    ) - {"libreoffice-writer-nogui", "libreoffice-calc-nogui"}
    assert needed
    assert asked >= needed


def test_it_does_not_run_as_root_and_answers_for_its_health() -> None:
    user = words_of("USER")[-1]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", user)
    assert "/healthz" in words_of("HEALTHCHECK")[-1]
    assert words_of("ENTRYPOINT") == ['["dxassets"]']
    assert '"serve"' in words_of("CMD")[-1]


def test_compose_takes_everything_away_that_is_not_needed() -> None:
    made = service()
    assert made["read_only"] is True
    assert made["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in made["security_opt"]
    assert made["user"] == words_of("USER")[-1]
    assert [mount.split(":")[0] for mount in made["tmpfs"]] == ["/tmp"]  # noqa: S108  (in the container)
    assert {"mem_limit", "cpus", "pids_limit", "restart"} <= set(made)
    assert "privileged" not in made
    assert "/healthz" in made["healthcheck"]["test"][-1]


def test_compose_opens_the_port_that_is_served() -> None:
    port = words_of("EXPOSE")[-1]
    assert service()["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f'"{port}"' in words_of("CMD")[-1]
