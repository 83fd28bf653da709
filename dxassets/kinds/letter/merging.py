"""A letter for each row of a table: `{Tên cột}` in the letter is what the row says in that column.

What a cell says is text and nothing else: it is put in after the letter has been read, so that no sign in it
is ever taken for a title, a link, a hole or markup. Braces that are meant are doubled: ``{{``, ``}}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from pydantic import ValidationError

from dxassets.dispatch import Annex, Block, Dispatch, QrPlace, Run, Table, WrittenLetter
from dxassets.dispatch.frontmatter import decode, split_front_matter
from dxassets.dispatch.model import Particulars
from dxassets.dispatch.reading import Find
from dxassets.errors import DispatchError, Problem
from dxassets.kinds.letter.spec import LetterSpec, Merged
from dxassets.kinds.letter.word_source import written_letter
from dxassets.models import clean_strings, problems_of
from dxassets.vietnamese import clean

_BRACES = re.compile(r"\{\{|\}\}|\{([^{}\n]*)\}|[{}]")
_Path = tuple[int | str, ...]
SIGNER: _Path = ("signer", "name")


def letter_of(spec: LetterSpec, find: Find) -> WrittenLetter:
    """The letter of a job, its row filled in if it has one; `DispatchError` with all that is wrong."""
    letter = written_letter(spec.dispatch, find, forward=spec.forward)
    return letter if spec.merged is None else merged_letter(letter, spec.merged)


def merged_letter(letter: WrittenLetter, merged: Merged) -> WrittenLetter:
    """`letter` as one row fills it; `DispatchError` where the row makes of it what no letter may hold."""
    words, written = dict(merged.words), letter.dispatch

    def filled(text: str) -> str:
        return filled_text(text, words)

    return replace(
        letter,
        dispatch=Dispatch(
            _particulars(written.particulars, merged, filled),
            tuple(_block(block, filled) for block in written.body),
            tuple(_annex(annex, filled) for annex in written.annexes),
        ),
    )


def filled_text(text: str, words: Mapping[str, str]) -> str:
    """`text` with its columns filled; braces in what is put in are left alone."""

    def found(sign: re.Match[str]) -> str:
        name = sign[1]
        if name is None:
            return sign[0][0]
        return words.get(clean(name), sign[0])

    return _BRACES.sub(found, text) if "{" in text or "}" in text else text


def _particulars(facts: Particulars, merged: Merged, filled: Callable[[str], str]) -> Particulars:
    raw = cast("dict[str, Any]", _mapped(facts.model_dump(), filled))
    if merged.addressees:
        raw["addressees"] = merged.addressees
    try:
        return Particulars.model_validate(clean_strings(raw))
    except ValidationError as error:
        raise DispatchError(*problems_of(error, Particulars, "")) from error


def _mapped(value: object, change: Callable[[str], str]) -> object:
    """`value` with every string in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(each, change) for key, each in cast("dict[str, object]", value).items()}
    if isinstance(value, (list, tuple)):
        return tuple(_mapped(each, change) for each in cast("list[object]", value))
    return value


def _block(block: Block, filled: Callable[[str], str]) -> Block:
    if isinstance(block, Table):
        rows = tuple(tuple(tuple(filled(line) for line in cell) for cell in row) for row in block.rows)
        return replace(block, rows=rows)
    if isinstance(block, QrPlace):
        return replace(block, label=filled(block.label))
    return replace(block, runs=tuple(_run(run, filled) for run in block.runs))


def _run(run: Run, filled: Callable[[str], str]) -> Run:
    return replace(run, text=filled(run.text))


def _annex(annex: Annex, filled: Callable[[str], str]) -> Annex:
    return replace(
        annex,
        title=tuple(filled(line) for line in annex.title),
        blocks=tuple(_block(block, filled) for block in annex.blocks),
        table=annex.table and _table(annex.table, filled),
    )


def _table(table: Table, filled: Callable[[str], str]) -> Table:
    rows = tuple(tuple(tuple(filled(line) for line in cell) for cell in row) for row in table.rows)
    return replace(table, rows=rows)


# --- which columns a letter names


def columns_named(letter: WrittenLetter, *, signed: bool) -> dict[str, str]:
    """Every column that the letter names, with the place where it first does.

    `signed`: the signer is named already, and what stands in their place is no column. `DispatchError` for
    braces that are neither a column nor doubled.
    """
    found: dict[str, str] = {}
    problems: dict[Problem, None] = {}
    for where, text in _texts(letter, signed=signed):
        for sign in _BRACES.finditer(text):
            if sign[0] in {"{", "}"}:
                problems[_lone(where, sign[0])] = None
            elif sign[1] is not None and clean(sign[1])[:1].isalpha():
                found.setdefault(clean(sign[1]), where)
    if problems:
        raise DispatchError(*problems)
    return found


def _lone(where: str, sign: str) -> Problem:
    return Problem(
        where,
        f"ngoặc “{sign}” không thành cặp; tên cột viết {{Tên cột}}, còn ngoặc thật thì gõ đôi: {{{{ }}}}",
        f"the brace {sign!r} has no fellow; a column is {{its name}}, and a brace that is meant is doubled",
    )


def _texts(letter: WrittenLetter, *, signed: bool) -> Iterator[tuple[str, str]]:
    """Every text of a letter that a row can fill, with its place."""
    front, _, _ = split_front_matter(decode(letter.data, letter.source, []), letter.source, [])
    facts = letter.dispatch.particulars
    for path, text in _strings(facts.model_dump(exclude={"annexes", "mentions"}), ()):
        if not (signed and path == SIGNER):
            yield front.line_with(path, text), text
    for block in letter.dispatch.body:
        yield block.where, _words(block)
    for name, annex in zip(facts.annexes, letter.dispatch.annexes, strict=True):
        for line in annex.title:
            yield name, line
        for block in annex.blocks:
            yield block.where or name, _words(block)
        for row in annex.table.rows if annex.table else ():
            yield from ((name, line) for cell in row for line in cell)


def _words(block: Block) -> str:
    """The words of a block that are filled; pieces of another look are apart, as they are filled apart."""
    if isinstance(block, Table):
        return "\n".join(line for row in block.rows for cell in row for line in cell)
    return block.label if isinstance(block, QrPlace) else "\n".join(run.text for run in block.runs)


def _strings(value: object, path: _Path) -> Iterator[tuple[_Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, each in cast("dict[str, object]", value).items():
            yield from _strings(each, (*path, key))
    elif isinstance(value, (list, tuple)):
        for each in cast("list[object]", value):
            yield from _strings(each, path)
