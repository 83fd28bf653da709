"""Parts, drafts and kinds of PDF; letters of other offices; letters by which agencies pass one on."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pypdf
import pytest
from docx.oxml.ns import qn

from dxassets.api import LetterWanted, Project, make_letters
from dxassets.backends.pdf_reader import page_sizes, read_words
from dxassets.backends.written import PdfWords
from dxassets.checks.nd30.from_pdf import letter_of_pdf
from dxassets.checks.nd30.from_word import letter_of_word
from dxassets.dispatch import Dispatch, Edition, LetterFill, parse_dispatch, section_for, word_letter
from dxassets.errors import DispatchError, InputError
from dxassets.kinds.letter.forwarding import forward_of
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx
from tests.letter_support import (
    ANNEX,
    BLANK,
    CAMPAIGN,
    LETTER,
    bundled,
    parts,
    rows_of,
    rules_broken,
    small,
)

if TYPE_CHECKING:
    from tests.conftest import CampaignCopy, Run


def other(*changes: tuple[str, str], **annexes: str) -> Dispatch:
    text = LETTER
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    files = {f"{name}.toml": annex.encode() for name, annex in annexes.items()} or {
        "annex.toml": ANNEX.encode()
    }
    return parse_dispatch(text.encode(), files, "dispatch.md")


def both(dispatch: Dispatch, fill: LetterFill = BLANK, edition: Edition | None = None) -> tuple[str, str]:
    """All words of the Word file and of the PDF; both pass the linter."""
    edition = edition or Edition()
    word = letter_docx(dispatch, fill, parts(), edition=edition)
    pdf = letter_pdf(dispatch, fill, parts(), edition=edition)
    assert rules_broken(word) == []
    assert rules_broken(pdf, "a.pdf") == []
    lines = letter_of_word(word).lines
    return " ".join(line.text for line in lines), text_of(read_words(pdf))


def text_of(pages: PdfWords) -> str:
    return " ".join("".join(stretch.text for stretch in line.stretches) for line in pages.lines)


# --- editions --------------------------------------------------------------------------------------


def test_letter_and_annex_apart_hold_what_the_whole_holds() -> None:
    pages = [
        len(page_sizes(letter_pdf(bundled(), BLANK, parts(), edition=Edition(part=at))))
        for at in (None, 0, 1)
    ]
    assert pages == [5, 3, 2]
    letter = letter_of_word(letter_docx(bundled(), BLANK, parts(), edition=Edition(part=0)))
    annex = letter_of_word(letter_docx(bundled(), BLANK, parts(), edition=Edition(part=1)))
    assert letter.parts.annexes == []
    assert letter.parts.signer is not None
    assert annex.parts.is_annex_only
    assert [line.text for line in annex.parts.mark] == ["Số:        /STTTT-CNTT;"]  # Mẫu 2.2
    assert all(line.sizes == {10.0} for line in annex.parts.mark)


def test_the_mark_of_a_separate_annex_stands_at_the_top_right() -> None:
    fill = LetterFill(number="12")
    found = letter_of_pdf(letter_pdf(bundled(), fill, parts(), edition=Edition(part=1)))
    assert found.parts.mark[0].text == "Số: 12/STTTT-CNTT;"
    assert all(line.places[0].left > 297 / 2 for line in found.parts.mark)
    assert max(line.places[0].baseline for line in found.parts.mark) < 35


def test_an_annex_that_is_not_there_is_refused() -> None:
    with pytest.raises(DispatchError, match="no annex 3"):
        letter_docx(small(), BLANK, parts(), edition=Edition(part=3))


def test_a_draft_is_marked_on_every_page_and_holds_no_picture_but_the_codes() -> None:
    edition = Edition(draft=True)
    data = letter_docx(bundled(), BLANK, parts(), edition=edition)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        headers = [archive.read(name).decode() for name in archive.namelist() if "word/header" in name]
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    marked = [xml for xml in headers if 'string="DỰ THẢO"' in xml]
    assert len(marked) == 2  # the first page's header and the others'
    assert len(pictures) == 1
    pdf = letter_pdf(bundled(), BLANK, parts(), edition=edition)
    plain = letter_pdf(bundled(), BLANK, parts())
    for drafted, clean in zip(
        pypdf.PdfReader(io.BytesIO(pdf)).pages, pypdf.PdfReader(io.BytesIO(plain)).pages, strict=True
    ):
        assert len(drafted.get_contents().get_data()) > len(clean.get_contents().get_data())  # pyright: ignore[reportOptionalMemberAccess]
    assert text_of(read_words(pdf)) == text_of(read_words(plain)), "the mark is no part of the text"


@pytest.mark.parametrize(
    ("variant", "marks"),
    [
        ("pdf/a-2a", ('pdfaid:part="2"', 'pdfaid:conformance="A"')),
        ("pdf/a-3a", ('pdfaid:part="3"', 'pdfaid:conformance="A"')),
        ("pdf/ua-1", ('pdfuaid:part="1"',)),
    ],
)
def test_kinds_of_pdf_say_so_and_are_tagged(variant: Any, marks: tuple[str, ...]) -> None:
    root: Any = pypdf.PdfReader(
        io.BytesIO(letter_pdf(small(), BLANK, parts(), edition=Edition(pdf_variant=variant)))
    ).root_object
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert all(mark in xmp for mark in marks)
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi-VN"
    assert "/StructTreeRoot" in root


# --- other letters are other files -----------------------------------------------------------------


def test_one_addressee_and_no_annex() -> None:
    dispatch = other(
        ('["Các Sở, ban, ngành", "UBND các huyện, thành phố"]', '["Sở Tài chính"]'), ('["annex.toml"]', "[]")
    )
    for words in both(dispatch):
        assert "Kính gửi: Sở Tài chính" in words
        assert "(Kèm theo" not in words


def test_two_annexes_carry_roman_numbers_and_start_at_1() -> None:
    second = ANNEX.replace("BIỂU TỔNG HỢP", "BIỂU MẪU").replace("title", "landscape = true\ntitle", 1)
    dispatch = other(('["annex.toml"]', '["a.toml", "b.toml"]'), a=ANNEX, b=second)
    for words in both(dispatch):
        assert "Phụ lục I " in words
        assert "Phụ lục II " in words
    sizes = [round(page.width) for page in page_sizes(letter_pdf(dispatch, BLANK, parts()))]
    assert sizes == [210, 210, 297]


@pytest.mark.parametrize(
    "authority",
    [
        '["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]',
        '["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]',
        '["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]',
        '["TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"]',
    ],
)
def test_who_signs_for_whom(authority: str) -> None:
    dispatch = other(('["GIÁM ĐỐC"]', authority))
    for words in both(dispatch):
        assert all(line in words for line in re.findall(r'"([^"]+)"', authority))


def test_a_subject_of_twelve_lines_and_a_long_name_fit() -> None:
    subject = " ".join(["hỗ trợ ỦY BAN NHÂN DÂN THÀNH PHỐ GIA NGHĨA"] * 9)[:380].rstrip(", ")
    dispatch = other(
        ("triển khai một số nội dung về chuyển đổi số", subject),
        ('["SỞ NỘI VỤ"]', '["SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"]'),
    )
    both(dispatch)
    found = letter_of_pdf(letter_pdf(dispatch, BLANK, parts())).parts
    assert len(found.subject) >= 12
    assert max(line.places[0].right for line in (*found.subject, *found.body_name)) < 30 + 68
    assert [line.text for line in found.body_name] == ["SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI"]
    assert found.addressees[0].places[0].baseline > found.subject[-1].places[0].baseline


def test_names_with_markup_come_out_as_they_are() -> None:
    name = "Công ty <b>A&amp;B</b> & “C” 'D' {{ x }} {co-quan} ${y} ]]>"
    dispatch = other(('"UBND các huyện, thành phố"', f"'''{name}'''"), ('"Ban Giám đốc Sở"', f"'''{name}'''"))
    for words in both(dispatch):
        assert re.sub(r"\s", "", words).count(re.sub(r"\s", "", name)) == 2


def test_a_picture_that_is_not_there_is_told_with_its_line() -> None:
    typed = other(("### a) Tuyên truyền:", "![ảnh](anh.png)"))  # not ours: it stands as it was typed
    assert "![ảnh](anh.png)" in text_of(read_words(letter_pdf(typed, BLANK, parts())))
    dispatch = other(("### a) Tuyên truyền:", "![ảnh](qr:none)"))
    with pytest.raises(DispatchError, match="no link 'none'"):
        letter_pdf(dispatch, BLANK, parts())


@pytest.mark.slow
def test_an_annex_of_500_rows_repeats_its_head_on_every_page() -> None:
    dispatch = rows_of(500)
    pages = read_words(letter_pdf(dispatch, BLANK, parts()))
    assert len(pages.pages) > 12
    text = text_of(pages)
    assert text.count("STT") == len(pages.pages) - 1
    assert "Việc số 500 của đợt ra quân" in text
    table = docx.Document(io.BytesIO(letter_docx(dispatch, BLANK, parts()))).tables[-1]
    assert len(table._tbl.tr_lst) == 501
    assert table._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_a_row_taller_than_a_page_is_cut_and_nothing_is_lost() -> None:
    lines = ", ".join(f'"- Dòng {at}"' for at in range(120))
    dispatch = other(annex=ANNEX.replace('"Một việc"', f"[{lines}]"))
    pages = read_words(letter_pdf(dispatch, BLANK, parts()))
    assert re.findall(r"- Dòng (\d+)\b", text_of(pages)) == [str(at) for at in range(120)]


# --- passing the letter on -------------------------------------------------------------------------


def made(project: Project, folder: Path, agency: str, **wanted: Any) -> tuple[str, str]:
    """The words of the Word file and of the PDF of one agency; both pass the linter."""
    files = make_letters(project, folder, wanted=LetterWanted(agencies=(agency,), **wanted)).files
    word, pdf = (file.read_bytes() for file in files)
    assert rules_broken(word) == []
    assert rules_broken(pdf, "a.pdf") == []
    return " ".join(line.text for line in letter_of_word(word).lines), text_of(read_words(pdf))


def test_a_district_passes_the_letter_on_to_its_communes(project: Project, tmp_path: Path) -> None:
    word, pdf = made(project, tmp_path, "ubnd-huyen-cu-jut", number="45")
    for words in (word, pdf):
        assert "ỦY BAN NHÂN DÂN HUYỆN CƯ JÚT" in words
        assert "Số: 45/UBND-VHTT" in words
        assert "Cư Jút, ngày" in words
        assert "- UBND thị trấn Ea T'ling;" in words
        assert "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH" in words
        assert unicodedata.is_normalized("NFC", words)
    communes = "Đắk Wil, Ea Pô, Nam Dong, Đắk D'rông, Tâm Thắng, Cư K'nia, Trúc Sơn."
    assert f"- UBND các xã: {communes}" in word
    assert "Công văn số        /STTTT-CNTT ngày      tháng 9 năm 2022 của Sở Thông tin" in word


def test_the_city_and_a_commune_and_a_department(project: Project, tmp_path: Path) -> None:
    city, _ = made(project, tmp_path, "ubnd-thanh-pho-gia-nghia")
    assert "- UBND các phường: Nghĩa Đức, " in city
    assert "- UBND các xã: Đắk R'Moan, Đắk Nia." in city
    assert "Thường trực Thành ủy, Thường trực HĐND thành phố (b/c)" in city
    commune, _ = made(project, tmp_path, "ubnd-xa-nam-dong")
    assert "ỦY BAN NHÂN DÂN XÃ NAM DONG" in commune
    assert "- Tổ công nghệ số cộng đồng các thôn, bon, bản." in commune
    assert "chỉ đạo của UBND huyện Cư Jút" in commune
    office, _ = made(project, tmp_path, "so-lao-dong-thuong-binh-va-xa-hoi", signer="Trần Thị B")
    assert "UBND TỈNH ĐẮK NÔNG SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI" in office
    assert "/SLĐTBXH-VP" in office
    assert "GIÁM ĐỐC Trần Thị B" in office


def test_every_agency_has_words_that_fit_or_a_reason(project: Project) -> None:
    campaign = project.campaign
    data = (CAMPAIGN / "forward.md").read_bytes()
    levels: dict[str, int] = {}
    for agency in campaign.offices:
        forward = forward_of(agency, campaign)
        if forward is None:
            continue
        levels[forward.level] = levels.get(forward.level, 0) + 1
        words = {**dict(forward.words), "cong-van": ("số …",)}
        dispatch = parse_dispatch(
            section_for(data, forward.level, "forward.md"), {}, "forward.md", words=words
        )
        lines = word_letter(dispatch, BLANK)
        assert lines.signer == "", "nobody's name is made up"
        assert "{" not in " ".join((*lines.addressees, *lines.recipients, *lines.body_name))
        assert (
            lines.body_name[-1].startswith(("HUYỆN", "THÀNH PHỐ", "XÃ", "PHƯỜNG", "THỊ TRẤN"))
            or forward.level == "so"
        )
    assert levels["huyen"] == 8
    assert levels["xa"] == 71
    assert levels["so"] >= 18


def test_an_agency_the_template_is_not_for_is_told(project: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no body below"):
        make_letters(project, tmp_path, wanted=LetterWanted(agencies=("cuc-thue-tinh",)))
    with pytest.raises(InputError, match="Did you mean: ubnd-huyen-cu-jut"):
        make_letters(project, tmp_path, wanted=LetterWanted(agencies=("ubnd-huyen-cu-jutt",)))
    assert list(tmp_path.iterdir()) == []


def test_a_template_with_a_wrong_hole_or_no_section_is_told_with_its_line() -> None:
    text = "+++\n" + LETTER.split("+++\n", 1)[1].replace(
        'symbol = "/SNV-VP"', 'levels = ["huyen"]\nsymbol = "/{viet-tat}"'
    )
    with pytest.raises(DispatchError, match="no section for the level 'xa'"):
        section_for(text.encode(), "xa", "forward.md")
    section = section_for(text.encode(), "huyen", "forward.md")
    with pytest.raises(DispatchError, match=r"nothing to fill \{viet-tat\} with. Did you mean: viet-tac"):
        parse_dispatch(section, {"annex.toml": ANNEX.encode()}, "forward.md", words={"viet-tac": ("X",)})


# --- the command -----------------------------------------------------------------------------------


def test_split_draft_and_variant_from_the_command_line(dxassets: Run, tmp_path: Path) -> None:
    done = dxassets("letter", "--split-annex", "--draft", "--pdf-variant", "pdf/a-3a", "-o", str(tmp_path))
    assert done.code == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"cong-van.docx", "cong-van.pdf", "cong-van-phu-luc.docx", "cong-van-phu-luc.pdf"}
    for name in names:
        assert dxassets("lint", str(tmp_path / name)).code == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--date", "2022-02-30"), "not a real date"),
        (("--date", "21/9/2022"), "not a real date"),
        (("--date", "1999-01-01"), "in force since"),
        (("--number", "12a"), "no document number"),
        (("--number", "0"), "no document number"),
        (("--number", "12/STTTT"), "no document number"),
        (("--signer", "  "), "must not be empty"),
        (("--signer", "Trần 🎉"), "U+1F389"),
        (("--signer", "Trần\u200bB"), "U+200B"),
        (("--pdf-variant", "pdf/x-4"), "there are: pdf/a-2a"),
        (("--agency", "so-khong-co"), "there is no 'so-khong-co'"),
    ],
)
def test_particulars_that_cannot_be_are_refused(
    dxassets: Run, tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    told = dxassets("letter", *arguments, "-o", str(tmp_path / "x"), "--lang", "en")
    assert told.code == 2
    assert words in told.err
    assert not (tmp_path / "x").exists()


def test_all_agencies_get_their_letters(dxassets: Run, copy: CampaignCopy, tmp_path: Path) -> None:
    kept = "thong-tin-va-truyen|ubnd-huyen-tuy-duc|dak-rtih|van-phong-uy-ban|cuc-thue|^id,"
    copy.keep_agencies(re.compile(kept).search)
    done = dxassets(
        "letter",
        "--all-agencies",
        "--campaign",
        str(copy.folder),
        "-o",
        str(tmp_path / "out"),
        "--lang",
        "en",
    )
    assert done.code == 0
    folders = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(folders) == done.out.count("Wrote") / 2
    assert "so-thong-tin-va-truyen-thong" in folders
    assert "Cục Thuế tỉnh Đắk Nông" in done.err
    for file in (tmp_path / "out").rglob("cong-van.*"):
        assert rules_broken(file.read_bytes(), file.name) == [], file
