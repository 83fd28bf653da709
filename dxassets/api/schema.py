"""The JSON Schemas of ``campaign.toml`` and ``duties.toml``: the models' rules, and what each key says."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from dxassets.campaign import CampaignFile
from dxassets.duties import DutiesFile
from dxassets.models import Model

Pair = tuple[str, str]
DUTIES_SCHEMA = "duties.schema.json"


def campaign_schema() -> dict[str, Any]:
    """The JSON Schema of ``campaign.toml``; editors show its descriptions while somebody types."""
    return _schema_of(CampaignFile, "campaign.toml", "campaign_keys.toml", "campaign")


def duties_schema() -> dict[str, Any]:
    """The JSON Schema of ``duties.toml``."""
    return _schema_of(DutiesFile, "duties.toml", "duties_keys.toml", "duties_file")


def _schema_of(model: type[Model], title: str, keys: str, head: str) -> dict[str, Any]:
    """A file's schema, every key told in both languages."""
    words = tomllib.loads(Path(__file__).with_name(keys).read_text(encoding="utf-8"))
    schema = model.model_json_schema()
    parts: dict[str, Any] = schema["$defs"]
    _describe(schema, words[model.__name__])
    for name, part in parts.items():
        _describe(part, words[name])
        del part["description"]  # a model's docstring speaks to programmers
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": title,
        "description": _said(words[head]),
    }


def _describe(part: Mapping[str, Any], words: Mapping[str, Pair]) -> None:
    for key, value in part["properties"].items():
        value["description"] = _said(words[key])
        value.pop("title", None)  # Pydantic's guess from the key's name


def _said(pair: Pair) -> str:
    """Vietnamese first; editors read Markdown, where an empty line parts paragraphs."""
    return "\n\n".join(pair)
