"""`dxassets init`: a campaign of any province, year and cause from the command line alone."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from dxassets.agencies import listed_rows
from dxassets.api import CampaignWanted, check_project, init_campaign, load_campaign
from dxassets.api.starting.causes import causes
from dxassets.country import communes_of, provinces
from dxassets.errors import InputError, OutputError
from dxassets.resources import Resources, bundled_root
from dxassets.store import publish_folder
from dxassets.strangers import Name, places_named, provinces_in
from tests.conftest import Run

YEAR = 2026
CAUSES = causes(Resources((bundled_root(),)))
PLACES = provinces_in((bundled_root() / "campaigns/provinces.txt").read_bytes())
SMALL = ("--preset", "rectangle-300x250", "--theme", "light")


def started(folder: Path, province: str, cause: str, **said: Any) -> Path:
    """A new campaign in `folder`, with what its cause can't know."""
    if CAUSES[cause].day is None:
        said = {"day": "15/3", "day_name": CAUSES[cause].usual_day_name or "Ngày Chủ nhật xanh"} | said
    init_campaign(folder, CampaignWanted(province=province, cause=cause, year=YEAR, **said))
    return folder


def without_marks_to_check(warnings: list[Any]) -> list[str]:
    """Warnings but for rows to be checked and open holes, which a new campaign has."""
    lines = [problem.line("vi") for problem in warnings]
    return [line for line in lines if "kiểm tra lại" not in line and "chưa điền" not in line]


def foreign(text: str, province: str) -> list[str]:
    """Other provinces that `text` names as such; a commune may be called as one."""
    own = province.partition(" ")[2].removeprefix("phố ")
    names: list[Name] = [name for name in PLACES if name.text != own]
    return [name.text for line in text.splitlines() for name, kind in places_named(line, names) if kind]


@pytest.mark.parametrize("province", provinces(), ids=lambda each: each.code)
def test_every_province_has_a_campaign_that_loads_and_is_its_own(province: Any, tmp_path: Path) -> None:
    cause = list(CAUSES)[int(province.code) % len(CAUSES)]
    folder = started(tmp_path / "moi", province.unit.name, cause)
    campaign = load_campaign(folder).campaign
    assert campaign.province == province.name
    listed = {office.id for office in campaign.offices}
    communes = communes_of(province.name)
    assert {commune.id for commune in communes} <= listed
    assert len(communes) == len(province.communes)
    for name in ("campaign.toml", "dispatch.md", "forward.md", "agencies.csv"):
        assert foreign((folder / name).read_text("utf-8-sig"), province.name) == [], name


@pytest.mark.parametrize("cause", CAUSES)
def test_every_cause_is_sound_at_once_but_for_holes_and_rows_to_check(cause: str, tmp_path: Path) -> None:
    project = load_campaign(started(tmp_path / "moi", "Huế", cause))
    errors, warnings = check_project(project)
    assert errors == []
    assert without_marks_to_check(warnings) == []
    assert any("{can-cu}" in problem.vi for problem in warnings)


def pairs() -> list[Any]:
    """Every province with one cause in turn, and those of the shortest and the longest name with all."""
    names = sorted((province.name for province in provinces()), key=len)
    turns = [(name, list(CAUSES)[at % len(CAUSES)]) for at, name in enumerate(names)]
    ends = [(name, cause) for name in (names[0], names[-1]) for cause in CAUSES]
    return [pytest.param(*pair, id=" ".join(pair)) for pair in dict.fromkeys(turns + ends)]


@pytest.mark.slow
@pytest.mark.parametrize(("province", "cause"), pairs())
def test_every_province_and_every_cause_is_sound_at_once(province: str, cause: str, tmp_path: Path) -> None:
    errors, warnings = check_project(load_campaign(started(tmp_path / cause, province, cause)))
    assert (errors, without_marks_to_check(warnings)) == ([], [])


