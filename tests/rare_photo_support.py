"""Files that are rare: HDR by its numbers, PNG with more chunks, HEIC and AVIF made of tiles."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

import numpy as np
import pyvips
from numpy.typing import NDArray
from PIL import Image
from pillow_heif import from_bytes, options

from dxassets.backends.heif_boxes import read_heif
from tests.photo_support import png_chunk, saved

TRANSFERS = {"pq": 16, "hlg": 18}
"""ITU-T H.273, table 3."""


def hdr_file(
    codes: NDArray[np.floating[Any]],
    file_format: str,
    transfer: str,
    *,
    primaries: int = 9,
    peak: int | None = None,
) -> bytes:
    """Coded HDR colours (H × W × 3, 0 to 1) as PNG (of 16 bits), AVIF or HEIC (of 8)."""
    if file_format != "png":
        return numbered(saved(eight(codes), file_format), primaries, TRANSFERS[transfer])
    parts = png_chunk(b"cICP", bytes((primaries, TRANSFERS[transfer], 0, 1)))
    if peak is not None:
        parts += png_chunk(b"cLLI", struct.pack(">II", peak * 10_000, peak * 2000))
    return deep_png(codes, parts)


def eight(codes: NDArray[np.floating[Any]]) -> Image.Image:
    """The same in 8 bits."""
    return Image.fromarray(np.round(codes * 255).astype(np.uint8))


def deep_png(codes: NDArray[np.floating[Any]], parts: bytes = b"") -> bytes:
    """A PNG of 16 bits with these chunks before its px."""
    height, width = codes.shape[:2]
    rows = np.round(codes * 65535).astype(">u2").reshape(height, -1)
    head = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row.tobytes() for row in rows))
    start = b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head)
    return start + parts + png_chunk(b"IDAT", body) + png_chunk(b"IEND", b"")


def deep_heif(codes: NDArray[np.floating[Any]], transfer: str, depth: int) -> bytes:
    """Coded HDR colours as a HEIC of 8, 10 or 12 bits, in BT.2020."""
    if depth == 8:
        return hdr_file(codes, "heif", transfer)
    options.SAVE_HDR_TO_12_BIT = depth == 12
    try:
        sides = codes.shape[1], codes.shape[0]
        made = from_bytes("RGB;16", sides, np.round(codes * 65535).astype(np.uint16).tobytes())
        out = BytesIO()
        made.save(out, quality=-1, chroma=444)
    finally:
        options.SAVE_HDR_TO_12_BIT = False
    return numbered(out.getvalue(), 9, TRANSFERS[transfer])


def deep_avif(codes: NDArray[np.floating[Any]], transfer: str, depth: int, *, orientation: int = 1) -> bytes:
    """Coded HDR colours as an AVIF of 8, 10 or 12 bits, in BT.2020; its boxes say how it is turned."""
    numbers = np.round(codes * 65535).astype(np.uint16)
    image: Any = pyvips.Image.new_from_array(numbers, interpretation="rgb16")
    image = image.copy()
    image.set_type(pyvips.GValue.gint_type, "orientation", orientation)
    made = image.heifsave_buffer(compression="av1", bitdepth=depth, lossless=True, effort=0)
    return numbered(made, 9, TRANSFERS[transfer])


def chunked(png: bytes, parts: bytes) -> bytes:
    """A PNG with more chunks before its px."""
    at = png.index(b"IDAT") - 4
    return png[:at] + parts + png[at:]


def numbered(data: bytes, primaries: int, transfer: int) -> bytes:
    """A HEIF or AVIF whose colours are told by these numbers."""
    changed = bytearray(data)
    at = changed.index(b"colrnclx") + 8
    changed[at : at + 4] = struct.pack(">HH", primaries, transfer)
    return bytes(changed)


def heif_of_tiles(
    image: Image.Image, file_format: str, *, tile: int, turn: bytes = b"", same: bool = False
) -> bytes:
    """A picture as a grid of tiles; `same`: all are the first (so a huge one is soon made)."""
    columns, rows = -(-image.width // tile), -(-image.height // tile)
    places = [(column * tile, row * tile) for row in range(rows) for column in range(columns)]
    files = [saved(_piece(image, x, y, tile), file_format) for x, y in (places[:1] if same else places)]
    first = read_heif(files[0])
    assert first is not None
    datas = [found.primary.data for found in map(read_heif, files) if found is not None]
    kind, wanted = first.primary.kind, {b"hvcC", b"av1C", b"pixi", b"colr"}
    shared = [(each, body) for each, body in first.primary.properties if each in wanted]
    known = [*shared, (b"ispe", struct.pack(">III", 0, tile, tile))]
    known += [(b"ispe", struct.pack(">III", 0, *image.size))]
    known += [(turn[:4], turn[4:])] if turn else []
    of_tile = range(1, len(shared) + 2)
    bare = [number for number, (each, _) in enumerate(shared, 1) if each in {b"pixi", b"colr"}]
    of_grid = [*bare, *range(len(shared) + 2, len(known) + 1)]
    brand = b"heic" if file_format == "heif" else b"avif"
    grid = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, *image.size)
    head = _box(b"ftyp", brand + bytes(4) + b"mif1" + brand)
    count = len(places)

    def meta(begin: int) -> bytes:
        offsets = [begin + sum(map(len, datas[:number])) for number in range(len(datas))] * (
            count if same else 1
        )
        lengths = [len(data) for data in datas] * (count if same else 1)
        places_of = struct.pack(">HHHHII", 1, 1, 0, 1, 0, len(grid))
        for number in range(count):
            places_of += struct.pack(">HHHHII", number + 2, 0, 0, 1, offsets[number], lengths[number])
        items = [(1, b"grid"), *((number + 2, kind) for number in range(count))]
        entries = b"".join(
            _box(b"infe", struct.pack(">IHH4sB", 2 << 24 | (number > 1), number, 0, each, 0))
            for number, each in items
        )
        links = struct.pack(">II", 0, count + 1) + _links(1, of_grid)
        links += b"".join(_links(number + 2, of_tile) for number in range(count))
        tiles = struct.pack(f">HH{count}H", 1, count, *range(2, count + 2))
        return _box(
            b"meta",
            bytes(4)
            + _box(b"hdlr", bytes(8) + b"pict" + bytes(13))
            + _box(b"pitm", struct.pack(">IH", 0, 1))
            + _box(b"iloc", struct.pack(">IHH", 1 << 24, 0x4400, count + 1) + places_of)
            + _box(b"iinf", struct.pack(">IH", 0, count + 1) + entries)
            + _box(b"iref", bytes(4) + _box(b"dimg", tiles))
            + _box(b"iprp", _box(b"ipco", b"".join(_box(*each) for each in known)) + _box(b"ipma", links))
            + _box(b"idat", grid),
        )

    begin = len(head) + len(meta(0)) + 8
    return head + meta(begin) + _box(b"mdat", b"".join(datas))


def _piece(image: Image.Image, x: int, y: int, tile: int) -> Image.Image:
    """A tile; what lies beyond the picture repeats its edge."""
    pixels = np.asarray(image)[y : y + tile, x : x + tile]
    beyond = ((0, tile - pixels.shape[0]), (0, tile - pixels.shape[1]), (0, 0))
    return Image.fromarray(np.pad(pixels, beyond, mode="edge"))


def _links(item: int, numbers: Any) -> bytes:
    return struct.pack(">HB", item, len(numbers)) + bytes(number | 128 for number in numbers)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I4s", 8 + len(body), kind) + body
