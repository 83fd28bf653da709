"""The letter as Word and as PDF, read back and held against Nghị định 30 and against each other."""

from __future__ import annotations

import datetime
import io
import re
import unicodedata
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Literal

import docx
import pypdf
import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph
from PIL import Image

from dxassets.backends.qr_reader import decode_qr
from dxassets.dispatch import FORM, Dispatch, LetterFill, parse_dispatch
from dxassets.errors import DispatchError
from dxassets.jobs import Job, LinkWords
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.render import render
from dxassets.kinds.letter.spec import LetterSpec
from dxassets.kinds.letter.word_letter import letter_docx
from dxassets.resources import Resources
from tests.letter_support import parts, small

ROOT = Path(__file__).parent.parent
CAMPAIGN = ROOT / "campaigns" / "daknong-2022"
PAGE_URL = "https://daknong.gov.vn/web/guest/chuyen-trang-chuyen-doi-so"
BLANK = LetterFill()
HOSTILE = "Sở <b>&amp;</b> “{{ 7*7 }}” {% x %} ${y} ]]> 'A' \"B\""


@cache
def bundled(old: str = "", new: str = "") -> Dispatch:
    text = (CAMPAIGN / "dispatch.md").read_text(encoding="utf-8")
    assert old in text
    annex = (CAMPAIGN / "annex.toml").read_bytes()
    return parse_dispatch(text.replace(old, new).encode(), {"annex.toml": annex}, "dispatch.md")


@cache
def word_bytes() -> bytes:
    return letter_docx(bundled(), BLANK, parts())


@cache
def pdf_bytes() -> bytes:
    return letter_pdf(bundled(), BLANK, parts())


@cache
def document() -> Any:
    return docx.Document(io.BytesIO(word_bytes()))


def word_lines(source: Any) -> list[str]:
    """Every paragraph in reading order, those in tables too, merged cells once."""
    lines: list[str] = []
    for item in source.iter_inner_content():
        if isinstance(item, Paragraph):
            lines.append(item.text)
            continue
        assert isinstance(item, Table)
        seen: list[Any] = []
        for cell in (cell for row in item.rows for cell in row.cells):
            if cell._tc not in seen:
                seen.append(cell._tc)
                lines += word_lines(cell)
    return lines


def paragraphs(style: str) -> list[Any]:
    """All paragraphs of a style, those in tables too."""
    found = [Paragraph(element, document()) for element in document().element.iter(qn("w:p"))]
    return [paragraph for paragraph in found if paragraph.style and paragraph.style.name == style]


def page_texts(data: bytes) -> list[str]:
    pages = pdfium.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in pages]


def page_words(data: bytes) -> list[list[str]]:
    return [unicodedata.normalize("NFC", text).split() for text in page_texts(data)]


# --- Word ----------------------------------------------------------------------------------------


def test_both_files_come_out_the_same_byte_for_byte() -> None:
    assert letter_docx(bundled(), BLANK, parts()) == word_bytes()
    assert letter_pdf(bundled(), BLANK, parts()) == pdf_bytes()


def test_archive_and_properties_carry_no_clock() -> None:
    with zipfile.ZipFile(io.BytesIO(word_bytes())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
        assert not [name for name in archive.namelist() if "thumbnail" in name]
    core = document().core_properties
    assert core.created == core.modified
    assert core.language == "vi-VN"
    assert core.author == "Sở Thông tin và Truyền thông"


def test_pages_are_a4_with_the_decrees_margins_and_the_annex_lies_on_its_side() -> None:
    upright, wide = document().sections
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)
    assert (round(wide.page_width.mm), round(wide.page_height.mm)) == (297, 210)
    assert wide.orientation == 1
    for section in (upright, wide):
        margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
        assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
        assert section.gutter == 0
        assert section.different_first_page_header_footer
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"
        assert "PAGE" in section.header._element.xml
        assert "PAGE" not in section.first_page_header._element.xml


def test_one_typeface_black_and_vietnamese() -> None:
    with zipfile.ZipFile(io.BytesIO(word_bytes())) as archive:
        xml = "".join(
            archive.read(name).decode()
            for name in ("word/document.xml", "word/styles.xml", "word/header1.xml", "word/header2.xml")
        )
    assert set(re.findall(r'w:(?:ascii|hAnsi|cs|eastAsia)="([^"]+)"', xml)) <= {"Times New Roman", "vi-VN"}
    assert "Theme=" not in xml
    assert set(re.findall(r'<w:color w:val="(\w+)"', xml)) <= {"000000", "auto"}
    assert not re.search(r"<w:u[ />]", xml)
    assert 'w:lang w:val="vi-VN"' in xml


