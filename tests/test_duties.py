"""Who does what until when: the file of duties, what is wrong in it, and where its days and files show."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema_rs
import pytest

from dxassets.api import Project, check_project, load_campaign
from dxassets.api.schema import duties_schema
from dxassets.api.site.duties import roles_of
from dxassets.campaign import campaign_warnings
from dxassets.errors import CampaignError
from dxassets.kinds.calendar.happening import happenings_of
from dxassets.kinds.registry import all_kinds
from dxassets.models import read_toml
from dxassets.renderers.site import Site, SiteLink, SitePages
from dxassets.resources import bundled_campaigns, bundled_root
from dxassets.store import AssetSize, Record

DUTIES = bundled_root() / "campaigns/daknong-2022/duties.toml"
ISSUER = "so-thong-tin-va-truyen-thong"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the campaign."""
    return Path(shutil.copytree(DUTIES.parent, tmp_path / "campaigns/mine"))


def loaded(folder: Path, old: str = "", new: str = "") -> Project:
    file = folder / "duties.toml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")
    return load_campaign(folder)


def told(folder: Path, old: str, new: str) -> list[tuple[str, str, str]]:
    """All that is wrong after a change: where, in Vietnamese, in English."""
    try:
        problems = check_project(loaded(folder, old, new))[0]
    except CampaignError as error:
        problems = list(error.problems)
    return [(each.where.rpartition("/")[2], each.vi, each.en) for each in problems]


def record(kind: str, path: str, *, preset: str | None = None, day: str | None = None) -> Record:
    return Record(
        path, kind, preset, "digital", day, ISSUER, f"tệp {path}", AssetSize(1, 1, "px"), 9, "0" * 64,
        "image/png", "alt", (), None, {}, "key",
    )  # fmt: skip


def test_every_duty_of_the_dispatch_names_files_that_there_are(project: Project) -> None:
    file = project.campaign.duties
    assert file is not None
    assert [role.name.vi for role in file.roles] == [
        "Văn thư", "Cán bộ truyền thông", "Đài truyền thanh", "Đoàn viên",
    ]  # fmt: skip
    assert all(duty.files for duty in file.duties)
    assert {each.kind for duty in file.duties for each in duty.files} <= set(all_kinds())
    assert {duty.source.partition(",")[0] for duty in file.duties if duty.source} == {
        "Mục 1.a", "Mục 1.b", "Mục 2.a", "Mục 2.b", "Mục 2.c", "Phụ lục",
    }  # fmt: skip


def test_only_a_campaign_with_the_file_has_duties(tmp_path: Path) -> None:
    for name in bundled_campaigns():
        assert (load_campaign(name).campaign.duties is not None) == (name == "daknong-2022")
    folder = Path(shutil.copytree(DUTIES.parent, tmp_path / "campaigns/mine"))
    remarks = bundled_root() / "templates/campaign/duties.toml"
    shutil.copy(remarks, folder / "duties.toml")
    assert load_campaign(folder).campaign.duties is None


@pytest.mark.parametrize(
    ("old", "new", "where", "vi"),
    [
        ('{ kind = "letter" }', '{ kind = "leter" }', "duties[0].files[0].kind", "Có phải là: letter"),
        ('"poster-a3"', '"poster-a33"', "duties[0].files[1].presets", "Có phải là: poster-a3"),
        ('roles = ["van-thu", "can', 'roles = ["van-thuu", "can', "duties[0].roles", "[[roles]]"),
        ('links = ["handbook"]', 'links = ["hanbook"]', "duties[0].links", "Có phải là: handbook"),
        ('deadline = "bao-cao"', 'deadline = "bao-cai"', "duties[17].deadline", "Có phải là: bao-cao"),
        ('for = ["so-nganh", "doan', 'for = ["so-nghanh", "doan', "duties[0].for", "so-nganh"),
        ('deadline = "bao-cao"', 'deadline = "xong"', "duties[17].deadline", "sửa mã, hoặc thêm vào đó"),
        ('what = { vi = "', 'what = { vi = "🎉 ', "duties[0].what.vi", "biểu tượng cảm xúc"),
        ("no_limit = true\nfiles", "files", "duties[0]", "thiếu thời hạn"),
        ("no_limit = true\nfiles", "no_limit = true\nlast = 2022-10-10\nfiles", "duties[0]", "một trong ba"),
        ("last = 2022-11-08", "last = 2022-10-07", "duties[1]", "đứng trước ngày đầu"),
        ("first = 2022-10-08", "first = 2012-10-08", "duties[1].first", "hơn một năm"),
        ("first = 2022-10-08", 'first = "2022-10-32"', "duties[1].first", "ngày có thật"),
        ('id = "treo-khau-hieu"', 'id = "tuyen-truyen"', "duties.toml", "tuyen-truyen"),
        ('id = "doan-vien"\n', 'id = "lanh-dao"\n', "duties[4].roles", "doan-vien"),
    ],
)
def test_what_is_wrong_in_the_file_is_told(folder: Path, old: str, new: str, where: str, vi: str) -> None:
    found = told(folder, old, new)
    assert found
    assert all(place.startswith("duties.toml") for place, _, _ in found)
    assert any(place.endswith(where) and vi in said for place, said, _ in found), found


