"""Figures as clerks type them: Vietnamese marks are understood, what is open is told, nothing is guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dxassets.report.numbers import MOST_FIGURE, read_number


@pytest.mark.parametrize(
    ("said", "number"),
    [
        (0, "0"), (12, "12"), (12.0, "12"), ("12", "12"), (" 12 ", "12"), ("007", "7"),
        ("1.234", "1234"), ("1.234.567", "1234567"), ("1 234", "1234"), ("1\u00a0234\u00a0567", "1234567"),
        ("1\u202f234", "1234"), ("12.345.678", "12345678"), ("0", "0"), ("999", "999"),
    ],
)  # fmt: skip
def test_whole_numbers_are_understood(said: str | float, number: str) -> None:
    assert read_number(said, decimals=0) == Decimal(number)


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("12,5", "12.5"), ("1.234,5", "1234.5"), ("1.234.567,89", "1234567.89"), ("0,25", "0.25"),
        (12.5, "12.5"), (0.1, "0.1"), ("1 234,5", "1234.5"), ("1.234", "1234"),
    ],
)  # fmt: skip
def test_decimals_are_understood_where_a_measure_has_them(said: str | float, number: str) -> None:
    assert read_number(said, decimals=2) == Decimal(number)


@pytest.mark.parametrize(
    ("said", "decimals", "vi"),
    [
        ("1,234", 0, "đọc được hai cách"), ("1,234", 3, "đọc được hai cách"),
        ("1,234,567", 0, "kiểu tiếng Anh"), ("1,234.5", 2, "kiểu tiếng Anh"), ("1.5", 2, "kiểu tiếng Anh"),
        ("1.23", 0, "kiểu tiếng Anh"), ("1.2345", 0, "kiểu tiếng Anh"),
        (1.234, 0, "không phải số nguyên"), ("12,5", 0, "không phải số nguyên"),
        (1.234, 2, "nhiều hơn 2 chữ số"), ("0,125", 2, "nhiều hơn 2"), ("12,3456", 2, "nhiều hơn 2"),
        (-5, 0, "số âm"), ("-5", 0, "số âm"), ("−5", 0, "số âm"), ("(5)", 0, "số âm"), (-0.5, 2, "số âm"),
        ("10/10/2022", 0, "ngày tháng"), ("10/10", 0, "ngày tháng"), ("2022-10-10", 0, "ngày tháng"),
        ("10.10.2022", 0, "ngày tháng"),
        ("120 hồ sơ", 0, "không phải số"), ("khoảng 100", 0, "không phải số"), ("100%", 0, "không phải số"),
        ("1.234 567", 0, "không phải số"), ("12.34.567", 0, "không phải số"), ("+5", 0, "không phải số"),
        ("=1+1", 0, "không phải số"), ("1e5", 0, "không phải số"), ("một trăm", 0, "không phải số"),
        ("１２", 0, "không phải số"), ("–", 0, "không phải số"), (float("nan"), 0, "không phải số"),
        (float("inf"), 0, "không phải số"), (True, 0, "ĐÚNG/SAI"),
    ],
)  # fmt: skip
def test_what_is_no_number_or_can_be_read_two_ways_is_told(said: str | float, decimals: int, vi: str) -> None:
    found = read_number(said, decimals=decimals)
    assert not isinstance(found, Decimal)
    assert vi in found[0]
    assert found[1]


def test_a_comma_behind_a_zero_is_read_one_way_only() -> None:
    assert read_number("0,125", decimals=3) == Decimal("0.125")


def test_a_figure_is_10_to_the_12_at_most() -> None:
    assert read_number(MOST_FIGURE, decimals=0) == Decimal(10) ** 12
    assert not isinstance(read_number(MOST_FIGURE + 1, decimals=0), Decimal)
    assert not isinstance(read_number("1.000.000.000.001", decimals=0), Decimal)
