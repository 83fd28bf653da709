"""What the container is told fits the server: options that exist, a site that is built, one health check."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import Run

ROOT = Path(__file__).parent.parent
DOCKERFILE = re.sub(r"\\\n\s*", " ", (ROOT / "Dockerfile").read_text(encoding="utf-8"))


def words_of(name: str) -> str:
    """The words of the last instruction of that name."""
    found = re.findall(rf"^{name} (.*)$", DOCKERFILE, re.MULTILINE)
    assert found
    return found[-1]


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    document = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return document["services"]["dxassets"]


def test_both_commands_are_options_of_serve(service: dict[str, Any], dxassets: Run) -> None:
    told = dxassets("serve", "--help").out
    for command in (json.loads(words_of("CMD")), service["command"]):
        assert command[0] == "serve"
        options = [word for word in command if word.startswith("--")]
        assert {"--host", "--port", "--built"} <= set(options)
        assert [option for option in options if option not in told] == []
    assert "--behind-proxy" in service["command"]  # to the container all who ask come from one address


def test_the_server_finds_the_site_that_the_image_was_built_with(service: dict[str, Any]) -> None:
    """The file system is read-only, so nothing may be missing when it starts."""
    drawn = re.search(r"dxassets site \"\$CAMPAIGN\" --built (\S+)", DOCKERFILE)
    assert drawn
    assert f"COPY --from=made {drawn[1]} {drawn[1]}" in DOCKERFILE
    for command in (json.loads(words_of("CMD")), service["command"]):
        assert command[command.index("--built") + 1] == drawn[1]
    default = re.search(r"^ARG CAMPAIGN=(\S+)$", DOCKERFILE, re.MULTILINE)
    assert default
    assert (ROOT / "campaigns" / default[1] / "campaign.toml").is_file()
    assert service["build"]["args"]["CAMPAIGN"] == service["command"][1] == default[1]


def test_health_is_asked_the_same_way_by_image_and_compose(service: dict[str, Any]) -> None:
    command = json.loads(words_of("HEALTHCHECK").partition("CMD ")[2])
    assert service["healthcheck"]["test"] == ["CMD", *command]
    assert command[:2] == ["python", "-c"]
    compile(command[2], "healthcheck", "exec")


def test_the_server_is_the_process_that_is_asked_to_stop(service: dict[str, Any]) -> None:
    """No shell between: SIGTERM reaches the server, and it has time to let work end."""
    assert json.loads(words_of("ENTRYPOINT")) == ["dxassets"]
    assert int(service["stop_grace_period"].removesuffix("s")) > 10