def test_a_file_that_is_no_toml_is_told_with_its_line(folder: Path) -> None:
    ((where, vi, _),) = told(folder, "[[roles]]", "[[roles]")
    assert where == "duties.toml"
    assert "dòng" in vi


@pytest.mark.parametrize(("day", "odd"), [("2022-08-09", False), ("2022-08-08", True)])
def test_a_day_long_before_the_campaign_deserves_a_second_look(folder: Path, day: str, odd: bool) -> None:
    project = loaded(folder, "first = 2022-10-08", f"first = {day}")
    warned = [each.where for each in campaign_warnings(project.campaign, "a/campaign.toml")]
    assert ("a/duties.toml: duties[1].first" in warned) == odd


@pytest.mark.parametrize(("day", "wrong"), [("2021-10-07", False), ("2021-10-06", True)])
def test_a_day_is_at_most_366_days_from_the_campaign(folder: Path, day: str, wrong: bool) -> None:
    assert bool(told(folder, "first = 2022-10-08", f"first = {day}")) == wrong


def test_the_calendar_takes_days_that_are_not_said_already(folder: Path) -> None:
    project = load_campaign(folder)
    campaign = project.campaign
    commune = next(office for office in campaign.offices if office.level == "xa")
    bureau = next(office for office in campaign.offices if office.level == "so-nganh")
    for office, names in ((campaign.issuer, ["duty.ra-quan"]), (commune, ["duty.ra-quan"]), (bureau, [])):
        happenings = happenings_of(campaign, office)
        duties = [each for each in happenings if each.name.startswith("duty.")]
        assert [each.name for each in duties] == names
        assert all((each.first, each.last) == (date(2022, 10, 1), date(2022, 10, 10)) for each in duties)
    due = loaded(folder, "first = 2022-10-01\nlast = 2022-10-10", 'last = 2022-10-10\nuntil = "before"')
    (only,) = [each for each in happenings_of(due.campaign, commune) if each.name == "duty.ra-quan"]
    assert (only.sort, only.first) == ("deadline", date(2022, 10, 10))
    assert only.title.startswith("Trước ngày 10/10/2022: Ra quân")


