"""The text of a document in its Word file: paragraphs, QR codes, tables."""

from __future__ import annotations

from dxassets.backends.word import Flow
from dxassets.backends.word_shapes import GridCell
from dxassets.dispatch import Block, LetterForm, QrPlace, Table
from dxassets.kinds.letter.parts import LetterParts, QrPart, keeps_with_next, qr_png
from dxassets.kinds.letter.word_styles import LetterStyles, TableStyles, table_styles


def add_blocks(
    document: Flow,
    blocks: tuple[Block, ...],
    styles: LetterStyles,
    *,
    parts: LetterParts,
    form: LetterForm,
    width_mm: float,
    last_keeps: bool = False,
) -> None:
    """The text. With `last_keeps` its last paragraph stays with what follows (the signature)."""
    kinds = styles.of_paragraphs()
    for at, (block, keeps) in enumerate(keeps_with_next(blocks), start=1):
        if isinstance(block, QrPlace):
            _add_qr(document, block, parts.qr[block.id], styles=styles, form=form)
            continue
        if isinstance(block, Table):
            add_table(document, block, width_mm=width_mm, form=form)
            document.add_line("", styles.spacer)
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


def add_table(document: Flow, table: Table, *, width_mm: float, form: LetterForm) -> None:
    """A ruled table as wide as `width_mm`."""
    styles: TableStyles = table_styles(table.size_pt)
    head = table.head()
    cells = [
        GridCell(at, cell.column, (cell.text,), styles.head, cell.rows, cell.columns, middle=True)
        for at, row in enumerate(head)
        for cell in row
    ]
    for at, row in enumerate(table.rows, start=len(head)):
        for column, lines in enumerate(row):
            cells.append(GridCell(at, column, lines, styles.of(table.columns[column].align)))
    document.add_grid(
        cells,
        table.widths(width_mm),
        rows=len(head) + len(table.rows),
        head_rows=len(head),
        padding_mm=(form.table_padding_top_mm, form.table_padding_mm),
        thick_pt=form.table_rule_pt,
    )
