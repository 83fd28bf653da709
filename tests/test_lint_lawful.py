"""Lawful letters that are not công văn, or that say things in their own way: the linter stays silent."""

from __future__ import annotations

import copy
import datetime
import shutil
from pathlib import Path
from typing import Any

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from dxassets.checks.nd30.from_pdf import letter_of_pdf
from dxassets.checks.nd30.times import times_width
from dxassets.dispatch import LetterFill
from tests.letter_support import (
    Change,
    broken_docx,
    broken_pdf,
    bundled,
    font,
    lines,
    rules_broken,
    small,
    text,
    word_to_pdf,
)

GROUNDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
    "Căn cứ Quyết định số 10/QĐ-UBND quy định chức năng, quyền hạn và cơ cấu tổ chức của Sở Nội vụ;",
    "Theo đề nghị của Chánh Văn phòng Sở.",
)
REFERENCE = "(Kèm theo {} số 15/{}-SNV ngày 05 tháng 9 năm 2022 của Sở Nội vụ)"


def gone(document: Any, *styles: str) -> None:
    for style in styles:
        for line in lines(document, style):
            line._p.getparent().remove(line._p)


def above_text(document: Any, *words: str, style: str, italic: bool | None = None) -> None:
    """Paragraphs above the text, in their order."""
    first = lines(document, "Nội dung")[0]
    for each in words:
        first.insert_paragraph_before(each, style=document.styles[style]).runs[0].italic = italic


def ruled(document: Any, below: Any, subject: str) -> None:
    """A line above a paragraph, as long as 2/5 of the subject that stands above it."""
    line = copy.deepcopy(lines(document, "Đường kẻ")[0]._p)
    below._p.addprevious(line)
    rest = Mm((165 - 0.4 * times_width(subject, True, 14)) / 2)
    layout = Paragraph(line, document).paragraph_format
    layout.left_indent = layout.right_indent = rest


def decision(*, italic: bool = True, grounds: tuple[str, ...] = GROUNDS) -> Change:
    """A Quyết định: its kind and subject below the head, nobody greeted, grounds, who decides."""

    def change(document: Any) -> None:
        text("Số, ký hiệu", "Số: 15/QĐ-SNV")(document)
        text("Địa danh, thời gian", "Đắk Nông, ngày 05 tháng 9 năm 2022")(document)
        text("Kèm theo", REFERENCE.format("Quyết định", "QĐ"))(document)
        text("Nơi nhận, mục", "- Như Điều 2;")(document)
        gone(document, "Trích yếu", "Kính gửi", "Nơi gửi đến")
        subject = "Về việc ban hành Quy chế làm việc của Sở Nội vụ"
        above_text(document, "QUYẾT ĐỊNH", subject, style="Phụ lục")
        ruled(document, lines(document, "Nội dung")[0], subject)
        above_text(document, "GIÁM ĐỐC SỞ NỘI VỤ", style="Phụ lục")
        above_text(document, *grounds, style="Nội dung", italic=italic)

    return change


def named(kind: str, letters: str, title: str) -> Change:
    """A Tờ trình or Báo cáo: it names its kind and greets somebody."""

    def change(document: Any) -> None:
        text("Số, ký hiệu", f"Số: 15/{letters}-SNV")(document)
        text("Kèm theo", REFERENCE.format(kind.capitalize(), letters))(document)
        gone(document, "Trích yếu", "Nơi gửi đến")
        greeting = lines(document, "Kính gửi")[0]
        for words in (kind, title):
            greeting.insert_paragraph_before(words, style=document.styles["Phụ lục"])
        ruled(document, greeting, title)
        text("Kính gửi", "Kính gửi: Ủy ban nhân dân tỉnh Đắk Nông.")(document)

    return change


SENTENCE = (
    "Căn cứ Kế hoạch số 10/KH-UBND ngày 05 tháng 01 năm 2022 của UBND tỉnh về cải cách hành chính năm 2022, "
    "Sở Nội vụ đề nghị các cơ quan, đơn vị báo cáo kết quả."
)


def whole_table(document: Any) -> None:
    """Word's own new table hangs out by a cell's padding, on both sides."""
    table = document.tables[-1]._tbl
    indent = table.tblPr.find(qn("w:tblInd"))
    if indent is None:
        indent = table.tblPr.makeelement(qn("w:tblInd"), {qn("w:type"): "dxa"})
        table.tblPr.append(indent)
    indent.set(qn("w:w"), "-108")


