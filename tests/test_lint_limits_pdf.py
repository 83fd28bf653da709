# ruff: noqa: E501  (a limit is a line)
"""Each number of Nghị định 30 that a PDF is held to, tried on both sides of its limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from dxassets.backends.written import PdfLine, PdfPage, PdfRule, PdfWords, Place, Stretch, Type
from tests.nd30_support import (
    Limit,
    PdfChange,
    both,
    drawn,
    lines_where,
    pdf,
    pdf_rules,
    pdf_type,
    shifted,
    sides,
    text_of,
)

NATION, MOTTO, NUMBER, SIGNER = "CỘNG HÒA", "Độc lập", "/SNV", "Nguyễn Văn A"
FIRST_LEFT, LEFT, RIGHT = 42.7, 30.0, 195.0
"""Where the first lines of paragraphs, all others, and full lines of our letters stand (mm)."""
TEXT_TOP, TEXT_FOOT = 80.0, 170.0
"""Between these the small letter's text stands on its first page."""
MM_PER_PT = 25.4 / 72


def page(**size: float) -> PdfChange:
    return lambda words: replace(words, pages=(replace(words.pages[0], **size), *words.pages[1:]))


def everything(move: Callable[[PdfLine], PdfLine]) -> PdfChange:
    return lines_where(lambda _line: True, move)


def left_edge(mm: float) -> PdfChange:
    """All lines of the text begin there, first lines as far in as ever."""
    return everything(lambda line: replace(line, place=replace(line.place, left=line.place.left + mm - LEFT)))


def right_edge(mm: float) -> PdfChange:
    """All full lines end there."""
    return lines_where(
        lambda line: line.place.right > RIGHT - 1,
        lambda line: replace(line, place=replace(line.place, right=line.place.right + mm - RIGHT)),
    )


def is_text(line: PdfLine) -> bool:
    return line.page == 1 and TEXT_TOP < line.place.baseline < TEXT_FOOT


def first_lines(mm: float) -> PdfChange:
    """First lines of paragraphs begin there."""
    return lines_where(
        lambda line: is_text(line) and abs(line.place.left - FIRST_LEFT) < 0.1,
        lambda line: replace(line, place=replace(line.place, left=mm)),
    )


def pitched(em: float) -> PdfChange:
    """The text's lines so far apart, in em of 14 pt; everything else as it was."""
    pitch = 5.9972  # as our letters are set, 17 pt

    def move(line: PdfLine) -> PdfLine:
        down = line.place.baseline - TEXT_TOP
        return shifted(line, dy=down * (em * 14 * MM_PER_PT / pitch - 1))

    return lines_where(is_text, move)


def apart(points: float) -> PdfChange:
    """The text's paragraphs so far apart, in pt."""

    def change(words: PdfWords) -> PdfWords:
        drop, lines = 0.0, list[PdfLine]()
        for line in words.lines:
            if is_text(line):
                drop += (points - 6.0) * MM_PER_PT if abs(line.place.left - FIRST_LEFT) < 0.1 else 0.0
                lines.append(shifted(line, dy=drop))
            else:
                lines.append(line)
        return replace(words, lines=tuple(lines))

    return change


def ragged(every: int, mm: float) -> PdfChange:
    """Each so-many-th full line ends so far before the edge."""

    def change(words: PdfWords) -> PdfWords:
        full, lines = 0, list[PdfLine]()
        for line in words.lines:
            is_full = line.place.right > RIGHT - 1 and line.stretches[0].type.size_pt == 14
            full += is_full
            short = is_full and full % every == 0
            lines.append(
                replace(line, place=replace(line.place, right=line.place.right - mm)) if short else line
            )
        return replace(words, lines=tuple(lines))

    return change