@pytest.mark.parametrize(
    ("province", "cause"), [("Cao Bằng", "ma-tuy"), ("TP. Hồ Chí Minh", "bau-cu"), ("an giang", "tiem-chung")]
)
def test_pictures_and_a_draft_are_made_right_away(
    province: str, cause: str, dxassets: Run, tmp_path: Path
) -> None:
    folder = started(tmp_path / "moi", province, cause)
    assert dxassets("check", folder).code == 0
    built = dxassets("build", folder, *SMALL, "--out", tmp_path / "out")
    assert built.code == 0, built.err
    assert "chưa điền {can-cu}" in built.err + built.out
    assert list((tmp_path / "out").rglob("rectangle-300x250.*"))
    assert not list((tmp_path / "out").rglob("cong-van*.docx"))
    draft = dxassets("letter", folder, "--draft", "-o", tmp_path / "thu")
    assert draft.code == 0, draft.err
    assert (tmp_path / "thu/cong-van.docx").is_file()


def test_without_a_terminal_the_rest_is_default(dxassets: Run, tmp_path: Path) -> None:
    folder = tmp_path / "Lâm Đồng 2026"
    told = dxassets("init", folder, "--province", "lam dong", "--year", "2026")
    assert told.code == 0, told.err
    raw = tomllib.loads((folder / "campaign.toml").read_text("utf-8"))
    assert (raw["id"], raw["province"], raw["year"]) == ("lam-dong-2026", "tỉnh Lâm Đồng", 2026)
    assert raw["issuing_agency"] == "so-khoa-hoc-va-cong-nghe"
    assert raw["days"][0]["mark"] == "10/10"
    assert raw["days"][0]["date"].isoformat() == "2026-10-10"
    assert "links" not in raw
    assert "http" not in re.sub(r"(?m)^#.*$", "", (folder / "campaign.toml").read_text("utf-8"))


def test_what_is_missing_is_told_in_one_message(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("init", tmp_path / "moi")
    assert told.code == 2
    assert told.err.count("Lỗi") == 1
    assert '--province "Lâm Đồng"' in told.err
    told = dxassets("init", tmp_path / "moi", "--cause", "trong", "--lang", "en")
    assert (told.code, told.err.count("Error")) == (2, 1)
    assert "--province, --day, --day-name" in told.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (("--province", "Đắk Nông"), "Có phải là: tỉnh Lâm Đồng?"),
        (("--province", "lam dogn"), "Có phải là: Lâm Đồng?"),
        (("--province", "Huế", "--cause", "phap luatt"), "Có phải là: phap-luat?"),
        (("--province", "Huế", "--units", "2023"), "--units"),
        (("--province", "Huế", "--year", "1999"), "2000"),
        (("--province", "Huế", "--year", "2101"), "2100"),
        (("--province", "Huế", "--year", "2026", "--day", "29/2"), "2026 không có ngày 29/2"),
        (("--province", "Huế", "--day", "99/99"), "--day"),
        (("--province", "Huế", "--issuer", "Sở Tư pháb"), "Có phải là: Sở Tư pháp thành phố Huế?"),
        (("--province", "Long An", "--units", "2022"), "dxassets agencies --import"),
        (("--from", "daknong-2022", "--province", "Huế"), "--province"),
    ],
)
def test_slips_are_told_and_nothing_is_written(
    said: tuple[str, ...], meant: str, dxassets: Run, tmp_path: Path
) -> None:
    told = dxassets("init", tmp_path / "moi", *said)
    assert told.code == 2
    assert meant in told.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("year", "code"), [(1999, 2), (2000, 0), (2100, 0), (2101, 2)])
