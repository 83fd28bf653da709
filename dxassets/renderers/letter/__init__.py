"""The official letter, as a Word file to edit and register, and as a PDF for the archive.

Both are made from the same `Dispatch`, `Wording` and `FORM`; neither knows the other.
"""

from dxassets.renderers.letter.parts import LetterParts, QrPart
from dxassets.renderers.letter.pdf_letter import letter_pdf
from dxassets.renderers.letter.render import render
from dxassets.renderers.letter.word_letter import letter_docx

__all__ = ["LetterParts", "QrPart", "letter_docx", "letter_pdf", "render"]
