"""Reads the head of a PNG (and of a JPEG inside an SVG), so that a bomb is refused before it is decoded."""

from __future__ import annotations

import struct

from dxassets.logos.model import PngLogo, refused
from dxassets.notation import weight

PNG_BYTES = 4_000_000
LONGEST_PX = 6000
MOST_PX = 16_000_000
SIGNATURE = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAME_HEADS = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive frames (ITU-T T.81, table B.1)."""


def read_png(data: bytes, where: str) -> PngLogo:
    """A PNG logo by its head; `InputError` when it is too large, too heavy or not whole."""
    if len(data) > PNG_BYTES:
        raise refused(
            where,
            f"nặng {weight(len(data), 'vi')}, tối đa {weight(PNG_BYTES, 'vi')}; "
            "hãy thu nhỏ ảnh hoặc dùng SVG",
            f"weighs {weight(len(data), 'en')}, at most {weight(PNG_BYTES, 'en')}; shrink it or give an SVG",
        )
    size = png_size(data)
    if size is None or not data.rstrip(b"\0").endswith(b"IEND\xaeB`\x82"):
        raise refused(where, "tệp PNG hỏng hoặc bị cụt; hãy xuất lại", "is a broken PNG; export it again")
    if is_too_large(size):
        raise refused(
            where,
            f"ảnh {size[0]}×{size[1]} px quá lớn, mỗi cạnh tối đa {LONGEST_PX} px; hãy thu nhỏ ảnh",
            f"is {size[0]}×{size[1]} px, no side may be over {LONGEST_PX} px; make it smaller",
        )
    return PngLogo(data, *size)


def is_too_large(size: tuple[int, int]) -> bool:
    """Whether a picture of that size is not worth decoding."""
    return max(size) > LONGEST_PX or size[0] * size[1] > MOST_PX


def png_size(data: bytes) -> tuple[int, int] | None:
    """Width and height that a PNG's first chunk states; None when there is none."""
    if len(data) < 33 or not data.startswith(SIGNATURE) or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return (width, height) if width and height else None


def jpeg_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in a JPEG's frame head; None when none is found."""
    if not data.startswith(_JPEG):
        return None
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker in _FRAME_HEADS:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return (width, height) if width and height else None
        at += 2 + max(length, 2)
    return None
