"""Completing a line in a shell: a real bash asks, and it is answered soon, from the campaign's own files."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dxassets import Project, load_campaign
from dxassets.cli import catalog, known

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy, Run

ROOT = Path(__file__).parent.parent
HEAVY = {"pyvips", "uharfbuzz", "weasyprint", "docx", "rich", "jinja2", "numpy", "dxassets.api"}
needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


def completed(line: str, tmp_path: Path, shell_code: str) -> list[str]:
    """What bash offers for a line, cursor at its end."""
    command = tmp_path / "bin/dxassets"
    if not command.exists():
        command.parent.mkdir()
        command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m dxassets "$@"\n')
        command.chmod(0o755)
    ask = "COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9; _python_argcomplete dxassets"
    script = f'{shell_code}\n{ask}; printf "%s\\n" "${{COMPREPLY[@]}}"'
    path = f"{command.parent}{os.pathsep}{os.environ['PATH']}"
    python_path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", line],
        capture_output=True,
        env={**os.environ, "PATH": path, "PYTHONPATH": python_path},
        cwd=tmp_path,
        check=True,
    )
    return [word.strip() for word in done.stdout.decode().splitlines() if word.strip()]


@needs_bash
def test_commands_options_choices_and_ids_are_completed(
    dxassets: Run, tmp_path: Path, copy: CampaignCopy
) -> None:
    code = dxassets("completion", "bash").out
    copy.edit('id = "10-10"', 'id = "ngay-hoi"', count=1)
    (tmp_path / "photo.jpg").write_bytes(b"")

    def offered(line: str) -> list[str]:
        return completed(line, tmp_path, code)

    assert set(catalog.COMMANDS) <= set(offered("dxassets "))
    assert offered("dxassets b") == ["build", "banner"]
    assert offered("dxassets build --da") == ["--day"]
    assert offered("dxassets build --day ") == ["10-10", "01-11"]
    assert offered(f"dxassets build {copy.folder} --day ") == ["ngay-hoi", "01-11"]
    assert offered(f"dxassets frame a.jpg --campaign {copy.folder} --day n") == ["ngay-hoi"]
    assert offered("dxassets --lang en build --theme d") == ["digital"]
    assert offered("dxassets banner --preset share-12") == ["share-1200x630"]
    assert offered("dxassets banner --agency ubnd-huyen-c") == ["ubnd-huyen-cu-jut"]
    assert offered("dxassets frame --style ") == ["foot", "badge", "woven", "ribbon", "ring", "square"]
    assert offered("dxassets frame --format=p") == ["png"]
    assert offered("dxassets frame --focus ") == ["auto", "center"]
    assert offered("dxassets frame ph") == ["photo.jpg"]
    assert offered("dxassets check da") == ["daknong-2022"]
    assert offered("dxassets check camp") == ["campaigns/"]
    assert offered("dxassets completion f") == ["fish"]
    assert offered("dxassets letter --campaign nowhere --agency u") == []
    assert offered("dxassets qr --label ") == []


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_what_it_reads(dxassets: Run, shell: str) -> None:
    told = dxassets("completion", shell)
    assert told.code == 0
    assert "_ARGCOMPLETE" in told.out
    assert "dxassets" in told.out


def test_ids_are_those_of_the_campaign(project: Project, copy: CampaignCopy) -> None:
    for campaign in ("daknong-2022", str(copy.folder)):
        loaded = load_campaign(campaign)
        assert list(known.ids_of("day", campaign)) == [day.id for day in loaded.campaign.days]
        assert list(known.ids_of("theme", campaign)) == [theme.id for theme in loaded.brand.every_theme]
        assert list(known.ids_of("preset", campaign)) == [each.id for each in loaded.presets.presets]
        assert list(known.ids_of("agency", campaign)) == [each.id for each in loaded.campaign.offices]
    assert known.ids_of("theme", "daknong-2022")["light"] == project.brand.themes[-1].title.vi
    assert list(known.campaigns()) == ["daknong-2022", "hue-phap-luat-2025", "lam-dong-2025"]


@pytest.mark.parametrize("data", [b"days = 1", b"[[days]]\nname = 1", b"days = [1]", b"\xff", b"a = ", b""])
def test_a_campaign_that_can_not_be_read_has_no_ids(copy: CampaignCopy, data: bytes) -> None:
    copy.file.write_bytes(data)
    assert known.ids_of("day", str(copy.folder)) == {}
    assert known.ids_of("agency", str(copy.folder)) == {}


def test_completing_loads_nothing_that_checks_or_draws(tmp_path: Path) -> None:
    code = (
        "import os, sys; os._exit = lambda code: None; import argcomplete\n"
        "from dxassets.cli.entry import main; main()\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    line = "dxassets banner --agency ubnd-huyen-c"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        cwd=tmp_path,
        env={
            **os.environ,
            "COMP_LINE": line,
            "COMP_POINT": str(len(line)),
            "_ARGCOMPLETE": "1",
            "_ARGCOMPLETE_STDOUT_FILENAME": str(tmp_path / "said"),
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        },
        check=True,
    )
    assert (tmp_path / "said").read_text().strip() == "ubnd-huyen-cu-jut"
    assert not set(done.stderr.decode().split()) & HEAVY
