"""A letter that speaks for another province, year or office is told, line by line, wherever it is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from dxassets.api import check_project, load_campaign, plan
from dxassets.errors import InputError, Problem
from dxassets.planner import Wanted
from dxassets.strangers import addresses_named, bare_name, name_of, places_named, said_lines, years_named
from tests.conftest import ROOT, CampaignCopy, Run

NEW = "so-khoa-hoc-va-cong-nghe"
FILES = ("dispatch.md", "annex.toml", "forward.md")


@pytest.fixture
def hue(copy: CampaignCopy) -> CampaignCopy:
    """Last year's folder, of which a clerk changed campaign.toml and agencies.csv alone."""
    copy.edit('id = "daknong-2022"', 'id = "hue-2026"')
    copy.edit('province = "tỉnh Đắk Nông"', 'province = "thành phố Huế"')
    copy.edit("year = 2022", "year = 2026")
    copy.edit('issuing_agency = "so-thong-tin-va-truyen-thong"', f'issuing_agency = "{NEW}"')
    change(copy, "agencies.csv", "tỉnh Đắk Nông", "thành phố Huế")
    change(copy, "agencies.csv", "Đắk Nông", "Huế")
    return copy


def change(copy: CampaignCopy, name: str, old: str, new: str) -> None:
    file = copy.folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def told(copy: CampaignCopy) -> tuple[list[Problem], list[Problem]]:
    errors, warnings = check_project(load_campaign(copy.folder))
    of_letter = [[each for each in found if each.where.startswith(FILES)] for found in (errors, warnings)]
    return of_letter[0], of_letter[1]


def lines_with(copy: CampaignCopy, name: str, *words: str) -> set[str]:
    """The places of lines, but comments, that hold one of `words`."""
    said = said_lines((copy.folder / name).read_text(encoding="utf-8"), toml=name.endswith(".toml"))
    return {f"{name}:{number}" for number, line in said if any(word in line for word in words)}


# --- the clerk's copy ---------------------------------------------------------------------------------


def test_the_bundled_letter_is_its_campaigns_own(copy: CampaignCopy) -> None:
    assert told(copy) == ([], [])


def test_each_line_that_still_speaks_for_the_old_place_and_year_is_an_error(hue: CampaignCopy) -> None:
    errors, _ = told(hue)
    found = {problem.where for problem in errors}
    # “19/9/2022”, “năm 2022” and the particulars' year; the subject of row 2 has no year
    for name in ("dispatch.md", "annex.toml"):
        missed = lines_with(hue, name, "Đắk Nông", "ĐẮK NÔNG", "/2022", "năm 2022", "year = 2022") - found
        assert missed == set(), name
    assert {problem.where for problem in errors if "Trần Văn Thương" in problem.vi}
    forward = {where for where in found if where.startswith("forward.md")}
    assert lines_with(hue, "forward.md", "tỉnh Đắk Nông (01/11)") & forward


@pytest.mark.parametrize("command", ["build", "letter", "site", "check"])
def test_nothing_is_made_of_it_by_any_way(
    dxassets: Run, hue: CampaignCopy, tmp_path: Path, command: str
) -> None:
    out = tmp_path / "out"
    option = {"letter": "-o", "build": "--out", "site": "--out", "check": None}[command]
    said = dxassets(command, hue.folder, *([] if option is None else [option, out]), "--lang", "vi")
    assert said.code == 2
    assert "dispatch.md:33" in said.err
    assert not list(out.rglob("*.docx"))


def test_a_forward_letter_alone_is_held_to_the_same(hue: CampaignCopy) -> None:
    project = load_campaign(hue.folder)
    wanted = Wanted(kinds=("letter",), agencies=("ubnd-huyen-cu-jut",))
    with pytest.raises(InputError, match=r"forward\.md:16: the letter is of 2022"):
        plan(project, wanted)


def test_head_and_text_put_right_it_is_silent(hue: CampaignCopy) -> None:
    """And comes back with a single line that says the old name again."""
    for name in FILES:
        for old, new in (
            ("ĐẮK NÔNG", "HUẾ"),
            ("TỈNH HUẾ", "THÀNH PHỐ HUẾ"),
            ("tỉnh Đắk Nông", "thành phố Huế"),
            ("Đắk Nông", "Huế"),
            ("2022", "2026"),
            ("Sở Thông tin và Truyền thông", "Sở Khoa học và Công nghệ"),
            ('["SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"]', '["SỞ KHOA HỌC", "VÀ CÔNG NGHỆ"]'),
            ("/STTTT-", "/SKHCN-"),
        ):
            text = (hue.folder / name).read_text(encoding="utf-8")
            (hue.folder / name).write_text(text.replace(old, new), encoding="utf-8")
    assert told(hue) == ([], [])
    change(hue, "annex.toml", "trên địa bàn tỉnh", "trên địa bàn tỉnh Đắk Nông")
    errors, _ = told(hue)
    assert [problem.where for problem in errors] == ["annex.toml:17"]


