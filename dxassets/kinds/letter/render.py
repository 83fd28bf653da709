"""The letter as a job: files found, links turned into codes, one of both formats made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import cast

from dxassets.backends.pdf_reader import page_sizes, page_to_pixels
from dxassets.backends.qr import encode
from dxassets.backends.rasterizer import thumbnail
from dxassets.brand import parse_brand
from dxassets.dispatch import (
    FORM,
    Dispatch,
    Edition,
    LetterFill,
)
from dxassets.errors import MissingLibraryError
from dxassets.jobs import MEDIA_TYPES, Code, Facts, Job, LinkWords, Rendered
from dxassets.kinds.letter.merging import letter_of
from dxassets.kinds.letter.parts import QUIET_ZONE, Cut, LetterParts, QrPart
from dxassets.kinds.letter.pdf_letter import STYLE_SHEET, TEMPLATE, letter_pdf
from dxassets.kinds.letter.spec import LetterSpec
from dxassets.kinds.letter.word_letter import FONT, letter_docx
from dxassets.resources import Resources

PREVIEW_PX = 480
_PREVIEW_PX_PER_MM = 4.0


def render(job: Job[LetterSpec], resources: Resources) -> Rendered:
    """The letter of `job` in its format; `DispatchError` or `AssetError` when it can't be made."""
    spec = job.spec
    dispatch = letter_of(spec, resources.data).dispatch
    fill = LetterFill(spec.number, spec.issued, spec.signer)
    sources = _sources(spec, resources)
    parts = _parts(sources)
    try:
        pdf = _pdf(dispatch, fill, spec.edition, sources)
    except MissingLibraryError:
        if spec.format == "pdf":
            raise
        pdf = None  # a Word file needs no Pango; only its pages and its preview are seen in the PDF
    pages = () if pdf is None else page_sizes(pdf)
    facts = Facts(
        pages[0].width if pages else FORM.page_width_mm,
        pages[0].height if pages else FORM.page_height_mm,
        "mm",
        "document",
        codes=_codes(dispatch, spec),
        notes=_notes(dispatch, parts, spec.format),
        pages=len(pages) or None,
    )
    if pdf is not None and spec.format == "pdf":
        made = pdf
    else:
        made = letter_docx(dispatch, fill, parts, edition=spec.edition)
    return Rendered(made, MEDIA_TYPES[spec.format], facts, None if pdf is None else partial(_preview, pdf))


@lru_cache(maxsize=2)
def _preview(pdf: bytes) -> bytes:
    return thumbnail(page_to_pixels(pdf, 0, px_per_mm=_PREVIEW_PX_PER_MM), PREVIEW_PX)


@dataclass(frozen=True, slots=True)
class _Sources:
    """What a letter is made with, as values that can be compared."""

    fonts: tuple[tuple[Cut, bytes], ...]
    spare: tuple[tuple[Cut, bytes], ...]
    family: str
    links: tuple[LinkWords, ...]
    unset: tuple[str, ...]
    templates: tuple[tuple[str, str], ...]


@lru_cache(maxsize=2)
def _parts(sources: _Sources) -> LetterParts:
    """The same, with codes drawn; kept, so that templates and fonts are read once for many letters."""
    unset = {name: QrPart(None, "") for name in sources.unset}
    drawn = {link.id: QrPart(encode(link.url), link.domain) for link in sources.links}
    templates = dict(sources.templates)
    qr = {**unset, **drawn}
    fonts, spare = dict(sources.fonts), dict(sources.spare)
    return LetterParts(fonts, qr, templates.__getitem__, sources.family, spare)


def _sources(spec: LetterSpec, resources: Resources) -> _Sources:
    face = parse_brand(resources.read("brand/brand.toml").data, "brand/brand.toml").typefaces.text

    def read(files: Mapping[str, str]) -> tuple[tuple[Cut, bytes], ...]:
        return tuple((cast("Cut", cut), resources.read(f"brand/{name}").data) for cut, name in files.items())

    return _Sources(
        fonts=read(face.files),
        spare=read(face.spare.files if face.spare else {}),
        family=face.family,
        links=spec.links,
        unset=spec.unset,
        templates=tuple(
            (name, resources.read(f"templates/{name}").data.decode()) for name in (TEMPLATE, STYLE_SHEET)
        ),
    )


@lru_cache(maxsize=2)
def _pdf(dispatch: Dispatch, fill: LetterFill, edition: Edition, sources: _Sources) -> bytes:
    """The PDF, made once for the two jobs of a letter."""
    return letter_pdf(dispatch, fill, _parts(sources), edition=edition)


def _codes(dispatch: Dispatch, spec: LetterSpec) -> tuple[Code, ...]:
    """The codes that both formats show, wherever they come to stand."""
    by_id = {link.id: link for link in spec.links}
    names = dispatch.qr_ids(letter=spec.edition.has_letter, annex=spec.edition.has_annex)
    shown = [by_id[name] for name in names if name in by_id]
    sides = [encode(link.url).side + 2 * QUIET_ZONE for link in shown]
    return tuple(Code(link.url, module=FORM.qr_mm / side) for link, side in zip(shown, sides, strict=True))


def _notes(dispatch: Dispatch, parts: LetterParts, file_format: str) -> tuple[tuple[str, str], ...]:
    """What a person should know: a face that stands in, and codes that are still to come."""
    notes: list[tuple[str, str]] = []
    if file_format == "pdf" and parts.family != FONT:
        notes.append(
            (
                f"PDF dùng phông {parts.family} (cùng độ rộng chữ với {FONT})",
                f"the PDF is set in {parts.family}, which has the widths of {FONT}",
            )
        )
    for name in dispatch.qr_ids():
        part = parts.qr.get(name)
        if part is not None and part.matrix is None:
            notes.append(
                (
                    f"chưa có liên kết “{name}”: công văn để ô trống có nhãn",
                    f"the link {name!r} is not set: the letter shows an empty labelled box",
                )
            )
    return tuple(notes)
