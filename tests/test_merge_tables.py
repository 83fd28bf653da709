"""Tables of guests that are wrong in every way: told by sheet and cell, and nothing is written."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from dxassets.agencies.table import AgencyTable, TableRow
from dxassets.api import load_campaign
from dxassets.api.tables import read_sheets
from dxassets.dispatch import Edition, LetterFill
from dxassets.errors import InputError
from dxassets.kinds.letter.merge_planning import RowForm, plan_merge, row_drafts
from dxassets.kinds.letter.merge_table import MOST_LETTERS, MergeRow, key_of, rows_of
from dxassets.kinds.letter.spec import Merged
from tests.merge_support import GUESTS, HEADINGS, invitation, workbook

if TYPE_CHECKING:
    from tests.conftest import Run

GUEST = ("Nguyễn Văn An", "Hiệu trưởng", "Trường THPT Chu Văn An", 11)
SHORT = ("Họ và tên", "Chức vụ", "Đơn vị", "Số ghế")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return invitation(tmp_path_factory.mktemp("camp") / "camp")


def refused(folder: Path, table: Path) -> list[str]:
    """What is told of a table, in Vietnamese."""
    with pytest.raises(InputError) as caught:
        plan_merge(
            load_campaign(folder),
            read_sheets(table, "--merge", as_shown=True),
            table.name,
            fill=LetterFill(),
        )
    return caught.value.lines("vi")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (None, "a.xlsx: Khách mời!C3: ô “Đơn vị” để trống; hãy điền, hoặc xóa hàng này"),
        ("   ", "Khách mời!C3: ô “Đơn vị” để trống"),
        ("=A1&B1", "Khách mời!C3: ô “Đơn vị” là công thức"),
        (datetime.date(2026, 3, 8), "Khách mời!C3: ô “Đơn vị” là ngày giờ, không phải chữ"),
        (1234.5, "Khách mời!C3: ô “Đơn vị” là số mà Excel hiện theo định dạng riêng (1234.5)"),
        (True, "Khách mời!C3: ô “Đơn vị” là số mà Excel hiện theo định dạng riêng (True)"),
        (1e11, "Khách mời!C3: ô “Đơn vị” là số mà Excel hiện theo định dạng riêng"),
        ("a\u200bb", "Khách mời!C3: ô “Đơn vị” có ký tự không in được (U+200B)"),
        ("a\u202eb", "Khách mời!C3: ô “Đơn vị” có ký tự không in được (U+202E)"),
        ("#N/A", "Khách mời!C3: ô “Đơn vị” là ô lỗi #N/A"),
        ("S? N?i v?", "Khách mời!C3: ô “Đơn vị” “S? N?i v?” đã mất chữ có dấu"),
        ("中文", "Khách mời!C3: phông chữ Tinos, Tinos Marks không có ký tự “中”"),
        ("Sở Y tế;", "Khách mời, hàng 3: addressees[0]: “Giám đốc B, Sở Y tế;”: không gõ gạch đầu dòng"),
        ("x" * 400, "Khách mời, hàng 3: addressees[0]: dài quá 400 ký tự"),
    ],
)  # fmt: skip
def test_a_cell_that_can_not_be_printed_is_named(
    folder: Path, tmp_path: Path, cell: object, said: str
) -> None:
    table = workbook(tmp_path / "a.xlsx", [GUEST, ("B", "Giám đốc", cell, 6)], headings=SHORT)
    (told,) = refused(folder, table)
    assert said in told


@pytest.mark.parametrize("number", [11, "11", 11.0, 99_999_999_999])
def test_whole_numbers_are_text_as_excel_shows_them(folder: Path, tmp_path: Path, number: object) -> None:
    table = workbook(tmp_path / "a.xlsx", [(*GUEST[:3], number)], headings=SHORT)
    sheets = read_sheets(table, "--merge", as_shown=True)
    plan = plan_merge(load_campaign(folder), sheets, "a.xlsx", fill=LetterFill())
    assert dict(plan.rows[0].merged.words)["số ghế"] == str(int(number))  # pyright: ignore[reportArgumentType]


def test_a_number_in_a_format_is_refused_and_none_in_a_column_that_is_not_used(
    folder: Path, tmp_path: Path
) -> None:
    table = workbook(tmp_path / "a.xlsx", [(*GUEST, 5)], headings=(*SHORT, "Ngày sinh"))
    book: Any = load_workbook(table)
    book.active["D2"].number_format = "#,##0"
    book.active["E2"].number_format = "0%"
    book.save(table)
    (told,) = refused(folder, table)
    assert "Khách mời!D2: ô “Số ghế” là số mà Excel hiện theo định dạng riêng (11)" in told


@pytest.mark.parametrize(
    ("headings", "said"),
    [
        (("Họ và tên", "Chức vụ", "Đơn vị", "Ghế"), "không có cột “số ghế”; có: Họ và tên, Chức vụ, Đơn vị"),
        (("Họ và tên", "Chức vu", "Đơn vị", "Số ghê"), None),
        (("Họ và tên", "Chức vụ", "Đơn  vị", "ĐƠN VỊ"), "Khách mời!C1 và a.xlsx: Khách mời!D1: 2 cột"),
        (("A", "B", "C", "D"), "không thấy dòng tiêu đề nào có cột mà công văn nhắc tới: “Chức vụ”"),
    ],
)  # fmt: skip
def test_columns_are_found_by_their_headings_or_told(
    folder: Path, tmp_path: Path, headings: Sequence[str], said: str | None
) -> None:
    table = workbook(tmp_path / "a.xlsx", [GUEST], headings=headings)
    if said is None:
        sheets = read_sheets(table, "--merge", as_shown=True)
        assert plan_merge(load_campaign(folder), sheets, "a.xlsx", fill=LetterFill()).rows[0].label
    else:
        assert any(said in told for told in refused(folder, table))


def test_a_missing_column_is_told_with_the_line_that_names_it(folder: Path, tmp_path: Path) -> None:
    table = workbook(tmp_path / "a.xlsx", [GUEST], headings=(*SHORT[:3], "Ghế số"))
    (told,) = refused(folder, table)
    assert told.startswith("dispatch.md:22: ")
    assert "Ngoặc nhọn thật thì gõ đôi: {{ }}" in told


def test_headings_that_differ_in_marks_alone_are_told_apart_by_them() -> None:
    rows = (TableRow(1, ("Tên trường", "Tên trưởng")), TableRow(2, ("THPT A", "Ông B")))
    named = {"Tên trưởng": "dispatch.md:1"}
    (row,) = rows_of([AgencyTable("", rows)], "a.csv", named)
    assert row.merged.words == (("Tên trưởng", "Ông B"),)
    with pytest.raises(InputError, match="2 columns are taken for"):
        rows_of([AgencyTable("", rows)], "a.csv", {"Ten truong": "dispatch.md:1"})


def test_a_heading_is_looked_up_without_marks_case_signs_and_brackets() -> None:
    assert key_of("HỌ  và tên*") == key_of("ho_va-ten (viết hoa)") == "ho va ten"


def test_a_column_in_capitals_stays_as_the_cell_says_where_its_heading_is_in_capitals() -> None:
    rows = (TableRow(1, ("HỌ TÊN", "Đơn vị")), TableRow(2, ("Nguyễn An", "Sở Y tế")))
    named = {"HỌ TÊN": "a", "ĐƠN VỊ": "a", "Họ tên": "a"}
    (row,) = rows_of([AgencyTable("", rows)], "a.csv", named)
    assert dict(row.merged.words) == {"HỌ TÊN": "Nguyễn An", "ĐƠN VỊ": "SỞ Y TẾ", "Họ tên": "Nguyễn An"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ghế {Số ghế", "ngoặc “{” không thành cặp"),
        ("Ghế Số ghế}", "ngoặc “}” không thành cặp"),
        ("Ghế {*Số* ghế}", None),
    ],
)
def test_braces_that_are_neither_a_column_nor_doubled_are_told(
    tmp_path: Path, text: str, said: str | None
) -> None:
    folder = invitation(tmp_path / "camp", ("Ghế số {số ghế}", text))
    told = refused(folder, workbook(tmp_path / "a.xlsx", GUESTS))
    assert all(each.startswith("dispatch.md:22: ") for each in told)
    assert said is None or any(said in each for each in told)


def test_rows_and_numbers_that_stand_there_twice_are_told(folder: Path, tmp_path: Path) -> None:
    table = workbook(tmp_path / "a.xlsx", [GUEST, ("B", "C", "D", 6), GUEST], headings=SHORT)
    assert refused(folder, table) == [
        "a.xlsx: Khách mời, hàng 4: giống hệt hàng 2 ở mọi cột mà công văn dùng; hãy xóa một trong hai hàng"
    ]
    rows = [(*GUEST, 12), ("B", "C", "D", 6, "012")]
    (told,) = refused(folder, workbook(tmp_path / "a.xlsx", rows, headings=(*SHORT, "Số")))
    assert "Khách mời!E3: số 012 đã có ở hàng 2" in told
    rows = [(*GUEST, "12a")]
    (told,) = refused(folder, workbook(tmp_path / "a.xlsx", rows, headings=(*SHORT, "Số")))
    assert "Khách mời!E2: “12a” không phải số văn bản" in told


def test_forty_faults_are_told_one_by_one_and_more_in_short(folder: Path, tmp_path: Path) -> None:
    rows: list[tuple[object, ...]] = [(f"Người {at}", "Giám đốc", None, None) for at in range(20)]
    told = refused(folder, workbook(tmp_path / "a.xlsx", rows, headings=SHORT))
    assert len(told) == 40
    assert [each[:22] for each in (told[0], told[-1])] == ["a.xlsx: Khách mời!C2: ", "a.xlsx: Khách mời!D21:"]
    rows.append(("Người 20", "Giám đốc", "Sở Y tế", None))
    told = refused(folder, workbook(tmp_path / "a.xlsx", rows, headings=SHORT))
    assert len(told) == 41
    assert told[-1] == "a.xlsx: còn 1 chỗ nữa như vậy"


def test_a_table_without_rows_and_a_letter_without_columns_are_told(folder: Path, tmp_path: Path) -> None:
    (told,) = refused(folder, workbook(tmp_path / "a.xlsx", [(None, " ")], headings=SHORT))
    assert told == "a.xlsx: Khách mời: không có hàng nào dưới dòng tiêu đề"
    plain = invitation(tmp_path / "plain")
    text = (plain / "dispatch.md").read_text(encoding="utf-8")
    for name in ("{Chức vụ} {Họ và tên}, {Đơn vị}", "**{Họ và tên}**, {chuc vu} {ĐƠN VỊ}", "{số ghế}"):
        text = text.replace(name, "các cơ quan")
    (plain / "dispatch.md").write_text(text, encoding="utf-8")
    assert any("không thấy dòng tiêu đề" in told for told in refused(plain, workbook(tmp_path / "b.xlsx")))


def test_a_table_has_ten_thousand_rows_at_most() -> None:
    def table(count: int) -> AgencyTable:
        rows = [TableRow(at, (f"Người {at}",)) for at in range(2, count + 2)]
        return AgencyTable("", (TableRow(1, ("Tên",)), *rows))

    assert len(rows_of([table(MOST_LETTERS)], "a.csv", {"Tên": "x"})) == 10_000
    with pytest.raises(InputError, match="has 10001 rows; 10000 letters can be made at a time"):
        rows_of([table(MOST_LETTERS + 1)], "a.csv", {"Tên": "x"})


def test_a_files_name_says_sixty_letters_of_whom_it_goes_to(folder: Path) -> None:
    project = load_campaign(folder)

    def name(label: str) -> str:
        row = MergeRow("x", Merged(()), None, label)
        form = RowForm(1, Edition(), formats=("pdf",))
        return next(row_drafts(project, row, 1, fill=LetterFill(), form=form)).name

    assert name("a" * 60) == f"cong-van-001-{'a' * 60}.pdf"
    assert name("a" * 61) == f"cong-van-001-{'a' * 60}.pdf"
    assert name("中文") == "cong-van-001.pdf"


def test_the_right_sheet_and_row_of_headings_are_found(folder: Path, tmp_path: Path) -> None:
    table = workbook(tmp_path / "a.xlsx", GUESTS, above=[["DANH SÁCH"], ["Họ và tên người lập:", "Lê"], []])
    book: Any = load_workbook(table)
    book.create_sheet("Ghi chú", 0).append(["Họ và tên", "khác"])
    book.save(table)
    sheets = read_sheets(table, "--merge", as_shown=True)
    plan = plan_merge(load_campaign(folder), sheets, "a.xlsx", fill=LetterFill())
    assert [row.where for row in plan.rows] == [f"a.xlsx: Khách mời, hàng {at}" for at in (5, 6, 7)]


# --- files


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "không nhận tệp .xls"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "kiểu cũ (.xls) hoặc có mật khẩu"),
        ("a.xlsx", b"PK\x03\x04rubbish", "không đọc được như tệp Excel"),
        ("a.csv", "Họ tên\nNguyễn".encode("cp1258", errors="ignore"), "không phải UTF-8"),
        ("a.pdf", b"%PDF", "không có “pdf”; có: xlsx, csv"),
        ("b.csv", None, "không đọc được: không có tệp này"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(
    dxassets: Run, folder: Path, tmp_path: Path, name: str, data: bytes | None, said: str
) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    told = dxassets("letter", str(folder), "--merge", str(tmp_path / name), "-o", str(tmp_path / "out"))
    assert told.code == 2
    assert said in told.err
    assert not (tmp_path / "out").exists()


def test_a_bomb_is_refused_before_it_is_unfolded(dxassets: Run, folder: Path, tmp_path: Path) -> None:
    table = workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(table, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", b"\0" * 61_000_000)
    told = dxassets("letter", str(folder), "--merge", str(table), "-o", str(tmp_path / "out"))
    assert told.code == 2
    assert "tệp quá lớn để là một danh sách" in told.err


def test_headings_are_the_support_files_own() -> None:
    """The tables above are read by the names that the letter of invitation has, marks and brackets aside."""
    assert {key_of(heading) for heading in HEADINGS} >= {"ho va ten", "chuc vu", "don vi", "so ghe"}
