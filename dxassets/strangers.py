"""Words left over from another place or year, found in a text with their lines.

A province is found where its kind stands before it (“tỉnh Cà Mau”); once found, wherever it stands in the
same text (“Viettel Cà Mau”). Marks and case do not count, but a name begins with capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dxassets.vietnamese import fold

_KINDS = ("tinh", "thanh pho", "tp")
_WORD = re.compile(r"\w+(?:['’]\w+)*", re.UNICODE)
_DATED = re.compile(
    r"(?:\b[0-9]{1,2}[/.-]){1,2}((?:19|20)[0-9]{2})\b|\bnăm\s+((?:19|20)[0-9]{2})\b", re.IGNORECASE
)
_ADDRESS = re.compile(r"https?://[^\s<>()\"”]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Name:
    """A place's name as folded words; `personal` when people are called so, too."""

    text: str
    words: tuple[str, ...]
    personal: bool = False


@lru_cache(maxsize=8)
def provinces_in(data: bytes) -> tuple[Name, ...]:
    """The names in `provinces.txt`, the longest first: one may begin or end with another."""
    lines = (line.strip() for line in data.decode("utf-8-sig").splitlines())
    names = [
        name_of(line.removesuffix("*"), personal=line.endswith("*"))
        for line in lines
        if line[:1] not in {"", "#"}
    ]
    return tuple(sorted(names, key=lambda name: -len(name.words)))


def name_of(text: str, *, personal: bool = False) -> Name:
    """`text` as a name that can be looked for."""
    clean = " ".join(text.split())
    return Name(clean, tuple(fold(word) for word in _WORD.findall(clean)), personal)


def bare_name(area: str) -> str:
    """“tỉnh Cà Mau” without its kind."""
    words = area.split()
    for kind in _KINDS:
        length = len(kind.split())
        if [fold(word).rstrip(".") for word in words[:length]] == kind.split() and len(words) > length:
            return " ".join(words[length:])
    return area


def places_named(line: str, names: Iterable[Name]) -> Iterator[tuple[Name, bool]]:
    """Each of `names` that stands in `line`, and whether its kind stands before it."""
    found = [(match.group(), fold(match.group())) for match in _WORD.finditer(line)]
    words = [folded for _, folded in found]
    taken: set[int] = set()
    for name in names:
        length = len(name.words)
        for start in range(len(words) - length + 1):
            span = range(start, start + length)
            if tuple(words[start : start + length]) != name.words or taken & set(span):
                continue
            if not all(found[at][0][:1].isupper() for at in span):
                continue
            taken |= set(span)
            yield name, any(_stands_before(words, start, kind.split()) for kind in _KINDS)


def _stands_before(words: Sequence[str], start: int, kind: Sequence[str]) -> bool:
    return start >= len(kind) and list(words[start - len(kind) : start]) == list(kind)


def years_named(line: str) -> set[int]:
    """The years of dates, and those after “năm”."""
    return {int(day or said) for day, said in _DATED.findall(line)}


def addresses_named(line: str) -> list[str]:
    """The web addresses in `line`."""
    return [found.rstrip(".,;:") for found in _ADDRESS.findall(line)]


def said_lines(text: str, *, toml: bool) -> Iterator[tuple[int, str]]:
    """The lines that say something, counted from 1: in TOML without comments.

    What stands between two ``+++`` lines of a letter is TOML.
    """
    inside = toml
    for number, line in enumerate(text.splitlines(), start=1):
        if line.rstrip() == "+++":
            inside = not inside
            continue
        yield number, _without_comment(line) if inside else line


def _without_comment(line: str) -> str:
    """`line` up to a ``#`` outside quotes."""
    quote = ""
    for at, char in enumerate(line):
        if char in "\"'" and quote in {"", char}:
            quote = "" if quote else char
        elif char == "#" and not quote:
            return line[:at]
    return line
