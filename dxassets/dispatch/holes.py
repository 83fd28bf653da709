"""Templates of letters: sections for kinds of agencies, and ``{holes}`` that are filled after parsing.

A template is a letter like any other, with holes in its words; `levels` in its
particulars says for whom it is. Several may stand in one file, one after another.
Holes are filled in strings and runs, never in TOML or Markdown, so a name with
quotes, stars or ``<>`` comes out as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from dxassets.dispatch.frontmatter import FENCE, TomlText, decode, split_front_matter
from dxassets.dispatch.model import Block, Paragraph, Table
from dxassets.errors import DispatchError, Problem
from dxassets.models import suggest
from dxassets.vietnamese import upper

HoleWords = Mapping[str, tuple[str, ...]]
_HOLE = re.compile(r"\{([A-Za-z]+(?:-[A-Za-z]+)*)\}")


def holes_in(text: str) -> list[str]:
    """The holes in `text` as they are written, with their braces."""
    return [found.group() for found in _HOLE.finditer(text)]


def section_for(data: bytes, level: str, source: str) -> bytes:
    """The letter for agencies of `level`; lines of the other sections are left empty, so line numbers hold.

    Raises `DispatchError` when no section is for them.
    """
    problems: list[Problem] = []
    lines = decode(data, source, problems).split("\n")
    fences = [number for number, line in enumerate(lines) if line.rstrip() == FENCE]
    known: list[str] = []
    for at, first in enumerate(fences[::2]):
        last = fences[2 * at + 2] if 2 * at + 2 < len(fences) else len(lines)
        section = "\n".join([""] * first + lines[first:last])
        front, _, _ = split_front_matter(section, source, problems)
        levels = _levels(front.read(problems))
        if level in levels:
            return section.encode()
        known += levels
    if not problems:
        vi, en = ", ".join(known) or "–", ", ".join(known) or "none"
        problems.append(
            Problem(
                source,
                f"mẫu không có phần cho cấp “{level}” (có: {vi})",
                f"the template has no section for the level {level!r} (it has: {en})",
            )
        )
    raise DispatchError(*problems)


def _levels(raw: Mapping[str, Any]) -> list[str]:
    levels = raw.get("levels", [])
    return [str(level) for level in cast("list[object]", levels)] if isinstance(levels, list) else []


def fill_particulars(raw: object, words: HoleWords, front: TomlText, problems: list[Problem]) -> Any:
    """`raw` TOML with every hole in its strings filled; a list's entry that is one hole becomes its lines.

    An entry with a hole that there is nothing for (no lines at all) is left out.
    """
    return _Filler(words, front, problems).fill(raw, ())


@dataclass(frozen=True, slots=True)
class _Filler:
    """Fills the holes of particulars; knows at which key it is, so that a wrong hole has its line."""

    words: HoleWords
    front: TomlText
    problems: list[Problem]

    def fill(self, raw: object, path: tuple[int | str, ...]) -> Any:
        """`raw`, which stands at `path`, with its holes filled."""
        if isinstance(raw, str):
            return _filled(raw, self.words, self.front.line_with(path, raw), self.problems)
        if isinstance(raw, list):
            return [entry for item in cast("list[object]", raw) for entry in self._entries(item, path)]
        if isinstance(raw, dict):
            table = cast("dict[str, object]", raw)
            return {key: self.fill(value, (*path, key)) for key, value in table.items() if key != "levels"}
        return raw

    def _entries(self, item: object, path: tuple[int | str, ...]) -> list[Any]:
        if isinstance(item, str) and any(self.words.get(name.lower()) == () for name in _HOLE.findall(item)):
            return []  # an office of a district, where there are no districts
        hole = _HOLE.fullmatch(item) if isinstance(item, str) else None
        if hole and hole.group(1).lower() in self.words:
            return [_cased(line, hole.group(1)) for line in self.words[hole.group(1).lower()]]
        return [self.fill(item, path)]


def fill_blocks(blocks: tuple[Block, ...], words: HoleWords, problems: list[Problem]) -> tuple[Block, ...]:
    """`blocks` with every hole in their runs and cells filled."""
    return tuple(_filled_block(block, words, problems) for block in blocks)


def _filled_block(block: Block, words: HoleWords, problems: list[Problem]) -> Block:
    def said(text: str) -> str:
        return _filled(text, words, block.where, problems)

    if isinstance(block, Paragraph):
        return replace(block, runs=tuple(replace(run, text=said(run.text)) for run in block.runs))
    if isinstance(block, Table):
        rows = tuple(tuple(tuple(map(said, cell)) for cell in row) for row in block.rows)
        return replace(block, rows=rows)
    return block


def _filled(text: str, words: HoleWords, where: str, problems: list[Problem]) -> str:
    def found(hole: re.Match[str]) -> str:
        name = hole.group(1)
        lines = words.get(name.lower())
        if lines is None:
            vi, en = suggest(name.lower(), list(words))
            problem = Problem(
                where,
                f"không biết chỗ điền {{{name}}}.{vi}",
                f"there is nothing to fill {{{name}}} with.{en}",
            )
            if problem not in problems:  # twice in a line is told once
                problems.append(problem)
            return ""
        if not lines:
            problem = Problem(
                where,
                f"{{{name}}} không có ở cơ quan này; hãy bỏ chữ đó ra khỏi câu",
                f"{{{name}}} is nothing that this agency has; take it out of this sentence",
            )
            if problem not in problems:
                problems.append(problem)
        return _cased(", ".join(lines), name)

    return _HOLE.sub(found, text)


def _cased(text: str, hole: str) -> str:
    """A hole in capitals is filled in capitals."""
    return upper(text) if hole.isupper() else text
