"""What in a letter's own files the decree does not allow, with its line: told before anything is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dxassets.decree import (
    Said,
    authority_faults,
    filing_faults,
    mentions_annex,
    name_faults,
    names_province_kind,
    place_faults,
    symbol_faults,
)
from dxassets.dispatch.frontmatter import TomlText, decode, split_front_matter
from dxassets.dispatch.model import Dispatch, Paragraph
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
    text = " ".join(block.text for block in dispatch.body if isinstance(block, Paragraph))
    if dispatch.annexes and not mentions_annex(text):
        yield Slip("B9", front.where(("annexes",)))
    if not text.endswith("./."):
        lines = prose.rstrip().count("\n") + 1
        yield Slip(
            "B8",
            f"{letter.source}:{before + lines}",
            ("không kết thúc bằng “./.”", "does not end with “./.”"),
        )


def _head(dispatch: Dispatch, front: TomlText) -> Iterator[Slip]:
    facts = dispatch.particulars
    for found in symbol_faults(facts.symbol.removeprefix("/")):
        yield Slip("N1", front.where(("symbol",)), found)
    if "-" not in facts.symbol:
        yield Slip("N3", front.where(("symbol",)), ("thiếu đơn vị soạn thảo", "lacks the drafting unit"))
    for found in place_faults(facts.place):
        yield Slip("D1", front.where(("place",)), found)
    if names_province_kind(facts.place):
        yield Slip("D3", front.where(("place",)), (f"“{facts.place}”", f"{facts.place!r}"))


def _end(dispatch: Dispatch, front: TomlText, fill: LetterFill) -> Iterator[Slip]:
    facts = dispatch.particulars
    for found in authority_faults(facts.signer.authority):
        yield Slip("S3", front.where(("signer", "authority")), found)
    where = "--signer" if fill.signer else front.where(("signer", "name"))
    for found in name_faults(fill.signer or facts.signer.name):
        yield Slip("S2", where, found)
    for found in filing_faults(facts.filing):
        yield Slip("R3", front.where(("filing",)), found)
    if facts.filing == "VT":
        yield Slip("R5", front.where(("filing",)), ("chỉ có “VT”", "holds “VT” alone"))
    first = facts.recipients[0]
    if first != "Như trên":
        yield Slip("R4", front.where(("recipients",)), (f"là “{first}”", f"is {first!r}"))
