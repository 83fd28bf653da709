"""Kinds of units are data: what names tell, all 3,321 communes of 2025, and what lists need not say."""

from __future__ import annotations

import unicodedata

import pytest

from dxassets.agencies import Agency, agencies_csv, completed, parse_agencies
from dxassets.api import Project
from dxassets.country import communes_of, departments_of, province_called, provinces, units_of
from dxassets.errors import CampaignError, InputError
from dxassets.resources import Resources, bundled_root
from dxassets.units import Units, parse_units


@pytest.fixture(scope="module")
def units() -> Units:
    return units_of(Resources((bundled_root(),)))


@pytest.mark.parametrize(
    ("name", "kind", "own", "level", "place"),
    [
        ("Ủy ban nhân dân đặc khu Phú Quốc", "dac-khu", "Phú Quốc", "xa", "Phú Quốc"),
        ("UBND xã Nam Dong", "xa", "Nam Dong", "xa", "Nam Dong"),
        ("ubnd Xã Nam Dong", "xa", "Nam Dong", "xa", "Nam Dong"),
        ("Uỷ ban nhân dân thị trấn Ea T'ling", "thi-tran", "Ea T'ling", "xa", "Ea T'ling"),
        ("UBND TP. Gia Nghĩa", "thanh-pho", "Gia Nghĩa", "huyen", "Gia Nghĩa"),
        ("UBND TP.Gia Nghĩa", "thanh-pho", "Gia Nghĩa", "huyen", "Gia Nghĩa"),
        ("UBND quận 1", "quan", "1", "huyen", "Quận 1"),
        ("UBND Q.Bình Thạnh", "quan", "Bình Thạnh", "huyen", "Bình Thạnh"),
        ("UBND thị xã Buôn Hồ", "thi-xa", "Buôn Hồ", "huyen", "Buôn Hồ"),
        ("UBND phường 2 Bảo Lộc", "phuong", "2 Bảo Lộc", "xa", "Phường 2 Bảo Lộc"),
        ("UBND xã Nguyễn Huệ", "xa", "Nguyễn Huệ", "xa", "Xã Nguyễn Huệ"),
        ("UBND phường Xuân Hương - Đà Lạt", "phuong", "Xuân Hương - Đà Lạt", "xa", "Xuân Hương - Đà Lạt"),
        ("UBND tỉnh Lâm Đồng", "tinh", "Lâm Đồng", "tinh", "Lâm Đồng"),
        (
            "UBND thành phố Hồ Chí Minh",
            "thanh-pho-truc-thuoc-trung-uong",
            "Hồ Chí Minh",
            "tinh",
            "Thành phố Hồ Chí Minh",
        ),
    ],
)
def test_a_name_tells_kind_own_name_level_and_place(
    units: Units, name: str, kind: str, own: str, level: str, place: str
) -> None:
    unit = units.committee_of(name)
    assert unit is not None
    assert (unit.kind.id, unit.name, unit.kind.level, unit.place) == (kind, own, level, place)
    assert units.committee_of(unicodedata.normalize("NFD", name)) == unit


@pytest.mark.parametrize(
    "name",
    [
        "Huyện ủy Cư Jút",
        "Ủy ban Mặt trận Tổ quốc Việt Nam xã Nam Dong",
        "Xã đoàn Nam Dong",
        "UBND",
        "UBND xã",
        "Ủy ban nhân dân các xã",
        "Ủy ban nhân dân thôn 3",
        "Sở Nội vụ tỉnh Lâm Đồng",
        "xã Nam Dong",
    ],
)
def test_what_is_no_peoples_committee_is_none(units: Units, name: str) -> None:
    assert units.committee_of(name) is None


def test_a_unit_behind_a_comma_is_where_it_lies(units: Units) -> None:
    unit = units.committee_of("UBND xã Nam Dong, huyện Cư Jút")
    assert unit is not None
    assert (unit.name, unit.within, unit.office_id) == ("Nam Dong", "huyện Cư Jút", "ubnd-xa-nam-dong")


def test_a_city_is_a_province_or_of_one_by_level_and_by_the_campaigns_province(units: Units) -> None:
    def level(**known: str) -> str:
        unit = units.committee_of("UBND thành phố Huế", **known)
        assert unit is not None
        return unit.kind.level

    assert level() == "tinh"
    assert level(province="thành phố Huế") == "tinh"
    assert level(province="tỉnh Thừa Thiên Huế") == "huyen"  # until the end of 2024
    assert level(level="huyen") == "huyen"
    assert units.levels_of("UBND thành phố Huế") == ("tinh", "huyen")
    assert units.levels_of("UBND xã Nam Dong") == ("xa",)
    assert units.levels_of("Sở Nội vụ") == ()


def test_party_committees_are_called_by_their_kind(units: Units) -> None:
    called = {kind.id: kind.party for kind in units.kinds if kind.governed}
    assert called["tinh"] == "Tỉnh ủy"
    assert called["thanh-pho"] == called["thanh-pho-truc-thuoc-trung-uong"] == "Thành ủy"
    assert (called["quan"], called["huyen"], called["thi-xa"]) == ("Quận ủy", "Huyện ủy", "Thị ủy")
    assert {called[each] for each in ("xa", "phuong", "thi-tran", "dac-khu")} == {"Đảng ủy"}
    ungoverned = {kind.name for kind in units.kinds if not kind.governed}
    assert ungoverned == {"thôn", "bon", "buôn", "bản", "tổ dân phố", "khu phố"}


def test_a_kind_of_a_level_that_there_is_not_is_refused() -> None:
    text = (bundled_root() / "campaigns/units.toml").read_text(encoding="utf-8")
    with pytest.raises(CampaignError, match="there is no level xaa"):
        parse_units(text.replace('level = "xa"', 'level = "xaa"', 1).encode(), "units.toml")


