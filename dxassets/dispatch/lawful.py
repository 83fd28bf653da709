"""What in a letter's own files the decree does not allow, with its line: told before anything is made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dxassets.decree import (
    Said,
    authority_faults,
    filing_faults,
    kind_symbol_faults,
    mentions_annex,
    name_faults,
    names_province_kind,
    place_faults,
    symbol_faults,
)
from dxassets.dispatch.composing import text_of
from dxassets.dispatch.frontmatter import TomlText, decode, split_front_matter
from dxassets.dispatch.kinds import INTRODUCTION, TELEGRAM
from dxassets.dispatch.model import Block, Dispatch, Paragraph
from dxassets.dispatch.reading import WrittenLetter
from dxassets.dispatch.wording import LetterFill


@dataclass(frozen=True, slots=True)
class Slip:
    """A rule of the linter (by its id) that a file breaks: where it does, and what stands there."""

    rule: str
    where: str
    found: Said = ("", "")


def slips_of(letter: WrittenLetter, fill: LetterFill) -> Iterator[Slip]:
    """Every slip of the letter as it will be made with `fill`; its severity is the rule's."""
    front, prose, before = split_front_matter(decode(letter.data, letter.source, []), letter.source, [])
    dispatch = letter.dispatch
    yield from _head(dispatch, front)
    yield from _end(dispatch, front, fill)
    if dispatch.particulars.form.is_copy:
        return  # its text is another document's
    whole = text_of(dispatch)
    yield from _bases(whole)
    text = " ".join(block.text for block in whole if isinstance(block, Paragraph))
    if dispatch.annexes and not mentions_annex(text):
        yield Slip("B9", front.where(("annexes",)))
    if not text.endswith("./."):
        lines = prose.rstrip().count("\n") + 1
        yield Slip(
            "B8",
            f"{letter.source}:{before + lines}",
            ("không kết thúc bằng “./.”", "does not end with “./.”"),
        )


def _bases(blocks: Sequence[Block]) -> Iterator[Slip]:
    """Bases in the text whose last does not end with a stop (mục II.6.a); the form ends those it is given."""
    bases = [block for block in blocks if isinstance(block, Paragraph) and block.kind == "basis"]
    for base in bases:
        mark = "." if base is bases[-1] else ";"
        if not base.text.endswith(mark):
            yield Slip("B6", base.where, (f"kết thúc “{base.text[-1]}”", f"end with {base.text[-1]!r}"))


def _head(dispatch: Dispatch, front: TomlText) -> Iterator[Slip]:
    facts = dispatch.particulars
    symbol = facts.symbol.removeprefix("/")
    for found in symbol_faults(symbol, of_letter=facts.form.is_letter):
        yield Slip("N1", front.where(("symbol",)), found)
    if facts.form.is_letter and "-" not in facts.symbol:
        yield Slip("N3", front.where(("symbol",)), ("thiếu đơn vị soạn thảo", "lacks the drafting unit"))
    if not facts.form.is_letter:
        for found in kind_symbol_faults(symbol, facts.form.name):
            yield Slip("N4", front.where(("symbol",)), found)
        if "-" not in symbol:
            wrong = ("thiếu chữ viết tắt cơ quan ban hành", "lacks the issuing body's abbreviation")
            yield Slip("N4", front.where(("symbol",)), wrong)
    for found in place_faults(facts.place) if facts.place else ():
        yield Slip("D1", front.where(("place",)), found)
    if names_province_kind(facts.place):
        yield Slip("D3", front.where(("place",)), (f"“{facts.place}”", f"{facts.place!r}"))


def _end(dispatch: Dispatch, front: TomlText, fill: LetterFill) -> Iterator[Slip]:
    facts = dispatch.particulars
    for path, signer in (
        (("signer",), facts.signer),
        *((("joint", at, "signer"), each.signer) for at, each in enumerate(facts.joint)),
    ):
        for found in authority_faults(signer.authority):
            yield Slip("S3", front.where((*path, "authority")), found)
        own = path == ("signer",)
        where = "--signer" if own and fill.signer else front.where((*path, "name"))
        for found in name_faults((own and fill.signer) or signer.name):
            yield Slip("S2", where, found)
    for found in filing_faults(facts.filing):
        yield Slip("R3", front.where(("filing",)), found)
    if facts.filing == "VT" and facts.kind != INTRODUCTION and not facts.form.is_copy:
        yield Slip("R5", front.where(("filing",)), ("chỉ có “VT”", "holds “VT” alone"))
    first = facts.recipients[0]
    if facts.addressees and facts.kind != TELEGRAM and first != "Như trên":
        yield Slip("R4", front.where(("recipients",)), (f"là “{first}”", f"is {first!r}"))
