"""All that decides a loop's bytes, beside the files it is drawn with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dxassets.renderers.pictures.spec import PictureSpec

LoopFormat = Literal["mp4", "webp", "gif", "png"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopSpec(PictureSpec):
    """A loop, or as ``png`` the still that stands in for it; `max_bytes` is what its target takes."""

    format: LoopFormat
    max_bytes: int | None = None
