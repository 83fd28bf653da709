"""A strict reader of PNG (ISO/IEC 15948) of the tests' own: every sum and every byte counts."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SIGNATURE = b"\x89PNG\r\n\x1a\n"
Pixels = NDArray[np.uint8]


@dataclass(frozen=True)
class Chunk:
    """A chunk and where it stands in its file."""

    name: str
    data: bytes
    start: int
    end: int


@dataclass(frozen=True)
class StrictPicture:
    """A PNG that keeps the standard's every rule that a file of one RGB picture can break."""

    pixels: Pixels
    filters: tuple[int, ...]
    chunks: tuple[Chunk, ...]


def chunks_of(data: bytes) -> tuple[Chunk, ...]:
    """All chunks, one behind the other without a gap, each with its own CRC."""
    assert data[:8] == SIGNATURE
    found: list[Chunk] = []
    at = 8
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        end = at + 12 + length
        assert end <= len(data), "a chunk breaks off"
        (stated,) = struct.unpack(">I", data[end - 4 : end])
        assert stated == zlib.crc32(data[at + 4 : end - 4]), f"CRC at {at}"
        found.append(Chunk(data[at + 4 : at + 8].decode("ascii"), data[at + 8 : end - 4], at, end))
        at = end
    return tuple(found)


def strict(data: bytes) -> StrictPicture:
    """The picture, if nothing at all is wrong with its file."""
    chunks = chunks_of(data)
    names = [chunk.name for chunk in chunks]
    assert names[0] == "IHDR"
    assert names[-1] == "IEND"
    assert names.count("IHDR") == names.count("IEND") == 1
    assert chunks[-1].data == b""
    places = [index for index, name in enumerate(names) if name == "IDAT"]
    assert places == list(range(places[0], places[-1] + 1)), "IDAT chunks stand one behind the other"
    width, height, depth, color, packing, filtering, interlace = struct.unpack(">IIBBBBB", chunks[0].data)
    assert (depth, color, packing, filtering, interlace) == (8, 2, 0, 0, 0)
    stream = b"".join(chunk.data for chunk in chunks if chunk.name == "IDAT")
    raw = _inflated(stream)
    stride = 1 + 3 * width
    assert len(raw) == height * stride
    rows = [raw[at : at + stride] for at in range(0, len(raw), stride)]
    filters = tuple(row[0] for row in rows)
    assert set(filters) <= {0, 1, 2, 3, 4}
    return StrictPicture(_unfiltered(rows, width), filters, chunks)


def _inflated(stream: bytes) -> bytes:
    """All of a zlib stream: its head, its blocks to the last, its Adler-32, and nothing behind."""
    assert (stream[0] & 15, stream[0] >> 4) == (8, 7), "deflate, with a window of 32 kB"
    assert int.from_bytes(stream[:2], "big") % 31 == 0
    assert not stream[1] & 0x20, "no preset dictionary"
    unpacker = zlib.decompressobj(-15)
    raw = unpacker.decompress(stream[2:])
    assert unpacker.eof
    assert unpacker.unused_data == struct.pack(">I", zlib.adler32(raw))
    return raw


def _unfiltered(rows: list[bytes], width: int) -> Pixels:
    """Rows without filter, or with that of the pixel before: all that may stand at a seam."""
    found = np.zeros((len(rows), width, 3), np.uint8)
    for index, row in enumerate(rows):
        values = np.frombuffer(row[1:], np.uint8).reshape(width, 3)
        assert row[0] in {0, 1}, "a filter that looks at the row above"
        found[index] = values if row[0] == 0 else np.cumsum(values, axis=0, dtype=np.uint8)
    return found
