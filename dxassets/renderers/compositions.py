"""Finds compositions: the campaign's or project's `compositions/<id>.toml`, or else those of `templates/`."""

from __future__ import annotations

import re
from functools import lru_cache

from dxassets.models import IDENTIFIER
from dxassets.resources import Resources
from dxassets.typesetting.composition import Composition, parse_composition

_FOLDERS = ("compositions", "templates/compositions")


def composition_files(resources: Resources) -> dict[str, str]:
    """The file of each composition by its id; the campaign's own before those of the same name."""
    found: dict[str, str] = {}
    for folder in _FOLDERS:
        for name in resources.names(folder, ".toml"):
            found.setdefault(name.rpartition("/")[2].removesuffix(".toml"), name)
    return {name: found[name] for name in sorted(found) if re.fullmatch(IDENTIFIER.pattern, name)}


def compositions_of(resources: Resources) -> tuple[Composition, ...]:
    """Every composition, by id; `CampaignError` with what is wrong in one."""
    files = ((name, resources.read(file)) for name, file in composition_files(resources).items())
    return tuple(_read(name, file.name, file.sha256, file.data) for name, file in files)


@lru_cache(maxsize=256)
def _read(composition_id: str, name: str, _sha256: str, data: bytes) -> Composition:
    return parse_composition(data, name, composition_id)
