"""What a photo may be: formats by their first bytes, sizes that fit into memory, and the words when not.

Nothing is decoded here; limits are checked on what a file's header tells, before a decoder works.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, sqrt
from typing import Literal

from dxassets.backends.raw_files import RAW, is_called_raw, is_raw
from dxassets.errors import PhotoError, Problem

PhotoFormat = Literal["jpeg", "png", "webp", "heif", "avif", "tiff", "bmp", "gif"]

LEAST_SIDE = 32
"""Px of the short side; anything smaller is an icon or a strip, not a photo of somebody."""
MOST_MEMORY = 870e6
"""Bytes that a photo may need while it is read, its own file included."""
MOST_PIXELS = 260e6
"""Px of any photo: phones make 200 million."""
MOST_KEPT = 24e6
"""Px of a photo after it is reduced: all that common cameras have; a great zoom gets no more of others."""
MOST_SCANNED = 4e9
"""Px × scans of a progressive JPEG; ten scans are usual, and a hostile file can have thousands."""
MOST_FRAMES = 100
"""Frames of a moving picture that are looked at for the first one that shows anything."""

_GAP = 2
"""How many times the asked size an averaged photo keeps, so that the last reduction is a good filter's."""

BYTES_A_PIXEL: dict[PhotoFormat, float] = {
    "png": 9.5,  # a palette with transparency: 1, as RGBA 4, averaged with its alpha 4
    "webp": 17.2,  # libwebp's two canvases, their copy, and Pillow's
    "heif": 14,  # of 10 bits with alpha: planes of two bytes each, their px, and Pillow's
    "avif": 14.5,
    "tiff": 9.5,
    "bmp": 9,
    "gif": 10.2,
}
"""What a decoder and the first reduction need at the worst kind of each format, as measured."""
_STARTS: dict[bytes, PhotoFormat] = {
    b"\xff\xd8\xff": "jpeg",
    b"\x89PNG\r\n\x1a\n": "png",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"BM": "bmp",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"II+\0": "tiff",  # BigTIFF
    b"MM\0+": "tiff",
}
_HEIF_BRANDS = frozenset(b"heic heix heim heis hevc hevx hevm hevs".split())
_AVIF_BRANDS = frozenset(b"avif avis".split())
_ANY_BRANDS = frozenset(b"mif1 msf1".split())
_EMPTY_TAIL = 256
"""So many zero bytes never end a PNG, WebP, HEIF or AVIF by themselves."""


def format_of(data: bytes, where: str) -> PhotoFormat:
    """The photo's format by its first bytes, whatever its name says; `PhotoError` when it is none of ours.

    A camera's raw file is told as such: what other programs show of it is a small picture beside the photo.
    """
    if not data:
        raise refusal(where, "tệp rỗng (0 byte); hãy gửi lại ảnh gốc", "empty file; send the original again")
    if is_raw(data, where):
        raise refusal(where, *RAW)
    found: PhotoFormat | None = next(
        (name for start, name in _STARTS.items() if data.startswith(start)), None
    )
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        found = "webp"
    if data[4:8] == b"ftyp":
        found = _boxed(data)
    if found is None and is_called_raw(where):
        raise refusal(where, *RAW)
    if found is None:
        raise refusal(
            where,
            "không phải ảnh, hoặc thuộc loại ảnh không dùng được; "
            "hãy dùng ảnh JPG, PNG, WebP, HEIC, AVIF, TIFF, BMP hoặc GIF",
            "not a photo that can be read; use JPG, PNG, WebP, HEIC, AVIF, TIFF, BMP or GIF",
        )
    return found


def without_padding(data: bytes, file_format: PhotoFormat, where: str) -> bytes:
    """The photo without the zeros that some programs put behind it.

    `PhotoError` when the zeros are where the photo should be: a download that broke off.
    """
    if file_format not in _ENDS or not data.endswith(bytes(_EMPTY_TAIL)):
        return data
    end = _ENDS[file_format](data)
    if end > len(data) or data[:end].endswith(bytes(_EMPTY_TAIL)):
        raise broken(where, file_format)
    return data[:end]


def _png_end(data: bytes) -> int:
    """Where a PNG's last chunk ends (ISO/IEC 15948, 5.3); the end of the data when it isn't there."""
    at = 8
    for _ in range(MOST_PARTS):
        kind = data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")
        if kind == b"IEND":
            return at
        if not kind.isalpha():  # nor when there is no more
            break
    return len(data)


def _webp_end(data: bytes) -> int:
    """Where the RIFF file ends, by its own length (RFC 9649, 2.4)."""
    return 8 + int.from_bytes(data[4:8], "little")


def _boxes_end(data: bytes) -> int:
    """Where the last box ends that holds something (ISO/IEC 14496-12, 4.2)."""
    at = end = 0
    for _ in range(MOST_PARTS):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if length == 1:
            length = int.from_bytes(data[at + 8 : at + 16], "big")
        if length < 8:  # 0: up to the end of the file, wherever that was
            return len(data) if kind.strip(b"\0") else end
        at += length
        end = end if kind in {b"free", b"skip"} else at
    return len(data)


