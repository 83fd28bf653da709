"""A letter from its files: `dispatch.md` with its annexes, or the template filled in for one agency."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from dxassets.dispatch.edition import Forward
from dxassets.dispatch.frontmatter import decode, split_front_matter
from dxassets.dispatch.holes import section_for
from dxassets.dispatch.model import Dispatch
from dxassets.dispatch.parse import annex_names, line_of_annexes, markup_of, missing_annex, parse_dispatch
from dxassets.dispatch.prose import explained
from dxassets.dispatch.wording import cite_letter
from dxassets.errors import DispatchError, Problem

Find = Callable[[str], bytes | None]
"""The bytes of a file by its name; None when there is none."""


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """A letter, and the text that it was read from."""

    source: str
    data: bytes
    dispatch: Dispatch


def read_letter(
    source: str, find: Find, *, forward: Forward | None = None, has_text: bool = True
) -> WrittenLetter:
    """The letter in the file `source`; with `forward`, the agency's own from that template.

    Without `has_text` its text is given in another way. `DispatchError` with all that is wrong.
    """
    if forward is not None:
        return _filled_in(source, find, forward)
    data = _found(source, find)
    made = parse_dispatch(data, _annexes(data, source, find), source, has_text=has_text)
    name = made.particulars.original
    if name:
        made = replace(made, original=_original(name, find, made, source=source))
    return WrittenLetter(source, data, made)


def _original(name: str, find: Find, copy: Dispatch, *, source: str) -> Dispatch:
    """The document that `copy` is a copy of; of an excerpt, with the copy's own text if it has some."""
    if name == source or find(name) is None:
        vi, en = "không tìm thấy văn bản được sao", "the document to copy is not there"
        raise DispatchError(Problem(source, f"original: {vi}: “{name}”", f"original: {en}: {name!r}"))
    original = read_letter(name, find).dispatch
    if original.particulars.form.is_copy:
        vi, en = "văn bản được sao lại là một bản sao", "the document to copy is a copy itself"
        raise DispatchError(Problem(source, f"original: {vi}: “{name}”", f"original: {en}: {name!r}"))
    return replace(original, body=copy.body, annexes=()) if copy.body else original


def front_of(data: bytes, source: str) -> bytes:
    """The particulars of a letter's file, with the signs above and below them."""
    text = decode(data, source, [])
    _, _, lines = split_front_matter(text, source, [])
    return "".join(f"{line}\n" for line in text.split("\n")[:lines]).encode()


def explained_text(data: bytes, source: str) -> tuple[Problem, ...]:
    """What of the text of a letter's file was understood as more than text, each with its line."""
    front, prose, before = split_front_matter(decode(data, source, []), source, [])
    return explained(prose, source, before, markup=markup_of(front.read([])))


def missing_annexes(data: bytes, source: str, find: Find) -> tuple[Problem, ...]:
    """A problem, with its line, for each annex that the letter in `data` names and that is not there."""
    named = [name for name in annex_names(data, source) if find(name) is None]
    return tuple(missing_annex(name, line_of_annexes(data, source), ()) for name in named)


def _filled_in(source: str, find: Find, forward: Forward) -> WrittenLetter:
    """The letter by which an agency passes another on: it cites that one."""
    passed_on = read_letter(forward.source, find).dispatch
    words = {**dict(forward.words), "cong-van": (cite_letter(passed_on),)}
    section = section_for(_found(source, find), forward.level, source)
    made = parse_dispatch(section, _annexes(section, source, find), source, words=words)
    return WrittenLetter(source, section, made)


def _found(source: str, find: Find) -> bytes:
    data = find(source)
    if data is None:
        raise DispatchError(Problem(source, "không tìm thấy tệp này", "no such file"))
    return data


def _annexes(data: bytes, source: str, find: Find) -> dict[str, bytes]:
    """The annexes that are there; the parser tells of the others, with the line that names them."""
    found = {name: find(name) for name in annex_names(data, source)}
    return {name: annex for name, annex in found.items() if annex is not None}
