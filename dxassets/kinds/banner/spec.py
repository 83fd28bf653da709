"""All that decides a banner's bytes, beside the files it is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dxassets.presets import Format
from dxassets.renderers.pictures.spec import PictureSpec

PageKind = Literal["plain", "marks", "proof", "nameless"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerSpec(PictureSpec):
    """A banner.

    `scale` is 2 for the raster of a dense screen; `page` is what a PDF holds beside the picture, or
    that it leaves out the agency's name. `debug` draws the composition over the picture.
    """

    format: Format
    scale: int = 1
    page: PageKind = "plain"
    debug: bool = False