# --- the bundled campaign ---------------------------------------------------------------------------


def test_what_the_bundled_list_says_is_what_names_tell(project: Project) -> None:
    """Level and parent taken away from all its rows and derived again: nothing is told otherwise."""
    listed = project.campaign.offices
    bare = [office.model_copy(update={"level": "", "parent": ""}) for office in listed]
    derived = completed(bare, project.campaign.units, project.campaign.province)
    assert [office.level for office in derived] == [
        "" if office.name == "Tạp chí Nâm Nung" and not again.level else office.level
        for office, again in zip(listed, derived, strict=True)
    ]
    told = [(office, again) for office, again in zip(listed, derived, strict=True) if again.parent]
    assert len(told) > 100
    assert [again.parent for _, again in told] == [office.parent for office, _ in told]
    assert completed(listed, project.campaign.units, project.campaign.province) == listed


def test_a_commune_in_no_named_district_has_no_parent_where_there_are_districts(project: Project) -> None:
    units, province = project.campaign.units, "tỉnh Đắk Nông"
    district = Agency(id="d", name="Ủy ban nhân dân huyện Cư Jút", short_name="UBND huyện Cư Jút")
    commune = Agency(id="c", name="Ủy ban nhân dân xã Nam Dong", short_name="UBND xã Nam Dong")
    assert completed([district, commune], units, province)[1].parent == ""
    named = commune.model_copy(update={"district": "huyện Cư Jút"})
    assert completed([district, named], units, province)[1].parent == "d"
    below = commune.model_copy(update={"parent": "d"})
    assert completed([district, below], units, province)[1].district == "huyện Cư Jút"
    assert completed([commune], units, province)[0].parent == "ubnd-tinh-dak-nong"
    assert completed([commune], units, "")[0].parent == ""


# --- the country since 1 July 2025 ------------------------------------------------------------------


def test_all_3321_communes_are_there_and_go_through_a_list_and_back(units: Units) -> None:
    count = 0
    for province in provinces():
        communes = communes_of(province.name)
        count += len(communes)
        assert parse_agencies(agencies_csv(communes), "agencies.csv") == communes
        assert len({each.id for each in communes}) == len(communes)
        assert {each.parent for each in communes} == {province.unit.office_id}
        for each in communes:
            assert unicodedata.normalize("NFC", each.name + each.short_name) == each.name + each.short_name
            unit = units.committee_of(each.name, province=province.name)
            assert unit is not None
            assert (unit.office, unit.short_office, unit.kind.level) == (each.name, each.short_name, "xa")
            assert units.committee_of(each.short_name, province=province.name) == unit
        stripped = [each.model_copy(update={"level": "", "parent": ""}) for each in communes]
        assert completed(stripped, units, province.name) == communes
    assert (len(provinces()), count) == (34, 3321)


def test_kinds_of_communes_are_as_many_as_the_law_counts() -> None:
    kinds = [unit.kind.id for province in provinces() for _, unit in province.communes]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"xa": 2621, "phuong": 687, "dac-khu": 13}
    assert sum(province.unit.kind.id != "tinh" for province in provinces()) == 6


def test_communes_whose_names_differ_by_marks_alone_have_ids_of_their_own() -> None:
    ids = {each.name: each.id for each in communes_of("Quảng Ngãi")}
    assert ids["Ủy ban nhân dân xã Ba Tơ"] != ids["Ủy ban nhân dân xã Ba Tô"]
    assert ids["Ủy ban nhân dân xã Ba Tơ"].startswith("ubnd-xa-ba-to-")


@pytest.mark.parametrize("text", ["Lâm Đồng", "tỉnh Lâm Đồng", "lam dong", "  Tỉnh  Lâm Đồng "])
def test_a_province_is_found_however_it_is_typed(text: str) -> None:
    assert province_called(text).name == "tỉnh Lâm Đồng"
    assert len(communes_of(text)) == 124


def test_a_province_that_is_no_more_is_told() -> None:
    with pytest.raises(InputError, match="Đắk Nông is part of tỉnh Lâm Đồng"):
        communes_of("Đắk Nông")


@pytest.mark.parametrize(("province", "kind"), [("Lâm Đồng", "tỉnh"), ("Huế", "thành phố")])
def test_departments_are_those_after_the_mergers(province: str, kind: str) -> None:
    found = {each.id: each for each in departments_of(province)}
    assert {"so-tai-chinh", "so-nong-nghiep-va-moi-truong", "so-khoa-hoc-va-cong-nghe"} <= set(found)
    assert not {"so-thong-tin-va-truyen-thong", "so-giao-thong-van-tai", "so-ke-hoach-va-dau-tu"} & set(found)
    assert found["thanh-tra"].name == f"Thanh tra {kind} {province}"
    assert found["thanh-tra"].short_name == f"Thanh tra {kind}"
    assert {each.parent for each in found.values()} == {province_called(province).unit.office_id}
    assert not any("{" in each.name + each.short_name for each in found.values())
    assert not set(found) & {each.id for each in communes_of(province)}


def test_rows_to_be_checked_are_marked_in_the_list() -> None:
    rows = departments_of("Lâm Đồng")
    text = agencies_csv(rows, to_check={rows[0].id: "kiểm tra lại"}).decode("utf-8-sig").splitlines()
    assert text[0].endswith(",check")
    assert [line.endswith(",kiểm tra lại") for line in text[1:3]] == [True, False]
    assert "check" not in agencies_csv(rows).decode("utf-8-sig").splitlines()[0]
