"""What of a picture is the same for all agencies: its look, and the brief that its composition is given."""

from __future__ import annotations

from dataclasses import dataclass

from dxassets.backends.qr import QrMatrix, encode
from dxassets.brand import Theme
from dxassets.geometry import Insets, Size
from dxassets.jobs import DayWords, LinkWords
from dxassets.presets import Preset, Proportions
from dxassets.renderers.pictures.spec import PictureSpec
from dxassets.typesetting.composition import Composition
from dxassets.typesetting.layout import Brief, Shares, Words
from dxassets.typesetting.legibility import SCAN_DISTANCE_PER_WIDTH

LEAST_MODULE_PX = 3.0
"""House rule for screens (a rule of the trade; ISO/IEC 18004 names none)."""
LEAST_MODULE_SHARED_PX = 5.0
"""Of pictures that are passed on: messengers make them smaller, and weak phones read them off a screen."""
LEAST_MODULE_MM = 0.4


@dataclass(frozen=True, slots=True)
class PictureLook:
    """All that decides a base layer; equal looks share it."""

    preset: Preset
    proportions: Proportions
    theme: Theme
    day: DayWords
    call: str
    link: LinkWords | None
    phrases: tuple[str, ...]
    plans: tuple[Composition, ...]
    inputs: tuple[tuple[str, str], ...]


def look_of(spec: PictureSpec, inputs: tuple[tuple[str, str], ...]) -> PictureLook:
    """The look of a picture that is drawn with those files."""
    # the logo is the agency's: all agencies share a base
    shared = tuple(each for each in inputs if each[0] != spec.logo)
    return PictureLook(
        spec.preset,
        spec.proportions,
        spec.theme,
        spec.day,
        spec.call,
        spec.link,
        spec.phrases,
        spec.plans,
        shared,
    )


def code_of(look: PictureLook) -> QrMatrix | None:
    """The symbol of the main link, on presets that show one."""
    return None if look.link is None or look.preset.qr != "card" else encode(look.link.url, "M")


def brief_for(look: PictureLook) -> Brief:
    """The composition's brief, in the preset's unit."""
    preset, theme, day = look.preset, look.theme, look.day
    slogan = (day.slogan.parts, (day.slogan.short,))
    box = preset.safe_box
    safe = Insets(box.y, preset.width - box.right, preset.height - box.bottom, box.x)
    shares = look.proportions.model_dump(exclude={"family"})
    code = code_of(look)
    beside = (look.call, "" if look.link is None else look.link.domain, look.phrases)
    return Brief(
        family=preset.family,
        size=Size(preset.width, preset.height),
        safe=safe,
        trim=safe if preset.medium == "print" else Insets(0, 0, 0, 0),
        shares=Shares(**shares),
        min_text=preset.min_text,
        levels=frozenset(preset.levels) - ({"call"} if look.link is None else set()),
        center=theme.align == "center",
        capitals=theme.capitals,
        banded=theme.has_band(day.motif),
        bordered=theme.border is not None,
        qr_modules=None if code is None else code.side,
        least_module=_least_module(preset),
        on_pixels=preset.unit == "px",
        words=Words(day.mark, day.name, slogan, *beside, day.slogan.emphasis, day.slogan.text),
        plans=look.plans,
        keep=preset.keep_box,
        least_symbol=(preset.scan_from or 0.0) * 1000 / SCAN_DISTANCE_PER_WIDTH,
        headline=theme.headline,
    )


def _least_module(preset: Preset) -> float:
    """The least side of a code's module, in the preset's unit."""
    if preset.unit == "mm":
        return LEAST_MODULE_MM
    return LEAST_MODULE_SHARED_PX if preset.medium == "social" else LEAST_MODULE_PX
