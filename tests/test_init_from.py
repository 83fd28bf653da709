"""`dxassets init --from`: last year's campaign in the new year, and what must be looked at again."""

from __future__ import annotations

import shutil
import tomllib
from pathlib import Path

import pytest

from dxassets.agencies import parse_agencies
from dxassets.api import CampaignWanted, check_project, init_campaign, load_campaign, renew_campaign
from dxassets.errors import InputError
from dxassets.resources import bundled_root
from tests.conftest import Run

OLD = bundled_root() / "campaigns/daknong-2022"


def lines_of(folder: Path, name: str) -> list[str]:
    return (folder / name).read_text("utf-8").splitlines()


@pytest.fixture
def renewed(tmp_path: Path) -> Path:
    renew_campaign(tmp_path / "dn-2024", OLD, year=2024)
    return tmp_path / "dn-2024"


def test_year_dates_and_id_move_and_comments_stay(renewed: Path) -> None:
    campaign = load_campaign(renewed).campaign
    assert (campaign.id, campaign.year) == ("dn-2024", 2024)
    assert "2024" in campaign.title
    day = campaign.days[0]
    assert (day.date.isoformat(), day.period.first.isoformat(), day.period.last.isoformat()) == (
        "2024-10-10",
        "2024-10-08",
        "2024-11-08",
    )
    old, new = lines_of(OLD, "campaign.toml"), lines_of(renewed, "campaign.toml")
    assert len(old) == len(new)
    comments = [line for line in old if line.startswith("# ")]
    assert comments == [line for line in new if line.startswith("# ")]
    assert parse_agencies((renewed / "agencies.csv").read_bytes(), "") == load_campaign(OLD).campaign.offices


def test_a_law_of_another_year_keeps_its_date(renewed: Path) -> None:
    text = (renewed / "dispatch.md").read_text("utf-8")
    assert "Quyết định số 505/QĐ-TTg ngày 22/4/2022" in text
    assert "trước ngày 15/10/2024" in text
    assert "15/10/2022" not in text
    assert "Từ ngày 8/10 – 8/11/2024" in text


def test_bases_and_signer_become_holes_and_only_a_draft_is_made(
    renewed: Path, dxassets: Run, tmp_path: Path
) -> None:
    text = (renewed / "dispatch.md").read_text("utf-8")
    assert "\nThực hiện {can-cu}.\n" in text
    assert 'name = "{nguoi-ky}"' in text
    assert "Trần Văn Thương" not in text
    errors, warnings = check_project(load_campaign(renewed))
    assert errors == []
    assert {p.vi.partition(";")[0] for p in warnings if "chưa điền" in p.vi} == {
        "chưa điền {can-cu}",
        "chưa điền {nguoi-ky}",
    }
    final = dxassets("letter", renewed, "-o", tmp_path / "ra")
    assert final.code == 2
    assert "{can-cu}" in final.err
    assert dxassets("letter", renewed, "--draft", "-o", tmp_path / "ra").code == 0


def test_everything_to_look_at_is_listed_with_its_line(dxassets: Run, tmp_path: Path) -> None:
    folder = tmp_path / "dn-2026"
    told = dxassets("init", folder, "--from", OLD, "--year", "2026")
    assert told.code == 0, told.err
    todo = (folder / "XEM-LAI.md").read_text("utf-8")
    assert "từ năm 2022 sang năm 2026" in todo
    items = [line.removeprefix("- [ ] ") for line in todo.splitlines() if line.startswith("- [ ] ")]
    assert all(item in told.out for item in items)
    found = {}
    for item in items:
        name, number, said = item.split(":", 2)
        found.setdefault(name, []).append((lines_of(folder, name)[int(number) - 1], said))
    campaign = found["campaign.toml"]
    for key in ("title", "year", "date", "period", "text", "checked_on", "about"):
        assert any(line.startswith(key) for line, _ in campaign), key
    links = [line for line, said in campaign if "mở thử lại" in said]
    assert links == ["checked_on = 2022-09-19"] * 3
    letter = found["dispatch.md"]
    assert any('name = "{nguoi-ky}"' in line for line, _ in letter)
    assert any(line.startswith("month") for line, _ in letter)
    assert any("531/KH-UBND" in said and "{can-cu}" in line for line, said in letter)
    assert any("505/QĐ-TTg" in line and "còn hiệu lực" in said for line, said in letter)
    assert "annex.toml" in found
    assert "forward.md" in found
    assert any("không còn cấp huyện" in said for _, said in found["agencies.csv"])


def test_the_list_speaks_english_where_it_is_asked_to(dxassets: Run, tmp_path: Path) -> None:
    told = dxassets("init", tmp_path / "dn", "--from", OLD, "--lang", "en")
    assert told.code == 0
    assert "To be looked at again" in (tmp_path / "dn/XEM-LAI.md").read_text("utf-8")
    assert load_campaign(tmp_path / "dn").campaign.year == 2023


