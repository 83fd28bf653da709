"""A campaign says what it has, and nothing else: links as a list, absent parts, its own themes."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pypdf
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
from dxassets.strangers import bare_name
from dxassets.vietnamese import fold, slug
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
mark = "01/9"
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
    """Every word of a built folder that is text: pages, drawings, the manifest, file names; no digests."""
    kinds = {".html", ".svg", ".js", ".json", ".css", ".webmanifest"}
    read = [path.read_text(encoding="utf-8") for path in folder.rglob("*") if path.suffix in kinds]
    words = "\n".join([*read, *(path.name for path in folder.rglob("*"))])
    return re.sub(r"\b[0-9a-f]{16,64}\b", "", words)


def test_a_school_needs_no_agencies_no_links_no_letter_and_no_motto(tmp_path: Path) -> None:
    project = school(tmp_path / "c")
    assert check_project(project) == ([], [])
    assert [office.name for office in project.campaign.offices] == ["Trường THPT Chu Văn An"]
    report = build(project, SMALL, out=tmp_path / "out")
    assert report.exit_code == 0
    assert report.skipped == ()
    assert verify(report.folder) == []
    kinds = {path.split("/")[1] for path in report.made}
    assert kinds == {"banner", "frame", "script", "calendar", "posts", "signature", "press"}
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
    assert made == {"light", "formal", None}  # what is heard or counted in days wears none
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
    (tmp_path / "old" / "duties.toml").unlink()  # there were none
    old = load_campaign(tmp_path / "old")
    assert old.campaign == project.campaign.model_copy(update={"deadlines": (), "duties": None})
    errors, warnings = check_project(old)
    assert errors == []
    assert "[[links]]" in warnings[0].vi
    of_pictures = replace(SMALL, kinds=("banner", "frame"))  # deadlines came later, and stand in calendars
    keys = [[job.key for job in plan(each, of_pictures).jobs] for each in (old, project)]
    assert keys[0] == keys[1]


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


# --- nothing of the example in the product -----------------------------------------------------------


OFFER_UNITS_OF_2022 = ("api", "cli")
"""`init --units 2022` is the last year that had districts, whatever the example's year is."""


def of_the_example(project: Project) -> list[str]:
    """Words that only the bundled example may say: its place, year, cause, hosts, signer and districts."""
    campaign = project.campaign
    place = bare_name(campaign.province)
    districts = {office.district.partition(" ")[2] for office in campaign.offices if office.district}
    hosts = {link.domain for link in campaign.links if link.domain}
    letter = project.resources.read("dispatch.md").data.decode()
    signer = re.search(r'^name = "(Trần.*)"$', letter, re.MULTILINE)
    assert signer is not None
    words = {place, str(campaign.year), "chuyển đổi số", signer[1], *hosts, *districts}
    forms = {form.lower() for word in words for form in (word, fold(word))}
    return sorted(forms | {slug(place), fold(place).replace(" ", "")})


def test_nothing_of_the_example_stands_in_code_or_templates(project: Project) -> None:
    """The word list is a dictionary, and not looked at; what a clerk sees as an example is made up."""
    words = of_the_example(project)
    assert {"đắk nông", "dak nong", "daknong", "2022", "cu jut", "dx.mic.gov.vn"} <= set(words)
    kinds = {".py", ".toml", ".j2", ".js", ".css", ".svg", ".txt"}
    found = [
        f"{path.relative_to(ROOT)}: {word}"
        for folder in ("dxassets", "templates")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in kinds and "lexicon" not in path.parts
        for word in words
        if not (word == "2022" and path.relative_to(ROOT / folder).parts[0] in OFFER_UNITS_OF_2022)
        if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", path.read_text(encoding="utf-8").lower())
    ]
    assert found == []


# --- other languages ---------------------------------------------------------------------------------


ENGLISH = (
    SCHOOL.replace('title = "Tháng An toàn giao thông"', 'title = "Road Safety Month"\nlang = "en"')
    .replace('province = "tỉnh Lâm Đồng"', 'province = "Lam Dong"')
    .replace("Quét mã để xem", "Scan for more")
    .replace('name = "Trường THPT Chu Văn An"', 'name = "Chu Van An High School"')
    .replace('"THPT Chu Văn An"', '"Chu Van An High"')
    .replace('name = "Tháng An toàn giao thông"', 'name = "Road Safety Month"')
    .replace("Đã uống rượu bia thì không lái xe", "If you drink, do not drive")
    .replace("Không lái xe khi đã uống", "Do not drink and drive")
)
VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


