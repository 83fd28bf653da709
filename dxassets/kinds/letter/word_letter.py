"""The letter as a Word file: what a records office opens, edits, registers and signs."""

from __future__ import annotations

from collections.abc import Iterator

from dxassets.backends.word import Flow, WordDocument
from dxassets.backends.word_shapes import PageShape
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
    Table,
    Wording,
    word_letter,
)
from dxassets.dispatch.composing import end_of_annex, text_of
from dxassets.dispatch.kinds import EXCERPT
from dxassets.dispatch.wording import AnnexWording, word_original
from dxassets.kinds.letter.parts import (
    LetterParts,
    Measures,
    check_letter,
    fit_letterhead,
    measure_letter,
)
from dxassets.kinds.letter.word_end import add_copy, add_end
from dxassets.kinds.letter.word_head import add_bare_letterhead, add_head
from dxassets.kinds.letter.word_styles import LetterStyles, letter_styles, table_styles
from dxassets.kinds.letter.word_text import add_blocks, add_table

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
    shown, words = dispatch, wording
    if dispatch.original is not None:
        shown = dispatch.original
        words = fit_letterhead(word_original(dispatch), form, parts.fonts)
    measures = measure_letter(words, form, parts.fonts)
    styles = letter_styles(form, measures, mark_left_mm=_mark_left(shown, edition, form))
    document = WordDocument(
        font=FONT,
        lang="vi-VN",
        size_pt=form.text_pt,
        title=wording.name,
        author=dispatch.particulars.issuer.name,
        subject=wording.subject or wording.name,
    )
    for style in styles.all():
        document.add_style(style)
    for style in (style for size in sorted(_table_sizes(shown)) for style in table_styles(size).all()):
        document.add_style(style)
    if edition.has_letter:
        document.begin_section(_page(form, landscape=False), styles.page_number)
        if not words.copy_form:  # a copy whose original is not at hand has nothing above its own part
            text = text_of(shown, is_excerpt=dispatch.particulars.kind == EXCERPT)
            _add_letter(document, text, words, styles=styles, measures=measures, parts=parts, form=form)
        if wording.copy_form:
            add_copy(
                document, wording, styles, measures=measure_letter(wording, form, parts.fonts), form=form
            )
    for number, annex in enumerate(shown.annexes, start=1):
        if edition.has_annex(number):
            _begin_annex(document, annex, words, styles, edition=edition, form=form)
            _add_annex(
                document, annex, number, words=words, styles=styles, measures=measures, parts=parts, form=form
            )
    if edition.draft:
        width, height = (length * 72 / 25.4 for length in form.draft_mm)
        document.add_watermark(DRAFT, size_pt=(width, height))
    return document.to_bytes()


def _table_sizes(dispatch: Dispatch) -> set[float]:
    """The sizes of all tables' text."""
    return {table.size_pt for table in _tables(dispatch)}


def _tables(dispatch: Dispatch) -> Iterator[Table]:
    blocks = (*dispatch.body, *(block for annex in dispatch.annexes for block in annex.blocks))
    yield from (block for block in blocks if isinstance(block, Table))
    yield from (annex.table for annex in dispatch.annexes if annex.table is not None)


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


def _add_letter(
    document: WordDocument,
    text: tuple[Block, ...],
    words: Wording,
    *,
    styles: LetterStyles,
    measures: Measures,
    parts: LetterParts,
    form: LetterForm,
) -> None:
    """Head, text and end."""
    add_head(document, words, styles, measures=measures, form=form)
    width = form.text_width_mm
    add_blocks(document, text, styles, parts=parts, form=form, width_mm=width, last_keeps=True)
    add_end(document, words, styles, form=form)
    if words.address:
        document.add_first_footer(
            words.address, styles.address, bottom_mm=form.margin_bottom_mm, thick_pt=form.rule_pt
        )


def _mark_left(dispatch: Dispatch, edition: Edition, form: LetterForm) -> float:
    wide = bool(edition.part) and dispatch.annexes[(edition.part or 1) - 1].landscape
    return (form.wide_text_width_mm if wide else form.text_width_mm) - form.signing_mark_mm


def _begin_annex(
    document: WordDocument,
    annex: Annex,
    words: Wording,
    styles: LetterStyles,
    *,
    edition: Edition,
    form: LetterForm,
) -> None:
    """A section of its own, and in a file of its own the place for the body's signature (II.8, III.1.d)."""
    document.begin_section(_page(form, landscape=annex.landscape), styles.page_number)
    if edition.has_letter and words.address:
        document.end_first_footer()
    if edition.part is not None:
        document.add_line(words.signing_mark, styles.signing_mark)


def _add_annex(
    document: Flow,
    annex: Annex,
    number: int,
    *,
    words: Wording,
    styles: LetterStyles,
    measures: Measures,
    parts: LetterParts,
    form: LetterForm,
) -> None:
    """Mục III.1: word, name, the line that names the letter; text and table. Or what it issues (1.3)."""
    said = words.annexes[number - 1]
    width = form.wide_text_width_mm if annex.landscape else form.text_width_mm
    if said.is_issued:
        add_bare_letterhead(document, words, styles, measures=measures, form=form)
    _add_annex_head(document, said, styles)
    document.add_rule(measures.reference_rule_mm[number - 1], width, styles.annex_rule, thick_pt=form.rule_pt)
    add_blocks(document, annex.blocks, styles, parts=parts, form=form, width_mm=width)
    if annex.table is not None:
        add_table(document, annex.table, width_mm=width, form=form)
    if end := end_of_annex(annex):
        if annex.table is not None:
            document.add_line("", styles.spacer)
        document.add_line(end, styles.of_paragraphs()["text"])


def _add_annex_head(document: Flow, said: AnnexWording, styles: LetterStyles) -> None:
    document.add_line(said.word, styles.title if said.is_issued else styles.annex)
    for line in said.title:
        document.add_line(line, styles.about if said.is_issued else styles.annex_title)
    document.add_line(said.reference, styles.annex_reference)