def test_the_page_links_only_what_lies_in_the_site(project: Project) -> None:
    links = (
        SiteLink("handbook", "Cẩm nang", "https://dx.mic.gov.vn/", "dx.mic.gov.vn", "a.svg", "a.png", 1, 1),
    )
    records = [
        record("letter", "x/letter/cong-van.docx"),
        record("banner", "x/banner/10-10/poster-a3.pdf", preset="poster-a3", day="10-10"),
        record("banner", "x/banner/10-10/poster-a3.png", preset="poster-a3", day="10-10"),
        record("banner", "x/banner/01-11/poster-a3.pdf", preset="poster-a3", day="01-11"),
        record("script", "x/script/loa.docx"),
        record("frame", "x/frame/10-10/digital/foot.svg"),
    ]
    laid = {each.path: f"site/{each.path}" for each in records[:-2]}
    roles = roles_of(project, records, laid, links, reports=True)
    first = roles[0].duties[0]
    assert first.id == "tuyen-truyen"
    assert first.pages == ("letter.html", "banner.html")
    assert [file.path for _, file in first.files] == [
        "site/x/letter/cong-van.docx",
        "site/x/banner/10-10/poster-a3.pdf",
        "site/x/banner/01-11/poster-a3.pdf",
    ]
    assert [link.domain for link in first.links] == ["dx.mic.gov.vn"]
    assert first.limit is None
    radio = next(duty for duty in roles[2].duties if duty.id == "truyen-thanh")
    assert (radio.pages, radio.files) == ((), ())
    by_id = {duty.id: duty for role in roles for duty in role.duties}
    assert by_id["bao-cao"].pages[0] == "report.html"
    assert not any("report.html" in duty.pages for name, duty in by_id.items() if name != "bao-cao")
    without = roles_of(project, records, laid, links, reports=False)
    assert not any("report.html" in duty.pages for role in without for duty in role.duties)
    worn = next(duty for role in roles for duty in role.duties if duty.id == "khung-anh")
    assert (worn.pages, worn.files) == (("avatar.html",), ())  # the page itself hands frames over


def test_every_duty_of_the_dispatch_has_its_files(project: Project) -> None:
    """Each passage has a duty, each duty files of kinds that there are, and what moves or speaks is there."""
    assert project.campaign.duties is not None
    duties = {duty.id: duty for duty in project.campaign.duties.duties}
    kinds = {name: {file.kind for file in duty.files} for name, duty in duties.items()}
    assert all(found and found <= set(all_kinds()) for found in kinds.values())
    for name in ("trailer", "co-dong-truc-quan", "bo-nhan-dien", "kenh-huyen-xa"):
        assert "loop" in kinds[name]
    assert all("script" in kinds[name] for name in ("co-dong-truc-quan", "truyen-thanh"))
    sources = " ".join(duty.source or "" for duty in duties.values())
    passages = {f"{part}, gạch đầu dòng thứ {which}" for part, which in (
        *(("1.a", each) for each in ("nhất", "hai", "ba", "tư", "năm")), ("1.b", "nhất"), ("1.b", "hai"),
    )}  # fmt: skip
    assert all(f"Mục {passage}" in sources for passage in passages)
    assert all(f"Mục {part}" in sources for part in ("2.a", "2.b", "2.c"))
    assert "Phụ lục, mục 4.a" in sources
    readme = (
        (bundled_root() / "README.md").read_text("utf-8").partition("## Every duty")[2].partition("\n## ")[0]
    )
    used = set().union(*kinds.values()) & {"loop", "script", "posts", "signature"}
    assert all(f"--kind {kind}" in readme for kind in used)


def test_a_site_without_duties_has_no_such_page(project: Project) -> None:
    site = Site(project.campaign, project.brand, project.presets)
    assert "duties.html" not in SitePages(site, project.resources).shown
    roles = roles_of(project, (), {}, (), reports=False)
    assert "duties.html" in SitePages(replace(site, roles=roles), project.resources).shown


@pytest.mark.parametrize(
    ("duty", "vi", "en"),
    [
        ("bao-cao", "trước ngày 15/10/2022", "before 15 October 2022"),
        ("ra-quan", "từ ngày 01/10/2022 đến ngày 10/10/2022", "from 1 October 2022 to 10 October 2022"),
        ("khung-anh", "", ""),
    ],
)
def test_a_limit_is_said_in_both_languages(project: Project, duty: str, vi: str, en: str) -> None:
    assert project.campaign.duties is not None
    found = next(each for each in project.campaign.duties.duties if each.id == duty)
    deadlines = project.campaign.deadlines
    assert (found.limit(deadlines, "vi"), found.limit(deadlines, "en")) == (vi, en)


def test_the_schema_takes_the_file_and_refuses_slips() -> None:
    raw = read_toml(DUTIES.read_bytes(), "duties.toml")
    for duty in raw["duties"]:
        duty.update({key: duty[key].isoformat() for key in ("first", "last") if key in duty})
    schema = jsonschema_rs.validator_for(duties_schema())
    assert schema.is_valid(raw)
    assert not schema.is_valid({**raw, "rolls": []})
