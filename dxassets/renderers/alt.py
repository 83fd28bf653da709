"""The alternative text of a banner: exactly the words that stand in the picture (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

from dxassets.jobs import BannerSpec
from dxassets.typesetting.layout import Layout, TextLine
from dxassets.vietnamese import upper


def words_shown(spec: BannerSpec, layout: Layout, agency: tuple[TextLine, ...]) -> str:
    """The picture's words in reading order, in the wording that fitted, as sentences."""
    roles = {line.role for line in layout.lines}
    said: list[str] = []
    if "mark" in roles:
        said.append(spec.day.numerals)
    if "name" in roles:
        said.append(spec.day.name)
    if layout.wording != "none":
        slogan = spec.day.slogan
        said.append(slogan.text if layout.wording == "full" else slogan.short)
    if agency:
        said.append(shown_name(spec, agency))
    if layout.card is not None:
        said.append(f"Mã QR: {spec.call}, {spec.link.domain}")
    elif "domain" in roles:
        said.append(spec.link.domain)
    return " ".join(text if text.endswith((".", "!", "?", "…")) else f"{text}." for text in said)


def shown_name(spec: BannerSpec, agency: tuple[TextLine, ...]) -> str:
    """The agency's name as it was taken, full or short, in its own case."""
    shown = " ".join(line.text for line in agency)
    return spec.agency.name if shown == upper(spec.agency.name) else spec.agency.short_name


def frame_alt(planned: str, asked: str | None, shown: str | None) -> str | None:
    """A frame's planned alternative text with the name that it shows; None where that is the one planned."""
    if shown == asked:
        return None
    rest = planned.removesuffix(f"{asked}.").rstrip()
    return f"{rest} {shown}." if shown else rest
