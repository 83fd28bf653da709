"""A4 papers for Word that clerks read, copy from and read aloud: their page, their head, their tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dxassets.backends.word import GridCell, PageShape, ParagraphStyle, WordDocument
from dxassets.backends.word_reader import read_word
from dxassets.jobs import MEDIA_TYPES, Facts, Rendered

PAPER_WIDTH, PAPER_HEIGHT = 210.0, 297.0
_PAGE = PageShape(PAPER_WIDTH, PAPER_HEIGHT, 20, 20, 28, 20, 10)
_FONT = "Times New Roman"


@dataclass(frozen=True, slots=True)
class PaperLook:
    """The styles of a paper: of its title, what stands below it, notes, tables, page numbers, the rest."""

    text_pt: float
    title: ParagraphStyle
    about: ParagraphStyle
    note: ParagraphStyle
    cell_head: ParagraphStyle
    cell: ParagraphStyle
    number: ParagraphStyle
    others: tuple[ParagraphStyle, ...]


def paper_look(
    text_pt: float, title_pt: float, small_pt: float, *others: ParagraphStyle, about_after_pt: float
) -> PaperLook:
    """The usual look: a centred title, campaign and office below it, notes in italics."""
    title = ParagraphStyle(
        "Tên bài",
        "TenBai",
        title_pt,
        bold=True,
        align="center",
        after_pt=4,
        keep_with_next=True,
        outline=1,
    )
    return PaperLook(
        text_pt,
        title,
        ParagraphStyle("Chiến dịch", "ChienDich", min(text_pt, 14), align="center", after_pt=about_after_pt),
        ParagraphStyle("Ghi chú", "GhiChu", small_pt, italic=True, after_pt=6),
        ParagraphStyle("Đầu bảng", "DauBang", small_pt, bold=True, align="center"),
        ParagraphStyle("Ô bảng", "OBang", small_pt),
        ParagraphStyle("Số trang", "SoTrang", small_pt, align="center"),
        others,
    )


def begin_paper(look: PaperLook, head: str, *, title: str, author: str) -> WordDocument:
    """A paper with its head: what it is, of which campaign, and whose."""
    document = WordDocument(
        font=_FONT, lang="vi-VN", size_pt=look.text_pt, title=f"{head.capitalize()}: {title}",
        author=author, subject=title,
    )  # fmt: skip
    for style in (look.title, look.about, look.note, *look.others, look.cell_head, look.cell, look.number):
        document.add_style(style)
    document.begin_section(_PAGE, look.number)
    document.add_line(head, look.title)
    document.add_line(title, look.about)
    document.add_line(author, look.about)
    return document


def add_table(
    document: WordDocument,
    look: PaperLook,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    widths_mm: Sequence[float],
) -> None:
    """A ruled table with its head on every page."""
    cells = [GridCell(0, at, (head,), look.cell_head, middle=True) for at, head in enumerate(columns)]
    cells += [
        GridCell(row, at, (text,), look.cell)
        for row, said in enumerate(rows, start=1)
        for at, text in enumerate(said)
    ]
    document.add_grid(cells, widths_mm, rows=len(rows) + 1, head_rows=1, padding_mm=(0.6, 2.0), thick_pt=0.5)


def finished_paper(data: bytes, *, notes: tuple[tuple[str, str], ...] = ()) -> Rendered:
    """A paper as an asset."""
    facts = Facts(PAPER_WIDTH, PAPER_HEIGHT, "mm", "document", notes=notes)
    return Rendered(data, MEDIA_TYPES["docx"], facts)


def words_of_paper(data: bytes) -> str:
    """What a finished paper says, a paragraph a line."""
    return "\n".join("".join(stretch.text for stretch in line.stretches) for line in read_word(data).lines)
