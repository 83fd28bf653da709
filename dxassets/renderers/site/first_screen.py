"""What a phone is given that puts the site on its first screen: icons, and the manifest that names them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dxassets.backends import rasterizer
from dxassets.backends.shaper import Shaper
from dxassets.digest import digest
from dxassets.renderers.site import drawing
from dxassets.renderers.site.editions import address
from dxassets.renderers.site.model import Site


def icons_of(site: Site, shaper: Shaper) -> dict[str, bytes]:
    """The icons by path: round ones, and whole ones for platforms that cut."""
    day, theme = site.days[0], site.theme
    round_one = drawing.icon_svg(day, theme, shaper, rounding=0.22)
    whole = drawing.icon_svg(day, theme, shaper, rounding=0.0)
    return {
        "icons/icon.svg": round_one.encode(),
        "icons/icon-180.png": _png(whole, 180),
        "icons/icon-192.png": _png(round_one, 192),
        "icons/icon-512.png": _png(round_one, 512),
        "icons/maskable-512.png": _png(whole, 512),
    }


def web_manifest(site: Site, assets: Mapping[str, bytes]) -> bytes:
    """What a phone is told that puts the site on its first screen."""

    def icon(name: str, side: int, **more: str) -> dict[str, str]:
        path = f"icons/{name}-{side}.png"
        place = address(path, digest(assets[path]))
        return {"src": place, "sizes": f"{side}x{side}", "type": "image/png", **more}

    document = {
        "name": site.campaign.title,
        "short_name": site.days[0].label,
        "lang": site.campaign.lang,
        "start_url": "./index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": str(site.theme.palette.ground[0]),
        "icons": [icon("icon", 192), icon("icon", 512), icon("maskable", 512, purpose="maskable")],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _png(svg: str, side: int) -> bytes:
    scaled = svg.replace(
        f'width="{drawing.ICON_SIDE:g}" height="{drawing.ICON_SIDE:g}" viewBox',
        f'width="{side}" height="{side}" viewBox',
        1,
    )
    return rasterizer.pixels_to_png(rasterizer.svg_to_pixels(scaled, alpha=True))
