# ruff: noqa: E501  (a limit is a line)
"""Each number of Nghị định 30 that a Word file is held to, tried on both sides of its limit."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from dxassets.api.linting import times_width
from dxassets.backends.written import Stretch, TextBox, Type, WordLine, WordWords
from dxassets.checks.nd30 import RULES
from dxassets.dispatch import Edition
from tests.nd30_support import (
    Limit,
    WordChange,
    body,
    both,
    number_line,
    section,
    sides,
    table,
    text_of,
    word,
    word_rules,
)
from tests.test_lint_limits_pdf import LIMITS as PDF_LIMITS

MOTTO, BODY_NAME = "Độc lập - Tự do - Hạnh phúc", "SỞ NỘI VỤ"
DATE = "Đắk Nông, ngày {} năm 2022"
THIRD = "- Treo khẩu hiệu"


def sizes(rule: str, what: str, start: str, least: float, most: float) -> Limit:
    """A part whose letters may be `least` to `most` pt; a quarter of a point is forgiven."""
    return Limit(
        rule,
        f"cỡ chữ {what}",
        lambda pt: word(start, size_pt=pt),
        good=(least - 0.25, least, most, most + 0.25),
        bad=(least - 0.3, most + 0.3),
    )


def lengths(rule: str, empty_after: str, text: str, pt: float, share: tuple[float, float]) -> Limit:
    """A drawn rule: a share of the text above it, 0.7 mm either way."""
    width = times_width(text, True, pt)
    least, most = share[0] * width - 0.7, share[1] * width + 0.7
    return Limit(
        rule,
        "đường kẻ",
        lambda mm: below(empty_after, (mm,)),
        good=(round(least + 0.01, 2), round(most - 0.01, 2)),
        bad=(round(least - 0.02, 2), round(most + 0.02, 2)),
    )


def below(start: str, rules_mm: tuple[float, ...], at: int = 1) -> WordChange:
    """The empty paragraph below a line (the so-many-th of several), with the lines that are drawn at it."""

    def change(words: WordWords) -> WordWords:
        above = [bool(line.stretches) and line.stretches[0].text == start for line in words.lines].index(True)
        empty = words.lines[above + 1]
        blank = [replace(empty, rules_mm=())] * (at - 1)
        lines = (
            *words.lines[: above + 1],
            *blank,
            replace(empty, rules_mm=rules_mm),
            *words.lines[above + 2 :],
        )
        return replace(words, lines=lines)

    return change


def sets(sizes_pt: tuple[float, float, float]) -> WordChange:
    nation, motto, date = sizes_pt
    return both(
        word("CỘNG HÒA", size_pt=nation), word("Độc lập", size_pt=motto), word("Đắk Nông,", size_pt=date)
    )


def of_letters(count: int, end: str = ".") -> str:
    """A sentence of so many characters."""
    return ("Đề nghị các cơ quan, đơn vị quan tâm, triển khai thực hiện " * 4)[
        : count - len(end)
    ].strip().ljust(count - len(end), "a") + end


def urgent(width: float, height: float, words: str = "HỎA TỐC", color: str = "FF0000") -> WordChange:
    box = TextBox(width, height, (Stretch(words, Type("Times New Roman", 13, bold=True, color=color)),))
    return lambda made: replace(made, boxes=(box,))


def in_old_code(strange: int, plain: int) -> WordChange:
    """A paragraph of so many words in VNI and so many others."""
    return word(THIRD, text=" ".join(["Noäi"] * strange + ["cao"] * plain) + ".", size_pt=14.0)


def in_narrow_cells(words: WordWords) -> WordWords:
    """Every cell well inside the margins, whatever these are."""
    cells = [line.cell and replace(line.cell, left_mm=20.0, width_mm=100.0) for line in words.lines]
    lines = (replace(line, cell=cell) for line, cell in zip(words.lines, cells, strict=True))
    return replace(words, lines=tuple(lines))


def tall_rows(words: WordWords) -> WordWords:
    """The annex's rows so high that they can't all stand on one page."""
    last = len(words.tables) - 1
    lines = (
        replace(line, shape=replace(line.shape, before_pt=400.0))
        if line.cell is not None and line.cell.table == last
        else line
        for line in words.lines
    )
    return replace(words, lines=tuple(lines))


def gap(points: float) -> WordChange:
    return body(after_pt=points, before_pt=0.0)


def grounds_as(number: int) -> WordChange:
    """An upright “Căn cứ …;” as the so-many-th paragraph of the text."""

    def change(words: WordWords) -> WordWords:
        at = next(at for at, line in enumerate(words.lines) if text_of(line).startswith("Thực hiện"))
        model = words.lines[at]

        def saying(text: str) -> WordLine:
            return replace(model, stretches=(Stretch(text, model.stretches[0].type),))

        others = [saying("Nội dung khác.")] * (number - 1)
        grounds = [saying("Căn cứ Luật Giao dịch điện tử;"), saying("Căn cứ Luật Viễn thông.")]
        return replace(words, lines=(*words.lines[:at], *others, *grounds, *words.lines[at:]))

    return change


LIMITS = [
    # the page
    Limit("P1", "rộng", lambda mm: section(width=mm), (209.41, 210.59), (209.39, 210.61)),
    Limit("P1", "cao", lambda mm: section(height=mm), (296.41, 297.59), (296.39, 297.61)),
    Limit("P2", "lề trên", lambda mm: section(top=mm), (19.4, 20, 25, 25.6), (19.3, 25.7)),
    Limit("P2", "lề dưới", lambda mm: section(bottom=mm), (19.4, 20, 25, 25.6), (19.3, 25.7)),
    Limit("P2", "lề trái", lambda mm: both(section(left=mm), in_narrow_cells), (29.4, 30, 35, 35.6), (29.3, 35.7)),
    Limit("P2", "lề phải", lambda mm: both(section(right=mm), in_narrow_cells), (14.4, 15, 20, 20.6), (14.3, 20.7)),
    Limit("P2", "gáy", lambda mm: section(gutter=mm), (0.6,), (0.7,)),
    Limit("P2", "lấn lề trái", lambda mm: body(left_mm=mm, first_line_mm=0.0), (-1.0,), (-1.1,)),
    Limit("P2", "lấn lề phải", lambda mm: body(right_mm=mm), (-1.0,), (-1.1,)),
    Limit("P2", "lấn dòng đầu", lambda mm: body(first_line_mm=mm), (-1.0,), (-1.1,)),
    Limit("P6", "cỡ số trang", lambda pt: number_line(size_pt=pt), (13.0, 13.5, 14.0), (12.9, 14.1)),
    Limit("P6", "trang đầu", lambda number: section(starts_at=number), (None, 1), (0, 2)),
    Limit("P8", "phụ lục", lambda number: section(1, starts_at=number, first_differs=False), (1,), (None, 0, 2)),
    Limit("T2", "lấn trái", lambda mm: table(left_mm=-mm, width_mm=100.0), (2.2,), (2.3,)),
    Limit("T2", "lấn phải", lambda mm: table(left_mm=0.0, width_mm=165.02 + mm), (2.19,), (2.25,)),
    Limit("T1", "số hàng", lambda n: both(tall_rows, table(heads=(False,) * n, whole=(True,) * n)), (2,), (3,)),
    Limit("P4", "số từ VNI", lambda n: in_old_code(n, 4), (2,), (3,)),
    Limit("P4", "tỉ lệ từ VNI", lambda n: in_old_code(3, n), (9,), (8,)),
    Limit("P5", "màu", lambda color: word(THIRD, color=color), ("auto", "000000", "2F2F2F"), ("30002F", "2F2F30", "0000FF")),
    # the letterhead
    sizes("H1", "Quốc hiệu", "CỘNG HÒA", 12, 13),
    sizes("H2", "Tiêu ngữ", "Độc lập", 13, 14),
    sizes("H4", "cơ quan chủ quản", "UBND TỈNH", 12, 13),
    sizes("H5", "cơ quan ban hành", BODY_NAME, 12, 13),
    sizes("N1", "số, ký hiệu", "Số:", 13, 13),
    sizes("D1", "địa danh, ngày tháng", "Đắk Nông,", 13, 14),
    sizes("V1", "trích yếu", "V/v", 12, 13),
    lengths("H3", MOTTO, MOTTO, 14.0, (0.95, 1.05)),
    lengths("H6", BODY_NAME, BODY_NAME, 13.0, (0.32, 0.51)),
    Limit("H3", "đoạn trống thứ", lambda n: below(MOTTO, (60.4,), n), (1, 2, 3), (4,)),
    Limit("H6", "đoạn trống thứ", lambda n: below(BODY_NAME, (9.4,), n), (1, 2, 3), (4,)),
    Limit("H7", "bộ cỡ chữ", sets, [(12, 13, 13), (13, 14, 14), (13.2, 14.2, 13.8)],
          [(13, 13, 13), (12, 13, 14), (12, 14, 14), (13, 14, 13), (13.3, 14, 14), (13, 14, 13.7)]),
    Limit("N2", "số văn bản", lambda n: word("Số:", text=f"Số: {n}/SNV-VP"), ("09", "10", "99", "531"), ("9", "1", "00")),
    Limit("D1", "ngày", lambda n: word("Đắk Nông,", text=DATE.format(f"{n} tháng 9")), ("01", "09", "10", "30"), ("1", "9")),
    Limit("D1", "tháng", lambda n: word("Đắk Nông,", text=DATE.format(f"05 tháng {n}")),
          ("01", "02", "3", "9", "10", "12"), ("1", "2", "03", "0", "13", "012")),
    Limit("D2", "ngày có thật", lambda n: word("Đắk Nông,", text=DATE.format(n)),
          ("30 tháng 9", "28 tháng 02", "31 tháng 12"), ("31 tháng 9", "29 tháng 02", "00 tháng 12")),
    Limit("V2", "cách số", lambda pt: word("V/v", before_pt=pt), (5.41, 6.0, 6.59), (5.3, 6.7)),
    # addressees and text
    sizes("K1", "Kính gửi", "Kính gửi", 13, 14),
    Limit("K3", "thẳng nhau", lambda mm: word("- UBND", left_mm=43.0389 + mm), (-0.99, 0.99), (-1.1, 1.1)),
    Limit("K3", "thẳng nhau, sau dấu tab", lambda mm: word("- UBND", text="\t- UBND các huyện.", left_mm=30.3389 + mm),
          (-0.99, 0.99), (-1.1, 1.1)),
    Limit("K3", "dưới dấu hai chấm", lambda mm: both(word("- UBND", left_mm=mm), word("- Các", left_mm=mm)), (33.41,), (33.3,)),
    Limit("B1", "cỡ chữ", lambda pt: body(size_pt=pt), (12.9, 13, 14, 14.1), (12.8, 14.2)),
    Limit("B11", "một cỡ", lambda pt: word(THIRD, size_pt=pt), (14.0,), (13.0, 13.9)),
    Limit("B2", "đoạn dài", lambda n: word(THIRD, text=of_letters(n), align="left"), (60,), (61,)),
    Limit("B3", "lùi đầu dòng", lambda mm: body(first_line_mm=mm), (9.51, 10, 10.49, 12.21, 12.7, 13.19), (9.4, 10.6, 12.1, 13.3)),
    Limit("B3", "lùi cả đoạn", lambda mm: body(left_mm=mm, first_line_mm=4.0), (6.49, 8.7), (6.51, 3.0)),
    Limit("B4", "cách đoạn", gap, (5.9, 6.0, 12.0), (5.85, 3.0, 0.0)),
    Limit("B4", "cách đoạn, chia hai", lambda pt: body(after_pt=pt, before_pt=3.0), (2.9, 3.0), (2.8,)),
    Limit("B5", "dòng, theo dòng", lambda em: body(line_em=em, line_pt=None), (0.99, 1.0, 1.5, 1.51), (0.98, 1.52)),
    Limit("B5", "dòng, theo pt", lambda pt: body(line_em=None, line_pt=pt), (15.41, 24.5), (15.3, 24.6)),
    Limit("B6", "căn cứ, đoạn thứ", grounds_as, (15, 16), (1, 13, 14)),
    Limit("B10", "đoạn đậm", lambda n: word(THIRD, text=of_letters(n), bold=True), (60,), (61,)),
    Limit("B10", "đoạn nghiêng", lambda n: word(THIRD, text=of_letters(n), italic=True), (60,), (61,)),
    Limit("B10", "tiêu đề đậm", lambda n: word(THIRD, text=of_letters(n, "a"), bold=True), (159,), (160,)),
    # the end
    sizes("S1", "chức vụ", "GIÁM ĐỐC", 13, 14),
    sizes("S2", "họ tên", "Nguyễn Văn A", 13, 14),
    Limit("S5", "chỗ ký", lambda pt: word("Nguyễn Văn A", before_pt=pt), (26.5, 71.0), (26.3, 12.0)),
    sizes("R1", "Nơi nhận", "Nơi nhận:", 12, 12),
    sizes("R2", "danh sách nơi nhận", "- Ban Giám", 11, 11),
    sizes("A1", "chữ Phụ lục", "Phụ lục", 14, 14),
    sizes("A2", "tên phụ lục", "BIỂU", 13, 14),
    sizes("A3", "dòng kèm theo", "(Kèm theo", 13, 14),
    *(
        Limit("U1", f"{axis} {words}", lambda mm, change=change: change(mm), good, bad)
        for words, width in (("HỎA TỐC", 30), ("THƯỢNG KHẨN", 40), ("KHẨN", 20))
        for axis, change, good, bad in (
            ("rộng", lambda mm, words=words: urgent(mm, 8, words), (width - 1.5, width, width + 1.5), (width - 1.6, width + 1.6)),
            ("cao", lambda mm, words=words, width=width: urgent(width, mm, words), (6.5, 8, 9.5), (6.4, 9.6)),
        )
    ),
    Limit("U1", "màu đỏ", lambda color: urgent(30, 8, color=color), ("A10000", "FF5F5F", "FF0000"), ("A00000", "FF6000", "FF0060")),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "value", "breaks"), sides(LIMITS))
def test_a_word_file_on_either_side_of_a_limit(limit: Limit, value: Any, breaks: bool) -> None:
    assert (limit.rule in word_rules(limit.change(value))) is breaks


@pytest.mark.parametrize(("pt", "breaks"), [(9.75, False), (10.25, False), (9.7, True), (10.3, True)])
def test_the_mark_of_a_separate_annex_on_either_side_of_10_pt(pt: float, *, breaks: bool) -> None:
    assert ("M1" in word_rules(word("Số:", size_pt=pt), Edition(part=1))) is breaks


# --- every number has its two sides -----------------------------------------------------------------

ONLY_WORDS = {"N3", "B7", "P9", "P10"}
"""Rules whose cure shows a digit that is no limit: “Số: 12/…”, “(1.)”."""
OF_TITLES = {"V3", "V4", "V5", "C1"}
"""Tried by tests/test_lint_titles.py and tests/test_documents_faults.py: the small letter names no kind."""


def test_every_rule_with_a_number_is_tried_on_both_sides() -> None:
    with_number = (
        {rule.id for rule in RULES.values() if re.search(r"\d", rule.cure[1])} - ONLY_WORDS - OF_TITLES
    )
    tried = {limit.rule for limit in (*LIMITS, *PDF_LIMITS) if limit.good and limit.bad} | {"M1"}
    assert with_number <= tried
    assert {"B4", "B5", "H6", "S5", "U1"} <= with_number, "the pattern finds them"


@pytest.mark.parametrize("limits", [LIMITS, PDF_LIMITS], ids=["Word", "PDF"])
def test_every_limit_is_tried_close_to_it(limits: list[Limit]) -> None:
    """A value that is allowed and one that isn't lie within a twelfth of each other, or are whole steps."""
    for limit in limits:
        numbers = [
            [float(v) for v in values if isinstance(v, (int, float))] for values in (limit.good, limit.bad)
        ]
        if not all(numbers):
            continue
        nearest = min(abs(one - other) for one in numbers[0] for other in numbers[1])
        assert nearest <= max(1.0, max(map(abs, numbers[0])) / 12), (limit.rule, limit.what)
