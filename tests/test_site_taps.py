"""What is seen is what is tapped: no layer that nobody sees, and no words in passing, lie over a control."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from dxassets.renderers.site import PAGES
from tests.site_support import CHROMIUM, Open, choose, until

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
SIZES = {"phone": (390, 844), "tablet": (768, 1024), "turned": (800, 600), "desktop": (1366, 768)}

COVERED = """() => {
  const covered = [];
  const all = "a[href], button, input, select, textarea, summary, label.button";
  for (const control of document.querySelectorAll(all)) {
    if (control.closest(".unseen, .skip, dialog:not([open])") || !control.checkVisibility()) continue;
    control.scrollIntoView({ block: "center", behavior: "instant" });
    const [box] = control.getClientRects();
    if (!box || box.width <= 1 || box.height <= 1) continue;
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!control.contains(hit) && hit?.closest("label")?.control !== control) {
      covered.push(`${control.outerHTML.slice(0, 90)} lies below ${hit?.outerHTML.slice(0, 90)}`);
    }
  }
  return covered;
}"""


def covered(page: Page) -> list[str]:
    found: list[str] = page.evaluate(COVERED)
    return found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_whatever_is_seen_takes_the_tap_at_its_middle(open_page: Open, name: str, size: str) -> None:
    page = open_page(name, phone=size == "phone")
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    if name == "banner.html":
        until(page, "document.getElementById('picture')?.naturalWidth > 0")
    assert covered(page) == []


@pytest.mark.parametrize("size", SIZES)
def test_words_in_passing_take_no_taps(open_page: Open, photo: Path, size: str) -> None:
    page = open_page("avatar.html", phone=size == "phone")
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    choose(page, photo)
    assert covered(page) == []
    for button in ("#save", "#save-png"):
        with page.expect_download():
            page.click(button)
        page.wait_for_selector(".toast.on")
        page.wait_for_timeout(250)  # it has come to rest
        assert covered(page) == []
    # wherever it stands, and however long it stays away
    page.evaluate("document.getElementById('toast').classList.remove('on')")
    box = page.evaluate(
        """() => { const toast = document.getElementById("toast"); toast.style.transform = "none";
        const box = toast.getBoundingClientRect();
        return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2)?.id; }"""
    )
    assert box != "toast"


def test_two_saves_in_a_row_are_two_files(open_page: Open, photo: Path) -> None:
    page = open_page("avatar.html", phone=True)
    choose(page, photo)
    for _ in range(2):
        with page.expect_download(timeout=3_000):
            box = page.locator("#save").bounding_box()
            assert box is not None
            page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] - 6)
