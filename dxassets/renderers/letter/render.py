"""The letter as a job: files found, links turned into codes, one of both formats made."""

from __future__ import annotations

from typing import cast

from dxassets.backends.pdf_reader import page_sizes, page_to_pixels
from dxassets.backends.qr import encode
from dxassets.backends.rasterizer import thumbnail
from dxassets.brand import parse_brand
from dxassets.campaign import Links
from dxassets.dispatch import FORM, Dispatch, LetterFill, annex_names, parse_dispatch
from dxassets.jobs import MEDIA_TYPES, Code, Facts, Job, LetterSpec, LinkWords, Rendered
from dxassets.renderers.letter.parts import QUIET_ZONE, Cut, LetterParts, QrPart
from dxassets.renderers.letter.pdf_letter import letter_pdf
from dxassets.renderers.letter.word_letter import FONT, letter_docx
from dxassets.resources import Resources

PREVIEW_PX = 480
_PREVIEW_PX_PER_MM = 4.0


def render(job: Job, resources: Resources) -> Rendered:
    """The letter of `job` in its format; `DispatchError` or `AssetError` when it can't be made."""
    spec = cast("LetterSpec", job.spec)
    data = resources.read(spec.dispatch).data
    annexes = {name: resources.read(name).data for name in annex_names(data, spec.dispatch)}
    dispatch = parse_dispatch(data, annexes, spec.dispatch)
    fill = LetterFill(spec.number, spec.issued, spec.signer)
    parts = _parts(spec, resources)
    pdf = letter_pdf(dispatch, fill, parts)  # for the Word file, too: pages and preview are seen here only
    facts = Facts(
        FORM.page_width_mm,
        FORM.page_height_mm,
        "mm",
        "document",
        codes=_codes(dispatch, spec.links),
        notes=_notes(dispatch, parts, spec.format),
        pages=len(page_sizes(pdf)),
    )
    made = pdf if spec.format == "pdf" else letter_docx(dispatch, fill, parts)
    preview = thumbnail(page_to_pixels(pdf, 0, px_per_mm=_PREVIEW_PX_PER_MM), PREVIEW_PX)
    return Rendered(made, MEDIA_TYPES[spec.format], facts, preview)


def _parts(spec: LetterSpec, resources: Resources) -> LetterParts:
    face = parse_brand(resources.read("brand/brand.toml").data, "brand/brand.toml").typefaces.text
    fonts: dict[Cut, bytes] = {
        cast("Cut", cut): resources.read(f"brand/{name}").data for cut, name in face.files.items()
    }
    unset = {name: QrPart(None, "") for name in Links.model_fields}
    drawn = {link.id: QrPart(encode(link.url), link.domain) for link in spec.links}
    return LetterParts(
        fonts=fonts,
        qr={**unset, **drawn},
        template=lambda name: resources.read(f"templates/{name}").data.decode(),
        family=face.family,
    )


def _codes(dispatch: Dispatch, links: tuple[LinkWords, ...]) -> tuple[Code, ...]:
    """The codes that both formats show, wherever they come to stand."""
    by_id = {link.id: link for link in links}
    shown = [by_id[name] for name in dispatch.qr_ids() if name in by_id]
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
