"""Print pages without a name, handed over by scripts: the page draws any agency's name into a copy."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping

from dxassets.digest import digest
from dxassets.renderers.site.editions import DIGITS
from dxassets.renderers.site.handing import handed
from dxassets.renderers.site.model import Site, SitePrint

_HAND = "dxassetsHand"


def print_files(site: Site) -> dict[str, bytes]:
    """The scripts, by path; none of pages that are too heavy, or have no drawing beside them."""
    drawn = {base.id for base in site.bases}
    return {
        path_of_page(page): handed(_HAND, f"page {page.id}", b64encode(page.pdf).decode())
        for page in site.prints
        if page.pdf is not None and page.id in drawn
    }


def prints_told(site: Site, files: Mapping[str, bytes]) -> dict[str, dict[str, object]]:
    """What a look's drawing says of its print page, by its id: where it lies, or how heavy it would be."""
    return {page.id: _told(page, files) for page in site.prints}


def path_of_page(page: SitePrint) -> str:
    """Where the script of a page lies: beside that of its drawing."""
    return f"bases/{page.id}.pdf.js"


def _told(page: SitePrint, files: Mapping[str, bytes]) -> dict[str, object]:
    script = files.get(path_of_page(page))
    if script is None:
        return {"heavy": page.bytes}
    return {"digits": digest(script)[:DIGITS], "scale": page.scale, "bleed": page.bleed}
