"""The campaign's pages in a real browser: doors, banners, other apps, no network, and everybody."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dxassets.renderers.site import LANGS, PAGES, page_path
from tests.site_support import (
    CHROMIUM,
    CU_JUT,
    ISSUER,
    NPM,
    ROOT,
    Open,
    choose,
    saved,
    until,
)

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
needs_npm = pytest.mark.skipif(
    not (NPM / "installed.lock").is_file(),
    reason="tools/web-tests has not fetched its packages: no npm or no network",
)
LEAST_TARGET = 44
FACEBOOK = (
    "Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 "
    "[FB_IAB/FB4A;FBAV/440.0;]"
)
ZALO = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Zalo iOS/475"
)


# --- the three doors


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desktop"])
def test_three_doors_lead_to_their_rooms(open_page: Open, *, phone: bool) -> None:
    page = open_page("", phone=phone)
    for door, heading in (("banner", "Banner"), ("avatar", "Khung ảnh đại diện"), ("letter", "Công văn")):
        page.click(f".door-{door}")
        page.wait_for_url(f"**/{door}.html*")  # the banner page soon says its choice behind a #
        assert page.inner_text("h1") == heading
        page.click(".brand")
        page.wait_for_url("**/index.html")


@pytest.mark.parametrize("name", PAGES)
def test_pages_fit_small_phones_and_fingers(open_page: Open, name: str, photo: Path) -> None:
    page = open_page(page_path(name, "vi"), phone=True)  # type: ignore[arg-type]
    if name == "avatar.html":
        choose(page, photo)
    for width in (360, 430):
        page.set_viewport_size({"width": width, "height": 780})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate(
        """(least) => [...document.querySelectorAll("a, button, input, summary, [role=option]")]
        .filter((each) => !each.closest(".sheet, .foot, .skip, .unseen, [hidden]") && each.type !== "file")
        .map((each) => (each.type === "radio" ? each.closest("label") : each))
        .map((each) => [each.outerHTML.slice(0, 80), each.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && (box.width < least || box.height < least))
        .map(([what, box]) => `${what} ${box.width}×${box.height}`)""",
        LEAST_TARGET,
    )
    assert small == []


def test_english_is_a_switch_away_and_leads_back(open_page: Open) -> None:
    page = open_page(f"banner.html#agency={CU_JUT}&day=01-11&preset=share-1200x630")
    until(page, "document.getElementById('agency').value !== ''")
    page.click("#tongue")
    page.wait_for_url("**/en/banner.html#*")
    assert page.get_attribute("html", "lang") == "en"
    until(page, "document.getElementById('picture')?.naturalWidth === 1200")
    assert CU_JUT in page.get_attribute("#picture", "src")  # type: ignore[operator]
    page.click("#tongue")
    page.wait_for_url("**/chien-dich/banner.html#*")


def test_look_is_remembered(open_page: Open) -> None:
    page = open_page("", color_scheme="light")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#look")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert light != dark
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark


# --- banners


def test_agency_is_found_by_keys_alone_and_without_marks(open_page: Open) -> None:
    page = open_page("banner.html")
    until(page, "document.getElementById('agency').value !== ''")
    page.focus("#agency")
    page.keyboard.type("cu jut")
    page.wait_for_selector("#agencies li")
    assert page.locator("#agencies li").all_inner_texts() == ["Ủy ban nhân dân huyện Cư Jút"]
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#agency", "aria-activedescendant") == f"agency-{CU_JUT}"
    page.keyboard.press("Enter")
    until(page, f"location.hash.includes('{CU_JUT}')")
    assert page.input_value("#agency") == "Ủy ban nhân dân huyện Cư Jút"
    page.keyboard.press("Tab")  # what is for agencies that are not on the list
    page.keyboard.press("Tab")  # the days
    page.keyboard.press("ArrowRight")
    until(page, "location.hash.includes('01-11')")
    until(page, "document.getElementById('alt').value.includes('01/11')")
    page.focus("#agency")
    page.keyboard.type("zzz")
    assert page.is_hidden("#agencies")
    assert "Không có cơ quan" in page.inner_text("#said")
    assert page.is_visible("#said")
    page.keyboard.press("Tab")
    assert page.input_value("#agency") == "Ủy ban nhân dân huyện Cư Jút"


def test_banner_is_shown_as_it_is_and_its_words_are_copied(open_page: Open, site: Path) -> None:
    page = open_page("banner.html", permissions=["clipboard-read", "clipboard-write"])
    for preset, width, height in (("leaderboard-728x90", 728, 90), ("share-1200x630", 1200, 630)):
        page.check(f'input[value="{preset}"]', force=True)
        until(page, f"document.getElementById('picture')?.naturalWidth === {width}")
        box = page.locator("#picture").bounding_box()
        assert box is not None
        assert box["width"] / box["height"] == pytest.approx(width / height, rel=0.01)
        assert box["width"] <= width
    assert page.is_hidden("#embed-field")
    page.check('input[value="leaderboard-728x90"]', force=True)
    page.click('[data-copy="embed"]')
    page.wait_for_selector(".toast.on")
    assert page.evaluate("navigator.clipboard.readText()") == page.input_value("#embed")
    name = f"{ISSUER}-10-10-digital-leaderboard-728x90"
    assert f'<img src="{name}.png"' in page.input_value("#embed")
    assert f'srcset="{name}.webp 1x"' in page.input_value("#embed")
    page.click('[data-copy="alt"]')
    page.wait_for_timeout(100)
    alt = page.evaluate("navigator.clipboard.readText()")
    assert alt == page.get_attribute("#picture", "alt")
    with page.expect_download() as waiting:
        page.click("#downloads a >> nth=1")
    assert waiting.value.suggested_filename == f"{name}.webp"
    own = site / "banner" / ISSUER / f"{name}.webp"
    assert waiting.value.path().read_bytes() == own.read_bytes()


def test_print_size_shows_its_preview_and_gives_its_pdf(open_page: Open) -> None:
    page = open_page("banner.html")
    page.check('input[value="poster-a4"]', force=True)
    until(page, "document.getElementById('picture')?.naturalWidth > 100")
    assert page.locator("#downloads a").count() == 1
    assert "PDF" in page.inner_text("#downloads")
    assert "210 × 297 mm" in page.inner_text("#caption")


# --- inside other apps, without a network, from a folder


@pytest.mark.parametrize(("agent", "app"), [(FACEBOOK, "Facebook"), (ZALO, "Zalo")])
def test_inside_an_app_the_picture_is_held(open_page: Open, photo: Path, agent: str, app: str) -> None:
    page = open_page("avatar.html", phone=True, user_agent=agent)
    assert f"trong {app}" in page.inner_text("#in-app")
    choose(page, photo)
    page.click("#save")
    page.wait_for_selector("#result[open]")
    until(page, "document.querySelector('#result img')?.naturalWidth === 1080")
    assert (page.get_attribute("#result img", "src") or "").startswith("data:image/jpeg;base64,")
    assert "Nhấn giữ" in page.inner_text("#result")
    page.click("#result-close")
    assert page.is_hidden("#result")


def test_everywhere_else_there_is_no_such_hint(open_page: Open) -> None:
    assert open_page("avatar.html").is_hidden("#in-app")


def test_share_sheet_gets_the_picture(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html", phone=True)
    page.add_init_script(
        "navigator.canShare = () => true; navigator.share = async (what) => { window.shared = what; };"
    )
    page.reload()
    choose(page, photo)
    page.click("#share")
    until(page, "window.shared")
    name, kind, size = page.evaluate("[shared.files[0].name, shared.files[0].type, shared.files[0].size]")
    assert (name, kind) == ("anh-dai-dien-10-10-digital-foot.jpg", "image/jpeg")
    assert size > 20_000


def test_pages_and_frames_work_without_a_network(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    page.reload()
    choose(page, photo)
    page.check('input[value="formal"]', force=True)
    page.check('input[value="square"]', force=True)
    until(page, "document.getElementById('stage').dataset.frame === '10-10-formal-square'")
    assert saved(page, "#save").size == (1080, 1080)
    for path in ("", "letter.html", "en/index.html"):
        page.goto(page.url.rsplit("/", 1)[0].removesuffix("/en") + "/" + path)
        assert page.locator("h1").count() == 1


def test_site_works_from_a_folder(open_page: Open, site: Path, photo: Path) -> None:
    base = site.as_uri() + "/"
    page = open_page("index.html", base=base)
    page.click(".door-avatar")
    choose(page, photo)
    page.check('input[value="brocade"]', force=True)
    until(page, "document.getElementById('stage').dataset.frame === '10-10-brocade-woven'")
    assert saved(page, "#save-png").size == (1080, 1080)
    page.click("#tongue")
    page.click('.tabs a[href="banner.html"]')
    until(page, "document.getElementById('picture')?.naturalWidth > 0")
    page.click('.tabs a[href="letter.html"]')
    assert page.locator(".sheet table").count() == 1


def test_letter_prints_alone(open_page: Open) -> None:
    page = open_page("letter.html")
    page.emulate_media(media="print")
    assert not page.is_visible(".top")
    assert not page.is_visible(".actions")
    assert page.is_visible(".sheet")
    words = page.pdf(format="A4")
    assert words.startswith(b"%PDF")


# --- for everybody


@needs_npm
@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(open_page: Open, photo: Path, name: str, lang: str) -> None:
    page = open_page(page_path(name, lang), phone=True, color_scheme="light", bypass_csp=True)  # type: ignore[arg-type]
    if name == "banner":
        until(page, "document.getElementById('picture')?.naturalWidth > 0")
    page.add_script_tag(path=str(NPM / "node_modules/axe-core/axe.min.js"))
    found: list[str] = []
    for look in ("light", "dark"):
        page.evaluate("(look) => { document.documentElement.dataset.look = look; }", look)
        found += violations(page, look)
    if name == "avatar.html":
        choose(page, photo)
        found += violations(page, "with a photo")
    if name == "banner":
        page.click("#agency")
        page.wait_for_selector("#agencies:not([hidden])")
        found += violations(page, "with its list")
    assert found == []


def violations(page: Page, when: str) -> list[str]:
    page.wait_for_timeout(220)  # colours fade
    result = page.evaluate("axe.run(document, { resultTypes: ['violations', 'incomplete'] })")
    assert len(result["passes"]) > 10
    return [
        f"{when}: {each['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for each in result["violations"]
        for node in each["nodes"]
    ]


@needs_npm
def test_html_is_valid(site: Path) -> None:
    pages = [str(site / page_path(name, lang)) for lang in LANGS for name in PAGES]
    told = subprocess.run(
        ["node", str(NPM / "node_modules/html-validate/bin/html-validate.mjs"), "--formatter", "json",
         "--config", str(ROOT / "tests/web/html-validate.json"), *pages],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert told.stdout, told.stderr
    found = [
        f"{Path(each['filePath']).name}:{message['line']}: {message['ruleId']}: {message['message']}"
        for each in json.loads(told.stdout)
        for message in each["messages"]
    ]
    assert found == []
    assert told.returncode == 0
