"""Wine, and what stands in for the few things that Debian's lacks and every Windows 10 has.

Wine 8 has no `bcryptprimitives.dll`, aborts in `crealf` and its sisters (numpy asks a number of them when
imported), and its WMI service makes `platform` crash. So of a bundle that runs here the first is added, those
calls are led to code of the same meaning, and `_wmi.pyd` is taken out. The bundle keeps what Windows needs.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WINE = shutil.which("wine")
MISSING = "there is no Wine here (Debian: apt-get install --no-install-recommends wine wine64)"
_COMPLEX = {
    b"crealf": "660f6ec1c3",  # movd xmm0, ecx: a float _Complex comes in one register
    b"cimagf": "48c1e920660f6ec1c3",
    b"creal": "f20f1001c3",  # movsd xmm0, [rcx]: a double _Complex comes by its address
    b"creall": "f20f1001c3",
    b"cimag": "f20f104108c3",
    b"cimagl": "f20f104108c3",
}

_HANG = 600.0
"""Seconds after which a console that says nothing is given up."""
_BY_SLOT = {0x15: b"\xe8", 0x25: b"\xe9"}
"""The second byte of a call or jump by a slot, and the call or jump to a place in its stead."""


def make_bundle(folder: Path) -> None:
    """Both zips, by the one command; the test is skipped where the parts can't be fetched."""
    command = [sys.executable, str(ROOT / "tools" / "windows-bundle"), "-o", str(folder)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode and "could not fetch" in made.stderr:
        pytest.skip("the parts for Windows can't be fetched here: no network, or no mirror of PyPI")
    assert made.returncode == 0, made.stderr


def bundle_once(factory: pytest.TempPathFactory, worker: str) -> Path:
    """The folder with the zips; whichever worker comes first makes them, the others wait."""
    own = factory.getbasetemp()
    shared = (own if worker == "master" else own.parent) / "windows"
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "made").is_dir():
            make_bundle(shared / "making")
            (shared / "making").rename(shared / "made")
    return shared / "made"


@dataclass(frozen=True)
class Windows:
    """A Windows in a folder: `run` starts its Python on the bundle in `bundle`."""

    prefix: Path
    bundle: Path

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return kept | {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all", "WINEARCH": "win64"}

    def start(self, *arguments: str, cwd: Path) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [str(WINE), *arguments],
            cwd=cwd,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *arguments: str, cwd: Path, code: int = 0) -> str:
        """`dxassets` with these words; what it said."""
        python = str(self.bundle / "app/python/python.exe")
        process = self.start(python, "-X", "utf8", "-m", "dxassets", *arguments, cwd=cwd)
        out, err = process.communicate(timeout=600)
        assert process.returncode == code, f"{arguments}: {process.returncode}\n{out}\n{err}"
        return out + err

    def console(self, *arguments: str, cwd: Path, **environment: str) -> Console:
        """A program in a window of its own."""
        return Console([str(WINE), *arguments], cwd, self.environment | {"TERM": "xterm"} | environment)

    def end(self) -> None:
        """End all of this Windows' own processes."""
        server = shutil.which("wineserver") or "/usr/lib/wine/wineserver"
        subprocess.run([server, "-k"], env=self.environment, check=False, capture_output=True)


