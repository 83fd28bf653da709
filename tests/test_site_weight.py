"""What a phone loads before somebody can choose a photo, counted as the browser counts it, heads and all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from dxassets.errors import Lang
from dxassets.renderers.site import LANGS, page_path
from tests.site_support import CHROMIUM, PHONE

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")

MOST_FIRST = 150_000
"""Bytes of the avatar page's first load, before the frame that is chosen."""


def weights_of(browser: Browser, address: str) -> dict[str, float]:
    """Bytes over the network, uncompressed, of each address that a page on a phone loads by itself."""
    asked: dict[str, str] = {}
    found: dict[str, float] = {}

    def note_request(sent: dict[str, Any]) -> None:
        asked[sent["requestId"]] = sent["request"]["url"]

    def note_weight(done: dict[str, Any]) -> None:
        found[asked[done["requestId"]]] = done["encodedDataLength"]

    context = browser.new_context(
        viewport=PHONE,  # pyright: ignore[reportArgumentType]
        is_mobile=True,
        has_touch=True,
        service_workers="block",
    )
    try:
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", note_request)
        session.on("Network.loadingFinished", note_weight)
        page.goto(address, wait_until="networkidle")
    finally:
        context.close()
    return {url: weight for url, weight in found.items() if url.startswith("http")}


@pytest.mark.parametrize("lang", LANGS)
def test_avatar_page_is_light_before_its_frame(browser: Browser, address: str, lang: Lang) -> None:
    weights = weights_of(browser, address + page_path("avatar.html", lang))
    frames = {url: weight for url, weight in weights.items() if "/frames/" in url}
    assert len(frames) == 1  # the one that is shown, and none to choose from
    assert 0 < sum(weights.values()) - sum(frames.values()) < MOST_FIRST
    assert max(frames.values()) < MOST_FIRST / 3