@pytest.mark.parametrize(
    ("style", "size", "bold", "italic", "align"),
    [
        ("Quốc hiệu", 13, True, False, "center"),
        ("Tiêu ngữ", 14, True, False, "center"),
        ("Cơ quan chủ quản", 13, False, False, "center"),
        ("Cơ quan ban hành", 13, True, False, "center"),
        ("Số, ký hiệu", 13, False, False, "center"),
        ("Địa danh, thời gian", 14, False, True, "center"),
        ("Trích yếu", 12, False, False, "center"),
        ("Kính gửi", 14, False, False, "left"),
        ("Nội dung", 14, False, False, "both"),
        ("Khoản", 14, True, False, "both"),
        ("Điểm", 14, False, False, "both"),
        ("Chức vụ", 14, True, False, "center"),
        ("Họ tên người ký", 14, True, False, "center"),
        ("Nơi nhận", 12, True, True, "left"),
        ("Nơi nhận, mục", 11, False, False, "left"),
        ("Số trang", 13, False, False, "center"),
        ("Phụ lục", 14, True, False, "center"),
        ("Tên phụ lục", 14, True, False, "center"),
        ("Kèm theo", 14, False, True, "center"),
    ],
)
def test_named_styles_have_the_decrees_sizes(
    style: str, size: float, bold: bool, italic: bool, align: str
) -> None:
    found = document().styles[style]
    assert (found.font.size.pt, found.font.bold, found.font.italic) == (size, bold, italic)
    assert found.element.find(f".//{qn('w:jc')}").get(qn("w:val")) == align


def test_letterhead_words_and_rules() -> None:
    assert [p.text for p in paragraphs("Quốc hiệu")] == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert [p.text for p in paragraphs("Tiêu ngữ")] == ["Độc lập - Tự do - Hạnh phúc"]
    assert [p.text for p in paragraphs("Cơ quan ban hành")] == ["SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"]
    assert re.fullmatch(r"Số:\u00a0{5,10}/STTTT-CNTT", paragraphs("Số, ký hiệu")[0].text)
    assert re.fullmatch(r"Đắk Nông, ngày\u00a0+tháng 9 năm 2022", paragraphs("Địa danh, thời gian")[0].text)
    issuer, motto = paragraphs("Đường kẻ")
    for rule, column, low, high in (
        (issuer, FORM.letterhead_left_mm, 13.3, 26.0),  # of 45 mm of VÀ TRUYỀN THÔNG: 1/3 to 1/2
        (motto, FORM.letterhead_right_mm, 60.5 * 0.95, 60.5 * 1.05),
    ):
        indents = rule.paragraph_format
        assert low <= column - indents.left_indent.mm - indents.right_indent.mm <= high
        assert rule._p.find(f".//{qn('w:pBdr')}/{qn('w:top')}").get(qn("w:val")) == "single"
    assert paragraphs("Trích yếu")[0].style.paragraph_format.space_before.pt == 6


def test_text_addressees_recipients_and_signature() -> None:
    text = document().styles["Nội dung"].paragraph_format
    assert text.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    assert text.space_after.pt >= 6
    assert 1.15 * 14 <= text.line_spacing.pt <= 1.72 * 14
    assert all(line.endswith(";") for line in [p.text for p in paragraphs("Nơi gửi đến")][:-1])
    assert paragraphs("Nơi gửi đến")[-1].text.endswith("tỉnh.")
    recipients = [p.text for p in paragraphs("Nơi nhận, mục")]
    assert recipients[0] == "- Như trên;"
    assert recipients[-1] == "- Lưu: VT, CNTT, TTBXCB."
    assert [p.text for p in paragraphs("Chức vụ")] == ["GIÁM ĐỐC"]
    assert paragraphs("Họ tên người ký")[0].style.paragraph_format.space_before.mm >= 25
    assert paragraphs("Nội dung")[-1].text != ""
    last = next(p for p in reversed(paragraphs("Nội dung")) if p.text.startswith("Nhận được"))
    assert last.text.endswith("thực hiện./.")
    assert last.paragraph_format.keep_with_next


def test_links_are_links_and_pictures_have_words() -> None:
    relations = document().part.rels.values()
    links = [relation.target_ref for relation in relations if relation.reltype.endswith("/hyperlink")]
    assert PAGE_URL in links
    described = [element.get("descr") for element in document().element.iter(qn("wp:docPr"))]
    assert described == ["Mã QR Chuyên mục Chuyển đổi số trên Cổng thông tin điện tử tỉnh: daknong.gov.vn"]
    assert [p.text for p in paragraphs("Chú thích hình")] == [
        "daknong.gov.vn",
        "Mã QR Zalo OA Chuyển đổi số Đắk Nông",
    ]