class Console:
    """A console window: a terminal that the program writes to, and where keys are pressed."""

    _CODES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*(?:\x07|$)|\r")

    def __init__(self, command: list[str], cwd: Path, environment: dict[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (50, 400))
        self._said = b""
        self.process = subprocess.Popen(
            ["setsid", "--ctty", *command],  # else Ctrl-C reaches nobody
            cwd=cwd,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
        )
        os.close(theirs)

    @property
    def text(self) -> str:
        """All that was shown, without what moves the cursor."""
        return self._CODES.sub(b"", self._said).decode("utf-8", "replace")

    def _read(self) -> bool:
        """Take what comes; whether the window is still open."""
        if not select.select([self._ours], [], [], 0.5)[0]:
            return self.process.poll() is None
        try:
            piece = os.read(self._ours, 65_536)
        except OSError:  # the other end is closed
            return False
        self._said += piece
        return bool(piece)

    def until(self, said: str) -> str:
        """Wait until that is shown; all that was."""
        hung = time.monotonic() + _HANG
        while said not in self.text and self._read():
            if time.monotonic() > hung:
                break
        assert said in self.text, self.text
        return self.text

    def press(self, keys: bytes) -> None:
        os.write(self._ours, keys)

    def wait(self) -> int:
        """Wait until the program has ended; its exit code."""
        hung = time.monotonic() + _HANG
        while self._read():
            if time.monotonic() > hung:
                break
        return self.process.wait(60)

    def end(self) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


def new_windows(folder: Path, bundle: Path) -> Windows:
    """A new Windows 10 in `folder`, with the bundle made ready for it."""
    made = Windows(folder / "prefix", bundle)
    for words in (
        ("wineboot", "-i"),
        ("reg", "add", r"HKCU\Software\Wine", "/v", "Version", "/d", "win10", "/f"),
    ):
        process = made.start(*words, cwd=folder)
        process.communicate(timeout=600)
    python = bundle / "app" / "python"
    (python / "_wmi.pyd").unlink()
    (python / "bcryptprimitives.dll").write_bytes(forwarding_dll("ProcessPrng", "ADVAPI32.SystemFunction036"))
    (core,) = (bundle / "app/lib/numpy/_core").glob("_multiarray_umath*.pyd")
    core.write_bytes(with_complex_parts(core.read_bytes()))
    return made


def forwarding_dll(export: str, target: str) -> bytes:
    """A DLL without any code, one of whose exports is another DLL's."""
    base, at = 0x1000, 40
    names = b"x.dll\0" + export.encode() + b"\0"
    place = base + at + 4 + 4 + 2
    forward = place + len(names)
    directory = struct.pack(
        "<IIHHIIIIIII", 0, 0, 0, 0, place, 1, 1, 1, base + at, base + at + 4, base + at + 8
    )
    section = directory + struct.pack("<IIH", forward, place + 6, 0) + names + target.encode() + b"\0"
    size = len(section)
    dos = b"MZ" + bytes(58) + struct.pack("<I", 64)
    file_head = b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, 240, 0x2022)
    optional = struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, 0x200, 0, 0, base)
    optional += struct.pack(
        "<QIIHHHHHHIIIIHH", 0x180000000, 0x1000, 0x200, 6, 0, 0, 0, 6, 0, 0, 0x2000, 0x200, 0, 2, 0x100
    )
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    optional += struct.pack("<II", base, size) + bytes(15 * 8)
    table = struct.pack("<8sIIIIIIHHI", b".edata", size, base, 0x200, 0x200, 0, 0, 0, 0, 0x40000040)
    head = dos + file_head + optional + table
    return head.ljust(0x200, b"\0") + section.ljust(0x200, b"\0")


class _PortableFile:
    """A PE file's sections, and its bytes by address."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        head = self.number(0x3C)
        sections, count = head + 24 + self.number(head + 20, 2), self.number(head + 6, 2)
        self.places = [[self.number(sections + 40 * n + at) for at in (12, 16, 20)] for n in range(count)]
        self._imports = self.offset(self.number(head + 24 + 112 + 8))

    def number(self, at: int, size: int = 4) -> int:
        return int.from_bytes(self.data[at : at + size], "little")

    def offset(self, address: int) -> int:
        return next(
            address - start + raw for start, size, raw in self.places if start <= address < start + size
        )

    def imported(self) -> Iterator[tuple[int, bytes]]:
        """The address of each slot that the loader fills, with the name of its function."""
        at = self._imports
        while self.number(at + 12):
            names, table, index = self.offset(self.number(at)), self.number(at + 16), 0
            while hint := self.number(names + 8 * index, 8):
                if not hint >> 63:  # not by its number
                    begin = self.offset(hint) + 2
                    yield table + 8 * index, self.data[begin : self.data.index(b"\0", begin)]
                index += 1
            at += 20


def with_complex_parts(data: bytes) -> bytes:
    """A PE file whose calls for the parts of a complex number end in itself, not in the C library."""
    file = _PortableFile(data)
    slots = {slot: name for slot, name in file.imported() if name in _COMPLEX}
    start, size, raw = file.places[0]  # .text
    patched, free, caves = bytearray(data), raw, dict[bytes, int]()
    for name, text in _COMPLEX.items():
        code = bytes.fromhex(text)
        free = data.index(b"\xcc" * (len(code) + 1), free) + 1  # the filling between two functions
        patched[free : free + len(code)] = code
        caves[name], free = free - raw + start, free + len(code)
    at = data.find(b"\xff", raw)
    while raw <= at < raw + size:
        here = at - raw + start
        name = slots.get(here + 6 + struct.unpack_from("<i", data, at + 2)[0])
        if name is not None and data[at + 1] in _BY_SLOT:
            jump = struct.pack("<i", caves[name] - here - 5)
            patched[at : at + 6] = _BY_SLOT[data[at + 1]] + jump + b"\x90"
        at = data.find(b"\xff", at + 1)
    return bytes(patched)
