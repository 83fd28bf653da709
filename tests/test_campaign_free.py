"""A campaign says what it has, and nothing else: links as a list, absent parts, its own themes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from dxassets.api import (
    Project,
    SiteWanted,
    Wanted,
    build,
    build_site,
    check_project,
    load_campaign,
    make_letter,
    plan,
    verify,
)
from dxassets.errors import InputError
from tests.drawing_support import read_picture, zxing_reads

ROOT = Path(__file__).parent.parent
BUNDLED = ROOT / "campaigns" / "daknong-2022"
FOREIGN = ("Đắk Nông", "daknong", "2022", "Chuyển đổi số", "chuyển đổi số", "Gia Nghĩa", "dx.mic.gov.vn")

SCHOOL = """
id = "an-toan-giao-thong"
title = "Tháng An toàn giao thông"
province = "tỉnh Lâm Đồng"
year = 2026
call_to_action = "Quét mã để xem"
themes = ["light", "formal"]

[issuer]
id = "thpt-chu-van-an"
name = "Trường THPT Chu Văn An"
short_name = "THPT Chu Văn An"

[[days]]
id = "1-9"
numerals = "01/9"
name = "Tháng An toàn giao thông"
date = 2026-09-01
period = { first = 2026-09-01, last = 2026-09-30 }
motif = "pixels"

[days.slogan]
text = "Đã uống rượu bia thì không lái xe"
short = "Không lái xe khi đã uống"
"""
MAIN = """
[[links]]
id = "trang-chu"
label = "Trang của trường"
url = "https://chuvanan.edu.vn/"
checked_on = 2026-08-01
for = ["main"]
"""
SMALL = Wanted(presets=("share-1200x630", "poster-a4", "button-120x60"))


def school(folder: Path, extra: str = "") -> Project:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.toml").write_text(SCHOOL + extra, encoding="utf-8")
    return load_campaign(folder)


def texts_of(folder: Path) -> str:
    """Every word of a built folder that is text: pages, drawings, the manifest; and file names."""
    kinds = {".html", ".svg", ".js", ".json", ".css", ".webmanifest"}
    read = [path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.suffix in kinds]
    return "\n".join([*read, *(path.name for path in folder.rglob("*"))])


def test_a_school_needs_no_agencies_no_links_no_letter_and_no_motto(tmp_path: Path) -> None:
    project = school(tmp_path / "c")
    assert check_project(project) == ([], [])
    assert [office.name for office in project.campaign.offices] == ["Trường THPT Chu Văn An"]
    report = build(project, SMALL, out=tmp_path / "out")
    assert report.exit_code == 0
    assert report.skipped == ()
    assert verify(report.folder) == []
    kinds = {path.split("/")[1] for path in report.made}
    assert kinds == {"banner", "frame"}
    picture = next(report.folder.rglob("share-1200x630.png"))
    assert zxing_reads(read_picture(picture.read_bytes())) == []
    assert "Mã QR" not in texts_of(report.folder)


def test_a_main_link_puts_a_code_on_pictures_and_its_domain_below(tmp_path: Path) -> None:
    project = school(tmp_path / "c", MAIN)
    report = build(project, replace(SMALL, kinds=("banner",), themes=("light",)), out=tmp_path / "out")
    picture = next(report.folder.rglob("share-1200x630.png"))
    assert zxing_reads(read_picture(picture.read_bytes())) == ["https://chuvanan.edu.vn/"]
    assert "Mã QR: Quét mã để xem, chuvanan.edu.vn" in (report.folder / "manifest.json").read_text("utf-8")


def test_a_campaign_wears_only_the_themes_that_it_names(tmp_path: Path) -> None:
    project = school(tmp_path / "c")
    assert [theme.id for theme in project.brand.themes] == ["light", "formal"]
    made = {job.theme for job in plan(project, SMALL).jobs}
    assert made == {"light", "formal"}
    with pytest.raises(InputError, match="'brocade'"):
        plan(project, replace(SMALL, themes=("brocade",)))
    wrong = SCHOOL.replace('"formal"]', '"fromal"]')
    (tmp_path / "c" / "campaign.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError, match=r"themes\[1\].*Did you mean: formal"):
        load_campaign(tmp_path / "c")


def test_nothing_of_the_bundled_campaign_reaches_another(tmp_path: Path) -> None:
    project = school(tmp_path / "c", MAIN)
    build_site(
        project,
        tmp_path / "site",
        wanted=SiteWanted(presets=("share-1200x630",)),
        built=tmp_path / "out",
    )
    said = texts_of(tmp_path / "site") + texts_of(tmp_path / "out")
    assert [word for word in FOREIGN if word in said] == []


def test_a_letter_that_is_not_there_is_told_not_made_up(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"this campaign has no letter; write one into dispatch\.md"):
        make_letter(school(tmp_path / "c"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_the_file_of_2022_is_still_read_with_a_hint(tmp_path: Path, project: Project) -> None:
    shutil.copytree(BUNDLED, tmp_path / "old")
    shutil.copy(ROOT / "tests/data/campaign-of-2022.toml", tmp_path / "old" / "campaign.toml")
    old = load_campaign(tmp_path / "old")
    assert old.campaign == project.campaign
    errors, warnings = check_project(old)
    assert errors == []
    assert "[[links]]" in warnings[0].vi
    assert [job.key for job in plan(old, SMALL).jobs] == [job.key for job in plan(project, SMALL).jobs]


@pytest.mark.parametrize(
    ("links", "words"),
    [
        (MAIN + MAIN, "id used twice: trang-chu"),
        (MAIN + MAIN.replace("trang-chu", "khac"), "only one stands on pictures"),
        (MAIN.replace('"main"', '"mian"'), "for"),
        (MAIN.replace("checked_on = 2026-08-01\n", ""), "lacks checked_on"),
        (MAIN.replace("https://chuvanan.edu.vn/", "https://zalo.me/0912345678"), "phone number"),
        (MAIN.replace("trang-chu", "zalo"), "not the page of a Zalo OA"),
    ],
)
def test_links_that_can_not_be_are_told(tmp_path: Path, links: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        school(tmp_path / "c", links)


def test_a_campaign_must_say_who_issues_it(tmp_path: Path) -> None:
    nobody = SCHOOL.replace("[issuer]", "[somebody]")
    (tmp_path / "campaign.toml").write_text(nobody, encoding="utf-8")
    with pytest.raises(InputError, match="issuing_agency"):
        load_campaign(tmp_path)
