"""The static site: what it holds, that it is whole, safe and light. Browsers come later."""

from __future__ import annotations

import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from dxassets.api import Project
from dxassets.api.site import SITE_LIST, SiteWanted, build_site
from dxassets.digest import digest
from dxassets.renderers.site import LANGS, PAGES, page_path, policy
from dxassets.renderers.site.letter_page import blank_parts
from tests.site_support import (
    CU_JUT,
    HOSTILE,
    HOSTILE_NAME,
    ISSUER,
    PRESETS,
    ROOT,
    WANTED,
    own_out,
    small_campaign,
)

if TYPE_CHECKING:
    from tests.conftest import Run

FIRST_LOAD = 150_000
"""The issue: the avatar page's first load, before the chosen frame."""


class Links(HTMLParser):
    """Everything that a page points to."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.handlers: list[str] = []
        self.scripts: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        self.handlers += [name for name in said if name.startswith("on") or name == "style"]
        if tag == "script":
            self.scripts.append(said.get("src"))
        for name in ("src", "href"):
            value = said.get(name)
            if value is not None and value != "#main" and not value.startswith("data:"):
                (self.leads if tag == "a" else self.loads).append(value)


def links_of(page: Path) -> Links:
    found = Links()
    found.feed(page.read_text(encoding="utf-8"))
    return found


def pages_of(site: Path) -> list[Path]:
    return [site / page_path(name, lang) for lang in LANGS for name in PAGES]


def data_of(page: Path) -> dict[str, Any]:
    text = page.read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def call_of(file: Path) -> tuple[str, Any]:
    """What a script that only hands something over hands over."""
    found = re.fullmatch(r"dxassets\w+\((.*)\);\n", file.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    name, value = json.loads(f"[{found[1]}]")
    return name, value


def agencies_of(site: Path) -> list[list[Any]]:
    """Who is on the list: id, name, short name, and where ready-made banners lie."""
    name, agencies = call_of(site / "js/agencies.js")
    assert name == "agencies"
    return agencies


# --- whole


def test_every_file_that_a_page_needs_is_there(site: Path) -> None:
    for page in pages_of(site):
        found = links_of(page)
        assert len(found.loads) >= 2  # a style sheet and a script, at the least
        for address in [*found.loads, *found.leads]:
            if urlsplit(address).scheme:
                continue
            target = (page.parent / (unquote(urlsplit(address).path) or page.name)).resolve()
            assert target.is_file(), f"{page.name}: {address}"
            assert target.is_relative_to(site.resolve())


def test_pages_load_nothing_from_anywhere_else(site: Path) -> None:
    for page in pages_of(site):
        found = links_of(page)
        assert [
            address for address in found.loads if urlsplit(address).scheme or address.startswith("/")
        ] == []
        assert found.handlers == []
    outside = re.compile(rb"https?://(?!www\.w3\.org/(?:2000/svg|1999/xlink))")
    words_only = {"goods.js", "pdf-lib.js"}  # posts with the campaign's links; licences
    scripts = [file for file in site.glob("js/*.js") if file.name not in words_only]
    for file in [*site.rglob("*.css"), *scripts, site / "sw.js", site / "manifest.webmanifest"]:
        assert not outside.search(file.read_bytes()), file


def test_links_that_lead_away_are_the_campaigns_own(site: Path, project: Project) -> None:
    own = {link.url for link in project.campaign.links if link.url}
    dispatch = (ROOT / "campaigns/daknong-2022/dispatch.md").read_text(encoding="utf-8")
    for page in pages_of(site):
        away = {address for address in links_of(page).leads if urlsplit(address).scheme}
        assert all(address in own or address in dispatch for address in away)
    assert own <= set(links_of(site / "index.html").leads)


def test_list_of_files_is_what_lies_there(site: Path) -> None:
    listed = json.loads((site / SITE_LIST).read_text(encoding="utf-8"))["files"]
    there = sorted(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())
    assert sorted([*listed, SITE_LIST]) == there
    told = json.loads((site.parent / "small-site.json").read_text(encoding="utf-8"))
    assert told["files"] == len(listed)
    assert told["bytes"] == sum((site / path).stat().st_size for path in listed)
    assert (told["agencies"], told["banners"]) == (3, 3 * 2 * len(PRESETS))


def test_every_agency_has_its_banners_and_their_words(site: Path) -> None:
    agencies = agencies_of(site)
    assert [agency[0] for agency in agencies] == [ISSUER, CU_JUT, HOSTILE]
    assert data_of(site / "banner.html")["first"] == agencies[0]
    for agency_id, _, _, more in agencies:
        name, told = call_of(site / more["folder"] / "list.js")
        assert name == agency_id
        assert more["list"].endswith(digest((site / more["folder"] / "list.js").read_bytes())[:10])
        looks = told["looks"]
        assert {(day, theme) for day, theme, _, _ in looks} == {("10-10", "digital"), ("01-11", "brocade")}
        for day, theme, start, banner in [(*look[:3], banner) for look in looks for banner in look[3]]:
            place = site / more["folder"]
            preset, alt, embed, plain, shown, files = banner
            formats = [end.rpartition(".")[2] for end in files]
            own = {"poster-a4": ["pdf"], "share-1200x630": ["png"]}
            assert formats == own.get(preset, ["png", "webp"])
            assert start == f"{agency_id}-{day}-{theme}-"  # no file replaces another
            assert all(
                (place / f"{start}{preset}{end}").stat().st_size == size
                and digest((place / f"{start}{preset}{end}").read_bytes()).startswith(digits)
                for end, (size, digits) in files.items()
            )
            picture, _, digits = f"{start}{preset}{shown}".partition("?v=")
            assert digest((place / picture).read_bytes())[:10] == (digits or files[shown][1])
            assert day.replace("-", "/") in told["words"][alt]
            assert (embed is not None) == (preset not in own)
            assert plain is None


def test_letter_says_what_the_letter_says(site: Path) -> None:
    page = (site / "letter.html").read_text(encoding="utf-8")
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page
    assert page.count('class="blank"') >= 2
    assert page.count("<table") == 1
    assert page.count("<h1") == 1
    assert zipfile.is_zipfile(site / "letter/cong-van.docx")
    assert (site / "letter/cong-van.pdf").read_bytes().startswith(b"%PDF")


def test_number_and_date_are_filled_in_where_they_are_given(
    tmp_path: Path, site: Path, dxassets: Run
) -> None:
    own_out(site, tmp_path / "o")
    told = dxassets(
        "site", site.parent / "small-campaign", "--out", tmp_path / "s", "--built", tmp_path / "o",
        "--preset", "rectangle-300x250", "--number", "7", "--date", "2022-09-21", "--agency", CU_JUT,
    )  # fmt: skip
    assert told.code == 0, told.err
    assert "2 banner của 1 cơ quan" in told.out
    assert "mới 2, hỏng 0" in told.out
    page = (tmp_path / "s/letter.html").read_text(encoding="utf-8")
    assert "Số: 07/STTTT-CNTT" in page
    assert "ngày 21 tháng 9 năm 2022" in page
    assert 'class="blank"' not in page
    assert "để trống cho văn thư" not in page


def test_blanks_are_told_from_words() -> None:
    blank = "\u00a0" * 8
    assert blank_parts(f"Số:{blank}/STTTT") == [("Số:", False), (blank, True), ("/STTTT", False)]
    assert blank_parts("10\u00a0km") == [("10\u00a0km", False)]


def test_vietnamese_names_say_so_on_the_english_pages(site: Path) -> None:
    page = (site / "en" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="en"' in page
    assert '<span lang="vi">Tỉnh Đắk Nông</span>' in page
    assert 'Issued by <span lang="vi">' in page


def test_slogan_breaks_between_phrases_only(site: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    assert "của\u00a0xã\u00a0hội</span>" in page
    assert "giải\u00a0quyết các\u00a0vấn\u00a0đề" in page


# --- safe


def test_no_name_gets_out_of_its_place(site: Path) -> None:
    for page in pages_of(site):
        text = page.read_text(encoding="utf-8")
        assert "<b>&" not in text
        assert "</script><b>" not in text
    assert agencies_of(site)[2][1] == HOSTILE_NAME
    _, told = call_of(site / "banner" / HOSTILE / "list.js")
    (rectangle, *_) = [each for look in told["looks"] for each in look[3] if each[0] == "rectangle-300x250"]
    alt, embed = (told["words"][number] for number in rectangle[1:3])
    assert HOSTILE_NAME in alt or "Sở <Thử>" in alt
    assert "<b>" not in embed


def test_policy_shuts_the_avatar_page_in(site: Path) -> None:
    for lang in LANGS:
        text = (site / page_path("avatar.html", lang)).read_text(encoding="utf-8")
        assert "connect-src &#39;none&#39;" in text
        assert text.index("Content-Security-Policy") < text.index("<script")
    for name in PAGES:
        rules = dict(rule.split(" ", 1) for rule in policy(name).split("; "))
        assert rules["default-src"] == "'none'"
        assert "unsafe" not in policy(name)
        assert not any(scheme in policy(name) for scheme in ("http:", "https:", "*"))


def test_the_only_script_inside_a_page_is_the_one_that_is_allowed(site: Path) -> None:
    for page in pages_of(site):
        assert [src is None for src in links_of(page).scripts] == [True, False, True]  # first, own, data
        assert "sha256-" in page.read_text(encoding="utf-8")


def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, dxassets: Run) -> None:
    (tmp_path / "index.html").write_text("my page", encoding="utf-8")
    told = dxassets("site", "--out", tmp_path, "--built", tmp_path / "o", "--agency", CU_JUT)
    assert told.code == 2
    assert "đã có thứ khác ở đây" in told.err
    assert [file.name for file in tmp_path.iterdir()] == ["index.html"]
    (tmp_path / SITE_LIST).write_text("[]", encoding="utf-8")
    assert dxassets("site", "--out", tmp_path, "--agency", CU_JUT).code == 2


def test_what_is_no_longer_offered_is_taken_away_and_nothing_else(tmp_path: Path, site: Path) -> None:
    project = small_campaign(tmp_path / "campaign")
    out = own_out(site, tmp_path / "o")
    first = build_site(project, tmp_path / "s", wanted=WANTED, built=out)
    assert first.built == 0
    (tmp_path / "s/mine.txt").write_text("kept", encoding="utf-8")
    less = build_site(
        project, tmp_path / "s", wanted=SiteWanted(agencies=(CU_JUT,), presets=PRESETS[:1]), built=out
    )
    assert less.removed > 10
    assert not (tmp_path / "s/banner" / ISSUER / "list.js").exists()
    assert (tmp_path / "s/mine.txt").is_file()
    assert (out / "daknong-2022" / ISSUER / "banner/10-10/digital/share-1200x630.png").is_file()


def test_same_site_has_same_bytes(tmp_path: Path, site: Path) -> None:
    project = small_campaign(tmp_path / "campaign")
    build_site(project, tmp_path / "s", wanted=WANTED, built=own_out(site, tmp_path / "o"))
    listed = json.loads((site / SITE_LIST).read_text(encoding="utf-8"))["files"]
    assert [
        path for path in listed if (tmp_path / "s" / path).read_bytes() != (site / path).read_bytes()
    ] == []


# --- light


def test_first_load_of_the_avatar_page_is_light(site: Path) -> None:
    for lang in LANGS:
        page = site / page_path("avatar.html", lang)
        loads = {(page.parent / urlsplit(address).path).resolve() for address in links_of(page).loads}
        assert sum(file.stat().st_size for file in {*loads, page}) < FIRST_LOAD


def test_service_worker_keeps_the_pages_and_frames(site: Path) -> None:
    worker = (site / "sw.js").read_text(encoding="utf-8")
    found = re.search(r"^const KEPT = (.*);$", worker, re.MULTILINE)
    assert found is not None
    kept: dict[str, str] = json.loads(found[1])
    assert {page_path(name, lang) for name in PAGES for lang in LANGS} <= set(kept)
    assert {f"frames/{file.name}" for file in (site / "frames").glob("*.js")} <= set(kept)
    assert {path for path in kept if path.endswith("list.js")} == {f"banner/{ISSUER}/list.js"}
    assert all(digest((site / path).read_bytes()) == sha for path, sha in kept.items())
    # names are drawn without a network, too; banners without a name are kept once they were looked at
    tools = ("agencies", "bases", "drawing", "letters", "letters-spare", "words", "png")
    assert {f"js/{tool}.js" for tool in tools} <= set(kept)
    assert not [path for path in kept if path.startswith(("bases/", "sizes/", "pack/", "js/shapes-"))]
    assert sum((site / path).stat().st_size for path in kept) < 2_750_000


def test_web_manifest_names_pictures_of_their_size(site: Path) -> None:
    from PIL import Image  # noqa: PLC0415

    manifest = json.loads((site / "manifest.webmanifest").read_text(encoding="utf-8"))
    for icon in manifest["icons"]:
        with Image.open(site / icon["src"].partition("?")[0]) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
    assert (site / manifest["start_url"]).is_file()


def test_frames_are_handed_over_as_they_were_built(site: Path) -> None:
    frames = sorted((site / "frames").glob("*.js"))
    assert len(frames) == 2 * 4 * 6  # days, themes, styles
    for file in frames:
        name, svg = call_of(file)
        assert file.name == f"{name}.js"
        day, theme, style = re.fullmatch(r"(\d\d-\d\d)-(\w+)-(\w+)", name).groups()  # type: ignore[union-attr]
        source = site.parent / f"small-out/daknong-2022/{ISSUER}/frame/{day}/{theme}/{style}-1080.svg"
        assert svg == source.read_text(encoding="utf-8")
