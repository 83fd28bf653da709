"""Frames in small, to choose from: the avatar page loads no picture by its address, so these are scripts."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable

from dxassets.backends import rasterizer
from dxassets.renderers.site.model import SiteFrame

SIDE = 96
"""Side in px: twice what is shown, for the screens of phones."""
_SIZE = re.compile(r'(<svg[^>]*?) width="[\d.]+" height="[\d.]+"')


def thumbs_of(frames: Iterable[SiteFrame]) -> dict[str, dict[str, str]]:
    """A small picture of each frame as an address that holds it whole, by day and theme and then by style."""
    found: dict[str, dict[str, str]] = {}
    for frame in frames:
        small = _SIZE.sub(rf'\1 width="{SIDE}" height="{SIDE}"', frame.svg, count=1)
        picture = rasterizer.thumbnail(rasterizer.svg_to_pixels(small, alpha=True), SIDE)
        address = f"data:image/webp;base64,{b64encode(picture).decode()}"
        found.setdefault(f"{frame.day}-{frame.theme}", {})[frame.style] = address
    return found
