"""Names of files that are dropped on the start page of `dxassets open`."""

from __future__ import annotations

import pytest

from dxassets.desktop.workplace import safe_name


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Ảnh 1.jpg", "Ảnh 1.jpg"),
        ("a/b\\c.png", "c.png"),
        ("..", "tep"),
        ('a<b>:"|?*.docx', "a_b______.docx"),
        ("con.txt", "con_.txt"),
        ("NUL", "NUL_"),
        ("ten. .", "ten"),
        (".jpg", "jpg"),
    ],
)
def test_a_dropped_file_gets_a_name_that_windows_takes(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_a_dropped_files_name_has_100_letters_at_most() -> None:
    assert safe_name("a" * 97 + ".png") == "a" * 97 + ".png"
    assert safe_name("a" * 98 + ".png") == "a" * 97 + ".png"
