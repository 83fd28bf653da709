"""An official document: its content, read from a clerk's files, and what the decree makes of it.

`parse_dispatch` reads `dispatch.md` (particulars in TOML between two ``+++``
lines, then the text in Markdown) and its annexes (`annex.toml`). `Wording`
words what the form prints around the text; `FORM` holds its lengths and sizes.
Both the Word and the PDF letter are made from these three and nothing else. Which
kinds of documents there are, and what each holds, stands in `kinds`.
"""

from dxassets.dispatch.edition import DRAFT, PDF_VARIANTS, WHOLE, Edition, Forward, PdfVariant
from dxassets.dispatch.form import FORM, LetterForm
from dxassets.dispatch.holes import section_for
from dxassets.dispatch.kinds import DOCUMENT_KINDS, DocumentKind
from dxassets.dispatch.lawful import Slip, slips_of
from dxassets.dispatch.model import (
    Annex,
    Block,
    Column,
    Dispatch,
    HeadCell,
    Paragraph,
    QrPlace,
    ReportLine,
    Run,
    Table,
)
from dxassets.dispatch.open_holes import open_holes
from dxassets.dispatch.parse import annex_names, parse_dispatch
from dxassets.dispatch.particulars import Issuer, Signer
from dxassets.dispatch.reading import WrittenLetter, explained_text, front_of, missing_annexes, read_letter
from dxassets.dispatch.wording import LetterFill, Wording, cite_letter, word_letter

__all__ = [
    "DOCUMENT_KINDS",
    "DRAFT",
    "FORM",
    "PDF_VARIANTS",
    "WHOLE",
    "Annex",
    "Block",
    "Column",
    "Dispatch",
    "DocumentKind",
    "Edition",
    "Forward",
    "HeadCell",
    "Issuer",
    "LetterFill",
    "LetterForm",
    "Paragraph",
    "PdfVariant",
    "QrPlace",
    "ReportLine",
    "Run",
    "Signer",
    "Slip",
    "Table",
    "Wording",
    "WrittenLetter",
    "annex_names",
    "cite_letter",
    "explained_text",
    "front_of",
    "missing_annexes",
    "open_holes",
    "parse_dispatch",
    "read_letter",
    "section_for",
    "slips_of",
    "word_letter",
]
