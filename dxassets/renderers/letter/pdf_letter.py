"""The letter as a PDF for the archive: PDF/A-2a, tagged, its own face embedded."""

from __future__ import annotations

from functools import lru_cache

from dxassets.backends.pages import FontFace, html_to_pdf
from dxassets.backends.templating import Templates
from dxassets.dispatch import FORM, Block, Dispatch, LetterFill, LetterForm, QrPlace, word_letter
from dxassets.dispatch.form import MOTTO, NATION
from dxassets.renderers.letter.parts import LetterParts, check_qr, keeps_with_next, measure_letter, qr_path

TEMPLATE = "letter/letter.html.j2"
STYLE_SHEET = "letter/letter.css.j2"
VARIANT = "pdf/a-2a"


def letter_pdf(dispatch: Dispatch, fill: LetterFill, parts: LetterParts, *, form: LetterForm = FORM) -> bytes:
    """The PDF of `dispatch`, with what registration has filled in; same bytes for the same input.

    Raises `DispatchError` when it shows the QR code of an unknown link, and
    `AssetError` when a template can't be filled.
    """
    check_qr(dispatch, parts)
    wording = word_letter(dispatch, fill)
    context: dict[str, object] = {
        "form": form,
        "words": wording,
        "measures": measure_letter(wording, form, parts.fonts),
        "nation": NATION,
        "motto": MOTTO,
        "author": dispatch.particulars.issuer.name,
        "body": _blocks(dispatch.body, parts),
        "annexes": [
            {
                "words": words,
                "landscape": annex.landscape,
                "blocks": _blocks(annex.blocks, parts),
                "table": annex.table,
                "widths": annex.table.widths(100.0) if annex.table else (),
            }
            for annex, words in zip(dispatch.annexes, wording.annexes, strict=True)
        ],
    }
    templates = _templates(parts.template)
    css = templates.render(STYLE_SHEET, {**context, "family": parts.family})
    html = templates.render(TEMPLATE, context)
    return html_to_pdf(html, fonts=_faces(parts), css=css, variant=VARIANT)


_templates = lru_cache(maxsize=4)(Templates)


def _faces(parts: LetterParts) -> tuple[FontFace, ...]:
    return tuple(
        FontFace(parts.family, data, bold="bold" in cut, italic="italic" in cut)
        for cut, data in parts.fonts.items()
    )


def _blocks(blocks: tuple[Block, ...], parts: LetterParts) -> list[dict[str, object]]:
    """The blocks as the template takes them: paragraphs, codes, and boxes for codes to come."""
    shown: list[dict[str, object]] = []
    for block, keeps in keeps_with_next(blocks):
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
