"""The approval sheet: thumbnails with captions on twelve columns, in groups, on pages.

Pure layout and drawing: what is shown comes in as tiles. Lengths are px of a page
1680 wide; a page is drawn at any density.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

import numpy as np

from dxassets.backends.rasterizer import Pixels, encode_pixels, resized, svg_to_pixels
from dxassets.backends.shaper import Shaper
from dxassets.geometry import Box

WIDTH = 1680.0
PAGE_HEIGHT = WIDTH * 420 / 297
_MARGIN, _GUTTER, _COLUMNS = 64.0, 28.0, 12
_CONTENT = WIDTH - 2 * _MARGIN
_COLUMN = (_CONTENT - (_COLUMNS - 1) * _GUTTER) / _COLUMNS
_TALLEST = 330.0
_SPANS = ((5.0, 6), (2.2, 4), (1.25, 3), (0.0, 2))
"""Columns by aspect: long pictures get more, so that all weigh about the same."""
_INK, _SOFT, _RULE, _EMPTY = "#10224a", "#55647f", "#d5dce8", "#eef1f6"
_NO_BREAK = "\u00a0"
GOOD, BAD = "#1f8a55", "#d7182a"
_JPEG_BYTES = 60_000


@dataclass(frozen=True, slots=True)
class Note:
    """One line of a caption: text, and a dot before it that says whether a gate passed."""

    text: str
    dot: str | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Tile:
    """One picture with its caption; it is shown `widest` px wide at most. `picture` None: no such file."""

    name: str
    notes: tuple[Note, ...]
    aspect: float
    widest: float
    picture: Pixels | None


@dataclass(frozen=True, slots=True)
class TileGroup:
    """Tiles under one title; each part of `parts` begins a new row."""

    title: str
    note: str
    parts: tuple[tuple[Tile, ...], ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A finished page: its height, its shapes as SVG, and thumbnails with their places."""

    height: float
    shapes: str
    pictures: tuple[tuple[Pixels, Box], ...]


@dataclass
class _Block:
    """What may not be parted by a page's end; drawn at (0, 0) and moved."""

    height: float
    shapes: list[str] = field(default_factory=list[str])
    pictures: list[tuple[Pixels, Box]] = field(default_factory=list[tuple[Pixels, Box]])
    opens_group: bool = False


def picture_box(aspect: float, widest: float, *, span: int | None = None) -> Box:
    """The size of a thumbnail of that aspect, in px of the page; never over `widest`, which is its own."""
    room = _span_width(_span(aspect, widest) if span is None else span)
    width = min(room, widest, _TALLEST * aspect)
    return Box(0, 0, width, width / aspect)


def lay_out(
    title: str, subtitle: str, groups: Sequence[TileGroup], *, shaper: Shaper, page_height: float
) -> list[SheetPage]:
    """The pages of a sheet, none higher than `page_height`."""
    setter = _Setter(shaper)
    blocks = [setter.head(title, subtitle)]
    for group in groups:
        blocks.append(setter.group_head(group))
        blocks += [block for part in group.parts for block in setter.rows(part)]
    return _pages(blocks, setter, title, page_height)


def page_to_pixels(page: SheetPage, density: float) -> Pixels:
    """A page at `density` px per unit."""
    width, height = round(WIDTH * density), round(page.height * density)
    pixels = svg_to_pixels(_document(page, page.shapes, width, height)).copy()
    for picture, box in page.pictures:
        left, top = round(box.x * density), round(box.y * density)
        fitted = _fitted(picture, box, density)
        room = pixels[top : top + fitted.shape[0], left : left + fitted.shape[1]]
        room[...] = fitted[: room.shape[0], : room.shape[1]]
    return pixels


def page_to_svg(page: SheetPage, density: float) -> str:
    """A page as one SVG, its thumbnails inside as JPEG."""
    pictures = "".join(_image(picture, box, density) for picture, box in page.pictures)
    return _document(page, page.shapes + pictures, WIDTH, page.height)


def _document(page: SheetPage, body: str, width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {WIDTH:g} {page.height:g}" preserveAspectRatio="none">'
        f'<path d="M0 0H{WIDTH:g}V{page.height:g}H0z" fill="#ffffff"/>{body}</svg>'
    )


def _fitted(picture: Pixels, box: Box, density: float) -> Pixels:
    size = (max(1, round(box.width * density)), max(1, round(box.height * density)))
    return picture if picture.shape[1::-1] == size else resized(picture, *size)