def smaller(start: str, left: float, size_pt: float = 13.0) -> PdfChange:
    """A line of the text in smaller letters that begins there."""

    def move(line: PdfLine) -> PdfLine:
        stretches = tuple(Stretch(each.text, replace(each.type, size_pt=size_pt)) for each in line.stretches)
        return replace(line, stretches=stretches, place=replace(line.place, left=left))

    return lines_where(lambda line: text_of(line).startswith(start), move)


def fewer(count: int) -> PdfChange:
    """Of the text only so many lines, and all of them begin at 40 mm."""

    def change(words: PdfWords) -> PdfWords:
        text = [line for line in words.lines if is_text(line)]
        return replace(words, lines=tuple(line for line in words.lines if line not in text[count:]))

    return both(change, left_edge(40.0))


def marked(beside: dict[str, float]) -> PdfChange:
    """HỎA TỐC in red, right of the letterhead, and a line drawn near it."""
    type_ = Type("Times New Roman", 13.0, bold=True, color="FF0000")
    line = PdfLine(1, (Stretch("HỎA TỐC", type_),), Place(140.0, 160.0, 45.0))
    bounds = {"left": 145.0, "right": 155.0, "top": 44.9, "bottom": 45.1, **beside}

    def change(words: PdfWords) -> PdfWords:
        at = next(at for at, each in enumerate(words.lines) if text_of(each).startswith("Kính gửi"))
        lines = (*words.lines[:at], line, *words.lines[at:])
        return replace(words, lines=lines, rules=(*words.rules, PdfRule(1, **bounds)))

    return change


def overleaf(baseline: float) -> PdfChange:
    """The last paragraph goes on on a second page; its first line is the last of the first, that far down."""

    def change(words: PdfWords) -> PdfWords:
        at = next(at for at, line in enumerate(words.lines) if text_of(line).startswith("Nhận được"))
        lines = list(words.lines)
        lines[at] = replace(lines[at], place=replace(lines[at].place, baseline=baseline))
        lines[at + 1] = shifted(lines[at + 1], dy=24.66 - lines[at + 1].place.baseline)
        lines[at + 1 :] = [replace(line, page=line.page + 1) for line in lines[at + 1 :]]
        rules = tuple(replace(rule, page=rule.page + (rule.page > 1)) for rule in words.rules)
        return PdfWords((*words.pages, words.pages[0]), tuple(lines), rules, words.loose_families, words.lang)

    return change


def page_number(dx: float = 0.0, dy: float = 0.0, **looks: Any) -> PdfChange:
    """The number of the second page of the campaign's letter."""
    return both(pdf_type("2", **looks), lines_where(_is_number, lambda line: shifted(line, dx, dy)))


def _is_number(line: PdfLine) -> bool:
    return text_of(line) == "2" and line.page == 2 and line.place.baseline < 20


def picture(left: float, top: float) -> PdfChange:
    return page(pictures=((left, top, left + 20, top + 20),))  # pyright: ignore[reportArgumentType]


def motto_rule(length: float) -> PdfChange:
    return drawn(1, left=146.5 - (length + 0.4) / 2, right=146.5 + (length + 0.4) / 2)


def issuer_rule(length: float) -> PdfChange:
    return drawn(0, left=64.0 - (length + 0.4) / 2, right=64.0 + (length + 0.4) / 2)


def underline(em: float) -> PdfChange:
    """A line as long as the motto, its middle so far below its baseline."""
    middle = 29.77 + em * 14 * MM_PER_PT
    return drawn(1, left=116.2, right=176.8, top=middle - 0.13, bottom=middle + 0.13)


