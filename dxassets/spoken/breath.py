"""Where a reader breathes: at every stop, and in long phrases where the language lets go."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from dxassets.vietnamese import break_costs

MOST_SYLLABLES = 14
"""In one breath; newsreaders' phrases have 7 to 12 syllables, longer ones are lost on a loudspeaker."""
_IDEAL = 9
_WITHIN_NUMBER = 40.0
_NUMERALS = frozenset(
    "không một mốt hai ba bốn tư năm lăm nhăm sáu bảy tám chín mười mươi trăm nghìn ngàn triệu tỷ "
    "linh lẻ".split()
)
_BEFORE_NUMERALS = frozenset("ngày tháng mùng mồng số quý khóa lần thứ phẩy chấm trên phần".split())
_OPENERS = frozenset(("đến", "ngày"))
_STOP = re.compile(r"[.!?]$")


@dataclass(frozen=True, slots=True)
class Breath:
    """What is said in one breath; `ends` a sentence, with a longer pause behind it."""

    text: str
    ends: bool


def syllables_of(text: str) -> int:
    """How many syllables are said: Vietnamese writes each by itself."""
    return sum(any(char.isalnum() for char in word) for word in text.split())


def phrases_of(text: str, *, held: tuple[str, ...] = ()) -> tuple[Breath, ...]:
    """The phrases of a spoken text; `held` are words that no breath parts."""
    found: list[Breath] = []
    for clause in re.split(r"(?<=[,;:.!?])\s+", text):
        pieces = _breaths(clause, held)
        found += [Breath(piece, ends=False) for piece in pieces[:-1]]
        found += [Breath(piece, _STOP.search(piece) is not None) for piece in pieces[-1:]]
    if found and not found[-1].ends:
        found[-1] = Breath(found[-1].text, ends=True)
    return tuple(found)


def _costs(words: tuple[str, ...], costs: tuple[float, ...]) -> list[float]:
    """What a breath costs behind each word: most within a number, nothing before “đến” and “ngày”."""
    found = list(costs)
    for gap, (left, right) in enumerate(pairwise(word.lower() for word in words)):
        if right in _OPENERS:
            found[gap] = _WITHIN_NUMBER if left in {"từ", "đến"} else 0.0
        elif right == "năm" and gap + 2 < len(words) and left in _NUMERALS and words[gap + 2] in _NUMERALS:
            found[gap] = 1.0  # a year follows
        elif (left in _NUMERALS or left in _BEFORE_NUMERALS) and (right in _NUMERALS or right == "tháng"):
            found[gap] = _WITHIN_NUMBER
    return found


def _breaths(clause: str, held: tuple[str, ...]) -> list[str]:
    """A clause in pieces of at most so many syllables, parted where it costs least."""
    words, known = break_costs(clause, held)
    costs = _costs(words, known)
    if len(words) <= MOST_SYLLABLES:
        return [clause] if clause else []
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        choices: list[tuple[float, int]] = []
        for start in range(max(0, end - MOST_SYLLABLES), end):
            gap = costs[end - 1] if end < len(words) else 0.0
            choices.append((best[start][0] + 3 * gap + (end - start - _IDEAL) ** 2 / _IDEAL, start))
        best.append(min(choices))
    pieces: list[str] = []
    end = len(words)
    while end:
        start = best[end][1]
        pieces.insert(0, " ".join(words[start:end]))
        end = start
    return pieces
