"""What clerks' files get wrong, planted one by one: the linter finds each, in Word and in PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from dxassets.checks.nd30 import Finding, lint_file
from dxassets.checks.nd30.times import times_width
from dxassets.dispatch import LetterFill
from dxassets.kinds.letter.word_letter import letter_docx
from tests.letter_support import (
    BLANK,
    Change,
    broken_docx,
    broken_pdf,
    bundled,
    edited_docx,
    font,
    layout,
    lines,
    parts,
    rules_broken,
    small,
    text,
)

LEFT = WD_ALIGN_PARAGRAPH.LEFT
VNI = "Baùo caùo göûi veà Sôû Noäi vuï tröôùc ngaøy 15/10/2022 ñeå toång hôïp, baùo caùo UBND tænh."
LONG = "Đề nghị các cơ quan, đơn vị quan tâm, triển khai thực hiện và báo cáo kết quả đúng thời hạn."


def aligned(style: str) -> Change:
    return lambda document: setattr(lines(document, style)[0], "alignment", LEFT)


def without(*styles: str) -> Change:
    """Without every paragraph of those styles."""

    def change(document: Any) -> None:
        for style in styles:
            for line in lines(document, style):
                line._p.getparent().remove(line._p)

    return change


def header(document: Any) -> Any:
    return document.sections[0].header.paragraphs[0]


def beside_number(before: str, after: str = "") -> Change:
    """Words beside the page number, in its own looks."""

    def change(document: Any) -> None:
        line = header(document)
        line.add_run(after)
        line._p.insert(1, line.add_run(before)._r)

    return change


def numbered(**attributes: str) -> Change:
    def change(document: Any) -> None:
        said = " ".join(f'w:{name}="{value}"' for name, value in attributes.items())
        properties = document.sections[0]._sectPr
        for old in properties.findall(qn("w:pgNumType")):
            properties.remove(old)
        properties.append(parse_xml(f"<w:pgNumType {nsdecls('w')} {said}/>"))

    return change


def empty_field(points: int) -> Change:
    """A page field whose result no program has written into the file yet."""

    def change(document: Any) -> None:
        line = header(document)
        for child in list(line._p):
            if child.tag != qn("w:pPr"):
                line._p.remove(child)
        for element in (
            '<w:fldChar %s w:fldCharType="begin"/>',
            "<w:instrText %s> PAGE </w:instrText>",
            '<w:fldChar %s w:fldCharType="end"/>',
        ):
            run = line.add_run()
            run.font.size = Pt(points)
            run._r.append(parse_xml(element % nsdecls("w")))

    return change


def arial_header(document: Any) -> None:
    document.styles["Số trang"].font.name = "Arial"


def urgent(color: str, *, framed: bool = False) -> Change:
    """A mark of urgency that is typed, not stamped."""

    def change(document: Any) -> None:
        line = lines(document, "Quốc hiệu")[0].insert_paragraph_before("")
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = line.add_run("HỎA TỐC")
        run.bold, run.font.size, run.font.color.rgb = True, Pt(13), RGBColor.from_string(color)
        if framed:
            side = '<w:%s w:val="single" w:sz="8" w:color="FF0000"/>'
            sides = "".join(side % name for name in ("top", "left", "bottom", "right"))
            line._p.get_or_add_pPr().append(parse_xml(f"<w:pBdr {nsdecls('w')}>{sides}</w:pBdr>"))

    return change


def titled_annex(document: Any) -> None:
    text("Phụ lục", "PHỤ LỤC: BIỂU TỔNG HỢP")(document)
    without("Tên phụ lục")(document)


def single_addressee(end: str) -> Change:
    def change(document: Any) -> None:
        without("Nơi gửi đến")(document)
        text("Kính gửi", f"Kính gửi: Sở Tài chính{end}")(document)

    return change


def cramped(document: Any) -> None:
    """The name right below the title."""
    document.styles["Họ tên người ký"].paragraph_format.space_before = Pt(6)


def stressed(**looks: bool) -> Change:
    def change(document: Any) -> None:
        text("Nội dung", LONG, 2)(document)
        font("Nội dung", 2, **looks)(document)

    return change


CLERK_FAULTS: list[tuple[str, Change]] = [
    ("K1", without("Kính gửi", "Nơi gửi đến")),
    ("K2", single_addressee(";")),
    ("P6", beside_number("Trang ")),
    ("P6", beside_number("- ", " -")),
    ("P6", numbered(fmt="lowerRoman")),
    ("P6", numbered(fmt="upperRoman", start="1")),
    ("P6", numbered(fmt="numberInDash")),
    ("P6", numbered(start="5")),
    ("P6", empty_field(11)),
    ("P3", arial_header),
    ("S3", text("Chức vụ", "T/M ỦY BAN NHÂN DÂN")),
    ("S3", text("Chức vụ", "T.M ỦY BAN NHÂN DÂN")),
    ("S3", text("Chức vụ", "K/T GIÁM ĐỐC")),
    ("S3", text("Chức vụ", "QUYỀN GIÁM ĐỐC")),
    ("S3", text("Chức vụ", "THỪA LỆNH GIÁM ĐỐC")),
    ("N1", text("Số, ký hiệu", "Số: 123/SNV–VP")),
    ("N1", text("Số, ký hiệu", "Số: 123/SNV-CV")),
    ("N1", text("Số, ký hiệu", "Số: １２/SNV-VP")),
    ("N1", text("Số, ký hiệu", "Số: 12/VPỦBND-VP")),
    ("N3", text("Số, ký hiệu", "Số: 123/SNV")),
    ("D1", text("Địa danh, thời gian", "đắk nông, ngày 05 tháng 9 năm 2022")),
    ("D1", text("Địa danh, thời gian", "TP. Hồ Chí Minh, ngày 05 tháng 9 năm 2022")),
    ("D1", text("Địa danh, thời gian", "Tp Đà Nẵng, ngày 05 tháng 9 năm 2022")),
    ("D1", text("Địa danh, thời gian", "Hồ Chí Minh, ngày 05 tháng 9 năm 2022")),
    ("N4", text("Số, ký hiệu", "Số: 12/QĐ-SNV")),
    ("D3", text("Địa danh, thời gian", "Tỉnh Đắk Nông, ngày 05 tháng 9 năm 2022")),
    ("H1", aligned("Quốc hiệu")),
    ("H4", aligned("Cơ quan chủ quản")),
    ("D1", aligned("Địa danh, thời gian")),
    ("S2", aligned("Họ tên người ký")),
    ("S2", text("Họ tên người ký", "Bs CKII Nguyễn Văn A")),
    ("S2", text("Họ tên người ký", "ths. Nguyễn Văn A")),
    ("A1", titled_annex),
    ("A3", text("Kèm theo", "(Kèm theo Công văn số 999/STC-XX ngày 07 tháng 8 năm 2021 của Sở Tài chính)")),
    ("U1", urgent("000000")),
    ("U1", urgent("FF0000")),
    ("U1", urgent("000000", framed=True)),
    ("P4", text("Nội dung", VNI, 2)),
    ("B10", stressed(bold=True)),
    ("B10", stressed(italic=True)),
    ("R5", text("Nơi nhận, mục", "- Lưu: VT.", 2)),
    ("S5", cramped),
]


@pytest.mark.parametrize(
    ("rule", "change"), CLERK_FAULTS, ids=[f"{at}-{rule}" for at, (rule, _) in enumerate(CLERK_FAULTS)]
)
def test_a_clerks_fault_is_found_in_a_word_file(rule: str, change: Change) -> None:
    assert rule in rules_broken(broken_docx(change))


OTHER_LETTER = "'(Kèm theo Công văn số 9/STC-XX ngày 07 tháng 8 năm 2021 của Sở Tài chính)'"
PDF_CLERK_FAULTS: list[tuple[str, Callable[[], bytes]]] = [
    ("P2", lambda: broken_pdf(bundled(), margin_right_mm=30)),
    ("P2", lambda: broken_pdf(bundled(), margin_top_mm=35)),
    ("P2", lambda: broken_pdf(bundled(), margin_bottom_mm=40)),
    ("N1", lambda: broken_pdf(css=".number { text-align: left }")),
    ("V1", lambda: broken_pdf(css=".subject { text-align: left; padding: 0 }")),
    ("H2", lambda: broken_pdf(css=".nation { text-align: left; margin-left: -8mm }")),
    ("S2", lambda: broken_pdf(css=".signer-name { text-align: left }")),
    ("R1", lambda: broken_pdf(css=".recipients-head { text-decoration: underline }")),
    ("H2", lambda: broken_pdf(css=".motto { text-decoration: underline }")),
    ("H3", lambda: broken_pdf(css=".motto { text-decoration: underline } .motto-rule { display: none }")),
    ("P6", lambda: broken_pdf(bundled(), css='@page { @top-center { content: "Trang " counter(page) } }')),
    ("P6", lambda: broken_pdf(bundled(), css='@page { @top-center { content: "- " counter(page) " -" } }')),
    ("K1", lambda: broken_pdf(css=".salutation, .addressee { display: none }")),
    ("S3", lambda: broken_pdf(small('["GIÁM ĐỐC"]', '["QUYỀN GIÁM ĐỐC"]'))),
    ("N1", lambda: broken_pdf(small("/SNV-VP", "/SNV–VP"))),
    ("N3", lambda: broken_pdf(small("/SNV-VP", "/SNV"))),
    ("D3", lambda: broken_pdf(small('place = "Đắk Nông"', 'place = "Tỉnh Đắk Nông"'))),
    ("S5", lambda: broken_pdf(signature_room_mm=4)),
    ("R5", lambda: broken_pdf(small('"VT, VP"', '"VT"'))),
    ("A3", lambda: broken_pdf(html=("annex.words.reference | kept", OTHER_LETTER))),
    ("A1", lambda: broken_pdf(html=("{{ annex.words.word }}</h1>", "PHỤ LỤC: DANH SÁCH</h1>"))),
    ("B10", lambda: broken_pdf(bundled(), css=".letter-text p { font-weight: bold }")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "make"),
    PDF_CLERK_FAULTS,
    ids=[f"{at}-{rule}" for at, (rule, _) in enumerate(PDF_CLERK_FAULTS)],
)
def test_a_clerks_fault_is_found_in_a_pdf(rule: str, make: Callable[[], bytes]) -> None:
    assert rule in rules_broken(make(), "a.pdf")


# --- good counterparts -----------------------------------------------------------------------------

FILLED = LetterFill("12")


def bold_title(document: Any) -> None:
    text("Nội dung", "Các nội dung sau đây cần được lưu ý khi tổ chức triển khai thực hiện:", 2)(document)
    font("Nội dung", 2, bold=True)(document)


def remark(document: Any) -> None:
    text("Nội dung", f"({LONG})", 2)(document)
    font("Nội dung", 2, italic=True)(document)


GOOD: list[tuple[str, Change]] = [
    ("a city keeps its kind", text("Địa danh, thời gian", "Thành phố Hồ Chí Minh, ngày 05 tháng 9 năm 2022")),
    ("a number right after its word", text("Số, ký hiệu", "Số:123/SNV-VP")),
    ("a quarter with a number", text("Địa danh, thời gian", "Phường 12, Quận 3, ngày 05 tháng 9 năm 2022")),
    ("a commune with month in its name", text("Địa danh, thời gian", "Tâm Thắng, ngày 05 tháng 9 năm 2022")),
    ("acting", text("Chức vụ", "Q. GIÁM ĐỐC")),
    ("by mandate", text("Chức vụ", "TUQ. CHỦ TỊCH")),
    ("a title that begins like KT", text("Chức vụ", "TỔNG GIÁM ĐỐC")),
    ("a name like a degree", text("Họ tên người ký", "Trần Gs Văn")),
    ("a name of one letter", text("Họ tên người ký", "Y Thinh Bkrông")),
    ("a symbol of letters with hooks", text("Số, ký hiệu", "Số: 12/BCĐTƯ-VP")),
    ("one addressee, with a stop", single_addressee(".")),
    ("one addressee, without", single_addressee("")),
    ("digits that are said to be Arabic", numbered(fmt="decimal", start="1")),
    ("a field without a result", empty_field(13)),
    ("a framed red mark", urgent("FF0000", framed=True)),
    ("a title in bold", bold_title),
    ("foreign words", text("Nội dung", "Đề nghị lấy El Niño, Zürich và Malmö làm ví dụ trong bài viết.", 2)),
    ("a remark in italics", remark),
    ("a room of 20 mm", layout("Họ tên người ký", space_before=Pt(57))),
]  # fmt: skip


@pytest.mark.parametrize(("change"), [change for _, change in GOOD], ids=[name for name, _ in GOOD])
def test_what_only_looks_like_a_fault_is_left_alone(change: Change) -> None:
    found = rules_broken(broken_docx(change))
    assert [rule for rule in found if rule not in {"A3", "N3"}] == []


def test_an_annex_that_names_its_own_letter_is_good_filled_or_blank() -> None:
    assert rules_broken(letter_docx(small(), FILLED, parts())) == []

    def half_filled(document: Any) -> None:
        text("Số, ký hiệu", "Số: 12/SNV-VP")(document)

    assert rules_broken(broken_docx(half_filled)) == []


def test_a_letter_whose_names_are_pushed_by_tabs_is_not_told_to_be_off_centre() -> None:
    """Outside a table nobody can tell where a tab leads."""
    source: Any = docx.Document(io.BytesIO(letter_docx(small(), BLANK, parts())))
    name = lines(source, "Họ tên người ký")[0]
    table = source.tables[-2]._tbl if len(source.tables) > 2 else source.tables[1]._tbl
    moved = name._p
    table.addnext(moved)
    name.alignment, name.paragraph_format.left_indent = LEFT, Mm(100)
    written = io.BytesIO()
    source.save(written)
    assert "S2" not in rules_broken(written.getvalue())


# --- what is said ----------------------------------------------------------------------------------


def findings(data: bytes, name: str = "a.docx") -> list[Finding]:
    return list(lint_file(data, name, times_width))


def said(change: Change, rule: str) -> str:
    (finding,) = [each for each in findings(broken_docx(change)) if each.rule.id == rule]
    return finding.wrong[0]


@pytest.mark.parametrize(
    ("rule", "change", "words"),
    [
        ("K2", text("Nơi gửi đến", "- Các Sở, ban, ngành"), "danh sách nơi gửi đến thiếu dấu “;”"),
        ("K2", text("Nơi gửi đến", "- UBND các huyện;", 1), "danh sách nơi gửi đến thiếu dấu “.” ở cuối"),
        ("K2", text("Nơi gửi đến", "+ Các Sở, ban, ngành;"), "danh sách nơi gửi đến thiếu “- ” ở đầu dòng"),
        ("N1", text("Số, ký hiệu", "Số: 12/snv-vp"), "số, ký hiệu “snv-vp” không in hoa"),
        (
            "D1",
            text("Địa danh, thời gian", "Đắk Nông, ngày 05 tháng 09 năm 2022"),
            "địa danh, ngày tháng có tháng “09”",
        ),
        ("S1", text("Chức vụ", "Giám đốc"), "chức vụ người ký không in hoa"),
        ("B2", layout("Nội dung", alignment=LEFT), "nội dung không canh đều hai lề (canh trái)"),
    ],
)
def test_the_words_say_what_is_wrong(rule: str, change: Change, words: str) -> None:
    assert said(change, rule) == words


def test_old_codes_are_called_by_their_name() -> None:
    assert "VNI" in said(text("Nội dung", VNI, 2), "P4")
    tcvn = "B¸o c¸o göi vÒ Së Néi vô tr­íc ngµy 15/10/2022, c¸c c¬ quan, ®¬n vÞ liªn quan"
    assert "TCVN3" in said(text("Nội dung", tcvn, 1), "P4")


def test_a_top_margin_too_small_is_said_plainly() -> None:
    found = findings(broken_pdf(bundled(), margin_top_mm=12), "a.pdf")
    assert "lề trên nhỏ hơn 20 mm" in " ".join(finding.wrong[0] for finding in found)


def test_a_family_is_told_once_for_text_and_header() -> None:
    data = edited_docx("word/styles.xml", "Times New Roman", "Arial")
    assert rules_broken(data).count("P3") == 1
