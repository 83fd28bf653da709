"""What a worker on another machine keeps of the builder's files: by digest, in a folder of its own."""

from __future__ import annotations

import getpass
import os
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from dxassets.digest import digest
from dxassets.errors import InputError, Problem
from dxassets.store import publish

_PLACE = "DXASSETS_HELD"
"""Names a folder that outlives a machine's temporary one."""


@cache
def held_folder() -> Path:
    """Where this machine keeps them; made when first asked for, and read by its owner only."""
    named = os.environ.get(_PLACE)
    folder = Path(named) if named else Path(tempfile.gettempdir()) / f"dxassets-held-{getpass.getuser()}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def hold(files: Mapping[str, bytes]) -> Path:
    """Keep files that were sent, each under its digest; `InputError` when one came damaged."""
    folder = held_folder()
    for sha256, data in files.items():
        if digest(data) != sha256:
            raise InputError(
                Problem(
                    sha256,
                    "tệp đến máy này bị hỏng trên đường truyền; hãy chạy lại",
                    "came damaged over the network; run again",
                )
            )
        if not (folder / sha256).is_file():
            publish(folder, sha256, data)
    return folder


def lacking(folder: Path, digests: Iterable[str]) -> tuple[str, ...]:
    """Those of `digests` that are not kept, each once. Asked each time: a folder in /tmp is swept."""
    return tuple(sorted({each for each in digests if not (folder / each).is_file()}))
