# ruff: noqa: E501  (a document, or what is said of it, is a line)
"""The name of a kind, the subject and the line below it (Phụ lục I, Phần I, mục II.5.b), on both sides of each limit."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx
import pytest
from docx.shared import Pt

from tests.letter_support import rules_broken
from tests.nd30_corpus import DECISION, INTRODUCTION, INVITATION, LETTER, NOTICE, PLAN, PROPOSAL
from tests.nd30_papers import Paper, looking, made


def broken(paper: Paper, **looks: Any) -> list[str]:
    return rules_broken(made(looking(paper, **looks)))


@pytest.mark.parametrize(("pt", "breaks"), [(12.5, True), (13, False), (14, False), (14.5, True)])
def test_kind_and_subject_are_13_to_14_pt(pt: float, *, breaks: bool) -> None:
    assert ("V3" in broken(PLAN, kind_pt=pt)) is breaks
    assert ("V4" in broken(PLAN, subject_pt=pt)) is breaks


@pytest.mark.parametrize(("share", "breaks"), [(0.3, True), (0.33, False), (0.5, False), (0.53, True)])
def test_the_line_below_the_subject_is_a_third_to_a_half_of_it(share: float, *, breaks: bool) -> None:
    assert ("V5" in broken(PLAN, subject_rule=share)) is breaks


def test_a_subject_in_capitals_or_none_at_all_is_told() -> None:
    assert "V4" in broken(replace(PLAN, subject=PLAN.subject.upper()))
    assert "V4" in broken(replace(PLAN, subject=""))
    assert broken(replace(INTRODUCTION, subject="")) == [], "its model has none"


def test_a_decision_without_who_decides_or_without_subject_is_understood() -> None:
    assert broken(replace(DECISION, who="")) == []
    assert "V4" in broken(replace(DECISION, subject=""))


def test_a_subject_of_two_lines_is_one() -> None:
    long = "Tổ chức các hoạt động hưởng ứng Ngày Chuyển đổi số quốc gia năm 2022 trên địa bàn tỉnh Đắk Nông và các huyện"
    assert broken(replace(PLAN, subject=long), subject_rule=0.2) == []


@pytest.mark.parametrize(
    ("paper", "number", "breaks"),
    [
        (INVITATION, "Số: 12/GM-SNV", False),
        (INVITATION, "Số: 12/SNV-VP", True),
        (PROPOSAL, "Số: 12/TTr-SNV", False),
        (PROPOSAL, "Số: 12/TTR-SNV", False),
        (PROPOSAL, "Số: 12/BC-SNV", True),
        (NOTICE, "Số: 12/TB-SNV", False),
        (DECISION, "Số: 12/QD-SNV", True),
        (LETTER, "Số: 12/SNV-TCCC", False),
        (LETTER, "Số: 12/STC-QLG", False),
        (LETTER, "Số: 12/KH-SNV", True),
        (LETTER, "Số: 12/HĐND-VP", False),
    ],
)
def test_a_symbol_names_the_kind_that_it_is_of(paper: Paper, number: str, *, breaks: bool) -> None:
    assert ("N4" in broken(replace(paper, number=number))) is breaks


@pytest.mark.parametrize(("narrow", "pairs", "breaks"), [(1, 11, False), (2, 11, True), (1, 5, True)])
def test_one_narrow_gap_in_ten_may_be_a_slip(narrow: int, pairs: int, *, breaks: bool) -> None:
    lines = [
        f"Nội dung thứ {at} của kế hoạch này, đề nghị các phòng, đơn vị triển khai."
        for at in range(pairs + 1)
    ]
    document: Any = docx.Document(io.BytesIO(made(replace(PLAN, text=tuple(lines)))))
    found = [line for line in document.paragraphs if line.text.startswith("Nội dung thứ")]
    for line in found[:narrow]:
        line.paragraph_format.space_after = Pt(2)
    done = io.BytesIO()
    document.save(done)
    assert ("B4" in rules_broken(done.getvalue())) is breaks
