"""The pages in people's hands: turned phones, browsers inside apps, hasty taps, links sent on, no script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from dxassets.digest import digest
from dxassets.renderers.site import LANGS, PAGES, page_path
from tests.site_support import CHROMIUM, ISSUER, Open, choose, until

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
ANDROID = "Mozilla/5.0 (Linux; Android 13; SM-A536E{view}) AppleWebKit/537.36 (KHTML, like Gecko) {version}"
CHROME = "Chrome/120.0.0.0 Mobile Safari/537.36"
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
INSIDE = {
    "Facebook": ANDROID.format(view="; wv", version=f"Version/4.0 {CHROME} [FB_IAB/FB4A;FBAV/440.0;]"),
    "Messenger": IPHONE + "Mobile/21B101 [FBAN/MessengerForiOS;FBAV/436.0;FBLC/vi_VN]",
    "Instagram": IPHONE + "Mobile/21B101 Instagram 309.0 (iPhone13,2; iOS 17_1; vi_VN)",
    "Threads": IPHONE + "Mobile/21B101 Barcelona 309.0 (iPhone13,2; iOS 17_1; vi_VN)",
    "Zalo": ANDROID.format(view="", version=f"{CHROME} Zalo android/23"),
    "Telegram": ANDROID.format(view="; wv", version=f"Version/4.0 {CHROME} Telegram-Android/10.5"),
    "WeChat": ANDROID.format(view="; wv", version=f"Version/4.0 {CHROME} MicroMessenger/8.0.42"),
    "TikTok": IPHONE + "Mobile/21B101 musical_ly_32.5.0 BytedanceWebview/d8a21c6",
    "Line": IPHONE + "Mobile/21B101 Safari Line/13.20.0",
    "một ứng dụng khác": ANDROID.format(view="; wv", version=f"Version/4.0 {CHROME}"),
    "một ứng dụng khác ": IPHONE + "Mobile/21B101",
}
OUTSIDE = [
    ANDROID.format(view="", version=CHROME),
    ANDROID.format(view="", version="SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36"),
    IPHONE + "Version/17.1 Mobile/15E148 Safari/604.1",
    IPHONE + "CriOS/120.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.1 Safari/605.1.15",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:121.0) Gecko/20100101 Firefox/121.0",
]


# --- turned phones


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", PAGES)
def test_no_width_moves_sideways_or_loses_the_other_language(open_page: Open, name: str, lang: str) -> None:
    page = open_page(page_path(name, lang))  # type: ignore[arg-type]
    for width in (320, 390, 735, 737, 740, 768, 800, 830, 915, 991, 993, 1024, 1366):
        page.set_viewport_size({"width": width, "height": 600})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.locator("#tongue").bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


# --- inside apps


@pytest.mark.parametrize("app", INSIDE)
def test_a_browser_inside_an_app_is_known_and_the_app_named_right(open_page: Open, app: str) -> None:
    page = open_page("avatar.html", phone=True, user_agent=INSIDE[app])
    assert f"trong {app.strip()}." in page.inner_text("#in-app")


@pytest.mark.parametrize("agent", OUTSIDE)
def test_a_browser_of_its_own_is_none(open_page: Open, agent: str) -> None:
    assert open_page("avatar.html", phone=True, user_agent=agent).is_hidden("#in-app")


def test_a_picture_to_press_and_hold_is_there_in_every_browser(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html", phone=True)
    choose(page, photo)
    with page.expect_download():
        page.click("#save")
    until(page, "document.querySelector('#held img')?.naturalWidth === 1080")
    assert page.is_visible("#held img")
    assert "Nhấn giữ" in page.inner_text("#held")


# --- hasty taps


def test_two_quick_taps_start_one_share(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html", phone=True)
    page.add_init_script(
        "window.shares = 0; navigator.canShare = () => true; navigator.share = () => { window.shares += 1; "
        "return new Promise((done) => { window.finish = done; }); };"
    )
    page.reload()
    choose(page, photo)
    page.evaluate("for (const _ of [1, 2, 3]) document.getElementById('share').click()")
    page.wait_for_timeout(200)
    assert page.evaluate("shares") == 1
    page.evaluate("finish()")
    until(page, "!document.getElementById('share').disabled")
    page.click("#share")
    until(page, "shares === 2")


# --- home


def test_all_doors_are_above_the_fold_on_a_pc(open_page: Open) -> None:
    page = open_page("")
    for width, height in ((1366, 657), (1280, 720), (1920, 969)):
        page.set_viewport_size({"width": width, "height": height})
        bottoms = page.evaluate(
            "[...document.querySelectorAll('.door')].map((door) => door.getBoundingClientRect().bottom)"
        )
        assert len(bottoms) == 6  # banners, frames, letter, what is to do, loops, figures
        assert max(bottoms) <= height


# --- the avatar page


def worn(page: Page) -> str:
    found: str = page.evaluate("document.getElementById('stage').dataset.frame ?? ''")
    return found


def test_the_choice_is_in_the_address_and_opens_as_it_was_sent(open_page: Open) -> None:
    page = open_page("avatar.html")
    page.check('input[value="01-11"]', force=True)
    page.check('input[value="formal"]', force=True)
    page.check('input[value="square"]', force=True)
    until(page, "document.getElementById('stage').dataset.frame === '01-11-formal-square'")
    link = page.url
    assert re.search(r"#day=01-11&theme=formal&style=square$", link)
    again = open_page("avatar.html" + link[link.index("#") :])
    until(again, "document.getElementById('stage').dataset.frame === '01-11-formal-square'")
    assert again.is_checked('input[value="01-11"]')
    strange = open_page("avatar.html#day=31-12&theme=<b>&style=none")
    until(strange, "document.getElementById('stage').dataset.frame")
    assert worn(strange).startswith("10-10-")


def test_frames_are_shown_in_small(open_page: Open) -> None:
    page = open_page("avatar.html")
    until(page, "document.querySelectorAll('#frame .thumb').length > 0")
    for radio in page.locator('input[name="style"]:visible').all():
        if radio.get_attribute("value") == "brought":
            continue
        picture = radio.locator("xpath=..").locator("img.thumb")
        assert picture.evaluate("(it) => it.naturalWidth") == 96
    before = page.locator("img.thumb").first.get_attribute("src")
    page.check('input[value="formal"]', force=True)
    until(page, f"document.querySelector('img.thumb').src !== {before!r}")


def test_day_and_colours_stay_in_sight_beside_the_photo(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html", phone=True)
    choose(page, photo)
    page.wait_for_timeout(300)
    height = page.evaluate("innerHeight")
    saves = page.locator(".saves").bounding_box()
    assert saves is not None
    for part in ("#stage", *(f'input[name="{name}"]:checked' for name in ("day", "theme", "style"))):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] >= 90, part
        assert box["y"] + box["height"] / 2 <= min(height, saves["y"]), part


def test_the_photo_survives_the_change_of_language(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html#day=01-11&theme=formal&style=square")
    choose(page, photo)
    for _ in range(3):
        page.click('[data-do="zoom-in"]')
    zoom = "JSON.parse(document.getElementById('stage').dataset.placement).zoom"
    until(page, f"{zoom} > 1.3")
    placed = page.evaluate(zoom)
    page.click("#tongue")
    page.wait_for_url("**/en/avatar.html#*")
    page.wait_for_selector(".studio.has-photo")
    until(page, "document.getElementById('stage').dataset.frame === '01-11-formal-square'")
    until(page, f"Math.abs({zoom} - {placed}) < 0.01")
    page.reload()  # it was on its way, and is kept nowhere
    page.wait_for_timeout(500)
    assert not page.locator(".studio.has-photo").count()


# --- without a script


@pytest.mark.parametrize("lang", LANGS)
def test_without_a_script_there_are_plain_links_to_files(open_page: Open, site: Path, lang: str) -> None:
    for name, suffix in (("banner.html", ".png"), ("avatar.html", ".svg"), ("letter.html", ".docx")):
        page = open_page(page_path(name, lang), java_script_enabled=False)  # type: ignore[arg-type]
        links = [link.get_attribute("href") or "" for link in page.locator("main a[download]:visible").all()]
        wanted = [link for link in links if link.partition("?")[0].endswith(suffix)]
        assert wanted, name
        assert suffix != ".png" or all(ISSUER in link for link in wanted)
        for link in wanted:
            path, _, digits = link.partition("?v=")
            file = (site / page_path(name, lang)).parent / path  # type: ignore[arg-type]
            assert digest(file.read_bytes())[:10] == digits


# --- words


def test_words_are_those_that_people_say(site: Path) -> None:
    text = "".join((site / name).read_text(encoding="utf-8") for name in PAGES)
    assert "Sao chép" in text
    assert "Chọn ảnh khác" in text
    assert "Chưa kết nối được" in text
    assert not re.search(r"\bChép (?:mô tả|mã|địa chỉ)|Đổi ảnh khác|Chưa nối được", text)
