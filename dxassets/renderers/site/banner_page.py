"""What the banner page's script is told: in the page what its first picture needs, apart who is on the list.

The list of agencies is a script of its own, which the page loads when somebody looks for one: of thousands it
weighs more than everything else that the page needs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from dxassets.brand import Theme
from dxassets.days import Day
from dxassets.presets import Preset
from dxassets.renderers.site import filters
from dxassets.renderers.site.goods import GOODS, LIBRARY
from dxassets.renderers.site.handing import handed
from dxassets.renderers.site.model import Site, SiteBanner, SiteShelf
from dxassets.renderers.site.naming import HAND, looks_of
from dxassets.renderers.site.texts import SiteLang
from dxassets.vietnamese import fold

AGENCIES = "js/agencies.js"
ASKED_FOR = (
    *("js/letters", "js/words.js", "js/png.js", "js/drawing.js", "js/bases.js", "sizes/"),
    *("js/packing.js", "js/printing.js", LIBRARY, GOODS),
)
"""How the names of the files begin for which the page's script asks by itself."""
_MEDIA = ("web", "social", "screen", "print")
_PLAIN = 8
"""Files that are linked without a script; a page of its own has them all."""
Ready = Callable[[SiteShelf], Mapping[str, str]]
"""Where an agency's ready-made banners lie and are listed; nothing where it has none."""


def agencies_script(site: Site, ready: Ready) -> bytes:
    """The script that hands over who is on the list."""
    return handed(HAND, "agencies", [_agency(shelf, ready) for shelf in site.shelves])


def banner_data(site: Site, lang: SiteLang, texts: Mapping[str, Any], ready: Ready) -> dict[str, object]:
    """What the page's script needs at once, as JSON."""
    first = site.first_shelf
    return {
        "first": first and _agency(first, ready),
        "presets": {preset.id: _preset(preset, lang) for preset in site.used_presets},
        "looks": looks_of(site),
        "worn": {day.id: site.theme_of(day).id for day in site.days},
        "phrases": site.campaign.phrases,
        "sizes": texts["sizes"],
        "spoken": site.campaign.lang,
    }


def banner_parts(site: Site) -> dict[str, object]:
    """What the page itself shows: sizes by medium, and some plain links for who has no script."""
    presets = site.used_presets
    return {
        # what somebody would type for an agency that is on this very list
        "hint": fold((site.shelves[-1].agency if site.shelves else site.campaign.issuer).short_name),
        "media": [
            (medium, chosen)
            for medium in _MEDIA
            if (chosen := [preset for preset in presets if preset.medium == medium])
        ],
        "plain_ones": [banner for _, _, banners in ready_looks(site) for banner in banners][:_PLAIN],
    }


def ready_looks(site: Site) -> list[tuple[Day, Theme, list[SiteBanner]]]:
    """What the first agency has ready-made, by day and theme; the sizes that the campaign offers first."""
    banners = site.first_shelf.banners if site.first_shelf else ()
    first = site.campaign.site.presets
    found: list[tuple[Day, Theme, list[SiteBanner]]] = []
    for day in site.days:
        for theme in site.used_themes:
            mine = [banner for banner in banners if (banner.day, banner.theme) == (day.id, theme.id)]
            if mine:
                found.append((day, theme, sorted(mine, key=lambda banner: banner.preset not in first)))
    return found


def _agency(shelf: SiteShelf, ready: Ready) -> list[object]:
    """An agency as the page's script takes it: id, name, short name, and what more there is to it."""
    agency = shelf.agency
    more = {**ready(shelf), **({"logo": True} if shelf.has_logo else {})}
    return [agency.id, agency.name, agency.short_name, *([more] if more else [])]


def _preset(preset: Preset, lang: SiteLang) -> dict[str, object]:
    return {
        "title": filters.said(preset.title, lang),
        "width": preset.width,
        "height": preset.height,
        "unit": preset.unit,
        "medium": preset.medium,
        **({"most": preset.max_bytes} if preset.max_bytes else {}),
    }
