"""The recipe of a press kit: texts, pictures, logos, and a page that shows them all, in one archive."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from dxassets.backends.logo_reader import open_logo
from dxassets.backends.pdf_reader import page_to_pixels
from dxassets.backends.rasterizer import read_pixels, thumbnail
from dxassets.backends.word import ParagraphStyle
from dxassets.backends.zipped import zipped
from dxassets.errors import AssetError, GateError
from dxassets.jobs import AnyJob, Facts, Job, Rendered
from dxassets.kinds.holding import made
from dxassets.kinds.paper import begin_paper, paper_look
from dxassets.kinds.press.spec import PressPicture, PressSection, PressSpec
from dxassets.kinds.press.words import CONTACTS, LINKS, PAGE, USES, caption_lines, contact_line, readme_lines
from dxassets.logos import PngLogo
from dxassets.notation import extent, weight
from dxassets.renderers.faces import templates_of
from dxassets.resources import Resources, called

INDEX = "index.html"
README = "doc-truoc.txt"
WORD_TEXT = "van-ban/thong-tin-bao-chi.docx"
PLAIN_TEXT = "van-ban/thong-tin-bao-chi.txt"
CAPTIONS = "van-ban/chu-thich-anh.txt"
MOST_KIT = 25_000_000
"""Bytes: what Gmail takes as an attachment."""
TEMPLATE = "press/index.html.j2"
_SHOWN_PX, _CARD_PX = 720, 480
_HEADING = ParagraphStyle(
    "Mục", "Muc", 14, bold=True, before_pt=12, after_pt=4, keep_with_next=True, outline=1
)
_TEXT = ParagraphStyle("Nội dung", "NoiDung", 14, line_pt=20, after_pt=6)
_LOOK = paper_look(14, 16, 13, _HEADING, _TEXT, about_after_pt=8)


@dataclass(frozen=True, slots=True)
class _ShownPicture:
    """A picture as the page shows it: by a small copy, since no browser need load all of them whole."""

    picture: PressPicture
    alt: str
    rendered: Rendered
    small: bytes

    @property
    def small_file(self) -> str:
        """Where the small copy lies."""
        return f"xem-truoc/{self.picture.file.rpartition('/')[2].replace('.', '-')}.webp"

    @property
    def size(self) -> str:
        """Its own size, for people."""
        facts = self.rendered.facts
        return extent(facts.width, facts.height, facts.unit, "vi")


def render(job: Job[PressSpec], resources: Resources) -> Rendered:
    """The kit in one archive; `AssetError` and `GateError` where a picture can't be made."""
    spec = job.spec
    shown = [_made(picture, part, resources) for picture, part in zip(spec.pictures, job.parts, strict=True)]
    files = {WORD_TEXT: _docx(spec), PLAIN_TEXT: _lined(plain_lines(spec))}
    if shown:
        files[CAPTIONS] = _lined(caption_lines([(each.picture, each.alt) for each in shown]))
    files |= {each.picture.file: each.rendered.data for each in shown}
    files |= {logo.file: _logo(logo.source, resources) for logo in spec.logos if logo.source is not None}
    named = [f"{name} ({weight(len(data), 'vi')})" for name, data in files.items()]
    files = {README: _lined(readme_lines(spec, named)), **files}
    files |= {each.small_file: each.small for each in shown}
    page = templates_of(resources, job.inputs).render(TEMPLATE, _context(spec, shown, files))
    slots = "; ".join(f"{logo.title[1]}: {logo.file or 'empty'}" for logo in spec.logos)
    facts = Facts(0, 0, "px", "text", max_bytes=MOST_KIT, notes=(("logos", slots),))
    preview = partial(_small, shown[0].rendered, _CARD_PX) if shown else None
    return Rendered(zipped({INDEX: page.encode(), **files}), "application/zip", facts, preview)


def _context(spec: PressSpec, shown: list[_ShownPicture], files: dict[str, bytes]) -> dict[str, object]:
    """What the page's template is filled with."""
    texts = [(WORD_TEXT, PAGE["word"]), (PLAIN_TEXT, PAGE["plain"]), (CAPTIONS, PAGE["captions"])]
    return {
        "spec": spec,
        "t": PAGE,
        "texts": [(name, title) for name, title in texts if name in files],
        "readme": README,
        "links_title": LINKS,
        "uses": USES,
        "days": [list(of_day) for _, of_day in groupby(shown, key=lambda each: each.picture.day)],
        "weights": {name: weight(len(data), "vi") for name, data in files.items()},
    }


def _made(picture: PressPicture, part: AnyJob, resources: Resources) -> _ShownPicture:
    """A picture of the kit; where it can't be made, the error says which one."""
    try:
        rendered = made(part, resources)
    except (AssetError, GateError) as error:
        places = [": ".join(filter(None, (picture.file, each.where))) for each in error.problems]
        told = [replace(each, where=place) for each, place in zip(error.problems, places, strict=True)]
        raise AssetError(*told) from error
    return _ShownPicture(picture, rendered.alt or part.alt, rendered, _small(rendered, _SHOWN_PX))


def _small(rendered: Rendered, longest: int) -> bytes:
    if rendered.media_type == "application/pdf":
        longer = max(rendered.facts.width, rendered.facts.height)
        return thumbnail(page_to_pixels(rendered.data, 0, px_per_mm=2 * longest / longer), longest)
    return thumbnail(read_pixels(rendered.data), longest)


def _logo(source: str, resources: Resources) -> bytes:
    """A logo as it was read: an SVG is written anew, so that nothing in it runs or points elsewhere."""
    logo = open_logo(resources.read(source).data, called(source)).logo
    if isinstance(logo, PngLogo):
        return logo.data
    view = logo.view
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{view.width:g}" height="{view.height:g}" '
        f'viewBox="{view.x:g} {view.y:g} {view.width:g} {view.height:g}">{logo.markup}</svg>\n'
    ).encode()


def _lined(lines: list[str]) -> bytes:
    """A text as Notepad of any Windows opens it."""
    return "\r\n".join(lines).encode()


def all_sections(spec: PressSpec) -> list[PressSection]:
    """What the text says, links and contacts included."""
    links = tuple(line for line, _ in spec.links)
    more = [(LINKS[0], links), (CONTACTS[0], tuple(contact_line(each) for each in spec.contacts))]
    return [*spec.sections, *(PressSection(heading, said) for heading, said in more if said)]


def plain_lines(spec: PressSpec) -> list[str]:
    """The text without type."""
    lines = [spec.head.upper(), spec.title, spec.author]
    for section in all_sections(spec):
        lines += ["", *([section.heading.upper(), ""] if section.heading else [])]
        for paragraph in section.paragraphs:
            lines += [paragraph]
    return [*lines, ""]


def _docx(spec: PressSpec) -> bytes:
    document = begin_paper(_LOOK, spec.head.upper(), title=spec.title, author=spec.author)
    for section in all_sections(spec):
        if section.heading:
            document.add_line(section.heading, _HEADING)
        for paragraph in section.paragraphs:
            document.add_line(paragraph, _TEXT)
    return document.to_bytes()
