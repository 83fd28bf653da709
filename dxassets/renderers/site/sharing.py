"""Outlines that drawings of a day share: letters, the scene, and codes stand in each size alike.

They are kept once a day, in a table that a script hands over; a drawing says which row of it stands where.
The page puts them back, so that what it draws is the drawing of the build, sign for sign.
"""

from __future__ import annotations

import json
import re
import zlib
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dxassets.digest import digest
from dxassets.renderers.site.editions import DIGITS, address
from dxassets.renderers.site.handing import handed
from dxassets.renderers.site.model import SiteBase, packed

_HAND = "dxassetsHand"
_OUTLINE = re.compile(r' d="([^"]{24,})"')
"""Of a path, where it is longer than what would stand for it."""


@dataclass(frozen=True, slots=True)
class SharedDrawings:
    """A day's drawings, packed, by the base's id, and the script of the table that they refer to.

    `name` is what the table is handed over by: it changes with each row, so that a drawing that meets another
    edition's table finds none, where a copy of the site is half-way.
    """

    name: str
    path: str
    script: bytes
    drawings: dict[str, bytes]

    @property
    def told(self) -> tuple[str, str]:
        """What a drawing says of its table: what it is called, and where it lies."""
        return self.name, address(self.path, digest(self.script))


def shared(day: str, bases: Iterable[SiteBase]) -> SharedDrawings:
    """The drawings of that day's `bases`, each outline that stands in more than one of them kept apart."""
    svgs = {base.id: base.svg for base in bases}
    many = Counter(outline for svg in svgs.values() for outline in set(_OUTLINE.findall(svg)))
    table = sorted(outline for outline, count in many.items() if count > 1)
    rows = {outline: row for row, outline in enumerate(table)}

    def row_of(found: re.Match[str]) -> str:
        row = rows.get(found[1])
        return found[0] if row is None else f' d="#{row}"'

    told = json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode()
    name = f"shapes {day} {digest(told)[:DIGITS]}"
    return SharedDrawings(
        name,
        f"js/shapes-{day}.js",
        handed(_HAND, name, b64encode(zlib.compress(told, 9)).decode()),
        {base: packed(_OUTLINE.sub(row_of, svg)) for base, svg in svgs.items()},
    )
