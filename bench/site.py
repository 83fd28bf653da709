"""The web pages: how light, how fast in a browser, and what a site for all agencies costs."""

from __future__ import annotations

import functools
import http.server
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.table import Row
from dxassets import load_campaign
from dxassets.api.site import SiteReport, build_site
from dxassets.backends.rasterizer import encode_pixels

ROOT = Path(__file__).parent.parent
LIGHTHOUSE = ROOT / ".cache/npm-web/node_modules/lighthouse/cli/index.js"
CHROMIUM = "/usr/bin/chromium"
PAGES = ("index.html", "banner.html", "avatar.html", "letter.html")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LEAST_SCORE = 95
FIRST_LOAD_KB = 150
SAVE_SECONDS = 1.5
_PHOTO_PX = (6000, 4000)


def rows() -> Sequence[Row]:
    """Weight, Lighthouse, saving a photo of 24 megapixels, and the site of all agencies."""
    with tempfile.TemporaryDirectory() as folder:
        found = _all_agencies(Path(folder))
        site = Path(folder) / "site"
        if not Path(CHROMIUM).exists():
            return found
        with _served(site) as base:
            found += _in_browser(base, Path(folder))
            if LIGHTHOUSE.is_file():
                found += _lighthouse(base, Path(folder))
    return found


def _all_agencies(folder: Path) -> list[Row]:
    """The bundled campaign's site as it comes, from nothing, and again with nothing changed."""
    project = load_campaign()
    first, again = (
        build_site(project, folder / "site", built=folder / "out", jobs=os.cpu_count() or 1) for _ in range(2)
    )
    assert first.failed == ()
    detail = f"{first.banners} banners, {first.files} files"
    return [
        Row(f"site for {first.agencies} agencies, from nothing", first.seconds, 300, "s", detail=detail),
        Row("the same with nothing changed", again.seconds, 30, "s"),
        Row("its size", _megabytes(first), 400, "MB"),
    ]


def _megabytes(report: SiteReport) -> float:
    return report.bytes / 1e6


def _in_browser(base: str, folder: Path) -> list[Row]:
    """First load of the avatar page, and saving a large photo, in Chromium on a phone's screen."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    photo = folder / "photo.jpg"
    photo.write_bytes(_photo())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        context = browser.new_context(
            viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True, service_workers="block"
        )
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        addresses: dict[str, str] = {}
        weights: dict[str, float] = {}

        def note_request(sent: dict[str, Any]) -> None:
            addresses[sent["requestId"]] = sent["request"]["url"]

        def note_weight(done: dict[str, Any]) -> None:
            if addresses[done["requestId"]].startswith("http"):
                weights[done["requestId"]] = done["encodedDataLength"]

        session.on("Network.requestWillBeSent", note_request)
        session.on("Network.loadingFinished", note_weight)
        page.goto(f"{base}avatar.html", wait_until="networkidle")
        frame = sum(weight for name, weight in weights.items() if "/frames/" in addresses[name])
        first = sum(weights.values()) - frame
        begun = perf_counter()
        page.set_input_files("#file", str(photo))
        page.wait_for_selector(".studio.has-photo")
        opened = perf_counter() - begun
        begun = perf_counter()
        with page.expect_download() as waiting:
            page.click("#save")
        waiting.value.path()
        saved = perf_counter() - begun
        browser.close()
    return [
        Row(
            "avatar page, first load before the frame",
            first / 1e3,
            FIRST_LOAD_KB,
            "kB",
            detail=f"frame {frame / 1e3:.0f} kB",
        ),
        Row("opening a 24-megapixel photo", opened, 3, "s"),
        Row("saving it with its frame", saved, SAVE_SECONDS, "s"),
    ]


def _photo() -> bytes:
    """A photo of 24 megapixels with something in every part of it."""
    import numpy as np  # noqa: PLC0415

    width, height = _PHOTO_PX
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    waves = [np.sin(x / 40 + y / 90), np.sin(x / 110 - y / 50), np.cos((x + y) / 70)]
    pixels = np.stack([(128 + 100 * wave).astype(np.uint8) for wave in waves], axis=2)
    encoded = encode_pixels(pixels, "jpg", None)
    assert encoded is not None
    return encoded.data


def _lighthouse(base: str, folder: Path) -> list[Row]:
    """The lowest score of the four pages in each category, on Lighthouse's slow phone."""
    scores: dict[str, dict[str, float]] = {}
    for page in PAGES:
        report = _report(f"{base}{page}", folder / "report.json")
        scores[page] = {name: 100 * report["categories"][name]["score"] for name in CATEGORIES}
    rows: list[Row] = []
    for name in CATEGORIES:
        worst = min(PAGES, key=lambda page: scores[page][name])
        rows.append(
            Row(
                f"Lighthouse, {name}, lowest of {len(PAGES)} pages",
                scores[worst][name],
                LEAST_SCORE,
                "",
                at_most=False,
                detail=worst,
            )
        )
    return rows


def _report(address: str, file: Path) -> dict[str, Any]:
    """Lighthouse's own report of one page.

    It reads robots.txt through the page itself; the avatar page may connect nowhere, and a site that
    lies in a folder of a server has no robots.txt of its own, so that audit is left out for all.
    """
    command = [
        "node", str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={file}",
        "--skip-audits=robots-txt", f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless=new --no-sandbox --disable-gpu --disable-background-networking",
    ]  # fmt: skip
    environment = {**os.environ, "CHROME_PATH": CHROMIUM}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=180)
    found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return found


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files as the plainest web server does: uncompressed."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def _served(folder: Path) -> Generator[str]:
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
