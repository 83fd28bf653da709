"""The pages when things go wrong: lost networks, full phones, hasty fingers, files that can't be read."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, Route

from tests.photo_support import jpeg_cuts, jpeg_ends
from tests.site_support import CHROMIUM, CU_JUT, ISSUER, Open, choose, jpeg, landscape, until

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
ZALO = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36 Zalo android/23"
LOW = {"width": 740, "height": 340}


def pick(page: Page, typed: str) -> None:
    page.focus("#agency")
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def complaints_of(open_page: Open) -> list[str]:
    found: list[str] = open_page.complaints  # type: ignore[attr-defined]
    return found


# --- banners


def test_an_agency_that_does_not_come_leaves_the_former_one_whole(open_page: Open) -> None:
    page = open_page("banner.html")
    until(page, "document.getElementById('picture')")
    page.route(f"**/{CU_JUT}/list.js*", lambda route: route.abort())
    pick(page, "cu jut")
    page.wait_for_selector("#said:not(:empty)")
    assert "chưa tải được Ủy ban nhân dân huyện Cư Jút" in page.inner_text("#said")
    page.keyboard.press("Tab")
    assert page.input_value("#agency") == "Sở Thông tin và Truyền thông tỉnh Đắk Nông"
    page.check('input[value="rectangle-300x250"]', force=True)
    until(page, "document.getElementById('caption').textContent.includes('300 × 250')")
    assert ISSUER in (page.get_attribute("#downloads a", "href") or "")
    page.click("#zip")
    page.wait_for_selector("#pack-go:enabled")
    with page.expect_download() as waiting:
        page.click("#pack-go")
    assert waiting.value.suggested_filename == f"tron-goi-{ISSUER}.zip"
    complaints_of(open_page)[:] = [each for each in complaints_of(open_page) if "ERR_FAILED" not in each]


def test_a_list_of_agencies_that_does_not_come_is_told_and_asked_for_again(open_page: Open) -> None:
    page = open_page("banner.html")
    until(page, "document.getElementById('picture')")
    page.route("**/js/agencies.js*", lambda route: route.abort())
    pick(page, "cu jut")
    page.wait_for_selector("#said:not(:empty)")
    assert "chưa có danh sách cơ quan" in page.inner_text("#said")
    page.unroute("**/js/agencies.js*")
    page.keyboard.press("Tab")
    assert page.input_value("#agency") == "Sở Thông tin và Truyền thông tỉnh Đắk Nông"
    pick(page, "cu jut")
    until(page, f"location.hash.includes('{CU_JUT}')")
    assert page.inner_text("#said") == ""
    complaints_of(open_page)[:] = [each for each in complaints_of(open_page) if "ERR_FAILED" not in each]


def test_without_any_list_there_is_nothing_to_press(open_page: Open) -> None:
    page = open_page("index.html")
    page.context.route("**/list.js*", lambda route: route.abort())
    page.click(".door-banner")
    page.wait_for_selector("#said:not(:empty)")
    assert page.is_hidden("#zip")
    assert page.is_hidden("#sizes")
    complaints_of(open_page)[:] = [each for each in complaints_of(open_page) if "ERR_FAILED" not in each]


def test_an_archive_keeps_the_name_of_whose_it_is(open_page: Open) -> None:
    page = open_page("banner.html")
    until(page, "document.getElementById('picture')")

    def later(route: Route) -> None:
        page.wait_for_timeout(20)
        route.continue_()

    page.route(f"**/banner/{ISSUER}/*.*", later)
    page.click("#zip")
    page.wait_for_selector("#pack-go:enabled")
    for box in page.locator('input[name="pack-sort"]').all()[1:]:
        box.uncheck()
    with page.expect_download() as waiting:
        page.click("#pack-go")
        pick(page, "cu jut")
    assert waiting.value.suggested_filename == f"tron-goi-{ISSUER}.zip"
    until(page, "document.getElementById('pack-note').textContent.startsWith('Đã gói xong')")
    assert "Sở Thông tin và Truyền thông" in page.inner_text("#pack-note")  # it says of whom it speaks


def test_a_full_phone_still_shows_banners(open_page: Open) -> None:
    page = open_page("index.html", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null")
    origin = page.evaluate("location.origin")
    page.context.new_cdp_session(page).send(
        "Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1}
    )
    page.goto(page.url.rpartition("/")[0] + f"/banner.html#agency={CU_JUT}")
    until(page, "document.getElementById('picture')?.naturalWidth > 0")
    assert page.inner_text("#said") == ""


def test_letter_and_first_list_are_there_without_a_network(open_page: Open) -> None:
    page = open_page("index.html", service_workers="allow")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    until(page, "navigator.serviceWorker.controller !== null")
    page.context.set_offline(True)
    base = page.url.rpartition("/")[0]
    page.goto(base + "/banner.html")
    until(page, "document.getElementById('alt').value !== ''")
    sizes = page.evaluate(
        "Promise.all(['docx', 'pdf'].map(async (kind) => "
        "(await (await fetch(`letter/cong-van.${kind}`)).arrayBuffer()).byteLength))"
    )
    assert min(sizes) > 10_000
    page.goto(base + "/nowhere.html")
    assert page.locator(".doors").count() == 1  # the home page, not the browser's own error
    complaints_of(open_page).clear()  # the picture that was never looked at


def test_names_that_are_typed_together_are_found(open_page: Open) -> None:
    page = open_page("banner.html")
    until(page, "document.getElementById('agency').value !== ''")
    page.focus("#agency")
    page.keyboard.type("cujut")
    page.wait_for_selector("#agencies li")
    assert page.locator("#agencies li").all_inner_texts() == ["Ủy ban nhân dân huyện Cư Jút"]


def test_the_picture_stays_in_sight_while_it_is_chosen(open_page: Open) -> None:
    page = open_page("banner.html", phone=True)
    until(page, "document.getElementById('picture')?.naturalWidth > 0")
    page.locator('input[value="poster-a4"]').scroll_into_view_if_needed()
    page.check('input[value="poster-a4"]', force=True)
    until(page, "document.getElementById('caption').textContent.includes('210')")
    for part in ("#picture", "#downloads a"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 844, part


def test_all_of_a_banner_can_be_reached_beside_the_list(open_page: Open) -> None:
    page = open_page("banner.html#preset=rectangle-300x250")
    page.set_viewport_size({"width": 1280, "height": 600})
    until(page, "document.getElementById('picture')?.naturalWidth > 0")
    page.evaluate("scrollTo(0, 300)")
    page.wait_for_timeout(100)
    page.evaluate("document.querySelector('.shown').scrollTo(0, 9999)")
    bottom = page.evaluate("document.querySelector('.shown').lastElementChild.getBoundingClientRect().bottom")
    assert 0 < bottom <= 600
    page.evaluate("document.getElementById('zip').scrollIntoView({ block: 'nearest' })")
    box = page.locator("#zip").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 600


@pytest.mark.parametrize("path", ["banner.html", "letter.html"])
def test_inside_an_app_every_page_says_how_files_are_taken(open_page: Open, path: str) -> None:
    page = open_page(path, phone=True, user_agent=ZALO)
    assert "trong Zalo" in page.inner_text("#in-app")
    assert not page.locator("#zip:visible").count()
    assert open_page(path).is_hidden("#in-app")


# --- avatar


def test_the_photo_that_was_chosen_last_is_framed(open_page: Open, tmp_path: Path) -> None:
    page = open_page("avatar.html")
    large = jpeg(Image.new("RGB", (8064, 6048), "#c00000"), tmp_path / "large.jpg")
    small = jpeg(Image.new("RGB", (400, 400), "#00a000"), tmp_path / "small.jpg")
    page.set_input_files("#file", str(large))
    page.set_input_files("#file", str(small))
    page.wait_for_selector(".studio.has-photo")
    page.wait_for_timeout(1500)  # the large one has come, too, by now
    data = page.evaluate(
        "[...document.getElementById('stage').getContext('2d').getImageData(540, 500, 1, 1).data]"
    )
    assert data[1] > 120 > data[0]


@pytest.mark.parametrize(
    ("suffix", "save"),
    [
        ("jpg", {"format": "JPEG"}),
        ("jpg", {"format": "JPEG", "progressive": True}),
        ("png", {"format": "PNG"}),
        ("webp", {"format": "WEBP"}),
    ],
)
def test_a_photo_that_is_cut_short_is_told(
    open_page: Open, tmp_path: Path, suffix: str, save: dict[str, object]
) -> None:
    page = open_page("avatar.html")
    file = tmp_path / f"whole.{suffix}"
    landscape(900, 700).save(file, **save)  # type: ignore[arg-type]
    choose(page, file)
    half = tmp_path / f"half.{suffix}"
    half.write_bytes(file.read_bytes()[: file.stat().st_size * 6 // 10])
    page.set_input_files("#file", str(half))
    page.wait_for_selector(".message.wrong")
    assert "hỏng" in page.inner_text("#message")


def test_a_jpeg_that_lacks_only_its_end_is_framed_as_by_the_command(open_page: Open, tmp_path: Path) -> None:
    page = open_page("avatar.html")
    for at, (name, (data, is_whole)) in enumerate(jpeg_ends().items()):
        file = tmp_path / f"{at}.jpg"
        file.write_bytes(data)
        page.evaluate("document.getElementById('message').textContent = ''")
        page.set_input_files("#file", str(file))
        told = "thiếu dấu kết thúc" if is_whole else "hỏng"
        until(page, f"document.getElementById('message').textContent.includes('{told}')")
        assert ("wrong" in (page.get_attribute("#message", "class") or "")) is not is_whole, name


def test_a_jpeg_with_an_end_put_behind_is_judged_as_by_the_command(open_page: Open, tmp_path: Path) -> None:
    page = open_page("avatar.html")
    for at, (name, (data, is_whole)) in enumerate(jpeg_cuts().items()):
        file = tmp_path / f"{at}.jpg"
        file.write_bytes(data)
        page.evaluate("document.getElementById('message').textContent = ''")
        page.set_input_files("#file", str(file))
        told = "Đã mở ảnh" if is_whole else "hỏng"
        until(page, f"document.getElementById('message').textContent.includes('{told}')")
        assert ("wrong" in (page.get_attribute("#message", "class") or "")) is not is_whole, name


def test_a_small_picture_inside_does_not_make_a_photo_whole(open_page: Open, tmp_path: Path) -> None:
    whole, inside = tmp_path / "whole.jpg", tmp_path / "inside.jpg"
    landscape(120, 90).save(inside, "JPEG")
    landscape(900, 700).save(whole, "JPEG")
    data, note = whole.read_bytes(), b"Exif\0\0" + inside.read_bytes()
    marked = data[:2] + b"\xff\xe1" + (len(note) + 2).to_bytes(2, "big") + note + data[2:]
    file = tmp_path / "phone.jpg"
    file.write_bytes(marked)
    page = open_page("avatar.html")
    choose(page, file)
    file.write_bytes(marked[: len(marked) * 6 // 10])
    page.set_input_files("#file", str(file))
    page.wait_for_selector(".message.wrong")


@pytest.mark.parametrize(
    ("name", "data"),
    [("scan.tif", b"II*\0" + b"\0" * 60), ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")],
)
def test_a_picture_that_no_browser_frames_is_named_as_one(
    open_page: Open, tmp_path: Path, name: str, data: bytes
) -> None:
    page = open_page("avatar.html")
    (tmp_path / name).write_bytes(data)
    page.set_input_files("#file", str(tmp_path / name))
    page.wait_for_selector(".message.wrong")
    assert "không mở được loại ảnh này" in page.inner_text("#message")


def test_a_file_that_can_not_be_read_is_told(open_page: Open) -> None:
    page = open_page("avatar.html")
    page.evaluate(
        """(data) => {
        Blob.prototype.arrayBuffer = () => Promise.reject(new DOMException("gone", "NotReadableError"));
        const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
        const files = new DataTransfer(); files.items.add(new File([bytes], "a.jpg", { type: "image/jpeg" }));
        dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true })); }""",
        base64.b64encode(b"\xff\xd8\xff\xe0" + b"\0" * 40).decode(),
    )
    page.wait_for_selector(".message.wrong")
    assert "Không đọc được ảnh này" in page.inner_text("#message")


def test_the_stage_is_seen_on_a_phone_on_its_side(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html")
    page.set_viewport_size(LOW)  # type: ignore[arg-type]
    choose(page, photo)
    page.evaluate("document.getElementById('drop').scrollIntoView()")
    box = page.locator("#stage").bounding_box()
    assert box is not None
    assert 280 <= box["height"] <= LOW["height"]
    seen = page.evaluate(
        """() => { const box = document.getElementById("stage").getBoundingClientRect();
        const middle = (box.left + box.right) / 2;
        const isSeen = (y) => document.elementFromPoint(middle, y)?.id === "stage";
        return [...Array(innerHeight).keys()].filter(isSeen).length; }"""
    )
    assert seen > 280  # nothing lies over it


# --- everywhere


def test_without_a_script_no_dead_button_is_shown(open_page: Open) -> None:
    for path, dead in (("banner.html", "#bench"), ("avatar.html", "#studio"), ("letter.html", "#print")):
        page = open_page(path, java_script_enabled=False)
        assert page.is_hidden(dead)
        assert page.is_hidden("#look")
    assert "JavaScript" in open_page("banner.html", java_script_enabled=False).inner_text("main")


def test_home_says_what_the_days_are(open_page: Open) -> None:
    assert "505/QĐ-TTg" in open_page("index.html").inner_text("#days ~ .days").replace("\u2060", "")
    assert "Prime Minister" in open_page("en/index.html").inner_text("#days ~ .days")
