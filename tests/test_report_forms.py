"""The forms that units fill in: what stands on them, what is locked, and what annexes they come from."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from dxassets.api import load_campaign
from dxassets.api.report_forms import ReportWanted, make_forms
from dxassets.dispatch.model import MOST_MEASURES
from dxassets.errors import InputError
from dxassets.report import FreeTask, report_form, reporting_units
from tests.conftest import CampaignCopy, Run
from tests.report_support import UNIT, asked, blank

TABLE = """
title = ["PHỤ LỤC"]
[table]
columns = [
  {{ id = "tt", head = "TT", width = 1 }},
  {{ id = "viec", head = "Nội dung", width = 3 }},
  {{ id = "dvt", head = "ĐVT", width = 1 }},
  {{ id = "a", head = "{before}", width = 1 }},
  {{ id = "b", head = "{after}", width = 1{role} }},
]
"""
ROW = '[[table.rows]]\ntt = "{tt}"\nviec = "{viec}"\ndvt = "{dvt}"\na = ""\nb = {b}\n'


def sheet_of(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data)).active


def with_annex(copy: CampaignCopy, text: str) -> None:
    (copy.folder / "annex.toml").write_text(text, encoding="utf-8")


def test_a_form_names_its_unit_and_holds_the_annexs_tasks_and_columns() -> None:
    sheet = sheet_of(blank())
    _, form, _, _ = asked()
    assert sheet["C3"].value == "Ủy ban nhân dân xã Nam Dong"
    assert sheet["C4"].value == UNIT
    assert (sheet["E4"].value, sheet["F4"].value) == ("Mã biểu", form.code)
    heads = [cell.value for cell in sheet[6]]
    assert heads[4:] == ["Trước Chương trình", "Sau Chương trình", "Ghi chú"]
    assert [sheet.cell(row, 1).value for row in range(7, 16)] == [
        "1.1", "1.2", "2.1", "2.2", "3.1", "3.2", "3.3", "4.1", "4.2",
    ]  # fmt: skip
    assert (sheet["C7"].value, sheet["D7"].value) == ("Số hồ sơ phát sinh trực tuyến", "hồ sơ")
    assert sheet["B14"].value == "Nội dung khác theo định hướng của các huyện, thành phố"
    help_line = sheet["A5"].value
    assert "trước ngày 15/10/2022" in help_line
    assert "\n" not in help_line


def test_only_the_cells_to_fill_are_open_and_numbers_are_validated() -> None:
    sheet = sheet_of(blank())
    assert sheet.protection.sheet
    opened = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    wanted = {f"{column}{row}" for row in range(7, 14) for column in "EFG"}
    wanted |= {f"{column}{row}" for row in (14, 15) for column in "CDEFG"} | {"E16", "F16", "G16"}
    assert opened == wanted
    whole, loose = sorted(sheet.data_validations.dataValidation, key=lambda each: each.type, reverse=True)
    assert (whole.type, loose.type) == ("whole", "decimal")
    assert all(f"{column}{row}" in whole.sqref for column in "EF" for row in range(7, 14))
    assert "E14" in loose.sqref
    assert all((each.formula1, each.operator, each.showErrorMessage) == ("0", "between", True)
               for each in (whole, loose))  # fmt: skip


def test_a_form_is_for_a4_as_wide_as_the_page_and_the_same_every_time() -> None:
    sheet = sheet_of(blank())
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == ("9", "landscape") or (
        sheet.page_setup.paperSize, sheet.page_setup.orientation
    ) == (9, "landscape")  # fmt: skip
    assert (sheet.page_setup.fitToWidth, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)
    assert sheet.print_title_rows in {"6:6", "$6:$6"}
    first = blank()
    blank.cache_clear()
    assert blank() == first


def test_every_reporting_unit_has_a_form(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("report", "forms", "--agency", UNIT, "--agency", "ubnd-xa-ea-po", "-o", tmp_path / "f")
    assert (told.code, told.out.strip()) == (
        0, f"Đã ghi 2 biểu, mỗi biểu 7 chỉ tiêu, vào {tmp_path / 'f'}",
    )  # fmt: skip
    assert sorted(path.name for path in (tmp_path / "f").iterdir()) == [
        "ubnd-xa-ea-po.xlsx", "ubnd-xa-nam-dong.xlsx",
    ]  # fmt: skip
    assert len(reporting_units(load_campaign().campaign)) == 71


def test_units_of_another_level_report_where_that_is_asked(copy: CampaignCopy) -> None:
    units = reporting_units(load_campaign(copy.folder).campaign, level="huyen")
    assert [unit.rank for unit in units] == [2] * 8
    assert {unit.district for unit in units} == {""}
    with pytest.raises(InputError, match="xa"):
        reporting_units(load_campaign(copy.folder).campaign, level="xã")


def test_an_annex_without_lines_for_the_report_is_read_by_its_columns(copy: CampaignCopy) -> None:
    text = (copy.folder / "annex.toml").read_text(encoding="utf-8")
    with_annex(copy, text.partition("\n[[report]]")[0])
    form = report_form(load_campaign(copy.folder))
    assert [measure.name for measure in form.measures][:3] == [
        "Số hồ sơ phát sinh trực tuyến",
        "Tổng số người dân được hỗ trợ hướng dẫn",
        "Số tài khoản thanh toán không dùng tiền mặt",
    ]
    assert {measure.unit for measure in form.measures} == {""}
    assert form.free == (FreeTask("4", "Nội dung khác theo định hướng của các huyện, thành phố"),)


@pytest.mark.parametrize(
    ("before", "after", "role"),
    [("Trước đợt", "Sau đợt", ""), ("TRƯỚC", "SAU", ""), ("Trước", "Kết quả", ', report = "after"')],
)
def test_columns_are_known_by_their_heads_or_by_what_they_say(
    copy: CampaignCopy, before: str, after: str, role: str
) -> None:
    rows = ROW.format(tt="1", viec="Hộ dùng nước sạch", dvt="hộ", b='"Số liệu..."')
    with_annex(copy, TABLE.format(before=before, after=after, role=role) + rows)
    form = report_form(load_campaign(copy.folder))
    (measure,) = form.measures
    assert (form.before, form.after) == (before, after)
    assert (measure.code, measure.name, measure.unit) == ("1.1", "Hộ dùng nước sạch", "hộ")


def test_an_annex_that_says_nothing_to_report_is_told_with_the_cure(copy: CampaignCopy) -> None:
    with_annex(copy, TABLE.format(before="Việc", after="Ai", role=""))
    with pytest.raises(InputError, match=r"annex.toml.*report"):
        report_form(load_campaign(copy.folder))


def test_a_line_of_a_task_that_there_is_not_is_told_with_the_nearest(copy: CampaignCopy) -> None:
    text = (copy.folder / "annex.toml").read_text(encoding="utf-8")
    with_annex(copy, text.replace('task = "3"', 'task = "33"', 1))
    with pytest.raises(InputError, match=r"report\[4\]\.task.*'33'"):
        report_form(load_campaign(copy.folder))


def test_a_form_has_100_measures_at_most(copy: CampaignCopy) -> None:
    head = 'title = ["A"]\n'
    lines = [f'[[report]]\ntask = "Việc"\nmeasure = "Chỉ tiêu {at}"\n' for at in range(MOST_MEASURES + 1)]
    with_annex(copy, head + "".join(lines[:-1]))
    assert len(report_form(load_campaign(copy.folder)).measures) == MOST_MEASURES == 100
    with_annex(copy, head + "".join(lines))
    with pytest.raises(InputError, match="report"):
        report_form(load_campaign(copy.folder))
    rows = "".join(ROW.format(tt=at, viec=f"Việc {at}", dvt="", b='"x"') for at in range(1, 102))
    with_annex(copy, TABLE.format(before="Trước", after="Sau", role="") + rows)
    with pytest.raises(InputError, match="101"):
        report_form(load_campaign(copy.folder))


def test_text_that_begins_as_a_formula_does_stays_text(copy: CampaignCopy, tmp_path: Path) -> None:
    text = (copy.folder / "annex.toml").read_text(encoding="utf-8")
    with_annex(copy, text.replace('measure = "Số hồ sơ phát sinh', 'measure = "=HYPERLINK(1) phát sinh', 1))
    made = make_forms(load_campaign(copy.folder), tmp_path, wanted=ReportWanted(agencies=(UNIT,)))
    data = made.files[0].read_bytes()
    cell = sheet_of(data)["C7"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1) phát sinh trực tuyến", "s", True)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("report",), "thiếu"),
        (("report", "form"), "forms"),
        (("report", "collect"), "hãy nêu thư mục"),
        (("report", "forms", "--level", "xom"), "xom"),
        (("report", "forms", "--agency", "ubnd-xa-nam-dongg"), "ubnd-xa-nam-dong"),
        (("report", "forms", "--until", "15/10"), "2026-09-21"),
        (("report", "forms", "--remind"), "collect"),
        (("report", "collect", "nowhere"), "không có thư mục"),
    ],
)
def test_what_can_not_be_asked_is_told_and_nothing_is_written(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    told = dxassets(*arguments)
    assert told.code == 2
    assert said in told.err
    assert not list(tmp_path.iterdir())


def test_the_code_follows_from_the_annex_alone(copy: CampaignCopy) -> None:
    assert report_form(load_campaign(copy.folder)).code == "daknong-2022/9c4f1ad6"  # forms are out there
    annex = copy.folder / "annex.toml"
    text = annex.read_text(encoding="utf-8")
    annex.write_text(text.replace('width = 26, align = "center"', "width = 27"), encoding="utf-8")
    assert report_form(load_campaign(copy.folder)).code == "daknong-2022/9c4f1ad6"
    annex.write_text(text.replace('unit = "hồ sơ"', 'unit = "bộ"'), encoding="utf-8")
    assert report_form(load_campaign(copy.folder)).code != "daknong-2022/9c4f1ad6"
