"""`dxassets letter --text FILE.docx`: a clerk's own Word text becomes the letter's, to the letter."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest

from dxassets.backends.qr import encode
from dxassets.dispatch import Paragraph, WrittenLetter
from dxassets.dispatch.composing import text_of
from dxassets.errors import DispatchError
from dxassets.kinds.letter.parts import qr_png
from dxassets.kinds.letter.word_letter import letter_docx
from dxassets.kinds.letter.word_source import blocks_of_word, written_letter
from dxassets.resources import GIVEN_TEXT
from tests.documents_support import sample, word_lines
from tests.letter_support import BLANK, PAGE_URL, parts, rules_broken
from tests.nd30_corpus import LETTER
from tests.nd30_papers import looking, made

if TYPE_CHECKING:
    from tests.conftest import Run


def paragraphs_of(data: bytes) -> list[Paragraph]:
    """The paragraphs of a Word file's text."""
    return [block for block in blocks_of_word(data) if isinstance(block, Paragraph)]


LINES = (
    "Thực hiện Kế hoạch số 531/KH-UBND ngày 19/9/2022, Sở đề nghị các cơ quan (*) giảm 5% … tăng 2*3*4 lần:",
    "1. Đối với các Sở, ban, ngành:",
    "a) Tuyên truyền <rộng rãi> & đúng [quy định] #1 | bảng_kê \\ ~ >",
    "+ Treo khẩu hiệu tại trụ sở, chi tiết tại Phụ lục;",
    "Nhận được Văn bản này, đề nghị các cơ quan, đơn vị, địa phương quan tâm, chỉ đạo thực hiện./.",
)


def word(change: Any = None) -> bytes:
    document: Any = docx.Document()
    for at, line in enumerate(LINES):
        run = document.add_paragraph().add_run(line)
        run.bold = at == 1
    document.paragraphs[0].runs[0].text = LINES[0][:-9]
    document.paragraphs[0].add_run(LINES[0][-9:]).italic = True
    if change is not None:
        change(document)
    done = io.BytesIO()
    document.save(done)
    return done.getvalue()


def test_every_paragraph_comes_with_its_letters_and_looks() -> None:
    found = paragraphs_of(word())
    assert tuple(block.text for block in found) == LINES
    assert [block.kind for block in found] == ["text", "clause", "text", "text", "text"]
    assert [run.italic for run in found[0].runs] == [False, True]


def test_words_own_lists_come_with_their_signs_and_lines_broken_by_hand_apart() -> None:
    def change(document: Any) -> None:
        document.add_paragraph("Việc thứ nhất", style="List Number")
        document.add_paragraph("Việc thứ hai", style="List Number")
        line = document.add_paragraph("Trên")
        line.runs[0].add_break()
        line.add_run("dưới")

    assert [block.text for block in paragraphs_of(word(change))[5:]] == [
        "1. Việc thứ nhất", "2. Việc thứ hai", "Trên", "dưới",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.add_table(1, 1).rows[0].cells[0].paragraphs[0].add_run("x"), "a table"),
        (lambda d: d.paragraphs[2].add_run().add_picture(io.BytesIO(qr_png(encode(PAGE_URL)))), "a picture"),
        (lambda d: d.paragraphs[2].add_run("\u202e"), "U+202E"),
    ],
    ids=["table", "picture", "an order to turn round"],
)
def test_what_has_no_place_in_a_letter_is_refused_not_left_out(change: Any, words: str) -> None:
    with pytest.raises(DispatchError, match="--text") as told:
        paragraphs_of(word(change))
    assert words in told.value.problems[0].en


def test_footnotes_and_empty_or_damaged_files_are_told() -> None:
    for data, words in (
        (made(looking(LETTER, note="Một chú thích.")), "footnotes"),
        (b"PK", "no Word file"),
    ):
        with pytest.raises(DispatchError) as told:
            paragraphs_of(data)
        assert any(words in problem.en for problem in told.value.problems)
    with pytest.raises(DispatchError, match="holds no text"):
        paragraphs_of(_blank())


