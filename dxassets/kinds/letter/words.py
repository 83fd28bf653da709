"""What people read of a letter without opening it."""

from __future__ import annotations

from dxassets.kinds.letter.spec import LetterSpec
from dxassets.vietnamese import sentences


def letter_title(spec: LetterSpec) -> str:
    """The letter, or one of its annexes, and as what."""
    part = spec.edition.part
    what = f"Phụ lục {part}" if part else "Công văn"
    return f"{what} (bản Word)" if spec.format == "docx" else f"{what} (bản PDF)"


def letter_alt(spec: LetterSpec) -> str:
    """Whose letter it is, and about what."""
    return sentences([f"Công văn của {spec.author}", spec.about])
