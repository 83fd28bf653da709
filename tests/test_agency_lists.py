"""Lists of agencies from Excel and for Excel: read back, understood, or refused in words with the row."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from dxassets.agencies import Agency
from dxassets.agencies.csv_text import guarded, unguarded
from dxassets.agencies.headings import column_of
from dxassets.agencies.imported import imported, sheet_of_csv
from dxassets.api import (
    CampaignWanted,
    Project,
    init_campaign,
    list_home,
    read_agency_list,
    write_agencies_csv,
    write_agency_list,
)
from dxassets.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.conftest import Run

HEAD = ("STT", "Tên viết tắt", "Tên cơ quan", "Cấp", "Ghi chú")


def book(folder: Path, *rows: Sequence[Any], name: str = "danh-sach.xlsx") -> Path:
    """An .xlsx file as an office keeps it."""
    file = folder / name
    made = openpyxl.Workbook()
    sheet: Any = made.active
    for row in rows:
        sheet.append(row)
    made.save(file)
    return file


def called(names: Sequence[str]) -> tuple[Agency, ...]:
    numbered = enumerate(names, start=1)
    return tuple(Agency(id=f"a-{n}", name=name, short_name=name, level="khac") for n, name in numbered)


def refused(file: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_agency_list(file)
    return str(caught.value)


def of(text: str | bytes, project: Project, *, province: str = "") -> tuple[Agency, ...]:
    data = text.encode() if isinstance(text, str) else text
    table = sheet_of_csv(data, "a.csv")
    return imported([table], "a.csv", project.campaign.units, province=province).agencies


# --- there and back ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_all_128_agencies_go_out_and_come_back(project: Project, tmp_path: Path, name: str) -> None:
    offices = project.campaign.offices
    file = write_agency_list(offices, tmp_path / name)
    assert read_agency_list(file, project).agencies == offices
    again = write_agencies_csv(offices, tmp_path / "agencies.csv")
    assert read_agency_list(again, project).agencies == offices


def test_the_same_list_is_the_same_file(project: Project, tmp_path: Path) -> None:
    one, other = (
        write_agency_list(project.campaign.offices, tmp_path / name) for name in ("a.xlsx", "b.xlsx")
    )
    assert one.read_bytes() == other.read_bytes()


def test_a_sheet_opens_well_and_holds_nothing_but_text(tmp_path: Path) -> None:
    names = ["=1+1", "+84", "-A", "@SUM(A1)", "'=x", "Sở Nội vụ", "0123", "1/2/2026", "TRUE"]
    agencies = called(names)
    file = write_agency_list(agencies, tmp_path / "a.xlsx")
    sheet: Any = openpyxl.load_workbook(file).active
    head, *rows = list(sheet.iter_rows())
    assert [cell.value for cell in head][:3] == ["Mã", "Tên cơ quan", "Tên viết tắt"]
    assert all(cell.font.bold for cell in head)
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:F{len(names) + 1}"
    assert sheet.column_dimensions["B"].width > sheet.column_dimensions["D"].width > 8
    assert [row[1].value for row in rows] == names
    assert {cell.data_type for row in rows for cell in row[:3]} == {"s"}
    assert {cell.number_format for row in rows for cell in row} == {"@"}
    assert [row[1].quotePrefix for row in rows] == [True] * 4 + [False] * 5
    with zipfile.ZipFile(file) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
    assert read_agency_list(file).agencies == agencies


def test_no_cell_of_a_csv_is_computed_and_each_comes_back(tmp_path: Path) -> None:
    names = ["=1+1", "+84", "-A", "@SUM(A1)", "'=x", "''@y", "'Tên", "Sở Nội vụ"]
    agencies = called(names)
    file = write_agency_list(agencies, tmp_path / "a.csv")
    cells = [row[1] for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")))][1:]
    assert not [cell for cell in cells if cell[0] in "=+-@"]
    assert [unguarded(guarded(name)) for name in names] == names
    assert read_agency_list(file).agencies == agencies


# --- what an office keeps ---------------------------------------------------------------------------


def test_a_table_as_offices_keep_it_is_understood(tmp_path: Path) -> None:
    file = book(
        tmp_path,
        ("DANH SÁCH CƠ QUAN, ĐƠN VỊ",),
        (),
        HEAD,
        (1, None, "  UBND  xã Nam Dong ", "Xã", "x"),
        (),
        (2, "Sở TC", "Sở Tài chính tỉnh Lâm Đồng", "Sở, ngành", None),
        (3, None, "Phường 2 Bảo Lộc", None, None),
        (4, None, "Thanh tra tỉnh Lâm Đồng", None, None),
        (None, None, None, None, "ghi chú ở cuối"),
    )
    found = read_agency_list(file)
    assert [(each.id, each.name, each.short_name, each.level) for each in found.agencies] == [
        ("ubnd-xa-nam-dong", "Ủy ban nhân dân xã Nam Dong", "UBND xã Nam Dong", "xa"),
        ("so-tai-chinh-tinh-lam-dong", "Sở Tài chính tỉnh Lâm Đồng", "Sở TC", "so-nganh"),
        (
            "ubnd-phuong-2-bao-loc",
            "Ủy ban nhân dân phường 2 Bảo Lộc",
            "UBND phường 2 Bảo Lộc",
            "xa",
        ),
        ("thanh-tra-tinh-lam-dong", "Thanh tra tỉnh Lâm Đồng", "Thanh tra tỉnh", "so-nganh"),
    ]
    notes = [note.line() for note in found.notes]
    assert any(note.endswith("danh-sach.xlsx:3: not used: “STT”, “Ghi chú”") for note in notes)
    assert any("danh-sach.xlsx:7: 'Phường 2 Bảo Lộc' is written" in note for note in notes)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Tên cơ quan", "name"),
        ("ten co quan", "name"),
        ("TÊN CƠ QUAN, ĐƠN VỊ (ghi đầy đủ)", "name"),
        ("Ten_don_vi", "name"),
        ("Tên viết tắt", "short_name"),
        ("short_name", "short_name"),
        ("Mã", "id"),
        ("Mã cơ quan *", "id"),
        ("Cấp", "level"),
        ("Quận/Huyện", "district"),
        ("Cơ quan cấp trên", "parent"),
        ("Trực thuộc", "parent"),
        ("STT", None),
        ("Mã định danh", None),
        ("", None),
    ],
)
def test_headings_are_known_with_and_without_marks(heading: str, column: str | None) -> None:
    assert column_of(heading) == column


def test_ids_are_made_of_names_and_are_never_taken_twice(project: Project) -> None:
    text = (
        "Mã,Tên cơ quan,Huyện\n"
        ",UBND xã Tân Hưng,\n"
        ",UBND xã Tân Hùng,\n"
        ",UBND xã Quảng Phú,huyện Krông Nô\n"
        ",UBND xã Quảng Phú,huyện Lăk\n"
        "ubnd-xa-a,UBND xã B,\n"
        ",UBND xã A,\n"
    )
    assert [each.id for each in of(text, project)] == [
        "ubnd-xa-tan-hung",
        "ubnd-xa-tan-hung-2",
        "ubnd-xa-quang-phu",
        "ubnd-xa-quang-phu-huyen-lak",
        "ubnd-xa-a",
        "ubnd-xa-a-2",
    ]


def test_a_parent_may_be_said_by_its_name(project: Project) -> None:
    text = (
        "Tên cơ quan,Cơ quan cấp trên\n"
        "UBND huyện Cư Jút,UBND tỉnh Đắk Nông\n"
        "UBND xã Nam Dong,Ủy ban nhân dân huyện Cư Jút\n"
        "Báo Đắk Nông,Tỉnh ủy Đắk Nông\n"
        "UBND xã Ea Pô,ubnd-huyen-cu-jut\n"
    )
    assert [each.parent for each in of(text, project)] == [
        "ubnd-tinh-dak-nong",
        "ubnd-huyen-cu-jut",
        "tinh-uy-dak-nong",
        "ubnd-huyen-cu-jut",
    ]


def test_the_campaigns_province_tells_parents(project: Project) -> None:
    text = "Tên cơ quan\nUBND xã Nam Dong\nSở Nội vụ tỉnh Lâm Đồng\n"
    assert [each.parent for each in of(text, project, province="tỉnh Lâm Đồng")] == ["ubnd-tinh-lam-dong"] * 2
    assert [each.parent for each in of(text, project)] == ["", ""]


@pytest.mark.parametrize(
    "data",
    [
        "Tên cơ quan,Cấp\nSở Nội vụ,so-nganh\n".encode(),
        "Tên cơ quan;Cấp\r\nSở Nội vụ;so-nganh\r\n".encode("utf-8-sig"),
        "sep=;\nTên cơ quan;Cấp\nSở Nội vụ;so-nganh\n".encode(),
        "Tên cơ quan\tCấp\r\nSở Nội vụ\tso-nganh\r\n".encode("utf-16"),
        b"\xfe\xff" + "Tên cơ quan\tCấp\nSở Nội vụ\tso-nganh\n".encode("utf-16-be"),
        "DANH SÁCH\n\nTên cơ quan;Cấp\nSở Nội vụ;so-nganh\n".encode(),
        unicodedata.normalize("NFD", "Tên cơ quan,Cấp\nSở Nội vụ,so-nganh\n").encode(),
    ],
)
def test_every_dialect_of_csv_is_the_same_list(data: bytes, project: Project) -> None:
    (agency,) = of(data, project)
    assert (agency.id, agency.name, agency.level) == ("so-noi-vu", "Sở Nội vụ", "so-nganh")


def test_a_row_that_names_a_known_agency_is_that_agency_however_it_is_written(tmp_path: Path) -> None:
    """Capitals, bare units and short names: none gets another id, and no letter says “xã MỸ HÒA HƯNG”."""
    folder = tmp_path / "moi"
    init_campaign(folder, CampaignWanted(province="An Giang", cause="phap-luat", year=2026))
    file = book(
        tmp_path,
        ("ĐƠN VỊ", "Mã"),
        ("UBND XÃ MỸ HÒA HƯNG",),
        ("phường long xuyên",),
        ("ĐẶC KHU PHÚ QUỐC",),
        ("Sở Y tế",),
        ("SỞ TƯ PHÁP TỈNH AN GIANG",),
        ("SỞ XÂY DỰNG", "xay-dung"),
        ("Trường THPT Thoại Ngọc Hầu",),
    )
    found = read_agency_list(file, list_home(folder))
    assert [(each.id, each.name) for each in found.agencies] == [
        ("ubnd-xa-my-hoa-hung", "Ủy ban nhân dân xã Mỹ Hòa Hưng"),
        ("ubnd-phuong-long-xuyen", "Ủy ban nhân dân phường Long Xuyên"),
        ("ubnd-dac-khu-phu-quoc", "Ủy ban nhân dân đặc khu Phú Quốc"),
        ("so-y-te", "Sở Y tế tỉnh An Giang"),
        ("so-tu-phap", "Sở Tư pháp tỉnh An Giang"),
        ("xay-dung", "SỞ XÂY DỰNG"),  # an id of one's own: the row is as it was meant
        ("truong-thpt-thoai-ngoc-hau", "Trường THPT Thoại Ngọc Hầu"),
    ]
    notes = [note.line() for note in found.notes]
    assert any("'phường long xuyên' is written 'Ủy ban nhân dân phường Long Xuyên'" in note for note in notes)
    assert len(notes) == 5


def test_a_short_name_that_two_agencies_have_names_neither(project: Project) -> None:
    known = tuple(Agency(id=f"so-{n}", name=f"Sở {n} tỉnh Lâm Đồng", short_name="Sở") for n in "ab")
    table = sheet_of_csv("Tên\nSở\nSở A tỉnh Lâm Đồng\n".encode(), "a.csv")
    found = imported([table], "a.csv", project.campaign.units, known=known).agencies
    assert [(each.id, each.name) for each in found] == [("so", "Sở"), ("so-a", "Sở a tỉnh Lâm Đồng")]


def test_the_rows_that_end_a_table_are_left_out_and_told(project: Project) -> None:
    ends = ["Tổng cộng: 5 đơn vị", "TỔNG SỐ", "Cộng", "Cộng: 3", "Người lập biểu", "NƠI NHẬN:", "Ghi chú"]
    kept = ["Tổng công ty Cấp nước", "Tổng Công đoàn", "Công an tỉnh", "Cổng thông tin điện tử", "Công ty A"]
    table = sheet_of_csv("\n".join(["Tên", *kept, *ends]).encode(), "a.csv")
    found = imported([table], "a.csv", project.campaign.units)
    assert [each.name for each in found.agencies] == kept
    assert found.notes[0].line() == ("a.csv:7: 'Tổng cộng: 5 đơn vị' is left out: no agency's name")
    assert len(found.notes) == len(ends)


# --- the command ------------------------------------------------------------------------------------


def test_a_list_goes_out_of_a_campaign_and_into_another(dxassets: Run, tmp_path: Path) -> None:
    out = dxassets("agencies", "--export", tmp_path / "a.xlsx")
    assert (out.code, "128" in out.out) == (0, True)
    back = dxassets("agencies", "--import", tmp_path / "a.xlsx", "-o", tmp_path / "agencies.csv")
    assert (back.code, back.err) == (0, "")
    bundled = Path(__file__).parent.parent / "campaigns/daknong-2022/agencies.csv"
    written = (tmp_path / "agencies.csv").read_text(encoding="utf-8-sig")
    assert list(csv.reader(io.StringIO(written))) == list(
        csv.reader(io.StringIO(bundled.read_text(encoding="utf-8-sig")))
    )
    few = dxassets("agencies", "--find", "cu jut", "--export", tmp_path / "few.csv")
    assert few.code == 0
    assert 0 < len((tmp_path / "few.csv").read_text(encoding="utf-8-sig").splitlines()) < 20


def test_a_list_that_is_broken_is_replaced_by_another(dxassets: Run, tmp_path: Path) -> None:
    """The command that puts a list right must not ask for one that is right already."""
    folder = tmp_path / "moi"
    init_campaign(folder, CampaignWanted(province="Huế", cause="phap-luat", year=2026))
    whole = (folder / "agencies.csv").read_bytes()
    assert dxassets("agencies", folder, "--export", tmp_path / "a.xlsx").code == 0
    for broken in (b"id,name\n", b"\xff\xfe\xff", "id,name,short_name\nso-x,Sở X,Sở X\n".encode()):
        (folder / "agencies.csv").write_bytes(broken)
        told = dxassets("check", folder, "--lang", "en")
        assert told.code == 2
        back = dxassets("agencies", folder, "--import", tmp_path / "a.xlsx", "-o", folder / "agencies.csv")
        assert (back.code, (folder / "agencies.csv").read_bytes()) == (0, whole)
    assert "has no agency 'so-tu-phap'; add its row" in told.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--import", "a.xlsx"), "-o agencies.csv"),
        (("-o", "agencies.csv"), "only goes with --import"),
        (("--import", "a.xlsx", "-o", "b.csv", "--find", "x"), "goes neither"),
        (("--import", "absent.xlsx", "-o", "b.csv"), "can't be read"),
        (("--export", "a.pdf"), "xlsx"),
    ],
)
def test_what_the_command_cant_do_is_told_and_nothing_is_written(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    done = dxassets("agencies", *arguments, "--lang", "en")
    assert done.code == 2
    assert said in done.err
    assert list(tmp_path.iterdir()) == []
