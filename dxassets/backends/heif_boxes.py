"""What a HEIF or AVIF file is made of: its items, what is said of each, and which are tiles of another.

Of the boxes of ISO/IEC 14496-12 and 23008-12 only those are read that a still picture has. Nothing is
believed: what doesn't fit together gives None, and the decoder says what it thinks of the file.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from dxassets.backends.photo_limits import MOST_PARTS

Property = tuple[bytes, bytes]
"""The kind of a property's box, and what is in it."""


@dataclass(frozen=True, slots=True)
class HeifItem:
    """One item: its kind (`hvc1`, `av01`, `grid` …), what is said of it in order, and its data."""

    kind: bytes
    properties: tuple[Property, ...]
    data: bytes
    tiles: tuple[int, ...] = ()
    """The items that it is put together from."""

    def first(self, kind: bytes) -> bytes | None:
        """The first property of a kind."""
        return next((body for each, body in self.properties if each == kind), None)


@dataclass(slots=True)
class _Meta:
    """What the boxes within `meta` tell, before it is put together."""

    primary: int = 0
    kinds: dict[int, bytes] = field(default_factory=dict[int, bytes])
    parts: dict[int, list[tuple[int, int, int]]] = field(
        default_factory=dict[int, list[tuple[int, int, int]]]
    )
    """Of each item: in which way its data are kept, where they begin, and their length."""
    tiles: dict[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    known: list[Property] = field(default_factory=list[Property])
    said: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    """Of each item: the numbers of its properties, the first is 1."""
    own: bytes = b""
    """What lies in the box `idat`."""


@dataclass(frozen=True, slots=True)
class HeifFile:
    """The items of a file by number; `primary` is the picture that it shows."""

    data: memoryview
    meta: _Meta

    @property
    def primary(self) -> HeifItem:
        """The picture that the file shows."""
        return self.item(self.meta.primary)

    def item(self, number: int) -> HeifItem:
        """An item; `LookupError` without it."""
        meta = self.meta
        body = b"".join(
            meta.own[begin : begin + length] if way == 1 else bytes(self.data[begin : begin + length])
            for way, begin, length in meta.parts.get(number, [])
        )
        said = tuple(meta.known[each - 1] for each in meta.said.get(number, []) if each)
        return HeifItem(meta.kinds[number], said, body, meta.tiles.get(number, ()))


def read_heif(data: bytes) -> HeifFile | None:
    """The items of a file; None where it has no still picture, or is broken."""
    try:
        for kind, body in _boxes(memoryview(data)):
            if kind == b"meta":
                found = HeifFile(memoryview(data), _meta(body[4:]))
                return found if found.meta.primary in found.meta.kinds else None
    except (LookupError, ValueError, struct.error):
        return None
    return None


def _boxes(data: memoryview) -> Iterator[tuple[bytes, memoryview]]:
    """Kind and contents of each box."""
    at = 0
    for _ in range(MOST_PARTS):
        if at + 8 > len(data):
            return
        length, head = int.from_bytes(data[at : at + 4], "big"), 8
        if length == 1:
            length, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        length = length or len(data) - at
        if length < head:
            raise ValueError(length)
        yield bytes(data[at + 4 : at + 8]), data[at + head : at + length]
        at += length


def _meta(body: memoryview) -> _Meta:
    meta = _Meta()
    for kind, inner in _boxes(body):
        if kind == b"pitm":
            meta.primary = int.from_bytes(inner[4 : 4 + (4 if inner[0] else 2)], "big")
        elif kind == b"iinf":
            meta.kinds = _kinds(inner)
        elif kind == b"iloc":
            meta.parts = _parts(inner)
        elif kind == b"iref":
            meta.tiles = _tiles(inner)
        elif kind == b"idat":
            meta.own = bytes(inner)
        elif kind == b"iprp":
            _properties(inner, meta)
    return meta


def _kinds(body: memoryview) -> dict[int, bytes]:
    """The kind of each item, of the box `iinf`."""
    found: dict[int, bytes] = {}
    for kind, inner in _boxes(body[6 if body[0] == 0 else 8 :]):
        if kind == b"infe" and inner[0] >= 2:
            wide = 2 if inner[0] == 2 else 4
            found[int.from_bytes(inner[4 : 4 + wide], "big")] = bytes(inner[6 + wide : 10 + wide])
    return found


def _tiles(body: memoryview) -> dict[int, tuple[int, ...]]:
    """What each item is put together from, of the box `iref`."""
    wide, found = 4 if body[0] else 2, dict[int, tuple[int, ...]]()
    for kind, inner in _boxes(body[4:]):
        if kind == b"dimg":
            numbers = _ByteReader(inner)
            item, count = numbers.take(wide), numbers.take(2)
            found[item] = tuple(numbers.take(wide) for _ in range(count))
    return found


def _properties(body: memoryview, meta: _Meta) -> None:
    """The properties there are, and which belong to which item (ISO/IEC 23008-12, 9.3)."""
    for kind, inner in _boxes(body):
        if kind == b"ipco":
            meta.known = [(each, bytes(said)) for each, said in _boxes(inner)]
        elif kind == b"ipma":
            version, wide = inner[0], 2 if inner[3] & 1 else 1
            numbers = _ByteReader(inner[4:])
            for _ in range(numbers.take(4)):
                item = numbers.take(4 if version else 2)
                mask = (1 << (8 * wide - 1)) - 1
                meta.said[item] = [numbers.take(wide) & mask for _ in range(numbers.take(1))]


def _parts(body: memoryview) -> dict[int, list[tuple[int, int, int]]]:
    """Where the data of each item lie, of the box `iloc` (ISO/IEC 14496-12, 8.11.3)."""
    version, numbers = body[0], _ByteReader(body[4:])
    sizes = numbers.take(2)
    offset, length, base, index = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
    found: dict[int, list[tuple[int, int, int]]] = {}
    wide = 4 if version == 2 else 2
    for _ in range(numbers.take(wide)):
        item = numbers.take(wide)
        way = numbers.take(2) & 15 if version else 0
        numbers.take(2)
        begin = numbers.take(base)
        extents: list[tuple[int, int, int]] = []
        for _ in range(numbers.take(2)):
            numbers.take(index if version else 0)
            at = begin + numbers.take(offset)
            extents.append((way, at, numbers.take(length)))
        found[item] = extents
    return found


class _ByteReader:
    """Numbers one after another, the highest byte first; `LookupError` behind the last."""

    def __init__(self, data: memoryview) -> None:
        self._data, self._at = data, 0

    def take(self, size: int) -> int:
        """The next number, of that many bytes."""
        begin, self._at = self._at, self._at + size
        if self._at > len(self._data):
            raise LookupError(begin)
        return int.from_bytes(self._data[begin : self._at], "big")


def picture_size(item: HeifItem) -> tuple[int, int]:
    """Width and height of an item, before it is turned; `LookupError` when it says none."""
    said = item.first(b"ispe")
    if said is None:
        raise LookupError("ispe")
    return struct.unpack(">II", said[4:12])