def test_a_campaign_is_of_2000_to_2100(year: int, code: int, dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("init", tmp_path / "a", "--province", "Huế", "--units", "2025", "--year", str(year))
    assert told.code == code


def test_a_leap_day_is_taken_in_a_leap_year(tmp_path: Path) -> None:
    wanted = CampaignWanted(province="Huế", year=2028, day="29/2", day_name="Ngày nhuận")
    init_campaign(tmp_path / "moi", wanted)
    assert load_campaign(tmp_path / "moi").campaign.days[0].date.isoformat() == "2028-02-29"


def test_nothing_is_ever_written_over(dxassets: Run, tmp_path: Path) -> None:
    folder = tmp_path / "moi"
    folder.mkdir()
    assert dxassets("init", folder, "--province", "Huế").code == 0
    before = {path: path.read_bytes() for path in folder.iterdir()}
    again = dxassets("init", folder, "--province", "Lâm Đồng")
    assert again.code == 2
    assert "thư mục mới hoặc còn trống" in again.err
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_current_folder_may_be_the_new_one(
    dxassets: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "hue-2026"
    here.mkdir()
    monkeypatch.chdir(here)
    assert dxassets("init", ".", "--province", "Huế", "--year", "2026").code == 0
    assert load_campaign(here).campaign.id == "hue-2026"
    assert [path.name for path in tmp_path.iterdir()] == ["hue-2026"]


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_appears_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    target = tmp_path / "a/b"
    if there:
        target.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    rename = Path.rename

    def full_disk(self: Path, other: Path) -> Path:
        if other.name in {"b", "two"}:
            raise OSError(28, "No space left on device")
        return rename(self, other)

    monkeypatch.setattr(Path, "rename", full_disk)
    with pytest.raises(OutputError, match="disk is full"):
        publish_folder(target, {"one": b"1", "two": b"2"}, last="two")
    assert sorted(tmp_path.rglob("*")) == before
    monkeypatch.undo()
    made = publish_folder(target, {"two": b"2", "one": b"1"}, last="two")
    assert [path.name for path in made] == ["one", "two"]
    assert {path.name: path.read_bytes() for path in target.iterdir()} == {"one": b"1", "two": b"2"}


def test_departments_are_marked_and_communes_are_not(tmp_path: Path) -> None:
    folder = started(tmp_path / "moi", "Gia Lai", "phap-luat")
    rows = listed_rows((folder / "agencies.csv").read_bytes(), "agencies.csv")
    marked = {row.agency.id for row in rows if row.check}
    assert "so-tu-phap" in marked
    assert all(row.agency.level == "so-nganh" for row in rows if row.check)
    assert all(row.agency.level == "xa" for row in rows if not row.check)
    assert {row.agency.parent for row in rows} == {"ubnd-tinh-gia-lai"}


@pytest.mark.parametrize(
    ("issuer", "name", "first_body", "parent"),
    [
        ("so y te", "Sở Y tế", "SỞ Y TẾ", "UBND TỈNH GIA LAI"),
        ("so-xay-dung", "Sở Xây dựng", "SỞ XÂY DỰNG", "UBND TỈNH GIA LAI"),
        ("ubnd tinh", "Ủy ban nhân dân tỉnh Gia Lai", "ỦY BAN NHÂN DÂN", None),
        ("Sở Du lịch", "Sở Du lịch", "SỞ DU LỊCH", "UBND TỈNH GIA LAI"),
        ("UBND tỉnh Gia Lai", "Ủy ban nhân dân tỉnh Gia Lai", "ỦY BAN NHÂN DÂN", None),
        ("UBND xã Ia Grai", "Ủy ban nhân dân xã Ia Grai", "ỦY BAN NHÂN DÂN", None),
        ("Trường THPT Chu Văn An", "Trường THPT Chu Văn An", "TRƯỜNG THPT CHU VĂN AN", "{CO-QUAN-CHU-QUAN}"),
    ],
)
def test_the_issuer_has_its_own_letterhead(
    issuer: str, name: str, first_body: str, parent: str | None, tmp_path: Path
) -> None:
    folder = started(tmp_path / "moi", "Gia Lai", "chuyen-doi-so", issuer=issuer)
    errors, _ = check_project(load_campaign(folder))
    assert errors == []
    front = tomllib.loads((folder / "dispatch.md").read_text("utf-8").split("+++")[1])
    assert front["issuer"]["name"] == name
    assert front["issuer"]["body"][0] == first_body
    assert front["issuer"]["parent"] == ([parent] if parent else [])
    assert front["signer"]["name"] == "{nguoi-ky}"


def test_districts_of_2022_come_from_the_bundled_list(tmp_path: Path) -> None:
    folder = tmp_path / "moi"
    init_campaign(folder, CampaignWanted(province="dak nong", units="2022"))
    project = load_campaign(folder)
    assert project.campaign.year == 2022
    bundled = bundled_root() / "campaigns/daknong-2022/agencies.csv"
    assert (folder / "agencies.csv").read_bytes() == bundled.read_bytes()
    assert project.campaign.issuing_agency == "so-thong-tin-va-truyen-thong"
    levels = re.findall(r'levels = \["(\w+)"\]', (folder / "forward.md").read_text("utf-8"))
    assert levels == ["huyen", "xa", "so"]
    assert "các huyện, thành phố" in (folder / "dispatch.md").read_text("utf-8")
    assert check_project(project)[0] == []


def test_two_tiers_have_no_section_for_districts(tmp_path: Path) -> None:
    folder = started(tmp_path / "moi", "Quảng Ngãi", "chuyen-doi-so")
    levels = re.findall(r'levels = \["(\w+)"\]', (folder / "forward.md").read_text("utf-8"))
    assert levels == ["xa", "so"]
    assert "đặc khu" in (folder / "dispatch.md").read_text("utf-8")


def test_words_with_quotes_and_stars_come_through(tmp_path: Path) -> None:
    name = 'Ngày "Xanh" *sạch* \\ đẹp'
    folder = started(tmp_path / "moi", "Huế", "trong", day_name=name)
    project = load_campaign(folder)
    assert project.campaign.days[0].name == name
    assert check_project(project)[0] == []


def test_a_new_file_is_a_new_cause(dxassets: Run, tmp_path: Path) -> None:
    folder = tmp_path / "campaigns/causes"
    folder.mkdir(parents=True)
    (tmp_path / "templates").mkdir()
    text = (bundled_root() / "campaigns/causes/pccc.toml").read_text("utf-8")
    (folder / "cay-xanh.toml").write_text(text.replace("04/10", "19/5"), "utf-8")
    told = dxassets("init", tmp_path / "campaigns/moi", "--province", "Huế", "--cause", "Cây xanh")
    assert told.code == 0, told.err
    assert load_campaign(tmp_path / "campaigns/moi").campaign.days[0].mark == "19/5"
    (folder / "cay-xanh.toml").write_text(text.replace("{day}", "{ngay}"), "utf-8")
    told = dxassets("init", tmp_path / "campaigns/hai", "--province", "Huế", "--cause", "Cây xanh")
    assert told.code == 2
    assert "cay-xanh.toml" in told.err
    assert "không điền được ngay" in told.err


def test_the_schema_lies_beside_the_campaign(tmp_path: Path) -> None:
    folder = started(tmp_path / "moi", "Huế", "phap-luat")
    assert (folder / "campaign.toml").read_text("utf-8").startswith("#:schema campaign.schema.json\n")
    assert (folder / "campaign.schema.json").is_file()


def test_a_folder_needs_a_name_to_make_an_id_of(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="letters or digits"):
        init_campaign(tmp_path / "…", CampaignWanted(province="Huế"))


def test_the_list_opens_in_a_spreadsheet(tmp_path: Path) -> None:
    data = (started(tmp_path / "moi", "Huế", "phap-luat") / "agencies.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert len(rows) == len({row["id"] for row in rows})


@pytest.mark.parametrize("cause", ["phap-luat", "ma-tuy"])
def test_no_line_of_a_template_is_left_empty_in_a_list(cause: str, tmp_path: Path) -> None:
    """A committee that issues the campaign itself reports to nobody: that line is gone, not blank."""
    text = (started(tmp_path / "moi", "An Giang", cause) / "forward.md").read_text("utf-8")
    assert re.findall(r"(?m)[ \t]+$", text) == []
    assert ('"Sở Tư pháp (b/c)",' in text) == (cause == "phap-luat")
