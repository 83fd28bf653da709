"""What one agency has ready-made, told to the banner page: short, for its first picture waits for it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from dxassets.renderers.site.editions import DIGITS
from dxassets.renderers.site.handing import handed
from dxassets.renderers.site.model import SiteBanner, SiteShelf

ALT_HERE, START_HERE = "{alt}", "{}"
"""In an embed code: where the banner's words stand, and how its files' names begin."""


def shelf_list(shelf: SiteShelf, address_of: Callable[[str], str]) -> bytes:
    """The script. Texts are told once and then called by their number: looks differ, words seldom do.

    Each look is its day, its theme, the text with which all its files' names begin, and its banners. A banner
    is its preset, the numbers of its alt, embed code and plain text (or null), the picture that is shown, and
    each file with its weight and the digits in its address. Of files only what follows the preset in their
    names is said, and of an embed code not what `ALT_HERE` and `START_HERE` stand for.
    """
    words: dict[str, int] = {}

    def number(text: str | None) -> int | None:
        return None if text is None else words.setdefault(text, len(words))

    def entry(banner: SiteBanner, start: str) -> list[object]:
        left_out = len(start) + len(banner.preset)
        files = {file.path[left_out:]: [file.bytes, file.sha256[:DIGITS]] for file in banner.files}
        shown = banner.shown and banner.shown[left_out:]
        if banner.shown and shown not in files:
            shown = address_of(banner.shown)[left_out:]
        embed = banner.embed
        if embed is not None:
            embed = embed.replace(start.rpartition("/")[2], START_HERE)
            embed = embed.replace(f'"{escape(banner.alt)}"', f'"{ALT_HERE}"')
        told = (number(banner.alt), number(embed), number(banner.plain))
        return [banner.preset, *told, shown, files]

    looks: dict[tuple[str, str, str], list[object]] = {}
    for banner in shelf.banners:
        path = banner.files[0].path
        start = path[: path.rindex(banner.preset)]
        looks.setdefault((banner.day, banner.theme, start), []).append(entry(banner, start))
    told = [[day, theme, start[len(shelf.folder) + 1 :], said] for (day, theme, start), said in looks.items()]
    return handed("dxassetsShelf", shelf.agency.id, {"words": list(words), "looks": told})
