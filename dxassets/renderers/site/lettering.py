"""The letters of an agency's name for the page: outlines, advances and kerning, as one table a face.

A name is set in capitals of one weight. Its letters don't change with their neighbours (HarfBuzz is asked for
every pair of them when the table is made), so a table draws what HarfBuzz draws, without HarfBuzz.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import product

from dxassets.backends.fonts import Font, Glyph
from dxassets.errors import AssetError, Problem
from dxassets.vietnamese import strange_characters, upper

NAME_WEIGHT = 600
"""The weight in which `typesetting.blocks.set_agency` sets a name."""
_VOWELS, _CONSONANTS = "AĂÂEÊIOÔƠUƯY", "BCDĐGHKLMNPRSTVWZ"
_OVER_VOWELS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0308\u0309\u030c\u0323"
_OVER_CONSONANTS = "\u0301\u0303\u0306\u030c\u0323"
"""Together the letters of the country's languages, also those that Unicode has in parts only: Ơ̆, Ư̆, Ê̆, K̆ …"""
_FRACTION_SLASH = "\u2044"
"""HarfBuzz makes fractions of the digits around it: no table holds that."""
_COMMAND = re.compile(r"([MLQC])([^MLQC]*)")


@dataclass(frozen=True, slots=True)
class _Outlines:
    """Each glyph once, as contours in their places, and the box round its ink; each contour once, too.

    The letters of Vietnamese are few contours many times: A, Ắ and Ậ have theirs in common.
    """

    font: Font
    at: dict[int, int] = field(default_factory=dict[int, int])
    glyphs: list[list[float]] = field(default_factory=list[list[float]])
    boxes: list[list[float]] = field(default_factory=list[list[float]])
    contours: dict[str, int] = field(default_factory=dict[str, int])

    def number(self, glyph: int) -> int:
        """The number that the table gives to a glyph of the font."""
        if glyph not in self.at:
            self.at[glyph] = len(self.glyphs)
            box = self.font.bounds(glyph)
            self.boxes.append([] if box.empty else [box.left, box.top, box.right, box.bottom])
            placed = [self._placed(contour) for contour in self.font.outline(glyph).split("Z") if contour]
            self.glyphs.append([part for contour in placed for part in contour])
        return self.at[glyph]

    def _placed(self, contour: str) -> tuple[float, float, float]:
        """A contour's number and where it begins."""
        x, y, path = _in_steps(contour)
        return self.contours.setdefault(path, len(self.contours)), x, y


def letters_of(font: Font) -> dict[str, object]:
    """The table of one font alone, as JSON: what `templates/site/js/lettering.js` sets names by.

    `space` is how far two words stand apart, in em. `letters` are in parallel with `glyphs` (one's number, or
    number and place of several), `advances`, and `left` and `right`, which name a letter's row and column
    of `kerns`. `ill` are the letters whose marks collide. `outlines` are contours with their places, three
    numbers each. Lengths are in font units, y down.
    """
    letters = _letters(font)
    alone = [font.units([letter])[0] for letter in letters]
    outlines = _Outlines(font)
    left, right, kerns = _kerning(font, letters, alone)
    return {
        "em": font.units_per_em,
        "space": font.ink("a a").advance - 2 * font.ink("a").advance,
        "letters": letters,
        "glyphs": [_told(glyphs, outlines) for glyphs in alone],
        "advances": [_advance(glyphs) for glyphs in alone],
        "left": left,
        "right": right,
        "kerns": kerns,
        "ill": [at for at, letter in enumerate(letters) if not font.sets_marks_well(letter)],
        "outlines": outlines.glyphs,
        "boxes": outlines.boxes,
        "contours": list(outlines.contours),
    }


@lru_cache(maxsize=4)
def tables_of(font: Font) -> tuple[dict[str, object], dict[str, object] | None]:
    """The tables of a font and of its spare one, which few names need."""
    return letters_of(font), None if font.spare is None else letters_of(font.spare)


