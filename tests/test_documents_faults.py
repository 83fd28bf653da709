"""Faults planted into documents of every kind: each is found, in Word and in PDF."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import docx
import pytest

from dxassets.dispatch import FORM
from dxassets.kinds.letter.pdf_letter import letter_pdf
from tests.documents_support import COPIES, WHOLE_NAMES, read, sample, word_of
from tests.letter_support import BLANK, Change, font, lines, parts, rules_broken, size, template

NAMED = tuple(name for name in WHOLE_NAMES if name != "cong-van")


def spoilt_word(text: str, change: Change) -> list[str]:
    document: Any = docx.Document(io.BytesIO(word_of(text)))
    change(document)
    written = io.BytesIO()
    document.save(written)
    return rules_broken(written.getvalue())


def spoilt_pdf(text: str, css: str = "", **form: Any) -> list[str]:
    def changed(name: str) -> str:
        return template(name) + (css if name.endswith(".css.j2") else "")

    made = letter_pdf(
        read(text).dispatch, BLANK, replace(parts(), template=changed), form=replace(FORM, **form)
    )
    return rules_broken(made, "a.pdf")


def without_rule(style: str) -> Change:
    def change(document: Any) -> None:
        line = lines(document, style)[0]
        for border in list(line._p.pPr):
            if border.tag.endswith("}pBdr"):
                line._p.pPr.remove(border)

    return change


@pytest.mark.parametrize("name", NAMED)
def test_a_symbol_of_another_kind_is_found(name: str) -> None:
    text = sample(name)
    symbol = read(text).dispatch.particulars.symbol
    own = symbol.removeprefix("/").partition("-")[0]
    other = "KH" if own != "KH" else "BC"
    wrong = text.replace(f'symbol = "/{own}-', f'symbol = "/{other}-', 1)
    assert "N4" in rules_broken(word_of(wrong))
    assert "N4" in spoilt_pdf(wrong)
    unnamed = text.replace(f'symbol = "{symbol}"', 'symbol = "/SNV-VP"', 1)
    assert "N4" in rules_broken(word_of(unnamed))


WORD: list[tuple[str, str, Change]] = [
    ("quyet-dinh", "V3", size("Tên loại", 11)),
    ("to-trinh", "V3", font("Tên loại", bold=False)),
    ("ke-hoach", "V4", font("Trích yếu văn bản có tên loại", bold=False)),
    ("bao-cao", "V4", size("Trích yếu văn bản có tên loại", 12)),
    ("quyet-dinh", "V5", without_rule("Đường kẻ tên loại")),
    ("nghi-quyet", "V5", without_rule("Đường kẻ tên loại")),
    ("giay-moi", "V5", without_rule("Đường kẻ tên loại")),
    ("bien-ban", "V5", without_rule("Đường kẻ tên loại")),
    ("quyet-dinh", "B6", font("Căn cứ", italic=False)),
    ("quyet-dinh", "S1", font("Chức vụ", bold=False)),
    ("bien-ban", "S1", font("Chức vụ", bold=False)),
    ("lien-tich", "R1", font("Nơi nhận", italic=False)),
    ("giay-gioi-thieu", "R2", size("Nơi nhận, mục", 13)),
    ("cong-dien", "D1", font("Địa danh, thời gian", italic=False)),
    ("giay-nghi-phep", "N1", size("Số, ký hiệu", 12)),
    ("sao-y", "C1", font("Hình thức sao", bold=False)),
    ("sao-luc", "C1", size("Hình thức sao", 16)),
    ("trich-sao", "C2", without_rule("Đường kẻ bản sao")),
    ("sao-y", "N1", size("Số, ký hiệu", 12)),
    ("sao-y", "S2", font("Họ tên người ký", bold=False)),
]


@pytest.mark.parametrize(("name", "rule", "change"), WORD, ids=[f"{name}-{rule}" for name, rule, _ in WORD])
def test_a_fault_planted_in_word_is_found(name: str, rule: str, change: Change) -> None:
    assert rule not in rules_broken(word_of(sample(name)))
    assert rule in spoilt_word(sample(name), change)


PDF: list[tuple[str, str, Callable[[str], list[str]]]] = [
    ("quyet-dinh", "V3", lambda text: spoilt_pdf(text, ".title { font-weight: normal }")),
    ("ke-hoach", "V4", lambda text: spoilt_pdf(text, ".about { font-weight: normal }")),
    ("to-trinh", "V5", lambda text: spoilt_pdf(text, ".title-rule { visibility: hidden }")),
    ("giay-moi", "V5", lambda text: spoilt_pdf(text, issuer_rule_share=0.8)),
    ("quyet-dinh", "B6", lambda text: spoilt_pdf(text, ".text > p.basis, .basis i { font-style: normal }")),
    ("bien-ban", "S1", lambda text: spoilt_pdf(text, signer_pt=12)),
    ("lien-tich", "R1", lambda text: spoilt_pdf(text, recipients_head_pt=14)),
    ("sao-y", "C1", lambda text: spoilt_pdf(text, ".copy-form { font-weight: normal }")),
    ("sao-y", "C2", lambda text: spoilt_pdf(text, ".copy-rule { visibility: hidden }")),
]


@pytest.mark.parametrize(("name", "rule", "spoil"), PDF, ids=[f"{name}-{rule}" for name, rule, _ in PDF])
def test_a_fault_planted_in_a_pdf_is_found(name: str, rule: str, spoil: Callable[[str], list[str]]) -> None:
    assert rule in spoil(sample(name))


@pytest.mark.parametrize(("mm", "breaks"), [(28.0, True), (29.0, False), (31.0, False), (32.0, True)])
def test_a_mark_of_urgency_has_its_own_size(mm: float, *, breaks: bool) -> None:
    text = sample("ke-hoach", ('# urgency = "khan"', 'urgency = "hoa-toc"'))
    data = word_of(text)
    document: Any = docx.Document(io.BytesIO(data))
    table = next(
        each for each in document.element.iter(_W + "tbl") if "HỎA TỐC" in _text(each) and not _inner(each)
    )
    for width in [*table.iter(_W + "tblW"), *table.iter(_W + "gridCol"), *table.iter(_W + "tcW")]:
        width.set(_W + "w", str(round(mm * 1440 / 25.4)))
    written = io.BytesIO()
    document.save(written)
    assert ("U1" in rules_broken(written.getvalue())) is breaks


@pytest.mark.parametrize(("mm", "breaks"), [(6.0, True), (7.0, False), (9.0, False), (10.0, True)])
def test_a_mark_of_urgency_is_8_mm_high(mm: float, *, breaks: bool) -> None:
    text = sample("ke-hoach", ('# urgency = "khan"', 'urgency = "hoa-toc"'))
    assert ("U1" in spoilt_pdf(text, mark_height_mm=mm)) is breaks


def test_a_mark_of_urgency_is_red() -> None:
    text = sample("ke-hoach", ('# urgency = "khan"', 'urgency = "khan"'))

    def blacken(document: Any) -> None:
        for colour in list(document.element.iter(_W + "color")):
            colour.set(_W + "val", "000000")

    assert "U1" in spoilt_word(text, blacken)
    assert "U1" in spoilt_pdf(text, ".mark { color: #000 }")


def test_a_copy_is_told_from_what_it_copies() -> None:
    for name in COPIES:
        assert rules_broken(word_of(sample(name))) == []


_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _text(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter(_W + "t"))


def _inner(table: Any) -> bool:
    return next((each for each in table.iter(_W + "tbl") if each is not table), None) is not None