MOST_PARTS = 100_000
"""Chunks or boxes; a photo of 256 MB in parts of 8 kB has a third of that, and a hostile file millions."""
_ENDS: dict[PhotoFormat, Callable[[bytes], int]] = {
    "png": _png_end,
    "webp": _webp_end,
    "heif": _boxes_end,
    "avif": _boxes_end,
}


def _boxed(data: bytes) -> PhotoFormat | None:
    """HEIF or AVIF by the brands of the `ftyp` box (ISO/IEC 14496-12, 4.3)."""
    main = data[8:12]
    if main in _AVIF_BRANDS:
        return "avif"
    if main in _HEIF_BRANDS:
        return "heif"
    if main not in _ANY_BRANDS:
        return None
    length = min(int.from_bytes(data[:4], "big"), 256)
    others = {data[at : at + 4] for at in range(16, length - 3, 4)}
    return "avif" if others & _AVIF_BRANDS else "heif"


def webp_size(data: bytes) -> tuple[int, int]:
    """Width and height of a WebP's canvas (RFC 9649, 2.5 to 2.7); LookupError without one."""
    kind, head = data[12:16], int.from_bytes(data[20:30], "little")
    if len(data) < 30:
        raise LookupError("no whole header")
    if kind == b"VP8X":
        return 1 + (head >> 32 & 0xFFFFFF), 1 + (head >> 56 & 0xFFFFFF)
    if kind == b"VP8L":
        return 1 + (head >> 8 & 0x3FFF), 1 + (head >> 22 & 0x3FFF)
    if kind == b"VP8 ":
        return head >> 48 & 0x3FFF, head >> 64 & 0x3FFF
    raise LookupError(kind)


def fits(width: int, height: int, *, file_format: PhotoFormat, held: float) -> bool:
    """Whether so many px can be decoded at once. `held`: what memory holds besides, the file, in bytes."""
    pixels = width * height
    return pixels <= MOST_PIXELS and pixels * BYTES_A_PIXEL.get(file_format, 0) + held <= MOST_MEMORY


def step_for(size: tuple[int, int], least: float) -> int:
    """How many px (a side) become one: the short side stays well above `least` where memory allows."""
    step = max(1, int(min(size) // max(_GAP * least, 1)))
    return max(step, ceil(sqrt(size[0] * size[1] / MOST_KEPT)))


def check_size(width: int, height: int, *, file_format: PhotoFormat, where: str, held: float) -> None:
    """`PhotoError` when width × height px are too few for a photo, or too many to decode.

    `held` is what memory holds besides the decoder's own: the file, in bytes.
    """
    if not fits(width, height, file_format=file_format, held=held):
        each = BYTES_A_PIXEL.get(file_format)
        most = MOST_PIXELS if each is None else min(MOST_PIXELS, max(0.0, MOST_MEMORY - held) / each)
        raise too_large(where, (width, height), most=most)
    if min(width, height) < LEAST_SIDE:
        raise refusal(
            where,
            f"ảnh quá nhỏ ({width} × {height} px); hãy dùng ảnh có cạnh ngắn từ {LEAST_SIDE} px trở lên",
            f"too small ({width} × {height} px); use a photo of at least {LEAST_SIDE} px on its short side",
        )


def refusal(where: str, vi: str, en: str) -> PhotoError:
    """The error of one photo, in words."""
    return PhotoError(Problem(where, vi, en))


def broken(where: str, file_format: PhotoFormat) -> PhotoError:
    """The file begins like a photo but can't be read to its end, or is of a rare kind."""
    vi, en = (
        "tệp ảnh bị hỏng hoặc chưa tải về đủ; hãy gửi lại ảnh gốc",
        "damaged or cut short; send the original",
    )
    if file_format != "jpeg":  # rare kinds of these exist that other programs read
        vi, en = vi + ", hoặc mở ảnh, lưu lại thành JPG rồi làm lại", en + ", or save it as JPG and send that"
    return refusal(where, vi, en)


def unsupported(where: str) -> PhotoError:
    """A picture that is whole, but has other numbers than a photo's for its px."""
    return refusal(
        where,
        "kiểu ảnh này không dùng được (điểm ảnh 32 bit); hãy mở ảnh, lưu lại thành JPG rồi làm lại",
        "a kind of picture that can't be used (32-bit samples); save it as JPG and try again",
    )


def too_large(where: str, size: tuple[int, int] | None = None, *, most: float | None = None) -> PhotoError:
    """More px than memory is given for; the size, and how many px may be (`most`), are told where known."""
    told = f" ({size[0]} × {size[1]} px)" if size is not None else ""
    limit = "" if most is None else f" {int(most / 1e6)} MP"
    vi, en = (
        (f": loại ảnh này chỉ mở được đến{limit}", f": of this kind up to{limit} can be opened")
        if limit
        else ("", "")
    )
    return refusal(
        where,
        f"ảnh quá lớn{told}{vi}; hãy thu nhỏ, ví dụ còn 4000 × 3000 px, rồi làm lại",
        f"too large{told}{en}; make it smaller, 4000 × 3000 px for example, and try again",
    )