def _letters(font: Font) -> list[str]:
    """All that a name in capitals may hold and the font has, letters in parts among them."""
    single = [char for char in font.characters() if upper(char) == char and _stands_alone(char)]
    parts = [*product(_VOWELS, _OVER_VOWELS), *product(_CONSONANTS, _OVER_CONSONANTS)]
    stacked = [unicodedata.normalize("NFC", base + mark) for base, mark in parts]
    every = dict.fromkeys([*single, *stacked])
    return [letter for letter in every if not font.undrawn(letter)]


def _stands_alone(char: str) -> bool:
    """Whether a character is no mark for another one, and may stand in a name."""
    is_mark = bool(unicodedata.combining(char))
    return char != _FRACTION_SLASH and not is_mark and not strange_characters(char)


def _told(glyphs: tuple[Glyph, ...], outlines: _Outlines) -> object:
    """One glyph in its place by its number; others as number, x, y each."""
    if len(glyphs) == 1 and not glyphs[0].x and not glyphs[0].y:
        return outlines.number(glyphs[0].id)
    return [part for glyph in glyphs for part in (outlines.number(glyph.id), glyph.x, glyph.y)]


def _advance(glyphs: tuple[Glyph, ...]) -> float:
    return sum(glyph.advance for glyph in glyphs)


def _kerning(
    font: Font, letters: list[str], alone: list[tuple[Glyph, ...]]
) -> tuple[list[int], list[int], list[list[float]]]:
    """Each letter's row and column, and how far each pair is moved together or apart."""
    rows = [_beside(font, letters, alone, at) for at in range(len(letters))]
    left, kept = _numbered([tuple(row) for row in rows])
    right, columns = _numbered(list(zip(*kept, strict=True)))
    return left, right, [list(row) for row in zip(*columns, strict=True)]


def _beside(font: Font, letters: list[str], alone: list[tuple[Glyph, ...]], at: int) -> list[float]:
    """What each letter does to the advance of that one when it follows; HarfBuzz sets all in one line."""
    line = [unit for letter in letters for unit in (letters[at], letter)]
    set_units = font.units(line)
    own = _ids(alone[at])
    for letter, before, after, plain in zip(letters, set_units[::2], set_units[1::2], alone, strict=True):
        if _ids(before) != own or _ids(after) != _ids(plain):
            raise _not_a_table(letters[at] + letter)
    return [_advance(glyphs) - _advance(alone[at]) for glyphs in set_units[::2]]


def _ids(glyphs: tuple[Glyph, ...]) -> list[int]:
    return [glyph.id for glyph in glyphs]


def _numbered(rows: list[tuple[float, ...]]) -> tuple[list[int], list[tuple[float, ...]]]:
    """Which of the different rows each row is, and these."""
    kept = {row: at for at, row in enumerate(dict.fromkeys(rows))}
    return [kept[row] for row in rows], list(kept)


def _not_a_table(pair: str) -> AssetError:
    return AssetError(
        Problem(
            "brand.toml: typefaces.display",
            f"phông chữ đổi hình “{pair}” theo chữ đứng cạnh nên trang web không tự vẽ được tên cơ quan",
            f"the typeface changes {pair!r} by neighbours, so that the web page can't draw names",
        )
    )


def _in_steps(contour: str) -> tuple[int, int, str]:
    """Where a contour begins, and its path with each point counted from the one before, in whole units.

    Only the spare face, which has a finer grid, loses anything: half a thousandth of the type size.
    """
    said: list[str] = []
    first: tuple[int, int] = (0, 0)
    x = y = 0
    for command, numbers in _COMMAND.findall(contour):
        values = [round(float(number)) for number in numbers.split()]
        if command == "M":
            first = values[0], values[1]
        else:
            steps = [str(value - (y if at % 2 else x)) for at, value in enumerate(values)]
            said.append(command.lower() + " ".join(steps).replace(" -", "-"))
        x, y = values[-2:]
    return first[0], first[1], "".join(said) + "z"
