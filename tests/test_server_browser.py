"""The server's two panels in a real browser: what is typed shows at once, what is wrong stands beside it."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.server_support import Running, built, get, running
from tests.site_support import CHROMIUM, DESKTOP, until

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    with running(tmp_path_factory.mktemp("server"), built()) as started:
        yield started


@pytest.fixture
def page(browser: Browser, server: Running) -> Generator[Page]:
    context = browser.new_context(viewport=DESKTOP, service_workers="block")  # pyright: ignore[reportArgumentType]
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(server.address + "/banner.html")
    yield opened
    context.close()
    assert faults == []


def test_a_name_is_drawn_while_it_is_typed(page: Page) -> None:
    page.click("#own-panel summary")
    page.fill("#own-name", "Trường THPT Chu Văn An")
    until(page, "document.getElementById('own-drawn').naturalWidth > 0")
    assert "Trường THPT Chu Văn An" in page.inner_text("#own-said")
    assert page.get_attribute("#own-name", "aria-invalid") == "false"
    assert page.input_value("#own-preset") == "share-1200x630"
    with page.expect_download() as waiting:
        page.click('#own button[value="png"]')
    assert waiting.value.path().read_bytes().startswith(b"\x89PNG")


def test_a_name_that_can_not_be_drawn_leaves_no_other_name(page: Page) -> None:
    page.click("#own-panel summary")
    page.fill("#own-name", "Trường A")
    until(page, "document.getElementById('own-drawn').naturalWidth > 0")
    page.fill("#own-name", "Trường A " * 15)
    page.wait_for_selector("#own-said.wrong")
    assert page.is_hidden("#own-drawn")
    assert page.get_attribute("#own-name", "aria-invalid") == "true"
    field, said = page.locator("#own-name").bounding_box(), page.locator("#own-said").bounding_box()
    assert field is not None
    assert said is not None
    assert 0 < said["y"] - field["y"] < 120  # beside the field, not below the picture


def test_who_comes_back_finds_the_panel_open(page: Page) -> None:
    page.click("#own-panel summary")
    page.fill("#own-name", "Sở 😀")
    page.click('#own button[value="png"]')
    page.wait_for_selector("text=Bấm nút quay lại")
    page.go_back()
    page.wait_for_selector("#own-name:visible")
    assert page.input_value("#own-name") == "Sở 😀"
    page.wait_for_selector("#own-said.wrong")


def test_an_office_that_is_not_listed_is_shown_the_way(page: Page) -> None:
    until(page, "document.getElementById('agency').value !== ''")
    page.focus("#agency")
    page.keyboard.type("thpt chu van an")
    until(page, "document.getElementById('said').textContent.includes('ở khung phía trên')")
    assert page.input_value("#own-name") == "thpt chu van an"  # what was sought in vain is carried there
    assert page.is_visible("#own-name")
    page.fill("#own-name", "Trường THPT Chu Văn An")
    page.fill("#agency", "truong tieu hoc")
    assert page.input_value("#own-name") == "Trường THPT Chu Văn An"  # but takes nobody's words away


def test_who_types_before_the_list_has_come_loses_no_letter(page: Page) -> None:
    waiting: list[Route] = []
    page.route("**/js/agencies.js*", lambda route: waiting.append(route))  # noqa: PLW0108  (a builtin can't be marked)
    page.reload(wait_until="commit")
    until(page, "document.getElementById('agency').value !== ''")
    with page.expect_request("**/js/agencies.js*"):
        page.focus("#agency")
    page.keyboard.type("thpt chu van an")
    page.wait_for_timeout(100)
    assert page.input_value("#own-name") == ""
    for route in waiting:
        route.continue_()
    until(page, "document.getElementById('said').textContent.includes('ở khung phía trên')")
    page.wait_for_timeout(300)  # nor does what comes later take anything away
    assert "ở khung phía trên" in page.inner_text("#said")
    assert page.input_value("#agency") == "thpt chu van an"
    assert page.input_value("#own-name") == "thpt chu van an"


def test_the_letter_shows_what_was_filled_in(page: Page, server: Running) -> None:
    page.goto(server.address + "/letter.html")
    assert page.locator("text=Tải Word").count() == 1  # one way to take it: with what was filled in
    blank = page.inner_text(".registered p")
    page.fill("#own-number", "7")
    page.fill("#own-date", "2022-10-03")
    page.fill("#own-signer", "Nguyễn Thị Bình")
    assert page.inner_text(".registered p") == "Số: 07/STTTT-CNTT"
    assert page.inner_text(".place-date") == "Đắk Nông, ngày 03 tháng 10 năm 2022"
    assert page.inner_text(".signer-name") == "Nguyễn Thị Bình"
    assert "số 07/STTTT-CNTT ngày 03 tháng 10 năm 2022 của Sở" in page.inner_text(".reference")
    assert "ngày 03 tháng 10 năm 2022" in page.inner_text("#own-date-said")
    page.select_option("#own-agency", index=1)  # their letter is not the one that is shown
    assert page.inner_text(".registered p") == blank
    assert page.inner_text(".signer-name") == "Trần Văn Thương"


def test_a_folder_without_its_slash_leads_to_its_page(server: Running) -> None:
    answer = get(server, "/en")
    assert answer.status_code == 308
    assert answer.headers["location"] == "en/"
    assert get(server, "/banner").status_code == 404
