"""Validated, not believed: PDFs keep what they claim by veraPDF, Word files and workbooks their schema."""

from __future__ import annotations

import io
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pypdf
import pytest

from dxassets.api import LetterWanted, Project, load_campaign, make_banner, make_letters, make_qr
from dxassets.api.agency_lists import write_agency_list
from dxassets.api.book_printing import book_told, print_book
from dxassets.api.registering import make_registered
from dxassets.dispatch import PDF_VARIANTS, WHOLE, Edition, PdfVariant
from dxassets.kinds.letter.pdf_letter import letter_pdf
from dxassets.kinds.letter.word_letter import letter_docx
from tests.letter_support import BLANK, bundled, edited_docx, parts, rows_of, small
from tests.merge_support import GUESTS, invitation, workbook
from tests.valid_support import PROFILES, broken_by, faults_of_office_file

ROOT = Path(__file__).parent.parent
DRAFT = Edition(draft=True)
DAY = date(2026, 3, 5)


def tall(lines: int) -> Callable[[], bytes]:
    """A letter whose annex has a row of so many lines."""
    cell = ", ".join(f'"Dòng {at} của một việc dài"' for at in range(1, lines + 1))
    return partial(_annexed, 'viec = "Một việc"', f"viec = [{cell}]")


def _annexed(old: str, new: str) -> bytes:
    return letter_pdf(small(annex_old=old, annex_new=new), BLANK, parts())


@pytest.mark.slow
@pytest.mark.parametrize("variant", PDF_VARIANTS)
def test_every_variant_of_every_letter_is_what_it_claims(tmp_path: Path, variant: PdfVariant) -> None:
    def pdf(dispatch=bundled(), edition: Edition = WHOLE) -> bytes:  # noqa: B008  (cached)
        return letter_pdf(dispatch, BLANK, parts(), edition=replace(edition, pdf_variant=variant))

    project = load_campaign()
    forwarded = make_letters(
        project,
        tmp_path / "forward",
        wanted=LetterWanted(agencies=("ubnd-huyen-cu-jut",), edition=Edition(pdf_variant=variant)),
    )
    found = broken_by(
        PROFILES[variant],
        tmp_path / "files",
        {
            "two storeys": pdf(),
            "draft": pdf(edition=DRAFT),
            "letter alone": pdf(edition=Edition(part=0)),
            "annex alone": pdf(edition=Edition(part=1)),
            "no annex": pdf(small('annexes = ["annex.toml"]', "annexes = []")),
            "many rows": pdf(rows_of(200)),
            "forwarded": next(path for path in forwarded.files if path.suffix == ".pdf").read_bytes(),
        },
    )
    assert {name: rules for name, rules in found.items() if rules} == {}


@pytest.mark.slow
def test_merged_letters_tall_rows_and_the_book_are_archive_files(tmp_path: Path) -> None:
    folder = invitation(tmp_path / "camp")
    made = _merge(folder, tmp_path)
    book = tmp_path / "so.csv"
    make_registered(load_campaign(), tmp_path / "out", register=book, wanted=LetterWanted(), today=DAY)
    printed = print_book(load_campaign(), book_told(book), tmp_path / "so.pdf")
    pdfs = {path.name: path.read_bytes() for path in made if path.suffix == ".pdf"}
    pdfs |= {"book": printed.read_bytes(), "tall": tall(120)()}
    assert len(pdfs) == len(GUESTS) + 2
    found = broken_by("PDFA-2A", tmp_path / "files", pdfs)
    assert {name: rules for name, rules in found.items() if rules} == {}


def _merge(folder: Path, tmp_path: Path) -> tuple[Path, ...]:
    from dxassets.api.merging import MergeWanted, make_merged  # noqa: PLC0415  (reads better where it is used)

    table = workbook(tmp_path / "guests.xlsx")
    return make_merged(load_campaign(folder), tmp_path / "merged", table=table, wanted=MergeWanted()).files


