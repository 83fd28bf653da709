"""What a banner is called."""

from __future__ import annotations

from dxassets.jobs import is_english
from dxassets.kinds.banner.spec import BannerSpec


def banner_title(spec: BannerSpec) -> str:
    """Preset, theme and day in a few words."""
    titles = (spec.preset.title, spec.theme.title)
    shape, look = (title.en if is_english(spec.day.lang) else title.vi for title in titles)
    return f"{shape} · {look} · {spec.day.label}"
