"""What people read of a frame that they can't see, and how frames are told apart."""

from __future__ import annotations

from dxassets.jobs import is_english
from dxassets.kinds.faces import Text
from dxassets.kinds.frame.spec import FrameSpec, FrameStyle
from dxassets.vietnamese import sentences

_NAMES: dict[FrameStyle, Text] = {
    "ring": ("Khung ảnh đại diện tròn", "Round avatar frame"),
    "square": ("Khung ảnh đại diện vuông", "Square avatar frame"),
}
_STYLES = {"ring": ("Tròn", "Ring"), "square": ("Vuông", "Square")}


def _name(spec: FrameSpec) -> str:
    vi, en = _NAMES[spec.style]
    return en if is_english(spec.day.lang) else vi


def frame_title(spec: FrameSpec) -> str:
    """Style, size, theme and day in a few words."""
    title = spec.theme.title
    look = title.en if is_english(spec.day.lang) else title.vi
    return f"{_name(spec)} {spec.size} px · {look} · {spec.day.label}"


def frame_alt(spec: FrameSpec, shown: str | None) -> str:
    """What the frame is and says; `shown` is the office's name that it bears, if it bears one."""
    said = [_name(spec), *([spec.day.mark] if spec.day.mark else []), spec.day.name]
    return sentences([*said, shown] if shown else said)


def card_title(preset: str) -> Text:
    """Style and size: day and theme stand above the group already."""
    style, _, side = preset.partition("-")
    vi, en = _STYLES.get(style, (style, style))
    return f"{vi} {side} px", f"{en} {side} px"


def form_title(preset: str) -> str:
    """Style and size on the approval sheet."""
    style, _, side = preset.partition("-")
    return f"Khung {'tròn' if style == 'ring' else 'vuông'} {side}"
