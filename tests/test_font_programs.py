"""What a font program says of itself, when a PDF's name for it says nothing."""

from __future__ import annotations

import struct

import pytest

from dxassets.backends.font_programs import ProgramCut, program_cut
from tests.letter_support import CUTS, TINOS


@pytest.mark.parametrize("cut", CUTS)
def test_family_and_cut_are_told(cut: str) -> None:
    data = (TINOS / CUTS[cut]).read_bytes()  # pyright: ignore[reportArgumentType]
    assert program_cut(data) == ProgramCut("Tinos", "bold" in cut, "italic" in cut)


def with_tables(count: int) -> bytes:
    """A program of so many tables, the first of them its head."""
    at = 12 + 16 * count
    tables = (
        b"head" + struct.pack(">III", 0, at, 54) + (b"none" + struct.pack(">III", 0, at, 0)) * (count - 1)
    )
    head = bytearray(54)
    head[44:46] = struct.pack(">H", 1)
    return b"\0\1\0\0" + struct.pack(">HHHH", count, 0, 0, 0) + tables + bytes(head)


def test_a_program_of_more_than_a_hundred_tables_is_none() -> None:
    assert program_cut(with_tables(100)) == ProgramCut("", bold=True, italic=False)
    assert program_cut(with_tables(101)) is None


@pytest.mark.parametrize("data", [b"", b"OTTO", b"%!PS", with_tables(3)[:40], b"\0\1\0\0\0\1" + b"\xff" * 60])
def test_what_is_no_program_says_nothing(data: bytes) -> None:
    assert program_cut(data) is None
