"""Every rule of the linter finds its own fault, planted in a Word file and in a PDF."""

from __future__ import annotations

import copy
import io
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dxassets.backends.qr import encode
from dxassets.checks.nd30 import RULES
from dxassets.dispatch import Edition
from dxassets.kinds.letter.parts import qr_png
from tests.letter_support import (
    PAGE_URL,
    Change,
    broken_docx,
    broken_pdf,
    bundled,
    drop,
    edited_docx,
    font,
    layout,
    lines,
    no_rule,
    page,
    rule_indented,
    rules_broken,
    size,
    small,
    text,
)
from tests.test_lint_clerks import CLERK_FAULTS

# --- one fault each, in Word -----------------------------------------------------------------------


def blue_link(document: Any) -> None:
    """A character style colours the run: what a Word user gets from Insert, Link."""
    style = document.styles.add_style("Hyperlink", 2)
    style.font.color.rgb = RGBColor(5, 99, 193)
    lines(document, "Nội dung")[0].runs[0].style = style


def inherited_size(document: Any) -> None:
    """A style based on the text's own changes its size: only inheritance tells."""
    style = document.styles.add_style("Riêng", 1)
    style.base_style = document.styles["Nội dung"]
    style.font.size = Pt(12)
    lines(document, "Nội dung")[0].style = style


def theme_font(document: Any) -> None:
    fonts = lines(document, "Nội dung")[0].runs[0]._r.get_or_add_rPr()
    fonts.insert(
        0, parse_xml(f'<w:rFonts {nsdecls("w")} w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>')
    )


def decomposed(document: Any) -> None:
    line = lines(document, "Nội dung")[0]
    line.runs[0].text = unicodedata.normalize("NFD", line.text)


def footer_number(document: Any) -> None:
    section = document.sections[0]
    field = section.header._element.find(f".//{qn('w:fldSimple')}")
    section.footer.is_linked_to_previous = False
    section.footer.paragraphs[0]._p.append(copy.deepcopy(field))
    field.getparent().remove(field)


def header_left(document: Any) -> None:
    document.sections[0].header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT


def signature_picture(document: Any) -> None:
    picture = qr_png(encode(PAGE_URL))
    lines(document, "Họ tên người ký")[0].insert_paragraph_before("").add_run().add_picture(
        io.BytesIO(picture), width=Mm(20)
    )


def one_addressee_below(document: Any) -> None:
    last = lines(document, "Nơi gửi đến")[-1]
    last._p.getparent().remove(last._p)


def wide_table(document: Any) -> None:
    for column in document.tables[-1]._tbl.tblGrid:
        column.set(qn("w:w"), str(int(column.get(qn("w:w"))) + 700))


def no_annex_reference(document: Any) -> None:
    line = lines(document, "Kèm theo")[0]
    line._p.getparent().remove(line._p)


def grounds(document: Any) -> None:
    for _ in range(2):
        lines(document, "Nội dung")[0].insert_paragraph_before(
            "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020;", style=document.styles["Nội dung"]
        )


def urgency(document: Any) -> None:
    run = lines(document, "Quốc hiệu")[0].insert_paragraph_before("").add_run()
    box = (
        '<w:pict xmlns:v="urn:schemas-microsoft-com:vml" %s><v:rect style="width:60mm;height:8mm"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>HỎA TỐC</w:t></w:r></w:p></w:txbxContent>"
        "</v:textbox></v:rect></w:pict>"
    )
    run._r.append(parse_xml(box % nsdecls("w")))


def contextual(document: Any) -> None:
    style = document.styles["Nội dung"].element.get_or_add_pPr()
    style.insert(0, parse_xml(f"<w:contextualSpacing {nsdecls('w')}/>"))


def autonumbered(document: Any) -> None:
    """A dash that Word itself puts before a line counts as a dash; a bullet does not."""
    text("Nơi nhận, mục", "Ban Giám đốc Sở;", 1)(document)


def unnumbered(document: Any) -> None:
    """No page number, on a letter of more than a page."""
    document.sections[0].header.paragraphs[0]._p.clear_content()
    for _ in range(40):
        lines(document, "Nội dung")[0].insert_paragraph_before(
            "Đề nghị các cơ quan thực hiện.", style=document.styles["Nội dung"]
        )


