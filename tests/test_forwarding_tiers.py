"""Passing a letter on with and without districts: whose letter it is, from where, and to whom."""

from __future__ import annotations

from typing import Any

import pytest

from dxassets.agencies import Agency, completed
from dxassets.api import Project
from dxassets.campaign import Campaign
from dxassets.country import communes_of, departments_of, provinces
from dxassets.decree import place_faults
from dxassets.dispatch import parse_dispatch
from dxassets.dispatch.holes import section_for
from dxassets.errors import DispatchError
from dxassets.kinds.letter.forwarding import forward_of
from tests.letter_support import CAMPAIGN


def campaign_of(project: Project, province: str, *more: Agency, row: bool = False) -> Campaign:
    """A campaign of that province, with its committee as a row or without."""
    offices = [*departments_of(province), *communes_of(province), *more]
    top = communes_of(province)[0].parent
    name = next(each for each in provinces() if each.unit.office_id == top)
    if row:
        offices.insert(
            0, Agency(id=top, name=name.unit.office, short_name=name.unit.short_office, level="tinh")
        )
    units = project.campaign.units
    found = {"province": name.name, "issuing_agency": "so-khoa-hoc-va-cong-nghe"}
    offices = list(completed(offices, units, name.name))
    values: dict[str, Any] = {**dict(project.campaign), **found, "offices": tuple(offices)}
    return Campaign.model_construct(**values)


def words_of(campaign: Campaign, agency: Agency) -> tuple[str, dict[str, tuple[str, ...]]]:
    forward = forward_of(agency, campaign)
    assert forward is not None
    return forward.level, dict(forward.words)


@pytest.mark.parametrize("row", [True, False])
@pytest.mark.parametrize("province", ["Lâm Đồng", "Huế", "An Giang"])
def test_a_commune_writes_by_itself_whether_or_not_the_province_has_a_row(
    project: Project, province: str, row: bool
) -> None:
    campaign = campaign_of(project, province, row=row)
    communes = [each for each in campaign.offices if each.level == "xa"]
    assert len(communes) > 30
    for commune in communes:
        level, words = words_of(campaign, commune)
        assert level == "xa"
        assert words["co-quan"] == (commune.name,)
        assert words["dia-ban"] == (commune.name.removeprefix("Ủy ban nhân dân "),)
        assert words["cap-uy"] == ("Đảng ủy",)
        assert words["cap-tren"] == (f"UBND {campaign.province}",)
        assert words["huyen"] == ()
        assert place_faults(*words["dia-danh"]) == []
        assert words["cap-thon"] != ("",)


def test_the_provinces_own_committee_has_no_letter_of_this_template(project: Project) -> None:
    campaign = campaign_of(project, "Lâm Đồng", row=True)
    assert campaign.offices[0].id == "ubnd-tinh-lam-dong"
    assert forward_of(campaign.offices[0], campaign) is None


def test_all_departments_but_the_issuer_pass_the_letter_on(project: Project) -> None:
    campaign = campaign_of(project, "Cần Thơ")
    departments = [each for each in campaign.offices if each.level == "so-nganh"]
    levels = {
        each.id: forward.level for each in departments if (forward := forward_of(each, campaign)) is not None
    }
    assert set(levels) == {each.id for each in departments} - {"so-khoa-hoc-va-cong-nghe"}
    assert set(levels.values()) == {"so"}
    assert words_of(campaign, departments[0])[1]["dia-danh"] == ("Cần Thơ",)


def test_offices_of_districts_are_named_nowhere_in_a_letter_without_districts(project: Project) -> None:
    campaign = campaign_of(project, "Lâm Đồng")
    data = (CAMPAIGN / "forward.md").read_bytes()
    section = section_for(data, "xa", "forward.md")
    assert "Phòng Văn hóa - Thông tin {huyen}" in section.decode()
    commune = campaign.office("ubnd-phuong-2-bao-loc")
    assert commune is not None
    _, words = words_of(campaign, commune)
    letter = parse_dispatch(section, {}, "forward.md", words={**words, "cong-van": ("số …",)})
    assert not [each for each in letter.particulars.recipients if "Phòng Văn hóa" in each]
    assert "UBND tỉnh Lâm Đồng (b/c)" in letter.particulars.recipients
    assert letter.particulars.issuer.body == ("ỦY BAN NHÂN DÂN", "PHƯỜNG 2 BẢO LỘC")
    assert letter.particulars.signer.authority == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert letter.particulars.place == "Phường 2 Bảo Lộc"


