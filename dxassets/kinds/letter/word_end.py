"""The end of a document in its Word file: who signs, who receives it; and the part that a copy adds."""

from __future__ import annotations

from collections.abc import Sequence

from dxassets.backends.word import Flow
from dxassets.dispatch import LetterForm, Wording
from dxassets.dispatch.wording import SignatureWording
from dxassets.kinds.letter.parts import Measures
from dxassets.kinds.letter.word_styles import LetterStyles


def add_end(document: Flow, wording: Wording, styles: LetterStyles, *, form: LetterForm) -> None:
    """Signature and recipients; several sign side by side, above the recipients (Mẫu 1.9)."""
    if wording.is_signed_across:
        _add_signers(document, wording.signatures, styles, form=form)
        document.add_line("", styles.mark_gap)
        _add_recipients(document, wording, styles)
    else:
        add_signature(document, wording, styles, form=form)
    if wording.confirmation:
        _add_confirmation(document, wording, styles, form=form)


def add_signature(document: Flow, wording: Wording, styles: LetterStyles, *, form: LetterForm) -> None:
    """Nơi nhận on the left, level with the signer's title on the right (mục II.7, II.9b)."""
    widths = (form.signature_left_mm, form.text_width_mm - form.signature_left_mm)
    ((left, right),) = document.add_columns(widths, top_mm=form.signature_gap_mm)
    _add_recipients(left, wording, styles)
    _add_signer(right, wording.signatures[0], styles)


def _add_recipients(flow: Flow, wording: Wording, styles: LetterStyles) -> None:
    flow.add_line(wording.recipients_head, styles.recipients_head)
    for line in wording.recipients:
        flow.add_line(line, styles.recipient)


def _add_signers(
    document: Flow, signatures: Sequence[SignatureWording], styles: LetterStyles, *, form: LetterForm
) -> None:
    """Two in a row; the last of an odd number stands alone on the right."""
    half = form.text_width_mm / 2
    rows = (len(signatures) + 1) // 2
    cells = [
        cell
        for row in document.add_columns((half, half), rows=rows, top_mm=form.signature_gap_mm)
        for cell in row
    ]
    odd = len(signatures) % 2
    for at, signature in enumerate(signatures):
        _add_signer(cells[at + (1 if odd and at == len(signatures) - 1 else 0)], signature, styles)


def _add_signer(flow: Flow, signature: SignatureWording, styles: LetterStyles) -> None:
    for line in signature.authority:
        flow.add_line(line, styles.signer_title)
    if signature.signed:
        flow.add_line(signature.signed, styles.signed)
    below = [*((line, styles.also) for line in signature.also), (signature.name, styles.signer_below)]
    first = styles.signer_name if not signature.signed else styles.signed_name
    flow.add_line(below[0][0], first)
    for line, style in below[1:]:
        flow.add_line(line, style)


def _add_confirmation(document: Flow, wording: Wording, styles: LetterStyles, *, form: LetterForm) -> None:
    """Below a leave permit, on the left: room for those where the leave is spent (Mẫu 1.10)."""
    widths = (form.signature_left_mm, form.text_width_mm - form.signature_left_mm)
    document.add_line("", styles.mark_gap)
    ((left, _),) = document.add_columns(widths, top_mm=form.signature_gap_mm)
    for line in wording.confirmation:
        left.add_line(line, styles.confirmation)
    left.add_line("", styles.confirmation_room)


def add_copy(
    document: Flow, wording: Wording, styles: LetterStyles, *, measures: Measures, form: LetterForm
) -> None:
    """Below a line as wide as the text: what a copy adds (Phụ lục I, Phần II, mục II; Mẫu 3.1)."""
    document.add_rule(form.text_width_mm, form.text_width_mm, styles.copy_rule, thick_pt=form.rule_pt)
    widths = (form.letterhead_left_mm, form.letterhead_right_mm)
    (left, right), (lower_left, lower_right) = document.add_columns(widths, rows=2)
    for line in wording.parent:
        left.add_line(line, styles.parent)
    for line in wording.body_name:
        left.add_line(line, styles.body_name)
    left.add_rule(measures.issuer_rule_mm, widths[0], styles.rule, thick_pt=form.rule_pt)
    right.add_line(wording.copy_form, styles.copy_form)
    lower_left.add_line(wording.number, styles.number)
    lower_right.add_line(wording.date, styles.date)
    document.add_line("", styles.mark_gap)
    add_signature(document, wording, styles, form=form)
