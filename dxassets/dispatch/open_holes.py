"""Holes that nobody has filled yet: a draft may have them, a letter that goes out may not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from dxassets.dispatch.frontmatter import decode, split_front_matter
from dxassets.dispatch.holes import holes_in
from dxassets.dispatch.model import Annex, Block, Paragraph, Table
from dxassets.dispatch.reading import WrittenLetter
from dxassets.dispatch.wording import LetterFill
from dxassets.errors import Problem

_SIGNER = ("signer", "name")
_Path = tuple[int | str, ...]


def open_holes(letter: WrittenLetter, fill: LetterFill) -> tuple[Problem, ...]:
    """A problem for each ``{hole}`` that is left in the letter and its annexes, with its line.

    The signer's is none where `fill` names the signer.
    """
    front, _, _ = split_front_matter(decode(letter.data, letter.source, []), letter.source, [])
    facts = letter.dispatch.particulars
    found: dict[Problem, None] = {}
    for path, text in _strings(facts.model_dump(), ()):
        if path == _SIGNER and fill.signer:
            continue
        for hole in holes_in(text):
            found[_open(front.line_with(path, hole), hole)] = None
    for block in letter.dispatch.body:
        found |= dict.fromkeys(_in_block(block))
    names = (*facts.attached, *facts.annexes)
    for name, annex in zip(names, letter.dispatch.annexes, strict=True):
        found |= dict.fromkeys(_in_annex(annex, name))
    return tuple(found)


def _open(where: str, hole: str) -> Problem:
    return Problem(where, f"chưa điền {hole}", f"{hole} is not filled in yet")


def _strings(value: Any, path: _Path) -> Iterator[tuple[_Path, str]]:
    """Every string in particulars, with the path of its key."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in cast("dict[str, Any]", value).items():
            yield from _strings(item, (*path, key))
    elif isinstance(value, (list, tuple)):
        for item in cast("list[Any]", value):
            yield from _strings(item, path)


def _in_block(block: Block) -> Iterator[Problem]:
    if isinstance(block, Table):
        heads = [text for column in block.columns for text in (column.head, column.group or "")]
        texts = [*heads, *(line for row in block.rows for cell in row for line in cell)]
    else:
        texts = [block.text if isinstance(block, Paragraph) else block.label]
    yield from (_open(block.where, hole) for text in texts for hole in holes_in(text))


def _in_annex(annex: Annex, name: str) -> Iterator[Problem]:
    for block in annex.blocks:
        yield from _in_block(block)
    cells = [line for row in annex.table.rows for cell in row for line in cell] if annex.table else []
    for text in (*annex.title, *cells):
        yield from (_open(name, hole) for hole in holes_in(text))