# --- one thing at a time --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ("year = 2022", "year = 2021", "dispatch.md:8", "is of 2021"),
        ("UBND TỈNH ĐẮK NÔNG", "UBND TỈNH GIA LAI", "dispatch.md:33", "'UBND TỈNH GIA LAI'"),
        ("UBND TỈNH ĐẮK NÔNG", "UBND TỈNH MỚI LẠ", "dispatch.md:33", "'UBND TỈNH MỚI LẠ'"),
        ('place = "Đắk Nông"', 'place = "Pleiku"', "dispatch.md:6", "'Pleiku'"),
        ('"SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG"', '"SỞ NỘI VỤ"', "dispatch.md:34", "'SỞ NỘI VỤ'"),
        ('name = "Sở Thông tin và Truyền thông"', 'name = "Sở Nội vụ"', "dispatch.md:35", "'Sở Nội vụ'"),
        ("trên địa bàn tỉnh Đắk Nông.", "trên địa bàn tỉnh Gia Lai.", "dispatch.md:42", "'Gia Lai'"),
    ],
)
def test_a_particular_of_another_is_an_error(
    copy: CampaignCopy, old: str, new: str, where: str, words: str
) -> None:
    change(copy, "dispatch.md", old, new)
    errors, _ = told(copy)
    assert any(problem.where == where and words in problem.en for problem in errors)
    signed = any("Trần Văn Thương" in problem.en for problem in errors)
    assert signed == ("trên địa bàn" not in old), "nobody signs another's letter"


@pytest.mark.parametrize(
    ("old", "new", "where", "words"),
    [
        ("/STTTT-CNTT", "/SNV-CNTT", "dispatch.md:5", "'SNV' does not look like"),
        ("ngày 19/9/2022", "ngày 19/9/2021", "dispatch.md:42", "a date of 2021"),
        ("https://dx.mic.gov.vn/", "https://dx.gov.vn/", "dispatch.md:72", "leads to 'dx.gov.vn'"),
    ],
)
def test_what_may_be_meant_is_a_warning(
    copy: CampaignCopy, old: str, new: str, where: str, words: str
) -> None:
    change(copy, "dispatch.md", old, new)
    errors, warnings = told(copy)
    assert errors == []
    assert [(problem.where, words in problem.en) for problem in warnings] == [(where, True)]


def test_what_is_meant_is_listed_under_mentions(copy: CampaignCopy) -> None:
    change(copy, "dispatch.md", "trên địa bàn tỉnh Đắk Nông.", "trên địa bàn tỉnh Gia Lai, năm 2021.")
    change(copy, "dispatch.md", "https://dx.mic.gov.vn/", "https://dx.gov.vn/")
    assert told(copy) != ([], [])
    change(copy, "dispatch.md", "month = 9", 'mentions = ["Gia Lai", "2021", "dx.gov.vn"]\nmonth = 9')
    assert told(copy) == ([], [])


@pytest.mark.parametrize("place", ["Gia Nghĩa", "Cư Jút"])
def test_a_place_where_a_listed_agency_is_will_do(copy: CampaignCopy, place: str) -> None:
    change(copy, "dispatch.md", 'place = "Đắk Nông"', f'place = "{place}"')
    assert told(copy) == ([], [])


@pytest.mark.parametrize("name", ["Sở TT&TT", "Sở Thông tin và Truyền thông tỉnh Đắk Nông"])
def test_the_issuer_may_be_called_by_each_of_its_names(copy: CampaignCopy, name: str) -> None:
    change(copy, "dispatch.md", 'name = "Sở Thông tin và Truyền thông"', f'name = "{name}"')
    assert told(copy) == ([], [])


# --- one agency ---------------------------------------------------------------------------------------


def with_a_bad_office(copy: CampaignCopy) -> int:
    """An office whose symbol can't be derived; returns its line."""
    file = copy.folder / "agencies.csv"
    rows = file.read_text(encoding="utf-8").rstrip("\n")
    row = "so-bon-cham-khong,Sở Kinh tế - số 4.0 -- tỉnh Đắk Nông,Sở 4.0,so-nganh,,ubnd-tinh-dak-nong"
    file.write_text(f"{rows}\n{row}\n", encoding="utf-8")
    return rows.count("\n") + 2


