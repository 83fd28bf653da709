"""The book of outgoing documents: the letters that take its numbers, and what it looks like in print."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from dxassets.api import LetterWanted, Project, load_campaign
from dxassets.api.book_printing import book_told, print_book
from dxassets.api.merging import MergeWanted
from dxassets.api.registering import make_merged_registered, make_registered
from dxassets.register import COLUMNS
from tests.merge_support import GUESTS, invitation, workbook
from tests.test_merge import flat, words

if TYPE_CHECKING:
    from tests.conftest import Run
from tests.test_register import DAY, OWN, give, rows

# --- letters


def test_the_letter_carries_number_and_day_and_stands_in_the_book(project: Project, tmp_path: Path) -> None:
    book = tmp_path / "so.csv"
    wanted = LetterWanted(signer="Trần Thị B")
    made = make_registered(project, tmp_path / "out", register=book, wanted=wanted, today=DAY)
    assert [path.name for path in made.files] == ["cong-van-2026-01.docx", "cong-van-2026-01.pdf"]
    assert made.notices[0].vi == "chưa có sổ này; lập sổ mới"
    for path in made.files:
        text = flat(words(path))
        assert "Số: 01/STTTT-CNTT" in text
        assert f"{OWN}, ngày 05 tháng 3 năm 2026" in text
    (line,) = rows(book)[1:]
    assert line[:2] == ["01/STTTT-CNTT", "05/03/2026"]
    assert line[2].startswith("Công văn V/v tổ chức các hoạt động tuyên truyền")
    assert line[3] == "Trần Thị B"
    assert line[4].startswith("Các Sở, ban, ngành, đoàn thể; UBND các huyện, thành phố Gia Nghĩa; ")
    assert "Như trên" not in line[4]
    assert line[5:] == ["VT, CNTT, TTBXCB", "", "", "", ""]


def test_a_second_letter_does_not_take_the_firsts_place(project: Project, tmp_path: Path) -> None:
    for _ in range(2):
        make_registered(
            project, tmp_path / "out", register=tmp_path / "so.csv",
            wanted=LetterWanted(split_annex=True), today=DAY,
        )  # fmt: skip
    names = sorted(path.name for path in (tmp_path / "out").glob("*.pdf"))
    assert names == [
        "cong-van-2026-01-phu-luc.pdf", "cong-van-2026-01.pdf",
        "cong-van-2026-02-phu-luc.pdf", "cong-van-2026-02.pdf",
    ]  # fmt: skip


def test_each_merged_letter_has_a_number_and_a_line(tmp_path: Path) -> None:
    book, table = tmp_path / "so.csv", workbook(tmp_path / "khach.xlsx")
    give(book, 4)
    made = make_merged_registered(
        load_campaign(invitation(tmp_path / "camp")), tmp_path / "out", table=table, register=book,
        wanted=MergeWanted(), today=DAY,
    )  # fmt: skip
    assert [path.name[:24] for path in made.files if path.suffix == ".pdf"] == [
        "cong-van-2026-05-hieu-tr",
        "cong-van-2026-06-giam-do",
        "cong-van-2026-07-chu-tic",
    ]
    said = [re.search(r"Số: (\d+)/", words(path)) for path in made.files if path.suffix == ".pdf"]
    assert [found and found[1] for found in said] == ["05", "06", "07"]
    assert [(line[0], line[4].partition(",")[0]) for line in rows(book)[5:]] == [
        ("05/STTTT-CNTT", "Hiệu trưởng Nguyễn Văn An"),
        ("06/STTTT-CNTT", "Giám đốc H'Bia Niê"),
        ("07/STTTT-CNTT", "Chủ tịch Trần Thị Bình"),
    ]
    assert len(rows(book)) == 1 + 4 + len(GUESTS)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--draft",), "--register: bản dự thảo không vào sổ"),
        (("--all-agencies",), "--register: mỗi cơ quan có sổ riêng"),
        (("--number", "2"), "số 2 của năm 2026 đã cấp cho “Công văn V/v một việc”; số tiếp theo là 3"),
        (("--date", "2026-03-04"), "số gần nhất của năm 2026 mang ngày 05/03/2026"),
    ],
)
def test_what_gets_no_number_is_told_and_nothing_is_written(
    dxassets: Run, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    book = tmp_path / "so.csv"
    give(book, 2)
    before = book.read_bytes()
    told = dxassets("letter", "--register", book, "-o", tmp_path / "out", *options)
    assert told.code == 2
    assert said in told.err
    assert book.read_bytes() == before
    assert not (tmp_path / "out").exists()


def test_the_command_takes_todays_day(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("letter", "--register", tmp_path / "so.csv", "-o", tmp_path / "out", "--lang", "vi")
    assert told.code == 0
    assert re.fullmatch(r"\d\d/\d\d/20\d\d", rows(tmp_path / "so.csv")[1][1])


# --- print


def printed(project: Project, book: Path, name: str, year: int | None = None) -> Path:
    return print_book(project, book_told(book), book.with_name(name), year=year)


def test_the_book_in_print_has_the_decrees_cover_and_columns_on_a4_on_its_side(
    project: Project, tmp_path: Path
) -> None:
    book = tmp_path / "so.csv"
    give(book, 40)
    give(book, 2, day=date(2027, 1, 4))
    file = printed(project, book, "so.pdf", 2026)
    info = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size:\s+841\.89 x 595\.276 pts", info)
    text = words(file).split("\f")
    cover = flat(text[0])
    for said in ("UBND TỈNH ĐẮK NÔNG", "SỔ ĐĂNG KÝ VĂN BẢN ĐI", "Năm: 2026", "Quyển số:",
                 "Từ ngày 05/03/2026 đến ngày 05/03/2026", "Từ số 01 đến số 40"):  # fmt: skip
        assert said in cover
    pages = [flat(page) for page in text[1:] if page.strip()]
    assert len(pages) > 2
    assert all(f"({number})" in page for page in pages for number in range(1, 11))
    assert [f"{number:02d}/SNV-VP" in " ".join(pages) for number in (1, 40, 41)] == [True, True, False]
    assert "Năm: 2027" in words(printed(project, book, "last.pdf"))


def test_the_book_as_a_workbook(project: Project, tmp_path: Path) -> None:
    book = tmp_path / "so.csv"
    give(book, 3)
    sheet: Any = load_workbook(printed(project, book, "so.xlsx")).active
    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["01/SNV-VP", "02/SNV-VP", "03/SNV-VP"]
    assert sheet.page_setup.orientation == "landscape"


def test_the_command_tells_and_prints(dxassets: Run, tmp_path: Path) -> None:
    book = tmp_path / "so.csv"
    give(book, 3)
    told = dxassets("register", book, "-o", tmp_path / "so.pdf")
    assert told.code == 0
    assert told.out.splitlines()[0] == "Năm 2026: 3 văn bản, từ số 1 đến số 3; số tiếp theo: 4"
    assert (tmp_path / "so.pdf").read_bytes().startswith(b"%PDF")
    assert '"next": 4' in dxassets("register", book, "--json").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("-o", "so.docx"), "không có “docx”; có: pdf, xlsx"),
        (("-o", "so.pdf", "--year", "2025"), "--year: không có “2025”; có: 2026"),
    ],
)
def test_what_can_not_be_printed_is_told(
    dxassets: Run, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    give(tmp_path / "so.csv")
    told = dxassets("register", tmp_path / "so.csv", *options)
    assert told.code == 2
    assert said in told.err


def test_a_book_that_is_not_there_is_told_and_not_begun(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("register", tmp_path / "so.csv")
    assert told.code == 2
    assert "không có sổ này" in told.err
    assert list(tmp_path.iterdir()) == []


def test_signs_that_no_face_has_are_told_with_their_row(dxassets: Run, tmp_path: Path) -> None:
    book = tmp_path / "so.csv"
    give(book)
    book.write_text(book.read_text(encoding="utf-8") + "2/SNV,06/03/2026,中\n", encoding="utf-8")
    told = dxassets("register", book, "-o", tmp_path / "so.pdf")
    assert told.code == 2
    assert "so.csv:3: phông chữ" in told.err