def test_a_base_gives_way_and_the_request_behind_it_stays(tmp_path: Path) -> None:
    init_campaign(tmp_path / "a", CampaignWanted(province="Huế", year=2026, cause="phap-luat"))
    letter = tmp_path / "a/dispatch.md"
    text = letter.read_text("utf-8")
    base = "Kế hoạch số 12/KH-UBND ngày 05/9/2026 của UBND thành phố, về tuyên truyền"
    letter.write_text(text.replace("{can-cu}", base), "utf-8")
    renew_campaign(tmp_path / "b", tmp_path / "a")
    again = (tmp_path / "b/dispatch.md").read_text("utf-8")
    assert "\nThực hiện {can-cu}, Sở Tư pháp đề nghị các cơ quan" in again
    assert "(09/11) năm 2027" in again
    assert "2026" not in again


def test_a_leap_day_becomes_the_28th(tmp_path: Path) -> None:
    wanted = CampaignWanted(province="Huế", year=2028, day="29/2", day_name="Ngày nhuận")
    init_campaign(tmp_path / "a", wanted)
    renew_campaign(tmp_path / "b", tmp_path / "a")
    assert load_campaign(tmp_path / "b").campaign.days[0].date.isoformat() == "2029-02-28"


def test_other_files_come_along_but_nothing_hidden_and_nothing_built(tmp_path: Path) -> None:
    old = tmp_path / "cu"
    shutil.copytree(OLD, old)
    (old / "brand").mkdir()
    (old / "brand/logo.svg").write_text("<svg/>")
    (old / ".git").mkdir()
    (old / ".git/config").write_text("a")
    (old / "output").mkdir()
    (old / "output/manifest.json").write_text("{}")
    (old / "output/a.png").write_text("a")
    (old / "XEM-LAI.md").write_text("last year's")
    renew_campaign(tmp_path / "moi", old)
    names = {path.relative_to(tmp_path / "moi").as_posix() for path in (tmp_path / "moi").rglob("*")}
    assert "brand/logo.svg" in names
    assert not [name for name in names if "git" in name or "output" in name]
    assert "last year's" not in (tmp_path / "moi/XEM-LAI.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("source", "said"), [("khong-co", "bundled campaigns"), (str(OLD / "agencies.csv"), "campaign.toml")]
)
def test_what_is_no_campaign_is_refused(source: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        renew_campaign(tmp_path / "moi", source)
    assert list(tmp_path.iterdir()) == []


def test_a_campaign_is_not_started_inside_the_old_one(tmp_path: Path) -> None:
    shutil.copytree(OLD, tmp_path / "cu")
    with pytest.raises(InputError, match="inside the old"):
        renew_campaign(tmp_path / "cu/moi", tmp_path / "cu")


def test_what_is_renewed_is_still_toml_with_its_dates(renewed: Path) -> None:
    raw = tomllib.loads((renewed / "campaign.toml").read_text("utf-8"))
    assert {str(link.get("checked_on")) for link in raw["links"]} == {"2022-09-19", "None"}
    assert all("2022" not in str(day["date"]) for day in raw["days"])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("trong năm 2026.", "trong năm 2027."),
        ("tháng 9/2026", "tháng 9/2027"),
        ("từ 8/10 – 8/11/2026", "từ 8/10 – 8/11/2027"),
        ("ngày 05.10.2026", "ngày 05.10.2027"),
        ("(12026) 2026A", "(12026) 2026A"),
        ("Luật Dữ liệu năm 2026", "Luật Dữ liệu năm 2026"),
        ("Kế hoạch 12/KH-UBND ngày 05/9/2026", "Kế hoạch 12/KH-UBND ngày 05/9/2026"),
        ("Quyết định số 7/2026/QĐ-UBND", "Quyết định số 7/2026/QĐ-UBND"),
        ("xem https://hue.gov.vn/2026", "xem https://hue.gov.vn/2026"),
    ],
)
def test_only_the_campaigns_own_years_move(old: str, new: str, tmp_path: Path) -> None:
    init_campaign(tmp_path / "a", CampaignWanted(province="Huế", year=2026, cause="phap-luat"))
    letter = tmp_path / "a/dispatch.md"
    text = letter.read_text("utf-8")
    letter.write_text(text.replace("{nhiem-vu-cua-dia-phuong}", f"Làm {old}"), "utf-8")
    renew_campaign(tmp_path / "b", tmp_path / "a")
    (line,) = [line for line in lines_of(tmp_path / "b", "dispatch.md") if "Làm" in line]
    assert line.removeprefix("- Làm ").rstrip(".") == new.rstrip(".")


def test_what_is_mentioned_on_purpose_stays(tmp_path: Path) -> None:
    shutil.copytree(OLD, tmp_path / "cu")
    letter = tmp_path / "cu/dispatch.md"
    letter.write_text(
        letter.read_text("utf-8").replace("annexes =", 'mentions = ["2022"]\nannexes =', 1), "utf-8"
    )
    renew_campaign(tmp_path / "moi", tmp_path / "cu")
    assert 'mentions = ["2022"]' in (tmp_path / "moi/dispatch.md").read_text("utf-8")


def test_a_template_in_another_coding_is_told(tmp_path: Path) -> None:
    shutil.copytree(OLD, tmp_path / "cu")
    (tmp_path / "cu/forward.md").write_bytes("Đắk Nông".encode("utf-16"))
    with pytest.raises(InputError, match=r"forward\.md: is not UTF-8"):
        renew_campaign(tmp_path / "moi", tmp_path / "cu")
    assert not (tmp_path / "moi").exists()
