"""A correction that is made once is seen everywhere: what a browser shows, with the worker and without."""

from __future__ import annotations

import functools
import http.server
import itertools
import json
import os
import shutil
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from dxassets.digest import digest
from dxassets.renderers.site.editions import WORKER
from tests.editions_support import NEW, PRESET, Editions, edition_of, editions_beside
from tests.site_support import CHROMIUM, CU_JUT

pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="chromium is not installed")
YEAR = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def editions(site: Path) -> Editions:
    return editions_beside(site)


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves files with one header, or none that speaks of caches."""

    def end_headers(self) -> None:
        header: str = self.server.cache_header  # type: ignore[attr-defined]
        if header:
            self.send_header("Cache-Control", header)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextmanager
def serving(folder: Path, header: str = "") -> Generator[str]:
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(_Handler, directory=str(folder))
    )
    server.daemon_threads = True
    server.cache_header = header  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def lay(files: list[str], source: Path, target: Path) -> None:
    """Copies files as a web office does."""
    for path in files:
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / path, target / path)


def published(editions: Editions, target: Path) -> None:
    shutil.copytree(editions.before, target)
    for file in target.rglob("*"):
        os.utime(file, (1_600_000_000, 1_600_000_000))  # long ago: browsers keep what is old for long


SHOWN = """async () => {
  const sha = async (address) => {
    try {
      const bytes = await (await fetch(address, { cache: "force-cache" })).arrayBuffer();
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    } catch { return null; }
  };
  const picture = document.getElementById("picture");
  const found = {};
  for (const each of document.querySelectorAll(
    "#downloads a, .head .actions a, link[rel=stylesheet], script[src]",
  )) {
    const address = each.href ?? each.src;
    found[new URL(address).pathname.slice(1)] = await sha(address);
  }
  return {
    edition: document.documentElement.dataset.edition,
    alt: document.getElementById("alt")?.value ?? null,
    picture: picture && picture.naturalWidth ? await sha(picture.src) : null,
    files: found,
  };
}"""


def ask(page: Page, what: str, told: str | None = None) -> Any:
    """What a page says; one that comes again meanwhile is asked again."""
    for _ in range(2400):
        try:
            return page.evaluate(what, told)
        except Error:
            page.wait_for_timeout(25)
    raise AssertionError(what)


READY = """(edition) => {
  const [alt, said] = ["alt", "said"].map((id) => document.getElementById(id));
  return document.readyState === "complete" && (!alt || alt.value !== "" || said.textContent !== "")
    && (edition === null || document.documentElement.dataset.edition === edition);
}"""


def settled(page: Page, edition: str | None = None) -> dict[str, Any]:
    """What a page shows when its picture has come, or has not; of that edition, if one is awaited."""
    for _ in range(400):
        if ask(page, READY, edition):
            break
        page.wait_for_timeout(25)
    page.wait_for_timeout(150)
    return ask(page, SHOWN)


def visit(page: Page, address: str, edition: str | None = None) -> dict[str, Any]:
    """The banner page and the letter page, as somebody sees them."""
    shown: dict[str, Any] = {}
    for name in ("letter.html", f"banner.html#agency={CU_JUT}&preset={PRESET}"):
        try:
            page.goto(address + name)
        except Error:  # it came again while it was opened
            page.wait_for_timeout(200)
        now = settled(page, edition)
        shown = {**now, "files": {**shown.get("files", {}), **now["files"]}}
    return shown


def await_worker(page: Page) -> None:
    for _ in range(2400):
        if ask(page, "Boolean(navigator.serviceWorker?.controller)"):
            return
        page.wait_for_timeout(25)
    raise AssertionError("no worker")


def run_case(
    context: BrowserContext, editions: Editions, target: Path, address: str, *, worker: bool, cut: int
) -> None:
    """A visitor before, at a cut and after a copy: nothing old beside what is new, and then nothing old."""
    page = context.new_page()
    page.set_default_timeout(20_000)
    visit(page, address)
    if worker:
        await_worker(page)
    changed = editions.changed
    lay(changed[:cut], editions.after, target)
    shown = visit(page, address)
    if NEW in (shown["alt"] or ""):
        old = {
            digest((editions.before / path).read_bytes()) for path in changed if path.startswith("banner/")
        }
        assert shown["picture"] not in old, "an old picture beside its new words"
    lay(changed[cut:], editions.after, target)
    shown = visit(page, address, edition_of(editions.after))
    assert NEW in shown["alt"]
    assert shown["picture"] is not None
    assert stale(shown, editions) == {}


def stale(shown: dict[str, Any], editions: Editions) -> dict[str, str]:
    """Files of which somebody was shown other bytes than were published."""
    return {
        path: sha
        for path, sha in shown["files"].items()
        if sha != digest((editions.after / path).read_bytes())
    }


def cuts(editions: Editions) -> list[int]:
    """Where a copy may end: before and after pictures, lists, pages, and what tells that all is there."""
    changed = editions.changed
    lists = next(at for at, path in enumerate(changed) if path.endswith("list.js"))
    pages = next(at for at, path in enumerate(changed) if path.endswith(".html"))
    return sorted({lists // 2, lists, pages + 1, len(changed) - 1})


@pytest.mark.slow
@pytest.mark.parametrize(("header", "worker"), list(itertools.product(["", YEAR], [True, False])))
def test_no_byte_is_stale_wherever_a_copy_was_cut(
    browser: Browser, editions: Editions, tmp_path: Path, header: str, *, worker: bool
) -> None:
    for cut in cuts(editions):
        target = tmp_path / str(cut)
        published(editions, target)
        with serving(target, header) as address:
            context = browser.new_context(service_workers="allow" if worker else "block")
            try:
                run_case(context, editions, target, address, worker=worker, cut=cut)
            finally:
                context.close()


def test_a_correction_is_seen_at_the_next_visit(browser: Browser, editions: Editions, tmp_path: Path) -> None:
    published(editions, tmp_path / "www")
    with serving(tmp_path / "www", YEAR) as address:
        context = browser.new_context(service_workers="block")
        run_case(context, editions, tmp_path / "www", address, worker=False, cut=len(editions.changed))
        context.close()


@contextmanager
def kept(browser: Browser, folder: Path) -> Generator[Callable[[], Page]]:
    """A browser with the site's worker at work."""
    with serving(folder) as address:
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        await_worker(page)
        yield lambda: page
        context.close()


