"""One font file shaped by HarfBuzz, and its outlines. The only module that imports uharfbuzz.

Fonts come as bytes from the brand folder; no system font is ever looked up.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.silence import quietly_imported
from dxassets.errors import AssetError, Problem
from dxassets.typesetting.ink import Ink

with quietly_imported:
    import uharfbuzz as hb

_FAMILY, _OLD_FAMILY = 16, 1  # OpenType name ids: typographic family, family
_SPARE = 1 << 20
"""Added to the glyph ids of the spare font; a font has at most 65,536."""
_ALIKE = {"\u00a0": " ", "\u202f": " ", "\u2011": "-", "\u2010": "-", "\u02bc": "’"}
_BLANKS = re.compile("([ \u00a0]+)")
_STACKED = re.compile(r"[^\W\d_][\u0300-\u036f]+|[ĔĕĬĭŎŏŬŭ][\u0300-\u036f]*")
"""A letter with marks of its own, and letters that many fonts have in parts only."""
_BLOT_PX = 64
_ASIDE = 0.2
"""A mark whose middle is further than this share of the letter's width from the letter's is misplaced."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shaped glyph: its id, and where its origin stands on the line (font units, y down)."""

    id: int
    x: float
    y: float
    advance: float


@dataclass(frozen=True, slots=True)
class Bounds:
    """Ink bounds of a glyph in font units, y down; `empty` for blanks."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def empty(self) -> bool:
        """Whether there is no ink."""
        return self.right <= self.left


class Font:
    """One font file: shaping, glyph bounds and glyph outlines, each kept once asked for.

    Whole words whose letters it lacks, or whose marks it lets collide, come from `spare`, if
    that one does better: its glyphs are measured in this font's units.
    """

    def __init__(self, data: bytes, spare: bytes | None = None) -> None:
        self._face = hb.Face(data)
        self.hb_font = hb.Font(self._face)
        self._spare = None if spare is None else Font(spare)
        if self._spare is not None:
            self._spare.hb_font.scale = (self._face.upem, self._face.upem)
        self._lines: dict[str, tuple[Glyph, ...]] = {}
        self._outlines: dict[int, str] = {}
        self._bounds: dict[int, Bounds] = {}

    @property
    def units_per_em(self) -> int:
        """Font units in an em."""
        return int(self._face.upem)

    @property
    def family(self) -> str:
        """The name of the family that the file belongs to, with that of the spare one."""
        name = self._face.get_name(_FAMILY) or self._face.get_name(_OLD_FAMILY) or "?"
        return name if self._spare is None else f"{name}, {self._spare.family}"

    def missing(self, text: str) -> list[str]:
        """The characters of `text` that can't be drawn, in order, once each: found by shaping it.

        So a letter that the font has in parts (ŏ as o with a breve) is not missing, and a
        mark that it has for no letter is.
        """
        found: dict[str, None] = {}
        for word in _words(text):
            if word and self._chosen(word) is None:
                found.update(dict.fromkeys(self.undrawn(word)))
        return list(found)

    @property
    def spare(self) -> Font | None:
        """The font that draws what this one can't; its glyphs are measured in this font's units."""
        return self._spare

    def characters(self) -> list[str]:
        """Every character that this font alone shows, in the order of code points."""
        return sorted({*map(chr, self._face.unicodes), *(char for char in _ALIKE if not self.undrawn(char))})

    def shape(self, text: str) -> tuple[Glyph, ...]:
        """`text` on one line from left to right, kerned; `AssetError` when a glyph is missing."""
        found = self._lines.get(text)
        if found is None:
            if len(self._lines) > 4096:
                self._lines.clear()
            found = self._lines[text] = self._shape(text)
        return found

    def _shape(self, text: str) -> tuple[Glyph, ...]:
        glyphs = self.run(text)
        if all(glyph.id for glyph in glyphs) and not _STACKED.search(text):
            return glyphs  # nearly every text: shaped at one go
        pieces: list[tuple[Font, str]] = []
        for word in _words(text):
            font = self._chosen(word) if word.strip() else self
            if font is None:
                raise AssetError(missing_characters("", self.missing(text), self.family))
            if pieces and pieces[-1][0] is font:
                pieces[-1] = (font, pieces[-1][1] + word)
            else:
                pieces.append((font, word))
        return self._joined(pieces)

    def _joined(self, pieces: list[tuple[Font, str]]) -> tuple[Glyph, ...]:
        """Pieces of several fonts one after the other; the spare one's glyph ids are told apart."""
        joined: list[Glyph] = []
        pen = 0.0
        for font, piece in pieces:
            own = 0 if font is self else _SPARE
            glyphs = font.run(piece)
            joined += [replace(glyph, id=glyph.id + own, x=glyph.x + pen) for glyph in glyphs]
            pen += sum(glyph.advance for glyph in glyphs)
        return tuple(joined)

    def run(self, text: str) -> tuple[Glyph, ...]:
        """`text` in this font alone; a letter that it lacks comes as glyph 0."""
        if not text:
            return ()  # HarfBuzz gives no positions for an empty buffer
        buffer = self._buffer(text)
        glyphs: list[Glyph] = []
        pen = 0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            dx, dy, advance, _ = position.position
            glyphs.append(Glyph(int(info.codepoint), pen + dx, -dy, advance))
            pen += advance
        return tuple(glyphs)

    def units(self, units: Sequence[str]) -> list[tuple[Glyph, ...]]:
        """Letters (each with its marks) shaped as one line in this font alone: the glyphs of each.

        Their places are counted from where the letter begins, so that what two neighbours do to each other
        shows in the advance of the first. A letter that melts into the one before it has no glyphs.
        """
        starts = {
            start: at for at, start in enumerate(accumulate((len(unit) for unit in units[:-1]), initial=0))
        }
        found: list[list[Glyph]] = [[] for _ in units]
        buffer = self._buffer("".join(units))
        at, pen = 0, 0
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            dx, dy, advance, _ = position.position
            if starts.get(info.cluster, at) != at:
                at, pen = starts[info.cluster], 0
            found[at].append(Glyph(int(info.codepoint), pen + dx, -dy, advance))
            pen += advance
        return [tuple(glyphs) for glyphs in found]

    def _buffer(self, text: str) -> hb.Buffer:
        buffer = hb.Buffer()
        buffer.add_str("".join(self._stand_in(char) for char in text))
        buffer.guess_segment_properties()
        hb.shape(self.hb_font, buffer, {"kern": True, "liga": True})
        return buffer

    def _stand_in(self, char: str) -> str:
        """`char`, or the sign that looks the same and breaks otherwise, where the font lacks it."""
        alike = _ALIKE.get(char)
        return char if alike is None or self.hb_font.get_nominal_glyph(ord(char)) is not None else alike

    def undrawn(self, text: str) -> list[str]:
        """The characters in whose place this font alone shows an empty box."""
        starts = sorted({info.cluster for info in self._buffer(text).glyph_infos})
        empty = {info.cluster for info in self._buffer(text).glyph_infos if not info.codepoint}
        found: list[str] = []
        for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
            if start in empty:
                cluster = text[start:end]
                lacks = [char for char in cluster if self.hb_font.get_nominal_glyph(ord(char)) is None]
                found += lacks or list(cluster)
        return found

    def _chosen(self, word: str) -> Font | None:
        """Which of the two draws `word`: this one, unless it can't and the spare one can."""
        drawn = not self.undrawn(word)
        if drawn and (self._spare is None or self.sets_marks_well(word)):
            return self
        spare = self._spare
        if spare is not None and not spare.undrawn(word) and (not drawn or spare.sets_marks_well(word)):
            return spare
        return self if drawn else None

    def sets_marks_well(self, text: str) -> bool:
        """Whether no mark of `text` that stands alone in the font runs into its letter or beside it."""
        return all(self._is_well_set(cluster[0]) for cluster in _STACKED.finditer(text))

    def _is_well_set(self, cluster: str) -> bool:
        """The same for one letter with its marks: looked at, in black and white."""
        glyphs = self.run(cluster)
        letter, marks = glyphs[:1], glyphs[1:]
        for mark in marks:
            below, above = self._bounds_of(letter), self._bounds_of((mark,))
            width = below.right - below.left
            aside = abs((above.left + above.right) - (below.left + below.right)) / 2
            if aside > _ASIDE * width or np.logical_and(self._blot(letter), self._blot((mark,))).any():
                return False
            letter = (*letter, mark)
        return True

    def _bounds_of(self, glyphs: tuple[Glyph, ...]) -> Bounds:
        """The box round the ink of `glyphs`, font units."""
        boxes = [(glyph, self.bounds(glyph.id)) for glyph in glyphs]
        return Bounds(
            min(glyph.x + box.left for glyph, box in boxes),
            min(glyph.y + box.top for glyph, box in boxes),
            max(glyph.x + box.right for glyph, box in boxes),
            max(glyph.y + box.bottom for glyph, box in boxes),
        )

    def _blot(self, glyphs: tuple[Glyph, ...]) -> NDArray[np.bool_]:
        """The pixels that `glyphs` cover by half, of a square of three em with the pen in its middle."""
        side = 3 * _BLOT_PX
        covered = self._covered(
            glyphs, x=_BLOT_PX, baseline=2 * _BLOT_PX, size=_BLOT_PX, width=side, height=side
        )
        return covered > 127

    def ink(self, text: str) -> Ink:
        """Advance and ink bounds of `text` on one line, in em."""
        glyphs = self.shape(text)
        placed = [(glyph, self.bounds(glyph.id)) for glyph in glyphs]
        inked = [(glyph, bounds) for glyph, bounds in placed if not bounds.empty]
        em = self.units_per_em
        advance = sum(glyph.advance for glyph in glyphs) / em
        if not inked:
            return Ink(advance, 0, 0, 0, 0)
        return Ink(
            advance,
            min(glyph.x + bounds.left for glyph, bounds in inked) / em,
            min(glyph.y + bounds.top for glyph, bounds in inked) / em,
            max(glyph.x + bounds.right for glyph, bounds in inked) / em,
            max(glyph.y + bounds.bottom for glyph, bounds in inked) / em,
        )

    def bounds(self, glyph_id: int) -> Bounds:
        """Ink bounds of one glyph, font units, y down."""
        found = self._bounds.get(glyph_id)
        if found is None:
            font, own = self._owner(glyph_id)
            extents = font.get_glyph_extents(own)
            if extents is None:  # HarfBuzz knows no such glyph; a blank has none either
                return Bounds(0, 0, 0, 0)
            left, top = extents.x_bearing, -extents.y_bearing
            found = Bounds(left, top, left + extents.width, top - extents.height)
            self._bounds[glyph_id] = found
        return found

    def _owner(self, glyph_id: int) -> tuple[hb.Font, int]:
        """The font that a glyph of `shape` belongs to, and its id there."""
        if glyph_id >= _SPARE and self._spare is not None:
            return self._spare.hb_font, glyph_id - _SPARE
        return self.hb_font, glyph_id

    def outline(self, glyph_id: int) -> str:
        """The glyph as SVG path data in font units, y down."""
        found = self._outlines.get(glyph_id)
        if found is None:
            commands: list[str] = []
            font, own = self._owner(glyph_id)
            font.draw_glyph(own, _PATH_COMMANDS, commands)
            found = self._outlines[glyph_id] = "".join(commands)
        return found

    def mask(
        self, text: str, *, x: float, baseline: float, size: float, width: int, height: int
    ) -> NDArray[np.uint8]:
        """How much of each pixel one line covers, 0–255, as height × width; lengths in px.

        HarfBuzz fills the outlines itself: the same coverage as that of `outline` drawn
        as SVG, in a twentieth of the time.
        """
        glyphs = self.shape(text)
        return self._covered(glyphs, x=x, baseline=baseline, size=size, width=width, height=height)

    def _covered(
        self, glyphs: tuple[Glyph, ...], *, x: float, baseline: float, size: float, width: int, height: int
    ) -> NDArray[np.uint8]:
        """`mask` for glyphs."""
        scale = size / self.units_per_em
        ink = hb.RasterDraw()
        for glyph in glyphs:
            font, own = self._owner(glyph.id)
            ink.transform = (
                *(scale, 0.0, 0.0, scale),
                *(x + glyph.x * scale, height - baseline - glyph.y * scale),
            )
            ink.draw_glyph(font, own)
        ink.extents = hb.RasterExtents(0, 0, width, height, 0)
        image = ink.render()
        if image is None:
            return np.zeros((height, width), dtype=np.uint8)
        rows = np.frombuffer(image.buffer, dtype=np.uint8).reshape(height, image.extents.stride)
        return np.ascontiguousarray(rows[::-1, :width])  # it counts rows from below


