"""What people read of a letter without opening it."""

from __future__ import annotations

from dxassets.dispatch import DOCUMENT_KINDS
from dxassets.kinds.letter.spec import LetterSpec
from dxassets.vietnamese import sentences


def letter_title(spec: LetterSpec) -> str:
    """The letter, or one of its annexes, and as what."""
    part = spec.edition.part
    what = f"Phụ lục {part}" if part else _name(spec)
    return f"{what} (bản Word)" if spec.format == "docx" else f"{what} (bản PDF)"


def letter_alt(spec: LetterSpec) -> str:
    """Whose letter it is, and about what."""
    return sentences([f"{_name(spec)} của {spec.author}", spec.about])


def _name(spec: LetterSpec) -> str:
    """The document's kind, as a sentence begins with it."""
    name = DOCUMENT_KINDS[spec.kind].name
    return f"{name[:1].upper()}{name[1:]}"
