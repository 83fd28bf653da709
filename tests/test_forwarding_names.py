"""What agencies are called in the letters by which they pass another on: names, symbols, and whole words."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdf
import pytest

from dxassets.agencies import Agency
from dxassets.api import LetterWanted, Project, make_letters
from dxassets.backends.pdf_reader import read_words
from dxassets.checks.nd30.from_word import letter_of_word
from dxassets.decree import symbol_faults
from dxassets.kinds.letter.forwarding import forward_of
from dxassets.kinds.letter.pdf_letter import letter_pdf
from tests.letter_support import BLANK, LETTER, parts, rules_broken, small

if TYPE_CHECKING:
    from pathlib import Path


def words_of(project: Project, agency: str) -> dict[str, str]:
    office = project.campaign.office(agency)
    assert office is not None
    forward = forward_of(office, project.campaign)
    assert forward is not None
    return {name: ", ".join(lines) for name, lines in forward.words}


@pytest.mark.parametrize(
    ("agency", "name", "short"),
    [
        ("van-phong-uy-ban-nhan-dan", "Văn phòng Ủy ban nhân dân tỉnh", "VPUBND"),
        ("thanh-tra-tinh", "Thanh tra tỉnh", "TTT"),
        ("ban-quan-ly-cac-khu-cong-nghiep", "Ban Quản lý các khu công nghiệp tỉnh", "BQLKCN"),
        ("so-noi-vu", "Sở Nội vụ", "SNV"),
        ("so-lao-dong-thuong-binh-va-xa-hoi", "Sở Lao động - Thương binh và Xã hội", "SLĐTBXH"),
        ("ban-dan-toc", "Ban Dân tộc", "BDT"),
    ],
)
def test_a_department_has_its_whole_name_and_a_symbol_without_marks(
    project: Project, agency: str, name: str, short: str
) -> None:
    words = words_of(project, agency)
    assert (words["co-quan"], words["viet-tat"]) == (name, short)


def test_no_agency_has_a_symbol_that_the_decree_refuses(project: Project) -> None:
    for office in project.campaign.offices:
        forward = forward_of(office, project.campaign)
        if forward is not None and forward.level == "so":
            (symbol,) = dict(forward.words)["viet-tat"]
            assert symbol_faults(symbol) == []
            assert re.fullmatch(r"[A-ZĐ]{3,}", symbol)


@pytest.mark.parametrize(
    ("name", "short", "symbol"),
    [
        ("Thanh tra thành phố Đà Nẵng", "Thanh tra thành phố", "TTTP"),
        ("Văn phòng Ủy ban nhân dân thành phố Đà Nẵng", "Văn phòng UBND thành phố", "VPUBND"),
        ("Sở Nông nghiệp và Môi trường thành phố Đà Nẵng", "Sở NN&MT", "SNNMT"),
    ],
)
def test_a_symbol_says_the_citys_kind_only_where_too_little_is_left_without_it(
    project: Project, name: str, short: str, symbol: str
) -> None:
    parent = "ubnd-thanh-pho-da-nang"
    office = Agency(id="mot-so", name=name, short_name=short, level="so-nganh", district="", parent=parent)
    campaign = project.campaign.model_copy(update={"province": "thành phố Đà Nẵng"})
    forward = forward_of(office, campaign)
    assert forward is not None
    assert dict(forward.words)["viet-tat"] == (symbol,)


def test_a_city_of_its_own_keeps_its_kind_too(project: Project) -> None:
    office = Agency(
        id="thanh-tra",
        name="Thanh tra thành phố Cần Thơ",
        short_name="Thanh tra thành phố",
        level="so-nganh",
        district="",
        parent="ubnd-thanh-pho-can-tho",
    )
    campaign = project.campaign.model_copy(update={"province": "thành phố Cần Thơ"})
    forward = forward_of(office, campaign)
    assert forward is not None
    assert dict(forward.words)["co-quan"] == ("Thanh tra thành phố",)


def test_the_provinces_inspectorate_passes_the_letter_on_under_its_name(
    project: Project, tmp_path: Path
) -> None:
    wanted = LetterWanted(agencies=("thanh-tra-tinh",), number="12")
    data = make_letters(project, tmp_path, wanted=wanted).files[0].read_bytes()
    said = [line.text for line in letter_of_word(data).lines]
    assert "THANH TRA TỈNH" in said
    assert "Số: 12/TTT-VP" in said
    assert any("Thanh tra tỉnh đề nghị" in line for line in said)
    assert rules_broken(data) == []


# --- a word with a slash stays whole ---------------------------------------------------------------

SLASHED = ("(b/c)", "505/QĐ", "và/hoặc", "1/2/2022", "https://daknong.gov.vn/tin")


def lines_of(data: bytes) -> list[str]:
    return ["".join(stretch.text for stretch in line.stretches) for line in read_words(data).lines]


@pytest.mark.parametrize("word", SLASHED)
def test_no_line_ends_after_a_slash(word: str) -> None:
    """Wherever the word comes to stand in a line: the text is full of it, its letters as they were."""
    told = f"Thực hiện {' '.join([word] * 60)} và"
    letter = small("Thực hiện Kế hoạch số 531/KH-UBND", told)
    lines = lines_of(letter_pdf(letter, BLANK, parts()))
    assert sum(line.count(word) for line in lines) == 60
    assert not [line for line in lines if line.rstrip().endswith("/")]


def test_recipients_addressees_and_cells_keep_their_slashes() -> None:
    letter = small('"Ban Giám đốc Sở"', '"Thường trực Đảng ủy, Thường trực HĐND xã (b/c)"')
    letter = replace(
        letter,
        particulars=letter.particulars.model_copy(
            update={"addressees": ("Các Sở, ban, ngành", f"Các {'đơn vị HS/SV, ' * 12}cơ quan")}
        ),
    )
    lines = lines_of(letter_pdf(letter, BLANK, parts()))
    assert "(b/c);" in lines or any("xã (b/c);" in line for line in lines)
    assert not [line for line in lines if line.rstrip().endswith("/")]
    cell = small(annex_old='"Hai việc"', annex_new=f'"{"trường HS/SV " * 30}"')
    lines = lines_of(letter_pdf(cell, BLANK, parts()))
    assert sum(line.count("HS/SV") for line in lines) == 30


def test_an_address_longer_than_a_line_still_breaks() -> None:
    """Nothing may run out of the page: what no line can hold is broken somewhere."""
    address = "https://daknong.gov.vn/" + "/".join(["chuyen"] * 30)
    lines = read_words(letter_pdf(small("Kế hoạch số 531/KH-UBND", address), BLANK, parts())).lines
    assert max(line.place.right for line in lines if line.page == 1) < 196


def test_a_joiner_is_in_no_text_that_comes_out() -> None:
    """Neither in what is copied nor in the bookmarks."""
    told = "tuyên truyền và/hoặc phổ biến về chuyển đổi số"
    letter = small("triển khai một số nội dung về chuyển đổi số", told)
    data = letter_pdf(letter, BLANK, parts())
    assert "\u2060" not in "".join(lines_of(data))
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert "\u2060" not in "".join(page.extract_text() for page in reader.pages)
    labels = [str(entry.title) for entry in reader.outline if not isinstance(entry, list)]
    assert labels[0] == f"V/v {told}"


def test_a_last_word_with_a_slash_does_not_part_its_line() -> None:
    """The line before it is full to its last letter: its blank must not make it end after one word."""
    last = (
        "Nhận được Công văn này, Ủy ban nhân dân phường Nghĩa Trung đề nghị các ban, ngành, đoàn thể, các Tổ "
        "công nghệ số cộng đồng quan tâm, triển khai thực hiện./."
    )
    old = LETTER[LETTER.index("Nhận được Văn bản này") :].rstrip()
    letter = small(old, last)
    lines = lines_of(letter_pdf(letter, BLANK, parts()))
    assert any(line.startswith("các ban, ngành, đoàn thể, các Tổ") for line in lines)
