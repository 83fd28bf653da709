"""The letter as a PDF for the archive: PDF/A-2a, tagged, its own face embedded."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from dxassets.backends.shaper import Shaper
from dxassets.backends.templating import Templates, trusted_markup
from dxassets.dispatch import (
    DRAFT,
    FORM,
    WHOLE,
    Block,
    Dispatch,
    Edition,
    LetterFill,
    LetterForm,
    QrPlace,
    Table,
    Wording,
    word_letter,
)
from dxassets.dispatch.composing import end_of_annex, text_of
from dxassets.dispatch.form import MOTTO, NATION, URGENCY_MM, URGENCY_RED
from dxassets.dispatch.kinds import EXCERPT
from dxassets.dispatch.wording import word_original
from dxassets.kinds.letter.parts import (
    LetterParts,
    address_height,
    check_letter,
    fit_letterhead,
    keeps_with_next,
    measure_letter,
    qr_path,
)

if TYPE_CHECKING:
    from dxassets.backends.pages import FontFace

TEMPLATE = "letter/letter.html.j2"
STYLE_SHEET = "letter/letter.css.j2"
_DRAFT_GREY = "#e3e3e3"
_HELD = re.compile("(\u00a0+|[^\\s‐-―-]*/[^\\s‐-―-]*)")
"""Runs of no-break blanks, and pieces with a slash: up to a blank or a dash, where a line may break."""
_SLASH = re.compile(r"/(?=\w)")
_STACKED = re.compile("[^\\s<>&;]*[\u0300-\u036f][^\\s<>&]*")
_STACKED_WORD = 'class="marks"'
_LONGEST_WHOLE = 60  # letters: most of a line of text
_CELL_SHARE = 0.4  # letters to a hundredth of the page's text: wide ones, so that they fit


def letter_pdf(
    dispatch: Dispatch,
    fill: LetterFill,
    parts: LetterParts,
    *,
    edition: Edition = WHOLE,
    form: LetterForm = FORM,
) -> bytes:
    """The PDF of `dispatch`, with what registration has filled in; same bytes for the same input.

    Raises `DispatchError` when it shows the QR code of an unknown link, `AssetError` when a
    template can't be filled, and `MissingLibraryError` where there is no Pango.
    """
    from dxassets.backends.pages import html_to_pdf  # noqa: PLC0415  (a Word file is made without it)
    from dxassets.backends.signing_fields import FieldShape  # noqa: PLC0415  (as the next)

    check_letter(dispatch, parts, edition)
    wording = fit_letterhead(word_letter(dispatch, fill), form, parts.fonts)
    shown, words = dispatch, wording
    if dispatch.original is not None:
        shown = dispatch.original
        words = fit_letterhead(word_original(dispatch), form, parts.fonts)
    context: dict[str, object] = {
        **_of_form(wording, words, edition, parts=parts, form=form),
        "author": dispatch.particulars.issuer.name,
        "body": _blocks(text_of(shown, is_excerpt=dispatch.particulars.kind == EXCERPT), parts),
        "annexes": _annexes(shown, words, edition, parts=parts, form=form),
    }
    templates = _templates(parts.template)
    css = templates.render(STYLE_SHEET, {**context, "family": parts.family})
    html = templates.render(TEMPLATE, context)
    fields = None if edition.draft else FieldShape(form.signature_wide_mm, form.seal_mm)
    fonts = (*_faces(parts), *(_spare_faces(parts) if _STACKED_WORD in html else ()))
    return html_to_pdf(html, fonts=fonts, css=css, variant=edition.pdf_variant, fields=fields)


def _of_form(
    wording: Wording, words: Wording, edition: Edition, *, parts: LetterParts, form: LetterForm
) -> dict[str, object]:
    """What the form prints: `wording` is the document's own, `words` those of what a copy shows."""
    return {
        "form": form,
        "words": words,
        "called": wording.name,
        "about": wording.subject or wording.name,
        "has_head": not words.copy_form,
        "measures": measure_letter(words, form, parts.fonts),
        "copy": wording if wording.copy_form else None,
        "copy_measures": measure_letter(wording, form, parts.fonts) if wording.copy_form else None,
        "nation": NATION,
        "motto": MOTTO,
        "red": URGENCY_RED,
        "urgency_mm": URGENCY_MM.get(words.urgency, 0.0),
        "address_mm": address_height(words, form, parts.fonts),
        "edition": edition,
        "draft": _watermark(parts, form) if edition.draft else None,
    }