def _image(picture: Pixels, box: Box, density: float) -> str:
    encoded = encode_pixels(_fitted(picture, box, density), "jpg", _JPEG_BYTES)
    data = base64.b64encode(encoded.data if encoded is not None else b"").decode()
    return (
        f'<image x="{box.x:.2f}" y="{box.y:.2f}" width="{box.width:.2f}" height="{box.height:.2f}" '
        f'preserveAspectRatio="none" href="data:image/jpeg;base64,{data}"/>'
    )


def _span(aspect: float, widest: float) -> int:
    """Columns for a picture: by its aspect, but no more than it fills."""
    span = next(span for least, span in _SPANS if aspect >= least)
    return next((each for each in (2, 3, 4) if each < span and _span_width(each) >= widest), span)


def _spans(tiles: Sequence[Tile]) -> list[int]:
    """Columns of each tile; four alike stand in one row, not three and an orphan."""
    spans = [_span(tile.aspect, tile.widest) for tile in tiles]
    return [3] * len(spans) if set(spans) == {4} and len(spans) % 3 == 1 else spans


def _size_order(each: tuple[Tile, int]) -> tuple[int, int]:
    """Widest and then highest first, so that a row holds what is alike."""
    tile, span = each
    return -span, -round(picture_box(tile.aspect, tile.widest, span=span).height / 20)


def _span_width(span: int) -> float:
    return span * _COLUMN + (span - 1) * _GUTTER


@dataclass(frozen=True, slots=True)
class _Setter:
    """Sets text, rows and heads."""

    shaper: Shaper

    def text(self, text: str, x: float, baseline: float, *, size: float, weight: int, color: str) -> str:
        """One line as outlines."""
        outline = self.shaper.line_to_svg(text, weight, x=x, baseline=baseline, size=size)
        return f'<g fill="{escape(color)}">{outline}</g>'

    def width(self, text: str, size: float, weight: int) -> float:
        """How wide a line is."""
        return self.shaper.ink(text, weight).advance * size

    def wrapped(self, text: str, width: float, *, size: float, weight: int, most: int) -> list[str]:
        """`text` on at most `most` lines; the last ends in … where more was said. A no-break space holds."""
        lines: list[str] = []
        for word in (each.replace(_NO_BREAK, " ") for each in text.split(" ") if each):
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(longer, size, weight) <= width:
                lines[-1] = longer
            else:
                lines.append(word)
        if len(lines) > most:
            lines[most - 1 :] = [lines[most - 1]]
            while lines[-1] and self.width(lines[-1] + "…", size, weight) > width:
                lines[-1] = lines[-1][:-1].rstrip()
            lines[-1] += "…"
        return [line.strip(" ·") for line in lines]

    def head(self, title: str, subtitle: str) -> _Block:
        """The sheet's own title."""
        lines = self.wrapped(title, _CONTENT, size=38, weight=800, most=2)
        block = _Block(66 + 50 * len(lines) + 34)
        for at, line in enumerate(lines):
            block.shapes.append(self.text(line, _MARGIN, 92 + 50 * at, size=38, weight=800, color=_INK))
        baseline = 92 + 50 * len(lines) - 10
        block.shapes.append(self.text(subtitle, _MARGIN, baseline, size=18, weight=500, color=_SOFT))
        return block

    def group_head(self, group: TileGroup) -> _Block:
        """A rule, the group's title, and what it holds at the right."""
        block = _Block(92, opens_group=True)
        right = _MARGIN + _CONTENT
        block.shapes.append(f'<path d="M{_MARGIN:g} 22H{right:g}V24H{_MARGIN:g}z" fill="{_INK}"/>')
        note_width = self.width(group.note, 15, 500)
        room = _CONTENT - note_width - 40
        (line,) = self.wrapped(group.title, room, size=24, weight=700, most=1) or [""]
        block.shapes.append(self.text(line, _MARGIN, 60, size=24, weight=700, color=_INK))
        block.shapes.append(self.text(group.note, right - note_width, 60, size=15, weight=500, color=_SOFT))
        return block

    def rows(self, tiles: Sequence[Tile]) -> Iterator[_Block]:
        """Tiles in rows of twelve columns, widest first."""
        row: list[tuple[Tile, int]] = []
        for tile, span in sorted(zip(tiles, _spans(tiles), strict=True), key=_size_order):
            if row and sum(columns for _, columns in row) + span > _COLUMNS:
                yield self._row(row)
                row = []
            row.append((tile, span))
        if row:
            yield self._row(row)

    def _row(self, tiles: Sequence[tuple[Tile, int]]) -> _Block:
        """Pictures stand on one line, captions hang from it."""
        sizes = [picture_box(tile.aspect, tile.widest, span=span) for tile, span in tiles]
        tallest = max(size.height for size in sizes)
        block = _Block(0)
        x, lowest = _MARGIN, tallest
        for (tile, span), size in zip(tiles, sizes, strict=True):
            wide = _span_width(span)
            box = Box(x, tallest - size.height, size.width, size.height)
            edge = box.pad(1)
            block.shapes.append(
                f'<rect x="{edge.x:.2f}" y="{edge.y:.2f}" width="{edge.width:.2f}" '
                f'height="{edge.height:.2f}" fill="{_RULE}"/>'
            )
            if tile.picture is not None:
                block.pictures.append((tile.picture, box))
            lowest = max(lowest, self._caption(block, tile, x, tallest, wide))
            x += wide + _GUTTER
        block.height = lowest + 40
        return block

    def _caption(self, block: _Block, tile: Tile, x: float, top: float, width: float) -> float:
        """Name, then a line for each note; returns where it ends."""
        baseline = top + 12
        for line in self.wrapped(tile.name, width, size=15, weight=600, most=2):
            baseline += 19
            block.shapes.append(self.text(line, x, baseline, size=15, weight=600, color=_INK))
        baseline += 2
        for note in tile.notes:
            indent = 14 if note.dot else 0
            for at, line in enumerate(self.wrapped(note.text, width - indent, size=13, weight=500, most=2)):
                baseline += 18
                color = BAD if note.dot == BAD else _SOFT
                block.shapes.append(self.text(line, x + indent, baseline, size=13, weight=500, color=color))
                if note.dot and at == 0:
                    block.shapes.append(
                        f'<circle cx="{x + 4:.2f}" cy="{baseline - 4.6:.2f}" r="4" fill="{note.dot}"/>'
                    )
        return baseline


