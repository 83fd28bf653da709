"""The pages' own words, from `templates/site/texts.toml`, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from dxassets.models import read_toml
from dxassets.resources import Resources

SiteLang = Literal["vi", "en"]
LANGS: tuple[SiteLang, ...] = ("vi", "en")
TEXTS = "templates/site/texts.toml"


def read_texts(resources: Resources, lang: SiteLang, *, name: str = TEXTS) -> dict[str, Any]:
    """All words in `lang`: tables of the file, texts by name. `CampaignError` when it can't be read."""
    return _in(read_toml(resources.read(name).data, name), lang)


def _in(table: Mapping[str, Any], lang: SiteLang) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in table.items():
        inner = cast("Mapping[str, Any]", value)
        told[name] = inner[lang] if set(inner) == {"vi", "en"} else _in(inner, lang)
    return told
