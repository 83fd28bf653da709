"""Tells a camera's raw file, by its bytes and by its name: it is no picture yet, but holds a small one."""

from __future__ import annotations

from pathlib import PurePath

RAW_SUFFIXES = frozenset(
    ".nef .nrw .dng .cr2 .cr3 .crw .arw .srf .sr2 .raf .orf .rw2 .pef .srw .3fr .fff .iiq .erf .mef .mos "
    ".mrw .rwl .kdc .dcr .x3f .gpr .raw".split()
)
"""How the cameras' makers call their raw files."""
RAW = (
    ("ảnh RAW (tệp thô của máy ảnh); hãy mở bằng phần mềm của máy ảnh, xuất ra JPEG rồi làm lại"),
    (
        "a camera's raw file, which is no picture yet; open it in the camera's program, export it as JPEG "
        "and use that"
    ),
)
_STARTS = (
    b"FUJIFILMCCD-RAW",
    b"IIRO",
    b"IIRS",
    b"MMOR",
    b"IIU\0",
    b"FOVb",
    b"\0MRM",
    b"II\x1a\0\0\0HEAPCCDR",
)
"""Of raw files that are no TIFF: Fujifilm, Olympus, Panasonic, Sigma, Minolta, Canon before 2004."""
_TIFFS = (b"II*\0", b"MM\0*")
_KIND, _INNER, _DNG, _FILTERED = 254, 330, 50706, 32803
"""TIFF's tags NewSubfileType, SubIFDs, DNGVersion, and the photometry of a colour filter (TIFF/EP)."""
_PHOTOMETRY = 262


def is_raw(data: bytes, name: str) -> bool:
    """Whether a file is a camera's raw file. A JPEG or PNG that is only called like one is none."""
    if data.startswith(_STARTS) or data[4:12] == b"ftypcrx ":
        return True
    if not data.startswith(_TIFFS):
        return False
    return is_called_raw(name) or data[8:10] == b"CR" or _is_raw_tiff(data)


def is_called_raw(name: str) -> bool:
    """Whether a file has a raw file's name."""
    return PurePath(name).suffix.casefold() in RAW_SUFFIXES


def _is_raw_tiff(data: bytes) -> bool:
    """Whether a TIFF's first picture is a small copy beside others, or px behind a colour filter."""
    order = "little" if data.startswith(b"II") else "big"
    at = int.from_bytes(data[4:8], order)
    count = int.from_bytes(data[at : at + 2], order)
    said: dict[int, int] = {}
    for begin in range(at + 2, at + 2 + 12 * count, 12):
        entry = data[begin : begin + 12]
        if len(entry) < 12:
            break
        short = int.from_bytes(entry[2:4], order) == 3
        said[int.from_bytes(entry[:2], order)] = int.from_bytes(entry[8 : 10 if short else 12], order)
    small = said.get(_KIND, 0) & 1 and _INNER in said
    return bool(small) or _DNG in said or said.get(_PHOTOMETRY) == _FILTERED