LAWFUL: list[tuple[str, Change]] = [
    ("quyết định", decision()),
    ("tờ trình", named("TỜ TRÌNH", "TTr", "Về việc ban hành Quy chế phối hợp")),
    ("báo cáo", named("BÁO CÁO", "BC", "Kết quả cải cách hành chính năm 2022")),
    ("a sentence that begins with Căn cứ", text("Nội dung", SENTENCE, 0)),
    ("a table that Word has made", whole_table),
]


@pytest.mark.parametrize("change", [change for _, change in LAWFUL], ids=[name for name, _ in LAWFUL])
def test_a_lawful_letter_is_good(change: Change) -> None:
    assert rules_broken(broken_docx(change)) == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("change", [LAWFUL[0][1], LAWFUL[2][1]], ids=["quyết định", "báo cáo"])
def test_its_pdf_is_good_too(change: Change, tmp_path: Path) -> None:
    pdf = word_to_pdf(broken_docx(change), tmp_path)
    assert rules_broken(pdf, "a.pdf") == []


# --- and the faults beside them --------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        decision(italic=False),
        decision(grounds=(GROUNDS[0].rstrip(";"), *GROUNDS[1:])),
        decision(grounds=(GROUNDS[0].replace(";", ","), *GROUNDS[1:])),
        decision(grounds=(*GROUNDS[:2], "Theo đề nghị của Chánh Văn phòng Sở;")),
    ],
    ids=["upright", "no mark", "a comma", "the last one's semicolon"],
)
def test_grounds_that_are_wrong_are_found(change: Change) -> None:
    assert "B6" in rules_broken(broken_docx(change))


def test_several_grounds_in_a_letter_are_grounds() -> None:
    def change(document: Any) -> None:
        above_text(document, *GROUNDS[:2], style="Nội dung")

    assert "B6" in rules_broken(broken_docx(change))


def test_a_letter_without_its_subject_is_still_found() -> None:
    """A công văn names no kind: that its V/v is missing must not pass for a Tờ trình."""

    def change(document: Any) -> None:
        gone(document, "Trích yếu")

    assert "V1" in rules_broken(broken_docx(change))


def test_a_table_that_stands_further_out_is_found_in_word_and_in_pdf() -> None:
    def change(document: Any) -> None:
        for column in document.tables[-1]._tbl.tblGrid:
            column.set(qn("w:w"), str(int(column.get(qn("w:w"))) + 120))

    assert "T2" in rules_broken(broken_docx(change))
    assert "T2" in rules_broken(broken_pdf(css="table { width: 106%; margin-left: -3% }"), "a.pdf")


def test_a_table_that_hangs_out_by_its_padding_is_good_in_pdf() -> None:
    css = "table { width: auto; margin: 0 -1.9mm }"
    assert rules_broken(broken_pdf(css=css), "a.pdf") == []


def test_a_date_line_in_two_lines_is_one() -> None:
    place = small('place = "Đắk Nông"', 'place = "Thành phố Hồ Chí Minh"')
    fill = LetterFill("12", datetime.date(2022, 9, 21))
    css = ".date { padding: 0 14mm }"
    good = broken_pdf(place, css=css, fill=fill)
    date = letter_of_pdf(good).parts.date
    assert date is not None
    assert len(date.places) == 2
    assert rules_broken(good, "a.pdf") == []
    wrong = broken_pdf(place, css=f"{css} .date {{ font-style: normal }}", fill=fill)
    assert "D1" in rules_broken(wrong, "a.pdf")


@pytest.mark.parametrize("mm", [20, 25])
def test_margins_that_the_decree_allows_are_good_in_a_pdf(mm: int) -> None:
    assert rules_broken(broken_pdf(bundled(), margin_top_mm=mm, margin_bottom_mm=mm), "a.pdf") == []
    assert (
        rules_broken(broken_pdf(bundled(), margin_left_mm=30 + (mm - 20), margin_right_mm=15), "a.pdf") == []
    )


def test_a_short_letter_on_one_page_says_nothing_of_its_margins() -> None:
    short = small(annex_old="title", annex_new="title")
    assert "P2" not in rules_broken(broken_pdf(short, signature_room_mm=20), "a.pdf")


def test_italics_where_they_belong_are_good() -> None:
    def change(document: Any) -> None:
        above_text(document, GROUNDS[0], GROUNDS[1].rstrip(";") + ".", style="Nội dung", italic=True)
        font("Kèm theo", italic=True)(document)
        document.styles["Họ tên người ký"].paragraph_format.space_before = Mm(20)

    assert rules_broken(broken_docx(change)) == []
