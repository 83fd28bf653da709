"""Provinces as people call them, and the 63 of before 1 July 2025 that became 34."""

from __future__ import annotations

import pytest

from dxassets.country import bare_province, mergers, province_called, provinces
from dxassets.errors import InputError
from dxassets.resources import Resources, bundled_root
from dxassets.strangers import provinces_in
from dxassets.vietnamese import fold


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Lâm Đồng", "tỉnh Lâm Đồng"),
        ("lam dong", "tỉnh Lâm Đồng"),
        ("tinh Lam Dong", "tỉnh Lâm Đồng"),
        ("TỈNH LÂM ĐỒNG", "tỉnh Lâm Đồng"),
        ("TP. Huế", "thành phố Huế"),
        ("TP.HCM", "thành phố Hồ Chí Minh"),
        ("Sài Gòn", "thành phố Hồ Chí Minh"),
        ("thanh pho  can tho", "thành phố Cần Thơ"),
    ],
)
def test_a_province_is_understood_with_or_without_marks_and_kind(typed: str, name: str) -> None:
    assert province_called(typed).name == name


def test_the_63_of_before_are_34_of_today_with_those_that_joined_them() -> None:
    today = {province.unit.name for province in provinces()}
    joined = [old for merger in mergers() for old in merger.merged]
    before = provinces_in(Resources((bundled_root(),)).read("campaigns/provinces.txt").data)
    assert len(joined) == len(set(joined)) == 30  # Thừa Thiên Huế was only renamed
    assert not today & set(joined)
    assert {fold(name.text) for name in before} == {fold(name) for name in today | set(joined)}
    assert {merger.name for merger in mergers()} <= {province.name for province in provinces()}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Đắk Nông", "tỉnh Lâm Đồng"),
        ("tinh dak nong", "tỉnh Lâm Đồng"),
        ("Bà Rịa - Vũng Tàu", "thành phố Hồ Chí Minh"),
        ("Thừa Thiên Huế", "thành phố Huế"),
    ],
)
def test_an_old_name_tells_the_new_one(old: str, new: str) -> None:
    with pytest.raises(InputError) as caught:
        province_called(old)
    assert caught.value.problems[0].vi.endswith(f"Có phải là: {new}?")


@pytest.mark.parametrize(("slip", "meant"), [("Lam Dng", "Lâm Đồng"), ("Quảng Nghãi", "Quảng Ngãi")])
def test_a_slip_is_answered_with_the_nearest(slip: str, meant: str) -> None:
    with pytest.raises(InputError) as caught:
        province_called(slip)
    assert f"Có phải là: {meant}" in caught.value.problems[0].vi


def test_a_name_that_is_nothing_like_any_suggests_nothing() -> None:
    with pytest.raises(InputError) as caught:
        province_called("xyz")
    assert "Có phải" not in caught.value.problems[0].vi


def test_only_a_kind_before_a_name_is_taken_off() -> None:
    assert bare_province("Tỉnh") == "Tỉnh"
    assert bare_province("tỉnh Gia Lai") == "Gia Lai"
    assert bare_province("TP.Huế") == "Huế"
