"""The words of a picture, for people who can't see it (WCAG 2.2, 1.1.1)."""

from __future__ import annotations

from dxassets.jobs import code_word
from dxassets.renderers.pictures.spec import PictureSpec
from dxassets.typesetting.layout import Layout, TextLine
from dxassets.vietnamese import sentences, upper


def picture_alt(spec: PictureSpec) -> str:
    """The words that are to stand in the picture, in the order in which they are read."""
    said = {
        "mark": spec.day.mark or "",
        "name": spec.day.name,
        "slogan": spec.day.slogan.text,
        "agency": spec.agency.name,
    }
    order = ("mark", "name", "slogan", "agency")
    told = [said[level] for level in order if level in spec.preset.levels and said[level]]
    if spec.preset.qr == "card" and spec.link is not None:
        said_below = f"{spec.call}, " if "call" in spec.preset.levels else ""
        told.append(f"{code_word(spec.link)}: {said_below}{spec.link.domain}")
    return sentences(told)


def words_shown(spec: PictureSpec, layout: Layout, agency: tuple[TextLine, ...]) -> str:
    """The picture's words in reading order, in the wording that fitted, as sentences."""
    roles = {line.role for line in layout.lines}
    said: list[str] = []
    if "mark" in roles and spec.day.mark is not None:
        said.append(spec.day.mark)
    if "name" in roles:
        said.append(spec.day.name)
    if layout.wording != "none":
        slogan = spec.day.slogan
        said.append(slogan.text if layout.wording == "full" else slogan.short)
    if agency:
        said.append(shown_name(spec, agency))
    if spec.link is None:
        return sentences(said)
    if layout.card is not None:
        said.append(f"{code_word(spec.link)}: {spec.call}, {spec.link.domain}")
    elif "domain" in roles:
        said.append(spec.link.domain)
    return sentences(said)


def shown_name(spec: PictureSpec, agency: tuple[TextLine, ...]) -> str:
    """The agency's name as it was taken, full or short, in its own case."""
    shown = " ".join(line.text for line in agency)
    return spec.agency.name if shown == upper(spec.agency.name) else spec.agency.short_name
