"""Letters that pass another on, laid out by LibreOffice and by us: the same words on the same lines."""

from __future__ import annotations

import datetime
import shutil
import subprocess
from pathlib import Path

import pytest

from dxassets.api import LetterWanted, Project, make_letters
from dxassets.backends.pdf_reader import read_words
from dxassets.dispatch import LetterFill, parse_dispatch
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx
from tests.letter_support import ANNEX, LETTER, parts, word_to_pdf

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]


def lines_of(data: bytes, folder: Path) -> list[list[str]]:
    """The words of each line, as they stand on the pages."""
    file = folder / "read.pdf"
    file.write_bytes(data)
    told = subprocess.run(["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True)
    return [line.split() for line in told.stdout.decode().splitlines() if line.split()]


@pytest.mark.parametrize(
    "agency", ["ubnd-xa-nam-dong", "ubnd-huyen-cu-jut", "van-phong-uy-ban-nhan-dan", "so-noi-vu"]
)
def test_a_passing_on_letter_breaks_its_lines_as_the_office_does(
    project: Project, tmp_path: Path, agency: str
) -> None:
    word, pdf = make_letters(project, tmp_path, wanted=LetterWanted(agencies=(agency,))).files
    mine = pdf.read_bytes()
    theirs = word_to_pdf(word.read_bytes(), tmp_path / "office", squeezed=False)
    assert len(read_words(mine).pages) == len(read_words(theirs).pages)
    assert lines_of(mine, tmp_path) == lines_of(theirs, tmp_path)


def test_words_with_slashes_break_where_the_office_breaks_them(tmp_path: Path) -> None:
    words = ("505/QĐ-TTg", "505/QĐ-UBND", "30/2020/NĐ-CP", "(b/c)", "và/hoặc", "1/2/2022", "km/h")
    body = "\n\n".join(" ".join([word] * 50) for word in words)
    text = f"{LETTER.rpartition('+++')[0]}+++\n\n{body}\n\nThực hiện theo Phụ lục đính kèm./.\n"
    letter = parse_dispatch(text.encode(), {"annex.toml": ANNEX.encode()}, "dispatch.md")
    # Filled in: LibreOffice sets no-break blanks in italics wider than the typeface says.
    fill = LetterFill("12", datetime.date(2022, 9, 21))
    mine = letter_pdf(letter, fill, parts())
    theirs = word_to_pdf(letter_docx(letter, fill, parts()), tmp_path / "office", squeezed=False)
    slashed = [line for line in lines_of(mine, tmp_path) if any("/" in word for word in line)]
    assert len(slashed) > 40
    assert slashed == [line for line in lines_of(theirs, tmp_path) if any("/" in word for word in line)]
