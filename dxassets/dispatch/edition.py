"""Which edition of a letter is made: all of it, one part of it, a draft; and for whom it is passed on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

PdfVariant = Literal["pdf/a-2a", "pdf/a-3a", "pdf/ua-1"]
PDF_VARIANTS: tuple[PdfVariant, ...] = get_args(PdfVariant)
DRAFT = "DỰ THẢO"


@dataclass(frozen=True, slots=True)
class Edition:
    """What of a letter is made, and how.

    `part`: None is everything in one file, 0 the letter alone, n its nth annex
    alone, with the place for the mark of a separate signature (mục II.8, Phụ lục I of
    the decree: an annex in its own file is signed by itself). `draft` prints DỰ THẢO
    behind the words. Neither ever holds a picture of a signature or of a seal.
    """

    part: int | None = None
    draft: bool = False
    pdf_variant: PdfVariant = "pdf/a-2a"

    @property
    def has_letter(self) -> bool:
        """Whether the letter itself is in it."""
        return self.part is None or self.part == 0

    def has_annex(self, number: int) -> bool:
        """Whether the annex of that number (from 1) is in it."""
        return self.part is None or self.part == number


WHOLE = Edition()


@dataclass(frozen=True, slots=True)
class Forward:
    """Passing on the letter in `source`: the template's section for `level`, and what fills its holes.

    `words` are pairs of a hole's name and its lines (one, but for lists such as a district's communes).
    """

    level: str
    words: tuple[tuple[str, tuple[str, ...]], ...]
    source: str
