"""Lists of offices from strangers' files: what is refused in words, and the limits on both sides."""

from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from dxassets.agencies import Agency
from dxassets.agencies.table import MOST_TABLE_BYTES
from dxassets.api import (
    CampaignWanted,
    Project,
    init_campaign,
    load_campaign,
    marks_to_check,
    read_agency_list,
)
from dxassets.backends import workbook
from dxassets.errors import CampaignError, InputError
from tests.test_agency_lists import HEAD, book, of, refused

if TYPE_CHECKING:
    from tests.conftest import Run

# --- what is refused --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Tên cơ quan\nSở Nội vụ\n".encode("cp1258", "replace"), "Windows-1258"),
        ("Tên cơ quan\nSở\n".encode("utf-16-le"), "is not UTF-8"),
        (b"Ten co quan\nS? N?i v?\n", "a.csv:2: 'S? N?i v?' has lost its letters"),
        ("Ten co quan\nSë Néi vô x· A, ñy ban nh©n d©n\n".encode(), "TCVN3"),
        (b"a,b\nx,y\n", "has no row of headings"),
        (b"", "has no row of headings"),
        (b"Ten co quan\n\n\n", "holds no agency"),
        (b"Ten co quan,Ten don vi\nA,B\n", "'Ten co quan' and 'Ten don vi' mean the same"),
        (b"ten,cap\nSo A,lung tung\n", "a.csv:2: level: there is no 'lung tung'"),
        (b"ten,ma\nSo A,So A!\n", "a.csv:2: id: may only hold lower-case"),
        (b"ten,cap\n,xa\n", "a.csv:2: lacks the agency's name"),
    ],
)
def test_a_bad_csv_is_refused_in_words(data: bytes, said: str, project: Project) -> None:
    with pytest.raises(CampaignError) as caught:
        of(data, project)
    assert said in str(caught.value)


def test_duplicates_are_told_with_both_rows_all_at_once(project: Project) -> None:
    text = "Tên cơ quan,Mã\nSở A,\nSở B,b\n\nsở a,\nSở C,b\nUBND xã D,\nỦy ban nhân dân xã D,\n"
    with pytest.raises(CampaignError) as caught:
        of(text, project)
    assert [problem.line() for problem in caught.value.problems] == [
        "a.csv:5: 'sở a' stands in row 2 already; delete one of the two",
        "a.csv:6: 'b' stands in row 3 already; delete one of the two",
        "a.csv:8: 'Ủy ban nhân dân xã D' stands in row 7 already; delete one of the two",
    ]


def test_formulas_errors_and_dates_are_refused_where_they_count(tmp_path: Path) -> None:
    file = book(
        tmp_path,
        HEAD,
        ("=ROW()", None, "Sở A", None, "=1"),
        (2, None, '="Sở "&"B"', None, None),
        (3, "=A1", "Sở C", None, None),
        (4, None, datetime.date(2026, 1, 2), None, None),
        (5, None, "#REF!", None, None),
    )
    lines = refused(file).splitlines()
    assert [line.partition("danh-sach.xlsx:")[2] for line in lines] == [
        "3: name: is a formula; copy it and paste its value",
        "4: short_name: is a formula; copy it and paste its value",
        "5: name: is a date or time, no text; type it again",
        "6: name: is an error, #REF!; type it again",
    ]
    counted = book(tmp_path, HEAD, ("=ROW()", None, "Sở A", None, "=1"))
    assert [each.name for each in read_agency_list(counted).agencies] == ["Sở A"]


def with_part(file: Path, name: str, data: bytes) -> Path:
    """The same archive with one more part, or another one in its place."""
    with zipfile.ZipFile(file) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = data
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)
    return file


BOMB = b"""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><sst>&b;</sst>"""


def test_macros_old_files_bombs_and_rubbish_are_refused_in_words(tmp_path: Path) -> None:
    def fresh() -> Path:
        return book(tmp_path, HEAD, (1, None, "Sở A", None, None))

    assert "holds macros" in refused(with_part(fresh(), "xl/vbaProject.bin", b"x"))
    assert "can't be read as an Excel file" in refused(with_part(fresh(), "xl/sharedStrings.xml", BOMB))
    assert "can't be read as an Excel file" in refused(
        with_part(fresh(), "xl/sharedStrings.xml", BOMB.decode().encode("utf-16"))
    )
    assert "can't be read as an Excel file" in refused(with_part(fresh(), "xl/workbook.xml", b"<x"))
    old = tmp_path / "old.xlsx"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert "old Excel file" in refused(old)
    for data in (b"", b"PK\x03\x04", b"PK\x03\x04" + bytes(99), b"hello"):
        old.write_bytes(data)
        assert "can't be read as an Excel file" in refused(old)
    whole = fresh().read_bytes()
    for end in range(0, len(whole), 211):  # cut short anywhere: refused, never a traceback
        old.write_bytes(whole[:end])
        assert "Excel file" in refused(old)