def test_annex_table_repeats_its_head_keeps_rows_whole_and_fits() -> None:
    table = document().tables[-1]
    heads = [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows]
    assert heads == [True, True, False, False, False, False]
    assert all(row._tr.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in table.rows)
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) * 25.4 / 1440 <= FORM.wide_text_width_mm + 0.1
    assert [cell.text for cell in table.rows[-1].cells[2:]] == [""] * 5
    last = document().element.body.findall(qn("w:p"))[-1]
    assert last.getnext().tag == qn("w:sectPr"), "Word wants a paragraph after the last table"


def test_everything_is_nfc() -> None:
    for text in (*word_lines(document()), *page_texts(pdf_bytes())):
        assert unicodedata.is_normalized("NFC", text)


# --- PDF -----------------------------------------------------------------------------------------


def test_pdf_is_tagged_archival_vietnamese_and_without_a_clock() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_bytes()))
    root: Any = reader.root_object
    assert root["/Lang"] == "vi-VN"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert 'pdfaid:part="2"' in xmp
    assert 'pdfaid:conformance="A"' in xmp
    assert root["/OutputIntents"][0].get_object()["/S"] == "/GTS_PDFA1"
    assert set(reader.metadata or {}) == {"/Producer", "/Title", "/Author", "/Subject"}
    assert "Date" not in xmp


def test_pdf_embeds_tinos_and_nothing_else() -> None:
    page: Any = pypdf.PdfReader(io.BytesIO(pdf_bytes())).pages[0]
    fonts = page["/Resources"]["/Font"]
    names: set[str] = set()
    for font in fonts.values():
        assert "/ToUnicode" in font.get_object()
        below = font.get_object()["/DescendantFonts"][0].get_object()
        assert "/FontFile2" in below["/FontDescriptor"].get_object()
        names.add(below["/BaseFont"].split("+")[1])
    assert names == {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}


def typefaces(data: bytes) -> set[str]:
    """The names of the typefaces that a PDF's first page embeds."""
    page: Any = pypdf.PdfReader(io.BytesIO(data)).pages[0]
    fonts = page["/Resources"]["/Font"].values()
    return {
        font.get_object()["/DescendantFonts"][0].get_object()["/BaseFont"].split("+")[1] for font in fonts
    }


def test_a_word_with_a_mark_on_a_mark_is_set_in_the_face_that_knows_its_place() -> None:
    name = unicodedata.normalize("NFC", "buôn Kô\u0306n Tơ\u0306ng")
    plain, marked = (
        letter_pdf(small(*words), LetterFill(), parts())
        for words in (
            (),
            ("Sở Nội vụ đề nghị các cơ quan, đơn vị:", f"Sở Nội vụ đề nghị {name} và các đơn vị:"),
        )
    )
    assert not any("Stacked" in family for family in typefaces(plain))
    assert typefaces(marked) - typefaces(plain) == {"Stacked-Tinos"}
    said = pdfium.PdfDocument(marked)[0].get_textpage().get_text_range()
    assert name in unicodedata.normalize("NFC", " ".join(said.split()))


def test_pdf_pages_numbers_bookmarks_and_links() -> None:
    reader = pypdf.PdfReader(io.BytesIO(pdf_bytes()))
    sizes = [
        (round(page.mediabox.width * 25.4 / 72), round(page.mediabox.height * 25.4 / 72))
        for page in reader.pages
    ]
    assert sizes == [(210, 297)] * 3 + [(297, 210)] * 2
    assert [numbers_in_top_margin(pdf_bytes(), at) for at in range(5)] == ["", "2", "3", "", "2"]
    titles = [str(item["/Title"]) for item in reader.outline if isinstance(item, dict)]
    assert titles[0].startswith("V/v tổ chức")
    assert titles[1] == "Phụ lục"
    links = [
        annotation.get_object()["/A"]["/URI"]
        for page in reader.pages
        for annotation in page.get("/Annots", [])
        if annotation.get_object()["/Subtype"] == "/Link"
    ]
    assert PAGE_URL in links


def numbers_in_top_margin(data: bytes, at: int) -> str:
    page = pdfium.PdfDocument(data)[at]
    height, width = page.get_height(), page.get_width()
    text = page.get_textpage().get_text_bounded(0, height - 17 * 72 / 25.4, width, height)
    return text.strip()