def counting_on(document: Any) -> None:
    """An annex whose numbers go on from the letter's, and are shown."""
    section = document.sections[1]
    section._sectPr.remove(section._sectPr.find(qn("w:pgNumType")))
    section.different_first_page_header_footer = False


def long_table(path: str, at: int = 0) -> Change:
    """The annex's table with rows for more than a page, and without an element."""

    def change(document: Any) -> None:
        table = document.tables[-1]._tbl
        for _ in range(40):
            table.append(copy.deepcopy(table.findall(qn("w:tr"))[-1]))
        drop(path, at)(document)

    return change


TITLE_RULES = {"V3", "V4", "V5", "N4"}
COPY_RULES = {"C1", "C2"}
"""Faults of these are planted in tests/test_documents_faults.py."""
"""Planted in the corpus: the small letter names no kind."""
WORD_FAULTS: list[tuple[str, Change]] = [
    ("P1", page(page_width=Mm(216), page_height=Mm(279))),
    ("P2", page(left_margin=Mm(20))),
    ("P2", page(top_margin=Mm(30))),
    ("P2", page(right_margin=Mm(10))),
    ("P2", page(gutter=Mm(5))),
    ("P2", layout("Nội dung", left_indent=Mm(-15))),
    ("P3", font("Nội dung", name="Calibri")),
    ("P3", theme_font),
    ("P9", decomposed),
    ("P5", blue_link),
    ("P5", lambda d: setattr(d.styles["Nơi nhận, mục"].font.color, "rgb", RGBColor(255, 0, 0))),
    ("P6", footer_number),
    ("P6", header_left),
    ("P6", size("Số trang", 11)),
    ("P6", unnumbered),
    ("P7", page(different_first_page_header_footer=False)),
    ("P8", counting_on),
    ("H1", text("Quốc hiệu", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM.")),
    ("H1", size("Quốc hiệu", 14)),
    ("H1", font("Quốc hiệu", bold=False)),
    ("H2", text("Tiêu ngữ", "Độc lập – Tự do – Hạnh phúc")),
    ("H2", font("Tiêu ngữ", underline=True)),
    ("H2", size("Tiêu ngữ", 12)),
    ("H3", no_rule(1)),
    ("H3", rule_indented(5, 1)),
    ("H4", font("Cơ quan chủ quản", bold=True)),
    ("H4", size("Cơ quan chủ quản", 11)),
    ("H5", font("Cơ quan ban hành", bold=False)),
    ("H5", text("Cơ quan ban hành", "SỞ NỘI vụ")),
    ("H6", no_rule(0)),
    ("H6", rule_indented(3, 0)),
    ("H7", size("Địa danh, thời gian", 13)),
    ("N1", text("Số, ký hiệu", "Số: 12/CV-SNV")),
    ("N1", text("Số, ký hiệu", "Số 12/SNV-VP")),
    ("N1", text("Số, ký hiệu", "Số: 12/SNV - VP")),
    ("N1", size("Số, ký hiệu", 14)),
    ("N2", text("Số, ký hiệu", "Số: 7/SNV-VP")),
    ("N2", text("Số, ký hiệu", "Số: ...../SNV-VP")),
    ("N2", text("Số, ký hiệu", "Số: 00/SNV-VP")),
    ("D1", font("Địa danh, thời gian", italic=False)),
    ("D1", text("Địa danh, thời gian", "Đắk Nông, ngày 5 tháng 9 năm 2022")),
    ("D1", text("Địa danh, thời gian", "Đắk Nông, ngày 05 tháng 09 năm 2022")),
    ("D1", text("Địa danh, thời gian", "Đắk Nông ngày 05 tháng 9 năm 2022")),
    ("D2", text("Địa danh, thời gian", "Đắk Nông, ngày 31 tháng 9 năm 2022")),
    ("V1", font("Trích yếu", bold=True)),
    ("V1", text("Trích yếu", "V/v một việc.")),
    ("V1", text("Trích yếu", "Về việc một việc")),
    ("V2", layout("Trích yếu", space_before=Pt(18))),
    ("K1", font("Kính gửi", bold=True)),
    ("K1", text("Kính gửi", "Kính gửi")),
    ("K2", text("Nơi gửi đến", "- Các Sở, ban, ngành")),
    ("K2", text("Nơi gửi đến", "- UBND các huyện;", 1)),
    ("K2", one_addressee_below),
    ("K3", layout("Nơi gửi đến", left_indent=Mm(0))),
    ("B1", size("Nội dung", 12)),
    ("B11", font("Nội dung", 1, size=Pt(13))),
    ("B1", inherited_size),
    ("B2", layout("Nội dung", alignment=WD_ALIGN_PARAGRAPH.LEFT)),
    ("B3", layout("Nội dung", first_line_indent=Mm(5))),
    ("B3", layout("Nội dung", first_line_indent=Mm(-5), left_indent=Mm(20))),
    ("B4", layout("Nội dung", space_after=Pt(2))),
    ("B4", contextual),
    ("B5", layout("Nội dung", line_spacing=2.0)),
    ("B5", layout("Nội dung", line_spacing=Pt(12))),
    ("B6", grounds),
    ("B7", font("Điểm", italic=True)),
    ("B8", text("Nội dung", "Đề nghị các cơ quan thực hiện.", -2)),
    ("B8", text("Nội dung", "Đề nghị các cơ quan thực hiện ./.", -2)),
    ("B9", text("Nội dung", "- Treo khẩu hiệu tại trụ sở cơ quan, đơn vị.", 1)),
    ("S1", text("Chức vụ", "Giám đốc")),
    ("S1", font("Chức vụ", bold=False)),
    ("S2", text("Họ tên người ký", "ThS. Nguyễn Văn A")),
    ("S2", size("Họ tên người ký", 12)),
    ("S2", text("Họ tên người ký", "NGUYỄN VĂN A")),
    ("S3", text("Chức vụ", "KT.GIÁM ĐỐC")),
    ("S3", text("Chức vụ", "TM ỦY BAN NHÂN DÂN")),
    ("S4", signature_picture),
    ("R1", font("Nơi nhận", underline=True)),
    ("R1", size("Nơi nhận", 14)),
    ("R1", font("Nơi nhận", italic=False)),
    ("R2", size("Nơi nhận, mục", 13)),
    ("R2", text("Nơi nhận, mục", "- Ban Giám đốc Sở.", 1)),
    ("R2", autonumbered),
    ("R3", text("Nơi nhận, mục", "- Lưu VT.", 2)),
    ("R3", text("Nơi nhận, mục", "- Lưu: VT, VP;", 2)),
    ("R4", text("Nơi nhận, mục", "- Các đơn vị;", 0)),
    ("A1", text("Phụ lục", "PHỤ LỤC")),
    ("A1", size("Phụ lục", 13)),
    ("A2", text("Tên phụ lục", "Biểu tổng hợp")),
    ("A2", lambda d: setattr(d.styles["Tên phụ lục"].font, "bold", False)),
    ("A3", no_annex_reference),
    ("A3", text("Kèm theo", "(Kèm theo Công văn của Sở Nội vụ)")),
    ("A3", font("Kèm theo", italic=False)),
    ("A4", text("Phụ lục", "Phụ lục I")),
    ("T1", long_table("w:tblHeader")),
    ("T1", long_table("w:cantSplit", -1)),
    ("T2", wide_table),
    ("U1", urgency),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "change"), WORD_FAULTS, ids=[f"{at}-{rule}" for at, (rule, _) in enumerate(WORD_FAULTS)]
)
def test_a_fault_planted_in_a_word_file_is_found(rule: str, change: Change) -> None:
    assert rule in rules_broken(broken_docx(change))


def test_the_language_that_word_marks_is_no_matter_of_the_decree() -> None:
    assert rules_broken(edited_docx("word/styles.xml", 'w:val="vi-VN"', 'w:val="en-US"')) == []


def test_the_mark_of_a_separate_annex_is_judged_once_it_is_there() -> None:
    """The signing program writes it: before, there is none."""

    def unmarked(document: Any) -> None:
        for line in lines(document, "Ký số phụ lục"):
            line._p.getparent().remove(line._p)

    assert rules_broken(broken_docx(unmarked, Edition(part=1))) == []
    assert "M1" in rules_broken(broken_docx(size("Ký số phụ lục", 13), Edition(part=1)))


# --- one fault each, in PDF ------------------------------------------------------------------------

PDF_FAULTS: list[tuple[str, Callable[[], bytes]]] = [
    ("P1", lambda: broken_pdf(page_width_mm=216, page_height_mm=279)),
    ("P2", lambda: broken_pdf(margin_left_mm=20)),
    ("P2", lambda: broken_pdf(margin_right_mm=8)),
    ("P2", lambda: broken_pdf(margin_left_mm=40)),
    ("P3", lambda: broken_pdf(face="be-vietnam-pro/BeVietnamPro-Medium.ttf")),
    ("P5", lambda: broken_pdf(css=".recipient { color: #05c }")),
    ("P6", lambda: broken_pdf(bundled(), page_number_pt=10)),
    (
        "P6",
        lambda: broken_pdf(
            bundled(), css="@page { @top-center { content: none } @top-right { content: counter(page) } }"
        ),
    ),
    ("P7", lambda: broken_pdf(css="@page :first { @top-center { content: counter(page) } }")),
    ("H1", lambda: broken_pdf(nation_pt=11)),
    ("H1", lambda: broken_pdf(css=".nation { font-weight: normal }")),
    ("H2", lambda: broken_pdf(css=".motto { font-style: italic }")),
    ("H3", lambda: broken_pdf(css=".motto-rule { display: none }")),
    ("H3", lambda: broken_pdf(css=".motto-rule { width: 30mm }")),
    ("H4", lambda: broken_pdf(css=".parent { font-weight: bold }")),
    ("H5", lambda: broken_pdf(css=".body-name { font-weight: normal }")),
    ("H6", lambda: broken_pdf(issuer_rule_share=1.0)),
    ("H7", lambda: broken_pdf(date_pt=13)),
    ("N1", lambda: broken_pdf(number_pt=12)),
    ("N1", lambda: broken_pdf(small("/SNV-VP", "/CV-SNV"))),
    ("D1", lambda: broken_pdf(css=".date { font-style: normal }")),
    ("V1", lambda: broken_pdf(subject_pt=14)),
    ("V2", lambda: broken_pdf(subject_gap_pt=24)),
    ("K1", lambda: broken_pdf(css=".salutation { font-weight: bold }")),
    ("K3", lambda: broken_pdf(css=".addressee { margin-left: 0 }")),
    ("B1", lambda: broken_pdf(css=".text p { font-size: 12pt }")),
    ("B2", lambda: broken_pdf(bundled(), css=".text p { text-align: left }")),
    ("B3", lambda: broken_pdf(first_line_mm=5)),
    ("B4", lambda: broken_pdf(paragraph_gap_pt=0)),
    ("B5", lambda: broken_pdf(line_pt=30)),
    ("B7", lambda: broken_pdf(css="h3 { font-style: italic }")),
    ("B8", lambda: broken_pdf(small("thực hiện./.", "thực hiện."))),
    ("B9", lambda: broken_pdf(small("(theo Phụ lục)", "(theo bảng)"))),
    ("S1", lambda: broken_pdf(signer_pt=12)),
    ("S2", lambda: broken_pdf(small("Nguyễn Văn A", "TS. Nguyễn Văn A"))),
    ("S3", lambda: broken_pdf(small('["GIÁM ĐỐC"]', '["KT GIÁM ĐỐC"]'))),
    ("R1", lambda: broken_pdf(recipients_head_pt=14)),
    ("R2", lambda: broken_pdf(recipients_pt=13)),
    ("R4", lambda: broken_pdf(small('["Như trên", ', '["Các đơn vị", '))),
    ("A1", lambda: broken_pdf(annex_pt=12)),
    ("A2", lambda: broken_pdf(css=".annex-title { font-weight: normal }")),
    ("A3", lambda: broken_pdf(css=".annex-reference { font-style: normal }")),
    ("M1", lambda: broken_pdf(edition=Edition(part=1), signing_mark_pt=13)),
    ("T2", lambda: broken_pdf(css="table { width: 120% }")),
]


@pytest.mark.parametrize(
    ("rule", "make"), PDF_FAULTS, ids=[f"{at}-{rule}" for at, (rule, _) in enumerate(PDF_FAULTS)]
)
def test_a_fault_planted_in_a_pdf_is_found(rule: str, make: Callable[[], bytes]) -> None:
    assert rule in rules_broken(make(), "a.pdf")


def test_every_rule_has_a_fault_that_it_finds() -> None:
    planted = {rule for rule, _ in (*WORD_FAULTS, *CLERK_FAULTS)} | {"M1", "P10"} | TITLE_RULES | COPY_RULES
    assert planted == set(RULES)
    assert len(planted) >= 40
    assert len({rule for rule, _ in PDF_FAULTS}) >= 35
