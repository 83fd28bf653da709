"""Slogans whose words are marked, and how many words a setting breaks: shared by a test and the benchmark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dxassets.typesetting.fitting import Part, fit
from dxassets.typesetting.ink import Measure
from dxassets.typesetting.paragraph import Voice, settings

SLOGANS = Path(__file__).parent / "data" / "slogans.txt"
VOICE = Voice(800)
LINE_COUNTS = (2, 3, 4, 5)
BOXES = {
    "tower": (160.0, 480.0),
    "portrait": (300.0, 420.0),
    "square": (400.0, 400.0),
    "wide": (900.0, 200.0),
}
"""Width and height of the slots in which every slogan is set; the least size is a 24th of their mean."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A slogan, and before which of its blank-separated syllables no line may begin."""

    text: str
    inside: frozenset[int]


def read_slogans(path: Path = SLOGANS) -> tuple[Marked, ...]:
    """Every line but comments; ``_`` is a blank inside a word."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return tuple(marked(line) for line in lines if line and not line.startswith("#"))


def marked(line: str) -> Marked:
    """The slogan that `line` writes with ``_`` inside its words."""
    inside: set[int] = set()
    count = 0
    for word in line.split():
        parts = word.split("_")
        inside.update(range(count + 1, count + len(parts)))
        count += len(parts)
    return Marked(line.replace("_", " "), frozenset(inside))


def broken(slogan: Marked, lines: Sequence[str]) -> int:
    """How many of these lines begin inside a word."""
    count = found = 0
    for line in lines[:-1]:
        count += len(line.split())
        found += count in slogan.inside
    return found


def broken_at_counts(slogan: Marked, measure: Measure, phrases: tuple[str, ...] = ()) -> list[int]:
    """Broken words in the best setting of two to five lines, as far as there are words enough."""
    words = len(slogan.text.split()) - len(slogan.inside)
    found = settings(slogan.text, VOICE, phrases, max(LINE_COUNTS), measure)
    return [broken(slogan, found[count - 1].lines) for count in LINE_COUNTS if count <= words // 2]


def broken_in_boxes(slogan: Marked, measure: Measure, phrases: tuple[str, ...] = ()) -> dict[str, int | None]:
    """Broken words in the setting that is chosen for each slot; None where nothing legible fits."""
    found: dict[str, int | None] = {}
    for name, (width, height) in BOXES.items():
        stack = fit(
            [Part(slogan.text, VOICE, max_lines=7)],
            measure,
            width=width,
            height=height,
            largest=width,
            smallest=(width * height) ** 0.5 / 24,
            phrases=phrases,
        )
        found[name] = None if stack is None else broken(slogan, stack.parts[0][1].lines)
    return found
