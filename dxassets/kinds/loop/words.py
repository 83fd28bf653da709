"""What people read of a loop."""

from __future__ import annotations

from dxassets.jobs import is_english
from dxassets.kinds.loop.spec import LoopSpec
from dxassets.renderers.pictures.words import picture_alt

_FORMS = {
    "mp4": ("phim MP4", "MP4 film"),
    "webp": ("WebP động", "animated WebP"),
    "gif": ("GIF động", "animated GIF"),
    "png": ("ảnh tĩnh thay thế", "still in its place"),
}


def loop_title(spec: LoopSpec) -> str:
    """Size, theme and day in a few words."""
    vi, en = _FORMS[spec.format]
    titles = (spec.preset.title, spec.theme.title)
    english = is_english(spec.day.lang)
    shape, look = (title.en if english else title.vi for title in titles)
    return f"{shape} · {look} · {spec.day.label} ({en if english else vi})"


def loop_alt(spec: LoopSpec) -> str:
    """The words in the picture; motion adds none."""
    return picture_alt(spec)
