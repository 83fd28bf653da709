"""`dxassets site --links`: each office's own link, in tables that open well and in a letter to each."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import cv2
import docx
import numpy as np
import openpyxl
import pytest
import zxingcpp
from PIL import Image

from dxassets.api import LetterWanted, load_campaign
from dxassets.api.drawing import draw_qr
from dxassets.api.site.links import CODES, HEADINGS, LETTER_TEXT, LETTERS, link_rows, make_links
from dxassets.errors import InputError
from tests.site_support import CU_JUT, HOSTILE, ISSUER, small_campaign

if TYPE_CHECKING:
    from dxassets.api import Project
    from dxassets.api.site import LinksMade
    from tests.conftest import Run

ADDRESS = "https://chiendich.tinh.gov.vn/2026/"
DANGEROUS = '=HYPERLINK("https://xau.vn";"Bấm")'


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return small_campaign(tmp_path_factory.mktemp("campaign"))


@pytest.fixture(scope="module")
def made(small: Project, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, LinksMade]:
    """The links of two offices, with their letters."""
    folder = tmp_path_factory.mktemp("links")
    letter = LetterWanted(number="57")
    return folder, make_links(small, folder, address=ADDRESS, agencies=(CU_JUT, HOSTILE), letter=letter)


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def said(path: Path) -> str:
    document: Any = docx.Document(str(path))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    lines = [*document.paragraphs, *(line for cell in cells for line in cell.paragraphs)]
    return " ".join(" ".join(line.text for line in lines).replace("\u2060", "").split())


def test_every_office_has_its_own_link_in_both_languages(small: Project) -> None:
    rows = link_rows(small, ADDRESS)
    assert [row[0] for row in rows] == [office.id for office in small.campaign.offices]
    for office_id, name, _, own, english in rows:
        assert own.startswith(f"{ADDRESS}banner.html#")
        assert english.startswith(f"{ADDRESS}en/banner.html#")
        for link in (own, english):
            assert parse_qs(urlsplit(link).fragment) == {"co-quan": [office_id]}
        assert name == next(office.name for office in small.campaign.offices if office.id == office_id)


def test_the_tables_open_well_in_any_program(made: tuple[Path, LinksMade]) -> None:
    folder, _ = made
    data = (folder / "lien-ket.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    in_csv = rows_of(folder / "lien-ket.csv")
    sheet: Any = openpyxl.load_workbook(folder / "lien-ket.xlsx").active
    in_excel = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert in_csv == in_excel
    assert in_csv[0] == list(HEADINGS)
    assert [row[0] for row in in_csv[1:]] == [CU_JUT, HOSTILE]
    link = sheet.cell(2, 4).hyperlink
    assert f"{link.target}#{link.location}" == in_csv[1][3]
    assert sheet.cell(1, 4).hyperlink is None
    assert sheet.cell(2, 2).hyperlink is None


def test_no_name_is_taken_for_a_formula(small: Project, tmp_path: Path) -> None:
    first = small.campaign.offices[0].model_copy(update={"name": DANGEROUS, "short_name": "+84 261"})
    campaign = small.campaign.model_copy(update={"offices": (first,), "dispatch": None})
    project = replace(small, campaign=campaign)
    report = make_links(project, tmp_path, address=ADDRESS)
    assert report.letters == 0
    assert "không có công văn" in report.notices[0].vi
    row = rows_of(tmp_path / "lien-ket.csv")[1]
    assert (row[1], row[2]) == (f"'{DANGEROUS}", "'+84 261")
    sheet: Any = openpyxl.load_workbook(tmp_path / "lien-ket.xlsx").active
    cell = sheet.cell(2, 2)
    assert (cell.value, cell.data_type, cell.quotePrefix) == (DANGEROUS, "s", True)
    assert not (tmp_path / LETTER_TEXT).exists()


def test_each_letter_tells_its_office_its_own_link(made: tuple[Path, LinksMade]) -> None:
    folder, report = made
    assert (report.failed, report.letters, report.kept) == ((), 4, False)
    letters = sorted((folder / LETTERS).glob("*.docx"))
    rows = rows_of(folder / "lien-ket.csv")[1:]
    assert len(letters) == len(rows) == 2
    for at, (file, row) in enumerate(zip(letters, rows, strict=True)):
        text = said(file)
        assert row[3] in text
        assert f"Kính gửi: {row[1]}" in text
        assert f"Số: {57 + at}/" in text
        assert "{" not in text.replace("{{ 7*7 }}", "")
        others = [other[3] for other in rows if other is not row]
        assert not [other for other in others if other in text]
    assert {file.suffix for file in (folder / LETTERS).iterdir()} == {".docx", ".pdf"}


def test_each_link_is_a_code_that_two_readers_read(made: tuple[Path, LinksMade]) -> None:
    folder, report = made
    rows = rows_of(folder / "lien-ket.csv")[1:]
    codes = sorted((folder / CODES).iterdir())
    assert [file.name for file in codes] == sorted(f"{row[0]}.png" for row in rows)
    assert set(codes) <= set(report.files)
    for office, _, _, own, _ in rows:
        picture = Image.open(folder / CODES / f"{office}.png").convert("L")
        assert [code.text for code in zxingcpp.read_barcodes(picture)] == [own]
        assert cv2.QRCodeDetector().detectAndDecode(np.asarray(picture))[0] == own


def test_a_name_too_long_for_a_card_has_the_plain_words(small: Project, tmp_path: Path) -> None:
    long = small.campaign.offices[0].model_copy(update={"short_name": "Nghiêngnghiêng " * 10 + "Sở"})
    campaign = small.campaign.model_copy(update={"offices": (long,), "dispatch": None})
    make_links(replace(small, campaign=campaign), tmp_path, address=ADDRESS)
    (code,) = (tmp_path / CODES).iterdir()
    plain = draw_qr(rows_of(tmp_path / "lien-ket.csv")[1][3], project=small)
    assert code.read_bytes() == plain.data


def test_the_clerks_own_words_are_used_and_kept(small: Project, tmp_path: Path) -> None:
    first = make_links(small, tmp_path, address=ADDRESS, agencies=(CU_JUT,))
    text = (tmp_path / LETTER_TEXT).read_text(encoding="utf-8")
    mine = text.replace("Địa chỉ của {Cơ quan}:", "Mời {Tên gọn} mở:")
    assert mine != text
    (tmp_path / LETTER_TEXT).write_text(mine, encoding="utf-8")
    again = make_links(small, tmp_path, address=ADDRESS, agencies=(CU_JUT,))
    assert (first.kept, again.kept, again.failed) == (False, True, ())
    assert (tmp_path / LETTER_TEXT).read_text(encoding="utf-8") == mine
    (letter,) = (tmp_path / LETTERS).glob("*.docx")
    assert "Mời UBND huyện Cư Jút mở:" in said(letter)


def test_without_an_address_nothing_is_written(dxassets: Run, tmp_path: Path) -> None:
    result = dxassets("site", "--links", "--out", str(tmp_path / "links"))
    assert result.code == 2
    assert result.err.count("\n") == 1
    assert "--url" in result.err
    assert "[site]" in result.err
    assert not (tmp_path / "links").exists()


def test_an_unknown_office_is_told_and_nothing_written(small: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="ubnd-huyen-cu-jut"):
        make_links(small, tmp_path / "x", address=ADDRESS, agencies=("ubnd-huyen-cu-jutt",))
    assert not (tmp_path / "x").exists()


def test_the_campaigns_own_address_counts_where_none_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "camp"
    small_campaign(folder)
    file = folder / "campaign.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[site]", '[site]\nurl = "https://cds.tinh.gov.vn/a"', 1), encoding="utf-8")
    project = load_campaign(folder)
    assert project.campaign.site.url == "https://cds.tinh.gov.vn/a/"
    make_links(project, tmp_path / "out", agencies=(ISSUER,))
    assert (
        rows_of(tmp_path / "out/lien-ket.csv")[1][3]
        == f"https://cds.tinh.gov.vn/a/banner.html#co-quan={ISSUER}"
    )


@pytest.mark.parametrize("address", ["cds.tinh.gov.vn", "https://a.vn/?x=1", "https:///a", "https://a.vn/#b"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, address: str) -> None:
    folder = tmp_path / "camp"
    small_campaign(folder)
    file = folder / "campaign.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("[site]", f'[site]\nurl = "{address}"', 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"site\.url"):
        load_campaign(folder)
    with pytest.raises(InputError, match="--url"):
        make_links(load_campaign(), tmp_path / "out", address=address)


def test_the_command_tells_what_it_made(dxassets: Run, small: Project, tmp_path: Path) -> None:
    out = tmp_path / "links"
    folder = Path(small.source).parent
    result = dxassets(
        "site", str(folder), "--links", "--url", ADDRESS, "--agency", CU_JUT, "--out", str(out), "--json"
    )
    assert result.code == 0, result.err
    told = json.loads(result.out)
    assert told["agencies"] == 1
    suffixes = {Path(file).suffix for file in told["files"]}
    assert suffixes == {".csv", ".xlsx", ".md", ".png", ".docx", ".pdf"}
    assert all(Path(file).is_file() for file in told["files"])
    both = dxassets("site", "--links", "--check", str(out))
    assert both.code == 2
    assert "--check" in both.err
