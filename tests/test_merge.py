"""A letter for each row of a table: what is filled, what stays literal, which files there are."""

from __future__ import annotations

import io
import re
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pypdf
import pytest

from dxassets.api import LetterWanted, load_campaign
from dxassets.api import merging as module
from dxassets.api.merging import MergeWanted, make_merged
from dxassets.backends.pdf_sheaf import Sheaf
from dxassets.dispatch import Edition
from dxassets.errors import GateError, InputError, Problem
from tests.letter_support import BLANK, bundled, parts, small
from tests.merge_support import GUESTS, HEADINGS, invitation, workbook

if TYPE_CHECKING:
    from dxassets.jobs import AnyJob
    from dxassets.resources import Resources
    from tests.conftest import Run

MINE = "<b>*đậm*</b> {Họ và tên} {{x}} ## 1. [a](https://x.vn) & “’"


def words(path: Path) -> str:
    """All that a PDF says, by a reader that the product does not use."""
    if path.suffix == ".docx":
        document: Any = docx.Document(str(path))
        cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
        found = [*document.paragraphs, *(line for cell in cells for line in cell.paragraphs)]
        return "\n".join(line.text for line in found)
    done = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout


def flat(text: str) -> str:
    return " ".join(text.replace("\u2060", "").split())


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The files of three guests, one of whom tries to be markup."""
    folder = tmp_path_factory.mktemp("merged")
    rows = [*GUESTS[:2], (3, "Trần Thị Bình", "Chủ tịch", MINE, 13)]
    table = workbook(folder / "khach.xlsx", rows, above=[["DANH SÁCH KHÁCH MỜI"], []])
    made = make_merged(
        load_campaign(invitation(folder / "camp")), folder / "out", table=table, wanted=MergeWanted()
    )
    assert (made.failed, made.exit_code) == ((), 0)
    return list(made.files)


def test_each_row_has_a_word_file_and_a_pdf_with_a_lawful_name(merged: list[Path]) -> None:
    names = [path.name for path in merged]
    assert names[:4] == [
        "cong-van-001-hieu-truong-nguyen-van-an-truong-thpt-chu-van-an.docx",
        "cong-van-001-hieu-truong-nguyen-van-an-truong-thpt-chu-van-an.pdf",
        "cong-van-002-giam-doc-hbia-nie-cong-ty-tnhh-dak-mil.docx",
        "cong-van-002-giam-doc-hbia-nie-cong-ty-tnhh-dak-mil.pdf",
    ]
    assert all(re.fullmatch(r"[a-z0-9-]{1,90}\.(docx|pdf)", name) for name in names)
    assert {path.name for path in merged[0].parent.iterdir()} == set(names)


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_columns_are_filled_by_their_names_with_or_without_marks(merged: list[Path], suffix: str) -> None:
    first, second, _ = (flat(words(path)) for path in merged if path.suffix == suffix)
    assert "Kính gửi: Hiệu trưởng Nguyễn Văn An, Trường THPT Chu Văn An" in first
    assert "mời Nguyễn Văn An, Hiệu trưởng TRƯỜNG THPT CHU VĂN AN, dự Lễ phát động" in first
    assert "Ghế số 11; tập hợp {1, 2, 3} và ngoặc thật {Họ và tên} giữ nguyên." in first
    assert "Giám đốc H'Bia Niê" in second
    assert "Nguyễn" not in second.replace("Trần Văn Thương", "")


@pytest.mark.parametrize("suffix", [".docx", ".pdf"])
def test_what_a_cell_says_is_text_and_nothing_else(merged: list[Path], suffix: str) -> None:
    text = flat(words(next(path for path in merged if "-003-" in path.name and path.suffix == suffix)))
    assert flat(MINE) in text
    if suffix == ".pdf":
        pages = pypdf.PdfReader(
            next(path for path in merged if "-003-" in path.name and path.suffix == ".pdf")
        )
        kinds = {each.get_object()["/Subtype"] for page in pages.pages for each in page.get("/Annots", [])}
        assert kinds <= {"/Widget"}  # fields to sign in, but no link


def test_a_columns_name_may_be_bold(merged: list[Path]) -> None:
    document: Any = docx.Document(str(merged[0]))
    runs = [run for line in document.paragraphs for run in line.runs if run.text == "Nguyễn Văn An"]
    assert [run.bold for run in runs] == [True]


def test_a_row_may_say_to_whom_it_goes_and_which_number_it_has(tmp_path: Path) -> None:
    folder = invitation(tmp_path / "camp", ('"{Chức vụ} {Họ và tên}, {Đơn vị}"', '"Các cơ quan"'))
    rows = [(*GUESTS[0], "Sở Y tế; Sở Nội vụ", 7), (*GUESTS[1], "Ông A\nBà B", "08")]
    table = workbook(tmp_path / "khach.xlsx", rows, headings=(*HEADINGS, "KÍNH GỬI", "Số văn bản"))
    made = make_merged(load_campaign(folder), tmp_path / "out", table=table, wanted=MergeWanted())
    first, second = (flat(words(path)) for path in made.files if path.suffix == ".pdf")
    assert "Số: 07/STTTT-CNTT" in first
    assert "Kính gửi: - Sở Y tế; - Sở Nội vụ." in first
    assert "Số: 08/STTTT-CNTT" in second
    assert "- Ông A; - Bà B." in second


def test_numbers_go_up_from_the_one_that_was_given(tmp_path: Path) -> None:
    table = workbook(tmp_path / "khach.xlsx")
    wanted = MergeWanted(LetterWanted(number="9"))
    made = make_merged(
        load_campaign(invitation(tmp_path / "camp")), tmp_path / "out", table=table, wanted=wanted
    )
    said = [re.search(r"Số: (\d+)/", words(path)) for path in made.files if path.suffix == ".pdf"]
    assert [found and found[1] for found in said] == ["09", "10", "11"]


def test_a_csv_file_and_a_workbook_give_the_same_letters(tmp_path: Path) -> None:
    folder = invitation(tmp_path / "camp")
    lines = [";".join(str(cell) for cell in row) for row in (HEADINGS, *GUESTS, ("", "", "", "", ""))]
    (tmp_path / "khach.csv").write_text("\r\n".join(lines), encoding="utf-8-sig")
    project = load_campaign(folder)
    made = [
        make_merged(project, tmp_path / table.suffix[1:], table=table, wanted=MergeWanted()).files
        for table in (workbook(tmp_path / "khach.xlsx"), tmp_path / "khach.csv")
    ]
    assert [path.name for path in made[0]] == [path.name for path in made[1]]
    assert [path.read_bytes() for path in made[0]] == [path.read_bytes() for path in made[1]]


def test_annexes_are_filled_too_and_may_be_files_of_their_own(tmp_path: Path) -> None:
    text = 'text = "Ghế của {Họ và tên}: {Số ghế}"'
    columns = 'columns = [{ id = "ten", head = "Tên", width = 1 }]'
    annex = f'title = ["DANH SÁCH"]\n{text}\n[table]\n{columns}\nrows = [{{ ten = "{{Đơn vị}}" }}]\n'
    folder = invitation(
        tmp_path / "camp",
        ("annexes = []", 'annexes = ["annex.toml"]'),
        ("giữ nguyên.", "giữ nguyên (theo Phụ lục)."),
        annex=annex,
    )
    table = workbook(tmp_path / "khach.xlsx", GUESTS[:1])
    wanted = MergeWanted(LetterWanted(split_annex=True))
    made = make_merged(load_campaign(folder), tmp_path / "out", table=table, wanted=wanted)
    assert [path.name.rpartition("an")[2] for path in made.files if path.suffix == ".pdf"] == [
        ".pdf",
        "-phu-luc.pdf",
    ]
    said = flat(words(made.files[-1]))
    assert "Ghế của Nguyễn Văn An: 11" in said
    assert "Trường THPT Chu Văn An" in said


# --- one file for the printer


def pages_of(pdf: bytes) -> list[str]:
    return [flat(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf), strict=True).pages]


def test_one_file_holds_all_letters_in_order(tmp_path: Path, merged: list[Path]) -> None:
    project = load_campaign(invitation(tmp_path / "camp"))
    table = workbook(tmp_path / "khach.xlsx", GUESTS)
    made = make_merged(project, tmp_path / "out", table=table, wanted=MergeWanted(one_file=True))
    (file,) = made.files
    assert file.name == "cong-van-in.pdf"
    assert list(file.parent.iterdir()) == [file]
    pages = pages_of(file.read_bytes())
    assert len(pages) == len(GUESTS)
    assert ["Nguyễn Văn An" in page for page in pages] == [True, False, False]
    assert pages[0] == pages_of(next(path for path in merged if path.suffix == ".pdf").read_bytes())[0]


def test_two_sided_each_letter_begins_on_a_sheet_of_its_own(tmp_path: Path) -> None:
    project = load_campaign(invitation(tmp_path / "camp"))
    table = workbook(tmp_path / "khach.xlsx", GUESTS)
    wanted = MergeWanted(one_file=True, two_sided=True)
    (file,) = make_merged(project, tmp_path / "out", table=table, wanted=wanted).files
    assert [bool(page) for page in pages_of(file.read_bytes())] == [True, False] * 3


def test_a_sheaf_looks_like_its_parts_and_keeps_their_links(tmp_path: Path) -> None:
    """By poppler's pixels: type, codes, the draft's ground, upright and wide pages."""
    from dxassets.kinds.letter.pdf_letter import letter_pdf  # noqa: PLC0415  (drawn here only)

    made = [
        letter_pdf(bundled(), BLANK, parts(), edition=Edition(draft=True)),
        letter_pdf(small(), BLANK, parts(), edition=Edition(pdf_variant="pdf/ua-1")),
    ]
    whole = io.BytesIO()
    sheaf = Sheaf(whole, title="Công văn")
    assert [sheaf.add(pdf) for pdf in made] == [len(pages_of(pdf)) for pdf in made]
    sheaf.close()
    seen = [shown for pdf in made for shown in _pictures(pdf, tmp_path)]
    assert _pictures(whole.getvalue(), tmp_path) == seen
    links = [Counter(_links(pdf)) for pdf in (*made, whole.getvalue())]
    assert links[0] + links[1] == links[2]
    assert links[0]
    assert "/Widget" not in whole.getvalue().decode("latin-1")  # what is printed is not signed by a program


def _pictures(pdf: bytes, folder: Path) -> list[bytes]:
    for old in folder.glob("p-*.ppm"):
        old.unlink()
    (folder / "p.pdf").write_bytes(pdf)
    subprocess.run(["pdftoppm", "-r", "40", "p.pdf", "p"], check=True, cwd=folder, timeout=60)
    return [path.read_bytes() for path in sorted(folder.glob("p-*.ppm"))]


def _links(pdf: bytes) -> list[str]:
    pages: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages
    notes = [each.get_object() for page in pages for each in page.get("/Annots", [])]
    return [each["/A"]["/URI"] for each in notes if each["/Subtype"] == "/Link"]


def test_fonts_that_letters_share_are_in_the_sheaf_once() -> None:
    from dxassets.kinds.letter.pdf_letter import letter_pdf  # noqa: PLC0415  (drawn here only)

    pdf = letter_pdf(small(), BLANK, parts())
    sizes: list[int] = []
    for count in (1, 2, 3):
        whole = io.BytesIO()
        sheaf = Sheaf(whole, title="")
        for _ in range(count):
            sheaf.add(pdf)
        sheaf.close()
        sizes.append(len(whole.getvalue()))
    assert sizes[2] - sizes[1] == pytest.approx(sizes[1] - sizes[0], abs=99)
    assert sizes[1] - sizes[0] < sizes[0] / 3


# --- one bad row


def refusing(monkeypatch: pytest.MonkeyPatch, *numbers: int) -> None:
    """The gate refuses the letters of those rows."""
    finished = module.finished_with_findings

    def gate(job: AnyJob, resources: Resources) -> object:
        if any(f"-{number:03}-" in job.path for number in numbers):
            raise GateError(Problem("x", "lề trang sai", "a wrong margin"))
        return finished(job, resources)

    monkeypatch.setattr(module, "finished_with_findings", gate)


def test_a_letter_that_the_linter_refuses_is_told_and_the_others_are_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(monkeypatch, 2)
    project = load_campaign(invitation(tmp_path / "camp"))
    table = workbook(tmp_path / "khach.xlsx")
    wanted = MergeWanted(LetterWanted(number="5"))
    made = make_merged(project, tmp_path / "out", table=table, wanted=wanted)
    assert made.exit_code == 1
    assert [path.name[:12] for path in made.files] == ["cong-van-001"] * 2 + ["cong-van-003"] * 2
    (told,) = made.failed
    assert "Khách mời, hàng 3 (Giám đốc H'Bia Niê, Công ty TNHH Đắk Mil)" in told.where
    said = [re.search(r"Số: (\d+)/", words(path)) for path in made.files if path.suffix == ".pdf"]
    assert [found and found[1] for found in said] == ["05", "06"]  # a number is a letter's that was made


def test_when_no_letter_can_be_made_that_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refusing(monkeypatch, 1, 2, 3)
    project = load_campaign(invitation(tmp_path / "camp"))
    with pytest.raises(InputError, match="a wrong margin"):
        make_merged(project, tmp_path / "out", table=workbook(tmp_path / "a.xlsx"), wanted=MergeWanted())
    assert not (tmp_path / "out").exists()


# --- the command


def test_the_command_makes_them_and_says_how_far_it_is(dxassets: Run, tmp_path: Path) -> None:
    folder, table = invitation(tmp_path / "camp"), workbook(tmp_path / "khach.xlsx")
    told = dxassets("letter", str(folder), "--merge", str(table), "-o", str(tmp_path / "out"))
    assert told.code == 0
    assert told.out.count("Đã ghi") == 6
    assert "3/3" in told.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--agency", "so-noi-vu"), "--agency: không đi cùng --merge"),
        (("--all-agencies",), "--all-agencies: không đi cùng --merge"),
        (("--two-sided",), "--two-sided: chỉ dùng cùng --merge và --one-file"),
        (("--one-file", "--split-annex"), "--split-annex: không đi cùng --one-file"),
        (("--number", "x"), "--number: “x” không phải số văn bản"),
    ],
)
def test_options_that_do_not_go_together_are_told(
    dxassets: Run, tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    folder, table = invitation(tmp_path / "camp"), workbook(tmp_path / "khach.xlsx")
    told = dxassets("letter", str(folder), "--merge", str(table), "-o", str(tmp_path / "out"), *options)
    assert told.code == 2
    assert said in told.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("option", ["--one-file", "--two-sided"])
def test_what_is_for_tables_only_is_refused_without_one(dxassets: Run, tmp_path: Path, option: str) -> None:
    told = dxassets("letter", "-o", str(tmp_path / "out"), option)
    assert told.code == 2
    assert f"{option}: chỉ dùng cùng --merge" in told.err
    assert not (tmp_path / "out").exists()


def test_a_campaign_without_a_letter_is_told(dxassets: Run, tmp_path: Path) -> None:
    folder = invitation(tmp_path / "camp")
    text = (folder / "campaign.toml").read_text(encoding="utf-8")
    (folder / "campaign.toml").write_text(text.replace('dispatch = "dispatch.md"', ""), encoding="utf-8")
    told = dxassets("letter", str(folder), "--merge", str(workbook(tmp_path / "a.xlsx")))
    assert told.code == 2
    assert "chiến dịch này không có công văn" in told.err
