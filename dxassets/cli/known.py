"""The ids of a campaign, read straight from its files: a shell waits for them at every press of Tab.

Nothing is checked here. What can't be read has no ids.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, cast

from dxassets.errors import DxassetsError
from dxassets.resources import (
    BRAND_FILE,
    CAMPAIGN_FILE,
    PRESETS_FILE,
    Resources,
    campaign_resources,
    find_campaign,
)
from dxassets.resources import bundled_campaigns as bundled

Known = dict[str, str]
"""Ids with what they name, for shells that show it."""


def ids_of(what: str, campaign: str) -> Known:
    """The ids of one kind (``day``, ``theme``, ``preset``, ``agency``) in a campaign, in the files' order."""
    try:
        resources = campaign_resources(find_campaign(campaign))
        return _agencies(resources) if what == "agency" else _listed(resources, *_PLACES[what])
    except (DxassetsError, OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def campaigns() -> Known:
    """The bundled campaigns."""
    return dict.fromkeys(bundled(), "")


_PLACES = {
    "day": (CAMPAIGN_FILE, "days", "name"),
    "theme": (BRAND_FILE, "themes", "title"),
    "preset": (PRESETS_FILE, "presets", "title"),
}
"""Where the ids stand, and what tells people what they are."""


def _listed(resources: Resources, file: str, table: str, title: str) -> Known:
    entries = cast("Iterable[Mapping[str, object]]", _read(resources, file).get(table, []))
    return {str(entry["id"]): _title(entry.get(title, "")) for entry in entries}


def _title(value: object) -> str:
    """A text, or the Vietnamese of one in two languages."""
    return str(cast("Mapping[str, object]", value).get("vi", "")) if isinstance(value, dict) else str(value)


def _agencies(resources: Resources) -> Known:
    name = _read(resources, CAMPAIGN_FILE).get("agencies", "")
    text = (resources.data(str(name)) or b"").decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    return {row["id"].strip(): (row.get("name") or "").strip() for row in rows if row.get("id")}


def _read(resources: Resources, file: str) -> Mapping[str, Any]:
    return tomllib.loads((resources.data(file) or b"").decode("utf-8-sig"))