def _pages(blocks: Sequence[_Block], setter: _Setter, title: str, page_height: float) -> list[SheetPage]:
    """Blocks on pages; a group's head stays with its first row."""
    room = page_height - 84
    pages: list[list[tuple[_Block, float]]] = [[]]
    y = 0.0
    for at, block in enumerate(blocks):
        needed = block.height
        if block.opens_group and at + 1 < len(blocks):
            needed += blocks[at + 1].height
        if pages[-1] and y + needed > room:
            pages.append([])
            y = 40.0
        pages[-1].append((block, y))
        y += block.height
    many = len(pages) > 1
    return [
        _page(placed, setter, f"{title} – {at}/{len(pages)}" if many else "", page_height)
        for at, placed in enumerate(pages, 1)
    ]


def _page(
    placed: Sequence[tuple[_Block, float]], setter: _Setter, foot: str, page_height: float
) -> SheetPage:
    """One page; the only page of a sheet ends where its content does."""
    block, y = placed[-1]
    height = page_height if foot else min(page_height, y + block.height + 44)
    shapes: list[str] = []
    pictures: list[tuple[Pixels, Box]] = []
    for each, top in placed:
        shapes.append(f'<g transform="translate(0 {top:.2f})">{"".join(each.shapes)}</g>')
        pictures += [(picture, box.move(0, top)) for picture, box in each.pictures]
    if foot:
        lines = setter.wrapped(foot, _CONTENT, size=13, weight=500, most=1)
        x = _MARGIN + _CONTENT - setter.width(lines[0], 13, 500)
        shapes.append(setter.text(lines[0], x, height - 32, size=13, weight=500, color=_SOFT))
    return SheetPage(height, "".join(shapes), tuple(pictures))


def on_ground(pixels: Pixels) -> Pixels:
    """A see-through picture on a quiet ground; others as they are."""
    if pixels.shape[2] == 3:
        return pixels
    alpha = pixels[..., 3:].astype(np.uint16)
    ground = np.array([int(_EMPTY[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.uint16)
    return ((pixels[..., :3] * alpha + ground * (255 - alpha) + 127) // 255).astype(np.uint8)
