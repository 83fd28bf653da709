"""Forms that come back moved, renamed and spoilt: what can be read is read, every fault has its cell."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook

from dxassets.backends import form_cells
from dxassets.report import FormError
from dxassets.report.filled import MOST_FAULTS, MOST_SAID
from tests.report_support import FIRST_ROW, UNIT, Change, asked, blank, filled, read

WHERE = "bieu.xlsx: Biểu số liệu!"


def faults(data: bytes, source: str = "bieu.xlsx") -> dict[str, str]:
    """What is wrong with a form: the Vietnamese words by their place."""
    with pytest.raises(FormError) as told:
        read(data, source)
    assert all(problem.en and problem.vi for problem in told.value.problems)
    return {problem.where.removeprefix(WHERE): problem.vi for problem in told.value.problems}


def spoilt(cells: Mapping[str, object] | None = None, change: Change | None = None) -> dict[str, str]:
    return faults(filled(cells, change=change))


def test_a_filled_form_says_whose_it_is_and_what_it_counts() -> None:
    made = read(filled({"E7": "1.234", "F7": 2345, "G7": "số tạm tính", "E16": "Lan, 0905 000 000"}))
    assert made.unit == UNIT
    assert made.figures["1.1"] == (Decimal(1234), Decimal(2345))
    assert made.figures["3.3"] == (Decimal(10), Decimal(15))
    assert made.said["1.1", "note"] == "số tạm tính"
    assert made.remarks == ()


def test_what_a_unit_counts_of_its_own_is_kept_apart() -> None:
    cells = {"C14": "Lớp tập huấn", "D14": "lớp", "E14": 0, "F14": "3,5", "G14": "@x"}
    (line,) = read(filled(cells)).free
    assert (line.content, line.unit, line.before, line.after) == ("Lớp tập huấn", "lớp", 0, Decimal("3.5"))
    assert spoilt({"E14": 3}) == {"E14": "có số nhưng chưa ghi chỉ tiêu ở cột Chỉ tiêu"}
    assert spoilt({"C14": "Lớp"}) == {"E14": "có chỉ tiêu nhưng chưa có số; không phát sinh thì ghi 0"}


def test_a_measure_without_figures_is_said_and_no_nought_is_made_of_it() -> None:
    made = read(filled({"E9": None, "F9": None}))
    assert "2.1" not in made.figures
    assert [remark.where for remark in made.remarks] == [f"{WHERE}E9"]


def merged(where: str) -> Change:
    return lambda book: book.active.merge_cells(where)


def with_row(at: int) -> Change:
    return lambda book: book.active.insert_rows(at)


def below(rows: int) -> Change:
    def change(book: Any) -> None:
        for row in range(40, 40 + rows):
            for column in (2, 5):
                book.active.cell(row, column).value = "dán nhầm"

    return change


@pytest.mark.parametrize(
    ("cells", "change", "place", "vi"),
    [
        ({"E8": "120 hồ sơ"}, None, "E8", "không phải số"),
        ({"E8": "-3"}, None, "E8", "số âm"),
        ({"F8": -3}, None, "F8", "số âm"),
        ({"E8": "10/10/2022"}, None, "E8", "ngày tháng"),
        ({"E8": date(2022, 10, 10)}, None, "E8", "ngày giờ"),
        ({"E8": "1,234"}, None, "E8", "hai cách"),
        ({"E8": 1.5}, None, "E8", "số nguyên"),
        ({"E8": "=E7+1"}, None, "E8", "công thức"),
        ({"G8": "=E7+1"}, None, "G8", "công thức"),
        ({"E8": True}, None, "E8", "ĐÚNG/SAI"),
        ({"E8": "#N/A"}, None, "E8", "ô lỗi #N/A"),
        ({"E8": None}, None, "E8", "để trống"),
        ({"F8": "  "}, None, "F8", "để trống"),
        ({"C4": None}, None, "C4", "mất mã đơn vị"),
        ({"C4": "ubnd-xa-nam-dongg"}, None, "C4", "ubnd-xa-nam-dong"),
        ({"C4": "ubnd-xa-ea-po"}, None, "C3", "Ủy ban nhân dân xã Ea Pô"),
        ({"C8": "Chỉ tiêu khác"}, None, "C8", "phải là “Tổng số người dân"),
        ({"D8": "nghìn người"}, None, "D8", "phải là “người”"),
        ({"H8": "xem thêm"}, None, "H8", "ngoài các ô để điền"),
        (None, merged("E8:F8"), "E8:F8", "gộp"),
        (None, merged("E8:E9"), "E8:E9", "gộp"),
        (None, below(1), "B40", "dưới biểu (2 ô, 1 hàng)"),
        (None, below(10_000), "B40", "dưới biểu (20000 ô, 10000 hàng)"),
    ],
)  # fmt: skip
def test_every_fault_is_named_by_its_cell(
    cells: dict[str, object] | None, change: Change | None, place: str, vi: str
) -> None:
    told = spoilt(cells, change)
    assert place in told
    assert vi in told[place]


def test_a_percentage_is_no_count() -> None:
    def change(book: Any) -> None:
        book.active["E8"] = 0.5
        book.active["E8"].number_format = "0%"

    assert "phần trăm" in spoilt(change=change)["E8"]


def test_rows_that_were_put_into_the_form_are_told_not_skipped() -> None:
    told = spoilt(change=with_row(9))
    assert "phải là “2.1”" in told["A9"]


@pytest.mark.parametrize("above", [1, 7])
def test_a_form_that_was_moved_down_or_to_another_sheet_is_found(above: int) -> None:
    def change(book: Any) -> None:
        book.active.insert_rows(1, above)
        for each in list(book.active.merged_cells.ranges):
            each.shift(row_shift=above)
        other = book.create_sheet("Bìa", 0)
        other["A1"] = "Ghi chú riêng"

    made = read(filled({"E7": 77}, change=change), "phường nào đó (2).xlsx")
    assert made.figures["1.1"] == (Decimal(77), Decimal(15))
    (remark,) = made.remarks
    assert remark.where == "phường nào đó (2).xlsx: Bìa"


def test_hidden_sheets_are_read_as_others_are() -> None:
    def change(book: Any) -> None:
        book.active.sheet_state = "hidden"
        book.create_sheet("Trống")

    assert read(filled(change=change)).unit == UNIT


def test_an_empty_form_says_nothing() -> None:
    assert list(faults(blank()).values()) == ["biểu chưa điền số nào"]


def test_a_form_of_an_older_annex_or_another_campaign_is_refused() -> None:
    code = asked()[1].code
    assert "biểu cũ" in spoilt({"F4": "daknong-2022/00000000"})["F4"]
    assert code in spoilt({"F4": "daknong-2022/00000000"})["F4"]
    assert "chiến dịch khác" in spoilt({"F4": f"hue-2025/{code[-8:]}"})["F4"]
    assert "mất mã biểu" in spoilt({"F4": None})["F4"]


def test_a_file_without_a_form_or_with_two_is_refused() -> None:
    def twice(book: Any) -> None:
        book.copy_worksheet(book.active)

    assert "Mã biểu" in faults(filled({"E4": "Mã"}))["bieu.xlsx"]
    assert "có 2 biểu" in faults(filled(change=twice))["bieu.xlsx"]


def test_a_note_has_500_letters_at_most() -> None:
    assert read(filled({"G7": "a" * MOST_SAID})).said["1.1", "note"] == "a" * 500
    assert "500" in spoilt({"G7": "a" * (MOST_SAID + 1)})["G7"]
    assert "G7" in spoilt({"G7": "a\u202eb"})


def test_twenty_faults_of_a_form_are_told_one_by_one() -> None:
    cells = {f"{column}{row}": "x" for row in range(FIRST_ROW, FIRST_ROW + 7) for column in "EF"}
    cells |= {f"C{row}": "x" for row in range(FIRST_ROW, FIRST_ROW + 6)}
    told = spoilt(cells)
    assert len(told) == MOST_FAULTS == 20
    told = spoilt(cells | {f"C{FIRST_ROW + 6}": "x"})
    assert len(told) == MOST_FAULTS + 1
    assert told["bieu.xlsx"] == "còn 1 chỗ sai nữa"


# --- files that are no forms, or worse


def with_part(name: str, data: bytes) -> bytes:
    out = io.BytesIO(filled())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "vi"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xls"),
        (b"", "không đọc được"),
        (b"PK\x03\x04 no archive", "không đọc được"),
        (b"%PDF-1.7", "không đọc được"),
        (filled()[:2000], "không đọc được"),
    ],
)
def test_what_is_no_workbook_is_refused_in_words(data: bytes, vi: str) -> None:
    assert vi in faults(data)["bieu.xlsx"]


def test_macros_bombs_and_entities_are_refused_unopened() -> None:
    assert "macro" in faults(with_part("xl/vbaProject.bin", b"x"))["bieu.xlsx"]
    assert "quá lớn" in faults(with_part("xl/worksheets/bomb.xml", bytes(50_000_000)))["bieu.xlsx"]
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    assert "không đọc được" in faults(with_part("xl/worksheets/e.xml", entity))["bieu.xlsx"]


def test_a_form_unfolds_to_16_mb_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    assert form_cells.MOST_FORM_BYTES == 16_000_000
    with zipfile.ZipFile(io.BytesIO(filled())) as archive:
        size = sum(part.file_size for part in archive.infolist())
    monkeypatch.setattr(form_cells, "MOST_FORM_BYTES", size)
    assert read(filled()).unit == UNIT
    monkeypatch.setattr(form_cells, "MOST_FORM_BYTES", size - 1)
    assert "quá lớn" in faults(filled())["bieu.xlsx"]


def test_no_message_speaks_to_programmers() -> None:
    told = spoilt({"E8": "x", "C4": None, "H9": "y"})
    assert not re.search(r"Traceback|None|NoneType|\bdict\b", " ".join(told.values()))
    assert load_workbook(io.BytesIO(blank())).sheetnames == ["Biểu số liệu"]