def _blank() -> bytes:
    done = io.BytesIO()
    document: Any = docx.Document()
    document.save(done)
    return done.getvalue()


def test_the_command_makes_a_lawful_letter_of_it(dxassets: Run, tmp_path: Path) -> None:
    (tmp_path / "chu.docx").write_bytes(word())
    told = dxassets("letter", "--text", str(tmp_path / "chu.docx"), "-o", str(tmp_path / "out"))
    assert told.code == 0, told.err
    data = (tmp_path / "out" / "cong-van.docx").read_bytes()
    document: Any = docx.Document(io.BytesIO(data))
    shown = [line.text for line in document.paragraphs]
    start = shown.index(LINES[0])
    assert tuple(shown[start : start + len(LINES)]) == LINES
    assert rules_broken(data) == []


def test_what_was_understood_is_told_on_wish(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("letter", "--explain", "-o", str(tmp_path), "--lang", "en")
    assert told.code == 0
    assert "dispatch.md:60: bold: “* Mẫu banner" in told.err
    assert "Understood" not in dxassets("letter", "-o", str(tmp_path), "--lang", "en").err
    missing = dxassets("letter", "--text", str(tmp_path / "none.docx"), "-o", str(tmp_path), "--lang", "en")
    assert (missing.code, "there is no file" in missing.err) == (2, True)


# --- documents with a name


def _decision(change: Callable[[Any], object] = lambda _: None) -> bytes:
    document: Any = docx.Document()
    for line in (
        "Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;",
        "Theo đề nghị của Chánh Văn phòng Sở.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Ban hành danh mục hồ sơ năm 2026.",
    ):
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for cell, text in zip(
        (*table.rows[0].cells, *table.rows[1].cells), ("STT", "Hồ sơ", "1", "A"), strict=True
    ):
        cell.text = text
    document.add_paragraph("Điều 2. Quyết định này có hiệu lực kể từ ngày ký./.")
    change(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _with_text(front: str, data: bytes) -> WrittenLetter:
    files = {"a.md": front.encode(), GIVEN_TEXT: data}
    return written_letter("a.md", files.get)


def _front(name: str, *changes: tuple[str, str]) -> str:
    text = sample(name, *changes)
    return text[: text.rindex("+++\n") + 4]


def test_a_decisions_bases_articles_and_table_come_from_word() -> None:
    bare = re.sub(r"bases = \[.*?\]\n", "", _front("quyet-dinh"), flags=re.DOTALL)
    letter = _with_text(bare, _decision())
    made = letter_docx(letter.dispatch, BLANK, parts())
    assert rules_broken(made) == []
    lines = word_lines(made)
    assert lines.count("QUYẾT ĐỊNH:") == 1
    order = ("Theo đề nghị của Chánh Văn phòng Sở.", "QUYẾT ĐỊNH:", "STT", "Hồ sơ", "A")
    places = [lines.index(each) for each in order]
    assert places == sorted(places)
    assert [block.kind for block in text_of(letter.dispatch)[:4] if isinstance(block, Paragraph)] == [
        "decider", "basis", "basis", "operative",
    ]  # fmt: skip


def test_what_word_says_twice_or_where_nothing_may_stand_is_refused() -> None:
    with pytest.raises(DispatchError, match="in one place only"):
        _with_text(_front("quyet-dinh"), _decision())
    with pytest.raises(DispatchError, match="leave out --text"):
        _with_text(_front("giay-gioi-thieu"), _decision())

    def merge(document: Any) -> None:
        document.tables[0].rows[1].cells[0].merge(document.tables[0].rows[1].cells[1])

    bare = re.sub(r"bases = \[.*?\]\n", "", _front("quyet-dinh"), flags=re.DOTALL)
    with pytest.raises(DispatchError, match="merged cells"):
        _with_text(bare, _decision(merge))
    with pytest.raises(DispatchError, match="a table, as it says tables = false"):
        _with_text(bare.replace("[issuer]", "tables = false\n[issuer]", 1), _decision())
