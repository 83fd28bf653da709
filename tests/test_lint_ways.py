"""The same words by other ways of Word: capitals by a font's look, lists that number themselves, tabs."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from dxassets.checks.nd30 import examine
from dxassets.checks.nd30.times import times_width
from tests.letter_support import rules_broken
from tests.nd30_corpus import DECISION, LETTER
from tests.nd30_papers import Paper, made

DEPUTY = ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")


def changed(paper: Paper, change: Callable[[Any], None]) -> bytes:
    document = docx.Document(io.BytesIO(made(paper)))
    change(document)
    done = io.BytesIO()
    document.save(done)
    return done.getvalue()


def in_small_letters(document: Any) -> None:
    """The letterhead typed in small letters, and shown as capitals."""
    left, right = document.tables[0].rows[0].cells
    for line, typed in (
        (left.paragraphs[0], "UBND tỉnh Đắk Nông"),
        (left.paragraphs[1], "Sở Nội vụ"),
        (right.paragraphs[0], "Cộng hòa xã hội chủ nghĩa Việt Nam"),
    ):
        line.runs[0].text, line.runs[0].font.all_caps = typed, True


def test_capitals_are_what_is_shown_not_what_was_typed() -> None:
    def plain(document: Any) -> None:
        in_small_letters(document)
        document.tables[0].rows[0].cells[1].paragraphs[0].runs[0].font.all_caps = False

    assert rules_broken(changed(LETTER, in_small_letters)) == []
    assert "H1" in rules_broken(changed(LETTER, plain))


@pytest.mark.parametrize(("twips", "breaks"), [(720, []), (0, ["B3"])])
def test_a_list_that_numbers_itself_has_its_lists_indent(twips: int, breaks: list[str]) -> None:
    def numbered(document: Any) -> None:
        part = document.part.numbering_part.element
        level = (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
            f'<w:suff w:val="space"/><w:pPr><w:ind w:left="0" w:firstLine="{twips}"/></w:pPr></w:lvl>'
        )
        part.insert(
            0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="91">{level}</w:abstractNum>')
        )
        part.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="91"/></w:num>'))
        for line in document.paragraphs:
            if line.text.startswith(("1. ", "2. ")):
                line.runs[0].text = line.runs[0].text[3:]
                line.paragraph_format.first_line_indent = None  # leaves an indent that says nothing
                number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="91"/></w:numPr>'
                line._p.get_or_add_pPr().append(parse_xml(number))

    assert rules_broken(changed(LETTER, numbered)) == breaks


def _signed_with_tabs(document: Any) -> None:
    rows = (
        ("Nơi nhận:", "KT. GIÁM ĐỐC"),
        ("- Như trên;", "PHÓ GIÁM ĐỐC"),
        ("- Ban Giám đốc Sở;", ""),
        ("- Lưu: VT, TCCC.", ""),
        ("", ""),
        ("", "Trần Thị B"),
    )
    for left, right in rows:
        line = document.add_paragraph()
        line.paragraph_format.tab_stops.add_tab_stop(Mm(120), WD_TAB_ALIGNMENT.CENTER)
        head = line.add_run(left)
        head.bold = head.italic = left == "Nơi nhận:"
        head.font.size = Pt(12 if head.bold else 11)
        if right:
            signer = line.add_run(f"\t{right}")
            signer.bold, signer.font.size = True, Pt(14)


def test_recipients_and_signature_may_share_their_paragraphs() -> None:
    bare = replace(LETTER, authority=(), recipients=(), name="")
    assert rules_broken(changed(bare, _signed_with_tabs)) == []

    def without_stop(document: Any) -> None:
        _signed_with_tabs(document)
        document.paragraphs[-6].runs[-1].text = "\tKT GIÁM ĐỐC"

    assert rules_broken(changed(bare, without_stop)) == ["S3"]


def test_offices_in_small_letters_are_told_as_that_and_nothing_else() -> None:
    paper = replace(LETTER, authority=("KT. Giám đốc", "Phó Giám đốc"))
    assert rules_broken(made(paper)) == ["S1"]
    assert rules_broken(made(replace(LETTER, authority=DEPUTY, name="Nguyễn Văn Trưởng"))) == []


@pytest.mark.parametrize(
    ("paper", "number", "scope"),
    [
        (DECISION, "Số: 15/2022/QĐ-UBND", "legal"),
        (DECISION, "Số: 08/2022/NQ-HĐND", "legal"),
        (DECISION, "Số: 11/2022/TT-BNV", "legal"),
        (LETTER, "Số: 25/2022/SNV-TCCC", "administrative"),
        (replace(DECISION, kind="THÔNG BÁO"), "Số: 25/2022/TB-SNV", "administrative"),
    ],
)
def test_a_year_in_the_number_makes_law_only_of_what_can_be_law(
    paper: Paper, number: str, scope: str
) -> None:
    report = examine(made(replace(paper, number=number)), "a.docx", times_width)
    assert report.scope.id == scope
    assert ("N1" in {finding.rule.id for finding in report.findings}) is (scope == "administrative")
