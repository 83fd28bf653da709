"""Where in a composition the phrases of a slogan stand, one after the other as they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dxassets.backends.shaper import Shaper
from dxassets.jobs import TextArea
from dxassets.kinds.loop.timeline import groups_in
from dxassets.typesetting.layout import Layout, Role, TextLine
from dxassets.vietnamese import break_costs

MOST_GROUPS = 7
"""Syllables that come at once: a longer line comes in parts."""
_UNEVEN = 1.5
"""What a part that is a syllable longer or shorter than the others costs, squared; breaks cost, too."""
SAID: frozenset[Role] = frozenset({"lead", "slogan", "key", "tail"})


@dataclass(frozen=True, slots=True)
class SloganPhrase:
    """A part of a line of the slogan, its outlines, and how many syllables it has."""

    area: TextArea
    groups: int


def phrases_of(
    layout: Layout, texts: Sequence[TextArea], shaper: Shaper, held: tuple[str, ...]
) -> list[SloganPhrase]:
    """The slogan's phrases; `texts` are the areas of the layout's lines, `held` words that stay together."""
    found: list[SloganPhrase] = []
    for line, area in zip(layout.lines, texts, strict=True):
        if line.role in SAID:
            found += _parts(line, area, shaper, held)
    return found


def groups_of(layout: Layout, held: tuple[str, ...]) -> list[int]:
    """How many syllables each of the slogan's phrases has."""
    return [groups_in(piece) for line in layout.lines if line.role in SAID for piece in cut(line.text, held)]


def _parts(line: TextLine, area: TextArea, shaper: Shaper, held: tuple[str, ...]) -> Iterator[SloganPhrase]:
    pieces = cut(line.text, held)
    if len(pieces) == 1:
        yield SloganPhrase(area, groups_in(line.text))
        return
    words = line.text.split(" ")
    done = 0
    for piece in pieces:
        before = " ".join([*words[:done], ""]) if done else ""
        x = line.x + shaper.measure(before, line.weight).advance * line.size
        outline = shaper.line_to_svg(piece, line.weight, x=x, baseline=line.baseline, size=line.size)
        box = shaper.measure(piece, line.weight).box(x, line.baseline, line.size)
        yield SloganPhrase(replace(area, text=piece, box=box, outline=outline), groups_in(piece))
        done += len(piece.split(" "))


def cut(text: str, held: tuple[str, ...]) -> list[str]:
    """A line in parts of at most `MOST_GROUPS` syllables, where the language lets go."""
    total = groups_in(text)
    words, costs = break_costs(text, held)
    count = -(-total // MOST_GROUPS)
    if count < 2 or len(words) < 2:
        return [text]
    wished = total / count
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(words) + 1):
        options: list[tuple[float, int]] = []
        for start in range(end):
            size = groups_in(" ".join(words[start:end]))
            if size > MOST_GROUPS and end - start > 1:
                continue
            gap = costs[end - 1] if end < len(words) else 0.0
            options.append((best[start][0] + gap + _UNEVEN * (size - wished) ** 2, start))
        best.append(min(options))
    cuts = [len(words)]
    while cuts[-1]:
        cuts.append(best[cuts[-1]][1])
    ends = cuts[::-1]
    return [" ".join(words[start:end]) for start, end in pairwise(ends)]