def test_pdf_rules_and_text_stay_inside_the_margins() -> None:
    for page in pdfium.PdfDocument(pdf_bytes()):
        left, right = FORM.margin_left_mm * 72 / 25.4, page.get_width() - FORM.margin_right_mm * 72 / 25.4
        for item in page.get_objects():
            x0, _, x1, _ = item.get_bounds()
            assert x0 >= left - 1.5
            assert x1 <= right + 1.5


def test_the_printed_code_leads_where_the_text_says() -> None:
    page: Any = pdfium.PdfDocument(pdf_bytes())[1]
    picture = page.render(scale=200 / 72).to_numpy()
    assert decode_qr(picture[:, :, :3]) == (PAGE_URL,)


# --- both ----------------------------------------------------------------------------------------


def test_word_and_pdf_say_the_same() -> None:
    ours = Counter(" ".join(word_lines(document())).split())
    shown = Counter(word for words in page_words(pdf_bytes()) for word in words)
    assert shown - ours == Counter(["2", "3", "2"])  # page numbers
    assert ours - shown == Counter()


def test_hostile_words_come_out_as_they_are() -> None:
    dispatch = bundled("Ban Giám đốc Sở", HOSTILE.replace('"', '\\"'))
    expected = f"- {HOSTILE};"
    assert expected in word_lines(docx.Document(io.BytesIO(letter_docx(dispatch, BLANK, parts()))))
    shown = "".join("".join(words) for words in page_words(letter_pdf(dispatch, BLANK, parts())))
    assert expected.replace(" ", "") in shown  # the narrow column may break it anywhere


def test_registration_is_printed_in_both() -> None:
    fill = LetterFill(number="1234", date=datetime.date(2022, 10, 5), signer="Trần Thị B")
    word = word_lines(docx.Document(io.BytesIO(letter_docx(bundled(), fill, parts()))))
    pdf = " ".join(" ".join(words) for words in page_words(letter_pdf(bundled(), fill, parts())))
    for line in ("Số: 1234/STTTT-CNTT", "Đắk Nông, ngày 05 tháng 10 năm 2022", "Trần Thị B"):
        assert line in word
        assert line in pdf


def test_a_letter_without_annex_to_one_body_signed_by_a_deputy() -> None:
    text = (CAMPAIGN / "dispatch.md").read_text(encoding="utf-8")
    text = re.sub(r"addressees = \[.*?\n\]", 'addressees = ["Sở Tài chính"]', text, flags=re.DOTALL)
    text = text.replace('annexes = ["annex.toml"]', "annexes = []")
    text = text.replace('authority = ["GIÁM ĐỐC"]', 'authority = ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]')
    dispatch = parse_dispatch(text.encode(), {}, "dispatch.md")
    word = word_lines(docx.Document(io.BytesIO(letter_docx(dispatch, BLANK, parts()))))
    assert "Kính gửi: Sở Tài chính" in word
    assert word[word.index("KT. GIÁM ĐỐC") + 1] == "PHÓ GIÁM ĐỐC"
    assert len(page_words(letter_pdf(dispatch, BLANK, parts()))) == 3


def test_a_code_for_an_unknown_link_is_refused_by_both() -> None:
    dispatch = bundled("(qr:zalo)", "(qr:zallo)")
    for write in (letter_docx, letter_pdf):
        with pytest.raises(DispatchError, match="no link 'zallo'"):
            write(dispatch, BLANK, parts())


# --- the letter as a job -------------------------------------------------------------------------


@pytest.mark.parametrize("file_format", ["docx", "pdf"])
def test_a_job_becomes_a_letter_with_its_facts(file_format: Literal["docx", "pdf"]) -> None:
    link = LinkWords("province", "Chuyên mục", PAGE_URL, "daknong.gov.vn")
    spec = LetterSpec(file_format, "dispatch.md", (link,), unset=("zalo",))
    job = Job("letter", "a", "a", None, None, None, "a", "a", spec, (), "")
    rendered = render(job, Resources((CAMPAIGN, ROOT)))
    assert rendered.data == (word_bytes() if file_format == "docx" else pdf_bytes())
    assert rendered.facts.pages == 5
    assert [code.payload for code in rendered.facts.codes] == [PAGE_URL]
    assert any("zalo" in vi for vi, _ in rendered.facts.notes)
    assert rendered.preview is not None
    with Image.open(io.BytesIO(rendered.preview())) as small:
        assert (small.format, max(small.size)) == ("WEBP", 480)