def padded(file: Path, parts: dict[str, int], *, stored: bool = False) -> Path:
    """The same workbook with more parts of so many zeros."""
    with zipfile.ZipFile(file, "a", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, size in parts.items():
            archive.writestr(name, bytes(size))
    return file


def test_a_file_has_20_mb_2000_parts_and_unfolds_to_60_mb_at_most(tmp_path: Path) -> None:
    def fresh() -> Path:
        return book(tmp_path, HEAD, (1, None, "Sở A", None, None))

    def held(file: Path) -> tuple[int, int, int]:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
        return file.stat().st_size, len(parts), sum(part.file_size for part in parts)

    for more, good in ((0, True), (1, False)):
        empty = held(padded(fresh(), {"a": 0}, stored=True))[0]
        file = padded(fresh(), {"a": MOST_TABLE_BYTES - empty + more}, stored=True)
        assert held(file)[0] == MOST_TABLE_BYTES + more
        assert good == bool(taken(file))
        _, count, unpacked = held(fresh())
        file = padded(fresh(), dict.fromkeys(map(str, range(workbook.MOST_SHEET_PARTS - count + more)), 0))
        assert good == bool(taken(file))
        file = padded(fresh(), {"a": workbook.MOST_UNPACKED - unpacked + more})
        assert held(file)[0] < 1_000_000
        assert good == bool(taken(file))


def taken(file: Path) -> tuple[Agency, ...]:
    """The agencies of a file; none when it is told as too large."""
    try:
        return read_agency_list(file).agencies
    except InputError as error:
        if "too large" not in str(error):
            raise
        return ()


def test_a_sheet_has_20_000_rows_and_64_columns_at_most(tmp_path: Path) -> None:
    rows = [(f"Sở {number}",) for number in range(workbook.MOST_ROWS)]
    assert len(taken(book(tmp_path, ("Tên cơ quan",), *rows[:-1]))) == workbook.MOST_ROWS - 1
    assert taken(book(tmp_path, ("Tên cơ quan",), *rows)) == ()
    for columns, good in ((workbook.MOST_COLUMNS, True), (workbook.MOST_COLUMNS + 1, False)):
        before = [None] * (columns - 1)
        file = book(tmp_path, (*before, "Tên cơ quan"), (*before, "Sở A"))
        if good:
            assert len(taken(file)) == 1
        else:
            assert "has no row of headings" in refused(file)


@pytest.mark.parametrize(("letters", "made"), [(60, 60), (61, 5)])
def test_an_id_that_is_made_has_60_letters_at_most(project: Project, letters: int, made: int) -> None:
    """A longer name is cut between two words."""
    (agency,) = of(f"ten\nTrung {'a' * (letters - 6)}\n", project)
    assert len(agency.id) == made


@pytest.mark.parametrize("name", ["a.xls", "a.xlsm", "a.ods", "a.pdf", "a"])
def test_other_kinds_of_files_are_refused_by_their_endings(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    assert "xlsx" in refused(tmp_path / name)


def test_the_sheet_with_the_headings_is_found_and_hidden_ones_are_not_read(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    first: Any = made.active
    first.append(["Hướng dẫn"])
    for title, name in (("Ẩn", "Sở Ẩn"), ("Danh sách", "Sở Hiện")):
        sheet = made.create_sheet(title)
        sheet.append(["Tên cơ quan"])
        sheet.append([name])
        if title == "Ẩn":
            sheet.sheet_state = "hidden"
    made.save(tmp_path / "a.xlsx")
    assert [each.name for each in read_agency_list(tmp_path / "a.xlsx").agencies] == ["Sở Hiện"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_what_is_still_to_be_checked_goes_out_and_comes_back(
    dxassets: Run, tmp_path: Path, name: str
) -> None:
    """A list that made a round through Excel is no list that somebody has looked at."""
    folder = tmp_path / "moi"
    init_campaign(folder, CampaignWanted(province="Huế", cause="phap-luat", year=2026))
    marked = marks_to_check(load_campaign(folder))
    assert len(marked) > 10
    file = tmp_path / name
    assert dxassets("agencies", folder, "--export", file).code == 0
    if name.endswith("xlsx"):
        sheet: Any = openpyxl.load_workbook(file).active
        assert sheet["G1"].value == "Kiểm tra"
    assert read_agency_list(file).to_check == marked
    before = (folder / "agencies.csv").read_bytes()
    assert dxassets("agencies", folder, "--import", file, "-o", folder / "agencies.csv").code == 0
    assert (folder / "agencies.csv").read_bytes() == before