def test_one_agency_without_a_letter_is_told_and_the_others_go_on(copy: CampaignCopy) -> None:
    bundled = plan(load_campaign(copy.folder), Wanted(kinds=("letter",), all_agencies=True))
    line = with_a_bad_office(copy)
    project = load_campaign(copy.folder)
    planned = plan(project, Wanted(kinds=("letter",), all_agencies=True))
    assert {job.path for job in planned.jobs} == {job.path for job in bundled.jobs}
    skipped = [skip for skip in planned.skipped if skip.path.startswith("so-bon-cham-khong/")]
    assert len(skipped) == 2
    assert "forward.md:" in skipped[0].reason_en
    errors, _ = check_project(project)
    assert [problem.where for problem in errors] == [f"agencies.csv:{line}"]
    assert "Sở Kinh tế - số 4.0" in errors[0].vi


def test_it_alone_is_refused(copy: CampaignCopy) -> None:
    with_a_bad_office(copy)
    with pytest.raises(InputError, match=r"forward\.md:"):
        plan(load_campaign(copy.folder), Wanted(kinds=("letter",), agencies=("so-bon-cham-khong",)))


def test_a_fault_of_the_template_is_nobodys_own(copy: CampaignCopy) -> None:
    change(copy, "forward.md", "Nhận được Công văn này", "Nhận được {cong-vann}")
    project = load_campaign(copy.folder)
    with pytest.raises(InputError, match="cong-vann"):
        plan(project, Wanted(kinds=("letter",), all_agencies=True))
    errors, _ = check_project(project)
    assert {problem.where.partition(":")[0] for problem in errors} == {"forward.md"}


# --- words in a text ----------------------------------------------------------------------------------

PLACES = [
    name_of("Thừa Thiên Huế"),
    name_of("Huế"),
    name_of("Hòa Bình"),
    name_of("Hồ Chí Minh", personal=True),
]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("UBND TỈNH HÒA BÌNH", [("Hòa Bình", True)]),
        ("Viettel Hoà Bình, Bưu điện", [("Hòa Bình", False)]),
        ("vì hòa bình, hữu nghị", []),
        ("tỉnh Thừa Thiên Huế", [("Thừa Thiên Huế", True)]),
        ("TP. Huế và tp Huế", [("Huế", True), ("Huế", True)]),
        ("Đoàn TNCS Hồ Chí Minh tỉnh", [("Hồ Chí Minh", False)]),
        ("tỉnh nhà", []),
    ],
)
def test_places_are_found_by_their_capitals_and_kinds(line: str, found: list[tuple[str, bool]]) -> None:
    assert [(name.text, kind) for name, kind in places_named(line, PLACES)] == found


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("ngày 19/9/2022 và 01-10-2021, năm 1999", {2022, 2021, 1999}),
        ("Nghị định 30/2020/NĐ-CP", {2020}),
        ("tháng 9/2022", {2022}),
        ("2022 lượt người, 20220 hộ", set()),
    ],
)
def test_years_are_found_in_dates(line: str, years: set[int]) -> None:
    assert years_named(line) == years


def test_addresses_end_where_a_sentence_does() -> None:
    assert addresses_named("xem <https://a.vn/b>, (https://c.vn). a.vn") == ["https://a.vn/b", "https://c.vn"]


@pytest.mark.parametrize(
    ("area", "name"),
    [
        ("tỉnh Đắk Nông", "Đắk Nông"),
        ("TP. Huế", "Huế"),
        ("Thành phố Huế", "Huế"),
        ("Huế", "Huế"),
        ("tỉnh", "tỉnh"),
    ],
)
def test_the_kind_is_taken_off_a_name(area: str, name: str) -> None:
    assert bare_name(area) == name


def test_comments_say_nothing() -> None:
    text = '+++\na = "x # y" # z\n# b\n+++\n## c # d\n'
    assert [line for _, line in said_lines(text, toml=False)] == ['a = "x # y" ', "", "## c # d"]


def test_all_provinces_are_listed() -> None:
    lines = (ROOT / "campaigns/provinces.txt").read_text(encoding="utf-8").splitlines()
    names = [line for line in lines if line and not line.startswith("#")]
    assert len(names) == len(set(names)) == 64  # 63 of 2008, and Huế, which Thừa Thiên Huế became in 2025
