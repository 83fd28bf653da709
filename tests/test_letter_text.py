"""No character of a clerk's text is lost on its way into Word and PDF, whatever it is made of."""

from __future__ import annotations

import io
import random
import re
from dataclasses import replace
from typing import Any

import docx
import pypdfium2
import pytest

from dxassets.dispatch import Dispatch
from dxassets.dispatch.model import Paragraph
from dxassets.dispatch.prose import explained, parse_prose
from dxassets.errors import Problem
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx
from tests.letter_support import BLANK, parts, small

SYLLABLES = (
    "hộ nghèo giảm tăng 5% 2022 Đắk Nông chuyển đổi số (10/10) phần mềm, UBND xã; nước ngọt ưu đãi".split()
)
SIGNS = "* _ + | < & # > ~ [ ] ( ) \\ ** *** -- 2*3*4 (*) `".split()


def text_of(seed: int) -> str:
    """Some lines of Vietnamese with signs strewn in, beside blanks and right in words."""
    chance = random.Random(seed)
    lines: list[str] = []
    for _ in range(chance.randint(1, 4)):
        words = [chance.choice(SYLLABLES) for _ in range(chance.randint(2, 12))]
        for _ in range(chance.randint(0, 5)):
            at = chance.randrange(len(words))
            sign = chance.choice(SIGNS)
            words[at] = chance.choice(
                [f"{sign} {words[at]}", f"{words[at]}{sign}", f"{sign}{words[at]}", sign]
            )
        lines.append(" ".join(words))
    return "\n".join(lines)


TEXTS = [text_of(seed) for seed in range(2000)]


def letters_of(text: str) -> str:
    """What is to be seen of a text: all but blanks, and the stars that were understood as bold or italic."""
    return re.sub(r"\s", "", text)


def said(text: str) -> list[Paragraph]:
    problems: list[Problem] = []
    blocks = parse_prose(text, "a.md", 0, problems)
    assert problems == []
    return [block for block in blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize("at", range(0, 2000, 100))
def test_every_character_is_kept_but_signs_that_are_told(at: int) -> None:
    for text in TEXTS[at : at + 100]:
        kept = "".join(block.text for block in said(text))
        told = [problem.en.partition(":")[0] for problem in explained(text, "a.md", 0)]
        stars = 4 * told.count("bold") + 2 * told.count("italic")
        assert set(told) <= {"bold", "italic"}, text
        assert letters_of(text).replace("*", "") == letters_of(kept).replace("*", "")
        assert text.count("*") - kept.count("*") == stars, text
        assert len(said(text)) == len([line for line in text.split("\n") if line.strip()]), (
            "pasted lines stay lines"
        )


def letter(texts: list[str]) -> Dispatch:
    return replace(small(), body=tuple(block for text in texts for block in said(text)), annexes=())


def test_two_thousand_texts_come_whole_into_word() -> None:
    dispatch = letter(TEXTS)
    document: Any = docx.Document(io.BytesIO(letter_docx(dispatch, BLANK, parts())))
    found = [line.text for line in document.paragraphs]
    wanted = [block.text for block in dispatch.body if isinstance(block, Paragraph)]
    start = found.index(wanted[0])
    assert found[start : start + len(wanted)] == wanted


@pytest.mark.slow
@pytest.mark.parametrize("at", range(0, 2000, 250))
def test_two_thousand_texts_come_whole_into_pdf(at: int) -> None:
    dispatch = letter(TEXTS[at : at + 250])
    pdf = pypdfium2.PdfDocument(letter_pdf(dispatch, BLANK, parts()))
    pages = [page.get_textpage().get_text_range() for page in pdf]
    numbered = "".join(
        re.sub(r"\s\d+\s*$", "", page) if number else page for number, page in enumerate(pages)
    )
    read = re.sub(r"[\s\u2060\ufffe\x02]", "", numbered)
    wanted = "".join(letters_of(block.text) for block in dispatch.body if isinstance(block, Paragraph))
    assert wanted in read


# --- what is understood, and what only looks so ------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("hộ nghèo (*) giảm 5% (*) tăng 2*3*4 lần", "hộ nghèo (*) giảm 5% (*) tăng 2*3*4 lần"),
        ("+ Nội dung", "+ Nội dung"),
        ("* Nội dung", "* Nội dung"),
        ("1) Nội dung", "1) Nội dung"),
        ("# Nội dung", "# Nội dung"),
        ("## Nội dung", "## Nội dung"),
        ("> Nội dung", "> Nội dung"),
        ("a * b * c", "a * b * c"),
        ("R&amp;D", "R&amp;D"),
        ("C:\\*\\_x", "C:\\*\\_x"),
        ("tên_tệp_mới", "tên_tệp_mới"),
        ("[1](2)", "[1](2)"),
        ("<b>chữ</b>", "<b>chữ</b>"),
        ("---", "---"),
        ("`mã`", "`mã`"),
        ("    thụt vào", "thụt vào"),
    ],
)
def test_what_only_looks_like_markup_stays(text: str, shown: str) -> None:
    (block,) = said(text)
    assert block.text == shown
    assert all(not run.bold and not run.italic and run.url is None for run in block.runs)
    assert explained(text, "a.md", 0) == ()


def test_a_table_that_is_not_asked_for_keeps_its_lines_and_pipes() -> None:
    table = "| STT | Nội dung |\n|---|---|\n| 1 | Việc |"
    assert [block.text for block in said(table)] == table.split("\n")


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("**đậm** thường", [("đậm", True, False), (" thường", False, False)]),
        ("“*nghiêng*”.", [("“", False, False), ("nghiêng", False, True), ("”.", False, False)]),
        ("**a *b* c**", [("a ", True, False), ("b", True, True), (" c", True, False)]),
        ("*** Mẫu banner:**", [("* Mẫu banner:", True, False)]),
        ("## 1. Khoản", [("1. Khoản", True, False)]),
        ("### a) điểm", [("a) điểm", False, False)]),
    ],
)
def test_what_is_understood(text: str, runs: list[tuple[str, bool, bool]]) -> None:
    (block,) = said(text)
    assert [(run.text, run.bold, run.italic) for run in block.runs] == runs
    assert explained(text, "a.md", 6)[0].where == "a.md:7"


def test_links_are_whole_addresses_only() -> None:
    (block,) = said("Xem <https://a.vn>, [trang](https://b.vn/x) và <c.vn>, [d](javascript:e).")
    assert [run.url for run in block.runs if run.url] == ["https://a.vn", "https://b.vn/x"]
    assert block.text == "Xem https://a.vn, trang và <c.vn>, [d](javascript:e)."