def test_a_sentence_about_a_district_is_told_with_its_line(project: Project) -> None:
    campaign = campaign_of(project, "Lâm Đồng")
    text = (CAMPAIGN / "forward.md").read_text(encoding="utf-8")
    old = "- Đoàn thanh niên cử đoàn viên"
    assert old in text
    data = text.replace(old, f"- Báo cáo {{huyen}}. {old}").encode()
    section = section_for(data, "xa", "forward.md")
    _, words = words_of(campaign, communes_of("Lâm Đồng")[0])
    with pytest.raises(DispatchError, match=r"forward\.md:\d+: \{huyen\} is nothing that this agency has"):
        parse_dispatch(section, {}, "forward.md", words={**words, "cong-van": ("số …",)})


def old_country(project: Project, *agencies: Agency, province: str) -> Campaign:
    offices = completed(agencies, project.campaign.units, province)
    found = {"province": province, "offices": offices, "issuing_agency": "nobody"}
    values: dict[str, Any] = {**dict(project.campaign), **found}
    return Campaign.model_construct(**values)


def committee(name: str, agency_id: str, *, district: str = "", parent: str = "") -> Agency:
    return Agency(
        id=agency_id,
        name=f"Ủy ban nhân dân {name}",
        short_name=f"UBND {name}",
        district=district,
        parent=parent,
    )


def test_quarters_towns_and_cities_of_a_city_have_their_places_and_party_committees(project: Project) -> None:
    campaign = old_country(
        project,
        committee("quận 1", "q1"),
        committee("quận Bình Thạnh", "bt"),
        committee("thành phố Thủ Đức", "td"),
        committee("huyện Củ Chi", "cc"),
        committee("phường Bến Nghé", "bn", district="quận 1"),
        committee("phường 25", "p25", parent="bt"),
        committee("xã Phú Hòa Đông", "phd", district="huyện Củ Chi"),
        province="thành phố Hồ Chí Minh",
    )
    told = {each.id: words_of(campaign, each) for each in campaign.offices}
    assert {each: level for each, (level, _) in told.items()} == {
        **dict.fromkeys(("q1", "bt", "td", "cc"), "huyen"),
        **dict.fromkeys(("bn", "p25", "phd"), "xa"),
    }
    places = {each: words["dia-danh"][0] for each, (_, words) in told.items()}
    assert places == {
        "q1": "Quận 1",
        "bt": "Bình Thạnh",
        "td": "Thủ Đức",
        "cc": "Củ Chi",
        "bn": "Bến Nghé",
        "p25": "Phường 25",
        "phd": "Phú Hòa Đông",
    }
    party = [told[each][1]["cap-uy"][0] for each in ("q1", "td", "cc", "bn")]
    assert party == ["Quận ủy", "Thành ủy", "Huyện ủy", "Đảng ủy"]
    assert told["bn"][1]["cap-tren"] == ("UBND quận 1",)
    assert told["bn"][1]["huyen"] == ("quận 1",)
    assert told["p25"][1]["huyen"] == ("quận Bình Thạnh",)
    assert told["q1"][1]["cac-xa"] == ("UBND phường Bến Nghé",)
    assert told["td"][1]["cac-xa"] == ("UBND các xã, phường, thị trấn",)


def test_a_district_without_a_row_is_believed_only_if_the_list_names_it(project: Project) -> None:
    campaign = old_country(
        project,
        committee("xã A", "a", district="huyện B", parent="ubnd-huyen-b"),
        committee("xã C", "c", parent="ubnd-huyen-d"),
        province="tỉnh Lâm Đồng",
    )
    first, second = campaign.offices
    assert words_of(campaign, first)[1]["cap-tren"] == ("UBND huyện B",)
    assert forward_of(second, campaign) is None


def test_special_zones_have_their_places(project: Project) -> None:
    zones = [
        (province.name, each)
        for province in provinces()
        for each in communes_of(province.name)
        if "đặc khu" in each.name
    ]
    assert len(zones) == 13
    for province, zone in zones:
        _, words = words_of(campaign_of(project, province), zone)
        assert words["loai"] == ("đặc khu",)
        assert words["dia-danh"] == (zone.name.removeprefix("Ủy ban nhân dân đặc khu "),)
