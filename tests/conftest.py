"""What many tests need: the bundled campaign, a copy of it to spoil, and the command line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dxassets.api import Project, load_campaign
from dxassets.cli.entry import main

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Told:
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Told]


@pytest.fixture(scope="session")
def project() -> Project:
    """The bundled campaign."""
    return load_campaign()


@dataclass(frozen=True)
class CampaignCopy:
    """A campaign folder of a test's own."""

    folder: Path

    @property
    def file(self) -> Path:
        return self.folder / "campaign.toml"

    def edit(self, old: str, new: str, *, count: int = -1) -> None:
        """Replace text in campaign.toml, which must be there."""
        text = self.file.read_text(encoding="utf-8")
        assert old in text
        self.file.write_text(text.replace(old, new, count), encoding="utf-8")


@pytest.fixture
def copy(tmp_path: Path) -> CampaignCopy:
    """A copy of the bundled campaign."""
    folder = tmp_path / "campaigns" / "mine"
    shutil.copytree(ROOT / "campaigns/daknong-2022", folder)
    return CampaignCopy(folder)


@pytest.fixture
def dxassets(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line, run in this process."""
    monkeypatch.delenv("DXASSETS_LANG", raising=False)

    def run(*arguments: str | Path) -> Told:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Told(code, out, err)

    return run
