"""Finished PNGs of which most was read before: what another picture proved byte for byte is not read again.

A banner's file may be cut at the rows of the agency's name (`backends.shared_stream`). The first of a look is
read whole, by libvips. Of each other one that begins and ends with the very same bytes only the band is
unpacked, by Python's own zlib: it must stand on its own, have just the rows that are missing, and its sums
must be right.
"""

from __future__ import annotations

import struct
from collections.abc import Hashable
from dataclasses import dataclass, field, replace
from zlib import adler32, crc32, decompressobj
from zlib import error as ZlibError  # noqa: N812  (zlib's own name says nothing by itself)

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.rasterizer import read_pixels
from dxassets.backends.shared_stream import sum_over

Pixels = NDArray[np.uint8]
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHUNKS = [b"IHDR", b"IDAT", b"IDAT", b"IDAT", b"IDAT", b"IEND"]
_FRAME, _SUM = 12, 4
"""Bytes of a chunk beside its data (length, name, CRC); and of the data of the last IDAT."""
_RGB = struct.pack(">BBBBB", 8, 2, 0, 0, 0)
_RAW, _ZLIB_HEAD, _LAST_BLOCK = -15, 2, b"\x03\x00"
"""Deflate without a head, and a head's bytes; an empty block that ends what ended with a whole byte."""
_PRIME = 65521
"""Of Adler-32 (RFC 1950)."""
_LOOKS = 2
"""Pictures come look by look; a worker that changes between two of them finds both."""


@dataclass(frozen=True, slots=True)
class _Cut:
    """A PNG of three stretches of rows: where the second begins, the third begins, and the third ends."""

    band: int
    foot: int
    rest: int


@dataclass(frozen=True, slots=True)
class SharedRows:
    """What all pictures of a look share: their rows but for those from `top` to `bottom`, which stand alone.

    `above` and `below` are the sums over them, `length` the bytes of those below. `judged` is for whoever
    judges these rows, and need not do so again: a thing in them, and what was found.
    """

    top: int
    bottom: int
    above: int
    below: int
    length: int
    judged: dict[Hashable, tuple[object, float]] = field(
        default_factory=dict[Hashable, tuple[object, float]], compare=False
    )


@dataclass(frozen=True, slots=True)
class _SeenLook:
    """The first picture of a look: the bytes before and behind its band, and its pixels."""

    head: bytes
    foot: bytes
    pixels: Pixels
    shared: SharedRows | None = None


class SeenPictures:
    """Pixels of PNGs; the first of the last few looks is kept."""

    def __init__(self) -> None:
        self._seen: tuple[_SeenLook, ...] = ()

    def read(self, data: bytes) -> tuple[Pixels, SharedRows | None]:
        """All pixels of a PNG, not to be written to, and what it shares with a picture that was read before.

        ValueError when it can't be read.
        """
        if not data.startswith(_SIGNATURE):
            return read_pixels(data), None
        chunks = _chunks_of(data)
        cut = _cut_of(data, chunks)
        if cut is None:
            return _whole(data, chunks), None
        head, foot = data[: cut.band], data[cut.foot : cut.rest]
        for seen in self._seen:
            if seen.head == head and seen.foot == foot:
                shared = self._shared(seen)
                return _with_band(seen.pixels, shared, data, cut), shared
        pixels = _first(data, chunks, cut)
        self._seen = (_SeenLook(head, foot, pixels), *self._seen[: _LOOKS - 1])
        return pixels, None

    def forget(self) -> None:
        """Let go of all that is kept: the next picture is the first of its look."""
        self._seen = ()

    def _shared(self, seen: _SeenLook) -> SharedRows:
        """Of a look of which a second picture came: one that stays alone never pays for the shared."""
        if seen.shared is not None:
            return seen.shared
        shared = _proved(seen)
        known = replace(seen, shared=shared)
        self._seen = tuple(known if each is seen else each for each in self._seen)
        return shared


SEEN = SeenPictures()
"""Those of this process."""


def _chunks_of(data: bytes) -> list[tuple[bytes, int, int]]:
    """Name, start and end of each chunk; ValueError where the file does not end with the last one."""
    chunks, at = list[tuple[bytes, int, int]](), len(_SIGNATURE)
    while at + _FRAME <= len(data):
        length, name = struct.unpack_from(">I4s", data, at)
        chunks.append((name, at, at + _FRAME + length))
        at += _FRAME + length
    if at != len(data) or not chunks or chunks[-1][0] != b"IEND":
        raise _broken("it does not end where its last chunk does")  # libvips only wants the last row
    return chunks


