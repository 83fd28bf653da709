"""Without a network names are drawn into what was looked at: banners come and go, the day's table stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.site_support import CHROMIUM, DESKTOP, until

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
MOST_SEEN = 60
DRAWN = "document.querySelector('canvas#picture') !== null"
LOOK_AT_ALL = """async () => {
  const told = JSON.parse(document.getElementById("data").textContent);
  const script = await (await fetch(`js/bases.js?v=${told.digests["js/bases.js"]}`)).text();
  const digits = JSON.parse(script.match(/, (\\{.*\\})\\);/)[1]);
  for (const [id, v] of Object.entries(digits)) await (await fetch(`bases/${id}.js?v=${v}`)).text();
  return Object.keys(digits).length;
}"""
SEEN = """caches.keys()
  .then((names) => caches.open(names.find((name) => name.endsWith("seen"))))
  .then((seen) => seen.keys())
  .then((keys) => keys.map(({ url }) => new URL(url).pathname))"""


def test_a_days_table_outlives_the_banners_that_were_looked_at(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=DESKTOP)  # pyright: ignore[reportArgumentType]
    try:
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.goto(address)
        until(page, "navigator.serviceWorker.controller !== null")
        look = "banner.html#co-quan=Sở A&day=10-10&preset=share-1200x630&theme="
        page.goto(f"{address}{look}digital")
        until(page, DRAWN)
        assert page.evaluate(LOOK_AT_ALL) > MOST_SEEN  # as a whole pack does
        page.wait_for_timeout(1500)
        seen: list[str] = page.evaluate(SEEN)
        assert len([path for path in seen if "/bases/" in path]) == MOST_SEEN
        assert len([path for path in seen if path.endswith("/js/shapes-10-10.js")]) == 1
        context.set_offline(True)
        page.goto("about:blank")
        page.goto(f"{address}{look}light")
        until(page, DRAWN)
    finally:
        context.close()
