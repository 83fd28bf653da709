"""What people read of a frame that they can't see, and how frames are told apart."""

from __future__ import annotations

from dxassets.kinds.faces import Text
from dxassets.kinds.frame.spec import FrameSpec, FrameStyle
from dxassets.vietnamese import sentences

_NAMES: dict[FrameStyle, str] = {
    "ring": "Khung ảnh đại diện tròn",
    "square": "Khung ảnh đại diện vuông",
}
_STYLES = {"ring": ("Tròn", "Ring"), "square": ("Vuông", "Square")}


def frame_title(spec: FrameSpec) -> str:
    """Style, size, theme and day in a few words."""
    return f"{_NAMES[spec.style]} {spec.size} px · {spec.theme.title.vi} · {spec.day.numerals}"


def frame_alt(spec: FrameSpec, shown: str | None) -> str:
    """What the frame is and says; `shown` is the office's name that it bears, if it bears one."""
    said = [_NAMES[spec.style], spec.day.numerals, spec.day.name]
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
