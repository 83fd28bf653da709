"""The files that start a cluster by containers: read back, and held against the programs that they call."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from dxassets.runners.holding import _PLACE
from tests.test_container import IGNORED

ROOT = Path(__file__).parent.parent
DOCKERFILE = (ROOT / "Dockerfile.cluster").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    read = yaml.safe_load((ROOT / "compose.cluster.yaml").read_text(encoding="utf-8"))
    return cast("dict[str, Any]", read["services"])


@pytest.mark.slow
@pytest.mark.parametrize("name", ["scheduler", "worker"])
def test_dask_knows_the_options_that_it_is_given(services: dict[str, Any], name: str) -> None:
    program, role, *rest = services[name]["command"]
    assert (program, role) == ("dask", name)
    told = subprocess.run([sys.executable, "-m", "dask", role, "--help"], check=True, capture_output=True)
    for option in (each for each in rest if each.startswith("--")):
        assert option.encode() in told.stdout, option


def test_workers_find_the_scheduler_by_its_name_and_port(services: dict[str, Any]) -> None:
    asked = services["scheduler"]["command"]
    address = f"tcp://scheduler:{asked[asked.index('--port') + 1]}"
    assert address in services["worker"]["command"]
    assert f'"{address}"' in DOCKERFILE
    assert services["builder"]["entrypoint"] == ["dxassets"]
    assert len({services[name]["image"] for name in ("scheduler", "worker", "builder")}) == 1


def test_no_port_is_open_to_others(services: dict[str, Any]) -> None:
    """Who reaches a scheduler may run anything."""
    assert not [name for name, service in services.items() if "ports" in service]


def test_the_image_installs_the_locks_by_hash_and_runs_as_nobody() -> None:
    assert DOCKERFILE.count("--require-hashes") == 2
    assert "requirements/cluster.lock" in DOCKERFILE
    assert "USER 10001:10001" in DOCKERFILE
    assert f"{_PLACE}=" in DOCKERFILE
    let_in = {line[1:] for line in IGNORED if line.startswith("!")}
    copied = [line.split()[1:-1] for line in DOCKERFILE.splitlines() if line.startswith("COPY")]
    for source in (each for line in copied for each in line):
        assert (ROOT / source).exists()
        assert Path(source).parts[0] in let_in
