"""A letter as the rules see it: lines with their looks, and which of them is which part of the form."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from dxassets.backends.written import (
    Cell,
    ParagraphShape,
    PdfPage,
    PdfRule,
    Place,
    Stretch,
    TextBox,
    Type,
    WordSection,
    WordTable,
)
from dxassets.checks.nd30.rules import Said


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a Word file, or a line of a PDF (a paragraph of several, once they are joined)."""

    stretches: tuple[Stretch, ...]
    where: Said
    section: int = 0
    page: int = 0
    shape: ParagraphShape | None = None
    cell: Cell | None = None
    in_ruled_table: bool = False
    rules_mm: tuple[float, ...] = ()
    has_picture: bool = False
    lang: str = ""
    places: tuple[Place, ...] = ()
    paragraph: int = -1
    """Which paragraph of a Word file it is, or is a part of (from 0)."""
    breaks_page: bool = False
    is_pushed: bool = False
    """Whether it is one of several columns that tabs or blanks make of a paragraph."""

    @property
    def text(self) -> str:
        """The words as precomposed Unicode with plain blanks, none at the ends."""
        return _plain(self.raw)

    @property
    def raw(self) -> str:
        """The letters just as the file has them."""
        return "".join(stretch.text for stretch in self.stretches)

    @property
    def types(self) -> tuple[Type, ...]:
        """The looks of its letters, without blanks."""
        return tuple(stretch.type for stretch in self.stretches if stretch.text.strip())

    @property
    def lettered_types(self) -> tuple[Type, ...]:
        """The looks of what is letters or digits: a tick or a bullet has a face of its own."""
        return tuple(stretch.type for stretch in self.stretches if any(map(str.isalnum, stretch.text)))

    @property
    def is_vague(self) -> bool:
        """Whether some letters' face tells nothing of its family and cut."""
        return any(type_.vague for type_ in self.types)

    @property
    def sizes(self) -> set[float]:
        """The sizes of its letters (pt)."""
        return {type_.size_pt for type_ in self.types}

    @property
    def is_bold(self) -> bool:
        """Whether every letter is bold."""
        return all(type_.bold for type_ in self.types)

    @property
    def is_italic(self) -> bool:
        """Whether every letter is italic."""
        return all(type_.italic for type_ in self.types)

    @property
    def any_bold(self) -> bool:
        """Whether some letter is bold."""
        return any(type_.bold for type_ in self.types)

    @property
    def any_italic(self) -> bool:
        """Whether some letter is italic."""
        return any(type_.italic for type_ in self.types)

    @property
    def any_underline(self) -> bool:
        """Whether some letter is underlined."""
        return any(type_.underline for type_ in self.types)


@dataclass(frozen=True, slots=True)
class AnnexLines:
    """An annex's heads and the rest of it."""

    word: Line
    title: tuple[Line, ...]
    reference: tuple[Line, ...]
    rest: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class AttachedLines:
    """A document that a decision issues, in the same file: its kind, subject and reference, its text."""

    title: tuple[Line, ...]
    reference: Line
    rest: tuple[Line, ...]


@dataclass(slots=True)
class Parts:
    """Which line is which part of the form (Phụ lục I, Phần I, mục II and III)."""

    nation: Line | None = None
    motto: Line | None = None
    parent: list[Line] = field(default_factory=list[Line])
    body_name: list[Line] = field(default_factory=list[Line])
    number: Line | None = None
    date: Line | None = None
    subject: list[Line] = field(default_factory=list[Line])
    salutation: Line | None = None
    addressees: list[Line] = field(default_factory=list[Line])
    body: list[Line] = field(default_factory=list[Line])
    authority: list[Line] = field(default_factory=list[Line])
    signer: Line | None = None
    recipients_head: Line | None = None
    recipients: list[Line] = field(default_factory=list[Line])
    annexes: list[AnnexLines] = field(default_factory=list[AnnexLines])
    mark: list[Line] = field(default_factory=list[Line])
    named_kind: str = ""
    """“KẾ HOẠCH”, “BÁO CÁO”…; empty for a công văn, which has no name of a kind."""
    title: Line | None = None
    """The line that names the kind."""
    about: list[Line] = field(default_factory=list[Line])
    """The subject below the name of the kind."""
    reference: Line | None = None
    """“(Kèm theo Quyết định số …)” below the title of an attached document."""
    attached: list[AttachedLines] = field(default_factory=list[AttachedLines])
    copy: Parts | None = None
    """What a copy adds below the document: its form is the `title`."""
    is_signed_elsewhere: bool = False
    """Whether the page of the signature is a picture, as in a file whose last page was scanned."""

    @property
    def is_annex_only(self) -> bool:
        """Whether the file holds an annex and no letter."""
        return bool(self.annexes) and self.nation is None and self.number is None and self.salutation is None


@dataclass(frozen=True, slots=True)
class WordFacts:
    """What only a Word file has."""

    sections: tuple[WordSection, ...]
    tables: tuple[WordTable, ...]
    boxes: tuple[TextBox, ...]
    pages: int = 0


@dataclass(frozen=True, slots=True)
class PdfFacts:
    """What only a PDF has."""

    pages: tuple[PdfPage, ...]
    rules: tuple[PdfRule, ...]
    numbers: tuple[Line | None, ...]
    """The page number of each page, where there is one."""
    loose_families: tuple[str, ...]
    lang: str
    tops: tuple[float, ...] = ()
    """The first baseline of each page that has one, a signing program's mark included."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A whole file: its lines in reading order, its parts, and what its format adds."""

    lines: tuple[Line, ...]
    parts: Parts
    word: WordFacts | None = None
    pdf: PdfFacts | None = None


@lru_cache(maxsize=20_000)
def _plain(raw: str) -> str:
    text = raw.replace("\u00a0", " ").replace("\u200b", "").replace("\ufeff", "").replace("\u00ad", "")
    return unicodedata.normalize("NFC", text).strip()


def joined(lines: Sequence[Line]) -> str:
    """The words of several lines as one text."""
    return " ".join(line.text for line in lines)


def same(text: str) -> Said:
    """What needs no translation."""
    return text, text
