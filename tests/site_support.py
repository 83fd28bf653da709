"""A small site with a name made to hurt, built once for all tests; a server for it, and a browser."""

from __future__ import annotations

import csv
import fcntl
import functools
import http.server
import io
import json
import os
import shutil
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from dxassets.api import Project, load_campaign
from dxassets.api.site import SiteReport, SiteWanted, build_site
from dxassets.kinds.faces import EVERYBODY

ROOT = Path(__file__).parent.parent
NPM = ROOT / ".cache" / "npm-web"
ISSUER, CU_JUT, HOSTILE = "so-thong-tin-va-truyen-thong", "ubnd-huyen-cu-jut", "so-thu"
YOUTH_UNION = "doan-tncs-ho-chi-minh-tinh"
HOSTILE_NAME = "Sở “Thử” </script><b>& \"Nghiệm\"</b> 'A' {{ 7*7 }}"
SMALL_ONES = ("mobile-320x50", "mobile-300x50", "button-120x60", "skyscraper-160x600")
PRESETS = ("leaderboard-728x90", "rectangle-300x250", "share-1200x630", "poster-a4", *SMALL_ONES)
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
SUB_PATH = "tinh/chien-dich/"
_LOOKS = 2400  # at 25 ms: a minute, since a busy machine is no fault of the page's
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
WANTED = SiteWanted(presets=PRESETS, prerender=(EVERYBODY,))

Open = Callable[..., Page]
"""Opens a page of the site by its path."""


def small_campaign(folder: Path) -> Project:
    """The bundled campaign with three agencies, one of them called what nobody should be."""
    shutil.copytree(ROOT / "campaigns/daknong-2022", folder, dirs_exist_ok=True)
    file = folder / "agencies.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    kept = [row for row in rows if row["id"] in {ISSUER, CU_JUT}]
    kept.append({**kept[0], "id": HOSTILE, "name": HOSTILE_NAME, "short_name": "Sở <Thử>"})
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(kept)
    duties = folder / "duties.toml"  # of offices that are on the short list only
    told = duties.read_text(encoding="utf-8").replace(YOUTH_UNION, CU_JUT)
    duties.write_text(told, encoding="utf-8", newline="\n")
    return load_campaign(folder)


def build_once(shared: Path) -> Path:
    """The small site below `shared`; whichever worker comes first builds it, the others wait."""
    folder = shared / "small-site"
    shared.mkdir(parents=True, exist_ok=True)
    with (shared / "small-site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "small-site.done").is_file():
            project = small_campaign(shared / "small-campaign")
            report = build_site(project, folder, wanted=WANTED, built=shared / "small-out")
            assert report.failed == ()
            (shared / "small-site.json").write_text(json.dumps(numbers(report)), encoding="utf-8")
            (shared / "small-site.done").touch()
    return folder


def own_out(site: Path, folder: Path) -> Path:
    """A built folder of a test's own, with all that the small site was made of: nothing is drawn again.

    In a shared one each site takes away the banners without a name that it does not ask for. Files are links:
    the store writes new ones in the place of old ones, and into none. The lock is each builder's own.
    """
    without = shutil.ignore_patterns("lock")
    shutil.copytree(site.parent / "small-out", folder, copy_function=os.link, ignore=without)
    return folder


def numbers(report: SiteReport) -> dict[str, int]:
    """What a report counts."""
    return {
        "agencies": report.agencies,
        "banners": report.banners,
        "files": report.files,
        "bytes": report.bytes,
    }


def shared_folder(factory: pytest.TempPathFactory, worker: str) -> Path:
    """A folder that all of pytest's workers share."""
    own = factory.getbasetemp()
    return (own if worker == "master" else own.parent) / "site"


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def parse_request(self) -> bool:
        known = super().parse_request()
        if known:
            cast("_Server", self.server).received.append(f"{self.command} {self.path}")
        return known


class _Server(http.server.ThreadingHTTPServer):
    """Remembers what it was asked."""

    daemon_threads = True
    received: list[str]


@contextmanager
def served(folder: Path, received: list[str] | None = None) -> Generator[str]:
    """`folder` on a port of this machine; gives the address, with a slash at its end.

    What is asked of it goes into `received`: method and path.
    """
    server = _Server(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    server.received = [] if received is None else received
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium() -> Generator[Browser]:
    """Debian's Chromium, without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        try:
            yield browser
        finally:
            browser.close()


def jpeg(picture: Image.Image, path: Path, *, orientation: int | None = None) -> Path:
    """`picture` as a JPEG, with an EXIF orientation if one is given."""
    exif = Image.Exif()
    if orientation is not None:
        exif[0x0112] = orientation
    picture.save(path, "JPEG", quality=92, subsampling=0, exif=exif)
    return path


def landscape(width: int, height: int) -> Image.Image:
    """A quiet picture of soft colours that is different at every point."""
    small = (min(width, 1600), min(height, 1200))
    red = Image.linear_gradient("L").rotate(90).resize(small)
    green = Image.radial_gradient("L").resize(small)
    blue = Image.linear_gradient("L").resize(small)
    return Image.merge("RGB", (red, green, blue)).resize((width, height), Image.Resampling.NEAREST)


def until(page: Page, true: str) -> None:
    """Waits for an expression to be true; playwright's own way needs an `eval`, which the pages forbid."""
    for _ in range(_LOOKS):
        if page.evaluate(f"Boolean({true})"):
            return
        page.wait_for_timeout(25)
    raise AssertionError(f"never true: {true}")


def choose(page: Page, *files: Path) -> None:
    page.set_input_files("#file", [str(file) for file in files])
    page.wait_for_selector(".studio.has-photo")
    until(page, "document.getElementById('stage').dataset.frame !== undefined")


def saved(page: Page, button: str) -> Image.Image:
    with page.expect_download() as waiting:
        page.click(button)
    return Image.open(io.BytesIO(waiting.value.path().read_bytes()))