def _cut_of(data: bytes, chunks: list[tuple[bytes, int, int]]) -> _Cut | None:
    """Where a PNG is cut; None for one of another make."""
    if [name for name, _, _ in chunks] != _CHUNKS or data[24:29] != _RGB:
        return None
    (_, band, _), (_, foot, _), (_, rest, end) = chunks[2:5]
    return _Cut(band, foot, rest) if end - rest == _FRAME + _SUM else None


def _whole(data: bytes, chunks: list[tuple[bytes, int, int]]) -> Pixels:
    """The pixels of a file that is like none before it."""
    for _, start, end in chunks:
        _check(data, start, end)  # libvips lets some pass
    return read_pixels(data)


def _first(data: bytes, chunks: list[tuple[bytes, int, int]], cut: _Cut) -> Pixels:
    """The same of the first picture of a look, whose sum over all rows libvips does not look at."""
    pixels = _whole(data, chunks)
    pixels.flags.writeable = False
    if data[cut.rest :] != _rest(sum_over(pixels)):
        raise _broken("the sum over all rows is wrong")
    return pixels


def _proved(seen: _SeenLook) -> SharedRows:
    """Both outer stretches unpacked, each by itself; ValueError where one leans on what stands before it."""
    height, width = seen.pixels.shape[:2]
    start = len(_SIGNATURE) + _FRAME + 13
    above = _unpacked(seen.head[start + 8 + _ZLIB_HEAD : -4] + _LAST_BLOCK, height, width)
    below = _unpacked(seen.foot[8:-4], height, width)
    top, bottom = len(above), height - len(below)
    rows = _rows(seen.pixels)
    if top > bottom or (rows[:top] != above).any() or (rows[bottom:] != below).any():
        raise _broken("a stretch of rows shows something else by itself")
    return SharedRows(top, bottom, _sum(above), _sum(below), below.size)


def _with_band(known: Pixels, shared: SharedRows, data: bytes, cut: _Cut) -> Pixels:
    """The pixels of a picture that differs from a known one in its band alone."""
    most, width = shared.bottom - shared.top, known.shape[1]
    _check(data, cut.band, cut.foot)
    band = _unpacked(data[cut.band + 8 : cut.foot - 4] + _LAST_BLOCK, most, width)
    if len(band) != most:
        raise _broken(f"its band has {len(band)} rows, not {most}")
    total = _joined(_joined(shared.above, _sum(band), band.size), shared.below, shared.length)
    if data[cut.rest :] != _rest(total):
        raise _broken("the sum over all rows is wrong")
    pixels = known.copy()
    pixels[shared.top : shared.bottom] = band[:, 1:].reshape(most, width, 3)
    pixels.flags.writeable = False
    return pixels


def _unpacked(packed: bytes, most: int, width: int) -> Pixels:
    """Rows with their filters (which must be none), at most so many, from deflate that stands alone."""
    stride = 1 + 3 * width
    unpacker = decompressobj(_RAW)
    try:
        raw = unpacker.decompress(packed, most * stride + 1)
    except ZlibError as error:
        raise _broken(str(error)) from error
    if not unpacker.eof or unpacker.unused_data or len(raw) % stride or len(raw) > most * stride:
        raise _broken("a stretch of rows does not end where it should")
    rows = np.frombuffer(raw, dtype=np.uint8).reshape(-1, stride)
    if rows[:, 0].any():
        raise _broken("a row is filtered")
    return rows


def _rows(pixels: Pixels) -> Pixels:
    """Pixels as a PNG's rows without a filter."""
    height, width = pixels.shape[:2]
    rows = np.zeros((height, 1 + 3 * width), dtype=np.uint8)
    rows[:, 1:] = pixels.reshape(height, 3 * width)
    return rows


def _sum(rows: Pixels) -> int:
    return adler32(rows.tobytes())


def _check(data: bytes, start: int, end: int) -> None:
    """ValueError where a chunk's CRC is wrong."""
    if struct.unpack_from(">I", data, end - 4) != (crc32(memoryview(data)[start + 4 : end - 4]),):
        raise _broken("a chunk's CRC is wrong")


def _rest(total: int) -> bytes:
    """How a file ends that has this sum over all rows."""
    body = b"IDAT" + struct.pack(">I", total)
    end = struct.pack(">I4sI", 0, b"IEND", crc32(b"IEND"))
    return struct.pack(">I", _SUM) + body + struct.pack(">I", crc32(body)) + end


def _joined(first: int, second: int, length: int) -> int:
    """The Adler-32 of two pieces of data, the second of which has so many bytes (RFC 1950's sums, added)."""
    low, high = first & 0xFFFF, first >> 16
    a = (low + (second & 0xFFFF) - 1) % _PRIME
    return (high + (second >> 16) + length * (low - 1)) % _PRIME << 16 | a


def _broken(what: str) -> ValueError:
    return ValueError(f"not a readable picture: {what}")