CACHED = (
    "caches.open((await caches.keys()).find((name) => name.includes('dxassets') && !name.endsWith('seen')))"
)


def test_a_half_way_copy_is_refused_as_a_whole_and_mends_itself(
    browser: Browser, editions: Editions, tmp_path: Path
) -> None:
    target = tmp_path / "www"
    published(editions, target)
    with kept(browser, target) as opened:
        page = opened()
        shutil.copyfile(editions.after / WORKER, target / WORKER)  # the worker came first, against the order
        ask(page, "navigator.serviceWorker.getRegistration().then((it) => it.update()).catch(() => {})")
        page.wait_for_timeout(700)
        page.goto(page.url.rpartition("/")[0] + "/letter.html")
        assert ask(page, "document.documentElement.dataset.edition") == edition_of(editions.before)
        lay(editions.changed, editions.after, target)
        page.goto(page.url)
        shown = settled(page, edition_of(editions.after))
        assert all(
            sha == digest((editions.after / path).read_bytes()) for path, sha in shown["files"].items()
        )


def test_the_worker_leaves_the_caches_of_others_and_refills_its_own(
    browser: Browser, editions: Editions, tmp_path: Path
) -> None:
    target = tmp_path / "www"
    published(editions, target)
    with kept(browser, target) as opened:
        page = opened()
        others = [
            "shell-0123456789abcdef",
            "seen",
            "portal-v7",
            f"dxassets {page.url}other/ 0123456789abcdef",
        ]
        for name in others:
            ask(page, f"caches.open({json.dumps(name)}).then((it) => it.put('/x', new Response('1')))")
        lay(editions.changed, editions.after, target)
        page.goto(page.url)
        settled(page, edition_of(editions.after))
        names: list[str] = ask(page, "caches.keys()")
        assert set(others) <= set(names)
        own = [
            name for name in names if name.startswith(f"dxassets {page.url} ") and not name.endswith("seen")
        ]
        assert len(own) == 1
        ask(page, "caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))")
        page.goto(page.url)
        count = f"caches.open({json.dumps(own[0])}).then((it) => it.keys()).then((keys) => keys.length)"
        for _ in range(2400):
            if ask(page, count) > 30:
                break
            page.wait_for_timeout(25)
        page.context.set_offline(True)
        page.goto(page.url + "letter.html")
        assert page.locator("h1").count() == 1