MOTTO_WIDTH, ISSUER_WIDTH = 176.73 - 116.27, 75.85 - 52.15
LIMITS = [
    # the page
    Limit("P1", "rộng", lambda mm: page(width=mm), (209.01, 210.99), (208.9, 211.1)),
    Limit("P1", "cao", lambda mm: page(height=mm), (296.01, 297.99), (295.9, 298.1)),
    Limit("P2", "lề trái hẹp", lambda mm: pdf("Thực hiện", dx=mm - FIRST_LEFT), (29.41,), (29.3,)),
    Limit("P2", "lề phải hẹp", lambda mm: pdf("- Các Sở", dx=mm - 115.7), (195.9,), (196.1,)),
    Limit("P2", "lề trên hẹp", lambda mm: both(pdf("CỘNG", dy=mm - 24.18), pdf("UBND TỈNH", dy=mm - 24.18)), (20.01,), (19.9,)),
    Limit("P2", "lề dưới hẹp", lambda mm: pdf("- Lưu", dy=mm - 188.18), (277.5,), (277.7,)),
    Limit("P2", "lề trên rộng", lambda mm: everything(lambda line: shifted(line, dy=mm - 24.18 + 4.2)), (28.9,), (29.1,)),
    Limit("P2", "lề dưới rộng", overleaf, (259.1,), (258.9,)),
    Limit("P5", "màu", lambda color: pdf_type("Thực hiện", color=color), ("000000", "2F2F2F"), ("300000", "303030", "002030")),
    Limit("T2", "bảng lấn trái", lambda mm: drawn(2, left=30 - mm), (2.39,), (2.5,)),
    Limit("T2", "bảng lấn phải", lambda mm: drawn(3, right=195 + mm), (2.39,), (2.5,)),
    # the letterhead
    Limit("H2", "lệch Quốc hiệu", lambda mm: pdf(MOTTO, dx=mm), (-1.9, 1.9), (-2.1, 2.1)),
    Limit("D1", "lệch Quốc hiệu", lambda mm: pdf("Đắk Nông,", dx=mm), (-1.9, 1.9), (-2.1, 2.1)),
    Limit("H5", "lệch chủ quản", lambda mm: pdf("SỞ NỘI VỤ", dx=mm), (-1.9, 1.9), (-2.1, 2.1)),
    Limit("N1", "lệch cơ quan", lambda mm: both(pdf("Số:", dx=mm), pdf(NUMBER, dx=mm)), (-3.9, 3.9), (-4.1, 4.1)),
    Limit("V1", "lệch cơ quan", lambda mm: both(pdf("V/v", dx=mm), pdf("dung về", dx=mm)), (-3.9, 3.9), (-4.1, 4.1)),
    Limit("H3", "đường kẻ, mm hơn 95 %", lambda mm: motto_rule(0.95 * MOTTO_WIDTH + mm), (-0.68,), (-0.72,)),
    Limit("H3", "đường kẻ, mm hơn 105 %", lambda mm: motto_rule(1.05 * MOTTO_WIDTH + mm), (0.68,), (0.72,)),
    Limit("H6", "đường kẻ, mm hơn 32 %", lambda mm: issuer_rule(0.32 * ISSUER_WIDTH + mm), (-0.68,), (-0.72,)),
    Limit("H6", "đường kẻ, mm hơn 51 %", lambda mm: issuer_rule(0.51 * ISSUER_WIDTH + mm), (0.68,), (0.72,)),
    Limit("H3", "đường kẻ quá xa", lambda mm: drawn(1, top=29.77 + mm, bottom=30.04 + mm), (5.9,), (6.1,)),
    Limit("H3", "đường kẻ lệch", lambda mm: drawn(1, left=116.3 + mm, right=176.7 + mm), (-2.9, 2.9), (-3.1, 3.1)),
    Limit("H3", "đường kẻ quá dày", lambda mm: drawn(1, top=31.3, bottom=31.3 + mm), (1.1,), (1.3,)),
    Limit("H2", "gạch chân", underline, (0.18,), (0.16, 0.05)),
    Limit("V2", "cách số", lambda pt: both(pdf("V/v", dy=(pt - 6.2) * MM_PER_PT), pdf("dung về", dy=(pt - 6.2) * MM_PER_PT)), (4.2, 6.0, 8.8), (3.8, 9.2)),
    # the text
    Limit("K3", "dưới dấu hai chấm", lambda mm: both(pdf("- Các", dx=mm - 73.03), pdf("- UBND các", dx=mm - 73.03)), (71.5, 77.3), (71.3, 77.5)),
    Limit("B11", "chú thích hình, lề trái", lambda mm: smaller("a) Tuyên", mm), (45.1,), (44.9, FIRST_LEFT)),
    Limit("B1", "chú thích hình, cỡ chữ", lambda pt: smaller("a) Tuyên", 60.0, pt), (11.0, 13.9), (14.2,)),
    Limit("B3", "lùi đầu dòng", lambda mm: first_lines(LEFT + mm), (9.1, 10.9, 11.8, 13.6), (8.9, 11.1, 11.6, 13.8)),
    Limit("B4", "cách đoạn", apart, (5.1, 6.0), (4.9, 0.5)),
    Limit("B5", "cách dòng", pitched, (1.11, 1.2, 1.77), (1.09, 1.79)),
    # the end
    Limit("S2", "lệch chức vụ", lambda mm: pdf(SIGNER, dx=mm), (-3.9, 3.9), (-4.1, 4.1)),
    Limit("S5", "chỗ ký", lambda mm: pdf(SIGNER, dy=mm - 33.68), (15.1,), (14.9, 5.0)),
    Limit("S4", "hình, từ trái", lambda mm: picture(mm, 185.0), (79.9,), (80.1,)),
    Limit("S4", "hình, từ trên", lambda mm: picture(140.0, 175.36 + mm), (-5.1, 33.8), (-4.9, 33.6)),
    # a mark of urgency, and how much must be there to judge
    Limit("P2", "đủ dòng để thấy lề rộng", fewer, (12,), (13,)),
    Limit("U1", "khung, bên trái", lambda mm: marked({"left": 131.0, "right": 140.0 - mm}), (7.9,), (8.1,)),
    Limit("U1", "khung, bên phải", lambda mm: marked({"left": 160.0 + mm, "right": 169.0}), (7.9,), (8.1,)),
    Limit("U1", "khung, bên trên", lambda mm: marked({"top": 36.0, "bottom": 45.0 - mm}), (7.9,), (8.1,)),
    Limit("U1", "khung, bên dưới", lambda mm: marked({"top": 45.0 + mm, "bottom": 54.0}), (7.9,), (8.1,)),
]  # fmt: skip
WHOLE_LIMITS = [
    Limit("P2", "lề trái rộng", left_edge, (30.0, 35.5), (35.7, 40.0)),
    Limit("P2", "lề phải rộng", right_edge, (195.0, 189.6), (189.2, 180.0)),
    Limit("P6", "cỡ số trang", lambda pt: page_number(size_pt=pt), (12.9, 13, 14, 14.1), (12.8, 14.2)),
    Limit("P6", "số trang lệch", lambda mm: page_number(dx=mm), (-10.3, 2.9), (-10.6, 3.1)),
    Limit("B2", "lề phải so le", lambda mm: ragged(2, mm), (1.8,), (2.2,)),
    Limit("B2", "số dòng so le", lambda every: ragged(every, 5.0), (4, 9), (2,)),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "value", "breaks"), sides(LIMITS))
def test_a_pdf_on_either_side_of_a_limit(limit: Limit, value: Any, breaks: bool) -> None:
    assert (limit.rule in pdf_rules(limit.change(value))) is breaks


@pytest.mark.parametrize(("limit", "value", "breaks"), sides(WHOLE_LIMITS))
def test_a_long_pdf_on_either_side_of_a_limit(limit: Limit, value: Any, breaks: bool) -> None:
    assert (limit.rule in pdf_rules(limit.change(value), whole=True)) is breaks


def test_the_unchanged_letters_break_nothing() -> None:
    assert pdf_rules(lambda words: words) == []
    assert pdf_rules(lambda words: words, whole=True) == []
    assert PdfPage(1, 1).pictures == ()
