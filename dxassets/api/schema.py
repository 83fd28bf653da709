"""The JSON Schema of ``campaign.toml``: the models' rules, and what each key says in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dxassets.campaign import CampaignFile

Pair = tuple[str, str]


def campaign_schema() -> dict[str, Any]:
    """The JSON Schema of ``campaign.toml``; editors show its descriptions while somebody types."""
    words = tomllib.loads(Path(__file__).with_name("campaign_keys.toml").read_text(encoding="utf-8"))
    schema = CampaignFile.model_json_schema()
    parts: dict[str, Any] = schema["$defs"]
    _describe(schema, words[CampaignFile.__name__])
    for name, part in parts.items():
        _describe(part, words[name])
        del part["description"]  # a model's docstring speaks to programmers
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "campaign.toml",
        "description": _said(words["campaign"]),
    }


def _describe(part: Mapping[str, Any], words: Mapping[str, Pair]) -> None:
    for key, value in part["properties"].items():
        value["description"] = _said(words[key])
        value.pop("title", None)  # Pydantic's guess from the key's name


def _said(pair: Pair) -> str:
    """Vietnamese first; editors read Markdown, where an empty line parts paragraphs."""
    return "\n\n".join(pair)