def _words(text: str) -> list[str]:
    """`text` cut into words and the blanks between them."""
    return [piece for piece in _BLANKS.split(text) if piece]


def missing_characters(where: str, missing: list[str], family: str) -> Problem:
    """The problem of characters that no font of the brand's `family` (names, with a comma) can draw."""
    named = ", ".join(f"“{char}” (U+{ord(char):04X})" for char in missing)
    return Problem(
        where,
        f"phông chữ {family} không có ký tự {named}; hãy bỏ hoặc thay ký tự này",
        f"the typeface {family} has no {named}; remove or replace it",
    )


def _path_commands() -> hb.DrawFuncs:
    """HarfBuzz callbacks that write SVG path commands, with y turned down."""

    def move(x: float, y: float, out: list[str]) -> None:
        out.append(f"M{x:g} {-y:g}")

    def line(x: float, y: float, out: list[str]) -> None:
        out.append(f"L{x:g} {-y:g}")

    def quadratic(cx: float, cy: float, x: float, y: float, out: list[str]) -> None:
        out.append(f"Q{cx:g} {-cy:g} {x:g} {-y:g}")

    def cubic(ax: float, ay: float, bx: float, by: float, x: float, y: float, out: list[str]) -> None:
        out.append(f"C{ax:g} {-ay:g} {bx:g} {-by:g} {x:g} {-y:g}")

    def close(out: list[str]) -> None:
        out.append("Z")

    functions = hb.DrawFuncs()
    functions.set_move_to_func(move)
    functions.set_line_to_func(line)
    functions.set_quadratic_to_func(quadratic)
    functions.set_cubic_to_func(cubic)
    functions.set_close_path_func(close)
    return functions


_PATH_COMMANDS = _path_commands()
