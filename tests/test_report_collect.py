"""A folder of forms summed: what is counted, who is missing, and the workbook, picture and papers of it."""

from __future__ import annotations

import csv
import gc
import io
import json
import shutil
import tracemalloc
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from dxassets.api import load_campaign, report_reading
from dxassets.api.linting import lint
from dxassets.api.report_forms import ReportWanted
from dxassets.api.report_reading import MOST_FORM_FILES, read_forms
from dxassets.api.reporting import ReportCollected, collect_forms
from dxassets.errors import InputError
from dxassets.report import Sum, levels_of, report_form, reporting_units
from dxassets.report.chart import WIDTH
from dxassets.report.papers import ReportText, report_papers
from tests.conftest import CampaignCopy, Run
from tests.report_support import OTHER, UNIT, asked, filled
from tests.valid_support import faults_of_office_file

THIRD, FAR = "ubnd-xa-tam-thang", "ubnd-xa-dak-nia"
WANTED = ReportWanted(agencies=(UNIT, OTHER, THIRD, FAR))


def put(folder: Path, **forms: bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, data in forms.items():
        (folder / f"{name}.xlsx").write_bytes(data)
    return folder


def collected(folder: Path, out: Path, **options: Any) -> ReportCollected:
    return collect_forms(load_campaign(), folder, out, wanted=WANTED, **options)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[ReportCollected, Path]:
    """Three of four units, one of them with a fault; what a person would send along lies there too."""
    top = tmp_path_factory.mktemp("report")
    folder = put(
        top / "back",
        **{
            "Biểu cuối cùng (2)": filled({"E7": "1.000", "F7": 500, "G7": "=HYPERLINK(9)"[1:]}),
            "x": filled({"E7": 0, "F7": 20, "C14": "+Lớp", "E14": 1, "F14": 2}, unit=FAR),
            "sai": filled({"E8": "nhiều"}, unit=OTHER),
        },
    )
    (folder / "~$x.xlsx").write_bytes(b"lock")
    (folder / ".DS_Store").write_bytes(b"x")
    return collected(folder, top / "out"), top / "out"


def test_sums_go_from_communes_to_districts_to_the_province(made: tuple[ReportCollected, Path]) -> None:
    book: Any = load_workbook(made[1] / "tong-hop.xlsx")
    assert book.sheetnames == [
        "Cấp tỉnh", "Cấp huyện", "Cấp xã", "Nội dung khác", "Chưa có số liệu", "Cần xem lại",
    ]  # fmt: skip
    province = {row[0]: row for row in book["Cấp tỉnh"].iter_rows(min_row=5, values_only=True)}
    assert province["1.1"][4:9] == (1000, 520, -480, -0.48, "2/4")
    assert province["1.2"][4:9] == (20, 30, 10, 0.5, "2/4")
    districts = [row for row in book["Cấp huyện"].iter_rows(min_row=5, values_only=True) if row[2] == "1.1"]
    assert [(row[0], row[6], row[7], row[9], row[10]) for row in districts] == [
        ("thành phố Gia Nghĩa", 0, 20, "–", "1/1"),
        ("huyện Cư Jút", 1000, 500, -0.5, "1/3"),
    ]
    communes = {row[0] for row in book["Cấp xã"].iter_rows(min_row=5, values_only=True)}
    assert communes == {"Ủy ban nhân dân xã Nam Dong", "Ủy ban nhân dân xã Đắk Nia"}


def test_the_highest_level_has_a_chart_of_before_and_after(made: tuple[ReportCollected, Path]) -> None:
    book: Any = load_workbook(made[1] / "tong-hop.xlsx")
    (chart,) = book["Cấp tỉnh"]._charts
    assert [each.val.numRef.f for each in chart.series] == [
        "'Cấp tỉnh'!$E$5:$E$11", "'Cấp tỉnh'!$F$5:$F$11",
    ]  # fmt: skip


def test_the_workbooks_keep_to_their_schema(made: tuple[ReportCollected, Path], tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").write_bytes(filled())
    for path in (made[1] / "tong-hop.xlsx", made[1] / "chua-bao-cao.xlsx", tmp_path / "form.xlsx"):
        assert faults_of_office_file(path) == []


def test_what_forms_say_never_becomes_a_formula(made: tuple[ReportCollected, Path]) -> None:
    book: Any = load_workbook(made[1] / "tong-hop.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert book["Nội dung khác"]["C2"].value == "+Lớp"
    assert book["Nội dung khác"]["C2"].quotePrefix


def test_who_is_missing_is_listed_with_the_reason_and_reminded(made: tuple[ReportCollected, Path]) -> None:
    told, out = made
    assert [(unit.id, why) for unit, why in told.missing] == [
        (OTHER, "biểu gửi về có chỗ sai, chưa tính được"), (THIRD, "chưa gửi biểu"),
    ]  # fmt: skip
    (problem,) = told.problems
    assert problem.where == "sai.xlsx: Biểu số liệu!E8"
    assert told.exit_code == 1
    book: Any = load_workbook(out / "chua-bao-cao.xlsx")
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0] == ("Đơn vị", "Trực thuộc", "Mã đơn vị", "Lý do")
    assert [row[2] for row in rows[1:]] == [OTHER, THIRD]


def test_the_report_is_lawful_and_its_annex_holds_the_sums(made: tuple[ReportCollected, Path]) -> None:
    _, out = made
    for name in ("bao-cao.docx", "bao-cao.pdf"):
        assert lint(out / name) == ()
    text = (out / "bao-cao.md").read_text(encoding="utf-8")
    assert "có 2/4 đơn vị gửi số liệu" in text
    assert "trước 1.000 hồ sơ; sau 520 hồ sơ; giảm 480 hồ sơ (48,0%)" in text
    assert "UBND xã Ea Pô; UBND xã Tâm Thắng" in text
    annex = (out / "phu-luc-so-lieu.toml").read_text(encoding="utf-8")
    assert 'chi-tieu = "Huyện Cư Jút (1/3 đơn vị)"' in annex
    assert 'chenh-lech = "-480"' in annex


def test_the_picture_says_in_words_what_it_shows(made: tuple[ReportCollected, Path]) -> None:
    _, out = made
    root = ElementTree.fromstring((out / "bieu-do.svg").read_bytes())  # noqa: S314  (our own)
    assert root.get("width") == str(WIDTH)
    about = root.findtext("{http://www.w3.org/2000/svg}desc") or ""
    assert "Trước Chương trình 1.000, Sau Chương trình 520 hồ sơ (giảm 48,0%)" in about
    assert "2/4 đơn vị" in about
    assert (out / "bieu-do.png").read_bytes().startswith(b"\x89PNG")


def test_reminders_are_merged_one_for_each_who_is_missing(tmp_path: Path) -> None:
    folder = put(tmp_path / "back", a=filled())
    told = collected(folder, tmp_path / "out", remind=True)
    letters = sorted(path.name for path in (tmp_path / "out/nhac-nop").iterdir())
    assert told.exit_code == 0
    assert len(letters) == 2 * 3
    assert letters[0].startswith("nhac-nop-001-uy-ban-nhan-dan-xa-dak-nia")


# --- folders


def forms_of(folder: Path) -> report_reading.FormsRead:
    _, form, _, units = asked()
    return read_forms(folder, form, units)


def test_a_form_twice_counts_once_and_two_that_differ_count_not_at_all(tmp_path: Path) -> None:
    put(tmp_path, a=filled(), b=filled(), c=filled(unit=OTHER), d=filled({"F9": 16}, unit=OTHER))
    read = forms_of(tmp_path)
    assert set(read.forms) == {UNIT}
    assert [remark.where for remark in read.remarks] == ["b.xlsx"]
    (problem,) = read.problems
    assert problem.where == "d.xlsx"
    assert "“c.xlsx”" in problem.vi
    assert "dòng 2.1, ô E9" in problem.vi
    assert read.faulty == {OTHER}


def test_a_good_form_beside_a_faulty_one_of_the_same_unit_is_not_chosen(tmp_path: Path) -> None:
    put(tmp_path, a=filled(), b=filled({"E7": "x"}))
    read = forms_of(tmp_path)
    assert (read.forms, read.faulty) == ({}, {UNIT})


def test_folders_in_folders_are_read_and_endings_do_not_matter(tmp_path: Path) -> None:
    put(tmp_path / "Cư Jút", a=filled())
    (tmp_path / "Cư Jút/a.xlsx").rename(tmp_path / "Cư Jút/a.xls")
    (tmp_path / "b").write_bytes(filled(unit=OTHER))
    assert set(forms_of(tmp_path).forms) == {UNIT, OTHER}


@pytest.mark.parametrize(
    ("name", "vi"),
    [("a.pdf", "không phải biểu Excel"), ("a.ods", "không phải biểu Excel"), ("a.zip", "giải nén")],
)
def test_other_files_are_told_by_name(tmp_path: Path, name: str, vi: str) -> None:
    put(tmp_path, good=filled())
    (tmp_path / name).write_bytes(filled(unit=OTHER))
    read = forms_of(tmp_path)
    assert [(problem.where, vi in problem.vi) for problem in read.problems] == [(name, True)]
    assert set(read.forms) == {UNIT}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", a=filled(unit=OTHER))
    put(tmp_path / "in", a=filled())
    (tmp_path / "in/link").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    assert set(forms_of(tmp_path / "in").forms) == {UNIT}


def test_a_folder_has_20_000_files_at_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_FORM_FILES == 20_000
    monkeypatch.setattr(report_reading, "MOST_FORM_FILES", 2)
    put(tmp_path, a=filled(), b=filled(unit=OTHER))
    assert len(forms_of(tmp_path).forms) == 2
    put(tmp_path, c=filled(unit=THIRD))
    with pytest.raises(InputError, match="holds 3 files"):
        forms_of(tmp_path)


def test_nothing_is_written_where_no_form_can_be_counted(dxassets: Run, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    folder = put(tmp_path / "back", a=filled({"E7": "x"}))
    for asked_of, said in ((empty, "không có tệp nào"), (folder, "a.xlsx: Biểu số liệu!E7")):
        told = dxassets("report", "collect", asked_of, "-o", tmp_path / "out")
        assert told.code == 2
        assert said in told.err
        assert "Traceback" not in told.err
    inside = dxassets("report", "collect", folder, "-o", folder / "out")
    assert inside.code == 2
    assert not (tmp_path / "out").exists()
    assert not (folder / "out").exists()


def test_machines_are_told_the_same(dxassets: Run, tmp_path: Path) -> None:
    folder = put(tmp_path / "back", a=filled(), b=filled({"E7": "x"}, unit=OTHER))
    told = dxassets(
        "report", "collect", folder, "-o", tmp_path / "out", "--json", "--agency", UNIT, "--agency", OTHER
    )
    said = json.loads(told.out)
    assert told.code == 1
    assert (said["reported"], said["expected"]) == (1, 2)
    assert [each["id"] for each in said["missing"]] == [OTHER]
    assert [each["where"] for each in said["errors"]] == ["b.xlsx: Biểu số liệu!E7"]


# --- sums and papers by themselves


def test_a_share_of_nothing_is_none_and_decimals_add_up_exactly() -> None:
    one = Sum(Decimal("0.1"), Decimal("0.2"))
    both = one + Sum(Decimal("0.2"), Decimal("0.1"))
    assert (both.before, both.after, both.units, both.growth) == (Decimal("0.3"), Decimal("0.3"), 2, 0)
    assert Sum(Decimal(0), Decimal(5)).growth is None


def test_shares_are_not_added(copy: CampaignCopy) -> None:
    annex = copy.folder / "annex.toml"
    text = annex.read_text(encoding="utf-8").replace('unit = "sản phẩm"', 'unit = "%"\ndecimals = 1')
    annex.write_text(text, encoding="utf-8")
    project = load_campaign(copy.folder)
    told = [measure.code for measure in report_form(project).measures if not measure.summed]
    assert told == ["3.2"]


def test_campaigns_without_districts_add_up_to_their_province() -> None:
    project = load_campaign("lam-dong-2025")
    _, form, _, _ = asked()
    units = reporting_units(project.campaign)
    levels = levels_of(form, units, {})
    assert [level.title for level in levels] == ["Cấp tỉnh", "Cấp xã"]
    assert [line.name for line in levels[0].lines] == ["tỉnh Lâm Đồng"]
    assert levels[0].lines[0].expected == len(units) > 100


def test_twelve_units_are_named_in_a_sentence_and_more_in_an_annex() -> None:
    project, form, _, _ = asked()
    units = reporting_units(project.campaign)
    for count, files in ((12, 2), (13, 3)):
        missing = tuple((unit, "chưa gửi biểu") for unit in units[:count])
        papers = report_papers(project, ReportText(form, levels_of(form, units, {}), missing))
        assert len(papers) == files
        assert ("Phụ lục II" in papers["bao-cao.md"].decode()) == (count > 12)


def test_names_with_braces_quotes_and_ends_of_lines_stay_text(copy: CampaignCopy) -> None:
    path = copy.folder / "agencies.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    for row in rows:
        if row[0] == UNIT:
            row[1] = row[2] = 'UBND xã "Nam" {Dong}'
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
    project = load_campaign(copy.folder)
    units = reporting_units(project.campaign)
    missing = tuple((unit, "x") for unit in units if unit.id == UNIT)
    form = asked()[1]
    papers = report_papers(project, ReportText(form, levels_of(form, units, {}), missing))
    assert 'UBND xã "Nam" (Dong).' in papers["bao-cao.md"].decode()


def test_a_campaign_may_word_its_report_itself(copy: CampaignCopy) -> None:
    own = copy.folder / "templates/report"
    own.mkdir(parents=True)
    shutil.copy(Path(__file__).parent.parent / "templates/report/bao-cao.md", own)
    text = (own / "bao-cao.md").read_text(encoding="utf-8")
    (own / "bao-cao.md").write_text(text.replace("Tình hình gửi số liệu", "Việc gửi số liệu"), "utf-8")
    project = load_campaign(copy.folder)
    form = asked()[1]
    units = reporting_units(project.campaign)
    papers = report_papers(project, ReportText(form, levels_of(form, units, {}), ()))
    assert "## 1. Việc gửi số liệu" in papers["bao-cao.md"].decode()


# --- weight


def kept_of(folder: Path, count: int) -> int:
    """Bytes that are held when so many forms have been read."""
    _, form, _, _ = asked()
    data = filled({"G7": "Ghi chú của đơn vị " * 8, "C14": "Nội dung khác " * 4, "E14": 1, "F14": 2})
    source, target = UNIT.encode(), [f"{UNIT[: -len(str(n))]}{n}".encode() for n in range(100, 100 + count)]
    for at, name in enumerate(target):
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            zipfile.ZipFile(folder / f"{at}.xlsx", "w") as copy,
        ):
            for part in archive.namelist():
                copy.writestr(part, archive.read(part).replace(b">" + source, b">" + name))
    units = {name.decode(): "Ủy ban nhân dân xã Nam Dong" for name in target}
    tracemalloc.start()
    try:
        read = read_forms(folder, form, units)
        gc.collect()  # a workbook's parts know one another, so they wait for it
        held, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert len(read.forms) == count, read.problems[:2]
    assert peak - held < 20_000_000  # of files only one at a time is in memory
    return held


def test_3321_forms_take_far_less_than_500_mb(tmp_path: Path) -> None:
    few, many = tmp_path / "few", tmp_path / "many"
    few.mkdir()
    many.mkdir()
    kept_of(few, 1)  # what is loaded once
    held = kept_of(few, 2)
    each = (kept_of(many, 22) - held) / 20
    assert 0 < 3321 * each < 100_000_000