@pytest.mark.slow
def test_a_file_that_breaks_its_claim_is_found(tmp_path: Path) -> None:
    """What the tests above would say: of cells that name no head, and of a claim that is not kept."""
    made = letter_pdf(bundled(), BLANK, parts(), edition=Edition(pdf_variant="pdf/ua-1"))
    headless = pypdf.PdfReader(io.BytesIO(made))
    writer = pypdf.PdfWriter(clone_from=headless)
    for number in range(1, len(writer._objects) + 1):
        item: Any = writer.get_object(number)
        if isinstance(item, dict) and item.get("/S") in {"/TD", "/TH"}:
            for name in ("/Headers", "/Scope"):
                item["/A"].pop(name, None)
    spoiled = io.BytesIO()
    writer.write(spoiled)
    found = broken_by("PDFUA-1", tmp_path, {"as made": made, "without heads": spoiled.getvalue()})
    assert found["as made"] == []
    assert any(rule.startswith("7.5-1 ") for rule in found["without heads"])
    unclaimed = broken_by("PDFA-2A", tmp_path / "other", {"ua is no archive": made})
    assert unclaimed["ua is no archive"] != []


def claims(pdf: bytes) -> set[str]:
    """The standards that a PDF says it keeps, by its metadata."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    root: Any = reader.trailer["/Root"]
    said = root.get("/Metadata")
    text = "" if said is None else said.get_object().get_data().decode()
    info = reader.metadata or {}
    return {
        *re.findall(r"(pdfaid|pdfuaid|pdfxid|pdfvtid):", text),
        *(key for key in info if "GTS_PDFX" in key),
    }


def test_pages_for_print_claim_no_standard_that_they_were_not_held_to(
    project: Project, tmp_path: Path
) -> None:
    """They declare their colours (an output intent), and nothing more: docs/print.md says why."""
    banner = make_banner(
        project, tmp_path / "a.pdf", day="10-10", theme="light", preset="poster-a4", marks=True
    )
    code = make_qr("https://daknong.gov.vn/", tmp_path / "qr.pdf", project=project)
    letter = letter_pdf(small(), BLANK, parts())
    assert claims(letter) == {"pdfaid"}
    assert claims(letter_pdf(small(), BLANK, parts(), edition=Edition(pdf_variant="pdf/ua-1"))) == {"pdfuaid"}
    assert claims(banner.read_bytes()) == claims(code.read_bytes()) == set()


def word_files(folder: Path) -> list[Path]:
    """Word files of every kind that is made here."""
    folder.mkdir(parents=True)
    for name, dispatch, edition in (
        ("whole", bundled(), WHOLE),
        ("draft", bundled(), DRAFT),
        ("annex", bundled(), Edition(part=1)),
        ("small", small(), WHOLE),
        ("rows", rows_of(60), WHOLE),
    ):
        (folder / f"{name}.docx").write_bytes(letter_docx(dispatch, BLANK, parts(), edition=edition))
    project = load_campaign()
    make_letters(project, folder / "forward", wanted=LetterWanted(agencies=("ubnd-huyen-cu-jut",)))
    _merge(invitation(folder / "camp"), folder)
    return sorted(folder.rglob("*.docx"))


@pytest.mark.slow
def test_every_word_file_keeps_the_schema_and_hangs_together(tmp_path: Path) -> None:
    files = word_files(tmp_path / "made")
    assert len(files) == 6 + len(GUESTS)
    assert {path.name: faults_of_office_file(path) for path in files} == {path.name: [] for path in files}


@pytest.mark.slow
@pytest.mark.parametrize("more", [(), ("--tracked",)])
def test_a_mended_word_file_keeps_the_schema(tmp_path: Path, more: tuple[str, ...]) -> None:
    source, mended = tmp_path / "a.docx", tmp_path / "b.docx"
    source.write_bytes(edited_docx("word/document.xml", 'w:left="1701"', 'w:left="1134"'))
    subprocess.run(
        [sys.executable, "-m", "dxassets", "lint", str(source), "--fix", str(mended), *more],
        check=False, capture_output=True, cwd=ROOT, timeout=300,
    )  # fmt: skip
    assert mended.read_bytes() != source.read_bytes()
    assert faults_of_office_file(mended) == []


def test_workbooks_keep_the_schema(project: Project, tmp_path: Path) -> None:
    book = tmp_path / "so.csv"
    make_registered(project, tmp_path / "out", register=book, wanted=LetterWanted(), today=DAY)
    files = [
        write_agency_list(project.campaign.offices, tmp_path / "list.xlsx"),
        print_book(project, book_told(book), tmp_path / "so.xlsx"),
    ]
    assert {path.name: faults_of_office_file(path) for path in files} == {path.name: [] for path in files}


def test_an_office_file_that_breaks_its_schema_is_found(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(edited_docx("word/document.xml", "<w:body>", "<w:body><w:rubbish/>"))
    assert faults_of_office_file(path) != []
