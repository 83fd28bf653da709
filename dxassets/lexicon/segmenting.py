"""Words in a run of syllables, by the fewest and surest entries of the word list.

As one who reads does: of all ways to cut a run into entries and single syllables the one with
the fewest pieces is taken. Where several are as good, every seam that one of them closes
is closed: “nhà nước ngoài” may be “nhà nước” or “nước ngoài”, so neither is broken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from functools import cache, lru_cache
from pathlib import Path

from dxassets.lexicon.spelling import spelling_key


class Seam(IntEnum):
    """How two neighbouring syllables hold together, from not at all to hardest."""

    OPEN = 0
    LOOSE = 1
    """They often stand together: “đi bộ”, the halves of “kinh tế | biển”."""
    TERM = 2
    """Two words of one term: “chuyển đổi | số”, “ủy ban | nhân dân”."""
    WORD = 3
    """One word: “pháp | luật”."""


_SINGLE = 1.0
_WORD = 1.0
_LOOSE_PAIR, _LOOSE_TERM = 1.5, 2.0
"""A loose pair beats two single syllables, and any word beats it; a longer one ties with its own words."""
_SYLLABLES = 8
"""Of the longest entry."""

Entries = Mapping[tuple[str, ...], Seam]


def seams(syllables: Sequence[str]) -> tuple[Seam, ...]:
    """How each syllable holds to the next; one less than there are syllables (any case, NFC).

    Nothing but a blank may stand between them: punctuation is the caller's to cut at.
    """
    return _seams(tuple(spelling_key(syllable) for syllable in syllables), whole=True)


@lru_cache(maxsize=8192)
def _seams(keys: tuple[str, ...], *, whole: bool) -> tuple[Seam, ...]:
    """`seams` for keys; without `whole` the run itself is not looked up, only its parts."""
    found = [Seam.OPEN] * max(len(keys) - 1, 0)
    for start, end, seam in _pieces(keys, whole=whole):
        inner = _seams(keys[start:end], whole=False) if end - start > 2 else (Seam.OPEN,)
        held = seam if seam is not Seam.WORD or max(inner) is not Seam.WORD else Seam.TERM
        for at, inside in enumerate(inner, start):
            found[at] = max(found[at], inside, held)
    return tuple(found)


def _pieces(keys: tuple[str, ...], *, whole: bool) -> list[tuple[int, int, Seam]]:
    """The entries that stand in any of the best segmentations: start, end and what they are."""
    count = len(keys)
    edges = [
        (start, end, seam)
        for start in range(count)
        for end, seam in _entries_at(keys, start)
        if whole or end - start < count
    ]
    ahead, behind = _cheapest(count, edges, forwards=True), _cheapest(count, edges, forwards=False)
    best = ahead[count] + 1e-9
    return [edge for edge in edges if ahead[edge[0]] + _cost(edge) + behind[edge[1]] <= best]


def _cost(edge: tuple[int, int, Seam]) -> float:
    """What a piece costs."""
    start, end, seam = edge
    if seam is Seam.WORD:
        return _WORD
    return _LOOSE_PAIR if end - start == 2 else _LOOSE_TERM


def _cheapest(count: int, edges: Sequence[tuple[int, int, Seam]], *, forwards: bool) -> list[float]:
    """The least cost from the start to each place, or from each place to the end."""
    costs = [float("inf")] * (count + 1)
    costs[0 if forwards else count] = 0.0
    steps = [*((start, end, _cost((start, end, seam))) for start, end, seam in edges)]
    steps += [(at, at + 1, _SINGLE) for at in range(count)]
    for start, end, cost in sorted(steps) if forwards else sorted(steps, key=lambda step: -step[1]):
        here, there = (start, end) if forwards else (end, start)
        costs[there] = min(costs[there], costs[here] + cost)
    return costs


def _entries_at(keys: tuple[str, ...], start: int) -> Iterable[tuple[int, Seam]]:
    """Ends and kinds of the entries that begin at `start`."""
    known = _tails(keys[start])
    for length in range(1, min(_SYLLABLES, len(keys) - start)):
        seam = known.get(keys[start + 1 : start + 1 + length])
        if seam is not None:
            yield start + 1 + length, seam


@lru_cache(maxsize=4096)
def _tails(head: str) -> Entries:
    """What may follow `head`, as keys; lines of the list are taken apart when their head is first met."""
    found: dict[tuple[str, ...], Seam] = {}
    for seam, lines in ((Seam.LOOSE, _lines("loose.txt")), (Seam.WORD, _lines("words.txt"))):
        for tail in lines.get(head, "").split():
            found[tuple(spelling_key(syllable) for syllable in tail.split("_"))] = seam
    return found


@cache
def _lines(name: str) -> dict[str, str]:
    """A list by its heads: ``pháp: luật lí_luật`` stands for “pháp luật” and “pháp lí luật”."""
    lines: dict[str, str] = {}
    for line in _text(name).splitlines():
        if line[:1] != "#":
            head, _, tails = line.partition(": ")
            key = spelling_key(head)
            lines[key] = f"{lines[key]} {tails}" if key in lines else tails
    return lines


def word_lists() -> tuple[str, str]:
    """Both lists as they are written, words first: the web pages read them, too."""
    return _text("words.txt"), _text("loose.txt")


def _text(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")
