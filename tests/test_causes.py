"""Causes as they are bundled: days that law has fixed with what fixed them, and no name of a place."""

from __future__ import annotations

import tomllib
import unicodedata
from pathlib import Path

import pytest

from dxassets.api import Project
from dxassets.api.starting.causes import Cause, cause_called, causes, day_of
from dxassets.errors import InputError
from dxassets.resources import Resources, bundled_root
from dxassets.strangers import places_named, provinces_in

RESOURCES = Resources((bundled_root(),))
CAUSES = causes(RESOURCES)
FILES = sorted((bundled_root() / "campaigns/causes").glob("*.toml"))
FIXED = {
    "chuyen-doi-so": ("10/10", "Ngày Chuyển đổi số quốc gia", "505/QĐ-TTg"),
    "phap-luat": ("09/11", "Ngày Pháp luật nước Cộng hòa xã hội chủ nghĩa Việt Nam", "Điều 8"),
    "ma-tuy": ("26/6", "Ngày toàn dân phòng, chống ma túy", "93/2001/QĐ-TTg"),
    "pccc": ("04/10", "Ngày toàn dân phòng cháy và chữa cháy", "Luật Phòng cháy và chữa cháy"),
}
"""Days by law or decision; of the others nobody may say that they are."""


def test_there_are_the_seven_and_all_are_read() -> None:
    assert set(CAUSES) == {*FIXED, "tiem-chung", "bau-cu", "trong"} == {file.stem for file in FILES}


@pytest.mark.parametrize("cause_id", CAUSES)
def test_only_days_that_are_fixed_have_a_date_and_each_says_by_what(cause_id: str) -> None:
    day = CAUSES[cause_id].day
    if cause_id not in FIXED:
        assert day is None
        return
    assert day is not None
    mark, name, source = FIXED[cause_id]
    assert (day.mark, day.name) == (mark, name)
    assert source in day.source
    assert day_of(day.mark, 2026).year == 2026


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_texts_are_composed_and_name_no_place(file: Path) -> None:
    text = file.read_text("utf-8")
    assert text == unicodedata.normalize("NFC", text)
    places = provinces_in(RESOURCES.read("campaigns/provinces.txt").data)
    assert [name.text for line in text.splitlines() for name, _ in places_named(line, places)] == []
    assert "http" not in text


@pytest.mark.parametrize("cause_id", CAUSES)
def test_looks_and_issuers_are_known(cause_id: str, project: Project) -> None:
    cause = CAUSES[cause_id]
    assert set(cause.themes) <= {theme.id for theme in project.brand.themes}
    assert "brocade" not in cause.themes
    assert cause.motif in {"pixels", "lozenges"} or RESOURCES.find(f"templates/motifs/{cause.motif}.svg")
    departments = tomllib.loads(RESOURCES.read("campaigns/data/departments-2025.toml").data.decode())
    assert cause.issuer in {"committee", *(each["id"] for each in departments["departments"])}


def test_the_year_orders_them_and_days_of_no_date_come_last() -> None:
    assert list(CAUSES)[:4] == ["ma-tuy", "pccc", "chuyen-doi-so", "phap-luat"]


@pytest.mark.parametrize("typed", ["phap-luat", "Pháp luật", "PHAP LUAT"])
def test_a_cause_is_found_as_people_type_it(typed: str) -> None:
    assert cause_called(typed, RESOURCES)[0] == "phap-luat"


def test_a_wrong_cause_is_told_with_all_and_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        cause_called("phap-luan", RESOURCES)
    assert "Có phải là: phap-luat" in caught.value.problems[0].vi


def test_pictures_call_a_day_short_only_while_it_has_its_usual_name() -> None:
    law = CAUSES["phap-luat"]
    assert law.shown_name(law.usual_day_name) == "Ngày Pháp luật Việt Nam"
    assert law.shown_name("Ngày khác") == "Ngày khác"
    assert Cause.model_validate({**law.model_dump(), "day": None}).shown_name("Ngày khác") == "Ngày khác"
