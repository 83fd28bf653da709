"""One agency, and the columns of a list of them."""

from __future__ import annotations

from dxassets.models import Identifier, Line, Model

COLUMNS = ("id", "name", "short_name", "level", "district", "parent")
"""The columns of `agencies.csv`; the first three must be there."""
NEEDED = COLUMNS[:3]


class Agency(Model):
    """An office that speaks: its full name as the law writes it, and its accepted short name.

    `level` is one of `units.toml`, `parent` the id of the agency above; both are derived from the name where
    they are missing, as far as it tells. `district` names the district, where there is one.
    """

    id: Identifier
    name: Line
    short_name: Line
    level: str = ""
    district: str = ""
    parent: str = ""
