"""What a TrueType program says of itself when a PDF's name for it says nothing: its family and its cut."""

from __future__ import annotations

import struct
from dataclasses import dataclass

_MOST_TABLES = 100
_MAC_STYLE_AT = 44
_FAMILY, _UNICODE_PLATFORMS = 1, {0, 3}


@dataclass(frozen=True, slots=True)
class ProgramCut:
    """A face's family (empty when its names were taken out), and whether it is bold or italic."""

    family: str
    bold: bool
    italic: bool


def program_cut(data: bytes) -> ProgramCut | None:
    """The cut of a TrueType or OpenType program (table `head`, macStyle); None for any other data."""
    try:
        return _cut(data)
    except (struct.error, UnicodeDecodeError, IndexError):
        return None


def _cut(data: bytes) -> ProgramCut | None:
    count = struct.unpack_from(">H", data, 4)[0]
    if data[:4] not in {b"\0\1\0\0", b"true", b"OTTO"} or count > _MOST_TABLES:
        return None
    tables = {
        data[12 + 16 * at : 16 + 16 * at]: struct.unpack_from(">II", data, 20 + 16 * at)
        for at in range(count)
    }
    if b"head" not in tables:
        return None
    style = struct.unpack_from(">H", data, tables[b"head"][0] + _MAC_STYLE_AT)[0]
    family = _family(data, tables[b"name"][0]) if b"name" in tables else ""
    return ProgramCut(family, bool(style & 1), bool(style & 2))


def _family(data: bytes, start: int) -> str:
    count, strings = struct.unpack_from(">HH", data, start + 2)
    for at in range(min(count, 1000)):
        platform, _, _, kind, length, offset = struct.unpack_from(">6H", data, start + 6 + 12 * at)
        if kind == _FAMILY and platform in _UNICODE_PLATFORMS:
            text = data[start + strings + offset : start + strings + offset + length]
            return text.decode("utf-16-be").replace(" ", "")
    return ""
