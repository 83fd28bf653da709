"""Where in an output folder things lie that are not handed out."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from dxassets.store.journal import Journal
from dxassets.store.manifest import MANIFEST_NAME
from dxassets.store.seen import forget

WORK_FOLDER = ".dxassets"
"""Holds the lock, the journal and the previews; not part of what is handed out."""
OLD_JOURNAL = f"{WORK_FOLDER}/journal.jsonl"
"""The diary of versions that had one for the whole folder; nothing that they made is current any more."""


def journal_of(folder: Path) -> Journal:
    """The journal of the campaign folder `folder`."""
    return Journal(folder / WORK_FOLDER / "journal")


def preview_path(sha256: str) -> str:
    """Where the preview of the asset with that digest lies, relative to the campaign's folder."""
    return f"{WORK_FOLDER}/previews/{sha256}.webp"


def kept_path(name: str) -> str:
    """Where a damaged manifest, or the damaged shard of that name, is kept."""
    return f"{WORK_FOLDER}/{name + '-' if name else ''}{MANIFEST_NAME}.bak"


DAMAGED = kept_path("")
"""Where a manifest that couldn't be read whole is kept."""


def forget_seen(folder: Path, names: Iterable[str]) -> None:
    """Have the next build read every byte of those folders again."""
    for name in names:
        forget(seen_place(folder, name))


def seen_place(folder: Path, name: str) -> Path:
    """Where it is kept what is known of the files of that folder."""
    return folder / WORK_FOLDER / "seen" / f"{name}.json"
