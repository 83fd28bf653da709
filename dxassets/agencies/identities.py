"""Ids and short names for agencies that have none yet, made from what they are called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dxassets.agencies.table import RowDraft
from dxassets.units import PROVINCE_RANK, Units
from dxassets.vietnamese import abbreviated, slug

_LONGEST_MADE = 60
_NAMES_ITS_KIND = ("sở ", "ban ")
"""Offices that are called by their name alone: Sở Nội vụ, but Thanh tra tỉnh."""
_PROPER = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ROW_SIGN = "#"
"""What marks a parent that is said by the number of its row."""


def with_ids(rows: Sequence[RowDraft]) -> list[RowDraft]:
    """The rows, each with an id that no other has, and with its parent's id where that stands in a row.

    Ids that were given stay; the others are made from the name, with the district or a number behind it
    where that is taken.
    """
    taken = {row.cell("id") for row in rows if row.cell("id")}
    identified: list[RowDraft] = []
    for row in rows:
        made = row.cell("id")
        if not made:
            made = _free(id_from(row.cell("name"), row.cell("short_name")), row.cell("district"), taken)
            taken.add(made)
        identified.append(row.saying(id=made))
    by_number = {f"{ROW_SIGN}{row.number}": row.cell("id") for row in identified}
    return [row.saying(parent=_parent_of(row.cell("parent"), by_number)) for row in identified]


def id_from(name: str, short_name: str) -> str:
    """An id from a name: a committee's from its short one, as in `ubnd-xa-nam-dong`, else from the full."""
    text = short_name if slug(short_name).startswith("ubnd-") else name
    made = slug(text)
    if len(made) > _LONGEST_MADE:
        made = made[: _LONGEST_MADE + 1].rpartition("-")[0] or made[:_LONGEST_MADE]
    return made or "co-quan"


def short_name_of(name: str, units: Units) -> str:
    """The short name of an agency that is no people's committee: without its province, and abbreviated."""
    for kind in units.kinds:
        if units.rank(kind.level) == PROVINCE_RANK:
            head, _, rest = name.partition(f" {kind.name} ")
            if rest and units.province(f"{kind.name} {rest}"):
                name = head if head.lower().startswith(_NAMES_ITS_KIND) else f"{head} {kind.name}"
                break
    return abbreviated(name)


def _free(wanted: str, district: str, taken: set[str]) -> str:
    """`wanted`, or that with the district or a number behind it."""
    if wanted not in taken:
        return wanted
    if district and f"{wanted}-{slug(district)}" not in taken:
        return f"{wanted}-{slug(district)}"
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def _parent_of(said: str, by_number: dict[str, str]) -> str:
    if said in by_number:
        return by_number[said]
    return said if _PROPER.fullmatch(said) else slug(said)