def _annexes(
    shown: Dispatch, words: Wording, edition: Edition, *, parts: LetterParts, form: LetterForm
) -> list[dict[str, object]]:
    rules = measure_letter(words, form, parts.fonts).reference_rule_mm
    return [
        {
            "words": said,
            "rule_mm": rules[number - 1],
            "landscape": annex.landscape,
            "blocks": _blocks(annex.blocks, parts),
            "table": annex.table,
            "end": end_of_annex(annex),
            **_columns(annex.table),
        }
        for number, (annex, said) in enumerate(zip(shown.annexes, words.annexes, strict=True), start=1)
        if edition.has_annex(number)
    ]


def _columns(table: Table | None) -> dict[str, object]:
    widths = table.widths(100.0) if table else ()
    return {"widths": widths, "whole": [_CELL_SHARE * width for width in widths]}


@lru_cache(maxsize=4)
def _templates(source: Callable[[str], str]) -> Templates:
    return Templates(source, filters={"kept": _kept})


def _kept(text: str, longest: float = _LONGEST_WHOLE) -> object:
    """The text with what must keep its width, or stay on one line, marked so.

    No-break blanks become plain ones that keep their width: both are one glyph of the face, and who copies
    text from the PDF would get the no-break kind everywhere. A word of at most `longest` letters with a
    slash, such as “(b/c)” or “505/QĐ”, gets joiners: Word breaks none there, the PDF's engine would. A joiner
    has no glyph, so it does not come out when text is copied. (Spans that do not wrap would do as well, but
    beside them the engine may end a line after its first word.)
    A word with a mark on a mark (ê̆, ư̆) is set in the face that knows where it stands.
    """
    made = ""
    for part in _HELD.split(text):
        if part.startswith("\u00a0"):
            made += f'<span class="blank">{" " * len(part)}</span>'
        else:
            made += escape(_SLASH.sub("/\u2060", part) if len(part) <= longest else part)
    return trusted_markup(_STACKED.sub(rf"<span {_STACKED_WORD}>\g<0></span>", made))


def _faces(parts: LetterParts) -> tuple[FontFace, ...]:
    from dxassets.backends.pages import FontFace  # noqa: PLC0415  (see above)

    # Plain, as Word sets type, so that both break lines alike.
    return tuple(
        FontFace(parts.family, data, bold="bold" in cut, italic="italic" in cut, plain=True)
        for cut, data in parts.fonts.items()
    )


def _spare_faces(parts: LetterParts) -> tuple[FontFace, ...]:
    """The family for words with stacked marks: the face's own cuts but those that have a better one."""
    from dxassets.backends.pages import FontFace  # noqa: PLC0415  (see above)

    return tuple(
        FontFace(f"Stacked {parts.family}", data, bold="bold" in cut, italic="italic" in cut, plain=True)
        for cut, data in {**parts.fonts, **parts.spare}.items()
    )


def _watermark(parts: LetterParts, form: LetterForm) -> str:
    """DỰ THẢO in outlines (no text: it is not part of what is said) as the address of an SVG, a page high."""
    shaper = Shaper({700: parts.fonts["bold"]})
    ink = shaper.ink(DRAFT, 700)
    wide, high = form.draft_mm
    side = form.page_width_mm
    words = shaper.line_to_svg(
        DRAFT, 700, x=-(ink.left + ink.right) / 2, baseline=-(ink.top + ink.bottom) / 2, size=1
    )
    scale = f"{wide / ink.width:.4f} {high / (ink.bottom - ink.top):.4f}"
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"'
        f' width="{side}mm" height="{side}mm">'
        f'<g fill="{_DRAFT_GREY}" transform="translate({side / 2} {side / 2}) rotate(-45) scale({scale})">'
        f"{words}</g></svg>"
    )
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def _blocks(blocks: tuple[Block, ...], parts: LetterParts) -> list[dict[str, object]]:
    """The blocks as the template takes them: paragraphs, codes, and boxes for codes to come."""
    shown: list[dict[str, object]] = []
    for block, keeps in keeps_with_next(blocks):
        if isinstance(block, Table):
            shown.append({"kind": "table", "table": block, **_columns(block)})
            continue
        if not isinstance(block, QrPlace):
            shown.append({"kind": block.kind, "runs": block.runs, "keeps": keeps})
            continue
        part = parts.qr[block.id]
        if part.matrix is None:
            shown.append({"kind": "box", "label": block.label})
        else:
            path, side = qr_path(part.matrix)
            shown.append(
                {"kind": "qr", "label": block.label, "path": path, "side": side, "domain": part.domain}
            )
    return shown
