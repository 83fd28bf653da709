"""What people read of an asset that they can't see: titles and alternative texts, in Vietnamese."""

from __future__ import annotations

from dxassets.brand import Theme
from dxassets.campaign import Agency, Campaign, Day
from dxassets.jobs import FrameStyle, LinkWords
from dxassets.presets import Preset

_FRAME_NAMES: dict[FrameStyle, str] = {
    "ring": "Khung ảnh đại diện tròn",
    "square": "Khung ảnh đại diện vuông",
}


def banner_title(preset: Preset, theme: Theme, day: Day) -> str:
    """Preset, theme and day in a few words."""
    return f"{preset.title.vi} · {theme.title.vi} · {day.numerals}"


def banner_alt(preset: Preset, day: Day, *, agency: Agency, call: str, link: LinkWords) -> str:
    """The words that stand in the picture, in the order in which they are read."""
    said = {
        "mark": day.numerals,
        "name": day.name,
        "slogan": day.slogan.text,
        "agency": agency.name,
    }
    order = ("mark", "name", "slogan", "agency")
    sentences = [said[level] for level in order if level in preset.levels]
    if preset.qr == "card":
        said_below = f"{call}, " if "call" in preset.levels else ""
        sentences.append(f"Mã QR: {said_below}{link.domain}")
    return _joined(sentences)


def frame_title(style: FrameStyle, theme: Theme, *, day: Day, size: int) -> str:
    """Style, size, theme and day in a few words."""
    return f"{_FRAME_NAMES[style]} {size} px · {theme.title.vi} · {day.numerals}"


def frame_alt(style: FrameStyle, day: Day, *, agency_name: str | None = None) -> str:
    """What the frame is and says; the office's name only where it bears one."""
    said = [_FRAME_NAMES[style], day.numerals, day.name]
    return _joined([*said, agency_name] if agency_name else said)


def qr_title(link: LinkWords) -> str:
    """Where the code leads."""
    return f"Mã QR · {link.label}"


def qr_alt(link: LinkWords) -> str:
    """What stands below the code: label and domain."""
    return f"Mã QR: {link.label} – {link.domain}"


def letter_title(file_format: str) -> str:
    """The letter, and as what."""
    return "Công văn (bản Word)" if file_format == "docx" else "Công văn (bản PDF)"


def letter_alt(campaign: Campaign) -> str:
    """Whose letter it is, and about what."""
    return _joined([f"Công văn của {campaign.issuer.name}", campaign.title])


def _joined(sentences: list[str]) -> str:
    """The sentences with one stop between each two, and none doubled."""
    return " ".join(text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in sentences)