def test_an_english_campaign_says_nothing_in_vietnamese(tmp_path: Path) -> None:
    main = MAIN.replace("Trang của trường", "Our page")
    (tmp_path / "campaign.toml").write_text(ENGLISH + main, encoding="utf-8")
    project = load_campaign(tmp_path)
    assert check_project(project) == ([], [])
    report = build(project, replace(SMALL, formats=("svg", "png", "pdf")), out=tmp_path / "out")
    assert report.exit_code == 0
    records = json.loads((report.folder / "manifest.json").read_text("utf-8"))["assets"]
    assert {record["kind"] for record in records} == {"banner", "frame", "qr", "calendar"}
    said = [record[key] for record in records for key in ("alt", "title")]
    assert [text for text in said if VIETNAMESE.search(text)] == []
    assert any("QR code: Scan for more, chuvanan.edu.vn" in text for text in said)
    for drawing in report.folder.rglob("*.svg"):
        svg = drawing.read_text("utf-8")
        assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg" lang="en" xml:lang="en" ')
        assert VIETNAMESE.search(svg) is None, drawing
    for paper in report.folder.rglob("*.pdf"):
        assert pypdf.PdfReader(paper).root_object["/Lang"] == "en"


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_each_view_of_a_page_calls_codes_in_its_own_language(tmp_path: Path, lang: str) -> None:
    """Whatever language the campaign speaks: its own words are marked as such, ours are the view's."""
    (tmp_path / "campaign.toml").write_text((SCHOOL if lang == "vi" else ENGLISH) + MAIN, encoding="utf-8")
    site = tmp_path / "site"
    build_site(
        load_campaign(tmp_path), site, wanted=SiteWanted(presets=("share-1200x630",)), built=tmp_path / "out"
    )
    for page, word in (("index.html", "Mã QR"), ("en/index.html", "QR code")):
        alts = re.findall(r'<img [^>]*alt="([^"]*)"([^>]*)>', (site / page).read_text("utf-8"))
        assert [alt for alt, _ in alts] == [f"{word}: chuvanan.edu.vn"]
        assert "lang=" not in alts[0][1]
        banner = (site / page.replace("index", "banner")).read_text("utf-8")
        assert f'"spoken":"{lang}"' in banner.replace(" ", "")
    assert json.loads((site / "manifest.webmanifest").read_text("utf-8"))["lang"] == lang


def test_a_bilingual_campaign_has_days_in_two_languages(tmp_path: Path) -> None:
    day = ENGLISH[ENGLISH.index("[[days]]") :].replace('id = "1-9"', 'id = "1-9-en"\nlang = "en"')
    project = school(tmp_path / "c", "\n" + day)
    alts = {job.spec.day.lang: job.alt for job in plan(project, replace(SMALL, kinds=("frame",))).jobs}
    assert alts["en"].startswith(("Round avatar frame", "Square avatar frame"))
    assert alts["vi"].startswith("Khung ảnh đại diện")


@pytest.mark.parametrize(
    ("lang", "good"), [("vi", True), ("rad", True), ("en-GB", True), ("", False), ("English", False)]
)
def test_a_language_is_a_tag(lang: str, good: bool, tmp_path: Path) -> None:
    text = SCHOOL.replace("year = 2026", f'year = 2026\nlang = "{lang}"')
    (tmp_path / "campaign.toml").write_text(text, encoding="utf-8")
    if good:
        assert load_campaign(tmp_path).campaign.lang == lang
    else:
        with pytest.raises(InputError, match="lang"):
            load_campaign(tmp_path)


def listing(folder: Path, *rows: str) -> Project:
    folder.mkdir(parents=True)
    text = SCHOOL.replace("[issuer]", 'agencies = "agencies.csv"\n[issuer]', 1)
    (folder / "campaign.toml").write_text(text, encoding="utf-8")
    (folder / "agencies.csv").write_text("\n".join(["id,name,short_name", *rows]), encoding="utf-8")
    return load_campaign(folder)


def test_an_office_that_can_not_be_served_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    project = listing(tmp_path / "c", "to-a,Tổ A,Tổ A", "to-vui,Tổ Vui \U0001f389,Tổ Vui")
    wanted = Wanted(presets=("share-1200x630",), kinds=("banner",), all_agencies=True)
    report = build(project, wanted, out=tmp_path / "out")
    assert report.exit_code == 1
    assert {path.split("/")[0] for path in report.made} == {"to-a", "thpt-chu-van-an"}
    (failure,) = report.failed
    assert failure.path == "to-vui"
    assert "U+1F389" in failure.problems[0].en
    assert {refusal.agency for refusal in plan(project, wanted).unserved} == {"to-vui"}
    with pytest.raises(InputError, match=r"U\+1F389"):
        build(project, replace(wanted, all_agencies=False, agencies=("to-vui",)), out=tmp_path / "none")
    assert not (tmp_path / "none").exists()
