"""What the banner page draws names with: letters, the word list, and banners without a name."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from dxassets.digest import digest
from dxassets.lexicon import word_lists
from dxassets.renderers.faces import shaper_of
from dxassets.renderers.site.editions import DIGITS
from dxassets.renderers.site.handing import handed
from dxassets.renderers.site.lettering import NAME_WEIGHT, tables_of
from dxassets.renderers.site.model import Site, SiteBase
from dxassets.renderers.site.printing import print_files, prints_told
from dxassets.renderers.site.sharing import SharedDrawings, shared
from dxassets.resources import Resources
from dxassets.typesetting.layout import Slot

HAND = "dxassetsHand"
"""What the page takes such a script's value by."""


def naming_files(site: Site, resources: Resources) -> dict[str, bytes]:
    """The scripts that hand these over, by path; nothing where the page draws no names."""
    if not site.bases:
        return {}
    first, spare = tables_of(shaper_of(resources).font(NAME_WEIGHT))
    pages = print_files(site)
    prints = prints_told(site, pages)
    days = _by_day(site)
    told = {
        base.id: {**_told(base, prints.get(base.id)), **_drawing(base, days[base.day])} for base in site.bases
    }
    bases = {path_of(base): handed(HAND, f"base {base.id}", told[base.id]) for base in site.bases}
    digits = {base.id: digest(bases[path_of(base)])[:DIGITS] for base in site.bases}
    return {
        "js/letters.js": handed(HAND, "letters", first),
        "js/letters-spare.js": handed(HAND, "spare", spare),
        "js/words.js": handed(HAND, "words", word_lists()),
        "js/bases.js": handed(HAND, "bases", digits),
        **{day.path: day.script for day in days.values()},
        **_sheets(site),
        **pages,
        **bases,
    }


def _sheets(site: Site) -> dict[str, bytes]:
    """Every size in small, to choose from: a sheet for each day and theme."""
    sheets: dict[str, dict[str, str]] = {}
    for base in site.bases:
        if base.small:
            picture = f"data:image/webp;base64,{b64encode(base.small).decode()}"
            sheets.setdefault(f"{base.day}-{base.theme}", {})[base.preset] = picture
    return {f"sizes/{name}.js": handed(HAND, f"sizes {name}", sheet) for name, sheet in sheets.items()}


def looks_of(site: Site) -> list[list[object]]:
    """Which looks can be drawn: each day and theme, with its sizes' numbers among `Site.used_presets`."""
    numbers = {preset.id: number for number, preset in enumerate(site.used_presets)}
    found: dict[tuple[str, str], list[int]] = {}
    for base in site.bases:
        found.setdefault((base.day, base.theme), []).append(numbers[base.preset])
    return [[day, theme, sizes] for (day, theme), sizes in found.items()]


def path_of(base: SiteBase) -> str:
    """Where the script of a base lies."""
    return f"bases/{base.id}.js"


def _told(base: SiteBase, page: Mapping[str, object] | None) -> dict[str, object]:
    """A base for the page, and where the print page lies that belongs to it."""
    told = {"embed": base.embed or None, "plain": base.plain or None, "page": page}
    return {
        "slot": base.slot and _slot(base.slot),
        "color": base.color,
        "alt": base.alt,
        **{name: value for name, value in told.items() if value is not None},
    }


def _by_day(site: Site) -> dict[str, SharedDrawings]:
    days: dict[str, list[SiteBase]] = {}
    for base in site.bases:
        days.setdefault(base.day, []).append(base)
    return {day: shared(day, bases) for day, bases in days.items()}


def _drawing(base: SiteBase, day: SharedDrawings) -> dict[str, object]:
    """The drawing, and the table whose rows stand in it."""
    return {"shapes": day.told, "svg": b64encode(day.drawings[base.id]).decode()}


def _slot(slot: Slot) -> dict[str, object]:
    box = slot.box
    return {
        "x": box.x,
        "y": box.y,
        "width": box.width,
        "height": box.height,
        "largest": slot.largest,
        "smallest": slot.smallest,
        "lines": slot.max_lines,
        "center": slot.center,
    }
