"""One edition of the site: addresses that change with what they lead to, and the worker that keeps it whole.

A page names every file by an address with the first digits of its SHA-256 (``site.css?v=3f2a9c1b7e``), so no
cache can show an old file on a new page. The edition's own number stands in each page and in
`EDITION_FILE`, which pages ask for past every cache: a page that was kept too long notices, and comes again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from dxassets.digest import digest

DIGITS = 10
"""Digits of a SHA-256 in an address: 40 bits, of which no two states of one file will share all."""
EDITION_FILE, WORKER = "edition.js", "sw.js"
UNNUMBERED = 'data-edition="0000000000000000"'
"""What stands in a page until the edition has its number, which depends on the pages, too."""
_NOT_KEPT = re.compile(
    r"icons/(icon-512|mask)|frames/.*\.svg$|bases/|sizes/|pack/|forms/|js/(pdf-lib|shapes-)"
)


def address(path: str, sha256: str) -> str:
    """The address of a file: its path, and digits that change with it."""
    return f"{path}?v={sha256[:DIGITS]}"


def numbered(files: Mapping[str, bytes], laid: Mapping[str, str]) -> dict[str, bytes]:
    """`files` with the number of their edition in every page, and with the file that tells it.

    `laid` are the SHA-256 of those files of the site that are laid into it as they were built.
    """
    told = [f"{path} {digest(data)}\n" for path, data in sorted(files.items())]
    told += [f"{path} {sha}\n" for path, sha in sorted(laid.items())]
    edition = digest("".join(told).encode())[:16]
    now = UNNUMBERED.replace("0" * 16, edition).encode()
    done = {
        path: data.replace(UNNUMBERED.encode(), now, 1) if path.endswith(".html") else data
        for path, data in files.items()
    }
    done[EDITION_FILE] = f'dxassetsEdition("{edition}");\n'.encode()
    return done


def worker_of(
    files: Mapping[str, bytes], laid: Mapping[str, str], *, lists: Iterable[str], script: str
) -> bytes:
    """The service worker of an edition: `script`, told which files to keep and what their SHA-256 must be.

    Of the agencies' lists only `lists` are kept, of the files that were laid into the site the `laid` ones.
    """
    wanted = set(lists)
    kept = {
        path: digest(data)
        for path, data in files.items()
        if path not in {EDITION_FILE, WORKER}
        and not _NOT_KEPT.match(path)
        and (not path.endswith("/list.js") or path in wanted)
    }
    kept |= laid
    told = json.dumps(dict(sorted(kept.items())), separators=(",", ":"))
    edition = digest(told.encode())[:16]
    return f'"use strict";\nconst EDITION = "{edition}";\nconst KEPT = {told};\n{script}'.encode()


def in_order(paths: Iterable[str]) -> list[str]:
    """Paths in the order to copy them: what pages show, lists, pages, last what tells that all is there."""
    return sorted(paths, key=lambda path: (_rank(path), path))


def _rank(path: str) -> int:
    if path in {EDITION_FILE, WORKER}:
        return 3
    if path.endswith((".html", ".webmanifest")):
        return 2
    return 1 if path.endswith(("/list.js", "/agencies.js")) else 0
