"""A built folder whose manifest is in shards, though it is small."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dxassets.api import Project, Report, Wanted, build
from dxassets.errors import Problem

OFFICES = ("so-noi-vu", "so-tu-phap")
LIMIT = "dxassets.api.shard_writing.LARGEST_WHOLE"
"""What is set so low that two agencies of two pictures each are many."""


def look(day: str) -> dict[str, Any]:
    """One picture of that day."""
    return {"days": (day,), "themes": ("light",), "presets": ("button-120x60",), "kinds": ("banner",)}


WANTED = replace(Wanted(OFFICES, **look("10-10")), presets=("button-120x60", "mobile-300x50"))


def built_in_shards(project: Project, out: Path) -> Path:
    """`out`, with the wanted built below it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LIMIT, 3)
        build(project, WANTED, out=out)
    return out


def tree(folder: Path) -> dict[str, bytes]:
    """Every file that is handed out, by name."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and ".dxassets" not in path.parts
    }


def again(project: Project, folder: Path) -> Report:
    """The same build once more."""
    return build(project, WANTED, out=folder.parent)


def places(found: list[Problem]) -> set[str]:
    """Where something is wrong."""
    return {problem.where for problem in found}
