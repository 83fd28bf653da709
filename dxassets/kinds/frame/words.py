"""What people read of a frame that they can't see, and how frames are told apart."""

from __future__ import annotations

from collections.abc import Mapping

from dxassets.brand import FrameStyle
from dxassets.jobs import is_english
from dxassets.kinds.faces import Text
from dxassets.kinds.frame.spec import FrameSpec
from dxassets.vietnamese import sentences

_NAMES: dict[FrameStyle, Text] = {
    "foot": ("Khung ảnh đại diện, dải chân", "Avatar frame, a band at the foot"),
    "badge": ("Khung ảnh đại diện, vòng mảnh", "Avatar frame, a slim ring"),
    "woven": ("Khung ảnh đại diện, vòng thổ cẩm", "Avatar frame, a woven ring"),
    "ribbon": ("Khung ảnh đại diện, băng góc", "Avatar frame, a corner ribbon"),
    "ring": ("Khung ảnh đại diện, vòng dày", "Avatar frame, a broad ring"),
    "square": ("Khung ảnh đại diện vuông", "Square avatar frame"),
}
STYLE_NAMES: Mapping[str, Text] = {
    "foot": ("Dải chân", "Foot band"),
    "badge": ("Vòng mảnh", "Slim ring"),
    "woven": ("Vòng thổ cẩm", "Woven ring"),
    "ribbon": ("Băng góc", "Corner ribbon"),
    "ring": ("Vòng dày", "Broad ring"),
    "square": ("Vuông", "Square"),
}


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
    vi, en = STYLE_NAMES.get(style, (style, style))
    return f"{vi} {side} px", f"{en} {side} px"


def form_title(preset: str) -> str:
    """Style and size on the approval sheet."""
    style, _, side = preset.partition("-")
    vi, _ = STYLE_NAMES.get(style, (style, style))
    return f"Khung {vi.lower()} {side}"
