"""The words of a letter without its form, written by the bare libraries: what any letter of them costs."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import weasyprint


@dataclass(frozen=True, slots=True)
class Words:
    """The paragraphs of a letter, and the rows of its tables."""

    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def words_of(word: bytes) -> Words:
    """All words of a Word file."""
    document: Any = docx.Document(BytesIO(word))
    rows = (tuple(cell.text for cell in row.cells) for table in document.tables for row in table.rows)
    return Words(tuple(paragraph.text for paragraph in document.paragraphs), tuple(rows))


def words_to_pdf(words: Words, font: Path) -> bytes:
    """The words as a PDF, one below the other, in one typeface."""
    style = f"@font-face {{ font-family: it; src: url({font.as_uri()}) }} body {{ font: 13pt it }}"
    body = "".join(f"<p>{escape(text)}</p>" for text in words.paragraphs)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in words.rows)
    html = f"<html><head><style>{style}</style></head><body>{body}<table>{rows}</table></body></html>"
    return weasyprint.HTML(string=html, base_url=".").write_pdf()  # pyright: ignore[reportReturnType]


def words_to_docx(words: Words) -> bytes:
    """The words as a Word file in python-docx's own style."""
    document: Any = docx.Document()
    for text in words.paragraphs:
        document.add_paragraph(text)
    table: Any = document.add_table(len(words.rows), max(map(len, words.rows)))
    for row, texts in zip(table.rows, words.rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text
    out = BytesIO()
    document.save(out)
    return out.getvalue()
