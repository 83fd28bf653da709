"""The letter as a Word file: what a records office opens, edits, registers and signs."""

from __future__ import annotations

from dxassets.backends.word import Flow, GridCell, PageShape, WordDocument
from dxassets.dispatch import (
    DRAFT,
    FORM,
    WHOLE,
    Annex,
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
from dxassets.dispatch.form import MOTTO, NATION
from dxassets.dispatch.wording import AnnexWording
from dxassets.kinds.letter.parts import (
    LetterParts,
    Measures,
    QrPart,
    check_letter,
    fit_letterhead,
    keeps_with_next,
    measure_letter,
    qr_png,
)
from dxassets.kinds.letter.word_styles import LetterStyles, TableStyles, letter_styles, table_styles

FONT = "Times New Roman"
"""Phần I, mục I.3. Named, not embedded: every office has it; Tinos has the same widths."""


def letter_docx(
    dispatch: Dispatch,
    fill: LetterFill,
    parts: LetterParts,
    *,
    edition: Edition = WHOLE,
    form: LetterForm = FORM,
) -> bytes:
    """The Word file of `dispatch`, with what registration has filled in; same bytes for the same input.

    Raises `DispatchError` when it shows the QR code of an unknown link, or has no annex of that number.
    """
    check_letter(dispatch, parts, edition)
    wording = fit_letterhead(word_letter(dispatch, fill), form, parts.fonts)
    measures = measure_letter(wording, form, parts.fonts)
    styles = letter_styles(form, measures, mark_left_mm=_mark_left(dispatch, edition, form))
    document = WordDocument(
        font=FONT,
        lang="vi-VN",
        size_pt=form.text_pt,
        title=f"Công văn {wording.subject}",
        author=dispatch.particulars.issuer.name,
        subject=wording.subject,
    )
    for style in styles.all():
        document.add_style(style)
    sizes = {annex.table.size_pt for annex in dispatch.annexes if annex.table}
    for style in (style for size in sorted(sizes) for style in table_styles(size).all()):
        document.add_style(style)
    if edition.has_letter:
        document.begin_section(_page(form, landscape=False), styles.page_number)
        _add_letterhead(document, wording, styles, measures=measures, form=form)
        _add_addressees(document, wording, styles)
        _add_blocks(document, dispatch.body, styles, parts=parts, form=form, last_keeps=True)
        _add_signature(document, wording, styles, form=form)
    for number, annex in enumerate(dispatch.annexes, start=1):
        if edition.has_annex(number):
            document.begin_section(_page(form, landscape=annex.landscape), styles.page_number)
            _add_mark(document, wording, styles, edition=edition)
            _add_annex(document, annex, wording.annexes[number - 1], styles=styles, parts=parts, form=form)
    if edition.draft:
        width, height = (length * 72 / 25.4 for length in form.draft_mm)
        document.add_watermark(DRAFT, size_pt=(width, height))
    return document.to_bytes()


def _page(form: LetterForm, *, landscape: bool) -> PageShape:
    width, height = form.page_width_mm, form.page_height_mm
    return PageShape(
        width_mm=height if landscape else width,
        height_mm=width if landscape else height,
        top_mm=form.margin_top_mm,
        bottom_mm=form.margin_bottom_mm,
        left_mm=form.margin_left_mm,
        right_mm=form.margin_right_mm,
        number_top_mm=form.page_number_from_top_mm,
    )


def _add_letterhead(
    document: Flow, wording: Wording, styles: LetterStyles, *, measures: Measures, form: LetterForm
) -> None:
    """Two rows of two columns: names over rules, then số level with the date (mục II.1-II.5)."""
    widths = (form.letterhead_left_mm, form.letterhead_right_mm)
    (left, right), (lower_left, lower_right) = document.add_columns(widths, rows=2)
    for line in wording.parent:
        left.add_line(line, styles.parent)
    for line in wording.body_name:
        left.add_line(line, styles.body_name)
    left.add_rule(measures.issuer_rule_mm, widths[0], styles.rule, thick_pt=form.rule_pt)
    right.add_line(NATION, styles.nation)
    right.add_line(MOTTO, styles.motto)
    right.add_rule(measures.motto_rule_mm, widths[1], styles.rule, thick_pt=form.rule_pt)
    lower_left.add_line(wording.number, styles.number)
    lower_left.add_line(wording.subject, styles.subject)
    lower_right.add_line(wording.date, styles.date)


def _add_addressees(document: Flow, wording: Wording, styles: LetterStyles) -> None:
    """Mục II.9a."""
    if len(wording.addressees) == 1:
        document.add_line(f"{wording.salutation} {wording.addressees[0]}", styles.single_addressee)
        return
    document.add_line(wording.salutation, styles.salutation)
    for line in wording.addressees:
        document.add_line(line, styles.addressee)
    document.add_line("", styles.spacer)


def _add_blocks(
    document: Flow,
    blocks: tuple[Block, ...],
    styles: LetterStyles,
    *,
    parts: LetterParts,
    form: LetterForm,
    last_keeps: bool = False,
) -> None:
    """The text. With `last_keeps` its last paragraph stays with what follows (the signature)."""
    kinds = {"text": styles.text, "clause": styles.clause, "point": styles.point}
    for at, (block, keeps) in enumerate(keeps_with_next(blocks), start=1):
        if isinstance(block, QrPlace):
            _add_qr(document, block, parts.qr[block.id], styles=styles, form=form)
            continue
        stays = keeps or (last_keeps and at == len(blocks))
        document.add_paragraph(block.runs, kinds[block.kind], keep_with_next=stays)


def _add_qr(document: Flow, place: QrPlace, part: QrPart, *, styles: LetterStyles, form: LetterForm) -> None:
    """The code over its bare domain, or an empty labelled box while there is no link."""
    if part.matrix is None:
        document.add_box(form.qr_mm, (place.label,), styles.picture_label, thick_pt=form.table_rule_pt)
        document.add_line("", styles.spacer)
        return
    document.add_picture(qr_png(part.matrix), form.qr_mm, styles.picture, alt=f"{place.label}: {part.domain}")
    document.add_line(part.domain, styles.picture_label)


def _add_signature(document: Flow, wording: Wording, styles: LetterStyles, *, form: LetterForm) -> None:
    """Nơi nhận on the left, level with the signer's title on the right (mục II.7, II.9b)."""
    widths = (form.signature_left_mm, form.text_width_mm - form.signature_left_mm)
    ((left, right),) = document.add_columns(widths, top_mm=form.signature_gap_mm)
    left.add_line(wording.recipients_head, styles.recipients_head)
    for line in wording.recipients:
        left.add_line(line, styles.recipient)
    for line in wording.authority:
        right.add_line(line, styles.signer_title)
    right.add_line(wording.signer, styles.signer_name)


def _mark_left(dispatch: Dispatch, edition: Edition, form: LetterForm) -> float:
    wide = bool(edition.part) and dispatch.annexes[(edition.part or 1) - 1].landscape
    return (form.wide_text_width_mm if wide else form.text_width_mm) - form.signing_mark_mm


def _add_mark(document: Flow, wording: Wording, styles: LetterStyles, *, edition: Edition) -> None:
    """Mục II.8: an annex in its own file is signed by itself, at the top right of its first page."""
    if edition.part is not None:
        for line in wording.signing_mark:
            document.add_line(line, styles.signing_mark)


def _add_annex(
    document: Flow,
    annex: Annex,
    words: AnnexWording,
    *,
    styles: LetterStyles,
    parts: LetterParts,
    form: LetterForm,
) -> None:
    """Mục III.1: word, name, the line that names the letter; then text and table."""
    document.add_line(words.word, styles.annex)
    for line in words.title:
        document.add_line(line, styles.annex_title)
    document.add_line(words.reference, styles.annex_reference)
    _add_blocks(document, annex.blocks, styles, parts=parts, form=form)
    if annex.table is not None:
        width = form.wide_text_width_mm if annex.landscape else form.text_width_mm
        _add_table(document, annex.table, table_styles(annex.table.size_pt), width_mm=width, form=form)


def _add_table(
    document: Flow, table: Table, styles: TableStyles, *, width_mm: float, form: LetterForm
) -> None:
    head = table.head()
    cells = [
        GridCell(at, cell.column, (cell.text,), styles.head, cell.rows, cell.columns, middle=True)
        for at, row in enumerate(head)
        for cell in row
    ]
    for at, row in enumerate(table.rows, start=len(head)):
        for column, lines in enumerate(row):
            centred = table.columns[column].align == "center"
            cells.append(GridCell(at, column, lines, styles.number if centred else styles.text))
    document.add_grid(
        cells,
        table.widths(width_mm),
        rows=len(head) + len(table.rows),
        head_rows=len(head),
        padding_mm=(form.table_padding_top_mm, form.table_padding_mm),
        thick_pt=form.table_rule_pt,
    )
