"""PNGs that differ in one band of rows: what stands above and below it is packed once.

The rows are cut into three stretches, and each is deflated by itself: a full flush ends it, and nothing in
it points back behind its own beginning. So the two outer ones are the same bytes in every picture of a look,
each a chunk with its own CRC, and only the band's is made anew. The sum over all rows follows from theirs.
Rows are not filtered, as libvips leaves them: one without a filter needs no row above it. zlib-ng packs,
since it gives the same bytes on every processor; igzip does not.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from zlib import adler32, crc32

import numpy as np
from numpy.typing import NDArray

from dxassets.backends.silence import quietly_imported

with quietly_imported:
    from zlib_ng import zlib_ng

Pixels = NDArray[np.uint8]
LEVEL, BAND_LEVEL = 6, 7
"""What libvips packs with, too; and the band's: a tenth lighter, for a third more of little time."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_ZLIB_HEAD = b"\x78\x9c"
_END = struct.pack(">I4sI", 0, b"IEND", crc32(b"IEND"))
_PRIME = 65521
"""Of Adler-32 (RFC 1950)."""
_RAW = -15


@dataclass(frozen=True, slots=True)
class PackedRows:
    """Some rows, deflated by themselves; `sum` is the Adler-32 of their `length` bytes."""

    packed: bytes
    sum: int
    length: int


@dataclass(frozen=True, slots=True)
class PackedSurround:
    """All of a PNG but the band between the rows `top` and `bottom`: the bytes before it and those behind it.

    `above` and `below` are the rows there.
    """

    shape: tuple[int, int]
    top: int
    bottom: int
    head: bytes
    foot: bytes
    above: PackedRows
    below: PackedRows

    @property
    def least(self) -> int:
        """Bytes that no picture of this look is lighter than."""
        return len(self.head) + len(self.foot) + len(_END)

    def around(self, band: Pixels) -> bytes:
        """The whole file, with those pixels in the band."""
        if band.shape != (self.bottom - self.top, self.shape[1], 3):
            raise ValueError(f"a band of {band.shape} does not fit rows {self.top} to {self.bottom}")
        packed = _stretch(band, level=BAND_LEVEL)
        total = joined_sum(joined_sum(self.above.sum, packed), self.below)
        rest = _chunk(b"IDAT", struct.pack(">I", total)) + _END
        return b"".join((self.head, _chunk(b"IDAT", packed.packed), self.foot, rest))


def surround_of(pixels: Pixels, top: int, bottom: int) -> PackedSurround:
    """What all pictures share that are these pixels (height × width × RGB) but for the rows of the band."""
    height, width = pixels.shape[:2]
    if pixels.shape[2] != 3 or not 0 <= top < bottom <= height:
        raise ValueError(f"no band from {top} to {bottom} in a picture of {pixels.shape}")
    above, below = _stretch(pixels[:top]), _stretch(pixels[bottom:], last=True)
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = _SIGNATURE + _chunk(b"IHDR", size) + _chunk(b"IDAT", _ZLIB_HEAD + above.packed)
    return PackedSurround(
        shape=(height, width),
        top=top,
        bottom=bottom,
        head=head,
        foot=_chunk(b"IDAT", below.packed),
        above=above,
        below=below,
    )


def sum_over(pixels: Pixels) -> int:
    """The Adler-32 of pixels (height × width × RGB) as a PNG has them, no row of which is filtered."""
    stride, flat, total = pixels.shape[1] * pixels.shape[2], pixels.reshape(-1).data, 1
    for start in range(0, pixels.size, stride):
        total = zlib_ng.adler32(flat[start : start + stride], zlib_ng.adler32(b"\0", total))
    return total


def joined_sum(first: int, second: PackedRows) -> int:
    """The Adler-32 of data with the sum `first` and a stretch behind it."""
    low, high = first & 0xFFFF, first >> 16
    a = (low + (second.sum & 0xFFFF) - 1) % _PRIME
    b = (high + (second.sum >> 16) + second.length * (low - 1)) % _PRIME
    return b << 16 | a


def _stretch(rows: Pixels, *, level: int = LEVEL, last: bool = False) -> PackedRows:
    """Rows as a PNG has them, each with its filter before it, and packed."""
    height, width = rows.shape[:2]
    raw = np.zeros((height, 1 + 3 * width), dtype=np.uint8)
    raw[:, 1:] = rows.reshape(height, 3 * width)
    data = raw.data if height else b""
    packer = zlib_ng.compressobj(level, zlib_ng.DEFLATED, _RAW)
    packed = packer.compress(data) + packer.flush(zlib_ng.Z_FINISH if last else zlib_ng.Z_FULL_FLUSH)
    return PackedRows(packed, adler32(data), raw.size)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(data, crc32(name)))
