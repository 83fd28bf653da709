"""Pictures too large to be decoded at once, read tile by tile: HEIC and AVIF that are made of tiles.

Phones of 100 and 200 MP write their photos as a grid of small pictures (ISO/IEC 23008-12, 6.6.2.3). Each is
made a file of its own, decoded, reduced, and put in its place, so that no more than one is ever held at its
full size.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, gcd, sqrt

import numpy as np

from dxassets.backends.heif_boxes import HeifFile, HeifItem, picture_size, read_heif
from dxassets.backends.photo_limits import MOST_KEPT
from dxassets.backends.photo_placing import Pixels

_SETTINGS = {b"hvc1": b"hvcC", b"av01": b"av1C"}
"""The property without which a decoder can't begin, by the kind of item."""
_BRANDS = {b"hvc1": b"heic", b"av01": b"avif"}
_TILE = 1
MOST_TILES = 4096
"""Tiles of one picture; 200 MP in tiles of 512 px are 780."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A picture of tiles, each `tile` px, row by row; `turns` are its turns and mirrorings, in order."""

    file: HeifFile
    size: tuple[int, int]
    tile: tuple[int, int]
    columns: int
    items: tuple[int, ...]
    turns: tuple[tuple[bytes, int], ...]

    @property
    def steps(self) -> int:
        """The largest number of px (a side) that may become one, so that tiles still meet."""
        return gcd(*self.tile)


def grid_of(data: bytes) -> Grid | None:
    """The tiles of a file's picture; None where it isn't made of any, or of some that can't be read alone."""
    found = read_heif(data)
    try:
        if found is None or found.primary.kind != b"grid":
            return None
        return _grid(found, found.primary)
    except (LookupError, ValueError, struct.error):
        return None


def _grid(file: HeifFile, shown: HeifItem) -> Grid | None:
    rows, columns = shown.data[2] + 1, shown.data[3] + 1
    size = struct.unpack(
        ">II" if shown.data[1] & 1 else ">HH", shown.data[4 : 12 if shown.data[1] & 1 else 8]
    )
    first = file.item(shown.tiles[0])
    tile = picture_size(first)
    covers = tile[0] * columns >= size[0] and tile[1] * rows >= size[1]
    if len(shown.tiles) != rows * columns or rows * columns > MOST_TILES or not covers or 0 in tile:
        return None
    if first.kind not in _SETTINGS:
        return None
    turns = tuple((kind, body[0]) for kind, body in shown.properties if kind in {b"irot", b"imir"})
    return Grid(file, size, tile, columns, shown.tiles, turns)


def step_of(grid: Grid, least: float) -> int | None:
    """How many px (a side) become one: as few px as `least` asks for, and no more than memory holds.

    None when tiles of this size can't be reduced so far.
    """
    width, height = grid.size
    needed = ceil(sqrt(width * height / MOST_KEPT))
    wished = max(needed, int(min(width, height) // max(2 * least, 1)))
    fitting = [step for step in range(1, min(grid.steps, 64) + 1) if grid.steps % step == 0]
    large = [step for step in fitting if needed <= step <= wished]
    return max(large, default=min((step for step in fitting if step >= needed), default=None))


def joined(grid: Grid, step: int, decode: Callable[[bytes, int], Pixels]) -> Pixels:
    """The picture, upright, reduced by `step`; `decode` gives the px of a file, so reduced.

    What is left over at the right and lower edge (less than a px) is let go of.
    """
    width, height = (side // step for side in grid.size)
    wide, tall = (side // step for side in grid.tile)
    canvas = np.empty((height, width, 3), dtype=np.uint8)
    for place, number in enumerate(grid.items):
        row, column = divmod(place, grid.columns)
        top, left = row * tall, column * wide
        if top >= height or left >= width:
            continue
        pixels = decode(_alone(grid.file.item(number)), step)
        part = canvas[top : top + tall, left : left + wide]
        part[...] = pixels[: part.shape[0], : part.shape[1]]
    return _turned(canvas, grid.turns)


def _turned(canvas: Pixels, turns: tuple[tuple[bytes, int], ...]) -> Pixels:
    """Turned anticlockwise by quarters, or mirrored (ISO/IEC 23008-12, 6.5.10 and 6.5.12)."""
    for kind, how in turns:
        if kind == b"irot":
            canvas = np.rot90(canvas, how & 3)
        else:
            canvas = canvas[:, ::-1] if how & 1 else canvas[::-1]
    return np.ascontiguousarray(canvas)


def _alone(item: HeifItem) -> bytes:
    """A file with nothing but this item."""
    settings = item.first(_SETTINGS.get(item.kind, b""))
    if settings is None:
        raise LookupError(item.kind)
    said = [
        (_SETTINGS[item.kind], settings),
        *((k, b) for k, b in item.properties if k in {b"ispe", b"pixi", b"colr"}),
    ]
    known = b"".join(_box(kind, body) for kind, body in said)
    links = struct.pack(">IIHB", 0, 1, _TILE, len(said)) + bytes(
        number | (128 if number == 1 else 0) for number in range(1, len(said) + 1)
    )
    entry = _box(b"infe", struct.pack(">IHH4sB", 2 << 24, _TILE, 0, item.kind, 0))
    head = _box(b"ftyp", _BRANDS[item.kind] + bytes(4) + b"mif1" + _BRANDS[item.kind])

    def meta(begin: int) -> bytes:
        return _box(
            b"meta",
            bytes(4)
            + _box(b"hdlr", bytes(8) + b"pict" + bytes(13))
            + _box(b"pitm", struct.pack(">IH", 0, _TILE))
            + _box(b"iloc", struct.pack(">IHHHHHII", 0, 0x4400, 1, _TILE, 0, 1, begin, len(item.data)))
            + _box(b"iinf", struct.pack(">IH", 0, 1) + entry)
            + _box(b"iprp", _box(b"ipco", known) + _box(b"ipma", links)),
        )

    begin = len(head) + len(meta(0)) + 8
    return head + meta(begin) + _box(b"mdat", item.data)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body
