"""Debian's Firefox without a window, driven by its own Marionette protocol: no other program is needed.

A message is its length in bytes, a colon, and JSON: what is asked as ``[0, id, command, parameters]``, what
is answered as ``[1, id, error, result]``. Commands are those of WebDriver (W3C), by Firefox's names for them.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

FIREFOX = next((found for name in ("firefox-esr", "firefox") if (found := shutil.which(name))), None)
_SECONDS = 60.0
_QUIET: dict[str, object] = {
    "app.update.disabledForTesting": True,
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.download.folderList": 2,
    "browser.download.useDownloadDir": True,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "dom.disable_open_during_load": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,#remote-settings-dummy/v1",
    "toolkit.telemetry.enabled": False,
}


class Firefox:
    """One window of a Firefox that was started for a test."""

    def __init__(self, line: socket.socket, downloads: Path) -> None:
        self.downloads = downloads
        self._line = line
        self._asked = 0
        self._heard = b""
        self._next()  # it says hello first
        self.ask("WebDriver:NewSession")
        self.ask("WebDriver:SetTimeouts", script=int(_SECONDS * 1000))

    def ask(self, command: str, **parameters: object) -> Any:
        """What Firefox answers to a command; `AssertionError` with its own words where it can't."""
        self._asked += 1
        said = json.dumps([0, self._asked, command, parameters]).encode()
        self._line.sendall(str(len(said)).encode() + b":" + said)
        _, number, error, result = self._next()
        assert number == self._asked
        assert error is None, error
        return result

    def goto(self, address: str) -> None:
        self.ask("WebDriver:Navigate", url=address)

    def run(self, script: str, *arguments: object) -> Any:
        """What the body of a function returns within the page."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=list(arguments))["value"]

    def until(self, true: str) -> None:
        """Waits for an expression to be true."""
        for _ in range(int(_SECONDS / 0.05)):
            if self.run(f"return Boolean({true})"):
                return
            time.sleep(0.05)
        raise AssertionError(f"never true: {true}")

    def saved(self, script: str) -> Path:
        """The file that lies among the downloads, whole, after `script` has run."""
        before = set(self.downloads.iterdir())
        self.run(script)
        for _ in range(int(_SECONDS / 0.05)):
            found = set(self.downloads.iterdir()) - before
            if found and not any(file.suffix == ".part" or not file.stat().st_size for file in found):
                return found.pop()
            time.sleep(0.05)
        raise AssertionError("nothing was saved")

    def _next(self) -> Any:
        while b":" not in self._heard:
            self._hear()
        size, _, self._heard = self._heard.partition(b":")
        while len(self._heard) < int(size):
            self._hear()
        said, self._heard = self._heard[: int(size)], self._heard[int(size) :]
        return json.loads(said)

    def _hear(self) -> None:
        heard = self._line.recv(1 << 20)
        assert heard, "Firefox hung up"
        self._heard += heard


@contextmanager
def firefox(folder: Path) -> Generator[Firefox]:
    """A Firefox with a new profile below `folder`, where it lays what is saved, too."""
    assert FIREFOX is not None
    profile, downloads = folder / "profile", folder / "downloads"
    profile.mkdir(parents=True)
    downloads.mkdir()
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    wished = {**_QUIET, "marionette.port": port, "browser.download.dir": str(downloads)}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in wished.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [FIREFOX, "--headless", "--no-remote", "--marionette", "--profile", str(profile)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        with _line_to(port, process) as line:
            yield Firefox(line, downloads)
    finally:
        process.terminate()
        process.wait(30)


def _line_to(port: int, process: subprocess.Popen[bytes]) -> socket.socket:
    until = time.monotonic() + _SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, "Firefox ended at once"
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=_SECONDS)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("Firefox does not answer")
