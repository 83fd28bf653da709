"""A row of an annex that no page holds: its head is on every page, in the PDF as in LibreOffice's."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pypdf
import pytest

from dxassets.dispatch import Dispatch, parse_dispatch
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx
from tests.letter_support import ANNEX, BLANK, LETTER, bundled, parts, word_to_pdf


def annexed(*lines: int) -> Dispatch:
    """The small letter with an annex whose rows have so many lines each."""
    rows = "".join(
        f'[[table.rows]]\nstt = "{at}"\nviec = [{", ".join(_line(at, each) for each in range(count))}]\n'
        for at, count in enumerate(lines, start=1)
    )
    annex = ANNEX[: ANNEX.index("[[table.rows]]")] + rows
    return parse_dispatch(LETTER.encode(), {"annex.toml": annex.encode()}, "dispatch.md")


def _line(row: int, at: int) -> str:
    return f'"Việc {row} dòng {at + 1}"'


def pages(pdf: bytes) -> list[str]:
    """What the annex's pages say."""
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages][1:]


def heads(pdf: bytes) -> list[bool]:
    """Whether each page of the annex that shows the table shows its head."""
    return ["STT" in page for page in pages(pdf) if "dòng" in page]


@pytest.mark.parametrize(
    "lines", [(1, 1, 150, 1), (150,), (1, 150, 150, 1), (20, 30, 2)], ids=["among", "alone", "two", "none"]
)
def test_every_page_of_a_table_shows_its_head(lines: tuple[int, ...]) -> None:
    pdf = letter_pdf(annexed(*lines), BLANK, parts())
    shown = heads(pdf)
    assert len(shown) > 1
    assert all(shown)
    text = "\n".join(pages(pdf))
    for row, count in enumerate(lines, start=1):
        assert [text.count(f"Việc {row} dòng {at + 1}\n") for at in range(count)] == [1] * count


@pytest.mark.slow
@pytest.mark.parametrize("lines", [(1, 1, 150, 1), (150,)], ids=["among", "alone"])
def test_the_pages_are_those_of_the_word_file(tmp_path: Path, lines: tuple[int, ...]) -> None:
    dispatch = annexed(*lines)
    ours = letter_pdf(dispatch, BLANK, parts())
    theirs = word_to_pdf(letter_docx(dispatch, BLANK, parts()), tmp_path)
    assert heads(theirs) == heads(ours)
    assert [first_line(page) for page in pages(theirs)] == [first_line(page) for page in pages(ours)]


def first_line(page: str) -> str:
    return next((line for line in page.splitlines() if "dòng" in line), "").strip()


def test_cells_name_the_heads_of_both_storeys(tmp_path: Path) -> None:
    """By poppler's own reading of the structure: what each head is the head of, and each cell's heads."""
    (tmp_path / "a.pdf").write_bytes(letter_pdf(bundled(), BLANK, parts()))
    said = subprocess.run(
        ["pdfinfo", "-struct", str(tmp_path / "a.pdf")], capture_output=True, text=True, check=True
    ).stdout
    table = bundled().annexes[0].table
    assert table is not None
    storeys = [len(row) for row in table.head()]
    assert len(storeys) == 2
    heads = re.findall(r"TH <([\w-]+)>:((?:\n\s+/.*)*)", said)
    assert len(heads) % sum(storeys) == 0
    assert all("/Scope /Column" in shape for _, shape in heads)
    named = re.findall(r"TD:?\n(?:\s+/(?:Row|Col)Span.*\n)*\s+/Headers \[(.*?)\]", said)
    counts = [len(re.findall(r"[\w-]+-\d+-\d+", each)) for each in named]
    grouped = [2 if column.group else 1 for column in table.columns]
    assert counts[: len(grouped)] == grouped
    assert len(counts) == len(table.rows) * len(grouped)
