"""What a command loads in a thread is there when it is needed, and was needed."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from dxassets.cli import catalog, entry

SLOW = """
import threading, time
time.sleep(0.3)
loaded_by = threading.current_thread()
"""


def test_who_imports_what_is_read_ahead_waits_for_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "slow_to_load.py").write_text(SLOW, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    entry._read_ahead("slow_to_load")
    loaded = import_module("slow_to_load")
    assert loaded.loaded_by.name != "MainThread"
    del sys.modules["slow_to_load"]


@pytest.mark.filterwarnings("error::pytest.PytestUnhandledThreadExceptionWarning")
def test_what_is_not_installed_is_told_by_who_needs_it(capfd: pytest.CaptureFixture[str]) -> None:
    entry._read_ahead("no_such_library")
    with pytest.raises(ModuleNotFoundError):
        import_module("no_such_library")
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("command", entry._READ_AHEAD)
def test_nothing_is_read_ahead_that_the_command_does_not_load_anyway(command: str) -> None:
    assert command in catalog.COMMANDS
    source = Path(str(import_module("dxassets.server.running").__file__)).read_text(encoding="utf-8")
    assert f"\nimport {entry._READ_AHEAD[command]}\n" in source
    import_module(f"dxassets.cli.{entry._MODULES[command]}")
    assert entry._READ_AHEAD[command] in sys.modules
