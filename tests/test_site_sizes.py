"""The choice of a size on the banner page: a grid of true pictures that come late; names are seen whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.site_support import CHROMIUM, PRESETS, Open, until

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
THUMBS = "[...document.querySelectorAll('#sizes .size:not([hidden]) img')]"
LONG = "Trung tâm Giáo dục nghề nghiệp và Giáo dục thường xuyên thành phố Gia Nghĩa"


def boxes(page: Page, selector: str) -> list[dict[str, float]]:
    found: list[dict[str, float]] = page.evaluate(
        """(selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility())
        .map((each) => { const { left, top, width, height } = each.getBoundingClientRect();
          return { left, top, width, height, over: each.scrollWidth - each.clientWidth }; })""",
        selector,
    )
    return found


@pytest.mark.parametrize("width", [320, 360, 390, 1280])
def test_sizes_stand_in_a_grid_and_nothing_scrolls_sideways(open_page: Open, width: int) -> None:
    page = open_page("banner.html", phone=width < 1000)
    page.set_viewport_size({"width": width, "height": 844})
    until(page, "document.getElementById('picture')?.naturalWidth > 0")
    sizes = boxes(page, "#sizes .size")
    assert len(sizes) == len(PRESETS)
    assert all(each["over"] <= 0 for each in boxes(page, "#sizes .options, #sizes .size span"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert len({each["left"] for each in sizes}) >= (2 if width < 360 else 3)
    assert all(each["height"] >= 44 for each in sizes)
    page.locator("#sizes .size").last.scroll_into_view_if_needed()
    until(page, f"{THUMBS}.length === {len(PRESETS)} && {THUMBS}.every((each) => each.naturalWidth > 0)")
    inside = """each => { const [own, place] = [each, each.parentElement].map((it) =>
        it.getBoundingClientRect());
      return own.top >= place.top - 1 && own.bottom <= place.bottom + 1 && own.right <= place.right + 1; }"""
    assert all(image.evaluate(inside) for image in page.locator("#sizes img").all())


def test_small_pictures_come_when_they_are_seen_and_go_with_the_look(open_page: Open) -> None:
    page = open_page("index.html", phone=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page.url.rpartition("/")[0] + "/banner.html")
    until(page, "document.getElementById('picture')?.naturalWidth > 0")
    page.wait_for_timeout(300)
    assert not [url for url in asked if "/sizes/" in url]
    page.locator("#sizes .size").last.scroll_into_view_if_needed()
    until(page, f"{THUMBS}.length === {len(PRESETS)} && {THUMBS}.every((each) => each.naturalWidth > 0)")
    shapes: list[Any] = page.evaluate(
        f"{THUMBS}.map((it) => [it.closest('.size').firstElementChild.value, "
        "it.naturalWidth / it.naturalHeight])"
    )
    for preset, shape in shapes:
        width, _, height = preset.rpartition("-")[2].partition("x")
        if height:
            assert shape == pytest.approx(int(width) / int(height), rel=0.15)
    before = page.evaluate(f"{THUMBS}[0].src")
    page.check('input[name="day"][value="01-11"]', force=True)
    until(page, f"{THUMBS}[0].src !== {before!r}")
    assert len([url for url in asked if "/sizes/" in url]) == 2
    assert all("?v=" in url for url in asked if "/sizes/" in url)


def test_without_small_pictures_outlines_show_the_proportions(open_page: Open) -> None:
    page = open_page("index.html")
    page.context.route("**/sizes/*", lambda route: route.abort())
    page.goto(page.url.rpartition("/")[0] + "/banner.html")
    until(page, "document.getElementById('picture')?.naturalWidth > 0")
    assert len(boxes(page, "#sizes .outline")) == len(PRESETS)
    complaints: list[str] = open_page.complaints  # type: ignore[attr-defined]
    page.wait_for_timeout(200)
    complaints[:] = [each for each in complaints if "ERR_FAILED" not in each]


def test_a_name_that_the_field_cuts_stands_whole_below_it(open_page: Open) -> None:
    page = open_page(f"banner.html#co-quan={LONG}&preset=share-1200x630", phone=True)
    until(page, "document.querySelector('canvas#picture')")
    assert page.inner_text("#whole-name") == LONG
    assert page.locator("#whole-name").evaluate("each => each.scrollWidth <= each.clientWidth")
    page.fill("#typed-name", "Sở Y tế")
    until(page, "document.getElementById('agency').value === 'Sở Y tế'")
    assert page.inner_text("#whole-name") == ""


def test_pictures_in_small_work_from_a_folder(browser: Any, site: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 1800})
    try:
        page = context.new_page()
        page.goto((site / "banner.html").as_uri())
        until(page, f"{THUMBS}.some((each) => each.naturalWidth > 0)")
        page.focus("#agency")
        page.keyboard.type("cu jut")
        page.wait_for_selector("#agencies li")
        page.keyboard.press("Enter")
        until(page, "location.hash.includes('cu-jut')")
    finally:
        context.close()
